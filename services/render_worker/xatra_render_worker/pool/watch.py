"""Looks from outside at how large a child grows."""

import contextlib
import os
import re
from dataclasses import dataclass
from typing import Final, Self

# By lines that end as the kernel ends them: a process names itself, with any other character that there is.
_ANONYMOUS_MEMORY: Final = re.compile(rb"^RssAnon:\s+(\d+) kB$", re.MULTILINE)
_THREADS: Final = re.compile(rb"^Threads:\s+(\d+)$", re.MULTILINE)


@dataclass(frozen=True)
class Size:
    """How large a process is.

    Attributes:
        memory_bytes: Resident memory that belongs to no file; a child begins with all that it has in common with its
            parent.
        threads: How many it has.
    """

    memory_bytes: int
    threads: int


class Watch:
    """One process, whatever becomes of its number."""

    def __init__(self, pid: int) -> None:
        self._status: int | None = None
        with contextlib.suppress(OSError):  # it has ended, which its socket tells
            self._status = os.open(f"/proc/{pid}/status", os.O_RDONLY | os.O_CLOEXEC)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._status is not None:
            os.close(self._status)

    def look(self) -> Size:
        """Return how large it is now; all zeros where nothing is known of it, as when it has ended."""
        status = b""
        if self._status is not None:
            with contextlib.suppress(ProcessLookupError):
                status = os.pread(self._status, 1 << 14, 0)
        return Size(memory_bytes=_number(_ANONYMOUS_MEMORY, status) << 10, threads=_number(_THREADS, status))


def _number(line: re.Pattern[bytes], status: bytes) -> int:
    found = line.search(status)
    return int(found[1]) if found else 0
