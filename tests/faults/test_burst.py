"""During a burst one process of each kind is killed, and every render that was accepted ends."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx2
import psutil
import pytest
from tests.faults.invariants import assert_invariants
from tests.faults.service import Service, small_map
from tests.waiting import until

_RENDERS = 300


def kill_one_of_each_kind(service: Service) -> None:
    """Kill a web process, a child, a warm parent, a worker, a connection of PostgreSQL, and Redis."""
    random.choice(service.web_processes()).kill()
    time.sleep(0.5)
    until(lambda: next(filter(None, (worker.rendering() for worker in service.workers)), None)).kill()
    time.sleep(0.5)
    random.choice(service.workers).parent.kill()
    time.sleep(0.5)
    service.kill_worker(random.choice(service.workers))
    time.sleep(0.5)
    service.kill_server(service.redis)
    service.start_server(service.redis)
    random.choice(psutil.Process(service.servers[service.postgres].pid).children()).kill()
    time.sleep(0.5)
    until(service.postgres.is_ready)  # a worker does not start without; whoever runs it starts it again
    service.start_workers(1)


@pytest.mark.long
@pytest.mark.timeout(300)
def test_a_burst_loses_no_render_while_processes_are_killed(service: Service):
    programs = [small_map(number) for number in range(_RENDERS)]
    begun = threading.Event()

    def ask_until_accepted(program: str) -> None:
        begun.set()

        def is_accepted() -> bool:
            try:
                service.post(program)
            except (AssertionError, httpx2.TransportError):
                return False
            return True

        until(is_accepted, seconds=60)

    with ThreadPoolExecutor(4) as clients:
        asked = [clients.submit(ask_until_accepted, program) for program in programs]
        begun.wait()
        kill_one_of_each_kind(service)
        for each in asked:
            each.result()
    assert len(service.accepted) >= _RENDERS
    assert_invariants(service, seconds=150)
    failed = service.rows("SELECT error FROM render_jobs WHERE state <> 'succeeded'")
    assert len(failed) <= 1, failed  # the one whose child was killed
