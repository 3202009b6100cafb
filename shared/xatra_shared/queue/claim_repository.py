"""All SQL by which workers take jobs and record what came of them. Every function works inside the caller's transaction."""

from collections.abc import Collection
from dataclasses import asdict

from sqlalchemy import Connection, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB

from xatra_shared.queue.budget_repository import PAY_FOR_FINISHED
from xatra_shared.queue.model import Engine, Job, Limits, LostJobs, Origin, RenderRequest, Result
from xatra_shared.queue.repository import CLAIM_ORDER

MAX_LOST_ATTEMPTS = 3


def register_worker(connection: Connection, worker_id: str, engine: Engine, slots: int) -> None:
    """Say that a worker exists and what it renders with; again and again, as a sign of life."""
    connection.execute(
        text(
            """
            INSERT INTO render_workers (id, engine_version, data_version, slots)
            VALUES (:id, :engine_version, :data_version, :slots)
            ON CONFLICT (id) DO UPDATE SET
                last_seen_at = now(), engine_version = EXCLUDED.engine_version, data_version = EXCLUDED.data_version
            """
        ),
        {"id": worker_id, "slots": slots, **asdict(engine)},
    )


def remove_worker(connection: Connection, worker_id: str) -> None:
    """Say that a worker stops; its engine stays known until another starts."""
    connection.execute(text("UPDATE render_workers SET last_seen_at = '-infinity' WHERE id = :id"), {"id": worker_id})


def claim(connection: Connection, worker_id: str, engine: Engine, lease_seconds: float) -> Job | None:
    """Take the next job: a lease on the database's clock, and a new attempt number to prove it by.

    Its callers count as served now. A job admitted for another engine (one was upgraded) is known under
    this worker's engine from here on.
    """
    row = connection.execute(
        text(
            f"""
            WITH {CLAIM_ORDER},
            next_job AS (
                SELECT job.id FROM render_jobs job JOIN claim_order ON claim_order.id = job.id
                WHERE job.state = 'queued'
                ORDER BY claim_order.position LIMIT 1
                FOR UPDATE OF job SKIP LOCKED
            ),
            served AS (
                INSERT INTO render_callers (caller, last_served_at)
                SELECT DISTINCT waiter.caller, now() FROM render_waiters waiter
                JOIN next_job ON next_job.id = waiter.job_id
                WHERE waiter.detached_at IS NULL
                ORDER BY waiter.caller
                ON CONFLICT (caller) DO UPDATE SET last_served_at = now()
            )
            UPDATE render_jobs job SET
                state = 'running', version = version + 1, attempt = attempt + 1, started_at = now(),
                leased_by = :worker_id, lease_expires_at = now() + make_interval(secs => :lease_seconds)
            FROM next_job WHERE job.id = next_job.id
            RETURNING job.id, attempt, program, bundle, files, engine_version, data_version,
                      wall_seconds, cpu_seconds, memory_bytes, output_bytes, request_id, traceparent,
                      extract(epoch FROM now() - created_at)::float AS queued_seconds,
                      (SELECT extract(epoch FROM now() - min(predicted_start_at))::float
                       FROM render_waiters WHERE job_id = job.id) AS start_error_seconds
            """
        ),
        {"worker_id": worker_id, "lease_seconds": lease_seconds},
    ).one_or_none()
    if row is None:
        return None
    request = RenderRequest(row.program, row.bundle, row.files)
    if (row.engine_version, row.data_version) != (engine.engine_version, engine.data_version):
        _change_engine(connection, row.id, request, engine)
    return Job(
        row.id,
        row.attempt,
        request,
        Limits(row.wall_seconds, row.cpu_seconds, row.memory_bytes, row.output_bytes),
        Origin(row.request_id, row.traceparent),
        row.queued_seconds,
        row.start_error_seconds,
    )


def _change_engine(connection: Connection, job_id: int, request: RenderRequest, engine: Engine) -> None:
    # Where a job for that key is live already, this one keeps a key that nobody can ask for.
    connection.execute(
        text(
            """
            UPDATE render_jobs SET
                engine_version = :engine_version, data_version = :data_version,
                key = CASE WHEN EXISTS (SELECT FROM render_jobs
                                        WHERE key = :key AND state IN ('queued', 'running') AND id <> :id)
                           THEN encode(sha256(convert_to(:key || id, 'UTF8')), 'hex') ELSE :key END
            WHERE id = :id
            """
        ),
        {"id": job_id, "key": request.key(engine), **asdict(engine)},
    )


def renew(connection: Connection, job_id: int, attempt: int, lease_seconds: float) -> bool:
    """Extend a lease; False where it is no longer held."""
    return (
        connection.execute(
            text(
                """
                UPDATE render_jobs SET lease_expires_at = now() + make_interval(secs => :lease_seconds)
                WHERE id = :id AND attempt = :attempt AND state = 'running' AND lease_expires_at > now()
                """
            ),
            {"id": job_id, "attempt": attempt, "lease_seconds": lease_seconds},
        ).rowcount
        == 1
    )


def cancel_requests(connection: Connection, job_ids: Collection[int]) -> set[int]:
    """Return those of these jobs that shall stop."""
    rows = connection.execute(
        text("SELECT id FROM render_jobs WHERE id = ANY(:ids) AND cancel_requested_at IS NOT NULL"),
        {"ids": list(job_ids)},
    )
    return set(rows.scalars())


def add_artefact(
    connection: Connection, sha256: str, *, size_bytes: int, stored_bytes: int, asset_names: list[str]
) -> None:
    """Record an artefact whose bytes are in the store; one that is known is in use again."""
    connection.execute(
        text(
            """
            INSERT INTO artefacts (sha256, size_bytes, stored_bytes, asset_names)
            VALUES (:sha256, :size_bytes, :stored_bytes, :asset_names)
            ON CONFLICT (sha256) DO UPDATE SET
                last_used_at = now(), marked_at = NULL, stored_bytes = EXCLUDED.stored_bytes,
                asset_names = EXCLUDED.asset_names
            """
        ),
        {"sha256": sha256, "size_bytes": size_bytes, "stored_bytes": stored_bytes, "asset_names": asset_names},
    )


def add_map_asset(connection: Connection, name: str, media_type: str, size_bytes: int) -> None:
    """Record an asset whose bytes are in the store; one that is known is in use again."""
    connection.execute(
        text(
            """
            INSERT INTO map_assets (name, media_type, size_bytes) VALUES (:name, :media_type, :size_bytes)
            ON CONFLICT (name) DO UPDATE SET last_used_at = now(), marked_at = NULL
            """
        ),
        {"name": name, "media_type": media_type, "size_bytes": size_bytes},
    )


def finish(connection: Connection, job_id: int, attempt: int, result: Result) -> bool:
    """Record how an attempt ended, where it still holds the lease; tell whether it did.

    A job whose last waiter left is cancelled, whatever came of it. Its payer pays for the seconds that it ran, unless
    the error was ours.
    """
    statement = text(
        f"""
        WITH finished AS (
            UPDATE render_jobs SET
                version = version + 1, finished_at = now(), leased_by = NULL, lease_expires_at = NULL,
                state = CASE WHEN cancel_requested_at IS NULL THEN :state ELSE 'cancelled' END,
                artefact_sha256 = CASE WHEN cancel_requested_at IS NULL THEN :artefact_sha256 END,
                error = :error, warnings = :warnings, output = :output, timings = :timings
            WHERE id = :id AND attempt = :attempt AND state = 'running' AND lease_expires_at > now()
            RETURNING payer_id, extract(epoch FROM now() - started_at)::float AS seconds, error
        ),
        paid AS ({PAY_FOR_FINISHED})
        SELECT count(*) FROM finished
        """
    ).bindparams(*(bindparam(name, type_=JSONB(none_as_null=True)) for name in ("error", "warnings", "timings")))
    values = {
        "id": job_id,
        "attempt": attempt,
        "state": result.state.value,
        "artefact_sha256": result.artefact_sha256,
        "error": result.error,
        "warnings": result.warnings,
        "output": result.output,
        "timings": result.timings,
    }
    return int(connection.execute(statement, values).scalar_one()) == 1


def release(connection: Connection, job_id: int, attempt: int) -> bool:
    """Give a job back untouched (its worker stops, or lost the database); the attempt does not count."""
    return (
        connection.execute(
            text(
                """
                UPDATE render_jobs SET
                    version = version + 1, leased_by = NULL, lease_expires_at = NULL, started_at = NULL,
                    state = CASE WHEN cancel_requested_at IS NULL THEN 'queued' ELSE 'cancelled' END,
                    finished_at = CASE WHEN cancel_requested_at IS NULL THEN NULL ELSE now() END
                WHERE id = :id AND attempt = :attempt AND state = 'running'
                """
            ),
            {"id": job_id, "attempt": attempt},
        ).rowcount
        == 1
    )


def lose(connection: Connection, job_id: int, attempt: int) -> LostJobs:
    """Give back a job whose attempt vanished: the attempt counts."""
    return _lose(connection, "id = :id AND attempt = :attempt", id=job_id, attempt=attempt)


def reap(connection: Connection) -> LostJobs:
    """Take back every job whose lease ran out: their workers vanished."""
    return _lose(connection, "lease_expires_at < now()")


def _lose(connection: Connection, condition: str, **values: int) -> LostJobs:
    # After the third lost attempt a job fails, as it may be what kills its workers. An attempt that a restart of this
    # very database cut off does not count.
    rows = connection.execute(
        text(
            f"""
            WITH lost AS (
                SELECT id, counted.lost, cancel_requested_at IS NOT NULL AS is_cancelled,
                       cancel_requested_at IS NULL AND counted.lost >= :max_lost AS has_failed
                FROM render_jobs,
                     LATERAL (SELECT lost_attempts + (started_at > pg_postmaster_start_time())::int AS lost) counted
                WHERE state = 'running' AND {condition}
                ORDER BY id FOR UPDATE OF render_jobs SKIP LOCKED
            )
            UPDATE render_jobs job SET
                version = version + 1, lost_attempts = lost.lost, leased_by = NULL, lease_expires_at = NULL,
                state = CASE WHEN is_cancelled THEN 'cancelled' WHEN has_failed THEN 'failed' ELSE 'queued' END,
                started_at = CASE WHEN is_cancelled OR has_failed THEN started_at END,
                finished_at = CASE WHEN is_cancelled OR has_failed THEN now() END,
                error = CASE WHEN has_failed THEN :error END
            FROM lost WHERE job.id = lost.id
            RETURNING job.id, has_failed
            """
        ).bindparams(bindparam("error", type_=JSONB)),
        {
            "max_lost": MAX_LOST_ATTEMPTS,
            "error": {
                "by": "service",
                "type": "WorkerLost",
                "message": f"The worker vanished {MAX_LOST_ATTEMPTS} times while it rendered this map. "
                "The map itself may be the cause: try it with less.",
                "line": None,
                "traceback": "",
            },
            **values,
        },
    )
    lost = rows.all()
    return LostJobs([row.id for row in lost], sum(row.has_failed for row in lost))
