"""Every function of the map library that we replace, and why: the slow, the wrong, and what has no place in a sandbox.

They were written for one version of the library and apply to no other. `docs/library.md` presents them to its author.
"""

import difflib
import hashlib
import inspect
import re
import sys
import warnings
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

import orjson

from xatra_render_worker.renderer import rivers, territories, units
from xatra_render_worker.renderer.assets import bootstrap_icons
from xatra_render_worker.renderer.files import require_uploaded
from xatra_render_worker.renderer.geometry import Area
from xatra_render_worker.renderer.imports import imports
from xatra_render_worker.renderer.library import (
    flagmap,
    geometry_cache,
    hub,
    icon,
    loaders,
    paxmax,
    pyplot,
    template,
    territory,
)

LIBRARY_VERSION = "2.16.2"

_SOURCES: dict[ModuleType, str] = {
    flagmap: "984fa8bd6ddda465d1d78d9015e281c8524279b8bc81515da4e99901f10f2b20",
    geometry_cache: "6a3b6882ebc1d92f92530f3dfce40691e32525708f030f36c5dbf606d073a33a",
    hub: "4405e05e31e20f9782540c6702b7f19a980ec66194532fc0c8d6a18e0de5f617",
    icon: "19797339feb4689f140f3a61689e4e627fa4ebcb3ccfb83842088302d10f6159",
    loaders: "37ac54cbc936d0a7c7345ef17a3d64050500833fcd048ccbecaa6836dcd8560a",
    paxmax: "a73a112196a8b35d1f447cbf1c7b74b2c55f2c37fa5f68485872a793d45fcca1",
    pyplot: "0c3a58241de5f04e25666a7af7590bb863d49a25631dd337364937d30a48f7fe",
    template: "a63ec1029df5179d50b15f834d394b4a8f888d85c8c5708217024f5bedf7b440",
    territory: "025f46d30e54ee22688e3d0fae51a03c4bc96bcfa1b80ecd872b403dc14c9115",
}
"""The modules that we replace parts of or rely on, by the SHA-256 of their source."""

_MAX_SUGGESTIONS = 5
_GRADIENT_ID = re.compile(r"xatra-cmap-[0-9a-f]{8}")


class ReplacementError(Exception):
    """The installed library is not the one that our replacements were written for."""


@dataclass(frozen=True)
class Replacement:
    """A function of the library, and ours in its place.

    Attributes:
        owner: the module or class that has it; modules that imported it from there get ours too.
        name: what it is called there.
        function: ours.
        reason: why.
    """

    owner: Any
    name: str
    function: object
    reason: str


def apply() -> None:
    """Put every replacement in place.

    Raises:
        ReplacementError: the library is another version, or its source is not what that version's is.
    """
    require_known_library()
    for replacement in REPLACEMENTS:
        old = inspect.getattr_static(replacement.owner, replacement.name)
        setattr(replacement.owner, replacement.name, replacement.function)
        if getattr(old, "__module__", None) == getattr(replacement.owner, "__name__", ""):
            _replace_imported(old, replacement.function)
    flagmap.print = loaders.print = _say  # they shadow the built-in function


def require_known_library() -> None:
    """Raise unless the installed library is the one that our replacements were written for."""
    installed = version("xatra")
    if installed != LIBRARY_VERSION:
        raise ReplacementError(f"the replacements are for xatra {LIBRARY_VERSION}, installed is {installed}")
    for module, expected in _SOURCES.items():
        if hashlib.sha256(Path(module.__file__ or "").read_bytes()).hexdigest() != expected:
            raise ReplacementError(f"the source of {module.__name__} is not that of xatra {LIBRARY_VERSION}")


def _replace_imported(old: object, new: object) -> None:
    """Replace a function of the library in the library's modules that imported it before."""
    for module in [module for name, module in sys.modules.items() if name.split(".")[0] == "xatra"]:
        for name in [name for name, value in vars(module).items() if value is old]:
            setattr(module, name, new)


def _read_json(path: str) -> Any:  # noqa: ANN401 - whatever the file holds
    if not Path(path).is_file():
        raise FileNotFoundError(f"Missing data file: {path}")
    return orjson.loads(Path(path).read_bytes())


def _all_overpass_features() -> list[dict[str, Any]]:
    return [river.parsed() for river in rivers.all_rivers(["overpass"])]


def _area_itself(area: Area) -> Area:
    return area


def _anchor(area: Area) -> list[float] | None:
    return area.anchor


def _global_cache() -> territories.Geometries:
    return territories.geometries


def _never_stale(*_: object) -> bool:
    return False


def _slider(self: flagmap.Map, start: int | None = None, end: int | None = None, speed: float = 5.0) -> None:
    limits = (None if start is None else int(start), None if end is None else int(end))
    if limits != (None, None):
        complete = None not in limits
        self._map_limits = limits if complete else None
        self._open_limits = (None, None) if complete else limits
    self._play_speed = int(1000 / float(speed))


_add_music = flagmap.Map.Music


def _music(self: flagmap.Map, path: str, timestamps: Any = None, period: Any = None) -> None:  # noqa: ANN401 - the library has no types
    require_uploaded(path)
    _add_music(self, path, timestamps, period)


_draw_legend = flagmap.generate_colormap_svg


def _legend(*args: Any, **kwargs: Any) -> str:  # noqa: ANN401 - the library has no types
    svg: str = _draw_legend(*args, **kwargs)
    content = hashlib.sha256(_GRADIENT_ID.sub("", svg).encode()).hexdigest()
    return _GRADIENT_ID.sub(f"xatra-cmap-{content[:8]}", svg)


_linked_icon = icon.Icon.bootstrap


def _bootstrap(_cls: type[icon.Icon], /, name: str, *, base_url: str | None = None, **options: Any) -> icon.Icon:  # noqa: ANN401 - the library has no types
    made = _linked_icon(name, base_url=base_url, **options)
    if base_url is None:
        svg = bootstrap_icons().get(name)
        if svg is None:
            near = difflib.get_close_matches(name, bootstrap_icons(), _MAX_SUGGESTIONS)
            hint = f" Is it one of {', '.join(near)}?" if near else ""
            raise ValueError(f"Icon.bootstrap({name!r}): there is no Bootstrap icon of that name.{hint}")
        made.icon_url = icon._create_svg_data_uri(svg)  # noqa: SLF001 - the library's own spelling
    return made


def _say(*values: object, **_: object) -> None:
    warnings.warn(" ".join(map(str, values)).removeprefix("Warning: "), stacklevel=2)


REPLACEMENTS = (
    Replacement(paxmax, "_polygonal_only", territories.geometries.area, "worked out once for equal geometries"),
    Replacement(paxmax, "mapping", _area_itself, "an area carries its JSON"),
    Replacement(paxmax, "_compute_centroid_for_geometry", _anchor, "worked out once for equal geometries"),
    Replacement(paxmax, "shape", territories.shape_of, "no conversion to GeoJSON and back for a label's place"),
    Replacement(territory, "unary_union", territories.union, "one invalid polygon must not abort a flag"),
    Replacement(territory.Territory, "__sub__", territories.difference, "one invalid polygon must not abort a flag"),
    Replacement(territory.Territory, "__and__", territories.intersection, "one invalid polygon must not abort a flag"),
    Replacement(
        territory.Territory,
        "from_gadm",
        staticmethod(territories.from_gadm),
        "find_in_gadm is part of what a geometry is remembered by",
    ),
    Replacement(geometry_cache, "get_global_cache", _global_cache, "no pickle: reading one that others wrote runs it"),
    Replacement(loaders, "_read_json", _read_json, "no pickle: reading one that others wrote runs it"),
    Replacement(loaders, "load_gadm_like", units.load_gadm_like, "found by index; says what is missing"),
    Replacement(loaders, "naturalearth", rivers.naturalearth, "says what is missing"),
    Replacement(loaders, "_find_overpass_path_for_id", rivers.overpass_path, "exact ids only, and never a download"),
    Replacement(loaders, "_is_stale_way_cache", _never_stale, "never a download"),
    Replacement(loaders, "load_all_overpass_features", _all_overpass_features, "writes no merged file"),
    Replacement(hub, "xatrahub", imports.xatrahub, "imports are resolved before a render begins"),
    Replacement(flagmap, "generate_colormap_svg", _legend, "an id from the content, where it was random"),
    Replacement(flagmap.Map, "slider", _slider, "one end alone was ignored"),
    Replacement(flagmap.Map, "Music", _music, "embeds uploaded files alone, whatever the path"),
    Replacement(icon.Icon, "bootstrap", classmethod(_bootstrap), "inlined, where it was loaded from a CDN"),
)
