"""All SQL that tells or erases what is a user's. Every function works inside the caller's transaction; none commits."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, text

from xatra_shared.queue.repository import lock


@dataclass(frozen=True, slots=True)
class OwnRender:
    """A render that somebody asked for and did not cancel."""

    id: UUID
    created_at: datetime
    state: str
    program: str
    files: dict[str, str]
    output: str
    artefact_sha256: str | None


def list_renders(connection: Connection, caller: str, after: OwnRender | None, limit: int) -> list[OwnRender]:
    """Return a caller's renders, the oldest first: those that come after one."""
    rows = connection.execute(
        text(
            """
            SELECT waiter.id, waiter.created_at, job.state, job.program, job.files, job.output, job.artefact_sha256
            FROM render_waiters waiter JOIN render_jobs job ON job.id = waiter.job_id
            WHERE waiter.caller = :caller AND waiter.detached_at IS NULL
              AND (CAST(:id AS uuid) IS NULL OR (waiter.created_at, waiter.id) > (:created_at, :id))
            ORDER BY waiter.created_at, waiter.id
            LIMIT :limit
            """
        ),
        {
            "caller": caller,
            "id": after and after.id,
            "created_at": after and after.created_at,
            "limit": limit,
        },
    )
    return [OwnRender(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name for it


def find_erasable(connection: Connection, *, grace_seconds: float) -> int | None:
    """Return a user who was deleted so long ago and is not erased; the row stays locked, and others pass it by."""
    found = connection.execute(
        text(
            """
            SELECT user_id FROM deleted_users
            WHERE erased_at IS NULL AND deleted_at <= now() - make_interval(secs => :grace_seconds)
            ORDER BY deleted_at LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
            """
        ),
        {"grace_seconds": grace_seconds},
    )
    return found.scalar_one_or_none()


def take_jobs(connection: Connection, user_id: int, caller: str, limit: int) -> list[int]:
    """Return jobs that a user asked for or paid for; they stay as they are until the transaction ends."""
    lock(connection, f"caller:{caller}")
    rows = connection.execute(
        text(
            """
            SELECT id FROM render_jobs WHERE id IN (
                SELECT job_id FROM render_waiters WHERE caller = :caller
                UNION SELECT id FROM render_jobs WHERE payer_id = :user_id
                ORDER BY 1 LIMIT :limit)
            ORDER BY id FOR UPDATE
            """
        ),
        {"user_id": user_id, "caller": caller, "limit": limit},
    )
    return list(rows.scalars())


def attached_waiters(connection: Connection, caller: str, job_ids: list[int]) -> list[UUID]:
    """Return by which ids a caller waits for those of the jobs that have not ended."""
    rows = connection.execute(
        text(
            """
            SELECT waiter.id FROM render_waiters waiter JOIN render_jobs job ON job.id = waiter.job_id
            WHERE waiter.caller = :caller AND job.id = ANY(:job_ids)
              AND waiter.detached_at IS NULL AND job.finished_at IS NULL
            """
        ),
        {"caller": caller, "job_ids": job_ids},
    )
    return list(rows.scalars())


def erase_jobs(connection: Connection, user_id: int, caller: str, job_ids: list[int]) -> bool:
    """Erase a user's part in jobs, and those in which nobody else has one; their maps are retention's to delete.

    Returns:
        Whether all are done; those that run until a worker notices the end are not.
    """
    values = {"user_id": user_id, "caller": caller, "job_ids": job_ids}
    is_ending = "(job.state = 'running' AND job.cancel_requested_at IS NOT NULL)"
    connection.execute(
        text(
            f"""
            DELETE FROM render_waiters waiter USING render_jobs job
            WHERE job.id = waiter.job_id AND job.id = ANY(:job_ids) AND caller = :caller AND NOT {is_ending}
            """
        ),
        values,
    )
    connection.execute(
        text(
            f"""
            UPDATE render_jobs job SET payer_id = NULL
            WHERE id = ANY(:job_ids) AND payer_id = :user_id AND NOT {is_ending}
            """
        ),
        values,
    )
    artefacts = connection.execute(
        text(
            """
            DELETE FROM render_jobs job
            WHERE id = ANY(:job_ids) AND finished_at IS NOT NULL
              AND NOT EXISTS (SELECT FROM render_waiters waiter WHERE waiter.job_id = job.id)
            RETURNING artefact_sha256
            """
        ),
        values,
    )
    connection.execute(
        text(
            """
            UPDATE artefacts SET last_used_at = to_timestamp(0)
            WHERE sha256 = ANY(:sha256s)
              AND NOT EXISTS (SELECT FROM render_jobs job WHERE job.artefact_sha256 = artefacts.sha256)
            """
        ),
        {"sha256s": sorted({sha256 for sha256 in artefacts.scalars() if sha256})},
    )
    left = text(f"SELECT count(*) FROM render_jobs job WHERE id = ANY(:job_ids) AND {is_ending}")
    return int(connection.execute(left, values).scalar_one()) == 0


def finish_erasing(connection: Connection, user_id: int, caller: str) -> None:
    """Erase what else is a user's, and note that nothing is left. Files go where nobody else has them, by retention."""
    values = {"user_id": user_id, "caller": caller}
    connection.execute(text("DELETE FROM file_owners WHERE caller = :caller"), values)
    connection.execute(text("DELETE FROM render_budgets WHERE user_id = :user_id"), values)
    connection.execute(text("UPDATE deleted_users SET erased_at = now() WHERE user_id = :user_id"), values)
