"""Errors reach Sentry with what finds them in the logs, and with nothing about people."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from tests.shared.telemetry.receiver import Receiver, receiving

SECRET = "the-program-of-somebody"

FAILING = """
import os
import structlog
from xatra_shared.settings import ServiceSettings
from xatra_shared.telemetry.errors import report_errors
from xatra_shared.telemetry.logs import configure_logging

settings = ServiceSettings()
configure_logging("test", settings.log_level)
report_errors("test", settings)
log = structlog.get_logger()
log.warning("no error")

def fail(program):
    raise LookupError("nothing there")

with structlog.contextvars.bound_contextvars(request_id="the-request", job=7):
    try:
        fail(os.environ["PROGRAM"])
    except LookupError:
        log.exception("it stumbled", program=os.environ["PROGRAM"])
"""


@pytest.fixture
def sentry() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def run(command: list[str], sentry_dsn: str, **environment: str) -> str:
    """Run a process to its end and return its log."""
    settings = {
        "ARTEFACT_STORE_URL": "file:///nowhere",
        "DATABASE_URL": "postgresql+psycopg://x:y@127.0.0.1:1/x",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "SENTRY_DSN": sentry_dsn,
        **environment,
    }
    return subprocess.run(
        [sys.executable, *command], env={**os.environ, **settings}, capture_output=True, text=True, check=False
    ).stderr


def test_a_logged_exception_is_reported_with_its_ids_and_without_values(sentry: Receiver):
    run(["-c", FAILING], f"http://key@{sentry.address}/1", RELEASE="r1", PROGRAM=SECRET)

    (event,) = sentry.sentry_events()
    assert event["exception"]["values"][0]["type"] == "LookupError"
    assert event["tags"] == {"service": "test", "logger": "__main__", "request_id": "the-request", "job": 7}
    assert event["extra"]["message"] == "it stumbled"
    assert event["release"] == "r1"
    assert "user" not in event
    assert SECRET not in json.dumps(event)


def test_what_ends_a_service_at_its_start_is_reported(sentry: Receiver, map_data: object):
    run(["-m", "xatra_render_worker"], f"http://key@{sentry.address}/1", MAP_DATA=str(map_data), PRELOAD_BYTES="0")

    (event,) = sentry.sentry_events()
    assert event["tags"]["service"] == "render_worker"
    assert event["exception"]["values"]


def test_without_a_dsn_nothing_is_sent(sentry: Receiver):
    log = run(["-c", FAILING], "", PROGRAM=SECRET)

    assert "it stumbled" in log
    assert sentry.received == []
