"""With the sandbox off, a program's limits and its end are still the supervisor's."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import psutil
from tests.render_worker.pool.conftest import Worker
from tests.waiting import until

from xatra_shared.queue.model import State

FORKS = """
import ctypes, os, time
for _ in range(5):
    if ctypes.CDLL(None).fork() == 0:
        os.setsid()
        time.sleep(60)
1 / 0
"""


def test_what_a_program_forks_ends_with_it(
    start_pool: Callable[..., AbstractContextManager[Worker]], database_urls: dict[str, str]
):
    with start_pool(slots=1, sandbox="off") as worker:
        assert worker.render(FORKS).state is State.FAILED
        parent = psutil.Process(worker.pool.parent.process.pid)
        until(lambda: len(parent.children(recursive=True)) <= 2, seconds=2)
