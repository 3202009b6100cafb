"""All SQL on the copy of the predecessor's file, and on the scratch database in which it is worked out."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

_WORK_COLUMNS: Final = (
    *("id", "kind", "name", "user_id", "created_at", "updated_at", "disassociated_at", "featured", "description"),
    *("display_type", "metadata", "forked_from", "forked_from_id", "library_id", "theme_id"),
)
_TEXT_COLUMNS: Final = (
    *("work_id", "version", "kind", "program", "library", "theme", "files", "metadata", "raw_sha256", "created_at"),
    *("library_work", "library_version", "theme_work", "theme_version", "fault"),
)
_SCHEMA: Final = f"""
    CREATE TABLE scratch.users (
        id INTEGER PRIMARY KEY, username TEXT UNIQUE, full_name TEXT, bio TEXT, password_hash TEXT,
        is_trusted INTEGER, is_admin INTEGER, created_at TEXT);
    CREATE TABLE scratch.works (
        id INTEGER PRIMARY KEY, kind TEXT, name TEXT, user_id INTEGER, {", ".join(_WORK_COLUMNS[4:])});
    CREATE UNIQUE INDEX scratch.works_name ON works (kind, name);
    CREATE TABLE scratch.texts (
        work_id INTEGER, version INTEGER, {", ".join(_TEXT_COLUMNS[2:])}, PRIMARY KEY (work_id, version)) WITHOUT ROWID;
    CREATE TABLE scratch.files (sha256 TEXT PRIMARY KEY, media_type TEXT, content BLOB);
    CREATE TABLE scratch.wanted (work_id INTEGER PRIMARY KEY, version INTEGER);
"""


@dataclass(slots=True)
class Work:
    """A work as it moves; dates are texts of ISO 8601."""

    id: int
    kind: str
    name: str
    user_id: int | None
    created_at: str
    updated_at: str
    disassociated_at: str | None = None
    featured: int = 0
    description: str = ""
    display_type: str = ""
    metadata: str = "{}"
    forked_from: str = ""  # as the predecessor names it
    forked_from_id: int | None = None
    library_id: int | None = None
    theme_id: int | None = None

    @property
    def label(self) -> str:
        """How people call it."""
        return f"{self.kind}/{self.name}"


@dataclass(slots=True)
class Text:
    """What a work says, as its alpha (version 0) or in a published version."""

    work_id: int
    version: int
    kind: str
    program: str
    library: str = ""
    theme: str = ""
    files: str = "{}"  # name -> sha256
    metadata: str = "{}"
    raw_sha256: str = ""  # of what the predecessor kept; nothing: it kept nothing
    created_at: str = ""
    library_work: int | None = None
    library_version: int | None = None
    theme_work: int | None = None
    theme_version: int | None = None
    fault: str = ""  # why it will not render

    @property
    def own_files(self) -> dict[str, str]:
        """The files that it reads."""
        read: dict[str, str] = json.loads(self.files)
        return read


@dataclass(slots=True)
class Repository:
    """The copy and its scratch database."""

    connection: sqlite3.Connection
    tables: set[str] = field(default_factory=set)

    def prepare(self) -> None:
        """Make the scratch tables."""
        self.connection.executescript(_SCHEMA)

    def begin(self) -> None:
        """Keep what follows in memory until `commit`."""
        self.connection.execute("BEGIN")

    def commit(self) -> None:
        """Write down what was worked out since `begin`."""
        self.connection.execute("COMMIT")

    # --- the predecessor's ---

    def rows(self, table: str, order: str = "rowid") -> Iterator[Mapping[str, Any]]:
        """Return the rows of one of the predecessor's tables; none where it has no such table."""
        if table in self.tables:
            for row in self.connection.execute(f"SELECT * FROM main.{table} ORDER BY {order}"):
                yield dict(row)

    def versions_of(self, work_id: int) -> Iterator[Mapping[str, Any]]:
        """Return the published versions of a work, by their numbers."""
        found = self.connection.execute(
            "SELECT * FROM main.hub_artifact_versions WHERE artifact_id = ? ORDER BY version, rowid", (work_id,)
        )
        for row in found:
            yield dict(row)

    def orphaned_versions(self) -> Iterator[Mapping[str, Any]]:
        """Return versions of works that do not move."""
        found = self.connection.execute(
            """
            SELECT * FROM main.hub_artifact_versions
            WHERE artifact_id NOT IN (SELECT id FROM scratch.works) OR artifact_id IS NULL
            """
        )
        for row in found:
            yield dict(row)

    def equal_named(self, kind: str, name: str, version: int) -> str:
        """Return the content of a work by its old name: of a version, or of the alpha where there is none such."""
        found = self.connection.execute(
            """
            SELECT coalesce(
                (SELECT content FROM main.hub_artifact_versions v WHERE v.artifact_id = a.id AND v.version = ?),
                a.alpha_content)
            FROM main.hub_artifacts a WHERE a.kind = ? AND a.name = ?
            """,
            (version, kind, name),
        ).fetchone()
        return str(found[0] or "") if found else ""

    # --- people ---

    def add_user(self, values: Mapping[str, Any]) -> None:
        """Add an account."""
        self._insert("users", values)

    def users(self) -> Iterator[Mapping[str, Any]]:
        """Return the accounts."""
        for row in self.connection.execute("SELECT * FROM scratch.users ORDER BY id"):
            yield dict(row)

    def has_user(self, user_id: object) -> bool:
        """Tell whether a number is that of an account."""
        return self._one("SELECT 1 FROM scratch.users WHERE id = ?", user_id) is not None

    def username(self, user_id: int) -> str | None:
        """Return the name of an account."""
        row = self._one("SELECT username FROM scratch.users WHERE id = ?", user_id)
        return row[0] if row else None

    # --- works ---

    def add_work(self, work: Work) -> None:
        """Add a work."""
        self._insert("works", _values(work, _WORK_COLUMNS))

    def works(self) -> Iterator[Work]:
        """Return the works: libraries and themes first, which maps need."""
        found = self.connection.execute("SELECT * FROM scratch.works ORDER BY kind = 'map', id")
        for row in found:
            yield Work(**dict(row))

    def work(self, work_id: int) -> Work | None:
        """Return a work by its number."""
        row = self._one("SELECT * FROM scratch.works WHERE id = ?", work_id)
        return Work(**dict(row)) if row else None

    def has_work(self, work_id: object) -> bool:
        """Tell whether a number is that of a work that moves."""
        return self._one("SELECT 1 FROM scratch.works WHERE id = ?", work_id) is not None

    def find(self, kind: str, name: str) -> Work | None:
        """Return a work by its name."""
        row = self._one("SELECT * FROM scratch.works WHERE kind = ? AND name = ?", kind, name)
        return Work(**dict(row)) if row else None

    def original(self, work_id: int) -> Mapping[str, Any]:
        """Return a work's row of the predecessor's."""
        return dict(self._one("SELECT * FROM main.hub_artifacts WHERE id = ?", work_id) or {})

    def change_work(self, work_id: int, **changes: object) -> None:
        """Change columns of a work."""
        assignments = ", ".join(f"{column} = ?" for column in changes)
        self.connection.execute(f"UPDATE scratch.works SET {assignments} WHERE id = ?", (*changes.values(), work_id))

    def next_work_id(self) -> int:
        """Return a number that no work has or had."""
        row = self._one(
            """
            SELECT max(coalesce((SELECT max(id) FROM scratch.works), 0),
                       coalesce((SELECT max(id) FROM main.hub_artifacts), 0)) + 1
            """
        )
        return int(row[0]) if row else 1

    # --- texts ---

    def put_text(self, text: Text) -> None:
        """Add what a work says, or say it anew."""
        values = _values(text, _TEXT_COLUMNS)
        self.connection.execute(
            f"INSERT OR REPLACE INTO scratch.texts VALUES ({', '.join('?' * len(values))})", tuple(values.values())
        )

    def text(self, work_id: int, version: int) -> Text | None:
        """Return what a work says."""
        row = self._one("SELECT * FROM scratch.texts WHERE work_id = ? AND version = ?", work_id, version)
        return Text(**dict(row)) if row else None

    def texts(self, work_id: int, first: int = 0) -> list[Text]:
        """Return all that a work says, the alpha first."""
        found = self.connection.execute(
            "SELECT * FROM scratch.texts WHERE work_id = ? AND version >= ? ORDER BY version", (work_id, first)
        )
        return [Text(**dict(row)) for row in found]

    def latest(self, work_id: int) -> Text | None:
        """Return the newest published version of a work."""
        row = self._one(
            "SELECT * FROM scratch.texts WHERE work_id = ? AND version > 0 ORDER BY version DESC LIMIT 1", work_id
        )
        return Text(**dict(row)) if row else None

    def has_version(self, work_id: int, version: int) -> bool:
        """Tell whether a work has a published version of this number."""
        return self._one("SELECT 1 FROM scratch.texts WHERE work_id = ? AND version = ?", work_id, version) is not None

    def version_saying(self, work_id: int, program: str) -> int | None:
        """Return the newest published version of a work that says exactly this."""
        row = self._one(
            "SELECT max(version) FROM scratch.texts WHERE work_id = ? AND version > 0 AND program = ?", work_id, program
        )
        return row[0] if row else None

    def want(self, work_id: int) -> None:
        """Note that others import a work's alpha."""
        self.connection.execute("INSERT OR IGNORE INTO scratch.wanted VALUES (?, NULL)", (work_id,))

    def satisfy(self, work_id: int, version: int) -> None:
        """Note which version says what the alpha says that others import."""
        self.connection.execute("UPDATE scratch.wanted SET version = ? WHERE work_id = ?", (version, work_id))

    def wanted_version(self, work_id: int) -> int | None:
        """Return the version which says what a work's alpha says that others import."""
        row = self._one("SELECT version FROM scratch.wanted WHERE work_id = ?", work_id)
        return row[0] if row else None

    def wanted(self) -> list[int]:
        """Return the works whose alphas others import."""
        return [row[0] for row in self.connection.execute("SELECT work_id FROM scratch.wanted ORDER BY work_id")]

    # --- files ---

    def add_file(self, sha256: str, media_type: str, content: bytes) -> None:
        """Add a file."""
        self.connection.execute("INSERT OR IGNORE INTO scratch.files VALUES (?, ?, ?)", (sha256, media_type, content))

    def files(self) -> Iterator[tuple[str, str, bytes]]:
        """Return the files: digest, media type and content."""
        yield from map(tuple, self.connection.execute("SELECT * FROM scratch.files"))

    def _insert(self, table: str, values: Mapping[str, Any]) -> None:
        marks = ", ".join("?" * len(values))
        self.connection.execute(
            f"INSERT INTO scratch.{table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values())
        )

    def _one(self, statement: str, *values: object) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self.connection.execute(statement, values).fetchone()
        return row


def _values(row: object, columns: tuple[str, ...]) -> dict[str, Any]:
    return {column: getattr(row, column) for column in columns}
