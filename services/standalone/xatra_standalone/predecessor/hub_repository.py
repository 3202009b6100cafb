"""All SQL by which the predecessor's rows come into the hub. Every function works inside the caller's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb
from sqlalchemy import Connection, text

SETTING: Final = "moved_in"
"""Name of the setting that tells which file moved in."""

# Nobody signs up or makes a work meanwhile.
_LOCKED: Final = ("hub_users", "hub_usernames", "hub_artifacts", "hub_artifact_names", "deleted_users", "settings")
_EMPTY: Final = ("hub_users", "hub_usernames", "hub_artifacts", "hub_artifact_names", "deleted_users")
_COUNTED: Final = {
    "hub_users": "SELECT count(*) FROM hub_users",
    "hub_artifacts": "SELECT count(*) FROM hub_artifacts",
    "hub_artifact_versions": "SELECT count(*) FROM hub_artifact_versions",
    "hub_votes": "SELECT count(*) FROM hub_votes",
    "hub_map_views": "SELECT count(*) FROM hub_map_views",
    "hub_drafts": "SELECT count(*) FROM hub_drafts WHERE owner_key LIKE 'user:%'",
    "hub_sessions": "SELECT count(*) FROM hub_sessions",
}
_SEQUENCES: Final = ("hub_users", "hub_artifacts", "hub_artifact_versions")


def lock(connection: Connection) -> None:
    """Keep everyone from writing accounts and works until the end of the transaction."""
    connection.execute(text(f"LOCK TABLE {', '.join(_LOCKED)} IN SHARE ROW EXCLUSIVE MODE"))


def moved_in(connection: Connection) -> dict[str, Any] | None:
    """Return what is known of the file that moved in; None: none did."""
    found = connection.execute(text("SELECT value FROM settings WHERE name = :name"), {"name": SETTING})
    value: dict[str, Any] | None = found.scalar_one_or_none()
    return value


def first_not_empty(connection: Connection) -> str | None:
    """Return a table that has rows although the hub should be empty."""
    return next(
        (table for table in _EMPTY if connection.execute(text(f"SELECT EXISTS (SELECT FROM {table})")).scalar_one()),
        None,
    )


def note_moved_in(connection: Connection, value: Mapping[str, Any]) -> None:
    """Note which file moved in."""
    connection.execute(
        text("INSERT INTO settings (name, value) VALUES (:name, :value)"), {"name": SETTING, "value": Jsonb(value)}
    )


def copy(connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows as they come."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, psycopg.Connection):
        raise TypeError("the database's driver is not psycopg")
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with driver.cursor() as cursor, cursor.copy(statement) as writer:
        for row in rows:
            writer.write_row(row)


def analyze(connection: Connection) -> None:
    """Let the planner know what has been inserted."""
    connection.execute(text("ANALYZE hub_artifacts, hub_artifact_names, hub_artifact_versions, hub_imports, hub_users"))


def number_on(connection: Connection) -> None:
    """Let numbers of new rows begin above those that moved in."""
    for table in _SEQUENCES:
        connection.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table} HAVING max(id) IS NOT NULL"
            )
        )


def count_reactions(connection: Connection) -> None:
    """Give every work the number of its votes and views."""
    for table, column in (("hub_votes", "votes"), ("hub_map_views", "views")):
        connection.execute(
            text(
                f"""
                UPDATE hub_artifacts work SET {column} = counted.rows
                FROM (SELECT artifact_id, count(*) AS rows FROM {table} GROUP BY artifact_id) counted
                WHERE counted.artifact_id = work.id
                """
            )
        )


def give_files(connection: Connection) -> None:
    """Let files be those of the authors of the works that read them, and of the owners of drafts."""
    connection.execute(
        text(
            """
            INSERT INTO file_owners (caller, address, sha256)
            SELECT 'user:' || work.user_id, 'user:' || work.user_id, read.sha256
            FROM hub_files read JOIN hub_artifacts work ON work.id = read.artifact_id
            WHERE work.user_id IS NOT NULL
            UNION
            SELECT owner_key, owner_key, unnest(file_sha256s) FROM hub_drafts WHERE owner_key LIKE 'user:%'
            """
        )
    )


def list_bundled(connection: Connection) -> Sequence[int]:
    """Return the published versions that import something, or have a library or a theme."""
    rows = connection.execute(
        text(
            """
            SELECT version.id FROM hub_artifact_versions version
            WHERE artefact_error IS NULL
              AND (num_nonnulls(library_version_id, theme_version_id) > 0 OR EXISTS (
                   SELECT FROM hub_imports import
                   WHERE import.artifact_id = version.artifact_id AND import.version = version.version))
            ORDER BY id
            """
        )
    )
    return rows.scalars().all()


class Part(NamedTuple):
    """What runs in a version's scope: its library, its theme, or itself."""

    path: str
    content: str
    files: dict[str, str]
    imports: list[str]


def parts_of(connection: Connection, version_id: int) -> list[Part]:
    """Return what runs in a version's scope, in order."""
    rows = connection.execute(
        text(
            """
            SELECT '/' || work.kind || '/' || work.name || '/' || part.version, part.content, part.files,
                   ARRAY(SELECT path FROM hub_imports import
                         WHERE import.artifact_id = part.artifact_id AND import.version = part.version)
            FROM hub_artifact_versions version
            CROSS JOIN LATERAL unnest(ARRAY[version.library_version_id, version.theme_version_id, version.id])
                WITH ORDINALITY named(id, place)
            JOIN hub_artifact_versions part ON part.id = named.id
            JOIN hub_artifacts work ON work.id = part.artifact_id
            WHERE version.id = :id
            ORDER BY place
            """
        ),
        {"id": version_id},
    )
    return [Part(*row) for row in rows]


def set_bundle(connection: Connection, version_id: int, bundle: Mapping[str, Any]) -> None:
    """Store what a version imports."""
    connection.execute(
        text("UPDATE hub_artifact_versions SET bundle = :bundle WHERE id = :id"),
        {"id": version_id, "bundle": Jsonb(bundle)},
    )


def set_error(connection: Connection, version_id: int, error: Mapping[str, Any]) -> str:
    """Note why a version will have no artefact, where it wants one; return how people call it."""
    label = connection.execute(
        text(
            """
            UPDATE hub_artifact_versions version
            SET artefact_error = CASE WHEN wants_artefact THEN CAST(:error AS jsonb) END
            FROM hub_artifacts work
            WHERE version.id = :id AND work.id = version.artifact_id
            RETURNING work.kind || '/' || work.name || '/' || version.version
            """
        ),
        {"id": version_id, "error": Jsonb(error)},
    ).scalar_one()
    return str(label)


def counts(connection: Connection) -> dict[str, int]:
    """Return how many rows there are now in the place of each of the predecessor's tables."""
    return {table: connection.execute(text(query)).scalar_one() for table, query in _COUNTED.items()}


def sums(connection: Connection) -> dict[str, int]:
    """Return the sums of votes and views that works say they have."""
    row = connection.execute(
        text("SELECT coalesce(sum(votes), 0)::bigint, coalesce(sum(views), 0)::bigint FROM hub_artifacts")
    ).one()
    return {"votes": row[0], "views": row[1]}


def inconsistent_works(connection: Connection) -> Sequence[int]:
    """Return works whose names or numbers do not fit together: there must be none."""
    rows = connection.execute(
        text(
            """
            SELECT work.id FROM hub_artifacts work
            LEFT JOIN hub_artifact_names named
                   ON (named.kind, named.name, named.artifact_id) = (work.kind, work.name, work.id)
            LEFT JOIN (
                SELECT artifact_id, count(*) AS rows, max(version) AS latest FROM hub_artifact_versions
                GROUP BY artifact_id) versions ON versions.artifact_id = work.id
            WHERE named.artifact_id IS NULL
               OR coalesce(versions.rows, 0) <> work.latest_version OR coalesce(versions.latest, 0) <> work.latest_version
            """
        )
    )
    return rows.scalars().all()
