"""All SQL by which renders are asked for and looked at. Every function works inside the caller's transaction."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB

from xatra_shared.queue.model import Asker, Engine, Limits, Origin, Payer, Render, RenderRequest, State
from xatra_shared.queue.predictions import TYPICAL_RUN_SECONDS, Load, predict, shape_of, slots_wanted

AUTHOR_ERROR_SECONDS = 600  # how long an author's exception answers the same program again
ARRIVALS_SECONDS = 300  # from so long ago on, what arrived says what arrives
WORKER_ALIVE_SECONDS = 30  # a worker that was not seen for longer does not count

# Queued jobs in the order in which they will be claimed. At every claim the caller with the fewest renders running
# comes first, then the one served longest ago, then the one with the oldest job. Told for the whole queue at once, a
# job's turn is the number that will run when it starts: its caller's running ones and those before it (`place`). Who
# comes to a turn with a first job was served longer ago than who was served in the turn before. A job that several
# callers wait for stands where the best-placed of them puts it.
CLAIM_ORDER = """
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

# What became of a job answers the next who asks the same: a map always, an author's error for a while.
_IS_ANSWER = """
    state IN ('succeeded', 'failed')
    AND (state = 'succeeded'
         OR error->>'by' = 'author' AND finished_at > now() - make_interval(secs => :author_error_seconds))
"""

# How long a program of this shape will probably run: as its likes did lately, else as all did.
_PREDICTED_RUN_SECONDS = """
    coalesce(
        (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) FROM (
            SELECT extract(epoch FROM finished_at - started_at)::float AS seconds FROM render_jobs
            WHERE shape = :shape AND finished_at IS NOT NULL AND started_at IS NOT NULL
            ORDER BY finished_at DESC LIMIT 20) likes),
        (SELECT avg(seconds) FROM (
            SELECT extract(epoch FROM finished_at - started_at)::float AS seconds FROM render_jobs
            WHERE finished_at IS NOT NULL AND started_at IS NOT NULL
            ORDER BY finished_at DESC LIMIT 100) all_of_them),
        :typical_run_seconds)
"""

_RENDER = """
    SELECT waiter.id, waiter.job_id, waiter.caller, waiter.cached, waiter.created_at,
           CASE WHEN waiter.detached_at IS NULL THEN job.state ELSE 'cancelled' END AS state,
           job.version AS job_version, job.version * 2 + CASE WHEN waiter.detached_at IS NULL THEN 0 ELSE 1 END AS version,
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
            f"""
            SELECT id, artefact_sha256 FROM render_jobs
            WHERE key = :key AND {_IS_ANSWER}
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


@dataclass(frozen=True)
class Standing:
    """What decides about a request: how much waits already, and whether an equal job is under way.

    Attributes:
        by_caller: Renders that the caller waits for.
        by_address: Renders that the caller's whole network waits for.
        queued: Jobs that wait for a slot, everyone's together.
        in_flight: A live job for the same key with limits at least these, held against ending before we join it.
    """

    by_caller: int
    by_address: int
    queued: int
    in_flight: int | None


def get_standing(connection: Connection, asker: Asker, key: str, limits: Limits) -> Standing:
    """Return what decides about a request for a key."""
    row = connection.execute(
        text(
            """
            WITH in_flight AS (
                SELECT id FROM render_jobs
                WHERE key = :key AND state IN ('queued', 'running') AND cancel_requested_at IS NULL
                  AND wall_seconds >= :wall_seconds AND cpu_seconds >= :cpu_seconds
                  AND memory_bytes >= :memory_bytes AND output_bytes >= :output_bytes
                ORDER BY id LIMIT 1
                FOR SHARE
            )
            SELECT count(*) FILTER (WHERE waiter.caller = :caller) AS by_caller,
                   count(*) FILTER (WHERE waiter.address = :address) AS by_address,
                   (SELECT count(*) FROM render_jobs WHERE state = 'queued') AS queued,
                   (SELECT id FROM in_flight) AS in_flight
            FROM render_waiters waiter JOIN render_jobs job ON job.id = waiter.job_id
            WHERE job.state IN ('queued', 'running') AND waiter.detached_at IS NULL
              AND (waiter.caller = :caller OR waiter.address = :address)
            """
        ),
        {"key": key, "caller": asker.caller, "address": asker.address, **asdict(limits)},
    ).one()
    return Standing(**row._mapping)  # noqa: SLF001 - public, in spite of its name


@dataclass(frozen=True)
class Waiter:
    """A caller's interest in a job, to be recorded."""

    id: UUID
    caller: str
    address: str
    idempotency_key: str | None
    request_digest: str


def add_waiter(connection: Connection, waiter: Waiter, job_id: int, *, cached: bool) -> None:
    """Let a caller wait for a job."""
    connection.execute(
        text(
            """
            INSERT INTO render_waiters (id, job_id, caller, address, cached, idempotency_key, request_digest)
            VALUES (:id, :job_id, :caller, :address, :cached, :idempotency_key, :request_digest)
            """
        ),
        {"job_id": job_id, "cached": cached, **asdict(waiter)},
    )


def add_job(
    connection: Connection,
    request: RenderRequest,
    limits: Limits,
    engine: Engine,
    origin: Origin,
    waiter: Waiter,
    payer: Payer | None = None,
) -> int | None:
    """Put a job with its first waiter into the queue, and return it; None where its key has been answered by now."""
    statement = text(
        f"""
        WITH job AS (
            INSERT INTO render_jobs (key, program, bundle, files, engine_version, data_version,
                                     wall_seconds, cpu_seconds, memory_bytes, output_bytes,
                                     payer_id, request_id, traceparent, shape, predicted_run_seconds)
            SELECT :key, :program, :bundle, :files, :engine_version, :data_version,
                   :wall_seconds, :cpu_seconds, :memory_bytes, :output_bytes,
                   :payer_id, :request_id, :traceparent, :shape, {_PREDICTED_RUN_SECONDS}
            WHERE NOT EXISTS (SELECT FROM render_jobs WHERE key = :key AND {_IS_ANSWER})
            RETURNING id
        )
        INSERT INTO render_waiters (id, job_id, caller, address, cached, idempotency_key, request_digest)
        SELECT :id, job.id, :caller, :address, false, :idempotency_key, :request_digest FROM job
        RETURNING job_id
        """
    ).bindparams(bindparam("bundle", type_=JSONB), bindparam("files", type_=JSONB))
    values = {
        "key": request.key(engine),
        "program": request.program,
        "bundle": request.bundle,
        "files": request.files,
        "payer_id": payer and payer.user_id,
        "shape": shape_of(request.program),
        "typical_run_seconds": TYPICAL_RUN_SECONDS,
        "author_error_seconds": AUTHOR_ERROR_SECONDS,
        **asdict(engine),
        **asdict(limits),
        **asdict(origin),
        **asdict(waiter),
    }
    return connection.execute(statement, values).scalar_one_or_none()


@dataclass(frozen=True)
class EarlierRequest:
    """The waiter that a caller made with some idempotency key, its job, and the digest of what was asked then."""

    id: UUID
    job_id: int
    is_final: bool
    request_digest: str


def find_by_idempotency_key(connection: Connection, caller: str, idempotency_key: str) -> EarlierRequest | None:
    """Return what a caller asked for with this key before."""
    row = connection.execute(
        text(
            """
            SELECT waiter.id, waiter.job_id, waiter.request_digest, job.finished_at IS NOT NULL AS is_final
            FROM render_waiters waiter JOIN render_jobs job ON job.id = waiter.job_id
            WHERE waiter.caller = :caller AND waiter.idempotency_key = :idempotency_key
            """
        ),
        {"caller": caller, "idempotency_key": idempotency_key},
    ).one_or_none()
    return None if row is None else EarlierRequest(**row._mapping)  # noqa: SLF001 - public, in spite of its name


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
    return predict(count_slots(connection), _running(connection), _queued(connection))


def count_slots_wanted(connection: Connection, promised_wait_seconds: float) -> int:
    """Return how many slots all workers together should have, so that renders start within the promised wait.

    What arrives is what did in the last five minutes, by the seconds that it ran, or probably will; what was cancelled
    before it ran is nobody's work.
    """
    arriving = connection.execute(
        text(
            """
            SELECT coalesce(sum(seconds), 0)::float / :seconds FROM (
                SELECT predicted_run_seconds AS seconds FROM render_jobs
                WHERE state IN ('queued', 'running') AND created_at > now() - make_interval(secs => :seconds)
                UNION ALL
                SELECT extract(epoch FROM finished_at - started_at) FROM render_jobs
                WHERE finished_at > now() - make_interval(secs => :seconds) AND started_at IS NOT NULL
                  AND created_at > now() - make_interval(secs => :seconds)) work
            """
        ),
        {"seconds": ARRIVALS_SECONDS},
    ).scalar_one()
    return slots_wanted(
        _running(connection),
        _queued(connection),
        arriving=arriving,
        promised_wait_seconds=promised_wait_seconds,
    )


def _running(connection: Connection) -> list[tuple[int, float]]:
    """Return jobs that run, and the seconds that each will probably go on."""
    rows = connection.execute(
        text(
            """
            SELECT id, greatest(0.1, predicted_run_seconds - extract(epoch FROM now() - started_at)::float) AS seconds
            FROM render_jobs WHERE state = 'running'
            """
        )
    )
    return [(row.id, row.seconds) for row in rows]


def _queued(connection: Connection) -> list[tuple[int, float]]:
    """Return jobs that wait, in the order of their claims, and the seconds that each will probably run."""
    rows = connection.execute(
        text(
            f"""
            WITH {CLAIM_ORDER}
            SELECT id, predicted_run_seconds AS seconds FROM claim_order JOIN render_jobs USING (id) ORDER BY position
            """
        )
    )
    return [(row.id, row.seconds) for row in rows]


def record_prediction(connection: Connection, waiter_id: UUID, start_seconds: float) -> None:
    """Keep in how many seconds a queued job will start, as its caller is told.

    It stands with the waiter: a lock on the job, however short, would hide it from the claim that its wake-up causes.
    """
    connection.execute(
        text(
            """
            UPDATE render_waiters SET predicted_start_at = now() + make_interval(secs => :start_seconds) WHERE id = :id
            """
        ),
        {"id": waiter_id, "start_seconds": start_seconds},
    )


def versions(connection: Connection, job_ids: Collection[int]) -> dict[int, int]:
    """Return the version of each of these jobs: it grows with every change that a waiter can see."""
    rows = connection.execute(text("SELECT id, version FROM render_jobs WHERE id = ANY(:ids)"), {"ids": list(job_ids)})
    return {row.id: row.version for row in rows}


def _render(row: Mapping[Any, Any]) -> Render:
    return Render(**{**row, "state": State(row["state"])})
