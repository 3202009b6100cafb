"""What the simulation of `tests/load` takes for granted is what the queue does in PostgreSQL."""

import random
from typing import Any

import pytest
from tests.load import slots_simulation
from tests.shared.queue.conftest import Queue

from xatra_shared.queue import admission, repository


@pytest.mark.parametrize("seed", range(3))
def test_the_simulated_queue_claims_in_the_order_of_the_real_one(queue: Queue, seed: int):
    chance = random.Random(seed)
    queue.policy = admission.Policy(100, 100, 100)
    simulated = slots_simulation.Queue()
    running: list[tuple[Any, slots_simulation.Job]] = []
    for step in range(120):
        match chance.choices(("ask", "claim", "finish"), (5, 4, 3))[0]:
            case "ask":
                caller = chance.randrange(6)
                waiter = queue.ask(f"x = {step}", caller=f"guest:{caller}", address=f"192.0.2.{caller}/32")
                simulated.add(slots_simulation.Job(queue.look(waiter).job_id, caller, step, 1.0, 1.0))
            case "claim" if len(simulated):
                expected = simulated.claim(step)
                assert expected
                running.append((queue.claim(), expected))
                assert running[-1][0].id == expected.id
            case "finish" if running:
                real, ended = running.pop(chance.randrange(len(running)))
                assert queue.finish(real)
                simulated.finish(ended)
        assert queue.positions() == [job.id for job in simulated.order()]


def test_the_simulated_day_wants_as_many_slots_as_the_database(queue: Queue):
    queue.policy = admission.Policy(100, 100, 100)
    day = slots_simulation.Day(slots_simulation.wanted, 0)
    for number in range(12):
        waiter = queue.ask(f"x = {number}", caller=f"guest:{number % 4}", address=f"192.0.2.{number}/32")
        job = slots_simulation.Job(queue.look(waiter).job_id, number % 4, 0.0, 2.0, 2.0)
        day.queue.add(job)
        day.arrived.append(job)
    with queue.api.connect() as connection:
        real = repository.count_slots_wanted(connection, slots_simulation.PROMISED_WAIT_SECONDS)

    assert slots_simulation.wanted(day) == real == 4
