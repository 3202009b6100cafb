"""What was accepted outlives PostgreSQL's crashes and pauses."""

import signal
import threading
import time

import httpx2
import psutil
import pytest
from tests.faults.invariants import assert_invariants
from tests.faults.service import LEASE_SECONDS, Service, small_map


@pytest.mark.parametrize("number", [signal.SIGQUIT, signal.SIGKILL])
def test_a_restart_of_postgres_under_load_loses_no_render(service: Service, number: signal.Signals):
    stop_asking = threading.Event()
    answers: list[int] = []

    def keep_asking() -> None:
        while not stop_asking.wait(0.05):
            try:
                service.post(small_map("restart", sleep_seconds=0.2))
            except (AssertionError, httpx2.TransportError):
                answers.append(0)  # not accepted, so not promised
            else:
                answers.append(1)

    asking = threading.Thread(target=keep_asking)
    asking.start()
    try:
        time.sleep(1)
        service.kill_server(service.postgres, number)
        time.sleep(0.5)
        service.start_server(service.postgres)
        time.sleep(1)
    finally:
        stop_asking.set()
        asking.join()
    assert answers.count(1) > 2
    assert_invariants(service)
    assert not service.rows("SELECT FROM render_jobs WHERE state <> 'succeeded'")
    assert not service.rows("SELECT FROM render_jobs WHERE lost_attempts > 0"), "the restart counted against a program"


@pytest.mark.long
def test_postgres_stopped_for_longer_than_a_lease_loses_no_render(service: Service):
    renders = [service.post(small_map("stopped postgres", sleep_seconds=1)) for _ in range(4)]
    service.until_running(str(renders[0]["id"]))
    service.servers[service.postgres].send_signal(signal.SIGSTOP)
    try:
        _signal_backends(service, signal.SIGSTOP)
        time.sleep(LEASE_SECONDS + 2)
    finally:
        _signal_backends(service, signal.SIGCONT)
        service.servers[service.postgres].send_signal(signal.SIGCONT)
    assert_invariants(service)
    assert [service.job(str(render["id"])).state for render in renders] == ["succeeded"] * 4


def _signal_backends(service: Service, number: signal.Signals) -> None:
    for backend in psutil.Process(service.servers[service.postgres].pid).children():
        backend.send_signal(number)
