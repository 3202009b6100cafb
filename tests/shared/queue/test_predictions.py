"""When renders will start and end, from what like programs took."""

import pytest
from sqlalchemy import text
from tests.shared.queue.conftest import Queue

from xatra_shared.queue import claim_repository, repository
from xatra_shared.queue.model import Engine
from xatra_shared.queue.predictions import TYPICAL_RUN_SECONDS, predict, shape_of, slots_wanted


def test_programs_that_differ_in_their_literals_are_alike():
    assert shape_of('Flag("India", gadm("IND"), period=[1, 2])') == shape_of('Flag("Hind", gadm("IND"), period=[3, 4])')


@pytest.mark.parametrize("other", ['Flag("India", gadm("PAK"))', 'Flag("India", gadm("IND.31"))', 'River("x", y)'])
def test_programs_of_other_units_or_calls_are_not_alike(other: str):
    assert shape_of(other) != shape_of('Flag("India", gadm("IND"))')


def test_queued_jobs_start_when_a_slot_becomes_free_in_their_order():
    load = predict(2, running=[(1, 4.0)], queued=[(2, 1.0), (3, 5.0), (4, 1.0)])
    assert load.start_seconds == {2: 0.0, 3: 1.0, 4: 4.0}
    assert load.finish_seconds == {1: 4.0, 2: 1.0, 3: 6.0, 4: 5.0}
    assert load.positions == {2: 1, 3: 2, 4: 3}
    assert load.retry_after_seconds == 1


def test_without_slots_the_queue_is_told_as_if_one_came_back():
    assert predict(0, running=[], queued=[(1, 2.0), (2, 2.0)]).start_seconds == {1: 0.0, 2: 2.0}


def wanted(running: int = 0, queued: int = 0, arriving: float = 0.0) -> int:
    """Return how many slots are wanted for renders of two seconds that may wait for five."""
    return slots_wanted(
        [(number, 2.0) for number in range(running)],
        [(running + number, 2.0) for number in range(queued)],
        arriving=arriving,
        promised_wait_seconds=5,
    )


def test_no_slot_is_wanted_where_nothing_is_to_be_done():
    assert wanted() == 0


def test_slots_are_wanted_for_what_arrives_with_room_to_spare():
    assert [wanted(arriving=seconds) for seconds in (0.01, 0.7, 0.8, 10)] == [1, 1, 2, 13]


def test_as_few_slots_are_wanted_as_start_what_waits_within_the_promise():
    assert [wanted(queued=count) for count in (1, 3, 4, 6, 7, 300)] == [1, 1, 2, 2, 3, 100]
    for count in (1, 3, 4, 6, 7, 300):
        queued = [(number, 2.0) for number in range(count)]
        assert max(predict(wanted(queued=count), [], queued).start_seconds.values()) <= 5


def test_a_slot_in_use_is_wanted_until_its_render_ends():
    assert [wanted(running=count) for count in (1, 4)] == [1, 4]
    assert wanted(running=4, queued=4) == 4


def test_every_service_that_asks_the_database_wants_the_same(queue: Queue):
    for number in range(5):
        queue.ask(f"x = {number}", caller=f"guest:{number}", address=f"192.0.2.{number}/32")
    queue.claim()
    queue.finish(queue.claim())
    for database in (queue.api, queue.worker):
        with database.connect() as connection:
            assert repository.count_slots_wanted(connection, promised_wait_seconds=1) == 4


def run_for(queue: Queue, program: str, seconds: float) -> None:
    job = queue.start(program)
    queue.finish(job)
    with queue.api.begin() as connection:
        connection.execute(
            text("UPDATE render_jobs SET started_at = finished_at - make_interval(secs => :seconds) WHERE id = :id"),
            {"seconds": seconds, "id": job.id},
        )


def predicted(queue: Queue, program: str) -> float:
    waiter_id = queue.ask(program)
    with queue.api.begin() as connection:
        seconds = connection.execute(
            text("SELECT predicted_run_seconds FROM render_jobs WHERE id = :id"), {"id": queue.look(waiter_id).job_id}
        ).scalar_one()
    queue.cancel(waiter_id)
    return float(seconds)


def test_a_program_is_expected_to_run_as_long_as_its_likes_did(queue: Queue):
    assert predicted(queue, 'Flag("a")') == TYPICAL_RUN_SECONDS
    for number, seconds in enumerate((5, 5, 50)):
        run_for(queue, f'Flag("{number}")', seconds)
    run_for(queue, "Admin()", 1)
    assert predicted(queue, 'Flag("b")') == pytest.approx(5)
    assert predicted(queue, "River()") == pytest.approx(61 / 4)


def test_a_claim_tells_by_how_much_the_prediction_was_off(queue: Queue):
    with queue.worker.begin() as connection:
        claim_repository.register_worker(connection, "worker", Engine("1", "1"), slots=1)
    queue.ask("first()")
    last = queue.ask("then_this()")
    with queue.api.begin() as connection:
        seconds = repository.measure_load(connection).start_seconds[queue.look(last).job_id]
        repository.record_prediction(connection, last, seconds)
    assert queue.claim().start_error_seconds is None
    error = queue.claim().start_error_seconds
    assert error is not None
    assert error == pytest.approx(-TYPICAL_RUN_SECONDS, abs=0.5)  # it was told to wait for the other's whole run
