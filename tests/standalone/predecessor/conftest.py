"""The predecessor's databases, and what moving them in makes of them."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from tests.standalone.predecessor.predecessor import Predecessor

from xatra_shared.artifacts.store import ArtefactStore, open_store
from xatra_standalone.predecessor.ledger import TABLES, Applied
from xatra_standalone.predecessor.moving import Move
from xatra_standalone.predecessor.rules import Rule
from xatra_standalone.predecessor.snapshot import snapshot
from xatra_standalone.predecessor.writing import write


@dataclass
class Hub:
    """The hub after something moved in.

    Attributes:
        engine: Its database, as the owner of the schema sees it.
        store: Its files.
        applied: The rules that were applied.
    """

    engine: Engine
    store: ArtefactStore
    applied: list[Applied] = field(default_factory=list)

    def move_in(self, path: Path) -> bool:
        """Move a file in; tell whether anything was written."""
        with snapshot(path) as copied:
            move = Move(copied)
            was_written = write(self.engine, move, copied.digest, self.store)
            self.applied = [applied for table in TABLES for applied in move.ledger.applied(table)]
        return was_written

    def rules(self, row: str | None = None) -> dict[str, Rule]:
        """Return which rules were applied to which rows, or to one of them."""
        return {f"{applied.row} {applied.rule}": applied.rule for applied in self.applied if row in (None, applied.row)}

    def was(self, row: str, rule: Rule) -> bool:
        """Tell whether a rule was applied to a row."""
        return any(applied.row == row and applied.rule is rule for applied in self.applied)

    def all(self, query: str, **values: object) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query), values)]

    def one(self, query: str, **values: object) -> Any:  # noqa: ANN401 - whatever the query asks for
        """Return the only value of a query."""
        (row,) = self.all(query, **values)
        return row[0] if len(row) == 1 else row

    def alpha(self, kind: str, name: str) -> str:
        """Return the source of a work's alpha."""
        return self.one(
            "SELECT alpha_content FROM hub_artifacts WHERE kind = :kind AND name = :name", kind=kind, name=name
        )

    def version(self, kind: str, name: str, number: int) -> str:
        """Return the source of a published version."""
        return self.one(
            """
            SELECT content FROM hub_artifact_versions v JOIN hub_artifacts a ON a.id = v.artifact_id
            WHERE kind = :kind AND name = :name AND version = :number
            """,
            kind=kind,
            name=name,
            number=number,
        )


@pytest.fixture
def old(tmp_path: Path) -> Predecessor:
    """Return an empty database of the predecessor's."""
    return Predecessor(tmp_path / "xatra_hub.db")


@pytest.fixture
def hub(database_urls: dict[str, str], owner: Engine, store_url: str) -> Hub:
    """Return an empty hub."""
    return Hub(owner, open_store(store_url))


@pytest.fixture
def moved(old: Predecessor, hub: Hub) -> Callable[[], Hub]:
    """Return what moves the database in, as it is by then."""

    def move_in() -> Hub:
        assert hub.move_in(old.close())
        return hub

    return move_in


@pytest.fixture
def ask() -> Callable[[Path, str], list[tuple[Any, ...]]]:
    """Return what asks the predecessor's file itself."""

    def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(path)) as connection:
            return connection.execute(query).fetchall()

    return rows
