"""SQL of telemetry: how full the render queue is."""

from dataclasses import dataclass

from sqlalchemy import Connection, text

from xatra_shared.queue.repository import count_slots


@dataclass(frozen=True)
class QueueFigures:
    """How full the render queue is: jobs that wait, jobs that run, and slots of live workers."""

    queued: int
    running: int
    slots: int


def measure_queue(connection: Connection) -> QueueFigures:
    """Return how full the queue is now."""
    jobs = connection.execute(
        text(
            """
            SELECT count(*) FILTER (WHERE state = 'queued') AS queued,
                   count(*) FILTER (WHERE state = 'running') AS running
            FROM render_jobs WHERE state IN ('queued', 'running')
            """
        )
    ).one()
    return QueueFigures(queued=jobs.queued, running=jobs.running, slots=count_slots(connection))
