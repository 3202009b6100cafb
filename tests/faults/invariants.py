"""What must hold after every fault, whatever it was."""

import gzip
import hashlib
from collections import Counter
from pathlib import Path

import psutil
from tests.faults.service import Service, small_map
from tests.waiting import until

_FINAL = ("succeeded", "failed", "timed_out", "cancelled")


def assert_invariants(service: Service, *, seconds: float = 40) -> None:
    """Fail unless nothing was lost, nothing was done twice, nothing is left, and the service answers.

    Args:
        service: The service after the fault, with everything running again.
        seconds: Within how long every accepted render must have ended.
    """
    assert_every_accepted_render_ends(service, seconds=seconds)
    assert_results_are_of_attempts_that_held_their_lease(service)
    assert_results_are_there(service)
    fresh = service.post(small_map("fresh"), wait_seconds=20)
    assert fresh["state"] == "succeeded", fresh
    assert_nothing_is_left(service)


def assert_every_accepted_render_ends(service: Service, *, seconds: float) -> None:
    def unfinished() -> int:
        return len(service.rows("SELECT FROM render_jobs WHERE state IN ('queued', 'running')"))

    until(lambda: unfinished() == 0, seconds=seconds)
    for waiter_id in service.accepted[-20:]:
        answer = service.client.get(f"/renders/{waiter_id.hex}")
        assert answer.status_code == 200, answer.text
        assert answer.json()["state"] in _FINAL
    known = {row.id for row in service.rows("SELECT id FROM render_waiters")}
    assert known >= set(service.accepted), "renders that were accepted are gone"


def assert_results_are_of_attempts_that_held_their_lease(service: Service) -> None:
    changes = service.rows("SELECT * FROM witness ORDER BY id")
    ends = Counter(change.job_id for change in changes if change.became in _FINAL)
    assert set(ends.values()) <= {1}, "a job ended twice"
    for change in changes:
        assert change.was not in _FINAL, "a job that had ended changed"
        if change.became == "running":
            assert (change.was, change.new_attempt) == ("queued", change.old_attempt + 1)
        else:
            assert change.new_attempt == change.old_attempt
        if change.became in ("succeeded", "failed", "timed_out") and change.error_type != "WorkerLost":
            assert change.was == "running"
            assert change.held, "a result was recorded without the lease"
    jobs = service.rows("SELECT id, state, attempt, lost_attempts FROM render_jobs")
    claims = Counter(change.job_id for change in changes if change.became == "running")
    for job in jobs:
        assert job.attempt == claims[job.id]
        assert job.lost_attempts <= min(job.attempt, 3)
        assert ends[job.id] == 1


def assert_results_are_there(service: Service) -> None:
    found = service.rows(
        "SELECT job.artefact_sha256 AS sha256, artefact.size_bytes FROM render_jobs job "
        "LEFT JOIN artefacts artefact ON artefact.sha256 = job.artefact_sha256 WHERE job.state = 'succeeded'"
    )
    for row in found:
        html = gzip.decompress(Path(service.store, "artefacts", row.sha256[:2], f"{row.sha256}.html.gz").read_bytes())
        assert len(html) == row.size_bytes
        assert hashlib.sha256(html).hexdigest() == row.sha256


def assert_nothing_is_left(service: Service) -> None:
    def strangers() -> list[psutil.Process]:
        expected = {service.api.pid, *(process.pid for process in service.web_processes())}
        if service.scheduler:
            expected.add(service.scheduler.pid)
        for worker in service.workers:
            family = psutil.Process(worker.pid).children(recursive=True)
            # The warm parent, unless it died and is yet to be replaced, and children, of whom one waits in reserve.
            if len(family) > 1 + worker.slots + 1:
                return family
            expected |= {worker.pid, *(process.pid for process in family)}
        return [process for process in service.our_processes() if process.pid not in expected]

    try:
        until(lambda: not strangers(), seconds=10)
    except AssertionError as error:
        raise AssertionError(f"processes are left: {strangers()}") from error
    left = [path.name for path in service.tmp.iterdir() if not path.name.startswith("xatra-api-metrics-")]
    assert left == []
    assert [path for path in service.store.rglob("*") if "#" in path.name] == [], "half-written objects are left"
