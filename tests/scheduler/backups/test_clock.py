"""Backups and drills are made when they are due, and monitoring is told of them, also after a restart."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from tests.scheduler.backups.conftest import Hub, Open
from tests.scheduler.backups.test_backups import age
from tests.waiting import until

from xatra_scheduler.backups import service
from xatra_scheduler.backups.encryption import make_key
from xatra_scheduler.backups.metrics import BackupGauges
from xatra_scheduler.backups.resources import BackupResources
from xatra_scheduler.backups.schemas import DrillReport
from xatra_scheduler.backups.tasks import backup_is_due, drill_is_due


def ago(**length: float) -> datetime:
    return datetime.now(UTC) - timedelta(**length)


def test_a_backup_is_due_when_the_last_is_old_or_there_is_none(hub: Hub, backups: BackupResources):
    assert backup_is_due(backups, [])
    manifest = service.make(backups, wait=False)
    assert not backup_is_due(backups, backups.backups.manifests())
    age(backups, manifest.name, 0.5)
    assert backup_is_due(backups, backups.backups.manifests())


def test_a_backup_is_due_when_the_key_has_changed(hub: Hub, backups: BackupResources, open_backups: Open):
    service.make(backups, wait=False)
    assert backup_is_due(open_backups(backup_key=make_key()), backups.backups.manifests())


@pytest.mark.parametrize(
    ("report", "is_due"),
    [
        (DrillReport(), True),
        (DrillReport(verified_at=ago(days=6), tried_at=ago(days=6)), False),
        (DrillReport(verified_at=ago(days=7), tried_at=ago(days=7)), True),
        (DrillReport(verified_at=ago(days=8), tried_at=ago(hours=5)), False),
        (DrillReport(verified_at=ago(days=8), tried_at=ago(hours=6)), True),
    ],
    ids=["never", "lately", "a week ago", "failed just now", "failed a while ago"],
)
def test_a_drill_is_due_a_week_after_the_last_that_went_well(
    backups: BackupResources,
    report: DrillReport,
    is_due: bool,  # noqa: FBT001 - a parameter of the test
):
    assert drill_is_due(backups, report) == is_due


def gauges(resources: BackupResources) -> dict[str, float]:
    read = BackupGauges()
    read.read(resources.backups)
    return {metric.name: metric.samples[0].value for metric in read.collect()}


def test_monitoring_is_told_of_the_last_backup_and_the_last_verified_restore(hub: Hub, backups: BackupResources):
    assert gauges(backups) == {
        "last_backup_timestamp": 0,
        "last_backup_bytes": 0,
        "last_backup_seconds": 0,
        "last_verified_restore_timestamp": 0,
    }
    manifest = service.make(backups, wait=False)
    verified_at = ago(days=3)
    backups.backups.report_drill(DrillReport(verified_at=verified_at, verified=manifest.name))
    assert gauges(backups) == {
        "last_backup_timestamp": manifest.taken_at.timestamp(),
        "last_backup_bytes": manifest.size_bytes,
        "last_backup_seconds": manifest.seconds,
        "last_verified_restore_timestamp": verified_at.timestamp(),
    }


class Command:
    """`xatra-backup` as a process of its own."""

    def __init__(self, settings: dict[str, object]) -> None:
        self.environment = {**os.environ, **{name.upper(): str(value) for name, value in settings.items()}}

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "xatra_scheduler.backups", *words]
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        )


@pytest.fixture
def command(backup_settings: dict[str, object]) -> Command:
    """Return the command, with the settings of this test."""
    return Command(backup_settings)


@pytest.fixture
def serving(hub: Hub, command: Command, tmp_path: Path) -> Iterator[Callable[[str], tuple[int, str]]]:
    """Run the service of backups, and return what asks it for a page."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    environment = command.environment | {"TELEMETRY_BIND": f"127.0.0.1:{port}"}
    with (tmp_path / "backup.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "xatra_scheduler.backups", "serve"], env=environment, stdout=log, stderr=log
        )

    def get(path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
                return answer.status, answer.read().decode()
        except urllib.error.URLError as error:
            return getattr(error, "code", 0), ""

    yield get
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 128 + signal.SIGTERM


def test_the_service_makes_what_is_due_by_itself(
    serving: Callable[[str], tuple[int, str]], backups: BackupResources, tmp_path: Path
):
    manifest = until(lambda: next(iter(backups.backups.manifests()), None))

    def told() -> list[float]:
        page = serving("/metrics")[1]
        return [float(line.split()[1]) for line in page.splitlines() if line.startswith("last_backup_timestamp ")]

    until(lambda: told() == [manifest.taken_at.timestamp()])
    assert serving("/healthz")[0] == 200
    assert serving("/readyz") == (200, json.dumps({"database": True, "redis": True, "store": True, "consumes": True}))
    lines = [json.loads(line) for line in (tmp_path / "backup.log").read_text().splitlines()]
    assert {"backup made"} <= {line["event"] for line in lines}


def test_the_command_says_where_how_large_and_how_long(hub: Hub, command: Command, tmp_path: Path):
    made = command.run("make")
    assert made.returncode == 0, made.stderr
    assert made.stdout.splitlines()[-1].startswith("Backup 20")
    assert f" is in file://{tmp_path}/backups: " in made.stdout.splitlines()[-1]
    listed = command.run("list")
    assert made.stdout.splitlines()[-1].split()[1] in listed.stdout


def test_a_wrong_setting_is_named(hub: Hub, command: Command):
    command.environment["BACKUP_EVERY_HOURS"] = "0"
    failed = command.run("make")
    assert failed.returncode == 1
    assert failed.stderr.startswith("BACKUP_EVERY_HOURS: ")


def test_a_database_that_is_away_is_said_without_its_password(hub: Hub, command: Command, tmp_path: Path):
    command.environment["BACKUP_DATABASE_URL"] = f"postgresql+psycopg://xatra_backup:hunter2@/xatra?host={tmp_path}"
    failed = command.run("make")
    assert failed.returncode == 1
    assert "Is the server running" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert "hunter2" not in failed.stderr


def test_without_a_terminal_a_restore_over_data_needs_a_word(hub: Hub, command: Command, owner: Engine):
    command.environment["OWNER_DATABASE_URL"] = owner.url.render_as_string(hide_password=False)
    command.run("make")
    assert "CONFIRM=xatra" in command.run("check", "latest").stderr
    assert "CONFIRM=xatra" in command.run("restore", "latest", "--confirm", "other").stderr
    assert command.run("check", "latest", "--confirm", "xatra").returncode == 0
    assert hub.database.all("SELECT count(*) FROM hub_artifacts") == [3]


def test_a_new_key_is_printed_without_any_settings(command: Command):
    printed = subprocess.run(
        [sys.executable, "-m", "xatra_scheduler.backups", "key"],
        env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert printed.stdout.startswith("AGE-SECRET-KEY-1")
