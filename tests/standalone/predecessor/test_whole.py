"""A whole database moves in."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.standalone.predecessor.conftest import Hub
from tests.standalone.predecessor.predecessor import HASH, Predecessor, fill

from xatra_auth.accounts.passwords import matches_predecessors_hash, predecessors_hash
from xatra_standalone.predecessor.snapshot import NotThePredecessorsError, snapshot
from xatra_standalone.predecessor.writing import NotEmptyError

type Ask = Callable[[Path, str], list[tuple[Any, ...]]]


@pytest.fixture
def filled(old: Predecessor) -> Path:
    """Return a database with three hundred works."""
    fill(old, 300)
    return old.close()


def test_every_row_of_every_table_is_accounted_for(filled: Path, hub: Hub, ask: Ask):
    hub.move_in(filled)

    for table in ("hub_users", "hub_artifacts", "hub_artifact_versions", "hub_votes", "hub_map_views"):
        refused = sum(applied.table == table and applied.rule.outcome == "refused" for applied in hub.applied)
        added = sum(applied.table == table and applied.rule.outcome == "added" for applied in hub.applied)
        ((before,),) = ask(filled, f"SELECT count(*) FROM {table}")
        assert hub.one(f"SELECT count(*) FROM {table}") == before - refused + added


def test_works_keep_numbers_authors_dates_votes_and_views(filled: Path, hub: Hub, ask: Ask):
    hub.move_in(filled)

    before = ask(
        filled,
        """
        SELECT a.id, a.kind, u.username, datetime(a.created_at),
               (SELECT count(*) FROM hub_votes v JOIN hub_users w ON w.id = v.user_id
                WHERE v.artifact_id = a.id AND w.username <> 'anonymous'),
               (SELECT count(*) FROM hub_map_views v WHERE v.artifact_id = a.id), a.featured
        FROM hub_artifacts a JOIN hub_users u ON u.id = a.user_id WHERE u.username <> 'Asha' ORDER BY a.id
        """,
    )
    after = hub.all(
        """
        SELECT a.id, a.kind, u.username, to_char(a.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'),
               a.votes, a.views, a.featured::int
        FROM hub_artifacts a JOIN hub_users u ON u.id = a.user_id
        WHERE a.id <= (SELECT max(id) FROM hub_artifacts WHERE a.votes >= 0) ORDER BY a.id
        """
    )
    assert after[: len(before)] == before


def test_versions_keep_their_numbers_and_dates(filled: Path, hub: Hub, ask: Ask):
    hub.move_in(filled)

    before = ask(
        filled, "SELECT artifact_id, version, datetime(created_at) FROM hub_artifact_versions WHERE version > 0"
    )
    after = hub.all(
        """
        SELECT artifact_id, version, to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')
        FROM hub_artifact_versions
        """
    )
    assert set(before) <= set(after)


def test_numbers_have_no_gaps(filled: Path, hub: Hub):
    hub.move_in(filled)

    assert hub.all("SELECT artifact_id FROM hub_artifact_versions GROUP BY 1 HAVING count(*) <> max(version)") == []


def test_the_same_file_again_changes_nothing(filled: Path, hub: Hub):
    hub.move_in(filled)
    before = hub.all("SELECT id, alpha_hash, updated_at, xmin::text FROM hub_artifacts ORDER BY id")

    assert not hub.move_in(filled)
    assert hub.all("SELECT id, alpha_hash, updated_at, xmin::text FROM hub_artifacts ORDER BY id") == before


def test_another_file_does_not_move_into_a_hub_that_has_one(filled: Path, hub: Hub, tmp_path: Path):
    hub.move_in(filled)
    other = Predecessor(tmp_path / "other.db")
    other.user("somebody")
    path = other.close()

    with pytest.raises(NotEmptyError):
        hub.move_in(path)


def test_nothing_moves_into_a_hub_with_accounts(old: Predecessor, hub: Hub):
    with hub.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO hub_users (username) VALUES ('first')")
    old.user("asha")
    path = old.close()

    with pytest.raises(NotEmptyError, match="hub_users"):
        hub.move_in(path)


def test_new_rows_get_numbers_that_nothing_had(filled: Path, hub: Hub):
    hub.move_in(filled)

    with hub.engine.begin() as connection:
        added = connection.exec_driver_sql("INSERT INTO hub_users (username) VALUES ('new') RETURNING id").scalar_one()
    assert added == hub.one("SELECT max(id) FROM hub_users")


def test_old_passwords_are_still_good(old: Predecessor, moved: Callable[[], Hub]):
    old.user("asha", password_hash=predecessors_hash("correct horse", "0f" * 16))

    kept = moved().one("SELECT password_hash FROM auth_credentials")

    assert matches_predecessors_hash("correct horse", kept)


def test_what_is_still_in_the_write_ahead_log_moves_too(old: Predecessor, hub: Hub):
    old.close()
    with closing(sqlite3.connect(old.path, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("PRAGMA wal_autocheckpoint = 0")
        writer.execute(
            "INSERT INTO hub_users (username, password_hash, created_at) VALUES ('late', ?, '2025-01-01')", (HASH,)
        )
        assert old.path.with_name("xatra_hub.db-wal").stat().st_size > 0

        hub.move_in(old.path)

    assert hub.one("SELECT username FROM hub_users") == "late"


def test_the_file_itself_is_not_touched(filled: Path, hub: Hub):
    before = filled.read_bytes()
    filled.chmod(0o444)

    hub.move_in(filled)

    assert filled.read_bytes() == before


def test_tables_of_other_order_and_without_later_columns_are_read_by_name(tmp_path: Path, hub: Hub):
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            """
            CREATE TABLE hub_users (created_at TEXT, username TEXT, id INTEGER PRIMARY KEY);
            CREATE TABLE hub_artifacts (name TEXT, kind TEXT, user_id INTEGER, updated_at TEXT, created_at TEXT,
                alpha_content TEXT, alpha_metadata TEXT, id INTEGER PRIMARY KEY);
            CREATE TABLE hub_artifact_versions (content TEXT, version INTEGER, artifact_id INTEGER, created_at TEXT);
            INSERT INTO hub_users VALUES ('2024-01-01', 'asha', 7);
            INSERT INTO hub_artifacts VALUES ('realm', 'map', 7, '2024-01-03', '2024-01-02', '', '{}', 3);
            """
        )
    hub.move_in(path)

    assert hub.all("SELECT id, user_id, kind, name FROM hub_artifacts") == [(3, 7, "map", "realm")]


def test_another_programs_database_is_refused(tmp_path: Path):
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")

    with pytest.raises(NotThePredecessorsError, match="hub_artifacts"), snapshot(path):
        pass


def test_what_is_no_database_is_refused(tmp_path: Path):
    path = tmp_path / "notes.txt"
    path.write_text("Not a database, whatever its name says." * 100)

    with pytest.raises(NotThePredecessorsError), snapshot(path):
        pass


def test_sums_are_those_of_the_file(filled: Path, hub: Hub, ask: Ask):
    hub.move_in(filled)

    ((votes, views),) = ask(
        filled,
        """
        SELECT (SELECT count(*) FROM hub_votes v JOIN hub_users u ON u.id = v.user_id WHERE username <> 'anonymous'),
               (SELECT count(*) FROM hub_map_views)
        """,
    )
    assert hub.one("SELECT sum(votes)::int, sum(views)::int FROM hub_artifacts") == (votes, views)


def test_rules_name_rows_that_people_know(filled: Path, hub: Hub):
    hub.move_in(filled)

    assert hub.rules("Asha") == {"Asha user-name": "user-name"}
    assert json.dumps([applied._asdict() for applied in hub.applied])
