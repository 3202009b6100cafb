"""One attempt at one job: hands it to a child, watches it, and says how it ended."""

import fcntl
import os
import queue
import select
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from typing import Annotated

import orjson
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from xatra_render_worker.pool import frames
from xatra_render_worker.pool.frames import MAX_PRINTED_BYTES, FrameReader, Kind, ProtocolError
from xatra_render_worker.pool.parent import Child
from xatra_render_worker.pool.watch import Watch
from xatra_render_worker.sandbox.limits import MAX_THREADS
from xatra_shared.queue.model import Job

_MAX_REPLY_BYTES = 1 << 20
_LOOK_SECONDS = 0.1


def _without_nul(text: str) -> str:
    return text.replace("\0", "\N{SYMBOL FOR NULL}")  # Postgres stores no NUL


_Text = Annotated[str, AfterValidator(_without_nul)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class AuthorError(_Strict):
    """What an author can act on."""

    type: Annotated[_Text, Field(max_length=200)]
    message: Annotated[_Text, Field(max_length=10_000)]
    line: Annotated[int, Field(ge=0, le=10_000_000)] | None
    traceback: Annotated[_Text, Field(max_length=50_000)]


class _Reply(_Strict):
    """All that a child may say of its render, apart from the map itself."""

    error: AuthorError | None
    warnings: Annotated[list[Annotated[_Text, Field(max_length=5_000)]], Field(max_length=200)]


class Stop(Enum):
    """Why a child was stopped before it was done."""

    CANCELLED = auto()
    WALL = auto()
    LEASE_LOST = auto()
    DRAINED = auto()


class _TooLargeError(Exception):
    """A child grew beyond its limits; carries what its author is told."""

    def __init__(self, error: AuthorError) -> None:
        super().__init__(error.message)
        self.error = error


class ChildLostError(Exception):
    """The child vanished together with its parent: the program was not to blame, or cannot be shown to be."""


class NotBegunError(Exception):
    """The child was gone before it had taken its program, of which nothing has run."""


@dataclass(frozen=True)
class Ended:
    """How an attempt ended: with a map, with an author's error, or stopped."""

    html: bytearray | None = None
    error: AuthorError | None = None
    is_limit: bool = False  # the error is a limit's: with larger limits the program may succeed
    stop: Stop | None = None
    warnings: tuple[str, ...] = ()
    output: str = ""


class Attempt:
    """Watches one child. It asks nothing of the database, so that a limit holds while the database is away."""

    def __init__(
        self, job: Job, child: Child, file_descriptors: dict[str, int], *, wanted: Callable[[], Stop | None]
    ) -> None:
        """Prepare to run a job.

        Args:
            job: What to run, and its limits.
            child: A child that waits for it.
            file_descriptors: Sealed memory with each file that the program reads, by name.
            wanted: Asked several times a second: None while the render is wanted, else why to stop it.
        """
        self._job = job
        self._child = child
        self._files = file_descriptors
        self._wanted = wanted
        self._printed = bytearray()
        self._reply: _Reply | None = None
        self._started = 0.0
        self._html: bytearray | None = None

    def run(self) -> Ended:
        """Run the job to its end and leave no child behind.

        Raises:
            ChildLostError: The warm parent vanished under it.
            NotBegunError: Another child may run it.
        """
        try:
            return self._run()
        finally:
            self._child.close()

    def _run(self) -> Ended:
        self._started = time.monotonic()
        try:
            with Watch(self._child.pid) as watch:
                memory_bytes = watch.look().memory_bytes + self._job.limits.memory_bytes
                self._hand_over()
                stop = self._watch(partial(_check_size, watch, memory_bytes))
        except ProtocolError as error:
            return self._failed(_too_large(error, self._job.limits.output_bytes), is_limit=True)
        except _TooLargeError as error:
            return self._failed(error.error, is_limit=True)
        except (BrokenPipeError, ConnectionResetError):
            # So a socket ends whose other end has left something unread. All that we ever send is the job.
            raise NotBegunError from None
        except EOFError:
            return self._exited()
        if stop is Stop.WALL:
            return self._failed(
                AuthorError(
                    type="TimeLimit",
                    message=f"The program was stopped after {self._job.limits.wall_seconds} s.",
                    line=None,
                    traceback="",
                ),
                is_limit=True,
                stop=stop,
            )
        if stop is not None:
            return Ended(stop=stop, output=self._output())
        reply = self._reply
        assert reply is not None  # noqa: S101 - `_watch` ends without a stop only when it has one
        return Ended(
            html=self._html,
            error=reply.error,
            is_limit=reply.error is not None and reply.error.type == "MemoryError",
            warnings=tuple(reply.warnings),
            output=self._output(),
        )

    def _hand_over(self) -> None:
        limits = self._job.limits
        job = {
            "program": self._job.request.program,
            "bundle": self._job.request.bundle,
            "files": list(self._files),
            "cpu_seconds": limits.cpu_seconds,
            "memory_bytes": limits.memory_bytes,
        }
        connection = self._child.connection
        socket.send_fds(connection, [b"j"], list(self._files.values()))
        frames.send(connection, Kind.JOB, orjson.dumps(job))
        connection.settimeout(0)

    def _watch(self, check_size: Callable[[], None]) -> Stop | None:
        reader = FrameReader(
            self._child.connection,
            {
                Kind.PRINTED: MAX_PRINTED_BYTES,
                Kind.REPLY: _MAX_REPLY_BYTES,
                Kind.HTML: self._job.limits.output_bytes,
            },
        )
        poller = select.poll()
        poller.register(self._child.connection, select.POLLIN)
        deadline = self._started + self._job.limits.wall_seconds
        next_look = self._started
        while True:  # back here after every frame: whoever sends without end shall be stopped like all others
            if stop := self._wanted():
                return stop
            now = time.monotonic()
            if now >= deadline:
                return Stop.WALL
            if now >= next_look:
                check_size()
                next_look = now + _LOOK_SECONDS
            poller.poll(min(deadline - now, _LOOK_SECONDS) * 1000)
            frame = reader.read()
            if frame and self._is_complete(*frame):
                return None

    def _is_complete(self, kind: Kind, payload: bytearray) -> bool:
        if kind is Kind.PRINTED and 0 < len(payload) <= MAX_PRINTED_BYTES - len(self._printed):
            self._printed += payload
            return False
        if kind is Kind.REPLY and self._reply is None:
            try:
                self._reply = _Reply.model_validate_json(bytes(payload))
            except ValidationError as error:
                raise ProtocolError("a reply of another form") from error
            return self._reply.error is not None
        if kind is Kind.HTML and self._reply is not None:
            self._html = payload
            return True
        raise ProtocolError("a frame out of turn")

    def _exited(self) -> Ended:
        """Say why a child ended without a reply."""
        try:
            ended = self._child.wait(1.0)
        except queue.Empty:
            # It closed its socket and lives: `close` kills it.
            return self._failed(_gone("The program closed the connection to its supervisor."))
        if ended is None:
            raise ChildLostError
        limits = self._job.limits
        if ended.cpu_seconds >= limits.cpu_seconds:
            error = AuthorError(
                type="CpuLimit",
                message=f"The program was stopped after it had used {limits.cpu_seconds} s of processor time.",
                line=None,
                traceback="",
            )
            return self._failed(error, is_limit=True, stop=Stop.WALL)
        if ended.code == -9:  # noqa: PLR2004 - SIGKILL, and not from us
            return self._failed(
                _gone("The program was killed, most likely because the machine ran out of memory."), is_limit=True
            )
        if ended.code < 0:
            return self._failed(_gone(f"The program crashed its process (signal {-ended.code})."), is_limit=True)
        return self._failed(_gone(f"The program ended its process with status {ended.code} before it showed a map."))

    def _failed(self, error: AuthorError, *, is_limit: bool = False, stop: Stop | None = None) -> Ended:
        return Ended(error=error, is_limit=is_limit, stop=stop, output=self._output())

    def _output(self) -> str:
        return _without_nul(self._printed.decode("utf-8", "replace"))


def _check_size(watch: Watch, memory_bytes: int) -> None:
    """Raise where a child is larger than it may be: the kernel's own limits do not see all of it."""
    size = watch.look()
    if size.memory_bytes > memory_bytes:
        raise _TooLargeError(_limit("MemoryError", "it needs more memory than one render may use"))
    if size.threads > MAX_THREADS:
        raise _TooLargeError(_limit("ThreadLimit", f"it started more than {MAX_THREADS} threads"))


def _limit(type_: str, why: str) -> AuthorError:
    return AuthorError(type=type_, message=f"The program was stopped because {why}.", line=None, traceback="")


def _gone(message: str) -> AuthorError:
    return AuthorError(type="ProcessEnded", message=message, line=None, traceback="")


def _too_large(error: ProtocolError, output_bytes: int) -> AuthorError:
    return AuthorError(
        type="OutputLimit",
        message=f"The map is larger than {output_bytes >> 20} MiB, or came in a form that is not accepted ({error}).",
        line=None,
        traceback="",
    )


def sealed_memory(name: str, content: bytes) -> int:
    """Return a descriptor of memory that holds `content` and that nobody can change."""
    descriptor = os.memfd_create(name, os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    with open(descriptor, "wb", closefd=False) as memory:
        memory.write(content)
    fcntl.fcntl(
        descriptor,
        fcntl.F_ADD_SEALS,
        fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL,
    )
    return descriptor
