"""The pieces of Python that a render runs, each under a name by which its author knows it, and places in them."""

import linecache
from ast import Module
from collections.abc import Iterable
from itertools import groupby, islice
from types import CodeType, FrameType

PROGRAM = "map.py"
"""The name of the program itself."""

_MAX_PLACES = 20

type Place = tuple[str, int | None]
"""Name of a source, and line in it, from 1, where that is known."""

_names: set[str] = set()


def compiled(source: str, name: str, tree: Module | None = None) -> CodeType:
    """Return what to execute of a source; its tracebacks show its lines.

    Args:
        source: Python.
        name: What it is called, in tracebacks and errors.
        tree: What of it to execute; None: all.
    """
    _names.add(name)
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    return compile(source if tree is None else tree, name, "exec", dont_inherit=True)


def is_authors(name: str) -> bool:
    """Tell whether a file name, as in a traceback, is the name of a source that this process has compiled."""
    return name in _names


def place_of(frame: FrameType | None) -> Place | None:
    """Return the place in a source that led to a frame, or None where none did."""
    while frame is not None:
        if is_authors(frame.f_code.co_filename):
            return frame.f_code.co_filename, frame.f_lineno
        frame = frame.f_back
    return None


def told(place: Place) -> str:
    """Return a place in words: "line 3", or "line 3 of /lib/name/2" where it is not in the program."""
    name, line = place
    where = name if line is None else f"line {line}"
    return where if name == PROGRAM or line is None else f"{where} of {name}"


def way_to(places: Iterable[Place]) -> str:
    """Return in words by way of what the last of some places was reached: "line 4 of /lib/name/3, from line 7"."""
    last_of_each = [list(group)[-1] for _, group in groupby(places, key=lambda place: place[0])]
    return ", from ".join(told(place) for place in islice(reversed(last_of_each), _MAX_PLACES))
