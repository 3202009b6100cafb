"""The line in a terminal that says how far a render is."""

import time
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

from xatra_standalone.commands.failures import harmless
from xatra_standalone.commands.service import Render


class ProgressLine:
    """Draws one line on standard error while the block runs; where that is no terminal, it says delays alone."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._drawing = ExitStack()
        self._text = ""
        self._running_since: float | None = None
        self._ends_at: datetime | None = None
        self.delay = ""
        """Why the service is waited for, when it is."""

    @property
    def is_drawn(self) -> bool:
        """Whether a person watches."""
        return self._console.is_terminal

    def __enter__(self) -> Self:
        if self.is_drawn:
            spinner = Spinner("dots", text=self)
            self._drawing.enter_context(Live(spinner, console=self._console, transient=True, refresh_per_second=8))
        return self

    def __exit__(self, *_: object) -> None:
        self._drawing.close()

    def doing(self, what: str) -> None:
        """Show what is being done now."""
        self._text = what
        self._running_since = None

    def delayed(self, why: str) -> None:
        """Show why something has to be tried again."""
        if not self.is_drawn and why != self.delay:
            self.print(why)
        self.delay = why
        self.doing(why)

    def show(self, render: Render) -> None:
        """Show how far a render is."""
        self.delay = ""
        if render["state"] == "running":
            self._running_since = self._running_since or time.monotonic()
            self._ends_at = _moment(render["predicted_finish_at"])
        elif render["state"] == "queued":
            place = f": place {render['position']}" if render["position"] else ""
            start = _in_seconds(_moment(render["predicted_start_at"]), ", starts in about {} s")
            self.doing(f"In the queue{place}{start}")

    def print(self, text: str, style: str = "") -> None:
        """Print lines that stay, written by strangers perhaps."""
        self._console.print(Text(harmless(text), style), soft_wrap=True)

    def __rich__(self) -> Text:
        text = self._text
        if self._running_since is not None:
            end = _in_seconds(self._ends_at, ", ends in about {} s")
            text = f"Running for {time.monotonic() - self._running_since:.0f} s{end}"
        return Text(harmless(text), no_wrap=True, overflow="ellipsis")


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _in_seconds(moment: datetime | None, words: str) -> str:
    """Return `words` with the seconds until a moment in them; nothing where it has passed or is unknown."""
    seconds = round((moment - datetime.now(UTC)).total_seconds()) if moment else 0
    return words.format(seconds) if seconds > 0 else ""
