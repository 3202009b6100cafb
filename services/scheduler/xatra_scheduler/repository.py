"""All SQL of the schedule itself: who leads, and what is due. None of the functions commits."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection, text

_LEADER_LOCK: Final = 0x7861747261626561


def guard_session(connection: Connection, *, silent_seconds: int) -> None:
    """Have the database end this session when it is not heard of for so long: a leader that hangs leads no more."""
    connection.execute(
        text("SELECT set_config(name, :limit, false) FROM unnest(CAST(:names AS text[])) name"),
        {"limit": f"{silent_seconds}s", "names": ["idle_session_timeout", "idle_in_transaction_session_timeout"]},
    )


def try_to_lead(connection: Connection) -> bool:
    """Take the leader's lock, which this session then keeps until it ends; False where another has it."""
    return bool(connection.execute(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": _LEADER_LOCK}).scalar_one())


def seconds_until_due(connection: Connection, intervals: Mapping[str, float]) -> dict[str, float]:
    """Return for each task in how many seconds it is due; none are left where it is overdue or was never sent.

    Args:
        connection: In a transaction.
        intervals: Name of each task -> seconds from one run to the next.
    """
    rows = connection.execute(
        text(
            """
            SELECT task.name,
                   CASE WHEN now() >= last.last_run_at
                        THEN extract(epoch FROM last.last_run_at - now())::float + task.seconds
                        ELSE 0 END AS seconds  -- never sent, or in a time to come: the clock was put back
            FROM unnest(CAST(:names AS text[]), CAST(:intervals AS float[])) task (name, seconds)
            LEFT JOIN scheduled_tasks last USING (name)
            """
        ),
        {"names": list(intervals), "intervals": list(intervals.values())},
    )
    return {row.name: max(0.0, row.seconds) for row in rows}


def record_run(connection: Connection, name: str) -> None:
    """Write down that a task is sent now."""
    connection.execute(
        text(
            """
            INSERT INTO scheduled_tasks (name, last_run_at) VALUES (:name, now())
            ON CONFLICT (name) DO UPDATE SET last_run_at = now()
            """
        ),
        {"name": name},
    )
