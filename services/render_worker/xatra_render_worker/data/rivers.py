"""Adds a river of OpenStreetMap to the map data: what `overpass(id)` finds, asked for by whoever runs the server."""

import json
import warnings
from pathlib import Path
from typing import Any

from xatra_render_worker.data.disk import alone_in, write_file
from xatra_render_worker.data.errors import DataError
from xatra_render_worker.data.manifest import RIVERS_PATH, DataFile, Manifest, read_manifest, save_manifest


def add_river(
    data_home: Path, osm_id: int, *, osm_type: str | None = None, overpass_url: str | None = None
) -> Manifest:
    """Fetch a river with the library's own code for it, and make it part of the installed data.

    Args:
        data_home: The data directory.
        osm_id: OpenStreetMap's number of the river.
        osm_type: "relation" or "way"; by default a relation, else a way.
        overpass_url: The server to ask; by default the library's list of public ones.

    Returns:
        The manifest of all that is installed now; its version is a new one.

    Raises:
        DataMissingError: No map data are installed there.
        DataError: OpenStreetMap has no such river, or no server answered.
        DiskError: The data directory cannot be written.
    """
    with alone_in(data_home):
        installed = read_manifest(data_home)
        river = _fetch(str(osm_id), osm_type, overpass_url)
        # `overpass_way_…`, the library's own name for it, would have it asked for again and again.
        path = data_home / RIVERS_PATH / f"river_{river['properties']['_osm_type']}_{osm_id}.json"
        write_file(path, json.dumps(river, ensure_ascii=False).encode())
        file = DataFile.of(data_home, path)
        others = (other for other in installed.files if other.path != file.path)
        manifest = Manifest.of(installed.source, (*others, file))
        save_manifest(data_home, manifest)
        return manifest


def _fetch(osm_id: str, osm_type: str | None, overpass_url: str | None) -> dict[str, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # that this account's HOME has no map data
        from xatra_render_worker.renderer.library import loaders  # noqa: PLC0415 - half a second, for this command alone

    if overpass_url:
        loaders.OVERPASS_API_URLS = [overpass_url]
    try:
        river: dict[str, Any] = loaders._download_overpass_feature(osm_id, osm_type)  # noqa: SLF001 - the library's own rule
    except FileNotFoundError:
        raise DataError(f"OpenStreetMap has no {osm_type or 'relation or way'} {osm_id} with a course.") from None
    except (OSError, ValueError) as error:
        raise DataError(f"The river could not be fetched: {error}") from error
    return river
