"""The geometries of a page, as JSON in pieces: they are long, so nothing copies them until the page is joined."""

import hashlib
import itertools
from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from xatra_render_worker.renderer.geometry import Area, Bounds, joint_bounds
from xatra_render_worker.renderer.units import Feature

type Json = dict[str, Any]
type Piece = bytes | memoryview
type Pieces = Sequence[Piece]

DUMP_OPTIONS = orjson.OPT_NON_STR_KEYS | orjson.OPT_SERIALIZE_NUMPY
"""How a payload is written: with years as keys, and numbers that came out of a data frame."""

_HOLE_MARK = b"\x01"  # JSON text has no control characters
_HOLE = orjson.Fragment(_HOLE_MARK)


class Registry:
    """The geometries of a page, each once, under the identifiers that the library gives them."""

    def __init__(self, areas: dict[str, Area]) -> None:
        self.json: dict[str, Pieces] = {identifier: (area.geometry.json,) for identifier, area in areas.items()}
        self.bounds = {identifier: area.geometry.bounds for identifier, area in areas.items()}

    def add_geojson(self, geojson: Json | None) -> str | None:
        """Register the GeoJSON of an author."""
        if not geojson:
            return None
        text = orjson.dumps(geojson, option=DUMP_OPTIONS)
        return self._add([text], [orjson.dumps(geojson, option=DUMP_OPTIONS | orjson.OPT_SORT_KEYS)], None)

    def add_features(self, features: Sequence[Feature]) -> str:
        """Register features of the map data as one collection."""
        geometries = [feature.geometry for feature in features if feature.geometry]
        collection = {
            "type": "FeatureCollection",
            "features": [{**feature.members, "geometry": _HOLE if feature.geometry else None} for feature in features],
        }
        return self._add(
            _filled(collection, 0, ((geometry.json,) for geometry in geometries)),
            _filled(collection, orjson.OPT_SORT_KEYS, (geometry.sorted_json() for geometry in geometries)),
            joint_bounds(geometry.bounds for geometry in geometries),
        )

    def _add(self, json: Pieces, sorted_json: Pieces, bounds: Bounds | None) -> str:
        digest = hashlib.md5(usedforsecurity=False)
        for piece in sorted_json:
            digest.update(piece)
        identifier = digest.hexdigest()
        self.json[identifier] = json
        self.bounds[identifier] = bounds
        return identifier


def _filled(collection: Json, option: int, geometries: Iterable[Iterable[Piece]]) -> Pieces:
    """Return a collection's JSON in pieces, its geometries between them: they are long, and never copied."""
    frame = orjson.dumps(collection, option=DUMP_OPTIONS | option).split(_HOLE_MARK)
    return [
        *itertools.chain.from_iterable((gap, *fill) for gap, fill in zip(frame, geometries, strict=False)),
        frame[-1],
    ]
