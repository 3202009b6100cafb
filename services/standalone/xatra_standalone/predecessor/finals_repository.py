"""All SQL on what was worked out for every work, as it is to be stored."""

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any, Final

_SCHEMA: Final = """
    CREATE TABLE scratch.finals (
        id INTEGER PRIMARY KEY, work_id INTEGER, version INTEGER, content TEXT, files TEXT, content_hash TEXT, error TEXT);
    CREATE UNIQUE INDEX scratch.finals_text ON finals (work_id, version);
    CREATE TABLE scratch.imports (
        work_id INTEGER, version INTEGER, path TEXT, imported_id INTEGER, imported_version INTEGER);
    CREATE INDEX scratch.imports_text ON imports (work_id, version);
"""


class Finals:
    """What works will say, and import, in the scratch database.

    A `CROSS JOIN` keeps SQLite from looking for the rows in another order than that in which they are written.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.executescript(_SCHEMA)

    def add(self, work_id: int, version: int, content: str, files: str, content_hash: str, error: str) -> None:
        """Add what a work will say."""
        self._connection.execute(
            "INSERT INTO scratch.finals (work_id, version, content, files, content_hash, error) VALUES (?, ?, ?, ?, ?, ?)",
            (work_id, version, content, files, content_hash, error),
        )

    def add_import(self, work_id: int, version: int, path: str, imported_id: int, imported_version: int | None) -> None:
        """Add what a work will import."""
        self._connection.execute(
            "INSERT INTO scratch.imports VALUES (?, ?, ?, ?, ?)",
            (work_id, version, path, imported_id, imported_version),
        )

    def works(self) -> Iterator[Mapping[str, Any]]:
        """Return the works with their alphas, and the number and date of their latest versions."""
        found = self._connection.execute(
            """
            SELECT work.*, final.content, final.files, final.content_hash, alpha.metadata AS alpha_metadata,
                   (SELECT max(version) FROM scratch.texts WHERE work_id = work.id) AS latest_version,
                   (SELECT created_at FROM scratch.texts WHERE work_id = work.id AND version > 0
                    ORDER BY version DESC LIMIT 1) AS published_at
            FROM scratch.works work
            CROSS JOIN scratch.finals final ON final.work_id = work.id AND final.version = 0
            CROSS JOIN scratch.texts alpha ON alpha.work_id = work.id AND alpha.version = 0
            ORDER BY work.id
            """
        )
        for row in found:
            yield dict(row)

    def versions(self) -> Iterator[Mapping[str, Any]]:
        """Return the published versions, and the numbers of the rows of their libraries and themes."""
        found = self._connection.execute(
            """
            SELECT final.id, final.work_id, final.version, final.content, final.files, final.content_hash, final.error,
                   text.kind, text.metadata, text.created_at, text.raw_sha256, work.name,
                   library.id AS library_version_id, theme.id AS theme_version_id
            FROM scratch.finals final
            CROSS JOIN scratch.texts text ON text.work_id = final.work_id AND text.version = final.version
            CROSS JOIN scratch.works work ON work.id = final.work_id
            LEFT JOIN scratch.finals library
                   ON library.work_id = text.library_work AND library.version = text.library_version
            LEFT JOIN scratch.finals theme ON theme.work_id = text.theme_work AND theme.version = text.theme_version
            WHERE final.version > 0
            ORDER BY final.id
            """
        )
        for row in found:
            yield dict(row)

    def imports(self) -> Iterator[tuple[Any, ...]]:
        """Return the imports: work, version, path, imported work and version."""
        yield from map(tuple, self._connection.execute("SELECT * FROM scratch.imports"))

    def files(self) -> Iterator[tuple[Any, ...]]:
        """Return the files that works read: work, version, and JSON of name -> sha256."""
        found = self._connection.execute("SELECT work_id, version, files FROM scratch.texts WHERE files <> '{}'")
        yield from map(tuple, found)
