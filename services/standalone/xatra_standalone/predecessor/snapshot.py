"""A copy of the predecessor's file, which nobody writes to while it is read, with room for what is worked out of it."""

import hashlib
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_PAGES_A_STEP: Final = 10_000
_NEEDED: Final = frozenset({"hub_users", "hub_artifacts", "hub_artifact_versions"})


class NotThePredecessorsError(Exception):
    """The file is no database, is damaged, or is another program's; the text says which."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The copy.

    Attributes:
        digest: SHA-256 of the copy, which is the same as long as the file says the same.
        connection: The copy itself, to be read by column names; `scratch` is a database beside it.
    """

    digest: str
    connection: sqlite3.Connection

    def tables(self) -> set[str]:
        """Return the names of the predecessor's tables that are there."""
        rows = self.connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")
        return {row["name"] for row in rows}


@contextmanager
def snapshot(path: Path) -> Iterator[Snapshot]:
    """Copy the file, which is only read, to a temporary place, and open the copy until the end of the block.

    SQLite's own backup also takes what is still in a write-ahead log beside the file.

    Raises:
        NotThePredecessorsError: The file is not what it should be.
        OSError: There is no such file.
    """
    path.stat()
    with tempfile.TemporaryDirectory(prefix="xatra-moving-in-") as directory:
        copy = Path(directory, "copy.db")
        try:
            _back_up(path, copy)
        except sqlite3.DatabaseError as error:
            raise NotThePredecessorsError(f"{path} cannot be read as a SQLite database: {error}.") from error
        with closing(_open(copy, Path(directory, "scratch.db"))) as connection:
            opened = Snapshot(_digest(copy), connection)
            missing = _NEEDED - opened.tables()
            if missing:
                raise NotThePredecessorsError(
                    f"{path} is not the predecessor's database: it has no {', '.join(sorted(missing))}."
                )
            yield opened


def _back_up(path: Path, copy: Path) -> None:
    source_url = f"{path.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(source_url, uri=True)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target, pages=_PAGES_A_STEP)
        state = target.execute("PRAGMA quick_check(1)").fetchone()[0]
    if state != "ok":
        raise NotThePredecessorsError(f"{path} is damaged: {state}.")


def _open(copy: Path, scratch: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(copy, isolation_level=None)
    connection.row_factory = sqlite3.Row
    # What is no UTF-8 becomes lone surrogates, which are mended, and counted, with those that JSON brings.
    connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    connection.execute("ATTACH ? AS scratch", (str(scratch),))
    connection.execute("PRAGMA scratch.journal_mode = OFF")
    connection.execute("PRAGMA scratch.synchronous = OFF")
    return connection


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
