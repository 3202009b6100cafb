"""Durations as people say them."""

from math import ceil
from typing import Final

_UNITS: Final = (("days", 86_400), ("hours", 3_600), ("minutes", 60))


def in_words(seconds: float) -> str:
    """Return a duration, rounded up to whole units: "1 second", "40 seconds", "54 minutes", "2 days".

    A unit is used from two of it on, so that little is lost by rounding.
    """
    for unit, size in _UNITS:
        if seconds >= 2 * size:
            return f"{ceil(seconds / size)} {unit}"
    whole = max(1, ceil(seconds))
    return f"{whole} second{'s' if whole > 1 else ''}"
