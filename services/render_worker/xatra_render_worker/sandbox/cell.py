"""Shuts a render child in: from then on it computes, reads what a render needs, and talks to its supervisor alone."""

import os
import signal
import socket
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from xatra_render_worker.sandbox import kernel, landlock, limits, seccomp
from xatra_render_worker.sandbox.probe import FIRST_USER, Mode, Sandbox
from xatra_shared.processes import die_with_parent

_LARGEST_DESCRIPTOR: Final = (1 << 31) - 1


class CellError(Exception):
    """A process that was shut in could do what it must not."""


class Cell:
    """What children are shut in with; made once, by the process that forks them."""

    def __init__(self, sandbox: Sandbox, readable: Iterable[Path]) -> None:
        """Prepare the rules.

        Args:
            sandbox: What there is.
            readable: Files and directories that children may read.

        Raises:
            OSError: The kernel refused.
        """
        self._sandbox = sandbox
        self._parent = os.getpid()
        self._null = os.open(os.devnull, os.O_RDWR)
        self._ruleset = landlock.make_ruleset(sandbox.landlock_abi, readable) if sandbox.landlock_abi else None

    def enter(self, descriptor: int) -> None:
        """Shut this process in for good, with one descriptor beside standard streams that lead nowhere.

        Raises:
            OSError: The kernel refused; the process must end.
        """
        os.setsid()
        limits.apply_ahead(own_user=self._sandbox.own_user)
        if self._sandbox.own_user:
            user = FIRST_USER + os.getpid()
            os.setgroups([])
            os.setresgid(user, user, user)
            os.setresuid(user, user, user)
        die_with_parent(signal.SIGKILL, parent=self._parent)  # a change of user takes it back
        if self._sandbox.mode is not Mode.OFF:
            kernel.drop_capabilities()
            kernel.hide_from_equals()
            kernel.gain_no_privileges()
        if self._ruleset is not None:
            landlock.restrict_self(self._ruleset, self._sandbox.landlock_abi)
        if self._sandbox.seccomp:
            seccomp.restrict_self()
        self._keep_only(descriptor)

    def check(self) -> None:
        """Shut a process in and have it try the walls, in a process that has no threads.

        Raises:
            CellError: They do not hold; what the kernel refused is in our standard error.
        """
        child = os.fork()
        if child == 0:
            try:
                self.enter(self._null)
                os._exit(0 if self._is_shut_in() else 1)
            except BaseException:  # noqa: BLE001 - whatever it is, this process must not live on
                traceback.print_exc()
            finally:
                os._exit(2)
        _, status = os.waitpid(child, 0)
        if status:
            raise CellError(f"the sandbox does not hold ({self._sandbox}, status {os.waitstatus_to_exitcode(status)})")

    def _keep_only(self, descriptor: int) -> None:
        for stream in range(3):
            os.dup2(self._null, stream)
        os.closerange(3, descriptor)
        os.closerange(descriptor + 1, _LARGEST_DESCRIPTOR)

    def _is_shut_in(self) -> bool:
        reads = _succeeds(lambda: os.open("/", os.O_RDONLY))
        calls = _succeeds(lambda: socket.socket(socket.AF_UNIX))
        return not (reads and self._sandbox.landlock_abi) and not (calls and self._sandbox.seccomp)


def _succeeds(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except PermissionError:
        return False
    return True
