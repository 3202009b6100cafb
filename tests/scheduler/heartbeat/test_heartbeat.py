"""Who consumes proves it, and who stopped is named."""

import signal
import time

import pytest
import redis
from tests.scheduler.conftest import Database, Schedulers
from tests.shared.queue.conftest import ENGINE, Queue
from tests.waiting import until

from xatra_scheduler.heartbeat import repository, tasks
from xatra_scheduler.resources import Resources
from xatra_shared.queue import claim_repository
from xatra_shared.queue.redis_users import CELERY_PREFIX

LONG_AGO = "now() - interval '61 s'"


def silent(resources: Resources) -> list[str]:
    with resources.database.begin() as connection:
        return [service.service for service in repository.silent_services(connection)]


def beats(database: Database, pid: int, since: object = "-infinity") -> bool:
    query = "SELECT 1 FROM scheduler_heartbeats WHERE id LIKE :id AND last_consumed_at > CAST(:since AS timestamptz)"
    return bool(database.all(query, id=f"%:{pid}:%", since=since))


def register(queue: Queue, worker_id: str) -> None:
    with queue.worker.begin() as connection:
        claim_repository.register_worker(connection, worker_id, ENGINE, 1)


def test_every_scheduler_proves_for_itself_that_it_consumes(schedulers: Schedulers, database: Database):
    leader, other = (schedulers.start(heartbeat_every_seconds=1) for _ in range(2))
    until(lambda: beats(database, leader.pid) and beats(database, other.pid), seconds=10)
    other.send_signal(signal.SIGSTOP)
    time.sleep(2)
    (now,) = database.all("SELECT now()")
    until(lambda: beats(database, leader.pid, since=now))
    assert not beats(database, other.pid, since=now)
    other.send_signal(signal.SIGCONT)
    until(lambda: beats(database, other.pid, since=now))


def test_a_scheduler_that_ended_leaves_nothing_in_redis(
    schedulers: Schedulers, database: Database, resources: Resources, redis_urls: dict[str, str]
):
    process = schedulers.start(heartbeat_every_seconds=1)
    (worker_id,) = until(lambda: database.all("SELECT id FROM scheduler_heartbeats"))
    process.terminate()
    process.wait()
    with redis.Redis.from_url(redis_urls["xatra_operator"]) as client:
        client.lpush(f"{CELERY_PREFIX}heartbeat.{worker_id}", "as a crash may leave it")
        database.do("UPDATE scheduler_heartbeats SET last_consumed_at = now() - interval '25 hours'")
        tasks.prove_consumption(resources)
        assert [key for key in client.scan_iter() if worker_id.encode() in key] == []


def test_services_that_consume_are_not_named(resources: Resources, queue: Queue):
    assert silent(resources) == []
    register(queue, "worker")
    tasks.prove_consumption(resources)
    assert silent(resources) == []


def test_a_service_is_silent_when_none_of_its_processes_consumes(
    resources: Resources, queue: Queue, database: Database
):
    register(queue, "first")
    tasks.prove_consumption(resources)
    database.do(f"UPDATE render_workers SET last_seen_at = {LONG_AGO}")
    assert silent(resources) == ["render_worker"]
    register(queue, "second")
    assert silent(resources) == []
    database.do(f"UPDATE scheduler_heartbeats SET last_consumed_at = {LONG_AGO}")
    assert silent(resources) == ["scheduler"]


def test_the_clock_is_silent_when_nobody_leads(resources: Resources, database: Database):
    database.do(f"INSERT INTO scheduled_tasks VALUES ('rare', {LONG_AGO})")
    assert silent(resources) == ["clock"]
    database.do("INSERT INTO scheduled_tasks VALUES ('frequent', now())")
    assert silent(resources) == []


def test_a_service_that_stopped_in_order_has_no_time_since(resources: Resources, queue: Queue):
    register(queue, "worker")
    with queue.worker.begin() as connection:
        claim_repository.remove_worker(connection, "worker")
    with resources.database.begin() as connection:
        assert repository.silent_services(connection) == [repository.SilentService("render_worker", None)]


def test_a_silent_service_is_logged(
    resources: Resources, queue: Queue, database: Database, capsys: pytest.CaptureFixture[str]
):
    register(queue, "worker")
    database.do(f"UPDATE render_workers SET last_seen_at = {LONG_AGO}")
    tasks.prove_consumption(resources)
    assert "a service stopped consuming" in capsys.readouterr().out


def test_heartbeats_of_schedulers_that_are_gone_are_forgotten_after_a_day(resources: Resources, database: Database):
    database.do("INSERT INTO scheduler_heartbeats VALUES ('gone', now() - interval '25 hours')")
    tasks.prove_consumption(resources)
    assert database.all("SELECT id FROM scheduler_heartbeats") == [resources.worker_id]
