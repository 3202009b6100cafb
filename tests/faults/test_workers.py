"""Killing or stopping any part of a render worker at the worst moment loses no render and records no late result."""

import signal
import time

import psutil
from tests.faults.invariants import assert_invariants
from tests.faults.service import GRACE_SECONDS, LEASE_SECONDS, Service, small_map
from tests.waiting import until


def test_another_worker_takes_over_from_a_killed_one_after_the_lease(service: Service):
    render = service.post(small_map("killed worker", sleep_seconds=1))
    worker = service.until_running(str(render["id"]))
    parent = worker.parent
    service.kill_worker(worker)
    until(lambda: not parent.is_running(), seconds=2)
    job = service.until_final(str(render["id"]), seconds=LEASE_SECONDS + 40)
    assert (job.state, job.attempt, job.lost_attempts) == ("succeeded", 2, 1)
    service.start_workers(1)
    assert_invariants(service)


def test_a_killed_warm_parent_is_replaced_and_its_render_done_again(service: Service):
    render = service.post(small_map("killed parent", sleep_seconds=1))
    service.until_running(str(render["id"])).parent.kill()
    assert service.until_final(str(render["id"])).state == "succeeded"
    assert_invariants(service)


def test_a_stopped_warm_parent_is_replaced_and_costs_no_render_an_attempt(service: Service):
    parents = [until(worker.warm_parent, seconds=40) for worker in service.workers]
    for parent in parents:
        parent.suspend()
    renders = [service.post(small_map("stopped parent")) for _ in range(6)]
    for render in renders:
        job = service.until_final(str(render["id"]), seconds=40)
        assert (job.state, job.lost_attempts) == ("succeeded", 0), job.error
    assert_invariants(service)


def test_a_render_whose_child_is_killed_ends_with_a_clear_error(service: Service):
    render = service.post(small_map("killed child", sleep_seconds=30))
    worker = service.until_running(str(render["id"]))
    until(worker.rendering).kill()
    job = service.until_final(str(render["id"]))
    assert job.state == "failed"
    assert job.error["type"] == "ProcessEnded"
    assert_invariants(service)


def test_children_killed_before_they_had_a_program_fail_no_render(service: Service):
    for worker in service.workers:
        for child in worker.parent.children():
            child.kill()
    renders = [service.post(small_map("killed ahead")) for _ in range(6)]
    for render in renders:
        assert service.until_final(str(render["id"])).state == "succeeded"
    assert_invariants(service)


def test_a_worker_stopped_past_its_lease_records_nothing_and_kills_its_child(service: Service):
    render = service.post(small_map("stopped worker", sleep_seconds=LEASE_SECONDS))
    worker = service.until_running(str(render["id"]))
    stopped = psutil.Process(worker.pid)
    children = worker.parent.children()
    stopped.suspend()
    try:
        job = service.until_final(str(render["id"]), seconds=3 * LEASE_SECONDS + 40)
    finally:
        stopped.resume()
    assert (job.state, job.attempt, job.lost_attempts) == ("succeeded", 2, 1)
    until(lambda: any(not child.is_running() for child in children), seconds=2)
    time.sleep(1)  # for a late result to come in
    assert service.job(str(render["id"])).version == job.version
    assert_invariants(service)


def test_a_worker_whose_parent_was_replaced_still_drains_in_order(service: Service):
    (worker,) = service.start_workers(1, slots=2)
    others = [other for other in service.workers if other is not worker]
    for other in others:
        other.process.send_signal(signal.SIGSTOP)
    try:
        worker.parent.kill()
        replaced = service.post(small_map("replaces the parent"))
        assert service.until_final(str(replaced["id"])).state == "succeeded"
        renders = [service.post(small_map("drained", sleep_seconds=seconds)) for seconds in (0.5, 2)]
        for render in renders:
            service.until_running(str(render["id"]))
        worker.process.terminate()
        worker.process.wait(GRACE_SECONDS + 15)
        service.workers.remove(worker)
        assert [service.job(str(render["id"])).state for render in renders] == ["succeeded"] * 2
    finally:
        for other in others:
            other.process.send_signal(signal.SIGCONT)
    assert_invariants(service)
