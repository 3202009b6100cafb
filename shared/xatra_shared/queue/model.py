"""What goes into the render queue and comes out of it."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import Any
from uuid import UUID

import orjson


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
        bundle: The import bundle: exact content of everything that it imports from the hub.
        files: Name by which the program reads a file -> sha256 of its content.
    """

    program: str
    bundle: dict[str, Any] = field(default_factory=dict)
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


TYPICAL_RUN_SECONDS = 2.0  # what a render is taken to need before any was measured


@dataclass(frozen=True)
class Load:
    """How busy the workers are, and what follows for those who wait.

    Attributes:
        slots: Renders that all live workers can run at once.
        running: Renders that run.
        mean_run_seconds: How long the last hundred ran on average; None before the first.
        positions: Place of every queued job in the claim order; 1 is next.
    """

    slots: int
    running: int
    mean_run_seconds: float | None
    positions: dict[int, int]

    @property
    def run_seconds(self) -> float:
        """How long a render will probably run."""
        return TYPICAL_RUN_SECONDS if self.mean_run_seconds is None else self.mean_run_seconds

    def start_of(self, position: int, now: datetime) -> datetime:
        """Return when the job at a place in the queue will probably start."""
        ahead = self.running + position - self.slots  # that have to end first
        return now + timedelta(seconds=max(0, ahead) * self.run_seconds / max(1, self.slots))

    def retry_after_seconds(self) -> int:
        """Return after how many seconds one more render will probably have ended."""
        return max(1, ceil(self.run_seconds / max(1, self.slots)))


@dataclass(frozen=True)
class Asker:
    """Who asks for a render: the identity that is served fairly and the network that it comes from."""

    caller: str
    address: str


@dataclass(frozen=True)
class Job:
    """A claimed job: what the worker needs to run it and to prove that it still holds it."""

    id: int
    attempt: int
    request: RenderRequest
    limits: Limits
    queued_seconds: float


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
    version: int
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
