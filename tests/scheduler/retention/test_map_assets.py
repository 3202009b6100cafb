"""Assets are kept while a map loads them, or a worker may make a map that does."""

import pytest
from tests.scheduler.retention.conftest import Kept


@pytest.fixture
def asset(kept: Kept) -> str:
    """Return an asset of a worker that was replaced by one with other assets."""
    name = kept.publish("old")
    kept.register("old")
    kept.pass_time(days=2)
    kept.publish("new")
    kept.register("new")
    kept.tend()
    return name


def exists(kept: Kept, name: str) -> bool:
    return (kept.directory / "assets" / name).exists()


def test_an_asset_that_no_map_loads_goes_after_the_grace_period(kept: Kept, asset: str):
    assert kept.marked("map_assets") == 1
    assert exists(kept, asset)
    kept.pass_time(days=3)
    kept.tend()
    assert not exists(kept, asset)
    assert kept.count("map_assets") == 1


def test_an_asset_is_kept_while_a_map_loads_it(kept: Kept):
    name = kept.publish("x")
    kept.render("x", assets=[name])
    kept.pass_time(days=20)
    kept.tend()
    assert kept.marked("map_assets") == 0


def test_the_assets_of_a_known_worker_are_kept_whether_maps_load_them_or_not(kept: Kept):
    name = kept.publish("x")
    kept.register("worker")
    kept.pass_time(days=100)
    kept.tend()
    kept.tend()
    assert exists(kept, name)
    assert kept.marked("map_assets") == 0


def test_a_map_that_loads_a_marked_asset_takes_the_mark_back(kept: Kept, asset: str):
    kept.pass_time(days=3)
    kept.render("x", assets=[asset])
    kept.tend()
    assert exists(kept, asset)
    assert kept.marked("map_assets") == 0


def test_an_asset_goes_after_the_last_map_that_loads_it(kept: Kept):
    name = kept.publish("x")
    kept.render("x", assets=[name])
    for _ in range(3):
        kept.pass_time(days=31)
        kept.tend()
    assert not exists(kept, name)


def test_an_asset_without_row_is_swept(kept: Kept, asset: str):
    kept.database.do("DELETE FROM map_assets")
    kept.sweep()
    assert not exists(kept, asset)
    assert kept.objects() == 1  # the younger one
