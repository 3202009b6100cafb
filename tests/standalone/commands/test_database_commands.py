"""`xatra-web roles` and `xatra-web migrate` on a database of their own."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, text
from tests.standalone.commands.conftest import CommandLine

from xatra_shared.database.grants import OWNER, login_of
from xatra_shared.database.migrate import head_revision
from xatra_shared.database.roles import LOGINS
from xatra_standalone.embedded.postgres import Postgres

FRESH = "fresh"


@dataclass
class Fresh:
    """A database that is not there yet, and what its commands need to know."""

    postgres: Postgres
    secrets: Path
    roles: dict[str, str] = field(init=False)
    migrate: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.roles = {"ADMIN_DATABASE_URL": self.postgres.admin_dsn}
        self.migrate = {"DATABASE_URL": self.postgres.url(OWNER, "test", FRESH)}

    def ask(self, login: str, statement: str) -> object:
        """Return the one value that a statement gives a login."""
        engine = create_engine(self.postgres.url(login, "test", FRESH))
        try:
            with engine.begin() as connection:
                result = connection.execute(text(statement))
                return result.scalar() if result.returns_rows else None
        finally:
            engine.dispose()


@pytest.fixture
def fresh(postgres: Postgres, tmp_path: Path) -> Iterator[Fresh]:
    """Name a database that is not there; remove it afterwards."""
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    for login in LOGINS:
        (secrets / login).write_text("test\n")
    yield Fresh(postgres, secrets)
    with psycopg.connect(postgres.admin_dsn, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {FRESH} WITH (FORCE)")


@pytest.fixture
def made(xatra_web: CommandLine, fresh: Fresh) -> Fresh:
    """Make the database and its roles."""
    ended = xatra_web.run("roles", "--database", FRESH, "--secrets", fresh.secrets, environment=fresh.roles)
    assert ended.returncode == 0, ended.stderr
    return fresh


def test_roles_and_migrate_make_a_database_that_services_use(xatra_web: CommandLine, made: Fresh) -> None:
    ended = xatra_web.run("migrate", "--json", environment=made.migrate)
    assert (ended.returncode, json.loads(ended.stdout)) == (0, {"before": None, "after": head_revision()})
    assert made.ask(login_of("xatra_api"), "SELECT count(*) FROM render_jobs") == 0


def test_both_run_again_change_nothing(xatra_web: CommandLine, made: Fresh) -> None:
    xatra_web.run("migrate", environment=made.migrate)
    made.ask(OWNER, "INSERT INTO files (sha256, media_type, size_bytes) VALUES (repeat('0', 64), 'text/csv', 1)")
    again = [
        xatra_web.run("roles", "--database", FRESH, "--secrets", made.secrets, environment=made.roles),
        xatra_web.run("migrate", "--json", environment=made.migrate),
    ]
    assert [ended.returncode for ended in again] == [0, 0]
    assert json.loads(again[1].stdout) == {"before": head_revision(), "after": head_revision()}
    assert made.ask(login_of("xatra_api"), "SELECT count(*) FROM files") == 1


def test_addresses_may_lie_in_files_and_name_the_driver(xatra_web: CommandLine, fresh: Fresh, tmp_path: Path) -> None:
    password = psycopg.conninfo.conninfo_to_dict(fresh.postgres.admin_dsn)["password"]
    admin = fresh.postgres.url("postgres", str(password), "postgres")
    (tmp_path / "admin").write_text(f"{admin}\n")
    (tmp_path / "owner").write_text(f"{fresh.migrate['DATABASE_URL']}\n")
    roles = ("roles", "--database", FRESH, "--secrets", fresh.secrets)
    assert xatra_web.run(*roles, environment={"ADMIN_DATABASE_URL_FILE": str(tmp_path / "admin")}).returncode == 0
    assert xatra_web.run("migrate", environment={"DATABASE_URL_FILE": str(tmp_path / "owner")}).returncode == 0


def test_a_dry_run_says_what_would_be_and_changes_nothing(xatra_web: CommandLine, made: Fresh) -> None:
    for _ in range(2):
        ended = xatra_web.run("migrate", "--dry-run", "--json", environment=made.migrate)
        assert (ended.returncode, json.loads(ended.stdout)) == (0, {"before": None, "after": head_revision()})
    xatra_web.run("migrate", environment=made.migrate)
    ended = xatra_web.run("migrate", "--dry-run", environment=made.migrate)
    assert ended.stdout == f"The schema is at {head_revision()}.\n"


def test_the_schema_of_a_later_release_stays_as_it_is(xatra_web: CommandLine, made: Fresh) -> None:
    xatra_web.run("migrate", environment=made.migrate)
    made.ask(OWNER, "UPDATE alembic_version SET version_num = 'later'")
    ended = xatra_web.run("migrate", environment=made.migrate)
    assert (ended.returncode, ended.stdout) == (0, "The schema is at later.\n")


def test_a_database_that_does_not_answer_is_exit_code_2(xatra_web: CommandLine, fresh: Fresh, tmp_path: Path) -> None:
    nowhere = f"postgresql://x:secret@/x?host={tmp_path}"
    for ended in (
        xatra_web.run("migrate", environment={"DATABASE_URL": nowhere.replace("postgresql", "postgresql+psycopg")}),
        xatra_web.run("roles", "--secrets", fresh.secrets, environment={"ADMIN_DATABASE_URL": nowhere}),
    ):
        assert (ended.returncode, ended.stdout) == (2, "")
        assert "connection" in ended.stderr
        assert "secret" not in ended.stderr


def test_a_role_that_may_not_is_exit_code_1(xatra_web: CommandLine, made: Fresh) -> None:
    url = made.postgres.url(login_of("xatra_api"), "test", FRESH)
    for ended in (
        xatra_web.run("migrate", environment={"DATABASE_URL": url}),
        xatra_web.run(
            "roles", "--database", "other", "--secrets", made.secrets, environment={"ADMIN_DATABASE_URL": url}
        ),
    ):
        assert ended.returncode == 1
        assert "permission denied" in ended.stderr


def test_an_address_that_is_missing_or_none_is_exit_code_64(
    xatra_web: CommandLine, fresh: Fresh, tmp_path: Path
) -> None:
    roles = ("roles", "--secrets", fresh.secrets)
    for ended, sentence in (
        (xatra_web.run("migrate"), "DATABASE_URL, or the file that DATABASE_URL_FILE names, must say"),
        (xatra_web.run(*roles), "ADMIN_DATABASE_URL, or the file that ADMIN_DATABASE_URL_FILE names, must say"),
        (xatra_web.run("migrate", environment={"DATABASE_URL_FILE": str(tmp_path / "none")}), "none cannot be read"),
        (xatra_web.run("migrate", environment={"DATABASE_URL": "a secret"}), "postgresql+psycopg://"),
        (xatra_web.run("migrate", environment={"DATABASE_URL": "mysql://a secret@h/d"}), "postgresql+psycopg://"),
        (
            xatra_web.run("migrate", environment={"DATABASE_URL": "postgresql://a:a secret@h:port/d"}),
            "postgresql+psycopg://",
        ),
        (xatra_web.run(*roles, environment={"ADMIN_DATABASE_URL": "a secret"}), "postgresql://"),
    ):
        assert (ended.returncode, ended.stdout) == (64, "")
        assert sentence in ended.stderr
        assert "a secret" not in ended.stderr


@pytest.mark.parametrize("content", [None, "", "\n"])
def test_a_password_that_is_missing_or_empty_is_exit_code_64(
    xatra_web: CommandLine, fresh: Fresh, content: str | None
) -> None:
    path = fresh.secrets / OWNER
    path.unlink() if content is None else path.write_text(content)
    ended = xatra_web.run("roles", "--database", FRESH, "--secrets", fresh.secrets, environment=fresh.roles)
    assert (ended.returncode, ended.stdout) == (64, "")
    assert str(path) in ended.stderr
