"""Has processes that live for one piece of work do what could hold up, or end, the process that answers requests."""

import asyncio
import subprocess
import sys
from typing import Final

import structlog
from starlette.concurrency import run_in_threadpool

from xatra_shared.http.problems import Problem

_PROCESSES: Final = 2
_TURN_SECONDS: Final = 5
_PATIENCE_SECONDS: Final = 10  # on a busy machine: more than the processor's time that any of them allows itself
_RETRY_AFTER_SECONDS: Final = 5
_MAX_SAID_BYTES: Final = 300

_log = structlog.get_logger(__name__)


class TooManyPrograms(Problem):
    """So much arrives that takes long to read that this piece of it was not read in time."""

    status = 503
    slug = "too-many-programs"
    title = "Too many long programs are being read"

    def __init__(self) -> None:
        super().__init__(
            f"Try again in {_RETRY_AFTER_SECONDS} seconds.", headers={"Retry-After": str(_RETRY_AFTER_SECONDS)}
        )


class Processes:
    """Starts disposable processes of Python, a few at a time."""

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(_PROCESSES)

    async def run(self, arguments: list[str], given: bytes) -> bytes | None:
        """Give a process of its own something to read, and return what it writes.

        What it runs has to bound its own time and memory, so that nothing has to wait for its end.

        Args:
            arguments: What to run, as Python's own arguments; it gets no environment.
            given: Its standard input.

        Returns:
            Its standard output, or None where it failed: it took too much time or memory, or the parser crashed.

        Raises:
            TooManyPrograms: Its turn did not come within five seconds, or its end not within ten.
        """
        try:
            async with asyncio.timeout(_TURN_SECONDS):
                await self._free.acquire()
        except TimeoutError:
            raise TooManyPrograms from None
        try:
            return await run_in_threadpool(_run, arguments, given)
        finally:
            self._free.release()


def _run(arguments: list[str], given: bytes) -> bytes | None:
    try:
        process = subprocess.run(  # noqa: S603 - our own code
            [sys.executable, "-I", *arguments],
            input=given,
            capture_output=True,
            check=False,
            env={},
            timeout=_PATIENCE_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise TooManyPrograms from None
    if process.returncode:
        _log.warning("disposable process failed", status=process.returncode, said=process.stderr[-_MAX_SAID_BYTES:])
        return None
    return process.stdout
