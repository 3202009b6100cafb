"""Who consumes proves it, and who stopped is named."""

import pytest
from tests.scheduler.conftest import Database, Schedulers
from tests.shared.queue.conftest import ENGINE, Queue
from tests.waiting import until

from xatra_scheduler.heartbeat import repository, tasks
from xatra_scheduler.resources import Resources
from xatra_shared.queue import repository as renders

LONG_AGO = "now() - interval '61 s'"


def silent(resources: Resources) -> list[str]:
    with resources.database.begin() as connection:
        return [service.service for service in repository.silent_services(connection)]


def register(queue: Queue, worker_id: str) -> None:
    with queue.worker.begin() as connection:
        renders.register_worker(connection, worker_id, ENGINE, 1)


def test_every_scheduler_that_consumes_has_a_heartbeat_of_its_own(schedulers: Schedulers, database: Database):
    processes = {schedulers.start().pid, schedulers.start().pid}
    until(
        lambda: {int(name.split(":")[1]) for name in database.all("SELECT id FROM scheduler_heartbeats")} == processes
    )


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


def test_a_service_that_stopped_in_order_has_no_time_since(resources: Resources, queue: Queue):
    register(queue, "worker")
    with queue.worker.begin() as connection:
        renders.remove_worker(connection, "worker")
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
