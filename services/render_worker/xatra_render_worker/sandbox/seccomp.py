"""The system calls that a render child may make, as a classic BPF program (seccomp(2)).

It is a list of what is allowed; the rest answers EPERM, which Python raises as PermissionError where an author sees it
and libraries take as a no. Killing would tell authors nothing, and end maps whenever a C library tries something new.
Only calls of another architecture or of x32 kill: no compiler makes them by chance. What is newer than all that we
allow answers ENOSYS, as on an older kernel, so that C libraries fall back.

Memory may be made executable: libffi and modules that are imported late need it, and it gives nothing away, since
all rules hold for any machine code.
"""

import ctypes
import errno
import fcntl
import os
import socket
import struct
import termios
from collections.abc import Iterable, Mapping
from typing import Final

from xatra_render_worker.sandbox.kernel import prctl
from xatra_render_worker.sandbox.system_calls import ALLOWED

_SET_SECCOMP: Final = 22
_MODE_FILTER: Final = 2
_SET_NAME: Final = 15
_GET_NAME: Final = 16

_ARCHITECTURES: Final = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_X32: Final = 0x40000000

# Offsets in `struct seccomp_data`; both architectures are little-endian, so an argument's low word comes first. The
# kernel itself looks at no more than the low word of what is checked here.
_NUMBER: Final = 0
_ARCHITECTURE: Final = 4
_ARGUMENTS: Final = 16

_LOAD: Final = 0x20
_AND: Final = 0x54
_IF_EQUAL: Final = 0x15
_IF_GREATER: Final = 0x25
_IF_AT_LEAST: Final = 0x35
_RETURN: Final = 0x06

_CLONE_THREAD: Final = 0x00010000
_CLONE_NEW: Final = 0x7E020080  # namespaces of every kind
_WRITING: Final = os.O_ACCMODE | os.O_CREAT | os.O_TRUNC
# Urgent data and what else the kernel does for flags of messages has been a way out of filters like this one.
_NOT_FOR_MESSAGES: Final = ~(socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL) & 0xFFFFFFFF
_FCNTL: Final = (
    fcntl.F_DUPFD,
    fcntl.F_DUPFD_CLOEXEC,
    fcntl.F_GETFD,
    fcntl.F_SETFD,
    fcntl.F_GETFL,
    fcntl.F_SETFL,
    fcntl.F_GET_SEALS,
)
_TCGETS2: Final = 0x802C542A
_IOCTL: Final = (
    termios.TCGETS,  # whether it is a terminal, asked of every file that is opened
    _TCGETS2,
    termios.TIOCGWINSZ,
    termios.FIOCLEX,
    termios.FIONCLEX,
    termios.FIONBIO,
    termios.FIONREAD,
)


def filters_are_available() -> bool:
    """Tell whether the kernel takes filters."""
    try:
        prctl(_SET_SECCOMP, _MODE_FILTER, None)  # no program at this address: an error of its own, if it looks there
    except OSError as error:
        return error.errno == errno.EFAULT and os.uname().machine in _ARCHITECTURES
    return False


def restrict_self() -> None:
    """Hold this thread, and what it starts, to the allowed system calls for good.

    Raises:
        OSError: The kernel refused.
    """
    code = make_filter(os.uname().machine, os.getpid())
    instructions = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(instructions))
    prctl(_SET_SECCOMP, _MODE_FILTER, program)


def make_filter(machine: str, pid: int) -> bytes:
    """Return the program: instructions of eight bytes.

    Args:
        machine: Architecture, as uname(2) calls it.
        pid: Process that it is for, the only one that it may signal.
    """
    numbers = {
        name: number
        for name, (x86_64, aarch64) in ALLOWED.items()
        if (number := x86_64 if machine == "x86_64" else aarch64) is not None
    }
    conditions = _conditions(pid)
    return b"".join(
        (
            _instruction(_LOAD, _ARCHITECTURE),
            _unless_equal(_ARCHITECTURES[machine], _KILL),
            _instruction(_LOAD, _NUMBER),
            _if(_IF_AT_LEAST, _X32, _KILL),
            _if(_IF_GREATER, max(numbers.values()), _UNKNOWN),
            *(_if(_IF_EQUAL, number, conditions.get(name, _ALLOW)) for name, number in numbers.items()),
            _REFUSE,
        )
    )


def _conditions(pid: int) -> Mapping[str, bytes]:
    """Return what decides about calls that are not always allowed."""
    to_self = _allow_if_in(0, [pid])
    return {
        "clone": _allow_if_masked(0, _CLONE_THREAD | _CLONE_NEW, _CLONE_THREAD),
        "clone3": _UNKNOWN,  # its flags are in memory, where a filter cannot look; C libraries fall back to clone
        "fcntl": _allow_if_in(1, _FCNTL),
        "ioctl": _allow_if_in(1, _IOCTL),
        "kill": to_self,
        "open": _allow_if_masked(1, _WRITING, 0),
        "openat": _allow_if_masked(2, _WRITING, 0),
        "prctl": _allow_if_in(0, [_SET_NAME, _GET_NAME]),
        "prlimit64": _allow_if_in(0, [0, pid]),
        "recvfrom": _allow_if_masked(3, _NOT_FOR_MESSAGES, 0),
        "recvmsg": _allow_if_masked(2, _NOT_FOR_MESSAGES, 0),
        "rt_sigqueueinfo": to_self,
        "rt_tgsigqueueinfo": to_self,
        "sendto": _allow_if_masked(3, _NOT_FOR_MESSAGES, 0),
        "tgkill": to_self,
        "tkill": to_self,
    }


def _instruction(code: int, value: int, when_true: int = 0, when_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, when_true, when_false, value)


def _if(test: int, value: int, then: bytes) -> bytes:
    """Return what runs `then`, which never comes back, if the test holds."""
    return _instruction(test, value, 0, len(then) // 8) + then


def _unless_equal(value: int, then: bytes) -> bytes:
    return _instruction(_IF_EQUAL, value, len(then) // 8, 0) + then


def _allow_if_in(argument: int, values: Iterable[int]) -> bytes:
    choices = (_if(_IF_EQUAL, value, _ALLOW) for value in values)
    return b"".join((_instruction(_LOAD, _ARGUMENTS + 8 * argument), *choices, _REFUSE))


def _allow_if_masked(argument: int, mask: int, value: int) -> bytes:
    load = _instruction(_LOAD, _ARGUMENTS + 8 * argument)
    return load + _instruction(_AND, mask) + _if(_IF_EQUAL, value, _ALLOW) + _REFUSE


_ALLOW: Final = _instruction(_RETURN, 0x7FFF0000)
_REFUSE: Final = _instruction(_RETURN, 0x00050000 | errno.EPERM)
_UNKNOWN: Final = _instruction(_RETURN, 0x00050000 | errno.ENOSYS)
_KILL: Final = _instruction(_RETURN, 0x80000000)  # the whole process
