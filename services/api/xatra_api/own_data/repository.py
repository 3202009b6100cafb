"""All SQL that tells or erases what is a user's. Every function works inside the caller's transaction; none commits."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, text

from xatra_shared.queue.repository import lock


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows of one kind that are a user's.

    Attributes:
        name: What they are.
        columns: What is told of them.
        source: Where they are, with the condition that they are those of the user `:user_id` or the caller `:caller`.
        key: By which they are ordered.
        rows_at_once: How many of them fit into memory, where those are few.
    """

    name: str
    columns: str
    source: str
    key: tuple[str, ...]
    rows_at_once: int | None = None


_THE_WORK: Final = "work.kind, work.name"

LISTINGS: Final = (
    Listing(
        "drafts",
        "draft.id, draft.version, draft.updated_at, draft.project",
        "hub_drafts draft WHERE draft.owner_key = :caller",
        ("draft.id",),
        rows_at_once=1,
    ),
    Listing(
        "works",
        f"""
        {_THE_WORK}, work.visibility, work.description, work.display_type, work.thumbnail_sha256,
        work.alpha_version, work.alpha_content, work.alpha_files, work.alpha_metadata, work.alpha_updated_at,
        (SELECT part.name FROM hub_artifacts part WHERE part.id = work.library_id) AS library,
        (SELECT part.name FROM hub_artifacts part WHERE part.id = work.theme_id) AS theme,
        work.latest_version, work.published_at, work.hidden_reason, work.votes, work.views, work.created_at, work.updated_at
        """,
        "hub_artifacts work WHERE work.user_id = :user_id",
        ("work.id",),
    ),
    Listing(
        "versions",
        f"""
        {_THE_WORK}, version.version, version.content, version.files, version.metadata, version.artefact_sha256,
        version.artefact_error, version.created_at
        """,
        """
        hub_artifacts work JOIN hub_artifact_versions version ON version.artifact_id = work.id
        WHERE work.user_id = :user_id
        """,
        ("version.artifact_id", "version.version"),
    ),
    Listing(
        "earlier_alphas",
        f"{_THE_WORK}, save.alpha_version, save.content, save.saved_at",
        """
        hub_artifacts work JOIN hub_alpha_saves save ON save.artifact_id = work.id
        WHERE work.user_id = :user_id
        """,
        ("save.artifact_id", "save.alpha_version"),
    ),
    Listing(
        "votes",
        f"{_THE_WORK}, vote.created_at",
        "hub_votes vote JOIN hub_artifacts work ON work.id = vote.artifact_id WHERE vote.user_id = :user_id",
        ("vote.artifact_id",),
    ),
    Listing(
        "views",
        f"{_THE_WORK}, view.viewed_at",
        "hub_map_views view JOIN hub_artifacts work ON work.id = view.artifact_id WHERE view.viewer_key = :caller",
        ("view.artifact_id",),
    ),
    Listing(
        "reports",
        f"{_THE_WORK}, report.reason, report.details, report.created_at, report.resolved_at, report.resolution",
        "hub_reports report JOIN hub_artifacts work ON work.id = report.artifact_id WHERE report.reporter = :caller",
        ("report.id",),
    ),
    Listing(
        "renders",
        "waiter.id, waiter.created_at, job.state, job.program, job.files, job.output, job.artefact_sha256",
        """
        render_waiters waiter JOIN render_jobs job ON job.id = waiter.job_id
        WHERE waiter.caller = :caller AND waiter.detached_at IS NULL
        """,
        ("waiter.created_at", "waiter.id"),
    ),
    Listing(
        "requests",
        """
        record.started_at, record.service, record.method, record.route, record.query_names, record.status,
        record.milliseconds, record.address, record.country
        """,
        "request_records record WHERE record.user_id = :user_id",
        ("record.id",),
    ),
)


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A row of a listing: its key, and what is told of it."""

    key: tuple[Any, ...]
    told: dict[str, Any]


def list_rows(
    connection: Connection, listing: Listing, user_id: int, caller: str, after: OwnRow | None, limit: int
) -> list[OwnRow]:
    """Return rows of a user's, in the order of their keys: those that come after one."""
    key = ", ".join(listing.key)
    last = {f"key_{place}": value for place, value in enumerate(after.key)} if after else {}
    goes_on = f"AND ({key}) > ({', '.join(f':{name}' for name in last)})" if last else ""
    rows = connection.execute(
        text(f"SELECT {key}, {listing.columns} FROM {listing.source} {goes_on} ORDER BY {key} LIMIT :limit"),
        {"user_id": user_id, "caller": caller, "limit": limit, **last},
    )
    keys = len(listing.key)
    names = list(rows.keys())[keys:]
    return [OwnRow(tuple(row[:keys]), dict(zip(names, row[keys:], strict=True))) for row in rows]


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


def erase_votes(connection: Connection, user_id: int, limit: int) -> int:
    """Take a user's votes back, of works that nobody else changes just now; return how many those were."""
    return connection.execute(
        text(
            """
            WITH voted AS (
                SELECT work.id FROM hub_votes vote JOIN hub_artifacts work ON work.id = vote.artifact_id
                WHERE vote.user_id = :user_id
                LIMIT :limit FOR NO KEY UPDATE OF work SKIP LOCKED
            ),
            erased AS (
                DELETE FROM hub_votes WHERE user_id = :user_id AND artifact_id IN (SELECT id FROM voted)
                RETURNING artifact_id
            )
            UPDATE hub_artifacts SET votes = votes - 1 WHERE id IN (SELECT artifact_id FROM erased)
            """
        ),
        {"user_id": user_id, "limit": limit},
    ).rowcount


def erase_views(connection: Connection, caller: str, limit: int) -> int:
    """Forget which works a caller has looked at, though not that somebody has; return how many those were."""
    return connection.execute(
        text(
            """
            DELETE FROM hub_map_views WHERE viewer_key = :caller AND artifact_id IN (
                SELECT artifact_id FROM hub_map_views WHERE viewer_key = :caller LIMIT :limit)
            """
        ),
        {"caller": caller, "limit": limit},
    ).rowcount


def erase_reporter(connection: Connection, caller: str, limit: int) -> int:
    """Forget who made reports, which stay; return how many those were."""
    return connection.execute(
        text(
            """
            UPDATE hub_reports SET reporter = 'erased:' || id WHERE id IN (
                SELECT id FROM hub_reports WHERE reporter = :caller LIMIT :limit)
            """
        ),
        {"caller": caller, "limit": limit},
    ).rowcount


@dataclass(frozen=True, slots=True)
class Ownerless:
    """A work whose author's account is no more."""

    id: int
    is_published: bool


def take_ownerless(connection: Connection, limit: int) -> list[Ownerless]:
    """Return works whose author's account is no more, and that nobody else changes just now; they stay locked."""
    rows = connection.execute(
        text(
            """
            SELECT id, latest_version > 0 AS is_published FROM hub_artifacts
            WHERE user_id IS NULL AND disassociated_at IS NULL
            ORDER BY id LIMIT :limit FOR UPDATE SKIP LOCKED
            """
        ),
        {"limit": limit},
    )
    return [Ownerless(row.id, row.is_published) for row in rows]


def has_part_in_hub(connection: Connection, user_id: int) -> bool:
    """Tell whether votes of a user, or works without author, are left: of works that others changed just then."""
    return bool(
        connection.execute(
            text(
                """
                SELECT EXISTS (SELECT FROM hub_votes WHERE user_id = :user_id)
                       OR EXISTS (SELECT FROM hub_artifacts WHERE user_id IS NULL AND disassociated_at IS NULL)
                """
            ),
            {"user_id": user_id},
        ).scalar_one()
    )


def finish_erasing(connection: Connection, user_id: int, caller: str) -> None:
    """Erase what else is a user's, and note that nothing is left. Files go where nobody else has them, by retention."""
    values = {"user_id": user_id, "caller": caller}
    forget = "UPDATE request_records SET user_id = NULL, address = NULL, country = NULL WHERE user_id = :user_id"
    connection.execute(text(forget), values)
    connection.execute(text("DELETE FROM hub_drafts WHERE owner_key = :caller"), values)
    connection.execute(text("DELETE FROM file_owners WHERE caller = :caller"), values)
    connection.execute(text("DELETE FROM render_budgets WHERE user_id = :user_id"), values)
    connection.execute(text("UPDATE deleted_users SET erased_at = now() WHERE user_id = :user_id"), values)
