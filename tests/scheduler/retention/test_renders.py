"""Renders can be looked up for a week; a map is found by its job for as long as it is kept."""

from datetime import UTC, datetime

import pytest
from tests.scheduler.retention.conftest import Kept
from tests.shared.queue.conftest import ENGINE

from xatra_shared.queue import claim_repository, repository
from xatra_shared.queue.model import Result, State
from xatra_shared.telemetry.repository import RequestRecord, add_request_records

FAILED = Result(State.FAILED, error={"by": "author", "type": "E", "message": "", "line": 1, "traceback": ""})


@pytest.mark.parametrize(("days", "left"), [(6, 1), (8, 0)])
def test_a_failed_render_can_be_looked_up_for_a_week(kept: Kept, days: int, left: int):
    kept.queue.ask("x")
    kept.queue.finish(kept.queue.claim(), FAILED)
    kept.pass_time(days=days)
    kept.tend()
    assert (kept.count("render_jobs"), kept.count("render_waiters")) == (left, left)


def test_what_has_not_ended_is_kept_however_old(kept: Kept):
    for program in ("running", "queued"):
        kept.queue.ask(program)
    kept.queue.claim()
    kept.pass_time(days=60)
    kept.tend()
    assert (kept.count("render_jobs"), kept.count("render_waiters")) == (2, 2)


def test_the_job_by_which_a_map_is_found_stays_and_its_old_waiters_go(kept: Kept):
    kept.render("x")
    kept.pass_time(days=8)
    fresh = kept.queue.ask("x", caller="guest:b")
    kept.tend()
    assert kept.database.all("SELECT id FROM render_waiters") == [fresh]
    assert kept.queue.look(kept.queue.ask("x")).cached


def test_only_the_newest_job_of_a_key_stays(kept: Kept):
    for _ in range(2):
        kept.pass_time(days=8)
        kept.render("x")
        kept.database.do("UPDATE render_jobs SET key = :other", other="0" * 64)  # so that it is rendered again
    newest = max(kept.database.all("SELECT id FROM render_jobs"))
    kept.pass_time(days=8)
    kept.tend()
    assert kept.database.all("SELECT id FROM render_jobs") == [newest]


def test_callers_that_were_not_served_for_a_day_are_forgotten(kept: Kept):
    kept.database.do(
        "INSERT INTO render_callers SELECT 'guest:' || number, now() - interval '2 days' FROM generate_series(1, 450) number"
    )
    kept.database.do("INSERT INTO render_callers VALUES ('guest:here', now())")
    kept.tend()
    assert kept.database.all("SELECT caller FROM render_callers") == ["guest:here"]


def test_workers_that_were_not_seen_for_a_day_are_forgotten_but_for_the_newest(kept: Kept):
    for worker_id in ("first", "second", "third"):
        kept.register(worker_id)
        kept.pass_time(days=2)
    kept.register("second")
    kept.tend()
    assert set(kept.database.all("SELECT id FROM render_workers")) == {"second", "third"}


def test_what_renders_is_known_although_every_worker_stopped(kept: Kept):
    kept.register("worker")
    with kept.queue.worker.begin() as connection:
        claim_repository.remove_worker(connection, "worker")
    kept.pass_time(days=10)
    kept.tend()
    with kept.queue.api.begin() as connection:
        assert repository.current_engine(connection) == ENGINE


def test_how_requests_went_is_kept_for_two_weeks(kept: Kept):
    with kept.queue.api.begin() as connection:
        add_request_records(
            connection,
            [
                RequestRecord(
                    started_at=datetime.now(UTC),
                    service="api",
                    request_id=None,
                    method="GET",
                    route="/files",
                    query_names=[],
                    status=200,
                    milliseconds=1.0,
                    is_slow=False,
                    stands_for=20.0,
                    user_id=None,
                    address="192.0.2.1",
                    country=None,
                )
            ],
        )
    kept.pass_time(days=13)
    kept.tend()
    assert kept.count("request_records") == 1

    kept.pass_time(days=2)
    kept.tend()
    assert kept.count("request_records") == 0
