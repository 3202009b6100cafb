"""SQL of telemetry: how full the render queue is."""

from dataclasses import dataclass

from sqlalchemy import Connection, text

from xatra_shared.queue.repository import count_slots, count_slots_wanted


@dataclass(frozen=True)
class QueueFigures:
    """How full the render queue is: jobs that wait, jobs that run, slots of live workers, and how many should be."""

    queued: int
    running: int
    slots: int
    slots_wanted: int | None


def measure_queue(connection: Connection, *, promised_wait_seconds: float | None) -> QueueFigures:
    """Return how full the queue is now.

    Args:
        connection: In whose transaction.
        promised_wait_seconds: How long a render may wait for its slot; None: how many slots are wanted is not asked.
    """
    jobs = connection.execute(
        text(
            """
            SELECT count(*) FILTER (WHERE state = 'queued') AS queued,
                   count(*) FILTER (WHERE state = 'running') AS running
            FROM render_jobs WHERE state IN ('queued', 'running')
            """
        )
    ).one()
    return QueueFigures(
        queued=jobs.queued,
        running=jobs.running,
        slots=count_slots(connection),
        slots_wanted=None if promised_wait_seconds is None else count_slots_wanted(connection, promised_wait_seconds),
    )
