"""Rules of adding a river of OpenStreetMap to the map data."""

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from typer.testing import CliRunner

from xatra_render_worker.data.cli import app
from xatra_render_worker.data.manifest import data_version, read_manifest, verify

RIVER = 42
WAY = {"type": "way", "id": 7, "geometry": [{"lat": 25.5, "lon": 85.0}, {"lat": 25.6, "lon": 85.5}]}
RELATION = {"type": "relation", "id": RIVER, "tags": {"name": "Punpun"}, "members": [{"type": "way", "ref": 7}]}


class _Overpass(BaseHTTPRequestHandler):
    """Knows one river, a relation."""

    def do_POST(self) -> None:
        (query,) = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())["data"]
        elements: list[dict[str, Any]] = [RELATION, WAY] if f"relation({RIVER})" in query else []
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"elements": elements}).encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that it has there
        pass


@pytest.fixture
def overpass_url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Overpass) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}/api/interpreter"
        server.shutdown()


@pytest.fixture
def data_home(installed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(installed, tmp_path / "home"))


def found_by_programs(data_home: Path) -> dict[str, Any]:
    """Return what `overpass(id)` gives to a program."""
    code = (
        "import json\n"
        "from xatra_render_worker.renderer.library import loaders\n"
        "from xatra_render_worker.renderer.replacements import apply\n"
        f"apply()\nprint(json.dumps(loaders.overpass({str(RIVER)!r})))\n"
    )
    environment = {"HOME": str(data_home), "MPLCONFIGDIR": str(data_home)}
    process = subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True)
    feature: dict[str, Any] = json.loads(process.stdout)
    return feature


def test_a_river_that_was_added_is_part_of_the_data_and_found(data_home: Path, overpass_url: str) -> None:
    before = data_version(data_home)
    for _ in range(2):
        outcome = CliRunner().invoke(
            app, ["add-river", str(RIVER), "--data-home", str(data_home), "--overpass-url", overpass_url]
        )
        assert outcome.exit_code == 0, outcome.output
    assert verify(data_home) == []
    assert data_version(data_home) != before
    assert sum(file.path.endswith(f"_{RIVER}.json") for file in read_manifest(data_home).files) == 1
    assert found_by_programs(data_home)["geometry"]["coordinates"] == [[85.0, 25.5], [85.5, 25.6]]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["43"], "OpenStreetMap has no relation or way 43"),
        (["42", "--type", "way"], "OpenStreetMap has no way 42"),
        (["42", "--overpass-url", "http://127.0.0.1:9"], "The river could not be fetched"),
    ],
)
def test_a_river_that_cannot_be_had_is_one_sentence_and_changes_nothing(
    data_home: Path, overpass_url: str, arguments: list[str], sentence: str
) -> None:
    before = data_version(data_home)
    outcome = CliRunner().invoke(
        app, ["add-river", "--data-home", str(data_home), "--overpass-url", overpass_url, *arguments]
    )
    assert outcome.exit_code == 1
    assert sentence in outcome.stderr
    assert "Traceback" not in outcome.output
    assert data_version(data_home) == before
    assert verify(data_home) == []


def test_a_river_needs_data_to_be_added_to(tmp_path: Path) -> None:
    outcome = CliRunner().invoke(app, ["add-river", "42", "--data-home", str(tmp_path)])
    assert outcome.exit_code == 1
    assert "install them with `make data`" in outcome.stderr
