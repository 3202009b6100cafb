"""Measures how long backups and restores take: `python -m tests.load.backup_bench [WORKS] [MAPS]`.

The hub is generated; each map is a megabyte of HTML that hardly compresses. Backups lie in a directory, encrypted.
"""

# ruff: noqa: T201 - a benchmark prints

import base64
import gzip
import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import create_engine, text
from tests.load.hub_generator import bulk_loading, fill

from xatra_scheduler.backups import restore, service
from xatra_scheduler.backups.encryption import make_key
from xatra_scheduler.backups.resources import open_backup_resources
from xatra_scheduler.settings import BackupSettings
from xatra_shared.artifacts.store import open_store
from xatra_shared.database.grants import BACKUP, OWNER, login_of
from xatra_shared.database.migrate import upgrade
from xatra_shared.database.roles import LOGINS, ensure_roles
from xatra_shared.servers.postgres import make_private_directory
from xatra_shared.servers.process import give_to_server, start, stop
from xatra_standalone.embedded.postgres import Postgres, wheel_programs

_MAP_BYTES = 750_000  # random ones, a third more as text


def main() -> None:
    """Fill a hub, and time what is done to it."""
    works, maps = map(int, sys.argv[1:3]) if len(sys.argv) > 2 else (20_000, 300)
    with tempfile.TemporaryDirectory(prefix="xatra-") as directory:
        home = Path(directory)
        home.chmod(0o755)
        give_to_server(home)
        server = Postgres(home, sockets=make_private_directory(home / "run"), admin_password="bench")
        process = start(server)
        try:
            _measure(server, home, works, maps)
        finally:
            stop(process)


def _measure(server: Postgres, home: Path, works: int, maps: int) -> None:
    ensure_roles(server.admin_dsn, database="xatra", passwords=dict.fromkeys(LOGINS, "bench"))
    upgrade(server.url(OWNER, "bench", "xatra"))
    store = open_store(f"file://{home}/store")
    engine = create_engine(server.url("postgres", "bench", "xatra"))
    with engine.begin() as connection, bulk_loading(connection):
        fill(connection, works=works)
    with engine.begin() as connection:
        for _ in range(maps):
            html = base64.b64encode(os.urandom(_MAP_BYTES))
            sha256 = hashlib.sha256(html).hexdigest()
            store.put_artefact(sha256, gzip.compress(html, 1))
            connection.execute(
                text("INSERT INTO artefacts VALUES (:sha256, :size, :size, '{}')"),
                {"sha256": sha256, "size": len(html)},
            )
        size = connection.execute(text("SELECT pg_size_pretty(pg_database_size('xatra'))")).scalar_one()
    print(f"{works} works, {maps} maps; the database has {size}.")
    settings = BackupSettings.model_validate(
        {
            "artefact_store_url": f"file://{home}/store",
            "backup_database_url": server.url(BACKUP, "bench", "xatra"),
            "backup_key": make_key(),
            "backup_store_url": f"file://{home}/backups",
            "database_url": server.url(login_of("xatra_scheduler"), "bench", "xatra"),
            "owner_database_url": server.url(OWNER, "bench", "xatra"),
            "postgres_programs": wheel_programs(home),
            "redis_url": "redis://localhost",
        }
    )
    resources = open_backup_resources(settings, print)
    _time("first backup", lambda: service.make(resources, wait=False))
    _time("second backup", lambda: service.make(resources, wait=False))
    for path in (home / "store").rglob("*.gz"):
        path.unlink()
    faults = _time("restore, with all objects", lambda: restore.restore(resources, service.find(resources, "latest")))
    assert faults == [], faults
    resources.close()
    engine.dispose()


def _time[Result](name: str, act: Callable[[], Result]) -> Result:
    began = time.monotonic()
    result = act()
    print(f"{name}: {time.monotonic() - began:.1f} s")
    return result


if __name__ == "__main__":
    main()
