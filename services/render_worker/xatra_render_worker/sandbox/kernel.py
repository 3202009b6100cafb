"""Calls to the kernel that Python has no functions for."""

import ctypes
import os
from typing import Final

_SET_CHILD_SUBREAPER: Final = 36
_SET_DUMPABLE: Final = 4
_SET_NO_NEW_PRIVS: Final = 38

_CAPABILITY_VERSION_3: Final = 0x20080522

_LIBC: Final = ctypes.CDLL(None, use_errno=True)


def prctl(option: int, *arguments: object) -> int:
    """Have the kernel change something about this process.

    Raises:
        OSError: The kernel refused.
    """
    return _checked(_LIBC.prctl(option, *map(_as_word, (*arguments, 0, 0, 0, 0)[:4])))


def system_call(number: int, *arguments: object) -> int:
    """Make a system call by its number.

    Raises:
        OSError: The kernel refused.
    """
    return _checked(_LIBC.syscall(ctypes.c_long(number), *map(_as_word, arguments)))


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent ended, so that none gets out of sight."""
    prctl(_SET_CHILD_SUBREAPER, 1)


def hide_from_equals() -> None:
    """Keep other processes of the same user from looking into this one through /proc or ptrace(2)."""
    prctl(_SET_DUMPABLE, 0)


def gain_no_privileges() -> None:
    """Give up for good what executing a program could grant; Landlock and seccomp ask for it."""
    prctl(_SET_NO_NEW_PRIVS, 1)


def drop_capabilities() -> None:
    """Give up every capability, so that limits cannot be raised again, whoever we are."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    _checked(_LIBC.capset(header, (ctypes.c_uint32 * 6)()))


def _as_word(argument: object) -> object:
    return ctypes.c_ulong(argument) if isinstance(argument, int) else argument


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
