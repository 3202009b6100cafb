"""What every hostile program begins with: it tries things, and prints what came of each."""

import ctypes
import errno
import json
import os
import stat
import struct
from types import SimpleNamespace

T = SimpleNamespace()  # what there is to attack; the test fills it in
FOUND: list[str] = []
LIBC = ctypes.CDLL(None, use_errno=True)


def attempt(expression: str) -> None:
    """Try something, and print which error it met or what it got."""
    try:
        got = repr(eval(expression, globals()))[:5000]
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is what the test asks for
        number = getattr(error, "errno", None) or 0
        outcome = {"refused": errno.errorcode.get(number, type(error).__name__)}
    else:
        FOUND.append(got)
        outcome = {"got": got}
    print(json.dumps({"tried": expression, **outcome}))  # noqa: T201 - a program has no other voice


def raw(name: str, *arguments: object) -> int:
    """Make a system call, past all that Python has to say about it."""
    if T.numbers[name] is None:
        raise OSError(errno.ENOSYS, "not on this architecture")
    words = (ctypes.c_ulong(argument) if isinstance(argument, int) else argument for argument in arguments)
    return checked(LIBC.syscall(ctypes.c_long(T.numbers[name]), *words))


def checked(result: int) -> int:
    """Return what a C function answered; raise the error that it met."""
    if result == -1:
        raise OSError(ctypes.get_errno(), "refused")
    return result


def is_open(descriptor: int) -> bool:
    """Tell whether there is such a descriptor."""
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


def supervisor() -> int:
    """Return the descriptor of the socket to the supervisor."""
    return next(number for number in range(3, 64) if is_open(number) and stat.S_ISSOCK(os.fstat(number).st_mode))


def send(kind: int, payload: bytes, length: int | None = None) -> None:
    """Send a frame to the supervisor, or what passes for one."""
    frame = memoryview(struct.pack("!BI", kind, len(payload) if length is None else length) + payload)
    while frame:
        frame = frame[os.write(END, frame) :]


PRINTED, REPLY, HTML = 2, 3, 4
FINE = b'{"error": null, "warnings": []}'
END = supervisor()
