"""All SQL of retention. Every function works inside the caller's transaction; none commits.

Each handles at most `limit` rows, so that no transaction is long. Rows that somebody else holds are left to a later run.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Final

from sqlalchemy import Connection, text

from xatra_shared.queue.repository import lock


@dataclass(frozen=True, slots=True)
class Rules:
    """How long things are kept."""

    artefact_days: int
    file_days: int
    job_days: int
    grace_hours: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows have objects in the store: its key, and the condition by which a row, `item`, is unused."""

    name: str
    key: str
    unused: str


# A map is kept for who asked for it as long as they can look their render up, however seldom maps are looked at.
ARTEFACTS: Final = Table(
    "artefacts",
    "sha256",
    """
    (item.last_used_at < now() - make_interval(days => :artefact_days)
     AND NOT EXISTS (SELECT FROM render_jobs job
                     WHERE job.artefact_sha256 = item.sha256
                       AND job.finished_at > now() - make_interval(days => :job_days)))
    """,
)
FILES: Final = Table(
    "files",
    "sha256",
    """
    ((item.last_used_at < now() - make_interval(days => :file_days)
      OR NOT EXISTS (SELECT FROM file_owners owner WHERE owner.sha256 = item.sha256))
     AND NOT EXISTS (SELECT FROM render_jobs job, jsonb_each_text(job.files) file
                     WHERE job.state IN ('queued', 'running') AND file.value = item.sha256))
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


def update_marks(table: Table, connection: Connection, rules: Rules, limit: int) -> int:
    """Mark rows that are unused, and take marks back from those that are not; return how many changed."""
    return connection.execute(
        text(
            f"""
            UPDATE {table.name} SET marked_at = CASE WHEN marked_at IS NULL THEN now() END
            WHERE {table.key} IN (
                SELECT item.{table.key} FROM {table.name} item
                WHERE (item.marked_at IS NULL) = {table.unused}
                LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED)
            """
        ),
        {**asdict(rules), "limit": limit},
    ).rowcount


def delete_marked(table: Table, connection: Connection, rules: Rules, limit: int) -> list[str]:
    """Delete rows whose mark is older than the grace period and still right, and return their keys.

    With a map go the jobs that made it. They are locked first, as everyone does who finds a map through its job.
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
    # Whoever used one of them until now has taken its mark back, which this statement sees.
    unused = _keys(
        connection,
        f"""
        SELECT item.{table.key} FROM {table.name} item
        WHERE item.{table.key} = ANY(:keys) AND {marked_long} AND {table.unused}
        FOR UPDATE SKIP LOCKED
        """,
        rules,
        keys=due,
    )
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


def delete_jobs(connection: Connection, rules: Rules, limit: int) -> int:
    """Delete jobs that ended long ago and nobody can look up any more.

    The newest job of a key that succeeded stays as long as its map: by it the map is found when it is asked for again.
    """
    return _delete(
        connection,
        """
        DELETE FROM render_jobs WHERE id IN (
            SELECT job.id FROM render_jobs job
            WHERE job.finished_at < now() - make_interval(days => :job_days)
              AND NOT EXISTS (SELECT FROM render_waiters waiter WHERE waiter.job_id = job.id)
              AND (job.state <> 'succeeded'
                   OR EXISTS (SELECT FROM render_jobs newer
                              WHERE newer.key = job.key AND newer.state = 'succeeded'
                                AND (newer.finished_at, newer.id) > (job.finished_at, job.id)))
            LIMIT :limit FOR UPDATE OF job SKIP LOCKED)
        """,
        rules,
        limit,
    )


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


def _keys(connection: Connection, statement: str, rules: Rules, **values: object) -> list[str]:
    return list(connection.execute(text(statement), {**asdict(rules), **values}).scalars())


def _delete(connection: Connection, statement: str, rules: Rules, limit: int) -> int:
    return connection.execute(text(statement), {**asdict(rules), "limit": limit}).rowcount
