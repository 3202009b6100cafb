"""A worker that stops gives back what it cannot finish. No other may be about, or it would take that up at once."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from tests.render_worker.pool.conftest import Worker
from tests.waiting import until

from xatra_shared.queue.model import State

SLEEP = "import time\ntime.sleep(60)\n"


def test_draining_gives_running_renders_back_uncounted(
    start_pool: Callable[..., AbstractContextManager[Worker]], database_urls: dict[str, str]
):
    with start_pool(grace_seconds=0.1) as worker:
        waiter_id = worker.ask(SLEEP)
        until(lambda: worker.look(waiter_id).state is State.RUNNING)
        worker.pool.stop()
        assert worker.look(waiter_id).state is State.QUEUED
        with worker.api.begin() as connection:
            assert connection.exec_driver_sql("SELECT lost_attempts FROM render_jobs").scalar_one() == 0
