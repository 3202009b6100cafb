"""The geometry store holds what is worked out once, for exactly the versions that it was worked out with."""

from pathlib import Path

import pytest
from tests.render_worker.renderer.rendering import Warm

from xatra_render_worker.data.manifest import DataMissingError, write_manifest
from xatra_render_worker.renderer.store import STORE_NAME, StoreError, build_store, open_store

PROGRAM = """
import xatra
from xatra import gadm
xatra.Flag("country", gadm("BTN"))
xatra.Flag("unit", gadm("BTN.1"), period=[0, 1])
xatra.Flag("algebra", gadm("BTN") - gadm("BTN.2"))
xatra.show()
"""


def nobody(label: str, done: int, total: int) -> None:
    """Take no notice of progress."""


def test_a_map_is_the_same_with_a_store_as_without(small_home: Path, warm: Warm) -> None:
    with warm(small_home) as (report, render):
        assert report["stored_territories"] == 0
        without = render(PROGRAM).page
    build_store(small_home, nobody)
    with warm(small_home) as (report, render):
        assert report["stored_territories"] > 20
        assert render(PROGRAM).page == without


def test_progress_is_told_up_to_the_end(small_home: Path) -> None:
    steps: list[tuple[int, int]] = []
    build_store(small_home, lambda _label, done, total: steps.append((done, total)))
    assert steps == sorted(steps)
    assert steps[-1][0] == steps[-1][1]


def test_a_store_of_other_map_data_counts_as_none(small_home: Path) -> None:
    build_store(small_home, nobody)
    assert open_store(small_home)
    write_manifest(small_home, "another source")
    assert open_store(small_home) is None


def test_a_store_that_cannot_be_built_leaves_the_old_one(small_home: Path) -> None:
    build_store(small_home, nobody)
    before = (small_home / STORE_NAME).read_bytes()
    (small_home / ".xatra" / "data" / "gadm" / "gadm41_BTN_1.json").write_text("broken")
    with pytest.raises(StoreError, match="could not be prepared"):
        build_store(small_home, nobody)
    assert (small_home / STORE_NAME).read_bytes() == before


def test_there_is_no_store_without_map_data(tmp_path: Path) -> None:
    assert open_store(tmp_path) is None
    with pytest.raises(DataMissingError):
        build_store(tmp_path, nobody)
