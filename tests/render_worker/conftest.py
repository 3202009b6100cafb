"""Map data of one small country, for tests that change them."""

import shutil
from pathlib import Path

import pytest

from xatra_render_worker.data.manifest import write_manifest


@pytest.fixture
def small_home(map_data: Path, tmp_path: Path) -> Path:
    """Return a data directory with one small country."""
    for name in ("0", "1", "2"):
        file = Path(".xatra", "data", "gadm", f"gadm41_BTN_{name}.json")
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(map_data / file, tmp_path / file)
    for folder in ("data/disputed_territories", "data/rivers_overpass_india", "cache"):
        (tmp_path / ".xatra" / folder).mkdir()
    (tmp_path / ".xatra" / "data" / "ne_10m_rivers.geojson").write_text('{"type":"FeatureCollection","features":[]}')
    write_manifest(tmp_path, "test")
    return tmp_path
