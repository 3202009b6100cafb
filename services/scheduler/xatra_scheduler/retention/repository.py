"""All SQL of retention. Every function works inside the caller's transaction; none commits.

Each handles at most `limit` rows, so that no transaction is long: those that are to be found by an index, or the next ones
of a table in which most stay. Rows that somebody else holds are left to a later run.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any, Final

from sqlalchemy import Connection, text

from xatra_shared.queue.repository import lock


@dataclass(frozen=True, slots=True)
class Rules:
    """How long things are kept."""

    artefact_days: int
    file_days: int
    job_days: int
    request_days: int
    security_event_days: int
    grace_hours: int
    guest_draft_days: int
    guest_view_days: int
    alpha_save_days: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows have objects in the store: its key, and the condition by which a row, `item`, is unused."""

    name: str
    key: str
    unused: str


# A map is kept for who asked for it as long as they can look their render up, however seldom maps are looked at; that of a
# published version for ever, also while only the version's job knows it.
ARTEFACTS: Final = Table(
    "artefacts",
    "sha256",
    """
    (item.last_used_at < now() - make_interval(days => :artefact_days)
     AND NOT EXISTS (SELECT FROM render_jobs job
                     WHERE job.artefact_sha256 = item.sha256
                       AND job.finished_at > now() - make_interval(days => :job_days))
     AND NOT EXISTS (SELECT FROM hub_artifact_versions version WHERE version.artefact_sha256 = item.sha256)
     AND NOT EXISTS (SELECT FROM render_jobs job JOIN hub_artifact_versions version ON version.job_id = job.id
                     WHERE job.artefact_sha256 = item.sha256))
    """,
)
FILES: Final = Table(
    "files",
    "sha256",
    """
    ((item.last_used_at < now() - make_interval(days => :file_days)
      OR NOT EXISTS (SELECT FROM file_owners owner WHERE owner.sha256 = item.sha256))
     AND NOT EXISTS (SELECT FROM render_jobs job,
                            jsonb_each_text(job.files || coalesce(job.bundle -> 'files', '{}')) file
                     WHERE job.state IN ('queued', 'running') AND file.value = item.sha256)
     AND NOT EXISTS (SELECT FROM hub_files kept WHERE kept.sha256 = item.sha256)
     AND NOT EXISTS (SELECT FROM hub_drafts draft WHERE draft.file_sha256s @> ARRAY[item.sha256])
     AND NOT EXISTS (SELECT FROM hub_artifacts work WHERE work.thumbnail_sha256 = item.sha256))
    """,
)
# A worker says which assets its maps load just before it registers. One that is known is taken to make such maps still.
MAP_ASSETS: Final = Table(
    "map_assets",
    "name",
    """
    (NOT EXISTS (SELECT FROM artefacts artefact WHERE item.name = ANY(artefact.asset_names))
     AND NOT EXISTS (SELECT FROM render_workers worker
                     WHERE worker.started_at - interval '1 hour' < item.last_used_at))
    """,
)


def update_marks(table: Table, connection: Connection, rules: Rules, after: str, limit: int) -> str | None:
    """Of the next rows, mark those that are unused, and take marks back from those that are not.

    Args:
        table: Whose rows.
        connection: In whose transaction.
        rules: How long things are kept.
        after: The last row looked at; "" at first.
        limit: How many to look at.

    Returns:
        The last row looked at; None: there was none left.
    """
    last: str | None = _last_of_next(connection, table.name, table.key, after, limit)
    connection.execute(
        text(
            f"""
            UPDATE {table.name} SET marked_at = CASE WHEN marked_at IS NULL THEN now() END
            WHERE {table.key} IN (
                SELECT item.{table.key} FROM {table.name} item
                WHERE item.{table.key} > :after AND item.{table.key} <= :last
                  AND (item.marked_at IS NULL) = {table.unused}
                FOR NO KEY UPDATE SKIP LOCKED)
            """
        ),
        {**asdict(rules), "after": after, "last": last},
    )
    return last


def delete_marked(table: Table, connection: Connection, rules: Rules, limit: int) -> list[str]:
    """Delete rows whose mark is older than the grace period and still right, and return their keys.

    With a map go the jobs that made it. They are locked first, as everyone does who finds a map through its job. Then the
    rows are locked, so that nobody can begin to name one, and only then it is looked whether anything names them.
    """
    marked_long = "item.marked_at < now() - make_interval(hours => :grace_hours)"
    due = _keys(
        connection,
        f"SELECT item.{table.key} FROM {table.name} item WHERE {marked_long} ORDER BY item.marked_at LIMIT :limit",
        rules,
        limit=limit,
    )
    if table is ARTEFACTS:
        jobs = "SELECT id FROM render_jobs WHERE artefact_sha256 = ANY(:keys) ORDER BY id FOR UPDATE"
        connection.execute(text(jobs), {"keys": due})
    # Whoever used one of them until now has taken its mark back, or named it, which the second statement sees.
    these = f"SELECT item.{table.key} FROM {table.name} item WHERE item.{table.key} = ANY(:keys)"
    held = _keys(connection, f"{these} FOR UPDATE SKIP LOCKED", rules, keys=due)
    unused = _keys(connection, f"{these} AND {marked_long} AND {table.unused}", rules, keys=held)
    if table is ARTEFACTS:
        connection.execute(text("DELETE FROM render_jobs WHERE artefact_sha256 = ANY(:keys)"), {"keys": unused})
    connection.execute(text(f"DELETE FROM {table.name} WHERE {table.key} = ANY(:keys)"), {"keys": unused})
    return unused


def without_row(table: Table, connection: Connection, keys: Collection[str]) -> list[str]:
    """Return those of the keys that no row has."""
    rows = connection.execute(
        text(
            f"""
            SELECT wanted FROM unnest(CAST(:keys AS text[])) wanted
            WHERE NOT EXISTS (SELECT FROM {table.name} item WHERE item.{table.key} = wanted)
            """
        ),
        {"keys": list(keys)},
    )
    return list(rows.scalars())


def delete_waiters(connection: Connection, rules: Rules, limit: int) -> int:
    """Delete waiters who had their answer long enough, so that a map which is asked for often does not gather them."""
    lock(connection, "retention:waiters")  # two that delete the same rows in different orders would block each other
    return _delete(
        connection,
        """
        DELETE FROM render_waiters WHERE id IN (
            SELECT waiter.id FROM render_waiters waiter JOIN render_jobs job ON job.id = waiter.job_id
            WHERE waiter.created_at < now() - make_interval(days => :job_days)
              AND job.finished_at < now() - make_interval(days => :job_days)
            LIMIT :limit)
        """,
        rules,
        limit,
    )


def delete_jobs(connection: Connection, rules: Rules, after: int, limit: int) -> int | None:
    """Of the next jobs, delete those that ended long ago and nobody can look up any more.

    The newest job of a key that succeeded stays as long as its map: by it the map is found when it is asked for again.
    Where the map is a published version's, which is kept for ever, the job stays as long as the map would otherwise. What
    became of a version's render is written down with the version first.

    Args:
        connection: In whose transaction.
        rules: How long things are kept.
        after: The last job looked at; 0 at first.
        limit: How many to look at.

    Returns:
        The last job looked at; None: there was none left.
    """
    last: int | None = _last_of_next(connection, "render_jobs", "id", after, limit)
    connection.execute(
        text(
            """
            DELETE FROM render_jobs WHERE id IN (
                SELECT job.id FROM render_jobs job
                WHERE job.id > :after AND job.id <= :last
                  AND job.finished_at < now() - make_interval(days => :job_days)
                  AND NOT EXISTS (SELECT FROM render_waiters waiter WHERE waiter.job_id = job.id)
                  AND NOT EXISTS (SELECT FROM hub_artifact_versions version WHERE version.job_id = job.id)
                  AND (job.state <> 'succeeded'
                       OR EXISTS (SELECT FROM artefacts artefact
                                  JOIN hub_artifact_versions version ON version.artefact_sha256 = artefact.sha256
                                  WHERE artefact.sha256 = job.artefact_sha256
                                    AND artefact.last_used_at < now() - make_interval(days => :artefact_days))
                       OR EXISTS (SELECT FROM render_jobs newer
                                  WHERE newer.key = job.key AND newer.state = 'succeeded'
                                    AND (newer.finished_at, newer.id) > (job.finished_at, job.id)))
                FOR UPDATE OF job SKIP LOCKED)
            """
        ),
        {**asdict(rules), "after": after, "last": last},
    )
    return last


def delete_callers(connection: Connection, rules: Rules, limit: int) -> int:
    """Delete callers who were not served for a day: they come as early as those who never were."""
    return _delete(
        connection,
        """
        DELETE FROM render_callers WHERE caller IN (
            SELECT caller FROM render_callers WHERE last_served_at < now() - interval '1 day'
            LIMIT :limit FOR UPDATE SKIP LOCKED)
        """,
        rules,
        limit,
    )


def delete_workers(connection: Connection, rules: Rules, limit: int) -> int:
    """Delete workers that were not seen for a day, but not the newest: by it is known what renders, while none runs."""
    return _delete(
        connection,
        """
        DELETE FROM render_workers WHERE id IN (
            SELECT id FROM render_workers
            WHERE last_seen_at < now() - interval '1 day'
              AND started_at < (SELECT max(started_at) FROM render_workers)
            LIMIT :limit)
        """,
        rules,
        limit,
    )


def delete_request_records(connection: Connection, rules: Rules, limit: int) -> int:
    """Delete how requests went that came long ago."""
    return _delete(
        connection,
        """
        DELETE FROM request_records WHERE id IN (
            SELECT id FROM request_records WHERE started_at < now() - make_interval(days => :request_days)
            ORDER BY started_at LIMIT :limit)
        """,
        rules,
        limit,
    )


def delete_security_events(connection: Connection, rules: Rules, limit: int) -> int:
    """Delete what mattered to security long ago. Events are numbered as they come, so that the oldest have no index."""
    return _delete(
        connection,
        """
        DELETE FROM auth_events
        WHERE id IN (SELECT id FROM auth_events ORDER BY id LIMIT :limit)
          AND created_at < now() - make_interval(days => :security_event_days)
        """,
        rules,
        limit,
    )


def delete_guest_drafts(connection: Connection, rules: Rules, limit: int) -> int:
    """Delete what guests began and have not touched for long."""
    lock(connection, "retention:drafts")
    is_old = "updated_at < now() - make_interval(days => :guest_draft_days)"
    return _delete(
        connection,
        f"""
        DELETE FROM hub_drafts WHERE {is_old} AND owner_key IN (
            SELECT owner_key FROM hub_drafts WHERE {is_old} AND starts_with(owner_key, 'guest:')
            ORDER BY updated_at LIMIT :limit)
        """,  # its guest may come back just now, so that it is looked at twice
        rules,
        limit,
    )


def delete_guest_views(connection: Connection, rules: Rules, after: str, limit: int) -> str | None:
    """Of the next viewers, delete what guests looked at long ago; it goes on counting.

    Args:
        connection: In whose transaction.
        rules: How long things are kept.
        after: The last viewer looked at; "" at first.
        limit: How many views to look at.

    Returns:
        The last viewer looked at; None: there was none left.
    """
    last: str | None = _last_of_next(connection, "hub_map_views", "viewer_key", after, limit)
    connection.execute(
        text(
            """
            DELETE FROM hub_map_views
            WHERE viewer_key > :after AND viewer_key <= :last AND NOT starts_with(viewer_key, 'user:')
              AND viewed_at < now() - make_interval(days => :guest_view_days)
            """
        ),
        {**asdict(rules), "after": after, "last": last},
    )
    return last


def delete_alpha_saves(connection: Connection, rules: Rules, limit: int) -> int:
    """Delete what alphas said before long ago. How many saves there are at most is seen to at each save."""
    lock(connection, "retention:saves")
    return _delete(
        connection,
        """
        DELETE FROM hub_alpha_saves WHERE (artifact_id, alpha_version) IN (
            SELECT artifact_id, alpha_version FROM hub_alpha_saves
            WHERE saved_at < now() - make_interval(days => :alpha_save_days)
            ORDER BY saved_at LIMIT :limit)
        """,
        rules,
        limit,
    )


def _last_of_next(connection: Connection, table: str, key: str, after: object, limit: int) -> Any:  # noqa: ANN401 - a key
    """Return the last of the next rows of a table in the order of their keys; None: there are none."""
    return connection.execute(
        text(
            f"""
            SELECT max(looked_at.key)
            FROM (SELECT {key} AS key FROM {table} WHERE {key} > :after ORDER BY {key} LIMIT :limit) looked_at
            """
        ),
        {"after": after, "limit": limit},
    ).scalar_one()


def _keys(connection: Connection, statement: str, rules: Rules, **values: object) -> list[str]:
    return list(connection.execute(text(statement), {**asdict(rules), **values}).scalars())


def _delete(connection: Connection, statement: str, rules: Rules, limit: int) -> int:
    return connection.execute(text(statement), {**asdict(rules), "limit": limit}).rowcount
