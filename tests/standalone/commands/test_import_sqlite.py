"""`xatra-web import-sqlite`, as an operator calls it."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from tests.standalone.commands.conftest import CommandLine
from tests.standalone.predecessor.predecessor import INDIA, Predecessor, map_json

from xatra_shared.database.grants import OWNER
from xatra_standalone.embedded.postgres import Postgres


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a small database of the predecessor's."""
    old = Predecessor(tmp_path / "xatra_hub.db")
    author = old.user("asha")
    old.user("anonymous", password_hash=None)
    work = old.published(author, "map", "realm", map_json(elements=[INDIA]))
    old.vote(work, author)
    return old.close()


@pytest.fixture
def environment(postgres: Postgres, database_urls: dict[str, str], store_url: str) -> dict[str, str]:
    """Return the environment that names an empty hub."""
    return {"DATABASE_URL": postgres.url(OWNER, "test", "xatra"), "ARTEFACT_STORE_URL": store_url}


def _works(owner: Engine) -> int:
    with owner.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM hub_artifacts")).scalar_one())


def test_a_check_changes_nothing_and_needs_no_database(
    xatra_web: CommandLine, file: Path, owner: Engine, database_urls: object
):
    result = xatra_web.run("import-sqlite", "--check", file)

    assert result.returncode == 0
    assert "Nothing was changed: this was a check." in result.stdout
    assert _works(owner) == 0


def test_it_moves_in_and_then_says_that_it_is_there(
    xatra_web: CommandLine, file: Path, owner: Engine, environment: dict[str, str]
):
    first = xatra_web.run("import-sqlite", file, environment=environment)
    second = xatra_web.run("import-sqlite", file, environment=environment)

    assert (first.returncode, second.returncode) == (0, 0)
    assert "All of it is there now." in first.stdout
    assert second.stdout == "This file has moved in already: nothing was changed.\n"
    assert _works(owner) == 1


def test_the_report_tells_of_every_table_rule_and_version(
    xatra_web: CommandLine, file: Path, environment: dict[str, str], tmp_path: Path
):
    path = tmp_path / "report.json"
    xatra_web.run("import-sqlite", file, "--report", path, environment=environment)

    report = json.loads(path.read_text())
    assert report["moved"] is True
    assert report["tables"]["hub_users"] == {"before": 2, "refused": 1, "added": 0, "mended": 0, "after": 1}
    assert {"table": "hub_users", "row": "anonymous", "rule": "stand-in", "detail": ""} in report["rows"]
    (version,) = report["versions"]
    assert (version["work"], version["version"]) == ("map/realm", 1)
    assert len(version["sha256_before"]) == len(version["content_hash_after"]) == 64
    assert all(rule["sentence"] for rule in report["rules"])


def test_a_hub_with_accounts_is_refused_before_any_work(
    xatra_web: CommandLine, file: Path, owner: Engine, environment: dict[str, str]
):
    with owner.begin() as connection:
        connection.execute(text("INSERT INTO hub_users (username) VALUES ('first')"))

    result = xatra_web.run("import-sqlite", file, environment=environment)

    assert result.returncode == 1
    assert "The hub has to be empty" in result.stderr


def test_an_older_schema_is_refused(xatra_web: CommandLine, file: Path, environment: dict[str, str]):
    url = environment["DATABASE_URL"].replace("/xatra?", "/postgres?")
    engine = create_engine(url)
    engine.dispose()

    result = xatra_web.run("import-sqlite", file, environment={**environment, "DATABASE_URL": url})

    assert result.returncode == 1
    assert "run `migrate` first" in result.stderr


def test_a_file_that_is_something_else_is_refused(xatra_web: CommandLine, tmp_path: Path):
    path = tmp_path / "notes.txt"
    path.write_text("Nothing of the kind.")

    result = xatra_web.run("import-sqlite", "--check", path)

    assert result.returncode == 1
    assert "cannot be read as a SQLite database" in result.stderr


def test_a_database_that_does_not_answer_is_told(xatra_web: CommandLine, file: Path):
    environment = {"DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:1/none"}

    assert xatra_web.run("import-sqlite", file, environment=environment).returncode == 2


def test_without_a_database_and_without_a_service_it_says_what_to_do(
    xatra_web: CommandLine, file: Path, tmp_path: Path
):
    result = xatra_web.run("import-sqlite", file, environment={"XATRA_HOME": str(tmp_path / "none")})

    assert result.returncode == 1
    assert "make demo" in result.stderr
