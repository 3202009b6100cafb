"""Schedulers as processes of their own, and what their tasks work with in this one."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from sqlalchemy import Engine, create_engine, text
from tests.shared.queue.conftest import Queue
from tests.waiting import until

from xatra_scheduler.resources import Resources, open_resources
from xatra_scheduler.settings import SchedulerSettings

RARELY = 30


class Database:
    """Short words for what tests do to the database as the role that owns it; each call is a transaction."""

    def __init__(self, owner: Engine) -> None:
        self._owner = owner

    def do(self, statement: str, **values: object) -> None:
        with self._owner.begin() as connection:
            connection.execute(text(statement), values)

    def all(self, query: str, **values: object) -> list[Any]:
        """Return the first column."""
        with self._owner.begin() as connection:
            return list(connection.execute(text(query), values).scalars())

    def leader(self) -> int | None:
        """Return the process that leads, as it called itself."""
        names = self.all(
            """
            SELECT application_name FROM pg_stat_activity JOIN pg_locks USING (pid)
            WHERE locktype = 'advisory' AND granted AND application_name LIKE 'xatra-scheduler-beat %'
            """
        )
        assert len(names) <= 1
        return int(names[0].removeprefix("xatra-scheduler-beat ").partition("@")[0]) if names else None


class Schedulers:
    """Starts schedulers whose leader sends three tasks of retention every second; the rest happens rarely."""

    def __init__(self, log_directory: Path, database: Database, **settings: object) -> None:
        self._log_directory = log_directory
        self._database = database
        self._settings = {
            "heartbeat_every_seconds": RARELY,
            "publications_every_seconds": RARELY,
            "retention_every_seconds": 1,
            "sweep_every_seconds": 3600,
            "watchdog_every_seconds": RARELY,
            **settings,
        }
        self._started: list[subprocess.Popen[bytes]] = []

    def start(self, **changes: object) -> subprocess.Popen[bytes]:
        """Start one with settings changed, and wait until it leads, or waits to lead."""
        settings = self._settings | changes
        with self._log_path(len(self._started)).open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "xatra_scheduler"],
                env={**os.environ, **{name.upper(): str(value) for name, value in settings.items()}},
                stdout=log,
                stderr=log,
            )
        self._started.append(process)
        number = len(self._started) - 1
        until(lambda: self.is_running(number, process) and self._has_begun(process))
        return process

    def is_running(self, number: int, process: subprocess.Popen[bytes]) -> bool:
        assert process.poll() is None, self._log_path(number).read_text()
        return True

    def act(self) -> None:
        """Wait for the effect of a task that the leader is still to send."""
        self._database.do("INSERT INTO render_callers VALUES ('guest:gone', now() - interval '2 days')")
        until(lambda: not self._database.all("SELECT 1 FROM render_callers"))

    def _has_begun(self, process: subprocess.Popen[bytes]) -> bool:
        connected = self._database.all(
            "SELECT 1 FROM pg_stat_activity WHERE application_name LIKE :name",
            name=f"xatra-scheduler-beat {process.pid}@%",
        )
        return bool(connected) and self._database.leader() is not None

    def _log_path(self, number: int) -> Path:
        return self._log_directory / f"scheduler-{number}.log"

    def log(self, number: int = 0) -> str:
        return self._log_path(number).read_text()

    def stop(self) -> None:
        """Stop all of them."""
        for process in self._started:
            process.terminate()
        for process in self._started:
            process.wait(30)


@pytest.fixture
def database(owner: Engine, database_urls: dict[str, str]) -> Database:
    """Return the empty database."""
    return Database(owner)


@pytest.fixture
def settings(database_urls: dict[str, str], redis_urls: dict[str, str], tmp_path: Path) -> dict[str, object]:
    """Return what a scheduler needs to know here: an empty database, an empty Redis, an empty store."""
    return {
        "artefact_store_url": f"file://{tmp_path}/store",
        "database_url": database_urls["xatra_scheduler"],
        "redis_url": redis_urls["xatra_scheduler"],
    }


@pytest.fixture
def schedulers(settings: dict[str, object], database: Database, tmp_path: Path) -> Iterator[Schedulers]:
    """Return what starts schedulers."""
    started = Schedulers(tmp_path, database, **settings)
    yield started
    started.stop()


@pytest.fixture
def resources(settings: dict[str, object]) -> Iterator[Resources]:
    """Return what tasks work with."""
    opened = open_resources(SchedulerSettings.model_validate(settings))
    yield opened
    opened.close()


@pytest.fixture
def queue(database_urls: dict[str, str]) -> Iterator[Queue]:
    """Return an empty queue, as the api and a worker reach it."""
    api, worker = (create_engine(database_urls[group]) for group in ("xatra_api", "xatra_render_worker"))
    yield Queue(api, worker)
    api.dispose()
    worker.dispose()


@pytest.fixture
def count_sent(redis_urls: dict[str, str]) -> Iterator[Callable[[], int]]:
    """Return a function that tells how many messages were sent since the test began."""
    with redis.Redis.from_url(redis_urls["xatra_operator"]) as client:
        client.config_resetstat()

        def count() -> int:
            return int(client.info("commandstats").get("cmdstat_lpush", {"calls": 0})["calls"])

        yield count
