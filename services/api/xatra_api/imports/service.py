"""What a program must be before a worker sees it: Python, of bearable size, importing what the hub has."""

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


class ImportNotFound(Problem):
    """The program imports a work that the hub does not have."""

    status = 422
    slug = "import-not-found"
    title = "The program imports something that the hub does not have"


class ProgramReader:
    """Reads programs: short ones at once, long ones in a process that lives for one of them, a few at a time."""

    def __init__(self, processes: Processes) -> None:
        self._processes = processes

    async def check(self, program: str) -> None:
        """Refuse a program that no worker needs to see.

        Raises:
            ProgramTooLarge: It has more than 200,000 characters.
            ProgramNotUnderstood: It is not valid Python, has more than 50,000 nodes, is nested deeper than 160, or
                takes more than two seconds or 512 MiB to read.
            ImportNotFound: It imports from the hub.
            TooManyPrograms: Its turn did not come within five seconds.
        """
        source = source_of(program)
        fault, hub_calls = syntax.examine(program) if len(source) <= _MAX_INLINE_BYTES else await self._apart(source)
        if fault:
            raise not_understood(fault)
        if hub_calls:
            missing = Fault(*hub_calls[0], "There is no such work.")
            raise ImportNotFound("The hub has no works yet.", errors=[missing._asdict()])

    async def _apart(self, source: bytes) -> Findings:
        """Have a process of its own read a program."""
        found = await self._processes.run(["-S", syntax.__file__], source)
        if found is None:
            return Findings(Fault(None, None, syntax.TOO_HARD), [])
        fault, hub_calls = json.loads(found)
        return Findings(fault and Fault(*fault), [Call(*call) for call in hub_calls])


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
