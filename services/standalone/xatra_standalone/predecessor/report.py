"""Tells what became of every row: for people as text, for programs as JSON."""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from xatra_standalone.predecessor.ledger import TABLES, Ledger
from xatra_standalone.predecessor.moving import Move
from xatra_standalone.predecessor.rules import Outcome, Rule

_EXAMPLES = 3


def as_text(ledger: Ledger) -> Iterator[str]:
    """Yield the lines of the report: each table's rows, and each rule that was applied, with examples."""
    yield f"{'':24}{'there':>10}{'refused':>10}{'added':>10}{'move':>10}{'mended':>10}"
    for table in TABLES:
        count = ledger.count(table)
        numbers = (count.before, count.refused, count.added, count.after, count.mended)
        yield f"{table:24}" + "".join(f"{number:>10,}" for number in numbers)
    for outcome in Outcome:
        lines = [line for table in TABLES for line in _rules(ledger, table, outcome)]
        if lines:
            yield ""
            yield outcome.value.capitalize()
            yield from lines


def write_json(path: Path, move: Move, facts: dict[str, Any]) -> None:
    """Write the report with every row that a rule was applied to, and the hashes of every version.

    Args:
        path: Where to; what is there is replaced when all is written.
        move: What was worked out.
        facts: What there is to say of the whole.

    Raises:
        OSError: It cannot be written.
    """
    ledger = move.ledger
    head = {
        **facts,
        "tables": {table: {**ledger.count(table)._asdict(), "after": ledger.count(table).after} for table in TABLES},
        "rules": [
            {"table": table, "rule": rule, "outcome": rule.outcome, "sentence": rule.sentence, "count": count}
            for table in TABLES
            for rule, count in ledger.rules(table)
        ],
    }
    partial = path.with_name(f"{path.name}.partial")
    with partial.open("w", encoding="utf-8") as file:
        file.write(json.dumps(head, indent=2)[:-2])
        _write_list(file, "rows", (applied._asdict() for table in TABLES for applied in ledger.applied(table)))
        _write_list(file, "versions", _versions(move))
        file.write("\n}\n")
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def _rules(ledger: Ledger, table: str, outcome: Outcome) -> Iterator[str]:
    for rule, count in ledger.rules(table):
        if rule.outcome is outcome:
            yield f"  {table}: {count:,} × {rule.sentence} ({rule.value})"  # noqa: RUF001 - times
            yield from (f"      {line}" for line in _examples(ledger, table, rule, count))


def _examples(ledger: Ledger, table: str, rule: Rule, count: int) -> Iterator[str]:
    for applied in ledger.applied(table, rule, _EXAMPLES):
        yield f"{applied.row}: {applied.detail}" if applied.detail else applied.row
    if count > _EXAMPLES:
        yield f"and {count - _EXAMPLES:,} more"


def _versions(move: Move) -> Iterator[dict[str, Any]]:
    for row in move.finals.versions():
        yield {
            "work": f"{row['kind']}/{row['name']}",
            "version": row["version"],
            "sha256_before": row["raw_sha256"] or None,
            "content_hash_after": row["content_hash"],
        }


def _write_list(file: TextIO, name: str, items: Iterable[dict[str, Any]]) -> None:
    file.write(f',\n  "{name}": [')
    separator = "\n"
    for item in items:
        file.write(f"{separator}    {json.dumps(item)}")
        separator = ",\n"
    file.write("\n  ]")
