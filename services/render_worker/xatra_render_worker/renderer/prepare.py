"""Works out the territories of the geometry store: run as a process of its own, with the data directory as its HOME."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from xatra_render_worker.renderer.errors import MissingDataError
from xatra_render_worker.renderer.geometry import Area
from xatra_render_worker.renderer.library import Territory, territory_library
from xatra_render_worker.renderer.replacements import apply
from xatra_render_worker.renderer.store import write_store
from xatra_render_worker.renderer.territories import from_gadm, geometries
from xatra_render_worker.renderer.units import level_of, preload_order

_GREATEST_LEVEL = 1


def main() -> None:
    """Write the store of the data directory, and say after each territory how far it is."""
    apply()
    write_store(Path.home(), _worked_out())


def _worked_out() -> Iterator[tuple[str, BaseGeometry, Area]]:
    territories = _territories()
    for done, (expression, territory) in enumerate(territories.items(), start=1):
        with suppress(MissingDataError):  # the collection spans the world, the installed data need not
            geometry = territory.to_geometry()
            area = geometries.area(geometry)
            if geometry is not None and area:
                yield expression, geometry, area
        print(f"{done} of {len(territories)}", flush=True)  # noqa: T201 - what the process that started it reads


def _territories() -> dict[str, Territory]:
    keys = dict.fromkeys(
        key for country, level in preload_order() if level <= _GREATEST_LEVEL for key in _keys(country, level)
    )
    units = [from_gadm(key) for key in keys]
    collection = [value for value in vars(territory_library).values() if isinstance(value, Territory)]
    return {territory.strrepr: territory for territory in (*units, *collection)}


def _keys(country: str, level: int) -> Iterator[str]:
    if level == 0:
        yield country
        return
    found = level_of(country, level, None)
    for feature in found.features if found else ():
        yield str(feature.properties.get(f"GID_{level}", "")).split("_")[0]


if __name__ == "__main__":
    main()
