"""A warm parent that does not get warm holds no worker up."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import psutil
import pytest
from tests.render_worker.pool.conftest import Worker
from tests.waiting import until

from xatra_render_worker.pool.parent import ParentLostError, WarmParent
from xatra_shared.queue.model import State


def test_a_warm_parent_that_is_not_warm_in_time_is_given_up(map_data: Path):
    before = psutil.Process().children()
    with pytest.raises(ParentLostError, match=r"was not ready within 0\.05 s"):
        WarmParent(data_home=map_data, preload_bytes=0, warm_up_seconds=0.05, ready_children=1)
    assert psutil.Process().children() == before


@pytest.mark.long
def test_a_warm_parent_that_is_stopped_while_it_starts_is_replaced(
    start_pool: Callable[..., AbstractContextManager[Worker]], database_urls: dict[str, str]
):
    with start_pool(warm_up_seconds=15) as worker:
        us = psutil.Process()
        before = us.children()
        worker.pool.parent.process.kill()
        (starting,) = until(lambda: [child for child in us.children() if child not in before])
        starting.suspend()
        assert worker.render("import xatra\nxatra.TitleBox('late')", seconds=60).state is State.SUCCEEDED
        assert not starting.is_running()
