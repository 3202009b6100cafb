"""Keeps account of every row: which there were, and what rules did to them."""

import sqlite3
from collections.abc import Iterator
from typing import Final, NamedTuple

from xatra_standalone.predecessor.rules import Outcome, Rule

TABLES: Final = (
    "hub_users",
    "hub_artifacts",
    "hub_artifact_versions",
    "hub_votes",
    "hub_map_views",
    "hub_drafts",
    "hub_sessions",
)
"""The predecessor's, in the order in which they move."""


class Applied(NamedTuple):
    """A rule that was applied to a row."""

    table: str
    row: str
    rule: Rule
    detail: str


class Count(NamedTuple):
    """The rows of a table: as many as there were, those left behind, those added, and those that must be there now."""

    before: int
    refused: int
    added: int
    mended: int

    @property
    def after(self) -> int:
        """How many there have to be."""
        return self.before - self.refused + self.added


class Ledger:
    """The account, in the scratch database beside the copy."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._before = dict.fromkeys(TABLES, 0)
        connection.execute("CREATE TABLE scratch.notes (tab TEXT, row TEXT, rule TEXT, outcome TEXT, detail TEXT)")

    def seen(self, table: str) -> None:
        """Count a row of the predecessor's."""
        self._before[table] += 1

    def note(self, table: str, row: object, rule: Rule, detail: str = "") -> None:
        """Note that a rule was applied to a row.

        Args:
            table: Of the row.
            row: By which people know it: a name, or `kind/name`, or a number.
            rule: The rule.
            detail: What is particular about it.
        """
        self._connection.execute(
            "INSERT INTO scratch.notes VALUES (?, ?, ?, ?, ?)",
            (table, _harmless(str(row)), rule.value, rule.outcome.value, _harmless(detail)),
        )

    def count(self, table: str) -> Count:
        """Return how many rows of a table there were, and what became of them."""
        found = self._connection.execute(
            "SELECT outcome, count(*), count(DISTINCT row) FROM scratch.notes WHERE tab = ? GROUP BY outcome", (table,)
        )
        outcomes = {Outcome(outcome): (notes, rows) for outcome, notes, rows in found}
        refused, added = (outcomes.get(outcome, (0, 0))[0] for outcome in (Outcome.REFUSED, Outcome.ADDED))
        return Count(self._before[table], refused, added, outcomes.get(Outcome.MENDED, (0, 0))[1])

    def applied(self, table: str, rule: Rule | None = None, limit: int = -1) -> Iterator[Applied]:
        """Return what was applied to rows of a table, in the order of the file."""
        found = self._connection.execute(
            "SELECT tab, row, rule, detail FROM scratch.notes WHERE tab = ? AND rule = coalesce(?, rule) LIMIT ?",
            (table, rule and rule.value, limit),
        )
        for tab, row, name, detail in found:
            yield Applied(tab, row, Rule(name), detail)  # type: ignore[call-arg] # looked up by its value

    def rules(self, table: str) -> list[tuple[Rule, int]]:
        """Return the rules that were applied to rows of a table, and how often."""
        found = self._connection.execute(
            "SELECT rule, count(*) FROM scratch.notes WHERE tab = ? GROUP BY rule ORDER BY min(rowid)", (table,)
        )
        return [(Rule(name), count) for name, count in found]  # type: ignore[call-arg] # looked up by its value


def _harmless(text: str) -> str:
    """Return a text that a report can show, whatever was in the file."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text[:300])
