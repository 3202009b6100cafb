"""What goes into the render queue and comes out of it."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

import orjson

from xatra_shared.bundles import Bundle


class State(StrEnum):
    """Where a render stands."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    TIMED_OUT = "timed_out"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """Whether nothing changes any more."""
        return self not in (State.QUEUED, State.RUNNING)


@dataclass(frozen=True)
class Limits:
    """What one render may use. `output_bytes` bounds the HTML before compression."""

    wall_seconds: int = 60
    cpu_seconds: int = 60
    memory_bytes: int = 1 << 30
    output_bytes: int = 64 << 20


@dataclass(frozen=True)
class Engine:
    """What turns a program into a map: equal programs on equal engines give equal maps."""

    engine_version: str
    data_version: str


@dataclass(frozen=True)
class RenderRequest:
    """A program with everything that it needs.

    Attributes:
        program: Python source.
        bundle: All that it imports from the hub, exactly, and what runs before it.
        files: Name by which the program reads a file -> sha256 of its content.
    """

    program: str
    bundle: Bundle = field(default_factory=Bundle)
    files: dict[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Sha256 of what was asked, whatever renders it."""
        return _digest([self.program, self.bundle, self.files])

    def key(self, engine: Engine) -> str:
        """Return the sha256 under which the result is known. Limits are no part of it: a success serves everyone."""
        return _digest([self.digest, engine.engine_version, engine.data_version])


def _digest(value: object) -> str:
    return hashlib.sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hexdigest()


@dataclass(frozen=True)
class Payer:
    """The user against whose budget a render counts; `kind` decides what all of its kind may in a month."""

    user_id: int
    kind: Literal["user", "trusted"]


@dataclass(frozen=True)
class Asker:
    """Who asks for a render: the identity that is served fairly, the network that it comes from, and who pays."""

    caller: str
    address: str
    payer: Payer | None = None


@dataclass(frozen=True)
class Budget:
    """What a user may render in this month (UTC), in seconds that renders run.

    Attributes:
        monthly_seconds: How much; None: no bound.
        spent_seconds: What renders that have ended took.
        reserved_seconds: What those that have not will probably take.
        renews_at: When the month is over.
    """

    monthly_seconds: int | None
    spent_seconds: float
    reserved_seconds: float
    renews_at: datetime

    @property
    def is_spent(self) -> bool:
        """Whether nothing is left for another render."""
        return self.monthly_seconds is not None and self.spent_seconds + self.reserved_seconds >= self.monthly_seconds


@dataclass(frozen=True)
class Origin:
    """The HTTP request that made a job, for those who follow it through logs and traces.

    Attributes:
        request_id: Of the request; None where it had none.
        traceparent: Its span (W3C Trace Context); None where it is not traced.
    """

    request_id: str | None = None
    traceparent: str | None = None


@dataclass(frozen=True)
class Job:
    """A claimed job: what the worker needs to run it and to prove that it still holds it.

    Attributes:
        id: The job.
        attempt: Proves the claim.
        request: What to render.
        limits: What it may use.
        origin: Where it comes from.
        queued_seconds: How long it waited.
        start_error_seconds: By how much it starts later than its caller was told; None where nobody was.
    """

    id: int
    attempt: int
    request: RenderRequest
    limits: Limits
    origin: Origin
    queued_seconds: float
    start_error_seconds: float | None


@dataclass(frozen=True)
class LostJobs:
    """Jobs whose workers vanished: all of them, and how many have failed thereby; the others wait again."""

    ids: list[int]
    failed: int


@dataclass(frozen=True)
class Result:
    """How an attempt ended.

    Attributes:
        state: One of the final states.
        artefact_sha256: The map, where it succeeded; its row must exist.
        error: What the author is told: `type`, `message`, `line`, `traceback`, and `by`: "author" or "service".
        warnings: Sentences for the author.
        output: What the program printed.
        timings: Seconds by name, and what the child used.
    """

    state: State
    artefact_sha256: str | None = None
    error: dict[str, Any] | None = None
    warnings: list[str] = field(default_factory=list)
    output: str = ""
    timings: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Render:
    """A render as one waiter sees it."""

    id: UUID
    job_id: int
    caller: str
    state: State
    job_version: int
    version: int  # grows with every change that the waiter can see
    cached: bool
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    artefact_sha256: str | None
    artefact_bytes: int | None
    error: dict[str, Any] | None
    warnings: list[str]
    output: str
    timings: dict[str, float]
