"""What has to be so before anything starts; each refusal is a sentence that says what to do."""

import fcntl
import shutil
import socket
from contextlib import suppress
from pathlib import Path
from typing import IO

from xatra_render_worker.sandbox.probe import Mode, SandboxMissingError, probe

_NEEDED_DISK_BYTES = 1 << 30


class CannotStartError(Exception):
    """The text tells the person at the keyboard what stands in the way and what to do."""


def hold_home(home: Path) -> IO[str]:
    """Make sure that nobody else runs in this directory, for as long as the returned file is open.

    Raises:
        CannotStartError: Somebody does, or the directory cannot be written.
    """
    try:
        home.mkdir(mode=0o755, parents=True, exist_ok=True)
        lock = (home / "lock").open("w", encoding="ascii")
    except OSError as error:
        raise CannotStartError(
            f"{home} cannot be written ({error.strerror}): set XATRA_HOME to a directory of yours."
        ) from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise CannotStartError(
            f"Xatra Web already runs on {home}: stop it first, or set XATRA_HOME to another directory."
        ) from None
    return lock


def check_port(port: int) -> None:
    """Make sure that the port is free.

    Raises:
        CannotStartError: It is taken.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise CannotStartError(
                f"Port {port} is taken by another program: stop it, or choose another port with `make demo PORT={port + 1}`."
            ) from None


def check_disk(home: Path) -> None:
    """Make sure that there is room to set up and to work.

    Raises:
        CannotStartError: There is too little.
    """
    free = shutil.disk_usage(home).free
    if free < _NEEDED_DISK_BYTES:
        raise CannotStartError(
            f"{home} has {free >> 20} MiB free and Xatra Web needs {_NEEDED_DISK_BYTES >> 20} MiB: "
            "make room, or set XATRA_HOME to a directory on another disk."
        )


def check_sandbox(mode: Mode) -> None:
    """Make sure that map programs can be shut in as the settings ask.

    Raises:
        CannotStartError: They cannot.
    """
    try:
        probe(mode, ()).require()
    except SandboxMissingError as error:
        raise CannotStartError(str(error).replace("SANDBOX=", "XATRA_SANDBOX=")) from None


def check_reachable(home: Path, user: str | None) -> None:
    """Make sure that the user that servers run as can reach the directory.

    Raises:
        CannotStartError: A directory above keeps it out.
    """
    if user is None:
        return
    for directory in (home, *home.parents):
        with suppress(PermissionError):
            if not directory.stat().st_mode & 0o001:
                raise CannotStartError(
                    f"As root, the servers run as {user}, who cannot enter {directory}: "
                    "set XATRA_HOME to a directory such as /var/lib/xatra-web."
                )
