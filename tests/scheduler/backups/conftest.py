"""A service with something to lose, its backup store, and another machine to restore on."""

import gzip
import hashlib
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, text
from tests.conftest import DATABASE
from tests.scheduler.conftest import Database
from tests.shared.hub.works import Works

from xatra_scheduler.backups.repository import describe
from xatra_scheduler.backups.resources import BackupResources, open_backup_resources
from xatra_scheduler.backups.schemas import Contents
from xatra_scheduler.settings import BackupSettings
from xatra_shared.database.grants import BACKUP, OWNER, login_of
from xatra_shared.database.roles import LOGINS, ensure_roles
from xatra_shared.servers.postgres import make_private_directory
from xatra_shared.servers.process import start, stop
from xatra_standalone.embedded.postgres import Postgres, wheel_programs

type Open = Callable[..., BackupResources]


@pytest.fixture
def backup_settings(
    settings: dict[str, object], postgres: Postgres, servers_home: Path, tmp_path: Path
) -> dict[str, object]:
    """Return what backups need to know here: an empty database, an empty store, no backup yet."""
    return {
        **settings,
        "backup_database_url": postgres.url(BACKUP, "test", DATABASE),
        "backup_store_url": f"file://{tmp_path}/backups",
        "drill_directory": servers_home / "drill",
        "postgres_programs": wheel_programs(servers_home),
    }


@pytest.fixture
def open_backups(backup_settings: dict[str, object]) -> Iterator[Open]:
    """Return what opens resources with settings changed; `said` takes what is told."""
    opened: list[BackupResources] = []

    def open_them(*, tell: Callable[[str], object] = lambda _: None, **changes: object) -> BackupResources:
        settings = BackupSettings.model_validate(backup_settings | changes)
        opened.append(open_backup_resources(settings, tell))
        return opened[-1]

    yield open_them
    for resources in opened:
        resources.close()


@pytest.fixture
def backups(open_backups: Open) -> BackupResources:
    """Return what backups work with."""
    return open_backups()


@dataclass
class Hub:
    """A service with something to lose."""

    resources: BackupResources
    database: Database
    works: Works

    def add_map(self, html: bytes = b"<html>", *, marked: bool = False) -> str:
        """Store a map, and return its digest."""
        sha256 = hashlib.sha256(html).hexdigest()
        self.resources.service.store.put_artefact(sha256, gzip.compress(html))
        self.database.do(
            """
            INSERT INTO artefacts (sha256, size_bytes, stored_bytes, asset_names, last_used_at, marked_at)
            VALUES (:sha256, 1, 1, '{}', now() - make_interval(days => :days), CASE WHEN :marked THEN now() END)
            """,
            sha256=sha256,
            days=100 if marked else 0,
            marked=marked,
        )
        return sha256

    def contents(self) -> Contents:
        with self.resources.everything.begin() as connection:
            return describe(connection)


@pytest.fixture
def hub(backups: BackupResources, database: Database, works: Works) -> Hub:
    """Return a hub with an author, three works, and a map."""
    hub = Hub(backups, database, works)
    author = works.sign_up("asha")
    for name in ("rivers", "routes"):
        works.publish(f"# {name}", work_id=works.make(name, user_id=author), wants_artefact=False)
    works.make("ports", user_id=author, description="ports\tand\nharbours \\ ü")
    hub.add_map()
    return hub


@pytest.fixture
def works(owner: Engine, database: Database) -> Works:
    """Return the empty hub."""
    return Works(owner)


class Machine:
    """A PostgreSQL server with the service's roles and an empty database, and an empty artefact store."""

    def __init__(self, server: Postgres, store: Path) -> None:
        self._server = server
        self.settings = {
            "artefact_store_url": f"file://{store}",
            "backup_database_url": server.url(BACKUP, "test", DATABASE),
            "database_url": server.url(login_of("xatra_scheduler"), "test", DATABASE),
            "owner_database_url": server.url(OWNER, "test", DATABASE),
        }

    def ask[Answer](self, question: Callable[[Connection], Answer]) -> Answer:
        """Ask the database as its owner."""
        engine = create_engine(self.settings["owner_database_url"])
        with engine.begin() as connection:
            answer = question(connection)
        engine.dispose()
        return answer

    def value(self, query: str) -> object:
        return self.ask(lambda connection: connection.execute(text(query)).scalar_one())


@pytest.fixture(scope="module")
def other_server(servers_home: Path) -> Iterator[Postgres]:
    """Start another PostgreSQL, with the service's roles alone."""
    home = make_private_directory(servers_home / f"other-{secrets.token_hex(2)}")
    server = Postgres(home, sockets=make_private_directory(home / "run"), admin_password="test", durable=False)
    process = start(server)
    yield server
    stop(process)


@pytest.fixture
def machine(other_server: Postgres, tmp_path: Path) -> Machine:
    """Return another machine, on which nothing is yet."""
    engine = create_engine(other_server.url("postgres", "test", "postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)"))
    engine.dispose()
    ensure_roles(other_server.admin_dsn, database=DATABASE, passwords=dict.fromkeys(LOGINS, "test"))
    return Machine(other_server, tmp_path / "other-store")
