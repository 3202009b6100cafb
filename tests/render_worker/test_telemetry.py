"""What a worker process tells over HTTP and in its log."""

import json
import re
import socket
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import Engine
from tests.conftest import Workers
from tests.waiting import until

from xatra_shared.database.engine import make_engine
from xatra_shared.queue import admission, repository
from xatra_shared.queue.model import Asker, Limits, Origin, Render, RenderRequest, State

INDIA = 'import xatra\nfrom xatra.loaders import gadm\nxatra.Flag("India", gadm("IND"))\n'
TRACEPARENT = f"00-{10:032x}-{11:016x}-01"


@dataclass
class Watched:
    """A worker process that answers monitoring, and the queue as the api sees it."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path
    api: Engine
    policy: admission.Policy = field(default_factory=lambda: admission.Policy(9, 9, 9))

    def get(self, path: str) -> httpx2.Response:
        return httpx2.get(f"http://127.0.0.1:{self.port}{path}", timeout=30)

    def figures(self) -> dict[str, float]:
        lines = self.get("/metrics").text.splitlines()
        return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines if line[0] != "#")}

    def render(self, program: str, limits: Limits | None = None) -> Render:
        with self.api.begin() as connection:
            engine = repository.current_engine(connection)
            assert engine
            admitted = admission.admit(
                connection,
                RenderRequest(program),
                Asker("guest:0", "127.0.0.1/32"),
                limits=limits or Limits(),
                policy=self.policy,
                engine=engine,
                origin=Origin("the-request", TRACEPARENT),
            )

        def ended() -> Render | None:
            with self.api.begin() as connection:
                render = repository.get_render(connection, admitted.waiter_id)
            return render if render and render.state.is_final else None

        return until(ended)


@pytest.fixture
def start(
    workers: Workers, service_urls: dict[str, str], redis_urls: dict[str, str], tmp_path: Path
) -> Iterator[Callable[..., Watched]]:
    """Return what starts a worker with some settings changed."""
    api = make_engine(service_urls["xatra_api"], application_name="test")

    def start_one(**changes: object) -> Watched:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port: int = probe.getsockname()[1]
        process = workers.start(telemetry_bind=f"127.0.0.1:{port}", idle_poll_seconds=0.2, **changes)
        return Watched(process, port, tmp_path / "worker-0.log", api)

    yield start_one
    api.dispose()


def test_each_end_of_a_render_is_counted_once_it_is_recorded(start: Callable[..., Watched]):
    worker = start()
    assert worker.figures()['render_errors_total{by="author"}'] == 0

    worker.render(INDIA)
    worker.render("1 / 0")
    worker.render("import time\ntime.sleep(30)\n", Limits(wall_seconds=1))
    figures = until(lambda: found if (found := worker.figures())["render_timeout_total"] else None)

    for outcome, count in {"succeeded": 1, "failed": 1, "timed_out": 1, "cancelled": 0}.items():
        assert figures[f'render_duration_seconds_count{{outcome="{outcome}"}}'] == count
    assert [figures[f'render_errors_total{{by="{by}"}}'] for by in ("author", "limit", "service")] == [1, 1, 0]
    assert figures["render_queue_wait_seconds_count"] == 3
    assert figures['database_query_seconds_count{service="render_worker"}'] > 0
    assert (figures["render_queue_depth"], figures["render_slots"]) == (0, 1)


def test_log_lines_of_a_render_carry_its_request_job_attempt_and_trace(start: Callable[..., Watched]):
    worker = start(otel_exporter_otlp_endpoint="http://127.0.0.1:1")
    worker.render("1 / 0")

    def ended() -> dict[str, object] | None:
        lines = [json.loads(line) for line in worker.log.read_text().splitlines()]
        return next((line for line in lines if line["event"] == "render ended"), None)

    line = until(ended)
    assert line["request_id"] == "the-request"
    assert line["attempt"] == 1
    assert isinstance(line["job"], int)
    assert line["trace_id"] == f"{10:032x}"
    assert line["outcome"] == "failed"


def test_a_worker_that_takes_jobs_is_alive_and_ready(start: Callable[..., Watched]):
    worker = start()

    until(lambda: worker.get("/healthz").status_code == 200)
    ready = worker.get("/readyz")
    assert (ready.status_code, ready.json()) == (
        200,
        {"database": True, "redis": True, "store": True, "sandbox": True, "consumes": True},
    )
    assert worker.get("/elsewhere").status_code == 404


def test_what_a_worker_does_not_reach_is_named(start: Callable[..., Watched]):
    worker = start(redis_url="redis://127.0.0.1:1/0")

    assert worker.get("/healthz").status_code == 200
    ready = worker.get("/readyz")
    assert ready.status_code == 503
    assert {name for name, answers in ready.json().items() if not answers} == {"redis"}


def test_what_programs_are_shut_in_with_is_told_in_log_and_metrics(start: Callable[..., Watched]):
    worker = start(landlock_max_abi=4)

    (figure,) = [name for name in worker.figures() if name.startswith("render_sandbox_info{")]
    assert {'mode="required"', 'landlock_abi="4"', 'seccomp="true"'} <= set(re.split("[{},]", figure))
    lines = [json.loads(line) for line in worker.log.read_text().splitlines()]
    assert any(line["event"] == "sandbox" and line["landlock_abi"] == "4" for line in lines)


def test_a_worker_without_sandbox_says_so_loudly(start: Callable[..., Watched]):
    worker = start(sandbox="off")

    assert worker.get("/readyz").json()["sandbox"] is False
    lines = [json.loads(line) for line in worker.log.read_text().splitlines()]
    assert any(line["level"] == "warning" and "not shut in" in line["event"] for line in lines)
    assert worker.render(INDIA).state is State.SUCCEEDED


def test_without_an_address_nothing_listens(workers: Workers):
    process = workers.start()
    listening = Path(f"/proc/{process.pid}/net/tcp").read_text()
    own = {
        match[1]
        for link in Path(f"/proc/{process.pid}/fd").iterdir()
        if (match := re.fullmatch(r"socket:\[(\d+)\]", str(link.readlink())))
    }

    assert not [line for line in listening.splitlines() if " 0A " in line and line.split()[9] in own]
