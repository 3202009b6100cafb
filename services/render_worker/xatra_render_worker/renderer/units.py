"""The administrative units of GADM: each file of the map data read once, its features found by their identifiers.

Data installed after the process began is not seen: a warm parent lives as long as the data it was started with.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import orjson

from xatra_render_worker.renderer.errors import MissingDataError
from xatra_render_worker.renderer.geometry import Geometry
from xatra_render_worker.renderer.library import loaders

type Members = dict[str, Any]

_MAX_COUNTRIES_NAMED = 12
_MAX_LEVEL = 5
_DISPUTED = re.compile(r"Z\d\d")
_IDENTIFIER = re.compile(r"\w{3,}(\.\w+)*")


@dataclass(frozen=True, slots=True)
class Feature:
    """A GeoJSON feature: its members in the file's order, its geometry set apart."""

    members: Members
    geometry: Geometry | None

    @property
    def properties(self) -> Members:
        """The feature's properties; shared, so never to be changed."""
        return self.members.get("properties") or {}

    def with_properties(self, properties: Members) -> "Feature":
        """Return the same feature with other properties."""
        return Feature({**self.members, "properties": properties}, self.geometry)

    def parsed(self) -> Members:
        """Return the feature as GeoJSON that may be changed."""
        members: Members = orjson.loads(orjson.dumps(self.members))
        return members | {"geometry": self.geometry.parsed() if self.geometry else None}


class Level:
    """The units of one country at one level, or of several countries where the file holds disputed ones."""

    def __init__(self, features: Sequence[Feature], number: int) -> None:
        self.features = features
        self.number = number

    @classmethod
    def read(cls, path: Path, number: int) -> "Level":
        """Read a file of the map data.

        Raises:
            ValueError: the file is not a GeoJSON feature collection.
        """
        return cls(read_features(path), number)

    def within(self, identifier: str) -> Sequence[Feature]:
        """Return the units that `identifier` names, or that lie in the unit that it names."""
        return self._by_prefix.get(identifier, ())

    @cached_property
    def _by_prefix(self) -> dict[str, list[Feature]]:
        index = defaultdict(list)
        for feature in self.features:
            for prefix in _prefixes(str(feature.properties.get(f"GID_{self.number}", ""))):
                index[prefix].append(feature)
        return dict(index)


def read_features(path: Path) -> list[Feature]:
    """Read a GeoJSON feature collection.

    Raises:
        ValueError: the file is not one.
    """
    return features_of(_parsed_features(path))


def features_of(parsed: Iterable[Members]) -> list[Feature]:
    """Return parsed GeoJSON features with their geometry as text.

    What is kept of them is made anew when all of `parsed` is gone: between its numbers, which are a thousand times as
    many, it would keep their memory from being given back.
    """
    texts = [_texts(members) for members in parsed]
    features = []
    for text, geometry in texts:
        members, bounds = orjson.loads(text)
        known = None if geometry is None else Geometry(geometry, bounds and tuple(bounds))
        features.append(Feature(members, known))
    return features


def _parsed_features(path: Path) -> Iterator[Members]:
    collection = orjson.loads(path.read_bytes())
    if collection.get("type") != "FeatureCollection":
        raise ValueError(f"Expected FeatureCollection in {path}")
    yield from collection.get("features", [])


def _texts(members: Members) -> tuple[bytes, bytes | None]:
    rest = members | {"geometry": None}
    if not members.get("geometry"):
        return orjson.dumps((rest, None)), None
    geometry = Geometry.of_geojson(members["geometry"])
    return orjson.dumps((rest, geometry.bounds)), geometry.json


def load_gadm_like(
    key: str, find_in_gadm: Sequence[str] | None = None, simplify_tolerance: float | None = None
) -> Members:
    """Return the units that a GADM key names as a GeoJSON feature collection that may be changed; see `units`."""
    features = units(key, find_in_gadm, simplify_tolerance)
    return {"type": "FeatureCollection", "features": [feature.parsed() for feature in features]}


def units(key: str, find_in_gadm: Sequence[str] | None, tolerance: float | None) -> Sequence[Feature]:
    """Return the units that a GADM key names: empty where its file knows none.

    Args:
        key: such as "IND", "IND.31" or "Z01.14".
        find_in_gadm: countries to search where the key's own file is missing; by default those of the mapping of
            disputed territories.
        tolerance: simplification, in degrees; None for the active one.

    Raises:
        ValueError: the key is not one of GADM.
        MissingDataError: no file that could hold the key is installed.
    """
    country, level = _parsed(key)
    own = level_of(country, level, tolerance)
    if own:
        return own.features if level == 0 else own.within(key)
    others = find_in_gadm or loaders._compute_find_in_gadm_default(key) or ()  # noqa: SLF001 - the library's own rule
    searched = [found for other in others if (found := level_of(other, level, tolerance))]
    if not searched:
        raise missing_level(f'gadm("{key}")', country, level, tolerance)
    if level == 0:
        return searched[0].features
    return next(filter(None, (found.within(key) for found in searched)), ())


def level_of(country: str, level: int, tolerance: float | None) -> Level | None:
    """Return a level of a country, or None where the map data has no such file."""
    return _read_level(loaders._get_gadm_file_path(country, level, simplify_tolerance=tolerance), level)  # noqa: SLF001 - the library's own rule


def missing_level(call: str, country: str, level: int, tolerance: float | None) -> MissingDataError:
    """Return the error for `call`, which needs a file that is not installed, with what is and how to add it."""
    resolved = loaders._resolve_simplify_tolerance(tolerance)  # noqa: SLF001 - the library's own rule
    if resolved is not None:
        return MissingDataError(f"{call}: the map data installed here have no geometry simplified to {resolved:g}°")
    levels = [number for number in range(_MAX_LEVEL + 1) if level_of(country, number, None)]
    if levels:
        lacks, has = f"no level {level} of {country}", f"levels {levels[0]} to {levels[-1]}"
        remedy = "make data-full"
    elif _DISPUTED.fullmatch(country):
        lacks, has = f"no disputed territory {country} at this level", "those that its countries' files hold"
        remedy = "make data-full"
    else:
        lacks, has = f"no country {country}", _countries()
        remedy = f"make data COUNTRIES={country}, or every country with make data-full"
    return MissingDataError(
        f"{call}: the map data installed here have {lacks}, only {has}. Whoever runs this server can add it: {remedy}."
    )


def preload_order() -> Iterator[tuple[str, int]]:
    """Yield every installed country and level, the most used first."""
    files = Path(loaders.GADM_DIR).glob("gadm41_*_[0-9].json")
    names = sorted((int(path.stem[-1]), path.stem.split("_")[1]) for path in files)
    yield from ((country, level) for level, country in names)


def _parsed(key: str) -> tuple[str, int]:
    if not isinstance(key, str) or not _IDENTIFIER.fullmatch(key):
        raise ValueError(f"gadm({key!r}): a key looks like IND, IND.31 or IND.31.1")
    return key.split(".", maxsplit=1)[0], key.count(".")


@cache
def _read_level(path: str, level: int) -> Level | None:
    return Level.read(Path(path), level) if Path(path).is_file() else None


@cache
def _countries() -> str:
    countries = sorted({country for country, _ in preload_order()})
    if len(countries) > _MAX_COUNTRIES_NAMED:
        return f"{len(countries)} others"
    return ", ".join(countries) or "none"


def _prefixes(identifier: str) -> Iterator[str]:
    """Yield every unit that an identifier lies in, itself included: "IND.31.1_1" in IND, IND.31, IND.31.1."""
    yield from (identifier[: mark.start()] for mark in re.finditer(r"[._]", identifier))
    yield identifier
