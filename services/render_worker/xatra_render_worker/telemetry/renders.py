"""Follows renders through metrics, logs and traces."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Final

import structlog
from opentelemetry import trace
from opentelemetry.trace import NoOpTracer, Status, StatusCode, Tracer
from prometheus_client import CollectorRegistry, Counter, Histogram, Info

from xatra_render_worker.sandbox.probe import Sandbox
from xatra_shared.queue.model import Job, LostJobs, Result, State
from xatra_shared.telemetry.renders import count_render_errors
from xatra_shared.telemetry.traces import context_of

_log = structlog.get_logger(__name__)

_RUN_BUCKETS: Final = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30, 60, 120)
_WAIT_BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300)
_START_ERROR_BUCKETS: Final = (-60, -30, -10, -5, -2, -1, -0.5, 0, 0.5, 1, 2, 5, 10, 30, 60)
_FINAL_STATES: Final = tuple(state for state in State if state.is_final)


@dataclass
class RenderTelemetry:
    """What one worker process tells of its renders.

    Attributes:
        registry: Where its metrics are registered.
        tracer: Makes the spans.
    """

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    tracer: Tracer = field(default_factory=NoOpTracer)

    def __post_init__(self) -> None:
        self._errors = count_render_errors(self.registry)
        self._timeouts = Counter(
            "render_timeout_total", "Renders that took longer than they may.", registry=self.registry
        )
        self._seconds = Histogram(
            "render_duration_seconds",
            "Time from a render's start until its map is stored.",
            ["outcome"],
            buckets=_RUN_BUCKETS,
            registry=self.registry,
        )
        self._wait_seconds = Histogram(
            "render_queue_wait_seconds",
            "Time that renders waited for their first slot.",
            buckets=_WAIT_BUCKETS,
            registry=self.registry,
        )
        self._start_error_seconds = Histogram(
            "render_start_error_seconds",
            "By how much renders started later than predicted.",
            buckets=_START_ERROR_BUCKETS,
            registry=self.registry,
        )
        for state in _FINAL_STATES:
            self._seconds.labels(state.value)

    def shut_in_with(self, sandbox: Sandbox) -> None:
        """Say what programs are shut in with: in the log, loudly where they are not, and as a metric."""
        report = {name: str(value).lower() for name, value in asdict(sandbox).items()}
        Info("render_sandbox", "What map programs are shut in with.", registry=self.registry).info(report)
        if sandbox.holds:
            _log.info("sandbox", **report)
        else:
            _log.warning(
                "map programs are not shut in: each can do what this service can, read its secrets, use the network",
                **report,
            )

    @contextmanager
    def following(self, job: Job) -> Iterator[None]:
        """Let all logs and spans of this thread be a claimed job's until the end of the block."""
        if job.attempt == 1:  # later ones have waited for the earlier
            self._wait_seconds.observe(job.queued_seconds)
            if job.start_error_seconds is not None:
                self._start_error_seconds.observe(job.start_error_seconds)
        attributes = {"render.job": job.id, "render.attempt": job.attempt}
        context = context_of(job.origin.traceparent)
        now = time.time_ns()
        queued = self.tracer.start_span(
            "render.queued", context, attributes=attributes, start_time=now - int(job.queued_seconds * 1e9)
        )
        queued.end(now)
        with (
            structlog.contextvars.bound_contextvars(job=job.id, attempt=job.attempt, request_id=job.origin.request_id),
            self.tracer.start_as_current_span("render.run", context, attributes=attributes),
        ):
            yield

    def lost(self, jobs: LostJobs) -> None:
        """Count jobs that failed because their workers vanished."""
        self._errors.labels("service").inc(jobs.failed)

    def ended(self, result: Result) -> None:
        """Count the recorded end of the job that this thread follows."""
        seconds = result.timings.get("run_seconds")
        if seconds is not None:
            self._seconds.labels(result.state.value).observe(seconds + result.timings.get("store_seconds", 0))
        if result.state is State.TIMED_OUT:
            self._timeouts.inc()
        _log.info("render ended", outcome=result.state.value, **result.timings)
        span = trace.get_current_span()
        span.set_attribute("render.outcome", result.state.value)
        if result.error:
            self._errors.labels(result.error["by"]).inc()
            span.set_status(Status(StatusCode.ERROR, result.error["type"]))
