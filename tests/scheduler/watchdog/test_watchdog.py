"""Jobs whose worker vanished are taken back, wake-ups that got lost are sent again."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import redis
from tests.scheduler.conftest import Database, Schedulers
from tests.shared.queue.conftest import ENGINE, Queue
from tests.waiting import until

from xatra_scheduler.resources import Resources
from xatra_scheduler.watchdog import tasks
from xatra_shared.queue import claim_repository
from xatra_shared.queue.model import State
from xatra_shared.queue.redis_users import CELERY_PREFIX, EVENTS_CHANNEL
from xatra_shared.queue.wake import RENDER_QUEUE

EXPIRE = "UPDATE render_jobs SET lease_expires_at = now() - interval '1 s' WHERE state = 'running'"
AGE = "UPDATE render_jobs SET created_at = now() - interval '11 s'"


@pytest.fixture
def operator(redis_urls: dict[str, str]) -> Iterator[redis.Redis]:
    """Return a client of Redis that may look at everything."""
    with redis.Redis.from_url(redis_urls["xatra_operator"]) as client:
        yield client


def wake_ups(operator: redis.Redis) -> int:
    return operator.llen(f"{CELERY_PREFIX}{RENDER_QUEUE}")


def register(queue: Queue, *, slots: int) -> None:
    with queue.worker.begin() as connection:
        claim_repository.register_worker(connection, "worker", ENGINE, slots)


def test_a_job_whose_lease_ran_out_is_queued_again_and_all_are_told(
    resources: Resources, queue: Queue, database: Database, operator: redis.Redis
):
    waiter_id = queue.ask("x")
    job = queue.claim()
    database.do(EXPIRE)
    with operator.pubsub() as listener:
        listener.subscribe(EVENTS_CHANNEL)
        listener.get_message(timeout=5)
        tasks.take_back_expired_leases(resources)
        assert listener.get_message(timeout=5)["data"] == str(job.id).encode()
    assert queue.look(waiter_id).state is State.QUEUED
    assert wake_ups(operator) == 1


def test_a_lease_that_holds_is_left_alone(resources: Resources, queue: Queue, operator: redis.Redis):
    waiter_id = queue.ask("x")
    queue.claim()
    tasks.take_back_expired_leases(resources)
    assert queue.look(waiter_id).state is State.RUNNING
    assert wake_ups(operator) == 0


def test_taking_back_many_times_at_once_counts_each_loss_once(resources: Resources, queue: Queue, database: Database):
    for number in range(5):
        queue.ask(f"x{number}")
        queue.claim()
    database.do(EXPIRE)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(tasks.take_back_expired_leases, [resources] * 8))
    assert queue.count("state = 'queued' AND lost_attempts = 1") == 5


def test_a_job_that_waits_beside_an_idle_slot_wakes_a_worker(
    resources: Resources, queue: Queue, database: Database, operator: redis.Redis
):
    register(queue, slots=2)
    for number in range(4):
        queue.ask(f"x{number}")
    queue.claim()
    database.do(AGE)
    tasks.repeat_lost_wake_ups(resources)
    assert wake_ups(operator) == 1


@pytest.mark.parametrize(("slots", "age"), [(1, AGE), (2, "SELECT 1")], ids=["all slots busy", "just asked for"])
def test_a_job_that_waits_its_turn_wakes_nobody(
    resources: Resources, queue: Queue, database: Database, operator: redis.Redis, slots: int, age: str
):
    register(queue, slots=slots)
    queue.ask("x")
    queue.claim()
    queue.ask("y")
    database.do(age)
    tasks.repeat_lost_wake_ups(resources)
    assert wake_ups(operator) == 0


def test_where_no_worker_lives_nobody_is_woken(
    resources: Resources, queue: Queue, database: Database, operator: redis.Redis
):
    queue.ask("x")
    database.do(AGE)
    tasks.repeat_lost_wake_ups(resources)
    assert wake_ups(operator) == 0


def test_a_running_scheduler_takes_jobs_back_and_wakes_workers(
    schedulers: Schedulers, queue: Queue, database: Database, operator: redis.Redis
):
    schedulers.start(watchdog_every_seconds=0.5, wake_up_after_seconds=1)
    register(queue, slots=2)
    lost = queue.ask("lost")
    queue.claim()
    database.do(EXPIRE)
    until(lambda: queue.look(lost).state is State.QUEUED, seconds=5)
    until(lambda: wake_ups(operator) >= 2, seconds=10)
