"""What tests measure by the way, printed at the end of their run."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

FIGURES: list[str] = []


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Note how long a block took."""
    started = time.monotonic()
    yield
    FIGURES.append(f"{what}: {time.monotonic() - started:.0f} s")
