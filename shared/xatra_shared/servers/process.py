"""What a server of ours is, and how its process is started and stopped."""

import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from xatra_shared.processes import die_with_parent


class ServerStartError(Exception):
    """A server did not come up; the text says which, and where its log is."""


class Server(Protocol):
    """A program to run beside ours."""

    name: str
    log_path: Path

    def prepare(self) -> None:
        """Write what the server needs on disk; does nothing the second time."""

    def argv(self) -> list[str]:
        """Return the command line."""

    def is_ready(self) -> bool:
        """Tell whether the server answers."""


def unprivileged_user() -> str | None:
    """Return the user that servers run as where we are root (PostgreSQL refuses root), else None."""
    return "nobody" if os.geteuid() == 0 else None


def server_uid() -> int:
    """Return the number of the user that servers run as."""
    user = unprivileged_user()
    return pwd.getpwnam(user).pw_uid if user else os.geteuid()


def give_to_server(path: Path) -> None:
    """Make the server's user the owner of a path."""
    if unprivileged_user():
        os.chown(path, server_uid(), -1)


def dying_with_us(number: signal.Signals) -> Callable[[], None]:
    """Return a `preexec_fn` by which a process gets a signal when this one, which starts it, is gone."""
    return partial(die_with_parent, number, parent=os.getpid())


def start(server: Server, *, timeout_seconds: float = 30) -> subprocess.Popen[bytes]:
    """Start a server and return its process once it answers.

    Raises:
        ServerStartError: It exited or did not answer in time.
    """
    server.prepare()
    user = unprivileged_user()
    with server.log_path.open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - our own command line
            server.argv(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            user=user,
            group=pwd.getpwnam(user).pw_gid if user else None,
            extra_groups=[] if user else None,
            cwd="/",
            preexec_fn=dying_with_us(signal.SIGINT),  # noqa: PLW1509 - before any thread exists
            start_new_session=True,  # Ctrl-C in the terminal reaches us alone, and we stop it in order
        )
    deadline = time.monotonic() + timeout_seconds
    while not server.is_ready():
        if process.poll() is not None:
            raise ServerStartError(f"{server.name} did not start: see {server.log_path}")
        if time.monotonic() > deadline:
            process.kill()
            raise ServerStartError(f"{server.name} did not answer in {timeout_seconds:.0f} s: see {server.log_path}")
        time.sleep(0.02)
    return process


def stop(process: subprocess.Popen[bytes], *, timeout_seconds: float = 10) -> None:
    """Stop a server: asked first, killed when it does not listen."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout_seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
