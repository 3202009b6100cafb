"""SIGTERM lets what runs come to its end within the grace period, and gives the rest back uncounted."""

import time

from tests.faults.invariants import assert_invariants
from tests.faults.service import GRACE_SECONDS, Service, small_map


def stop_api_and_workers(service: Service) -> None:
    """Ask every process to end, and fail unless it does in time, in order, with nothing left."""
    processes = [service.api, *(worker.process for worker in service.workers)]
    deadline = time.monotonic() + GRACE_SECONDS + 6  # after it, workers give their slots 5 s to let go
    for process in processes:
        process.terminate()
    for process in processes:
        assert process.wait(max(0.1, deadline - time.monotonic())) == 0
    service.workers.clear()
    assert service.our_processes() == []
    assert list(service.tmp.iterdir()) == []


def post_short_and_long(service: Service) -> None:
    for seconds in (0.5, GRACE_SECONDS + 1, 0.5, 0.5):
        service.post(small_map("stopped", sleep_seconds=seconds))
    service.until_running(service.accepted[-4].hex)


def test_terminated_services_end_their_renders_or_give_them_back(service: Service):
    post_short_and_long(service)
    stop_api_and_workers(service)
    jobs = service.rows("SELECT state, lost_attempts FROM render_jobs")
    assert {job.state for job in jobs} == {"succeeded", "queued"}
    assert {job.lost_attempts for job in jobs} == {0}
    service.start_workers(2)
    service.start_api()
    assert_invariants(service)
    assert not service.rows("SELECT FROM render_jobs WHERE state <> 'succeeded'")


def test_everything_terminated_at_once_loses_no_render(service: Service):
    post_short_and_long(service)
    for server in service.servers.values():
        server.terminate()
    stop_api_and_workers(service)
    for server in service.servers.values():
        server.wait(10)
    service.start_server(service.postgres)
    service.start_server(service.redis)
    service.start_workers(2)
    service.start_api()
    assert_invariants(service)
    assert not service.rows("SELECT FROM render_jobs WHERE state <> 'succeeded' OR lost_attempts > 0")
