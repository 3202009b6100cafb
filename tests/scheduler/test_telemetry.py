"""What a scheduler tells monitoring."""

import socket
from collections.abc import Callable

import httpx2
import pytest
from tests.scheduler.conftest import Database, Schedulers
from tests.shared.queue.conftest import Queue
from tests.waiting import until

from xatra_shared.queue.model import State

EXPIRE = "UPDATE render_jobs SET lease_expires_at = now() - interval '1 s' WHERE state = 'running'"
MAX_LOSSES = 3

type Get = Callable[[str], httpx2.Response]


@pytest.fixture
def start(schedulers: Schedulers) -> Callable[..., Get]:
    """Return what starts a scheduler with some settings changed and returns what asks it."""

    def start_one(**changes: object) -> Get:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        schedulers.start(telemetry_bind=f"127.0.0.1:{port}", **changes)
        return lambda path: httpx2.get(f"http://127.0.0.1:{port}{path}", timeout=30)

    return start_one


def figures(get: Get) -> dict[str, float]:
    lines = get("/metrics").text.splitlines()
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines if line[0] != "#")}


def test_a_scheduler_that_consumes_is_alive_and_ready(start: Callable[..., Get]):
    get = start()

    assert (get("/healthz").status_code, get("/healthz").json()) == (200, {"consumes": True})
    assert (get("/readyz").status_code, get("/readyz").json()) == (
        200,
        {"database": True, "redis": True, "store": True, "consumes": True},
    )
    assert get("/elsewhere").status_code == 404


def test_what_a_scheduler_does_not_reach_is_named_and_no_reason_to_restart_it(start: Callable[..., Get]):
    get = start(redis_url="redis://127.0.0.1:1/0")

    assert get("/healthz").status_code == 200
    assert get("/readyz").status_code == 503
    assert {name for name, answers in get("/readyz").json().items() if not answers} == {"redis"}


def test_the_metrics_tell_of_statements_and_of_the_queue(start: Callable[..., Get]):
    found = figures(start(retention_every_seconds=1))

    assert found["render_queue_depth"] == 0
    assert found['render_errors_total{by="service"}'] == 0
    assert found['database_errors_total{service="scheduler"}'] == 0
    assert found["service_consumes"] == 1
    assert "host_memory_bytes" in found


def test_a_render_whose_workers_all_vanished_counts_once_as_the_services_error(
    start: Callable[..., Get], queue: Queue, database: Database
):
    get = start(watchdog_every_seconds=0.2)
    waiter_id = queue.ask("x")
    for _ in range(MAX_LOSSES):
        until(lambda: queue.look(waiter_id).state is State.QUEUED)
        queue.claim()
        database.do(EXPIRE)
    until(lambda: queue.look(waiter_id).state is State.FAILED)

    until(lambda: figures(get)['render_errors_total{by="service"}'] == 1, seconds=5)
