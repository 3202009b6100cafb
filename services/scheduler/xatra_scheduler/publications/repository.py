"""All SQL of publications that the queue does not have. Every function works inside the caller's transaction."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB

MAX_TRIES: Final = 8
_FIRST_PAUSE_SECONDS: Final = 30  # each is four times as long as the one before: about two days in all

# Index hub_artifact_versions_pending_idx.
_WAITS: Final = "wants_artefact AND artefact_sha256 IS NULL AND artefact_error IS NULL AND job_id IS NULL"

_GAVE_UP: Final[dict[str, Any]] = {
    "by": "service",
    "type": "NotRendered",
    "message": f"This version could not be rendered, in {MAX_TRIES} attempts.",
    "line": None,
    "traceback": "",
}


@dataclass(frozen=True, slots=True)
class Settled:
    """Versions whose render ended: how many have an artefact now, how many never will, and how many wait again."""

    ready: int
    failed: int
    postponed: int

    @property
    def versions(self) -> int:
        """All of them."""
        return self.ready + self.failed + self.postponed


@dataclass(frozen=True, slots=True)
class Backlog:
    """Versions that wait for an artefact.

    Attributes:
        pending: All of them.
        overdue_seconds: For how long the first of them could have been in the queue and is not.
    """

    pending: int
    overdue_seconds: float


def settle(connection: Connection, limit: int) -> Settled:
    """Write down with versions what became of the renders that made their artefacts.

    A map, an author's error and a limit that was met are final. What ended by our fault, or was cancelled, is tried
    again after a pause.
    """
    row = connection.execute(
        text(
            """
            WITH ended AS (
                SELECT version.id, job.artefact_sha256, job.error, job.engine_version, job.data_version,
                       artefact_tries + 1 AS tries,
                       job.state <> 'succeeded' AND coalesce(job.error ->> 'by', 'service') = 'service' AS is_our_fault
                FROM hub_artifact_versions version JOIN render_jobs job ON job.id = version.job_id
                WHERE version.job_id IS NOT NULL AND job.finished_at IS NOT NULL
                LIMIT :limit
                FOR NO KEY UPDATE OF version SKIP LOCKED
                FOR KEY SHARE OF job SKIP LOCKED
            ),
            settled AS (
                UPDATE hub_artifact_versions version SET
                    job_id = NULL, artefact_sha256 = ended.artefact_sha256, artefact_error = ended.error,
                    engine_version = ended.engine_version, data_version = ended.data_version
                FROM (SELECT id, artefact_sha256, engine_version, data_version,
                             CASE WHEN artefact_sha256 IS NULL THEN coalesce(error, :gave_up) END AS error
                      FROM ended WHERE NOT is_our_fault OR tries >= :max_tries) ended
                WHERE version.id = ended.id
                RETURNING version.artefact_sha256 IS NOT NULL AS is_ready
            ),
            postponed AS (
                UPDATE hub_artifact_versions version SET
                    job_id = NULL, artefact_tries = tries,
                    artefact_due_at = now() + make_interval(secs => :first_pause_seconds * 4 ^ (tries - 1))
                FROM ended
                WHERE version.id = ended.id AND is_our_fault AND tries < :max_tries
                RETURNING version.id
            )
            SELECT count(*) FILTER (WHERE is_ready) AS ready, count(*) FILTER (WHERE NOT is_ready) AS failed,
                   (SELECT count(*) FROM postponed) AS postponed
            FROM settled
            """
        ).bindparams(bindparam("gave_up", type_=JSONB)),
        {
            "limit": limit,
            "gave_up": _GAVE_UP,
            "max_tries": MAX_TRIES,
            "first_pause_seconds": _FIRST_PAUSE_SECONDS,
        },
    ).one()
    return Settled(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it


def list_due(connection: Connection, limit: int) -> list[int]:
    """Return versions that nobody renders and that may be asked for, those that have waited longest first."""
    rows = connection.execute(
        text(
            f"""
            SELECT id FROM hub_artifact_versions WHERE {_WAITS} AND artefact_due_at <= now()
            ORDER BY artefact_due_at LIMIT :limit
            """
        ),
        {"limit": limit},
    )
    return list(rows.scalars())


@dataclass(frozen=True, slots=True)
class Held:
    """A version that nobody else touches until the transaction ends, and its author."""

    id: int
    user_id: int | None


def hold(connection: Connection, version_id: int) -> Held | None:
    """Keep everyone else from a version that is still due; None where it is not, or another has it."""
    row = connection.execute(
        text(
            f"""
            SELECT version.id, work.user_id
            FROM hub_artifact_versions version JOIN hub_artifacts work ON work.id = version.artifact_id
            WHERE version.id = :id AND {_WAITS} AND artefact_due_at <= now()
            FOR NO KEY UPDATE OF version SKIP LOCKED
            """
        ),
        {"id": version_id},
    ).one_or_none()
    return None if row is None else Held(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it


def measure_backlog(connection: Connection) -> Backlog:
    """Return how many versions wait, and how late they are."""
    row = connection.execute(
        text(
            f"""
            SELECT (SELECT count(*) FROM hub_artifact_versions WHERE {_WAITS})
                   + (SELECT count(*) FROM hub_artifact_versions WHERE job_id IS NOT NULL) AS pending,
                   (SELECT greatest(0, extract(epoch FROM now() - min(artefact_due_at)))::float
                    FROM hub_artifact_versions WHERE {_WAITS}) AS overdue_seconds
            """
        )
    ).one()
    return Backlog(row.pending, row.overdue_seconds or 0.0)
