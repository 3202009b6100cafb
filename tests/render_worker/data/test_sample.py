"""Rules of the sample data set, on three small countries."""

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import shapely

from xatra_render_worker.data.disk import DiskError, require_space
from xatra_render_worker.data.download import DownloadError
from xatra_render_worker.data.errors import DataError
from xatra_render_worker.data.manifest import data_version, read_manifest, verify
from xatra_render_worker.data.sample import WHEEL, install_sample

from .conftest import COUNTRIES, Index

FINEST = {"BTN": 2, "LKA": 2, "PAK": 3}
NO_INDEX = "http://127.0.0.1:9/simple"


def _features(data_home: Path, country: str, level: int) -> list[dict[str, Any]]:
    path = data_home / ".xatra" / "data" / "gadm" / f"gadm41_{country}_{level}.json"
    features: list[dict[str, Any]] = json.loads(path.read_bytes())["features"]
    return features


def _geometries(data_home: Path, country: str, level: int) -> list[shapely.Geometry]:
    return [shapely.from_geojson(json.dumps(unit["geometry"])) for unit in _features(data_home, country, level)]


@pytest.fixture
def data_home(installed: Path, tmp_path: Path) -> Path:
    """Return a copy of the installed data that may be changed."""
    return Path(shutil.copytree(installed, tmp_path / "copy"))


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_finest_level_is_what_the_wheel_holds(installed: Path, wheel_directory: Path, country: str) -> None:
    level = FINEST[country]
    with ZipFile(wheel_directory / WHEEL.filename) as wheel:
        source = json.loads(wheel.read(f"xatra/data/feature_{country}_{level}.json"))["features"]
    assert _features(installed, country, level) == source


@pytest.mark.parametrize("country", COUNTRIES)
def test_each_coarser_level_has_the_parents_of_the_finer_one(installed: Path, country: str) -> None:
    for level in range(FINEST[country]):
        parents = [feature["properties"][f"GID_{level}"] for feature in _features(installed, country, level)]
        named = {feature["properties"][f"GID_{level}"] for feature in _features(installed, country, level + 1)}
        assert len(parents) == len(set(parents))
        assert set(parents) == named


@pytest.mark.parametrize("country", COUNTRIES)
def test_dissolved_units_cover_what_their_parts_cover(installed: Path, country: str) -> None:
    parts = _geometries(installed, country, FINEST[country])
    covered = shapely.union_all(parts, grid_size=1e-9)  # less than their sum: the source's units overlap a little
    for level in range(FINEST[country]):
        units = _geometries(installed, country, level)
        assert shapely.union_all(units).symmetric_difference(covered).area < 1e-3 * covered.area
        assert sum(unit.area for unit in units) == pytest.approx(sum(part.area for part in parts), rel=1e-3)


@pytest.mark.parametrize("country", COUNTRIES)
def test_dissolved_units_are_valid_polygons_without_gaps(installed: Path, country: str) -> None:
    for level in range(FINEST[country]):
        for unit in _geometries(installed, country, level):
            assert unit.is_valid
            assert unit.geom_type == "MultiPolygon"
            assert all(
                2 * shapely.Polygon(hole).area / hole.length > 1e-3
                for polygon in unit.geoms
                for hole in polygon.interiors
            )


def test_a_dissolved_unit_has_the_properties_of_its_own_level_and_those_above(installed: Path) -> None:
    assert _features(installed, "LKA", 0)[0]["properties"] == {"GID_0": "LKA", "COUNTRY": "SriLanka"}
    assert _features(installed, "LKA", 1)[0]["properties"] == {
        "GID_0": "LKA",
        "COUNTRY": "SriLanka",
        "GID_1": "LKA.1_1",
        "NAME_1": "Ampara",
        "NL_NAME_1": "NA",
    }


def test_disputed_units_are_listed_with_the_country_and_levels_that_hold_them(installed: Path) -> None:
    path = installed / ".xatra" / "data" / "disputed_territories" / "disputed_mapping.json"
    assert json.loads(path.read_bytes()) == {"Z06": [{"file_country": "PAK", "level": level} for level in range(4)]}


def test_the_library_finds_units_rivers_and_disputed_units_without_a_warning(data_home: Path) -> None:
    program = """if True:
        import json, xatra
        ganga = xatra.overpass("1236345")
        try:
            xatra.naturalearth("1159122643")
            natural_earth = "found"
        except KeyError:
            natural_earth = "unknown id"
        print(json.dumps({
            "areas": [xatra.gadm(key).to_geometry().area > 0 for key in ("LKA", "LKA.1", "BTN.3.1", "PAK.2.1.1")],
            "disputed": xatra.gadm("Z06.1").to_geometry().area > 0,
            "river": [ganga["geometry"]["type"], ganga["properties"]["name"]],
            "way": xatra.overpass("247787304")["properties"]["name"],
            "natural_earth": natural_earth,
        }))
    """
    answer = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        env={**os.environ, "HOME": str(data_home), "CACHING": "0"},
        cwd=data_home,
        check=True,
        capture_output=True,
    )
    assert json.loads(answer.stdout) == {
        "areas": [True] * 4,
        "disputed": True,
        "river": ["MultiLineString", "Ganga"],
        "way": "Campa",
        "natural_earth": "unknown id",
    }
    assert verify(data_home) == []  # the files that the library has written beside the data are none


def test_what_is_installed_needs_neither_network_nor_wheel(data_home: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in data_home.rglob("*")}
    install_sample(data_home, COUNTRIES, index_url=NO_INDEX)
    assert {path: path.stat().st_mtime_ns for path in data_home.rglob("*")} == before


def test_more_countries_come_next_to_those_that_are_there(data_home: Path, wheel_directory: Path) -> None:
    gadm = data_home / ".xatra" / "data" / "gadm"
    before = {path: path.stat().st_mtime_ns for path in gadm.iterdir()}
    manifest = install_sample(data_home, ["BHR"], downloads=wheel_directory)
    assert manifest.countries == ("BHR", *COUNTRIES)
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert verify(data_home) == []


def test_a_run_after_a_kill_makes_the_rest_and_gives_the_same_version(
    installed: Path, wheel_directory: Path, tmp_path: Path
) -> None:
    program = """if True:
        import os, signal, sys
        from pathlib import Path
        from xatra_render_worker.data.sample import install_sample
        def die_after_one_country(label, done, total):
            if done:
                os.kill(os.getpid(), signal.SIGKILL)
        install_sample(Path(sys.argv[1]), ("BTN", "LKA", "PAK"), die_after_one_country, downloads=Path(sys.argv[2]))
    """
    subprocess.run([sys.executable, "-c", program, tmp_path, wheel_directory], check=False)
    assert read_manifest(tmp_path).countries == ("BTN",)
    assert verify(tmp_path) == []
    bhutan = tmp_path / ".xatra" / "data" / "gadm" / "gadm41_BTN_0.json"
    made_at = bhutan.stat().st_mtime_ns

    install_sample(tmp_path, COUNTRIES, downloads=wheel_directory)
    assert bhutan.stat().st_mtime_ns == made_at
    assert data_version(tmp_path) == data_version(installed)
    assert verify(tmp_path) == []


def test_two_installations_at_once_wait_for_each_other(wheel_directory: Path, tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        manifests = list(
            pool.map(lambda country: install_sample(tmp_path, [country], downloads=wheel_directory), ["BHR", "BTN"])
        )
    assert {len(manifest.countries) for manifest in manifests} == {1, 2}
    assert verify(tmp_path) == []


def test_the_cache_directory_that_the_library_insists_on_is_made_again(data_home: Path, wheel_directory: Path) -> None:
    (data_home / ".xatra" / "cache").rmdir()
    install_sample(data_home, COUNTRIES, downloads=wheel_directory)
    assert (data_home / ".xatra" / "cache").is_dir()


@pytest.mark.parametrize(
    "damaged", ["gadm/gadm41_BTN_1.json", "rivers_overpass_india/river_relation_1236345.json", "ne_10m_rivers.geojson"]
)
def test_what_is_damaged_or_missing_is_made_again(
    installed: Path, data_home: Path, wheel_directory: Path, damaged: str
) -> None:
    path = data_home / ".xatra" / "data" / damaged
    path.unlink()
    install_sample(data_home, COUNTRIES, downloads=wheel_directory)
    path.write_bytes(b"{}")
    install_sample(data_home, COUNTRIES, downloads=wheel_directory)
    assert verify(data_home) == []
    assert data_version(data_home) == data_version(installed)


def test_a_country_that_the_sample_does_not_have_is_named(tmp_path: Path, wheel_directory: Path) -> None:
    with pytest.raises(DataError, match=r"do not have XXX\. They have AFG, ALB, .*make data-full"):
        install_sample(tmp_path, ["XXX", "BTN"], downloads=wheel_directory)


@pytest.mark.usefixtures("index")
def test_without_a_network_nothing_is_half_installed(tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="Check the network"):
        install_sample(tmp_path, ["BTN"], index_url=NO_INDEX)
    assert not (tmp_path / ".xatra").exists()


def test_an_index_without_the_wheel_is_an_error_that_names_it(index: Index, tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match=r"/simple/xatra/"):
        install_sample(tmp_path, ["BTN"], index_url=index.url)


def test_too_little_room_is_said_with_what_is_needed(tmp_path: Path) -> None:
    with pytest.raises(DiskError, match=r"1,000,000,000,000 MB are needed, [\d,]+ MB are free"):
        require_space(tmp_path / "not" / "yet", 10**18)
