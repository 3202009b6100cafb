"""Rules of the full data set."""

import shutil
from pathlib import Path

import pytest

from xatra_render_worker.data.errors import DataError
from xatra_render_worker.data.full import FULL_SOURCE, adopt, install_full
from xatra_render_worker.data.manifest import data_version, read_manifest, verify
from xatra_render_worker.data.sample import install_sample


def test_a_failed_installation_is_one_sentence_and_leaves_the_data_as_they_were(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_home = Path(shutil.copytree(installed, tmp_path / "copy"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")  # the library's program then has no network
    with pytest.raises(DataError, match=r"could not be fetched from huggingface\.co.*`make data-full`"):
        install_full(data_home)
    assert verify(data_home) == []
    assert data_version(data_home) == data_version(installed)


@pytest.fixture
def adopted(installed: Path, tmp_path: Path, wheel_directory: Path) -> Path:
    """Return a data directory where one country was replaced by three that came with pickles."""
    data_home = tmp_path / "home"
    install_sample(data_home, ["BHR"], downloads=wheel_directory)
    staging = Path(shutil.copytree(installed, data_home / "staging"))
    (staging / ".xatra" / "cache" / "0123456789abcdef.pkl").touch()
    (staging / ".xatra" / "data" / "gadm" / "gadm41_BTN_0.json.pickle").touch()
    adopt(staging, data_home)
    return data_home


def test_fetched_data_take_the_place_of_those_that_were_there(adopted: Path) -> None:
    assert read_manifest(adopted).countries == ("BTN", "LKA", "PAK")
    assert verify(adopted) == []
    assert not (adopted / "staging").exists()


def test_no_pickle_that_came_with_the_data_is_kept(adopted: Path) -> None:
    assert [*adopted.rglob("*.pkl"), *adopted.rglob("*.pickle")] == []
    assert (adopted / ".xatra" / "cache").is_dir()


def test_the_sample_never_replaces_the_full_data_set(adopted: Path) -> None:
    manifest = install_sample(adopted, ["BHR"], index_url="http://127.0.0.1:9/simple")
    assert manifest.source == FULL_SOURCE
    assert manifest == read_manifest(adopted)
