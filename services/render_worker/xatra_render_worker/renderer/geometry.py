"""Geometry as it goes into a page: JSON written once, with its bounding box, instead of lists that are walked again."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import shapely
from shapely.geometry import MultiPolygon, Polygon, mapping
from shapely.geometry.base import BaseGeometry

type Bounds = tuple[float, float, float, float]
"""Least longitude and latitude, greatest longitude and latitude."""

_TYPE_THEN_COORDINATES = re.compile(rb'\{"type":"(\w+)","coordinates":')


@dataclass(frozen=True, slots=True)
class Geometry:
    """A GeoJSON geometry.

    Attributes:
        json: its text, as the library would write it.
        bounds: its bounding box; None where it has no coordinate pairs.
    """

    json: bytes
    bounds: Bounds | None

    @classmethod
    def of_geojson(cls, geojson: dict[str, Any]) -> "Geometry":
        """Return a parsed GeoJSON geometry as text and bounds."""
        return cls(_compact(orjson.dumps(geojson)), bounds_of(geojson.get("coordinates")))

    @classmethod
    def of_shape(cls, shape: BaseGeometry) -> "Geometry":
        """Return a shape as text and bounds."""
        return cls(_compact(_shape_json(shape)), tuple(map(float, shape.bounds)))  # type: ignore[arg-type]

    def sorted_json(self) -> Iterator[bytes | memoryview]:
        """Yield, in pieces, its text with sorted keys, which the library derives identifiers from."""
        start = _TYPE_THEN_COORDINATES.match(self.json)
        if start and self.json.rfind(b'"') < start.end():  # no member follows
            yield b'{"coordinates":'
            yield memoryview(self.json)[start.end() : -1]
            yield b',"type":"%b"}' % start[1]
        else:
            yield orjson.dumps(orjson.loads(self.json), option=orjson.OPT_SORT_KEYS)

    def shape(self) -> BaseGeometry:
        """Return it as a shape."""
        return shapely.from_geojson(self.json)

    def parsed(self) -> dict[str, Any]:
        """Return it as GeoJSON that may be changed."""
        geojson: dict[str, Any] = orjson.loads(self.json)
        return geojson


@dataclass(frozen=True, slots=True)
class Area:
    """What a flag shows of a territory.

    Attributes:
        geometry: its polygons, without the holes that are seams of the source.
        anchor: latitude and longitude of its label; None where no place was found.
    """

    geometry: Geometry
    anchor: list[float] | None


def bounds_of(coordinates: Any) -> Bounds | None:  # noqa: ANN401 - nested lists of any depth
    """Return the bounding box of all coordinate pairs in nested lists, in the numbers of the lists themselves."""
    longitudes: list[float] = []
    latitudes: list[float] = []
    for line in _lines(coordinates):
        xs, ys = zip(*line, strict=True)
        longitudes += [min(xs), max(xs)]
        latitudes += [min(ys), max(ys)]
    if not longitudes:
        return None
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def joint_bounds(many: Iterable[Bounds | None]) -> Bounds | None:
    """Return the bounding box of several bounding boxes."""
    columns = list(zip(*filter(None, many), strict=True))
    if not columns:
        return None
    west, south, east, north = columns
    return min(west), min(south), max(east), max(north)


def _compact(json: bytes) -> bytes:
    """Return a copy that takes no more memory than its length: what orjson returns lies in a much larger buffer."""
    return bytes(memoryview(json))


def _lines(nested: Any) -> Iterator[list[Sequence[float]]]:  # noqa: ANN401 - nested lists of any depth
    if not isinstance(nested, list | tuple) or not nested:
        return
    if _is_position(nested):
        yield from _pairs([nested])
    elif _is_position(nested[0]):
        yield from _pairs(nested)
    else:
        for item in nested:
            yield from _lines(item)


def _is_position(item: Any) -> bool:  # noqa: ANN401 - nested lists of any depth
    return isinstance(item, list | tuple) and bool(item) and isinstance(item[0], int | float)


def _pairs(positions: Sequence[Sequence[float]]) -> Iterator[list[Sequence[float]]]:
    # The library overlooks positions with a height.
    pairs = [position for position in positions if len(position) == 2]  # noqa: PLR2004 - longitude and latitude
    if pairs:
        yield pairs


def _shape_json(shape: BaseGeometry) -> bytes:
    """Return what `orjson.dumps(mapping(shape))` returns, without making a Python object of each coordinate."""
    if shape.has_z or not isinstance(shape, Polygon | MultiPolygon):
        return orjson.dumps(mapping(shape))
    _, coordinates, offsets = shapely.to_ragged_array([shape])
    nested = coordinates
    for boundaries in offsets:  # of rings in coordinates, of polygons in rings, of the multipolygon in polygons
        nested = [nested[start:end] for start, end in itertools.pairwise(boundaries.tolist())]
    return orjson.dumps({"type": shape.geom_type, "coordinates": nested[0]}, option=orjson.OPT_SERIALIZE_NUMPY)
