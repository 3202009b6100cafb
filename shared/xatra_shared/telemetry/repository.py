"""SQL of telemetry: how full the render queue is, and where a job comes from. None of it commits."""

from collections.abc import Collection
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, text

from xatra_shared.queue.repository import count_queued, count_slots


@dataclass(frozen=True)
class QueueFigures:
    """How full the render queue is: jobs that wait, jobs that run, and slots of live workers."""

    queued: int
    running: int
    slots: int


@dataclass(frozen=True)
class Origin:
    """The request that made a job, for those who follow it through logs and traces.

    Attributes:
        request_id: Of the request; None where it had none.
        traceparent: Its span (W3C Trace Context); None where it is not traced.
    """

    request_id: str | None = None
    traceparent: str | None = None


def measure_queue(connection: Connection) -> QueueFigures:
    """Return how full the queue is now."""
    running = connection.execute(text("SELECT count(*) FROM render_jobs WHERE state = 'running'")).scalar_one()
    return QueueFigures(queued=count_queued(connection), running=running, slots=count_slots(connection))


def set_origin(connection: Connection, job_id: int, origin: Origin) -> None:
    """Note where a job comes from, in the transaction that queues it."""
    connection.execute(
        text("UPDATE render_jobs SET request_id = :request_id, traceparent = :traceparent WHERE id = :id"),
        {"id": job_id, **asdict(origin)},
    )


def get_origin(connection: Connection, job_id: int) -> Origin:
    """Return where a job comes from."""
    row = connection.execute(
        text("SELECT request_id, traceparent FROM render_jobs WHERE id = :id"), {"id": job_id}
    ).one()
    return Origin(row.request_id, row.traceparent)


def count_failed(connection: Connection, job_ids: Collection[int]) -> int:
    """Return how many of these jobs have failed."""
    return int(
        connection.execute(
            text("SELECT count(*) FROM render_jobs WHERE id = ANY(:ids) AND state = 'failed'"), {"ids": list(job_ids)}
        ).scalar_one()
    )
