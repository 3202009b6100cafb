"""Whatever happens to schedulers, workers and the queue, every published version ends with an artefact or an error."""

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import Engine
from tests.conftest import Workers
from tests.scheduler.conftest import Database, Schedulers
from tests.shared.hub.works import Works
from tests.shared.queue.conftest import ENGINE, Queue
from tests.waiting import until

from xatra_shared.queue import claim_repository

VERSIONS = 12
OFTEN = {"publications_every_seconds": 0.2, "watchdog_every_seconds": 0.5, "trusted_render_seconds": 2}


@pytest.fixture
def publish(owner: Engine, database_urls: dict[str, str]) -> Callable[[], None]:
    """Return what publishes maps, among them one that is wrong and one that never ends."""
    works = Works(owner)

    def publish_all() -> None:
        for number in range(VERSIONS - 2):
            works.publish(f'import xatra\nxatra.TitleBox("{number}")\n')
        works.publish("\n\nraise ValueError('mine')\n")
        works.publish("while True:\n    pass\n")

    return publish_all


def count(database: Database, condition: str) -> int:
    found: int = database.all(f"SELECT count(*) FROM hub_artifact_versions WHERE {condition}")[0]
    return found


def check_that_all_end_as_they_must(database: Database) -> None:
    until(lambda: count(database, "artefact_sha256 IS NOT NULL OR artefact_error IS NOT NULL") == VERSIONS, seconds=90)
    assert (
        count(database, "artefact_sha256 IN (SELECT sha256 FROM artefacts) AND engine_version <> '1'") == VERSIONS - 2
    )
    errors = database.all(
        "SELECT artefact_error FROM hub_artifact_versions WHERE artefact_error IS NOT NULL ORDER BY id"
    )
    assert [error["by"] for error in errors] == ["author", "limit"]
    assert (errors[0]["type"], errors[0]["message"], errors[0]["line"]) == ("ValueError", "mine", 3)
    assert errors[0]["traceback"]
    assert count(database, "job_id IS NOT NULL") == 0
    assert database.all("SELECT count(*) FROM render_jobs WHERE finished_at IS NULL") == [0]


def test_a_scheduler_that_is_killed_between_queueing_and_writing_down_loses_nothing(
    schedulers: Schedulers, workers: Workers, queue: Queue, database: Database, publish: Callable[[], None]
):
    with queue.worker.begin() as connection:
        claim_repository.register_worker(connection, "gone", ENGINE, slots=1)
    publish()
    scheduler = schedulers.start(**OFTEN)
    until(lambda: count(database, "job_id IS NOT NULL") == 4)
    scheduler.kill()
    scheduler.wait()

    workers.start()  # renders what is queued, under its own engine
    until(lambda: queue.count("finished_at IS NOT NULL") == 4, seconds=60)
    assert count(database, "artefact_sha256 IS NOT NULL") == 0

    schedulers.start(**OFTEN)
    check_that_all_end_as_they_must(database)


def test_a_queue_that_nobody_serves_for_a_while_takes_versions_up_again_when_it_moves(
    schedulers: Schedulers, workers: Workers, queue: Queue, database: Database, publish: Callable[[], None]
):
    with queue.worker.begin() as connection:
        claim_repository.register_worker(connection, "gone", ENGINE, slots=1)
    for number in range(5):
        queue.ask(f"mine = {number}")
    publish()
    schedulers.start(**OFTEN)
    until(lambda: count(database, "job_id IS NOT NULL") == 4)
    queue.ask("mine = 5", caller="guest:b", address="192.0.2.2/32")  # people still get in

    workers.start()
    check_that_all_end_as_they_must(database)


def is_more_settled(database: Database, before: int) -> bool:
    return count(database, "artefact_sha256 IS NOT NULL") > before


@pytest.mark.long
def test_schedulers_and_workers_that_are_killed_again_and_again_lose_nothing(
    schedulers: Schedulers, workers: Workers, database: Database, publish: Callable[[], None]
):
    worker = workers.start(lease_seconds=3)
    publish()
    for _ in range(2):
        before = count(database, "artefact_sha256 IS NOT NULL")
        scheduler = schedulers.start(**OFTEN)
        until(partial(is_more_settled, database, before), seconds=60)
        scheduler.kill()
        worker.kill()
        for process in (scheduler, worker):
            process.wait()
        worker = workers.start(lease_seconds=3)
    schedulers.start(**OFTEN)
    check_that_all_end_as_they_must(database)
