"""All SQL of the watchdog that the queue itself does not have."""

from sqlalchemy import Connection, text

from xatra_shared.queue.repository import count_slots


def count_overlooked(connection: Connection, *, waiting_seconds: float) -> int:
    """Return how many jobs have waited so long although that many slots are idle."""
    row = connection.execute(
        text(
            """
            SELECT count(*) FILTER (WHERE state = 'running') AS running,
                   count(*) FILTER (WHERE state = 'queued'
                                      AND created_at < now() - make_interval(secs => :waiting_seconds)) AS waiting
            FROM render_jobs WHERE state IN ('queued', 'running')
            """
        ),
        {"waiting_seconds": waiting_seconds},
    ).one()
    idle: int = count_slots(connection) - row.running
    return max(0, min(int(row.waiting), idle))
