"""All SQL of the heartbeat. Every function works inside the caller's transaction; none commits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, text

SILENT_SECONDS: Final = 60  # each gives a sign several times in so long


@dataclass(frozen=True, slots=True)
class SilentService:
    """A service none of whose processes consumes any more, or the clock, where nobody leads.

    Attributes:
        service: `render_worker`, `scheduler` or `clock`.
        since: When it was last seen; None where the last of its processes stopped in order.
    """

    service: str
    since: datetime | None


def record_consumption(connection: Connection, worker_id: str) -> None:
    """Write down that a scheduler's worker got a task just now."""
    connection.execute(
        text(
            """
            INSERT INTO scheduler_heartbeats (id, last_consumed_at) VALUES (:id, now())
            ON CONFLICT (id) DO UPDATE SET last_consumed_at = now()
            """
        ),
        {"id": worker_id},
    )


def silent_services(connection: Connection) -> list[SilentService]:
    """Return the services that stopped consuming. One that never ran is not known here."""
    rows = connection.execute(
        text(
            """
            SELECT service, nullif(max(last_seen_at), '-infinity') AS since
            FROM (SELECT 'render_worker' AS service, last_seen_at FROM render_workers
                  UNION ALL
                  SELECT 'scheduler', last_consumed_at FROM scheduler_heartbeats
                  UNION ALL
                  SELECT 'clock', last_run_at FROM scheduled_tasks) sign
            GROUP BY service
            HAVING max(last_seen_at) < now() - make_interval(secs => :silent_seconds)
            ORDER BY service
            """
        ),
        {"silent_seconds": SILENT_SECONDS},
    )
    return [SilentService(row.service, row.since) for row in rows]


def forget_ended(connection: Connection) -> list[str]:
    """Delete and return the schedulers that have not consumed for a day."""
    rows = connection.execute(
        text("DELETE FROM scheduler_heartbeats WHERE last_consumed_at < now() - interval '1 day' RETURNING id")
    )
    return list(rows.scalars())
