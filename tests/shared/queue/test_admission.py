"""Who gets in, who shares, who is turned away."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from tests.shared.queue.conftest import ENGINE, Queue

from xatra_shared.queue import admission, claim_repository, repository
from xatra_shared.queue.model import Engine, Limits, RenderRequest, Result, State

AUTHOR_ERROR = {"by": "author", "type": "ValueError", "message": "", "line": 1, "traceback": ""}


def test_equal_requests_in_flight_are_one_job(queue: Queue):
    first, second = queue.ask("x = 1"), queue.ask("x = 1", caller="guest:b")
    assert queue.look(first).job_id == queue.look(second).job_id
    assert first != second


def test_a_hundred_equal_requests_at_once_are_one_job(queue: Queue):
    queue.policy = admission.Policy(1000, 1000, 1000)
    with ThreadPoolExecutor(5) as threads:
        list(threads.map(lambda number: queue.ask("x = 1", caller=f"guest:{number}"), range(100)))
    assert queue.count("true") == 1


def test_a_known_result_is_answered_without_a_job(queue: Queue):
    queue.finish(queue.start("x = 1"))
    again = queue.look(queue.ask("x = 1", caller="guest:b"))
    assert (again.state, again.cached) == (State.SUCCEEDED, True)
    assert queue.count("true") == 1


def test_other_programs_files_engines_and_data_have_other_keys():
    request = RenderRequest("x = 1")
    keys = {
        request.key(ENGINE),
        request.key(Engine("2", "1")),
        request.key(Engine("1", "2")),
        RenderRequest("x = 2").key(ENGINE),
        RenderRequest("x = 1", files={"a.csv": "0" * 64}).key(ENGINE),
        RenderRequest("x = 1", bundle={"files": {"a.csv": "0" * 64}}).key(ENGINE),
    }
    assert len(keys) == 6


def test_a_job_with_smaller_limits_is_not_joined(queue: Queue):
    small = queue.ask("x = 1", limits=Limits(wall_seconds=1))
    large = queue.ask("x = 1", limits=Limits(wall_seconds=9))
    between = queue.ask("x = 1", limits=Limits(wall_seconds=5))
    assert queue.look(small).job_id != queue.look(large).job_id == queue.look(between).job_id


@pytest.mark.parametrize(
    ("result", "is_kept"),
    [
        (Result(State.FAILED, error=AUTHOR_ERROR), True),
        (Result(State.FAILED, error={**AUTHOR_ERROR, "by": "limit"}), False),
        (Result(State.FAILED, error={**AUTHOR_ERROR, "by": "service"}), False),
        (Result(State.TIMED_OUT, error={**AUTHOR_ERROR, "by": "limit"}), False),
    ],
)
def test_only_an_authors_error_answers_the_same_program_again(queue: Queue, result: Result, *, is_kept: bool):
    queue.finish(queue.start("x = 1"), result)
    assert queue.look(queue.ask("x = 1")).cached is is_kept


def test_an_authors_error_is_forgotten_after_ten_minutes(queue: Queue):
    queue.finish(queue.start("x = 1"), Result(State.FAILED, error=AUTHOR_ERROR))
    with queue.api.begin() as connection:
        connection.execute(text("UPDATE render_jobs SET finished_at = now() - interval '601 s'"))
    assert not queue.look(queue.ask("x = 1")).cached


def test_a_hit_takes_back_retentions_mark(queue: Queue):
    queue.finish(queue.start("x = 1"))
    with queue.api.begin() as connection:
        connection.execute(text("UPDATE artefacts SET marked_at = now()"))
    queue.ask("x = 1")
    with queue.api.begin() as connection:
        assert connection.execute(text("SELECT marked_at FROM artefacts")).scalar_one() is None


def test_a_caller_at_its_limit_is_turned_away(queue: Queue):
    for number in range(5):
        queue.ask(f"x = {number}")
    with pytest.raises(admission.TooManyRendersError) as refusal:
        queue.ask("x = 5")
    assert refusal.value.limit == 5
    queue.ask("x = 5", caller="guest:b")


def test_joining_counts_against_the_limit_and_a_known_answer_does_not(queue: Queue):
    queue.finish(queue.start("known"))
    queue.ask("shared", caller="guest:b", address="192.0.2.2/32")
    for program in ("shared", "1", "2", "3", "4"):
        queue.ask(program)
    queue.ask("known")
    with pytest.raises(admission.TooManyRendersError):
        queue.ask("shared")


def test_inventing_guests_does_not_help_against_the_limit_of_an_address(queue: Queue):
    for number in range(8):
        queue.ask(f"x = {number}", caller=f"guest:{number}")
    with pytest.raises(admission.TooManyRendersError):
        queue.ask("x = 9", caller="guest:9")


def test_parallel_requests_cannot_pass_the_limit(queue: Queue):
    def ask(number: int) -> bool:
        try:
            queue.ask(f"x = {number}")
        except admission.TooManyRendersError:
            return False
        return True

    with ThreadPoolExecutor(5) as threads:
        assert sum(threads.map(ask, range(40))) == 5


def test_a_full_queue_turns_new_jobs_away_but_lets_equal_ones_join(queue: Queue):
    queue.policy = admission.Policy(100, 100, 10)
    for number in range(10):
        queue.ask(f"x = {number}")
    with pytest.raises(admission.QueueFullError):
        queue.ask("x = 10")
    queue.ask("x = 3", caller="guest:b")


def test_an_idempotency_key_answers_with_the_same_render(queue: Queue):
    first = queue.ask("x = 1", idempotency_key="k")
    assert queue.ask("x = 1", idempotency_key="k") == first
    assert queue.ask("x = 1", caller="guest:b", idempotency_key="k") != first
    with pytest.raises(admission.IdempotencyKeyReusedError):
        queue.ask("x = 2", idempotency_key="k")


def test_ids_are_128_random_bits(queue: Queue):
    ids = [queue.ask("x = 1", caller=f"guest:{number}").int for number in range(8)]
    assert len({identifier >> 64 for identifier in ids}) == 8
    assert len({identifier & (1 << 64) - 1 for identifier in ids}) == 8


def test_the_engine_is_the_newest_live_workers(queue: Queue):
    with queue.worker.begin() as connection:
        assert repository.current_engine(connection) is None
        claim_repository.register_worker(connection, "old", Engine("1", "1"), 1)
    with queue.worker.begin() as connection:
        claim_repository.register_worker(connection, "new", Engine("2", "1"), 1)
    with queue.worker.begin() as connection:
        assert repository.current_engine(connection) == Engine("2", "1")
        claim_repository.remove_worker(connection, "new")
        assert repository.current_engine(connection) == Engine("1", "1")
        claim_repository.remove_worker(connection, "old")
        assert repository.current_engine(connection) is not None
