"""Rules of the manifest and of the data version."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from xatra_render_worker.data.manifest import (
    DataMissingError,
    data_version,
    read_manifest,
    verify,
    write_manifest,
)

UNITS = Path(".xatra", "data", "gadm", "gadm41_BTN_0.json")


@pytest.fixture
def data_home(installed: Path, tmp_path: Path) -> Path:
    """Return a copy of the installed data that may be changed."""
    return Path(shutil.copytree(installed, tmp_path / "copy"))


def test_the_manifest_lists_every_file_in_order_with_size_and_hash(installed: Path) -> None:
    document = json.loads((installed / "manifest.json").read_bytes())
    data = installed / ".xatra" / "data"
    present = sorted(path.relative_to(installed).as_posix() for path in data.rglob("*") if path.is_file())
    assert document["countries"] == ["BTN", "LKA", "PAK"]
    assert [file["path"] for file in document["files"]] == present
    content = (installed / UNITS).read_bytes()
    assert {
        "path": UNITS.as_posix(),
        "sha256": hashlib.sha256(content).hexdigest(),
        "size_bytes": len(content),
    } in document["files"]


def test_the_version_is_the_beginning_of_the_hash_of_the_manifest(installed: Path) -> None:
    assert data_version(installed) == hashlib.sha256((installed / "manifest.json").read_bytes()).hexdigest()[:16]


def test_the_same_data_from_the_same_source_give_the_same_manifest(data_home: Path) -> None:
    before = (data_home / "manifest.json").read_bytes()
    (data_home / UNITS).write_bytes((data_home / UNITS).read_bytes())
    write_manifest(data_home, read_manifest(data_home).source)
    assert (data_home / "manifest.json").read_bytes() == before


def test_the_version_changes_with_a_file_and_with_the_source(data_home: Path) -> None:
    version = data_version(data_home)
    assert write_manifest(data_home, "another source").version != version
    (data_home / UNITS).write_bytes((data_home / UNITS).read_bytes() + b" ")
    assert write_manifest(data_home, read_manifest(data_home).source).version != version


def test_data_as_installed_have_no_problems(installed: Path) -> None:
    assert verify(installed) == []


def test_a_damaged_a_missing_and_a_strange_file_are_named(data_home: Path) -> None:
    damaged = data_home / UNITS
    damaged.write_bytes(damaged.read_bytes().replace(b"Bhutan", b"Nahtub"))
    (data_home / ".xatra" / "data" / "ne_10m_rivers.geojson").unlink()
    damaged.with_name("gadm41_XXX_0.json").write_bytes(b"{}")
    assert verify(data_home) == [
        ".xatra/data/gadm/gadm41_BTN_0.json is damaged: its content is not what was installed",
        ".xatra/data/ne_10m_rivers.geojson is missing",
        ".xatra/data/gadm/gadm41_XXX_0.json is not part of the installed data",
    ]


def test_without_a_manifest_the_error_says_how_to_install_data(tmp_path: Path) -> None:
    with pytest.raises(DataMissingError, match="`make data`"):
        data_version(tmp_path)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"source": "s", "files": [{"path": "p"}]}', b"\xff"])
def test_a_broken_manifest_is_an_error_that_says_how_to_install_data(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "manifest.json").write_bytes(content)
    with pytest.raises(DataMissingError, match=r"manifest\.json cannot be read.*`make data`"):
        verify(tmp_path)
