"""A process whose children are shut in: it reads programs from standard input and runs each in a child of its own.

Arguments: what there is to shut in with, as JSON; a user to become first, or nothing; what may be read.
"""

import ctypes
import errno
import importlib
import json
import os
import socket
import sys
from pathlib import Path
from typing import Any

from xatra_render_worker.sandbox import limits
from xatra_render_worker.sandbox.cell import Cell
from xatra_render_worker.sandbox.kernel import prctl
from xatra_render_worker.sandbox.probe import Mode, Sandbox

SET_DUMPABLE = 4
PROGRAMS_USE = (
    "fcntl",
    "mmap",
    "resource",
    "select",
    "signal",
    "subprocess",
    "termios",
    "threading",
    "time",
)
LIBC = ctypes.CDLL(None, use_errno=True)


def main() -> None:
    modules = {name: importlib.import_module(name) for name in PROGRAMS_USE}  # a child may not be able to read them
    described = json.loads(sys.argv[1])
    limits.address_space_bytes()  # loads what reading takes
    if user := sys.argv[2]:
        os.setgroups([])
        os.setresgid(int(user), int(user), int(user))
        os.setresuid(int(user), int(user), int(user))
        prctl(SET_DUMPABLE, 1)  # as for a process that was executed as this user
    cell = Cell(Sandbox(**{**described, "mode": Mode(described["mode"])}), map(Path, sys.argv[3:]))
    cell.check()
    say(1, os.getpid())
    for line in sys.stdin:
        ours, theirs = socket.socketpair()
        child = os.fork()
        if child == 0:
            run(cell, theirs, json.loads(line), modules)
        theirs.close()
        say(1, child)
        with ours.makefile("rb") as connection:
            answer = connection.read()
        _, status = os.waitpid(child, 0)
        say(1, {**json.loads(answer or "{}"), "ended": os.waitstatus_to_exitcode(status)})


def run(cell: Cell, connection: socket.socket, program: str, modules: dict[str, Any]) -> None:
    size_bytes = limits.address_space_bytes()
    cell.enter(connection.fileno())
    names: dict[str, Any] = {**globals(), **modules, "size_bytes": size_bytes, "result": None}
    answer: dict[str, Any] = {}
    try:
        exec(program, names)
        answer["result"] = names["result"]
    except OSError as error:
        answer["error"] = errno.errorcode[error.errno or 0]
    except Exception as error:  # noqa: BLE001 - a test says which it expects
        answer["error"] = repr(error)
    say(connection.fileno(), answer)
    os._exit(0)


def raw(number: int, *arguments: object) -> int:
    """Make a system call and return what the kernel returns: a negative number is an error's."""
    words = (ctypes.c_ulong(argument) if isinstance(argument, int) else argument for argument in arguments)
    result: int = LIBC.syscall(ctypes.c_long(number), *words)
    return -ctypes.get_errno() if result == -1 else result


def say(descriptor: int, answer: object) -> None:
    os.write(descriptor, json.dumps(answer).encode() + b"\n")


if __name__ == "__main__":
    main()
