"""Several processes behind one address, and what they count together."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import psutil
import pytest
from tests.waiting import until

PROGRAM = """
from xatra_shared.http.server import serve
from xatra_shared.http.settings import HttpSettings

serve("tiny", "tiny_app:create_app", HttpSettings(), "unix:SOCKET")
"""
APP = """
from prometheus_client import CollectorRegistry, Counter, Gauge
from starlette.applications import Starlette
from xatra_shared.http.health import add_inside_routes

def create_app(settings):
    app = Starlette()
    app.state.settings, app.state.metrics, app.state.collectors = settings, CollectorRegistry(), ()
    Counter("started", "Processes that began.", registry=app.state.metrics).inc()
    Gauge("alive", "Processes that live.", registry=app.state.metrics, multiprocess_mode="livesum").set(1)
    add_inside_routes(app)
    return app
"""
ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "DATABASE_URL": "postgresql+psycopg://x:y@127.0.0.1:1/x",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "ARTEFACT_STORE_URL": "file:///nowhere",
    "GUEST_SECRET": "a guest secret for tests alone, long enough",
}


@dataclass
class Served:
    process: subprocess.Popen[bytes]
    socket_path: Path

    def metrics(self) -> dict[str, float]:
        with httpx2.Client(transport=httpx2.HTTPTransport(uds=str(self.socket_path))) as client:
            text = client.get("http://localhost/metrics").text
        return {name: float(value) for name, value in re.findall(r"^(\w+) (\S+)$", text, re.MULTILINE)}

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children()

    def kill(self) -> None:
        children = self.children()
        self.process.kill()
        for child in children:
            child.kill()
        self.process.wait(10)
        psutil.wait_procs(children, timeout=10)


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[[], Served]]:
    """Return what starts a service of two processes, each time another of the same name."""
    (tmp_path / "tiny_app.py").write_text(APP)
    started: list[Served] = []

    def start() -> Served:
        path = tmp_path / f"{len(started)}.sock"
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM.replace("SOCKET", str(path))],
            env={**ENVIRONMENT, "PYTHONPATH": str(tmp_path), "TMPDIR": str(tmp_path)},
        )
        started.append(Served(process, path))
        until(lambda: is_listening(path), seconds=30)
        until(lambda: started[-1].metrics()["started_total"] == 2, seconds=30)
        return started[-1]

    yield start
    for served in started:
        served.process.terminate()
    for served in started:
        served.process.wait(30)


def is_listening(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(path)) == 0


def test_a_killed_process_is_replaced_and_leaves_its_counters_but_no_gauge(serve: Callable[[], Served]) -> None:
    served = serve()
    killed = served.children()[0]
    killed.kill()
    killed.wait(10)

    until(lambda: served.metrics() == {"started_total": 3, "alive": 2}, seconds=20)


def test_metrics_of_a_killed_service_are_removed_at_the_next_start_those_of_a_running_one_are_not(
    serve: Callable[[], Served], tmp_path: Path
) -> None:
    killed = serve()
    (left,) = tmp_path.glob("tiny-metrics-*")
    killed.kill()
    assert left.exists()

    running = serve()
    assert not left.exists()
    (kept,) = tmp_path.glob("tiny-metrics-*")
    serve()
    assert kept.exists()
    assert running.metrics()["started_total"] == 2


def test_a_service_that_ends_in_order_leaves_no_metrics(serve: Callable[[], Served], tmp_path: Path) -> None:
    process = serve().process
    process.send_signal(signal.SIGTERM)

    assert process.wait(30) == 0
    assert [path.name for path in tmp_path.iterdir() if path.is_dir() and "metrics" in path.name] == []


def test_processes_end_with_the_one_that_started_them(serve: Callable[[], Served]) -> None:
    served = serve()
    children = served.children()
    served.process.kill()
    served.process.wait(10)

    assert psutil.wait_procs(children, timeout=20)[1] == []
