"""Tells authors in their own terms why a map program may not do what it tries.

This keeps nobody out: the kernel does that. It is here because the kernel's "Operation not permitted" does not say what
to do instead, and because some of Python's functions swallow it.
"""

import os
import sys
import tempfile
from typing import Any, Final

CANNOT_WRITE: Final = "A map program cannot write files: the map that you show() is the result."
SHUT_IN: Final = (
    "A map program reads the map data and the files uploaded with it; it can start, write and reach nothing else. "
    "Upload what it needs with the map, then open it by its name."
)
_NO_NETWORK: Final = (
    "A map program has no network: upload the data as a file with the map, then open it by the file's name."
)
_NO_PROCESSES: Final = "A map program cannot start programs or processes: do the work in Python, or upload its result."
_NO_SIGNALS: Final = "A map program cannot send signals to other processes."

_WRITING: Final = os.O_ACCMODE | os.O_CREAT | os.O_TRUNC

_REFUSED: Final = {
    **dict.fromkeys(
        (
            "socket.__new__",
            "socket.getaddrinfo",
            "socket.gethostbyaddr",
            "socket.gethostbyname",
            "socket.getnameinfo",
        ),
        _NO_NETWORK,
    ),
    **dict.fromkeys(
        ("os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.system", "subprocess.Popen"), _NO_PROCESSES
    ),
    **dict.fromkeys(
        (
            "os.chmod",
            "os.chown",
            "os.link",
            "os.mkdir",
            "os.remove",
            "os.rename",
            "os.rmdir",
            "os.symlink",
            "os.truncate",
            "os.utime",
            "tempfile.mkdtemp",
            "tempfile.mkstemp",
        ),
        CANNOT_WRITE,
    ),
}
"""What is said of Python's audit events (docs.python.org/3/library/audit_events.html)."""


def explain_refusals() -> None:
    """Have what the sandbox refuses raise PermissionError with a sentence for authors, until this process ends."""
    tempfile.tempdir = os.sep  # looking for a place to write to would find none, and blame the disk
    sys.addaudithook(_explain)


def _explain(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _REFUSED:
        raise PermissionError(_REFUSED[event])
    if event == "open":
        _path, _mode, flags = arguments
        if flags & _WRITING:
            raise PermissionError(CANNOT_WRITE)
    elif event in ("os.kill", "os.killpg") and arguments[0] != os.getpid():
        raise PermissionError(_NO_SIGNALS)
