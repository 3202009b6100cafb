"""Territories: their algebra survives invalid polygons, and what flags need of a geometry is worked out once."""

import math
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from shapely.errors import GEOSException
from shapely.geometry import MultiPolygon, Polygon, mapping, shape
from shapely.geometry.base import BaseGeometry

from xatra_render_worker.renderer.geometry import Area, Geometry
from xatra_render_worker.renderer.library import Territory, geometry_cache, paxmax
from xatra_render_worker.renderer.units import units

unmatched: list[str] = []
"""Calls of `gadm` that matched no unit, since somebody last cleared this."""

_compute_anchor = paxmax._compute_centroid_for_geometry  # noqa: SLF001 - the library's own rule, before it is replaced


class Geometries(geometry_cache.GeometryCache):  # type: ignore[misc] # the library has no types
    """Geometries by the expression that they follow from: in memory, and in the store that trusted code wrote."""

    def __init__(self) -> None:
        self._store: Mapping[str, tuple[BaseGeometry, Area]] = {}
        self._known: dict[str, BaseGeometry] = {}
        self._areas: dict[int, tuple[BaseGeometry, Area | None]] = {}

    def use(self, store: Mapping[str, tuple[BaseGeometry, Area]]) -> None:
        """Look in `store` for what this process has not worked out."""
        self._store = store

    def get(self, strrepr: str) -> BaseGeometry | None:
        """Return the geometry of an expression, or None where it is not known."""
        if strrepr not in self._known and strrepr in self._store:
            geometry, area = self._store[strrepr]
            self._known[strrepr] = geometry
            self._areas[id(geometry)] = geometry, area
        return self._known.get(strrepr)

    def put(self, strrepr: str, geometry: BaseGeometry) -> None:
        """Remember the geometry of an expression, in this process alone."""
        self._known[strrepr] = geometry

    def area(self, geometry: BaseGeometry | None) -> Area | None:
        """Return what a flag shows of a geometry, or None where that is nothing."""
        if geometry is None:
            return None
        if id(geometry) not in self._areas:
            self._areas[id(geometry)] = geometry, _area(geometry)  # holding it keeps its identity its own
        return self._areas[id(geometry)][1]

    def clear_memory_cache(self) -> None:
        """Forget what this process worked out."""
        self._known.clear()
        self._areas.clear()

    def clear_disk_cache(self) -> None:
        """Do nothing: the store is not the program's."""

    def get_cache_stats(self) -> dict[str, Any]:
        """Return how many geometries are at hand."""
        return {"memory_cache_size": len(self._known), "disk_cache_size": len(self._store)}


geometries = Geometries()
"""The one instance of this process, in place of the library's."""


def from_gadm(key: str, find_in_gadm: list[str] | None = None, simplify_tolerance: float | None = None) -> Territory:
    """Return the territory of a GADM key; where units are looked for is part of what it is remembered by."""
    searched = f", find_in_gadm={find_in_gadm}" if find_in_gadm else ""
    tolerance = "" if simplify_tolerance is None else f", simplify_tolerance={float(simplify_tolerance):.12g}"
    expression = f'gadm("{key}"{searched}{tolerance})'

    def provider() -> BaseGeometry | None:
        shapes = [unit.geometry.shape() for unit in units(key, find_in_gadm, simplify_tolerance) if unit.geometry]
        if not shapes:
            unmatched.append(expression)
        return union(shapes)

    return Territory(_geometry_provider=provider, strrepr=expression)


def difference(self: Territory, other: Territory) -> Territory:
    """Return what is in the first territory and not in the second."""

    def provider() -> BaseGeometry | None:
        ours, theirs = self.to_geometry(), other.to_geometry()
        if ours is None or theirs is None:
            return ours
        return _robustly(lambda both: shapely.difference(*both), [ours, theirs])

    return Territory(_geometry_provider=provider, strrepr=f"({self.strrepr} - {other.strrepr})")


def intersection(self: Territory, other: Territory) -> Territory:
    """Return what is in both territories."""

    def provider() -> BaseGeometry | None:
        ours, theirs = self.to_geometry(), other.to_geometry()
        if ours is None or theirs is None:
            return None
        return _robustly(lambda both: shapely.intersection(*both), [ours, theirs])

    return Territory(_geometry_provider=provider, strrepr=f"({self.strrepr} & {other.strrepr})")


def union(geometries: Sequence[BaseGeometry]) -> BaseGeometry | None:
    """Return the union of geometries, or None of none."""
    return _robustly(shapely.union_all, geometries) if geometries else None


def _robustly(
    operation: Callable[[Sequence[BaseGeometry]], BaseGeometry], geometries: Sequence[BaseGeometry]
) -> BaseGeometry:
    """Apply an operation; where an invalid polygon defeats it, once more with that polygon repaired."""
    try:
        return operation(geometries)
    except GEOSException:
        valid = shapely.is_valid(geometries)
        if valid.all():
            raise
    for geometry in np.asarray(geometries, dtype=object)[~valid]:
        warnings.warn(f"An invalid polygon was repaired: {shapely.is_valid_reason(geometry)}", stacklevel=1)
    return operation(
        [geometry if fine else shapely.make_valid(geometry) for geometry, fine in zip(geometries, valid, strict=True)]
    )


def _area(geometry: BaseGeometry) -> Area | None:
    polygons = _polygons(geometry)
    if polygons is None:
        return None
    return Area(Geometry.of_shape(polygons), _compute_anchor(_AnchorSource(polygons)))


def _polygons(geometry: BaseGeometry) -> Polygon | MultiPolygon | None:
    """Return the polygons of a geometry as the library keeps them for flags."""
    if isinstance(geometry, Polygon | MultiPolygon):
        parts = shapely.get_parts(geometry)
        parts = parts[~shapely.is_empty(parts)]
    else:
        parts = np.asarray(paxmax._extract_polygon_parts(geometry), dtype=object)  # noqa: SLF001 - the library's own rule
    if len(parts) == 0:
        return None
    parts = _without_seams(parts)
    return parts[0] if len(parts) == 1 else shapely.multipolygons(parts)


def _without_seams(parts: Any) -> Any:  # noqa: ANN401 - arrays of polygons
    """Drop the holes that the library's `_drop_artifact_holes` drops, measuring all of them at once."""
    rings, owners = shapely.get_rings(parts, return_index=True)
    is_hole = np.append(False, owners[1:] == owners[:-1])  # the first ring of a polygon is its shell
    holes = shapely.polygons(rings[is_hole])
    area, perimeter = shapely.area(holes), shapely.length(holes)
    compactness = np.divide(4 * math.pi * area, perimeter * perimeter, out=np.zeros_like(area), where=perimeter > 0)
    is_seam = is_hole.copy()
    is_seam[is_hole] = (area < paxmax._MIN_HOLE_AREA) | (compactness < paxmax._MIN_HOLE_COMPACTNESS)  # noqa: SLF001 - the library's own rule
    parts = parts.copy()
    for index in np.unique(owners[is_seam]):
        of_part = owners == index
        parts[index] = shapely.polygons(rings[of_part & ~is_hole][0], rings[of_part & is_hole & ~is_seam])
    return parts


class _AnchorSource(dict[str, Any]):
    """A shape that passes for GeoJSON where the library looks for a label's place: converting it is half the work."""

    def __init__(self, polygons: Polygon | MultiPolygon) -> None:
        super().__init__(type=polygons.geom_type)
        self.polygons = polygons

    def __missing__(self, key: str) -> Any:  # noqa: ANN401 - a GeoJSON member
        return mapping(self.polygons)[key]


def shape_of(geojson: dict[str, Any]) -> BaseGeometry:
    """Return the shape of GeoJSON, without a conversion where it was a shape before."""
    return geojson.polygons if isinstance(geojson, _AnchorSource) else shape(geojson)
