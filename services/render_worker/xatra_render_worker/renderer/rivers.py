"""The rivers of the map data: Natural Earth's by `ne_id`, OpenStreetMap's by the number in their file's name.

Nothing is fetched: what is not installed is an error that says how to add it.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from xatra_render_worker.renderer.errors import MissingDataError
from xatra_render_worker.renderer.library import loaders
from xatra_render_worker.renderer.units import Feature, features_of, read_features


def naturalearth(ne_id: str) -> dict[str, Any]:
    """Return the GeoJSON feature of a Natural Earth river.

    Raises:
        MissingDataError: the map data have no river of that id.
    """
    for feature in _naturalearth_rivers():
        if str(feature.properties.get("ne_id")) == str(ne_id):
            return feature.parsed()
    raise MissingDataError(
        f'naturalearth("{ne_id}"): the map data installed here have no Natural Earth river of that id. '
        "Whoever runs this server can add them all: make data-full."
    )


def overpass_path(osm_id: str, osm_type: str | None = None) -> str:
    """Return the file of an OpenStreetMap river, by its exact id; a relation, the whole river, before a way.

    Args:
        osm_id: digits.
        osm_type: "relation" or "way"; by default whichever there is.

    Raises:
        MissingDataError: the map data have no river of that id.
    """
    stems = [Path(name).stem for name in _overpass_files() if osm_type is None or osm_type in name.lower()]
    found = [stem for stem in stems if stem == osm_id or stem.endswith(f"_{osm_id}")]
    if not found:
        kind = f"{osm_type} {osm_id}" if osm_type else osm_id
        raise MissingDataError(
            f'overpass("{osm_id}"): the map data installed here have no river {kind} of OpenStreetMap. '
            f"Whoever runs this server can add it: xatra-web data add-river {osm_id}."
        )
    best = min(found, key=lambda stem: ("relation" not in stem, stem))
    return str(Path(loaders.OVERPASS_DIR, f"{best}.json"))


def all_rivers(sources: Sequence[str]) -> Iterator[Feature]:
    """Yield the rivers of the sources ("naturalearth", "overpass"), marked with where they come from."""
    if "naturalearth" in sources:
        for feature in _naturalearth_rivers():
            marks = {"_source": "naturalearth", "_ne_id": feature.properties.get("ne_id", "unknown")}
            yield feature.with_properties({**feature.properties, **marks})
    if "overpass" in sources:
        yield from _overpass_rivers()


@cache
def _naturalearth_rivers() -> tuple[Feature, ...]:
    path = Path(loaders.NE_RIVERS_FILE)
    if not path.is_file():
        return ()
    return tuple(read_features(path))


@cache
def _overpass_files() -> tuple[str, ...]:
    return tuple(loaders._list_overpass_source_files())  # noqa: SLF001 - the library's own rule


@cache
def _overpass_rivers() -> tuple[Feature, ...]:
    features = (feature for name in _overpass_files() for feature in loaders._load_overpass_from_file(name))  # noqa: SLF001 - the library's own rule
    return tuple(features_of(features))
