"""Waits for what other processes do."""

import time
from collections.abc import Callable


def until[T](look: Callable[[], T | None], *, seconds: float = 30) -> T:
    """Return the first true answer; fail when there is none in time."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, f"nothing came of it in {seconds:g} s"
        time.sleep(0.02)
    return found
