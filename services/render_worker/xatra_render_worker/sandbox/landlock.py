"""Landlock: what a process may reach of the file system, the network and other processes (landlock(7)).

The numbers are those of `linux/landlock.h`; system calls since 5.13 have the same number on every architecture.
"""

import os
import stat
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from xatra_render_worker.sandbox.kernel import system_call

_CREATE_RULESET: Final = 444
_ADD_RULE: Final = 445
_RESTRICT_SELF: Final = 446

_ASK_VERSION: Final = 1
_PATH_BENEATH: Final = 1
_LOG_NOTHING: Final = 1

_READ_FILE: Final = 1 << 2
_READ_DIRECTORY: Final = 1 << 3
_TCP: Final = 0b11  # bind and connect
_ABSTRACT_SOCKETS_AND_SIGNALS: Final = 0b11

_ABI_WITH_TCP: Final = 4
_ABI_WITH_SCOPES: Final = 6
_ABI_WITH_LOG: Final = 7


def landlock_abi() -> int:
    """Return the version of Landlock that the kernel has, 0 where it has none or it is off."""
    try:
        return system_call(_CREATE_RULESET, None, 0, _ASK_VERSION)
    except OSError:
        return 0


def make_ruleset(abi: int, readable: Iterable[Path]) -> int:
    """Return a descriptor of the rules: read what is named, and nothing else that Landlock knows of.

    Args:
        abi: Version to speak, at most the kernel's.
        readable: Files, and directories with all that is in them; those that are not there are left out.

    Raises:
        OSError: The kernel refused.
    """
    attributes = struct.pack(
        "QQQ", _file_rights(abi), _TCP if abi >= _ABI_WITH_TCP else 0, _ABSTRACT_SOCKETS_AND_SIGNALS
    )
    size = 8 if abi < _ABI_WITH_TCP else 16 if abi < _ABI_WITH_SCOPES else 24
    ruleset = system_call(_CREATE_RULESET, attributes, size, 0)
    for path in readable:
        try:
            _allow_reading(ruleset, path)
        except (FileNotFoundError, PermissionError):  # what we cannot reach, nobody that we shut in can
            continue
    return ruleset


def restrict_self(ruleset: int, abi: int) -> None:
    """Hold this thread, and what it starts, to the rules for good.

    Raises:
        OSError: The kernel refused.
    """
    # Strangers shall not fill the machine's audit log.
    system_call(_RESTRICT_SELF, ruleset, _LOG_NOTHING if abi >= _ABI_WITH_LOG else 0)


def _file_rights(abi: int) -> int:
    """Return every right on files that this version knows, which are those that rules then have to give."""
    known = 13 + sum(abi >= since for since in (2, 3, 5))  # refer, truncate, ioctl on devices
    return (1 << known) - 1


def _allow_reading(ruleset: int, path: Path) -> None:
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        is_directory = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        rights = _READ_FILE | (_READ_DIRECTORY if is_directory else 0)
        system_call(_ADD_RULE, ruleset, _PATH_BENEATH, struct.pack("=Qi", rights, descriptor), 0)
    finally:
        os.close(descriptor)
