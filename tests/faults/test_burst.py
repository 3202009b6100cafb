"""During a burst processes are killed, and every render that was accepted ends."""

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from uuid import UUID

import httpx2
import psutil
import pytest
from tests.conftest import Standalone
from tests.faults.invariants import assert_invariants
from tests.faults.service import Service, small_map
from tests.waiting import until

_RENDERS = 300
_CLIENTS = 4

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]


@contextmanager
def burst(post: Callable[[str], object]) -> Iterator[None]:
    """Have several clients ask for renders, each until it is accepted; the block begins amid them."""
    amid = threading.Semaphore(0)

    def is_accepted(program: str) -> bool:
        try:
            post(program)
        except (AssertionError, httpx2.TransportError):
            time.sleep(0.05)
            return False
        return True

    def ask(number: int) -> None:
        program = small_map(number)
        until(lambda: is_accepted(program), seconds=60)
        amid.release()

    with ThreadPoolExecutor(_CLIENTS) as clients:
        asked = [clients.submit(ask, number) for number in range(_RENDERS)]
        for _ in range(_RENDERS // 10):
            amid.acquire(timeout=60)
        yield
        for each in asked:
            each.result()


def kill_a_web_process(service: Service) -> None:
    random.choice(service.web_processes()).kill()


def kill_a_child(service: Service) -> None:
    until(lambda: next(filter(None, (worker.rendering() for worker in service.workers)), None)).kill()


def kill_a_warm_parent(service: Service) -> None:
    random.choice(service.workers).parent.kill()


def kill_a_render_worker(service: Service) -> None:
    service.kill_worker(random.choice(service.workers))
    until(service.postgres.is_ready)  # a worker does not start without; whoever runs it starts it again
    service.start_workers(1)


def kill_the_api(service: Service) -> None:
    service.kill_api()
    service.start_api()


def kill_the_scheduler(service: Service) -> None:
    service.kill_scheduler()
    service.start_scheduler()


def kill_redis(service: Service) -> None:
    service.kill_server(service.redis)
    service.start_server(service.redis)


def kill_a_connection_of_postgres(service: Service) -> None:
    random.choice(psutil.Process(service.servers[service.postgres].pid).children()).kill()


def kill_postgres(service: Service) -> None:
    service.kill_server(service.postgres)
    service.start_server(service.postgres)


# The kind of process, and whether a program may be blamed for its end.
_KILLS = [
    (kill_a_web_process, 0),
    (kill_a_child, 1),
    (kill_a_warm_parent, 0),
    (kill_a_render_worker, 0),
    (kill_the_api, 0),
    (kill_the_scheduler, 0),
    (kill_redis, 0),
    (kill_a_connection_of_postgres, 0),
    (kill_postgres, 0),
]


@pytest.fixture(scope="module", autouse=True)
def scheduler(service: Service) -> None:
    """Run a scheduler too."""
    service.start_scheduler()


@pytest.mark.parametrize(("kill", "may_fail"), _KILLS, ids=[kill.__name__ for kill, _ in _KILLS])
def test_a_burst_loses_no_render_when_any_one_process_is_killed(
    service: Service, kill: Callable[[Service], None], may_fail: int
):
    accepted_before = len(service.accepted)
    with burst(service.post):
        kill(service)
    burst_ids = service.accepted[accepted_before:]
    assert len(burst_ids) >= _RENDERS
    assert_invariants(service, seconds=120)
    assert len(failed_of(service, burst_ids)) <= may_fail


def test_a_burst_loses_no_render_when_one_process_of_each_kind_is_killed(service: Service):
    accepted_before = len(service.accepted)
    with burst(service.post):
        for kill, _ in _KILLS:
            kill(service)
            time.sleep(0.5)
    assert_invariants(service, seconds=120)
    assert len(failed_of(service, service.accepted[accepted_before:])) <= 1


def failed_of(service: Service, waiter_ids: Sequence[UUID]) -> Sequence[object]:
    """Return why renders did not succeed."""
    return service.rows(
        "SELECT job.state, job.error FROM render_jobs job JOIN render_waiters waiter ON waiter.job_id = job.id "
        "WHERE waiter.id = ANY(:ids) AND job.state <> 'succeeded'",
        ids=list(waiter_ids),
    )


def test_a_burst_loses_no_render_when_everything_on_one_machine_is_killed(
    servers_home: Path, redis_program: Path, map_data: Path
):
    service = Standalone(servers_home / "burst", redis_program=redis_program, map_data=map_data)
    accepted: list[str] = []
    with httpx2.Client(base_url=f"{service.url}api/", timeout=60) as client:

        def post(program: str) -> None:
            answer = client.post("renders", json={"program": program})
            assert answer.status_code in (200, 202), answer.text
            accepted.append(answer.json()["id"])

        def has_succeeded(render_id: str) -> bool:
            return client.get(f"renders/{render_id}", headers={"Prefer": "wait=30"}).json()["state"] == "succeeded"

        try:
            service.start()
            with burst(post):
                service.process.kill()
                service.process.wait()
                service.start()
            assert len(accepted) >= _RENDERS
            for render_id in accepted:
                until(partial(has_succeeded, render_id), seconds=60)
        finally:
            service.stop()
