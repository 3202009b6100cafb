"""How long-running steps tell how far they are, and the bar that shows it in a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars


class Progress(Protocol):
    """Called by a step whenever it has got further."""

    def __call__(self, label: str, done: int, total: int) -> None:
        """Report progress.

        Args:
            label: The step, in words for a person; the same throughout the step.
            done: Bytes dealt with so far.
            total: Bytes to deal with.
        """


def silent(label: str, done: int, total: int) -> None:
    """Report to nobody."""


@contextmanager
def progress_bars() -> Iterator[Progress]:
    """Draw one bar for each label on standard error while the block runs."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Bars(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, TaskID] = {}

        def show(label: str, done: int, total: int) -> None:
            if label not in tasks:
                tasks[label] = bars.add_task(label)
            bars.update(tasks[label], completed=done, total=total)

        yield show
