"""A worker's liveness is that its slots take jobs, not that its process runs."""

import time

import pytest
from sqlalchemy import Engine, text
from tests.render_worker.pool.conftest import Worker
from tests.waiting import until

from xatra_render_worker.pool import slots
from xatra_shared.queue.model import State


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Expect each slot to look for work within a second."""
    monkeypatch.setattr(slots, "_LOOKS_EVERY_SECONDS", 1)


def test_slots_that_hang_do_not_consume(worker: Worker, owner: Engine):
    until(worker.pool.consumes)
    with owner.begin() as connection:
        connection.execute(text("LOCK TABLE render_jobs IN ACCESS EXCLUSIVE MODE"))
        until(lambda: not worker.pool.consumes(), seconds=8)
    until(worker.pool.consumes)


def test_slots_that_render_for_long_consume(worker: Worker):
    waiter_id = worker.ask("import time\ntime.sleep(60)\n")
    until(lambda: worker.look(waiter_id).state is State.RUNNING)
    time.sleep(1.5)

    assert worker.pool.consumes()
    worker.cancel(waiter_id)
