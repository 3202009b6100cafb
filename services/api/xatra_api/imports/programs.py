"""What a program must be before anything else is done with it: Python, of bearable size."""

import json
from typing import Final

from xatra_api.imports import syntax
from xatra_api.imports.syntax import Call, Fault, Findings
from xatra_api.processes import Processes
from xatra_shared.http.problems import Problem

MAX_PROGRAM_CHARACTERS: Final = 200_000

# Up to this length, no program was found that holds the interpreter's lock, and so all other requests, for 50 ms.
_MAX_INLINE_BYTES: Final = 6_000


class ProgramTooLarge(Problem):
    """The program is longer than anything a person writes."""

    status = 413
    slug = "program-too-large"
    title = f"A map program has at most {MAX_PROGRAM_CHARACTERS:,} characters"


class ProgramNotUnderstood(Problem):
    """The program is no Python, or complicated beyond reason."""

    status = 422
    slug = "program-syntax"
    title = "The program is not valid Python"


class ProgramReader:
    """Reads programs: short ones at once, long ones in a process that lives for one of them, a few at a time."""

    def __init__(self, processes: Processes) -> None:
        self._processes = processes

    async def read(self, program: str, *, names: bool = False) -> Findings:
        """Return what is found in a program, which has no fault.

        Args:
            program: Python source.
            names: Whether to find what it defines too.

        Raises:
            ProgramTooLarge: It has more than 200,000 characters.
            ProgramNotUnderstood: It is not valid Python, has more than 50,000 nodes, is nested deeper than 160, or
                takes more than two seconds or 512 MiB to read.
            TooManyPrograms: Its turn did not come within five seconds.
        """
        source = source_of(program)
        if len(source) <= _MAX_INLINE_BYTES:
            found = syntax.examine(program, names=names)
        else:
            found = await self._apart(source, *(["names"] if names else []))
        if found.fault:
            raise not_understood(found.fault)
        return found

    async def _apart(self, source: bytes, *arguments: str) -> Findings:
        """Have a process of its own read a program."""
        answer = await self._processes.run(["-S", syntax.__file__, *arguments], source)
        if answer is None:
            return Findings(Fault(None, None, syntax.TOO_HARD))
        fault, calls, names = json.loads(answer)
        return Findings(fault and Fault(*fault), [Call(*call) for call in calls], names)


def source_of(program: str) -> bytes:
    """Return a program as the bytes to read.

    Raises:
        ProgramTooLarge: It has more than 200,000 characters.
        ProgramNotUnderstood: It has characters that are no text.
    """
    if len(program) > MAX_PROGRAM_CHARACTERS:
        raise ProgramTooLarge
    try:
        return program.encode()
    except UnicodeEncodeError:
        raise not_understood(Fault(None, None, syntax.NO_TEXT)) from None


def not_understood(fault: Fault) -> ProgramNotUnderstood:
    """Return the problem that tells the author of a fault."""
    return ProgramNotUnderstood(fault.message, errors=[fault._asdict()])
