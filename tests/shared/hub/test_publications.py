"""A version is published with its render in the queue, or without, but published."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, text
from tests.shared.hub.works import Works
from tests.shared.queue.conftest import ENGINE

from xatra_shared.hub.publications import PUBLISHER, queue_version
from xatra_shared.queue import claim_repository, repository
from xatra_shared.queue.model import Limits, Origin, Payer, Result, State

LIMITS = Limits(wall_seconds=60)


@pytest.fixture
def works(owner: Engine, database_urls: dict[str, str]) -> Works:
    """Return an empty hub."""
    return Works(owner)


@pytest.fixture
def api(database_urls: dict[str, str]) -> Iterator[Engine]:
    """Return the database as the api sees it."""
    engine = create_engine(database_urls["xatra_api"])
    yield engine
    engine.dispose()


def ask(api: Engine, version_id: int, payer: Payer | None = None) -> int | None:
    with api.begin() as connection:
        return queue_version(connection, version_id, limits=LIMITS, payer=payer)


def jobs(works: Works, condition: str = "true") -> int:
    found: int = works.value(f"SELECT count(*) FROM render_jobs WHERE {condition}")
    return found


def test_a_version_goes_into_the_queue_with_all_that_it_imports_and_reads(
    works: Works, api: Engine, idle_worker: Engine
):
    author = works.sign_up("asha")
    bundle = '{"paths": {"/lib/a": "/lib/a/1"}}'
    sha256 = works.change(
        "INSERT INTO files (sha256, media_type, size_bytes) VALUES (:sha256, 'text/csv', 1) RETURNING sha256",
        sha256="a" * 64,
    )
    version_id = works.publish("x = 1", files={"a.csv": sha256}, bundle=bundle)
    with api.begin() as connection:
        job_id = queue_version(
            connection, version_id, limits=LIMITS, payer=Payer(author, "user"), origin=Origin("request", None)
        )
    assert works.version(version_id).job_id == job_id
    with idle_worker.begin() as connection:
        job = claim_repository.claim(connection, "worker", ENGINE, 60)
    assert job
    assert job.id == job_id
    assert (job.request.program, job.request.files) == ("x = 1", {"a.csv": sha256})
    assert job.request.bundle == {"paths": {"/lib/a": "/lib/a/1"}}
    assert (job.limits, job.origin.request_id) == (LIMITS, "request")
    assert works.value("SELECT payer_id FROM render_jobs") == author
    assert works.value("SELECT caller FROM render_waiters") == PUBLISHER


def test_a_map_that_is_known_needs_no_new_job(works: Works, api: Engine, idle_worker: Engine):
    ask(api, works.publish("x = 1"))
    with idle_worker.begin() as connection:
        job = claim_repository.claim(connection, "worker", ENGINE, 60)
        assert job
        claim_repository.add_artefact(connection, "b" * 64, size_bytes=1, stored_bytes=1, asset_names=[])
        claim_repository.finish(connection, job.id, job.attempt, Result(State.SUCCEEDED, artefact_sha256="b" * 64))
    assert ask(api, works.publish("x = 1")) == job.id
    assert jobs(works) == 1


def test_before_any_worker_ever_started_versions_are_published_without_a_job(works: Works, api: Engine):
    version_id = works.publish("x = 1")
    assert ask(api, version_id) is None
    assert works.version(version_id).job_id is None


def test_only_so_many_versions_are_in_the_queue_and_the_others_are_published_all_the_same(
    works: Works, api: Engine, idle_worker: Engine
):
    versions = [works.publish(f"x = {number}") for number in range(10)]
    asked = []
    for version_id in versions:
        with api.begin() as connection:
            connection.execute(text("UPDATE hub_artifacts SET description = 'published'"))
            asked.append(queue_version(connection, version_id, limits=LIMITS, payer=None))
    assert [job_id is not None for job_id in asked] == [True] * 8 + [False] * 2
    assert jobs(works) == 8
    assert works.value("SELECT DISTINCT description FROM hub_artifacts") == "published"


def test_a_queue_that_people_have_filled_does_not_keep_versions_out(works: Works, api: Engine, idle_worker: Engine):
    with api.begin() as connection:
        connection.execute(
            text(
                """
                INSERT INTO render_jobs (key, program, bundle, files, engine_version, data_version, wall_seconds,
                                         cpu_seconds, memory_bytes, output_bytes, shape, predicted_run_seconds)
                SELECT encode(sha256(number::text::bytea), 'hex'), '', '{}', '{}', '1', '1', 1, 1, 1, 1, '', 1
                FROM generate_series(1, 500) number
                """
            )
        )
    assert ask(api, works.publish("x = 1"))


def test_an_author_whose_budget_is_spent_waits_for_an_hour_at_a_time(works: Works, api: Engine, idle_worker: Engine):
    author = works.sign_up("asha")
    works.change(
        "INSERT INTO render_budgets (user_id, monthly_seconds) VALUES (:id, 0) RETURNING user_id",
        id=author,
    )
    version_id = works.publish("x = 1")
    assert ask(api, version_id, Payer(author, "user")) is None
    pause = works.value("SELECT extract(epoch FROM artefact_due_at - now())::int FROM hub_artifact_versions")
    assert 0 < pause <= 3600
    assert jobs(works) == 0


def test_a_database_that_does_not_let_a_render_in_lets_the_version_be_published(
    works: Works, api: Engine, idle_worker: Engine
):
    version_id = works.publish("x = 1")
    with api.begin() as other, api.begin() as connection:
        repository.lock(other, "queue")
        connection.execute(text("SET LOCAL statement_timeout = '300ms'"))
        connection.execute(text("UPDATE hub_artifacts SET description = 'published'"))
        assert queue_version(connection, version_id, limits=LIMITS, payer=None) is None
    assert works.value("SELECT description FROM hub_artifacts") == "published"


def test_a_publishing_that_is_rolled_back_leaves_no_render(works: Works, api: Engine, idle_worker: Engine):
    version_id = works.publish("x = 1")
    with api.connect() as connection:
        assert queue_version(connection, version_id, limits=LIMITS, payer=None)
        connection.rollback()
    assert jobs(works) == 0
    assert works.version(version_id).job_id is None


def test_somebody_who_cancels_the_same_render_leaves_it_to_the_version(works: Works, api: Engine, idle_worker: Engine):
    version_id = works.publish("x = 1")
    job_id = ask(api, version_id)
    with api.begin() as connection:
        waiter = repository.Waiter(uuid4(), "guest:a", "192.0.2.1/32", None, "0" * 64)
        repository.add_waiter(connection, waiter, job_id or 0, cached=False)
        repository.detach(connection, waiter.id)
    assert jobs(works, "state = 'queued'") == 1
