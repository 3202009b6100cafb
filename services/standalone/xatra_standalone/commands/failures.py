"""How a command ends that could not do what it was asked: one sentence, and an exit code that scripts can read."""

import re
from enum import IntEnum
from typing import Final

import typer

_STEERING: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class ExitCode(IntEnum):
    """What `docs/command-line.md` promises; 0 is success, and Ctrl-C is 130."""

    FAILED = 1
    UNAVAILABLE = 2
    USAGE = 64  # EX_USAGE of sysexits.h, so that it is no other command's 1 or 2


class CommandFailedError(typer.TyperException):
    """Ends the command with a sentence on standard error."""

    def __init__(self, sentence: str, exit_code: ExitCode) -> None:
        super().__init__(harmless(sentence))
        self.exit_code = exit_code


def harmless(text: str) -> str:
    """Return text of a stranger's program or service with what would steer a terminal made visible."""
    return _STEERING.sub(lambda match: f"\\x{ord(match[0]):02x}", text)
