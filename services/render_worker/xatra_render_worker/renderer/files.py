"""What a map program finds when it opens a file: its uploaded files by name, and nothing to write to."""

import builtins
import io
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

from xatra_render_worker.sandbox.explain import CANNOT_WRITE

_WRITING = frozenset("wax+")

type _Open = Callable[..., IO[Any]]

_system_open = builtins.open
_served: dict[str, int] = {}


def serve(files: Mapping[str, int]) -> None:
    """Make `open` (and so `pathlib`, `pandas`, `csv`, …) serve the uploaded files, until this process ends.

    A relative name is one of `files` or an error that lists them; an absolute path is left to the sandbox. Each open
    goes through `/proc/self/fd`, so that every file object has a position of its own.

    Args:
        files: the names by which the program reads its files, to open descriptors.
    """
    _served.update(files)
    opened = _opener(files)
    builtins.open = opened  # type: ignore[assignment]
    io.open = opened  # type: ignore[assignment]


def require_uploaded(path: str | os.PathLike[str]) -> None:
    """Raise unless `path` names an uploaded file.

    Raises:
        FileNotFoundError: it does not; the error lists those that there are.
    """
    _descriptor_path(os.fsdecode(path), _served)


def read_uploaded(path: str | os.PathLike[str]) -> bytes:
    """Return the content of an uploaded file; nothing else can be read this way, whatever the path.

    Raises:
        FileNotFoundError: no such file was uploaded.
    """
    with _system_open(_descriptor_path(os.fsdecode(path), _served), "rb") as file:
        content: bytes = file.read()
    return content


def _descriptor_path(path: str, files: Mapping[str, int]) -> str:
    name = os.path.normpath(path)
    if name not in files:
        raise _no_such_file(path, files)
    return f"/proc/self/fd/{files[name]}"


def _no_such_file(name: str, files: Mapping[str, int]) -> FileNotFoundError:
    known = f"the uploaded files are {', '.join(sorted(files))}" if files else "no file was uploaded with this map"
    return FileNotFoundError(f"There is no file {name!r}: {known}. Upload it with the map, then open it by its name.")


def _opener(files: Mapping[str, int]) -> _Open:
    def open_(file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> IO[Any]:  # noqa: ANN401 - the built-in's own signature
        if isinstance(file, int):
            return _system_open(file, mode, *args, **kwargs)
        path = os.fsdecode(file)
        if _WRITING.intersection(mode):
            if path == os.devnull:
                return io.BytesIO() if "b" in mode else io.StringIO()
            raise PermissionError(CANNOT_WRITE)
        if Path(path).is_absolute():
            return _system_open(file, mode, *args, **kwargs)
        return _system_open(_descriptor_path(path, files), mode, *args, **kwargs)

    return open_
