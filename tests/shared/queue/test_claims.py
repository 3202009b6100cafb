"""Who comes next, who holds what, and what becomes of jobs whose worker vanished."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from tests.shared.queue.conftest import Queue

from xatra_shared.queue import admission, claim_repository
from xatra_shared.queue.model import Engine, Result, State


def expire(queue: Queue) -> None:
    with queue.api.begin() as connection:
        connection.execute(
            text("UPDATE render_jobs SET lease_expires_at = now() - interval '1 s' WHERE state = 'running'")
        )


def reap(queue: Queue) -> list[int]:
    with queue.worker.begin() as connection:
        return claim_repository.reap(connection).ids


def test_an_empty_queue_has_nothing_to_claim(queue: Queue):
    assert not queue.has_work()


def test_a_flooding_caller_does_not_hold_up_another(queue: Queue):
    for number in range(5):
        queue.ask(f"a{number}", caller="guest:a")
    queue.ask("b", caller="guest:b")
    assert [queue.claim().request.program for _ in range(2)] == ["a0", "b"]


def test_the_caller_served_longest_ago_comes_first(queue: Queue):
    for program, caller in (("a1", "a"), ("b1", "b"), ("a2", "a"), ("b2", "b")):
        queue.ask(program, caller=f"guest:{caller}")
    for _ in range(2):
        queue.finish(queue.claim())
    assert queue.claim().request.program == "a2"


@pytest.mark.parametrize("seed", range(8))
def test_positions_are_the_claim_order(queue: Queue, seed: int):
    queue.policy = admission.Policy(100, 100, 100)
    callers = random.Random(seed).choices("abcd", weights=[6, 3, 2, 1], k=14)
    for number, caller in enumerate(callers[:6]):
        queue.ask(f"early {number}", caller=f"guest:{caller}")
    for number in range(4):
        job = queue.claim()
        if number % 2:
            queue.finish(job)
    for number, caller in enumerate(callers[6:]):
        queue.ask(f"late {number}", caller=f"guest:{caller}")
    said = queue.positions()
    assert [queue.claim().id for _ in said] == said


def test_a_shared_job_stands_where_its_best_placed_waiter_puts_it(queue: Queue):
    for number in range(4):
        queue.ask(f"a{number}", caller="guest:a")
    queue.ask("a3", caller="guest:b")
    assert [queue.claim().request.program for _ in range(2)] == ["a0", "a3"]


def test_claims_at_once_get_different_jobs(queue: Queue):
    for number in range(8):
        queue.ask(f"x{number}", caller=f"guest:{number}")
    with ThreadPoolExecutor(4) as threads:
        jobs = list(threads.map(lambda _: queue.claim().id, range(8)))
    assert len(set(jobs)) == 8


def test_a_result_counts_only_under_a_lease_that_is_held(queue: Queue):
    waiter_id = queue.ask("x")
    job = queue.claim()
    expire(queue)
    assert queue.finish(job) is False
    assert reap(queue) == [job.id]
    again = queue.claim()
    assert queue.finish(job) is False
    assert queue.finish(again) is True
    assert queue.look(waiter_id).state is State.SUCCEEDED


def test_renewing_extends_a_lease_that_is_held_and_no_other(queue: Queue):
    queue.ask("x")
    job = queue.claim()
    with queue.worker.begin() as connection:
        assert claim_repository.renew(connection, job.id, job.attempt, 15)
    expire(queue)
    with queue.worker.begin() as connection:
        assert not claim_repository.renew(connection, job.id, job.attempt, 15)


def test_after_three_lost_workers_a_job_fails_and_says_so(queue: Queue):
    waiter_id = queue.ask("x")
    for _ in range(3):
        assert queue.claim()
        expire(queue)
        assert reap(queue)
    render = queue.look(waiter_id)
    assert render.state is State.FAILED
    assert render.error["type"] == "WorkerLost"
    assert not queue.look(queue.ask("x")).cached


def test_an_attempt_that_was_given_back_does_not_count(queue: Queue):
    queue.ask("x")
    for _ in range(5):
        job = queue.claim()
        with queue.worker.begin() as connection:
            assert claim_repository.release(connection, job.id, job.attempt)
    assert queue.count("state = 'queued' AND lost_attempts = 0") == 1


def test_an_attempt_that_the_databases_restart_cut_off_does_not_count(queue: Queue):
    queue.ask("x")
    queue.claim()
    with queue.api.begin() as connection:
        connection.execute(text("UPDATE render_jobs SET started_at = pg_postmaster_start_time() - interval '1 s'"))
    expire(queue)
    reap(queue)
    assert queue.count("state = 'queued' AND lost_attempts = 0") == 1


def test_cancelling_a_queued_render_cancels_its_job_at_once(queue: Queue):
    waiter_id = queue.ask("x")
    queue.cancel(waiter_id)
    assert queue.look(waiter_id).state is State.CANCELLED
    assert not queue.has_work()


def test_cancelling_one_waiter_leaves_the_others_their_render(queue: Queue):
    first, second = queue.ask("x"), queue.ask("x", caller="guest:b")
    queue.cancel(first)
    assert queue.look(first).state is State.CANCELLED
    assert queue.look(second).state is State.QUEUED
    queue.finish(queue.claim())
    assert queue.look(first).state is State.CANCELLED
    assert queue.look(second).state is State.SUCCEEDED


def test_a_running_job_without_waiters_is_asked_to_stop_and_ends_cancelled(queue: Queue):
    waiter_id = queue.ask("x")
    job = queue.claim()
    queue.cancel(waiter_id)
    with queue.worker.begin() as connection:
        assert claim_repository.cancel_requests(connection, [job.id]) == {job.id}
    queue.finish(job)
    assert queue.count("state = 'cancelled' AND artefact_sha256 IS NULL") == 1


def test_an_identical_request_starts_afresh_beside_a_dying_job(queue: Queue):
    dying = queue.ask("z")
    job = queue.claim()
    queue.cancel(dying)
    fresh = queue.ask("z")
    assert queue.look(fresh).job_id != job.id
    assert queue.look(fresh).state is State.QUEUED


def test_cancelling_what_has_ended_changes_nothing(queue: Queue):
    waiter_id = queue.ask("x")
    queue.finish(queue.claim())
    queue.cancel(waiter_id)
    assert queue.look(waiter_id).state is State.SUCCEEDED


def test_a_lost_attempt_of_a_cancelled_job_is_not_repeated(queue: Queue):
    waiter_id = queue.ask("x")
    queue.claim()
    queue.cancel(waiter_id)
    expire(queue)
    reap(queue)
    assert queue.count("state = 'cancelled'") == 1


def test_a_job_admitted_for_another_engine_is_known_under_the_one_that_renders_it(queue: Queue):
    new = Engine("2", "1")
    queue.ask("x")
    queue.finish(queue.claim(engine=new))
    assert queue.look(queue.ask("x", engine=new)).cached
    assert not queue.look(queue.ask("x")).cached


def test_every_change_that_a_waiter_can_see_grows_the_version(queue: Queue):
    waiter_id = queue.ask("x")
    seen = [queue.look(waiter_id).version]
    job = queue.claim()
    seen.append(queue.look(waiter_id).version)
    queue.finish(job, Result(State.CANCELLED))
    seen.append(queue.look(waiter_id).version)
    assert seen == sorted(set(seen))
