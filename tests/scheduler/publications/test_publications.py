"""Every version that wants an artefact ends with one, or with the reason why not."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import redis
from tests.scheduler.publications.conftest import Press

from xatra_scheduler.publications import repository
from xatra_shared.queue.model import Result, State
from xatra_shared.queue.redis_users import CELERY_PREFIX
from xatra_shared.queue.wake import RENDER_QUEUE

NEVER = "artefact_sha256 IS NULL AND artefact_error IS NULL"


def test_a_version_without_a_job_gets_one_and_a_worker_is_woken(press: Press, redis_urls: dict[str, str]):
    version_id = press.works.publish("x = 1")
    press.tend()
    press.tend()
    assert press.database.all("SELECT id FROM render_jobs") == [press.works.version(version_id).job_id]
    with redis.Redis.from_url(redis_urls["xatra_operator"]) as operator:
        assert operator.llen(f"{CELERY_PREFIX}{RENDER_QUEUE}") == 1


def test_its_render_may_take_as_long_as_one_of_a_trusted_user(press: Press):
    press.works.publish("x = 1")
    press.tend()
    limits = press.queue.claim().limits
    assert (limits.wall_seconds, limits.cpu_seconds) == (180, 180)


def test_a_version_that_wants_no_artefact_gets_no_job(press: Press):
    press.works.publish("x = 1", wants_artefact=False)
    press.tend()
    assert press.jobs() == 0


def test_what_became_of_a_render_is_kept_with_its_version(press: Press):
    version_id = press.works.publish("x = 1")
    press.tend()
    press.render()
    press.tend()
    version = press.works.version(version_id)
    assert press.database.all("SELECT sha256 FROM artefacts") == [version.artefact_sha256]
    assert (version.engine_version, version.data_version, version.job_id) == ("1", "1", None)
    assert version.artefact_error is None


def test_a_map_that_is_known_needs_no_worker(press: Press):
    press.queue.ask("x = 1")
    press.render()
    version_id = press.works.publish("x = 1")
    press.tend()
    press.tend()
    assert press.works.version(version_id).artefact_sha256
    assert press.jobs("true") == 1


@pytest.mark.parametrize(("by", "state"), [("author", State.FAILED), ("limit", State.TIMED_OUT)])
def test_an_authors_error_and_a_limit_are_final_and_told_whole(press: Press, by: str, state: State):
    version_id = press.works.publish("x = 1")
    press.tend()
    error = press.fail(by, state)
    press.tend()
    press.wait_is_over()
    press.tend()
    assert press.works.version(version_id).artefact_error == error
    assert press.jobs("true") == 1


def test_a_failure_of_ours_is_tried_again_after_a_pause_that_grows(press: Press):
    version_id = press.works.publish("x = 1")
    pauses = []
    for _ in range(3):
        press.tend()
        press.fail("service")
        press.tend()
        assert press.jobs() == 0
        [pause] = press.database.all(
            "SELECT extract(epoch FROM artefact_due_at - now())::int FROM hub_artifact_versions"
        )
        pauses.append(pause)
        press.wait_is_over()
    press.tend()
    press.render()
    press.tend()
    assert press.works.version(version_id).artefact_sha256
    assert [round(pause, -1) for pause in pauses] == [30, 120, 480]


@pytest.mark.parametrize("error", [{"by": "service", "type": "E", "message": "why"}, None])
def test_after_so_many_failures_of_ours_a_version_ends_with_an_error(press: Press, error: dict[str, str] | None):
    version_id = press.works.publish("x = 1")
    for _ in range(repository.MAX_TRIES):
        assert press.works.version(version_id).artefact_error is None
        press.tend()
        press.render(Result(State.FAILED, error=error))
        press.tend()
        press.wait_is_over()
    press.tend()
    told = press.works.version(version_id).artefact_error
    assert told["by"] == "service"
    assert told["message"]
    assert press.jobs() == 0


def test_a_cancelled_render_is_tried_again(press: Press):
    version_id = press.works.publish("x = 1")
    press.tend()
    press.queue.cancel(press.database.all("SELECT id FROM render_waiters")[0])
    press.tend()
    press.wait_is_over()
    press.tend()
    assert press.jobs() == 1
    assert press.works.version(version_id).artefact_tries == 1


def test_a_job_that_is_gone_is_replaced_at_once(press: Press):
    press.works.publish("x = 1")
    press.tend()
    press.database.do("DELETE FROM render_jobs")
    press.tend()
    assert press.jobs() == 1


def test_a_render_whose_workers_all_vanished_is_tried_again(press: Press):
    version_id = press.works.publish("x = 1")
    press.tend()
    press.queue.claim()
    press.database.do(
        "UPDATE render_jobs SET state = 'failed', leased_by = NULL, lease_expires_at = NULL, finished_at = now(),"
        " error = jsonb_build_object('by', 'service', 'type', 'WorkerLost')"
    )
    press.tend()
    press.wait_is_over()
    press.tend()
    press.render()
    press.tend()
    assert press.works.version(version_id).artefact_sha256


def test_few_versions_wait_in_the_queue_at_a_time_the_longest_published_first(press: Press):
    versions = [press.works.publish(f"x = {number}") for number in range(6)]
    press.tend()
    press.tend()
    assert press.jobs() == 4
    for _ in range(4):
        press.render()
    press.tend()
    assert press.jobs() == 2
    assert [bool(press.works.version(version_id).artefact_sha256) for version_id in versions] == [True] * 4 + [
        False
    ] * 2


def test_who_asks_for_a_render_comes_before_all_but_one_version(press: Press):
    for number in range(4):
        press.works.publish(f"x = {number}")
    press.tend()
    press.queue.ask("mine = 1")
    assert "mine = 1" in {press.queue.claim().request.program for _ in range(2)}


def test_an_author_whose_budget_is_spent_holds_nobody_else_up(press: Press):
    author = press.works.sign_up("asha")
    press.database.do("INSERT INTO render_budgets (user_id, monthly_seconds) VALUES (:id, 1)", id=author)
    spent = [press.works.publish(f"x = {number}", work_id=press.works.make(user_id=author)) for number in range(6)]
    other = press.works.publish("y = 1")
    for _ in range(3):
        press.tend()
    assert press.works.version(other).job_id
    assert [press.works.version(version_id).job_id is None for version_id in spent] == [False] + [True] * 5
    press.database.do("UPDATE render_budgets SET monthly_seconds = NULL")
    press.wait_is_over()
    press.tend()
    assert press.jobs() == 4


def test_without_a_worker_nothing_is_queued_until_one_comes(press: Press):
    press.database.do("DELETE FROM render_workers")
    press.works.publish("x = 1")
    press.tend()
    assert press.jobs() == 0
    press.register()
    press.tend()
    assert press.jobs() == 1


def test_many_runs_at_once_ask_once_for_each_version(press: Press):
    press.register(slots=1)
    for number in range(4):
        press.works.publish(f"x = {number}")
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: press.tend(), range(8)))
    assert press.jobs("true") == 4
    for _ in range(4):
        press.render()
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: press.tend(), range(8)))
    assert press.database.all(f"SELECT count(*) FROM hub_artifact_versions WHERE {NEVER}") == [0]


def test_the_backlog_counts_who_waits_with_and_without_a_job_and_how_late_the_first_is(press: Press):
    for number in range(6):
        press.works.publish(f"x = {number}")
    press.tend()
    press.database.do("UPDATE hub_artifact_versions SET artefact_due_at = now() - interval '90 s'")
    with press.resources.database.connect() as connection:
        backlog = repository.measure_backlog(connection)
    assert (backlog.pending, round(backlog.overdue_seconds)) == (6, 90)


def test_nothing_that_waits_is_no_backlog(press: Press):
    with press.resources.database.connect() as connection:
        assert repository.measure_backlog(connection) == repository.Backlog(0, 0)
