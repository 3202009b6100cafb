"""Writes files whole or not at all, one process at a time, and says in a plain sentence why a disk refuses."""

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xatra_render_worker.data.errors import DataError

PART_SUFFIX = ".part"


class DiskError(DataError):
    """The disk is full, or the directory cannot be written."""


def require_space(directory: Path, needed_bytes: int) -> None:
    """Raise unless the disk of a directory, which need not exist yet, has this much room.

    Args:
        directory: Where the bytes will be written.
        needed_bytes: How many there will be at most.

    Raises:
        DiskError: There is less room than that.
    """
    existing = next(path for path in (directory, *directory.absolute().parents) if path.exists())
    free_bytes = shutil.disk_usage(existing).free
    if free_bytes < needed_bytes:
        raise DiskError(
            f"Too little room on the disk for {directory}: {_megabytes(needed_bytes)} are needed, "
            f"{_megabytes(free_bytes)} are free. Make room, or choose another directory, and run the command again."
        )


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn what the operating system says about a file or directory into a sentence.

    Args:
        path: What is being written.

    Raises:
        DiskError: In place of any OSError.
    """
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise DiskError(f"The disk is full: {path} could not be written. Make room and run it again.") from error
        raise DiskError(f"{error.filename or path} cannot be written: {error.strerror or error}.") from error


@contextmanager
def alone_in(directory: Path) -> Iterator[None]:
    """Work in a directory while others who do the same, in this process or another, wait.

    Args:
        directory: Made when missing.

    Raises:
        DiskError: It cannot be made or opened.
    """
    with disk_errors(directory):
        directory.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def write_file(path: Path, content: bytes) -> None:
    """Write a file that appears under its name only when all of it is on the disk.

    Args:
        path: The file; its directory is made when missing.
        content: All of its bytes.

    Raises:
        DiskError: The disk is full, or the directory cannot be written.
    """
    part = path.with_name(path.name + PART_SUFFIX)
    with disk_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        part.replace(path)


def _megabytes(size_bytes: int) -> str:
    return f"{size_bytes / 1e6:,.0f} MB"
