"""Rules of the commands that install, check and show the map data."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from xatra_render_worker.data.cli import app
from xatra_render_worker.data.manifest import data_version, read_manifest
from xatra_render_worker.data.sample import WHEEL


@pytest.fixture
def data_home(wheel_directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Name a data directory that has nothing but the downloaded wheel."""
    (tmp_path / "downloads").mkdir()
    (tmp_path / "downloads" / WHEEL.filename).symlink_to(wheel_directory / WHEEL.filename)
    monkeypatch.setenv("XATRA_DATA_HOME", str(tmp_path))
    return tmp_path


def test_install_shows_the_terms_once_and_then_the_data(data_home: Path) -> None:
    first = CliRunner().invoke(app, ["install", "--countries", "btn, BHR"])
    again = CliRunner().invoke(app, ["install", "--countries", "BTN"])
    assert first.exit_code == again.exit_code == 0
    assert "non-commercial use" in first.stdout
    assert "OpenStreetMap contributors" in first.stdout
    assert "non-commercial use" not in again.stdout
    for outcome in first, again:
        assert data_version(data_home) in outcome.stdout
        assert outcome.stdout.endswith("BHR BTN\n")


def test_show_and_verify_tell_programs_and_people_the_same(installed: Path) -> None:
    manifest = read_manifest(installed)
    home = ["--data-home", str(installed)]
    assert manifest.version in CliRunner().invoke(app, ["show", *home]).stdout
    assert manifest.version in CliRunner().invoke(app, ["verify", *home]).stdout
    assert json.loads(CliRunner().invoke(app, ["verify", *home, "--json"]).stdout) == {
        "version": manifest.version,
        "problems": [],
    }
    assert json.loads(CliRunner().invoke(app, ["show", *home, "--json"]).stdout) == {
        "version": manifest.version,
        "source": manifest.source,
        "countries": ["BTN", "LKA", "PAK"],
        "files": len(manifest.files),
        "size_bytes": sum(file.size_bytes for file in manifest.files),
    }


def test_verify_ends_with_exit_code_1_where_a_file_is_missing(data_home: Path) -> None:
    CliRunner().invoke(app, ["install", "--countries", "BHR"])
    (data_home / ".xatra" / "data" / "gadm" / "gadm41_BHR_0.json").unlink()
    outcome = CliRunner().invoke(app, ["verify"])
    assert outcome.exit_code == 1
    assert outcome.stdout == ".xatra/data/gadm/gadm41_BHR_0.json is missing\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["install"], "Check the network"),
        (["verify"], "install them with `make data`"),
        (["show"], "install them with `make data`"),
    ],
)
@pytest.mark.usefixtures("index")
def test_a_failure_is_one_sentence_and_exit_code_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], sentence: str
) -> None:
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:9/simple")
    outcome = CliRunner().invoke(app, [*arguments, "--data-home", str(tmp_path)])
    assert outcome.exit_code == 1
    assert sentence in outcome.stderr
    assert "Traceback" not in outcome.output
