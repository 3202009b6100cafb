"""Prepares a process to render maps: the library imported, its slow and wrong parts replaced, geometry at hand."""

import importlib
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from xatra_render_worker.renderer import page, rivers, units
from xatra_render_worker.renderer.library import Territory, flagmap, icon, loaders
from xatra_render_worker.renderer.replacements import apply
from xatra_render_worker.renderer.store import open_store
from xatra_render_worker.renderer.territories import from_gadm, geometries
from xatra_render_worker.renderer.wording import clean

_UNION_SECONDS = 1.0

_MODULES_OF_PROGRAMS = (
    "csv",
    "datetime",
    "json",
    "math",
    "matplotlib.cm",
    "matplotlib.colors",
    "numpy",
    "pandas",
    "random",
    "statistics",
    "xatra.colorseq",
    "xatra.territory_library",
)


@dataclass(frozen=True)
class WarmUp:
    """What a warm-up did.

    Attributes:
        stored_territories: territories that the geometry store holds; 0 means that there is none for these versions,
            and that maps take longer until `build_store` has made one.
        levels: files of administrative units that were loaded.
        preloaded_bytes: growth of the process's resident memory by preloading.
        seconds: what it took in all.
    """

    stored_territories: int
    levels: int
    preloaded_bytes: int
    seconds: float


def warm_up(data_home: Path, preload_bytes: int) -> WarmUp:
    """Put our replacements in place and preload geometry; called once, by the process whose children render.

    Args:
        data_home: the data directory; it must be this process's HOME, where the library looks for it.
        preload_bytes: bound on the memory that preloaded geometry takes.

    Raises:
        ReplacementError: the library is not the version that our replacements were written for.
        TemplateError: its template is not.
        DataMissingError: no map data are installed.
        ValueError: HOME is another directory.
    """
    begun = time.perf_counter()
    if Path(loaders.DATA_DIR) != data_home / ".xatra" / "data":
        raise ValueError(f"the library looks for map data in {loaders.DATA_DIR}: HOME must be {data_home}")
    apply()
    store: Mapping[str, Any] = open_store(data_home) or {}
    geometries.use(store)
    for module in _MODULES_OF_PROGRAMS:
        importlib.import_module(module)
    _rehearse()
    resident = _resident_bytes()
    levels = _preload(store, resident + preload_bytes)
    if not store:
        _work_out_countries(time.perf_counter() + _UNION_SECONDS)
    return WarmUp(len(store), levels, _resident_bytes() - resident, time.perf_counter() - begun)


def _rehearse() -> None:
    """Render a map of every kind of element, so that no child loads what is only loaded on use."""
    rehearsal = flagmap.Map()
    square = Territory.from_polygon([[0, 0], [0, 1], [1, 1], [1, 0]])
    rehearsal.Flag("flag", square | square, period=[0, 1])
    rehearsal.Point("point", [0, 0], icon=icon.Icon.bootstrap("geo"))
    rehearsal.Dataframe(pd.DataFrame({"GID": [], "1": [], "2": []}))
    page.render_page(rehearsal)
    clean("")


def _preload(store: Mapping[str, object], limit: int) -> int:
    """Load the store, then units and rivers, the most used first, until the process is as large as `limit` bytes.

    Returns:
        How many files of units were loaded.
    """
    for expression in store:
        if _resident_bytes() > limit:
            return 0
        geometries.get(expression)
    loaded = 0
    for country, level in units.preload_order():
        if _resident_bytes() > limit:
            break
        if level > 1:
            list(rivers.all_rivers(["naturalearth", "overpass"]))
        found = units.level_of(country, level, None)
        if found:
            found.within("")
            loaded += 1
    return loaded


def _work_out_countries(deadline: float) -> None:
    for country, level in units.preload_order():
        if level == 0 and time.perf_counter() < deadline:
            geometries.area(from_gadm(country).to_geometry())


def _resident_bytes() -> int:
    resident_pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return resident_pages * os.sysconf("SC_PAGESIZE")
