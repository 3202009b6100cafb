"""All SQL of the render queue. Every function works inside the caller's transaction; none commits."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB

from xatra_shared.queue.model import Asker, Engine, Job, Limits, Render, RenderRequest, Result, State
from xatra_shared.queue.predictions import TYPICAL_RUN_SECONDS, Load, predict, shape_of

MAX_LOST_ATTEMPTS = 3
AUTHOR_ERROR_SECONDS = 600  # how long an author's exception answers the same program again
WORKER_ALIVE_SECONDS = 30  # a worker that was not seen for longer does not count

# Queued jobs in the order in which they will be claimed. At every claim the caller with the fewest renders running
# comes first, then the one served longest ago, then the one with the oldest job. Told for the whole queue at once, a
# job's turn is the number that will run when it starts: its caller's running ones and those before it (`place`). Who
# comes to a turn with a first job was served longer ago than who was served in the turn before. A job that several
# callers wait for stands where the best-placed of them puts it.
_CLAIM_ORDER = """
    running AS (
        SELECT waiter.caller, count(*) AS jobs
        FROM render_jobs job JOIN render_waiters waiter ON waiter.job_id = job.id AND waiter.detached_at IS NULL
        WHERE job.state = 'running'
        GROUP BY waiter.caller
    ),
    standing AS (
        SELECT job.id,
               coalesce(running.jobs, 0) + row_number() OVER own_queue AS turn,
               row_number() OVER own_queue AS place,
               coalesce(served.last_served_at, '-infinity') AS last_served_at,
               first_value(job.id) OVER own_queue AS first_id
        FROM render_jobs job
        JOIN render_waiters waiter ON waiter.job_id = job.id AND waiter.detached_at IS NULL
        LEFT JOIN running ON running.caller = waiter.caller
        LEFT JOIN render_callers served ON served.caller = waiter.caller
        WHERE job.state = 'queued'
        WINDOW own_queue AS (PARTITION BY waiter.caller ORDER BY job.id)
    ),
    best AS (
        SELECT DISTINCT ON (id) * FROM standing ORDER BY id, turn, place, last_served_at, first_id
    ),
    claim_order AS (
        SELECT id, row_number() OVER (ORDER BY turn, place, last_served_at, first_id, id) AS position FROM best
    )
"""

_RENDER = """
    SELECT waiter.id, waiter.job_id, waiter.caller, waiter.cached, waiter.created_at,
           CASE WHEN waiter.detached_at IS NULL THEN job.state ELSE 'cancelled' END AS state,
           job.version * 2 + CASE WHEN waiter.detached_at IS NULL THEN 0 ELSE 1 END AS version,
           job.started_at, coalesce(waiter.detached_at, job.finished_at) AS finished_at,
           job.artefact_sha256, artefact.size_bytes AS artefact_bytes,
           job.error, job.warnings, job.output, job.timings
    FROM render_waiters waiter
    JOIN render_jobs job ON job.id = waiter.job_id
    LEFT JOIN artefacts artefact ON artefact.sha256 = job.artefact_sha256
"""


def lock(connection: Connection, *names: str) -> None:
    """Take advisory locks until the end of the transaction. Everyone takes them in this order: caller, address, queue."""
    connection.execute(
        text(
            "SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest(CAST(:names AS text[])) AS names(name)"
        ),
        {"names": list(names)},
    )


# --- what a caller does ---


def find_result(connection: Connection, key: str) -> int | None:
    """Return the job that already answers a key, and keep it and its artefact from retention's hands."""
    row = connection.execute(
        text(
            """
            SELECT id, artefact_sha256 FROM render_jobs
            WHERE key = :key AND state IN ('succeeded', 'failed')
              AND (state = 'succeeded'
                   OR error->>'by' = 'author' AND finished_at > now() - make_interval(secs => :author_error_seconds))
            ORDER BY finished_at DESC LIMIT 1
            FOR KEY SHARE
            """
        ),
        {"key": key, "author_error_seconds": AUTHOR_ERROR_SECONDS},
    ).one_or_none()
    if row is None:
        return None
    if row.artefact_sha256:
        touch_artefact(connection, row.artefact_sha256)
    return int(row.id)


def touch_artefact(connection: Connection, sha256: str) -> None:
    """Keep a map that somebody asks for from retention's hands."""
    # A mark is taken back at once; otherwise the hour is exact enough and spares most hits a write.
    connection.execute(
        text(
            """
            UPDATE artefacts SET last_used_at = now(), marked_at = NULL
            WHERE sha256 = :sha256 AND (marked_at IS NOT NULL OR last_used_at < now() - interval '1 hour')
            """
        ),
        {"sha256": sha256},
    )


def find_in_flight(connection: Connection, key: str, limits: Limits) -> int | None:
    """Return a live job for a key whose limits are at least these, held against ending before we join it."""
    return connection.execute(
        text(
            """
            SELECT id FROM render_jobs
            WHERE key = :key AND state IN ('queued', 'running') AND cancel_requested_at IS NULL
              AND wall_seconds >= :wall_seconds AND cpu_seconds >= :cpu_seconds
              AND memory_bytes >= :memory_bytes AND output_bytes >= :output_bytes
            ORDER BY id LIMIT 1
            FOR SHARE
            """
        ),
        {"key": key, **asdict(limits)},
    ).scalar_one_or_none()


def add_job(connection: Connection, request: RenderRequest, limits: Limits, engine: Engine) -> int:
    """Put a job into the queue and return its id."""
    shape = shape_of(request.program)
    return int(
        connection.execute(
            text(
                """
            INSERT INTO render_jobs (key, program, bundle, files, engine_version, data_version,
                                     wall_seconds, cpu_seconds, memory_bytes, output_bytes,
                                     shape, predicted_run_seconds)
            VALUES (:key, :program, :bundle, :files, :engine_version, :data_version,
                    :wall_seconds, :cpu_seconds, :memory_bytes, :output_bytes,
                    :shape, :predicted_run_seconds)
            RETURNING id
            """
            ).bindparams(bindparam("bundle", type_=JSONB), bindparam("files", type_=JSONB)),
            {
                "key": request.key(engine),
                "program": request.program,
                "bundle": request.bundle,
                "files": request.files,
                "shape": shape,
                "predicted_run_seconds": predict_run_seconds(connection, shape),
                **asdict(engine),
                **asdict(limits),
            },
        ).scalar_one()
    )


def add_waiter(
    connection: Connection,
    waiter_id: UUID,
    job_id: int,
    asker: Asker,
    *,
    cached: bool,
    idempotency_key: str | None,
    request_digest: str,
) -> None:
    """Let a caller wait for a job."""
    connection.execute(
        text(
            """
            INSERT INTO render_waiters (id, job_id, caller, address, cached, idempotency_key, request_digest)
            VALUES (:id, :job_id, :caller, :address, :cached, :idempotency_key, :request_digest)
            """
        ),
        {
            "id": waiter_id,
            "job_id": job_id,
            "cached": cached,
            "idempotency_key": idempotency_key,
            "request_digest": request_digest,
            **asdict(asker),
        },
    )


def find_by_idempotency_key(connection: Connection, caller: str, idempotency_key: str) -> tuple[UUID, str] | None:
    """Return the waiter that a caller made with this key, and the digest of what was asked then."""
    row = connection.execute(
        text(
            """
            SELECT id, request_digest FROM render_waiters
            WHERE caller = :caller AND idempotency_key = :idempotency_key
            """
        ),
        {"caller": caller, "idempotency_key": idempotency_key},
    ).one_or_none()
    return None if row is None else (row.id, row.request_digest)


def count_active(connection: Connection, asker: Asker) -> tuple[int, int]:
    """Return how many renders the caller, and its whole network, is waiting for."""
    row = connection.execute(
        text(
            """
            SELECT count(*) FILTER (WHERE waiter.caller = :caller) AS by_caller,
                   count(*) FILTER (WHERE waiter.address = :address) AS by_address
            FROM render_waiters waiter JOIN render_jobs job ON job.id = waiter.job_id
            WHERE job.state IN ('queued', 'running') AND waiter.detached_at IS NULL
              AND (waiter.caller = :caller OR waiter.address = :address)
            """
        ),
        asdict(asker),
    ).one()
    return row.by_caller, row.by_address


def count_queued(connection: Connection) -> int:
    """Return how many jobs wait for a slot."""
    return int(connection.execute(text("SELECT count(*) FROM render_jobs WHERE state = 'queued'")).scalar_one())


def detach(connection: Connection, waiter_id: UUID) -> int | None:
    """End one caller's interest, and the job's life with its last waiter's.

    A queued job is then cancelled at once; a running one is asked to stop.

    Returns:
        The job, or None where there was nothing left to detach from.
    """
    job_id = connection.execute(
        text(
            """
            SELECT job.id FROM render_jobs job JOIN render_waiters waiter ON waiter.job_id = job.id
            WHERE waiter.id = :id AND waiter.detached_at IS NULL AND job.state IN ('queued', 'running')
            FOR UPDATE OF job
            """
        ),
        {"id": waiter_id},
    ).scalar_one_or_none()
    if job_id is None:
        return None
    connection.execute(text("UPDATE render_waiters SET detached_at = now() WHERE id = :id"), {"id": waiter_id})
    connection.execute(
        text(
            """
            UPDATE render_jobs SET
                version = version + 1,
                cancel_requested_at = now(),
                state = CASE state WHEN 'queued' THEN 'cancelled' ELSE state END,
                finished_at = CASE state WHEN 'queued' THEN now() END
            WHERE id = :id
              AND NOT EXISTS (SELECT FROM render_waiters WHERE job_id = :id AND detached_at IS NULL)
            """
        ),
        {"id": job_id},
    )
    return int(job_id)


# --- what anyone may ask ---


def get_render(connection: Connection, waiter_id: UUID) -> Render | None:
    """Return a render as its waiter sees it."""
    row = connection.execute(text(f"{_RENDER} WHERE waiter.id = :id"), {"id": waiter_id}).mappings().one_or_none()
    return None if row is None else _render(row)


def current_engine(connection: Connection) -> Engine | None:
    """Return the engine of the newest worker; None before any worker ever started."""
    row = connection.execute(
        text(
            """
            SELECT engine_version, data_version FROM render_workers
            ORDER BY last_seen_at > now() - make_interval(secs => :alive_seconds) DESC, started_at DESC LIMIT 1
            """
        ),
        {"alive_seconds": WORKER_ALIVE_SECONDS},
    ).one_or_none()
    return None if row is None else Engine(row.engine_version, row.data_version)


def count_slots(connection: Connection) -> int:
    """Return how many renders all live workers can run at once."""
    return int(
        connection.execute(
            text(
                """
            SELECT coalesce(sum(slots), 0)::int FROM render_workers
            WHERE last_seen_at > now() - make_interval(secs => :alive_seconds)
            """
            ),
            {"alive_seconds": WORKER_ALIVE_SECONDS},
        ).scalar_one()
    )


def measure_load(connection: Connection) -> Load:
    """Return who is next, and when everyone will probably start and end."""
    running = connection.execute(
        text(
            """
            SELECT id, greatest(0.1, predicted_run_seconds - extract(epoch FROM now() - started_at)::float) AS seconds
            FROM render_jobs WHERE state = 'running'
            """
        )
    )
    queued = connection.execute(
        text(
            f"""
            WITH {_CLAIM_ORDER}
            SELECT id, predicted_run_seconds AS seconds FROM claim_order JOIN render_jobs USING (id) ORDER BY position
            """
        )
    )
    return predict(
        count_slots(connection),
        [(row.id, row.seconds) for row in running],
        [(row.id, row.seconds) for row in queued],
    )


def predict_run_seconds(connection: Connection, shape: str) -> float:
    """Return how long a program of this shape will probably run: as its likes did lately, else as all did."""
    return (
        connection.execute(
            text(
                """
                SELECT coalesce(
                    (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) FROM (
                        SELECT extract(epoch FROM finished_at - started_at)::float AS seconds FROM render_jobs
                        WHERE shape = :shape AND finished_at IS NOT NULL AND started_at IS NOT NULL
                        ORDER BY finished_at DESC LIMIT 20) likes),
                    (SELECT avg(seconds) FROM (
                        SELECT extract(epoch FROM finished_at - started_at)::float AS seconds FROM render_jobs
                        WHERE finished_at IS NOT NULL AND started_at IS NOT NULL
                        ORDER BY finished_at DESC LIMIT 100) all_of_them))
                """
            ),
            {"shape": shape},
        ).scalar_one()
        or TYPICAL_RUN_SECONDS
    )


def record_prediction(connection: Connection, waiter_id: UUID, job_id: int) -> None:
    """Keep what a queued job's caller is told of its start, so that the claim can tell how far off it was.

    It stands with the waiter: a lock on the job, however short, would hide it from the claim that its wake-up causes.
    """
    if (seconds := measure_load(connection).start_seconds.get(job_id)) is not None:
        connection.execute(
            text(
                """
                UPDATE render_waiters SET predicted_start_at = now() + make_interval(secs => :seconds)
                WHERE id = :id
                """
            ),
            {"id": waiter_id, "seconds": seconds},
        )


def versions(connection: Connection, job_ids: Collection[int]) -> dict[int, int]:
    """Return the version of each of these jobs: it grows with every change that a waiter can see."""
    rows = connection.execute(text("SELECT id, version FROM render_jobs WHERE id = ANY(:ids)"), {"ids": list(job_ids)})
    return {row.id: row.version for row in rows}


# --- what a worker does ---


def register_worker(connection: Connection, worker_id: str, engine: Engine, slots: int) -> None:
    """Say that a worker exists and what it renders with; again and again, as a sign of life."""
    connection.execute(
        text(
            """
            INSERT INTO render_workers (id, engine_version, data_version, slots)
            VALUES (:id, :engine_version, :data_version, :slots)
            ON CONFLICT (id) DO UPDATE SET last_seen_at = now()
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
            WITH {_CLAIM_ORDER}
            SELECT job.id, job.program, job.bundle, job.files, job.engine_version, job.data_version,
                   job.wall_seconds, job.cpu_seconds, job.memory_bytes, job.output_bytes
            FROM render_jobs job JOIN claim_order ON claim_order.id = job.id
            WHERE job.state = 'queued'
            ORDER BY claim_order.position LIMIT 1
            FOR UPDATE OF job SKIP LOCKED
            """
        )
    ).one_or_none()
    if row is None:
        return None
    request = RenderRequest(row.program, row.bundle, row.files)
    if (row.engine_version, row.data_version) != (engine.engine_version, engine.data_version):
        _change_engine(connection, row.id, request, engine)
    claimed = connection.execute(
        text(
            """
            UPDATE render_jobs SET
                state = 'running', version = version + 1, attempt = attempt + 1, started_at = now(),
                leased_by = :worker_id, lease_expires_at = now() + make_interval(secs => :lease_seconds)
            WHERE id = :id
            RETURNING attempt, extract(epoch FROM now() - created_at)::float AS queued_seconds,
                      (SELECT extract(epoch FROM now() - min(predicted_start_at))::float
                       FROM render_waiters WHERE job_id = :id) AS start_error_seconds
            """
        ),
        {"id": row.id, "worker_id": worker_id, "lease_seconds": lease_seconds},
    ).one()
    connection.execute(
        text(
            """
            INSERT INTO render_callers (caller, last_served_at)
            SELECT DISTINCT caller, now() FROM render_waiters WHERE job_id = :id AND detached_at IS NULL
            ORDER BY caller
            ON CONFLICT (caller) DO UPDATE SET last_served_at = now()
            """
        ),
        {"id": row.id},
    )
    limits = Limits(row.wall_seconds, row.cpu_seconds, row.memory_bytes, row.output_bytes)
    return Job(row.id, claimed.attempt, request, limits, claimed.queued_seconds, claimed.start_error_seconds)


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

    A job whose last waiter left is cancelled, whatever came of it.
    """
    return (
        connection.execute(
            text(
                """
                UPDATE render_jobs SET
                    version = version + 1, finished_at = now(), leased_by = NULL, lease_expires_at = NULL,
                    state = CASE WHEN cancel_requested_at IS NULL THEN :state ELSE 'cancelled' END,
                    artefact_sha256 = CASE WHEN cancel_requested_at IS NULL THEN :artefact_sha256 END,
                    error = :error, warnings = :warnings, output = :output, timings = :timings
                WHERE id = :id AND attempt = :attempt AND state = 'running' AND lease_expires_at > now()
                """
            ).bindparams(
                *(bindparam(name, type_=JSONB(none_as_null=True)) for name in ("error", "warnings", "timings"))
            ),
            {
                "id": job_id,
                "attempt": attempt,
                "state": result.state.value,
                "artefact_sha256": result.artefact_sha256,
                "error": result.error,
                "warnings": result.warnings,
                "output": result.output,
                "timings": result.timings,
            },
        ).rowcount
        == 1
    )


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


def lose(connection: Connection, job_id: int, attempt: int) -> bool:
    """Give back a job whose attempt vanished: the attempt counts."""
    return bool(_lose(connection, "id = :id AND attempt = :attempt", id=job_id, attempt=attempt))


def reap(connection: Connection) -> list[int]:
    """Take back every job whose lease ran out, and return them: their workers vanished."""
    return _lose(connection, "lease_expires_at < now()")


def _lose(connection: Connection, condition: str, **values: int) -> list[int]:
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
            RETURNING job.id
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
    return list(rows.scalars())


def _render(row: Mapping[Any, Any]) -> Render:
    return Render(**{**row, "state": State(row["state"])})
