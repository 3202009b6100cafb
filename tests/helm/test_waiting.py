"""Pods that start together with the database wait until its schema is there, and render workers for the map data."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from tests.conftest import DATABASE
from tests.helm.chart import CHECKOUT
from tests.waiting import until

from xatra_shared.database.grants import OWNER, login_of
from xatra_standalone.embedded.postgres import Postgres


@contextmanager
def _waits(script: str, log: Path, **variables: object) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, CHECKOUT / "scripts" / script],
            env=os.environ | {name: str(value) for name, value in variables.items()},
            stdout=output,
            stderr=output,
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _url_file(directory: Path, url: str) -> Path:
    path = directory / "url"
    path.write_text(url)
    return path


def test_a_service_starts_at_once_where_the_schema_is_current(postgres: Postgres, tmp_path: Path):
    url = postgres.url(login_of("xatra_api"), "test", DATABASE)
    with _waits("wait_for_schema.py", tmp_path / "log", DATABASE_URL_FILE=_url_file(tmp_path, url)) as waiting:
        assert waiting.wait(30) == 0


def test_a_service_waits_until_the_schema_is_current_and_says_why(postgres: Postgres, tmp_path: Path):
    log = tmp_path / "log"
    with psycopg.connect(postgres.admin_dsn, autocommit=True) as connection:
        url = postgres.url(OWNER, "test", "not_migrated")
        with _waits("wait_for_schema.py", log, DATABASE_URL_FILE=_url_file(tmp_path, url)) as waiting:
            until(lambda: 'database "not_migrated" does not exist' in log.read_text())
            connection.execute("CREATE DATABASE not_migrated OWNER xatra_owner")
            until(lambda: "the schema is older than this release" in log.read_text())
            assert waiting.poll() is None
            waiting.kill()
            waiting.wait()
        connection.execute("DROP DATABASE not_migrated WITH (FORCE)")


def test_a_render_worker_waits_for_map_data(tmp_path: Path):
    with _waits("wait_for_map_data.py", tmp_path / "log", MAP_DATA=tmp_path) as waiting:
        until(lambda: "Waiting for the map data" in (tmp_path / "log").read_text())
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(3)
