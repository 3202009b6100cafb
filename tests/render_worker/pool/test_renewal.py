"""Map data that are installed while a worker runs are taken up by it, and what runs meanwhile comes to its end."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from tests.conftest import Workers
from tests.render_worker.pool.conftest import Worker
from tests.waiting import until

from xatra_render_worker.data.manifest import GADM_PATH, data_version, write_manifest
from xatra_render_worker.pool.parent import ParentLostError
from xatra_render_worker.pool.renewal import MapDataWatch
from xatra_render_worker.renderer.store import build_store
from xatra_shared.queue.model import State

UNIT = 'import xatra\nfrom xatra.loaders import gadm\nxatra.Flag("unit", gadm("{0}"))\n'
SLOWLY = "import time\ntime.sleep(2)\n"


def nobody(label: str, done: int, total: int) -> None:
    """Take no notice of progress."""


def install(country: str, map_data: Path, home: Path) -> None:
    """Add a country, but not what is worked out from it."""
    for path in (map_data / GADM_PATH).glob(f"gadm41_{country}_*.json"):
        shutil.copy(path, home / GADM_PATH)
    write_manifest(home, "test")


@pytest.fixture
def worker(
    start_pool: Callable[..., AbstractContextManager[Worker]], database_urls: dict[str, str], small_home: Path
) -> Iterator[Worker]:
    with start_pool(map_data=small_home, slots=1) as started:
        yield started


def test_other_data_are_there_when_their_territories_are(small_home: Path):
    build_store(small_home, nobody)
    watch = MapDataWatch(small_home)
    unchanged = watch.has_changed()
    write_manifest(small_home, "another source")
    while_it_is_installed = watch.has_changed()
    build_store(small_home, nobody)
    assert (unchanged, while_it_is_installed) == (False, False)
    assert (watch.has_changed(), watch.has_changed()) == (True, False)


def test_territories_that_are_prepared_for_the_same_data_are_a_change(small_home: Path):
    watch = MapDataWatch(small_home)
    build_store(small_home, nobody)
    assert watch.has_changed()


def test_what_runs_comes_to_its_end_and_what_follows_has_the_new_data(worker: Worker, small_home: Path, map_data: Path):
    former, engine = worker.pool.parent, worker.pool.engine
    running = worker.ask(SLOWLY + UNIT.format("BTN"))
    until(lambda: worker.look(running).state is State.RUNNING)
    install("LKA", map_data, small_home)
    worker.pool.take_up(data_version(small_home))

    assert until(lambda: found if (found := worker.look(running)).state.is_final else None).state is State.SUCCEEDED
    assert worker.render(UNIT.format("LKA")).state is State.SUCCEEDED
    until(lambda: former.process.poll() is not None)
    with worker.api.begin() as connection:
        versions = connection.execute(text("SELECT data_version FROM render_jobs ORDER BY id")).scalars().all()
        known = connection.execute(text("SELECT data_version FROM render_workers")).scalar_one()
    assert versions == [engine.data_version, data_version(small_home)]
    assert known == data_version(small_home)


def test_data_that_nothing_can_be_rendered_with_are_not_taken_up(worker: Worker, small_home: Path, map_data: Path):
    former = worker.pool.engine
    for path in (small_home / GADM_PATH).iterdir():
        path.write_text("damaged")
    with pytest.raises(ParentLostError):
        worker.pool.take_up("0" * 16)
    install("BTN", map_data, small_home)
    assert worker.pool.engine == former
    assert worker.render(UNIT.format("BTN")).state is State.SUCCEEDED


@pytest.mark.long
def test_a_worker_notices_by_itself(workers: Workers, owner: Engine, small_home: Path, map_data: Path):
    build_store(small_home, nobody)
    process = workers.start(map_data=small_home)
    install("LKA", map_data, small_home)
    build_store(small_home, nobody)
    version = data_version(small_home)

    def is_taken_up() -> bool:
        with owner.begin() as connection:
            query = "SELECT count(*) FROM render_workers JOIN geography_indexes USING (data_version) WHERE data_version = :v"
            return connection.execute(text(query), {"v": version}).scalar_one() == 1

    until(is_taken_up, seconds=60)
    assert process.poll() is None
