"""Turns a map into the payload of its page: what the library's `Map._export_json` does, in parts, without waste.

Geometry goes into the payload as text that was written once. Everything else is computed by the library's own rules, in
the library's own order, so that a page comes out byte for byte as the library would write it.
"""
# ruff: noqa: SLF001 - a map's parts are private to the library, and this is the library's own export

import base64
import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any, NamedTuple

from xatra_render_worker.renderer import files
from xatra_render_worker.renderer.errors import MissingDataError
from xatra_render_worker.renderer.frames import StaticRows, YearRows
from xatra_render_worker.renderer.geometry import Area, Bounds, bounds_of, joint_bounds
from xatra_render_worker.renderer.library import Territory, flagmap, loaders, paxmax
from xatra_render_worker.renderer.registry import Json, Pieces, Registry
from xatra_render_worker.renderer.rivers import all_rivers
from xatra_render_worker.renderer.territories import geometries, unmatched
from xatra_render_worker.renderer.units import Feature, level_of, missing_level, units

_DEFAULT_FOCUS = (22.0, 79.0)
_DEFAULT_ZOOM = 5
_MAX_EXPRESSION = 200
_SINGLE_UNIT = re.compile(r"gadm\([^()]*\)")
_AUDIO_TYPES = {
    ".aac": "audio/aac",
    ".flac": "audio/flac",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/x-wav",
    ".weba": "audio/webm",
}


class Payload(NamedTuple):
    """Everything that the page of a map needs.

    Attributes:
        members: all of it but its last member.
        geometry_registry: the last: the JSON of each geometry, in pieces, by its identifier.
    """

    members: Json
    geometry_registry: dict[str, Pieces]


def payload_of(shown: flagmap.Map) -> Payload:
    """Return everything that the page of a map needs, as the map is now.

    Raises:
        MissingDataError: the map needs geometry that is not installed.
        FileNotFoundError: its music is not among the uploaded files.
    """
    loaders.set_active_simplification_tolerance(shown._simplify_tolerance)
    with _limits(shown):
        return _Export(shown).payload()


@contextmanager
def _limits(shown: flagmap.Map) -> Iterator[None]:
    """Complete the limits of a slider of which only one end was set, by the periods of the map as it is now."""
    start, end = getattr(shown, "_open_limits", (None, None))
    period = shown._compute_slider_period() if (start is None) != (end is None) else None
    if period is None:
        yield
        return
    shown._map_limits = (period[0] if start is None else start, period[1] if end is None else end)
    try:
        yield
    finally:
        shown._map_limits = None


class _Export:
    """One export of a map."""

    def __init__(self, shown: flagmap.Map) -> None:
        self.map = shown
        self.flags = self._serialized_flags()
        self.periods = [flag["period"] for flag in self.flags if flag["period"]]
        for elements in (
            shown._rivers,
            shown._paths,
            shown._points,
            shown._texts,
            shown._title_boxes,
            shown._admins,
            shown._admin_rivers,
            shown._data,
        ):
            self.periods += [element.period for element in elements if element.period is not None]
        self.is_dynamic = bool(self.periods) or any(frame.year_columns is not None for frame in shown._dataframes)
        self.frame_values: list[float] = []

    def payload(self) -> Payload:
        """Return the payload, its members in the library's order."""
        shown = self.map
        pax, areas = self._aggregated_flags()
        self.registry = Registry(areas)
        rivers = self._rivers()
        paths = self._paths()
        points = self._points()
        texts = self._texts()
        title_boxes = [{"html": box.html, "period": period} for box, period in self._visible(shown._title_boxes)]
        admins = [self._admin(entry, period) for entry, period in self._visible(shown._admins)]
        admin_rivers = list(self._admin_rivers())
        dataframes = list(self._dataframes())
        data = list(self._data())
        bounds = joint_bounds(
            self.registry.bounds[item["geom_id"]] for item in (*admins, *data, *dataframes) if item["geom_id"]
        )
        bounds = joint_bounds([*(area.geometry.bounds for area in areas.values()), bounds])
        bounds = bounds or self._secondary_bounds(admin_rivers, paths, points, texts)
        members = {
            "css": "\n".join(shown._css),
            "flags": pax,
            "rivers": rivers,
            "paths": paths,
            "points": points,
            "texts": texts,
            "title_boxes": title_boxes,
            "admins": admins,
            "admin_rivers": admin_rivers,
            "data": data,
            "dataframes": dataframes,
            "musics": [self._music(music) for music in shown._musics],
            "base_options": self._base_options(),
            "map_limits": list(shown._map_limits) if shown._map_limits is not None else None,
            "play_speed": shown._play_speed,
            "colormap_svg": self._legend(data),
            "colormap_info": self._colormap_info(),
            **self._view(bounds),
            "geocoder_provider": shown._geocoder_provider,
            "geocoder_api_key": shown._geocoder_api_key,
        }
        return Payload(members, self.registry.json)

    def _visible(self, elements: Iterable[Any]) -> Iterator[tuple[Any, list[int] | None]]:
        """Yield the elements that the slider's limits leave something of, with their periods within the limits."""
        for element in elements:
            period = self.map._apply_limits_to_period(element.period)
            if element.period is None or period is not None:
                yield element, None if period is None else list(period)

    # Flags

    def _serialized_flags(self) -> list[Json]:
        return [
            {
                "label": flag.label,
                "display_label": flag.display_label or flag.label,
                "territory": flag.territory,
                "period": period,
                "note": flag.note,
                "color": flag.color,
                "classes": flag.classes,
                "parent": flag.parent,
                "type": flag.type,
                "root_parent": flag.root_parent,
                "root_parent_color": self.map._label_colors.get(flag.root_parent or flag.label),
                "vassal_depth": flag.depth,
            }
            for flag, period in self._visible(self.map._flags)
        ]

    def _aggregated_flags(self) -> tuple[Json, dict[str, Area]]:
        for flag in self.flags:
            _warn_of_missing_parts(flag["label"], flag["territory"])
        first_year = min((period[0] for period in self.periods), default=None)
        pax = paxmax.paxmax_aggregate(self.flags, first_year)
        areas = pax.pop("geometry_library")
        if self.is_dynamic and pax["mode"] == "static":
            known = first_year is not None
            pax = {
                "mode": "dynamic",
                "breakpoints": [first_year] if known else [],
                "snapshots": [{"year": first_year, "flags": pax["flags"]}] if known else [],
            }
        return pax, areas

    # Lines, points and texts

    def _rivers(self) -> list[Json]:
        return [
            {
                "label": river.label,
                "geom_id": self.registry.add_geojson(river.geometry),
                "note": river.note,
                "classes": river.classes,
                "period": period,
                "show_label": river.show_label,
                "n_labels": river.n_labels,
                "hover_radius": river.hover_radius,
            }
            for river, period in self._visible(self.map._rivers)
        ]

    def _paths(self) -> list[Json]:
        return [
            {
                "label": path.label,
                "coords": path.coords,
                "note": path.note,
                "classes": path.classes,
                "period": period,
                "show_label": path.show_label,
                "n_labels": path.n_labels,
                "hover_radius": path.hover_radius,
            }
            for path, period in self._visible(self.map._paths)
        ]

    def _points(self) -> list[Json]:
        return [
            {
                "label": point.label,
                "position": point.position,
                "note": point.note,
                "period": period,
                "show_label": point.show_label,
                "hover_radius": point.hover_radius,
                "classes": point.classes,
                **({} if point.icon is None else {"icon": point.icon.to_dict()}),
                **_rotation(point),
            }
            for point, period in self._visible(self.map._points)
        ]

    def _texts(self) -> list[Json]:
        return [
            {
                "label": text.label,
                "position": text.position,
                "note": text.note,
                "classes": text.classes,
                "period": period,
                **_rotation(text),
            }
            for text, period in self._visible(self.map._texts)
        ]

    # Administrative regions and rivers

    def _admin(self, entry: Any, period: list[int] | None) -> Json:  # noqa: ANN401 - the library has no types
        features = self._admin_features(entry)
        if not features:
            _warn(f'Admin("{entry.gadm_key}", level={entry.level}) matches no unit: the layer is empty')
        color_level = min(entry.color_by_level, entry.level)
        return {
            "gadm_key": entry.gadm_key,
            "level": entry.level,
            "geom_id": self.registry.add_features([self._coloured(feature, color_level) for feature in features]),
            "classes": entry.classes,
            "period": period,
            "color_by_level": color_level,
        }

    def _admin_features(self, entry: Any) -> Sequence[Feature]:  # noqa: ANN401 - the library has no types
        key, tolerance = entry.gadm_key, self.map._simplify_tolerance
        country = key.split(".")[0]
        level = level_of(country, entry.level, tolerance)
        if level is None:
            others = entry.find_in_gadm or loaders._compute_find_in_gadm_default(key) or ()
            level = next(filter(None, (level_of(other, entry.level, tolerance) for other in others)), None)
        if level is None:
            raise missing_level(f'Admin("{key}", level={entry.level})', country, entry.level, tolerance)
        return level.features if entry.level == 0 or "." not in key else level.within(key)

    def _coloured(self, feature: Feature, color_level: int) -> Feature:
        group = str(feature.properties.get(f"GID_{color_level}", ""))
        if not group:
            return feature
        colors = self.map._admin_colors
        if group not in colors:
            colors[group] = self.map._admin_color_sequence[self.map._admin_index].hex
            self.map._admin_index += 1
        return feature.with_properties({**feature.properties, "_color": colors[group]})

    def _admin_rivers(self) -> Iterator[Json]:
        for entry, period in self._visible(self.map._admin_rivers):
            rivers = list(all_rivers(entry.sources))
            if not rivers:
                _warn(f"AdminRivers: the map data installed here have no rivers from {' or '.join(entry.sources)}")
                continue
            yield {
                "geom_id": self.registry.add_features(rivers),
                "classes": entry.classes,
                "period": period,
                "sources": entry.sources,
                "show_label": entry.show_label,
                "n_labels": entry.n_labels,
            }

    # Data

    def _data(self) -> Iterator[Json]:
        groups: dict[tuple[str, tuple[str, ...] | None], list[tuple[Any, list[int] | None]]] = defaultdict(list)
        for entry, period in self._visible(self.map._data):
            groups[entry.gadm, tuple(entry.find_in_gadm) if entry.find_in_gadm else None].append((entry, period))
        for (key, find_in_gadm), members in groups.items():
            features = units(key, find_in_gadm, self.map._simplify_tolerance)
            if not features:
                _warn(f'Data("{key}") matches no unit: it is not shown')
                continue
            colors = [self.map._data_colormap.get_color(entry.value) for entry, _ in members]
            marks = {
                "_data_values": [entry.value for entry, _ in members],
                "_data_periods": [period for _, period in members],
                "_data_classes": [entry.classes for entry, _ in members],
                "_data_colors": colors,
            }
            geom_id = self.registry.add_features(
                [feature.with_properties({**feature.properties, **marks}) for feature in features]
            )
            for index, (entry, period) in enumerate(members):
                yield {
                    "gadm": key,
                    "value": entry.value,
                    "geom_id": geom_id,
                    "classes": entry.classes,
                    "period": period,
                    "color": colors[index],
                    "data_index": index,
                }

    def _dataframes(self) -> Iterator[Json]:
        for entry in self.map._dataframes:
            rows = StaticRows(entry) if entry.data_column is not None else YearRows(entry)
            try:
                rows.read(entry.dataframe)
            except (TypeError, ValueError) as error:
                _warn(f"Dataframe: it is not shown, because a value is not a number: {error}")
                continue
            finally:
                self.frame_values += rows.numbers
            for gid, marks in rows.marks():
                features = self._row_features(gid, entry.find_in_gadm, rows.counts[gid])
                if features:
                    marked = [feature.with_properties({**feature.properties, **marks}) for feature in features]
                    yield {
                        "type": rows.type,
                        "geom_id": self.registry.add_features(marked),
                        **rows.members(),
                        "classes": entry.classes,
                    }

    def _row_features(self, gid: str, find_in_gadm: Sequence[str] | None, count: int) -> Sequence[Feature]:
        try:
            features = units(gid, find_in_gadm, self.map._simplify_tolerance)
        except (MissingDataError, ValueError) as error:
            _warn(f"Dataframe row {gid!r} is not shown: {error}")
            return ()
        if not features:
            _warn(f"Dataframe row {gid!r} matches no unit: it is not shown")
        # A unit that several rows name is shown as often; a country once.
        return features if "." not in gid else [feature for feature in features for _ in range(count)]

    def _legend(self, data: list[Json]) -> str | None:
        colormap = self.map._data_colormap
        values = self.frame_values or [item["value"] for item in data]
        if colormap is None or not values:
            return None
        least = min(values) if colormap.vmin is None else colormap.vmin
        greatest = max(values) if colormap.vmax is None else colormap.vmax
        svg: str = flagmap.generate_colormap_svg(colormap.colormap, least, greatest, norm=colormap.norm)
        return svg

    def _colormap_info(self) -> Json | None:
        if self.map._data_colormap is None:
            return None
        info: Json = self.map._serialize_colormap_info(self.frame_values)
        return info

    # The rest of the page

    def _music(self, music: flagmap.MusicEntry) -> Json:
        audio = base64.b64encode(files.read_uploaded(music.path)).decode()
        period = music.period
        if period is None and self.is_dynamic:
            period = self.map._compute_slider_period()
        media_type = _AUDIO_TYPES.get(PurePath(music.path).suffix.lower(), "audio/mpeg")
        return {
            "data_url": f"data:{media_type};base64,{audio}",
            "timestamps": None if music.timestamps is None else list(music.timestamps),
            "period": None if period is None else list(period),
        }

    def _base_options(self) -> list[Json]:
        entries = list(self.map._base_options)
        if not entries:
            default = self.map.PROVIDERS[flagmap.DEFAULT_BASEMAP]
            name = default.get("name", flagmap.DEFAULT_BASEMAP)
            entries = [flagmap.BaseOptionEntry(default["url"], name, dict(default.get("options", {})), default=True)]
        has_default = any(entry.default for entry in entries)
        return [
            {
                "url": entry.url,
                "name": entry.name,
                "options": entry.options,
                "default": entry.default or (not has_default and index == 0),
            }
            for index, entry in enumerate(entries)
        ]

    def _view(self, bounds: Bounds | None) -> Json:
        focus, zoom = self.map._initial_focus, self.map._initial_zoom
        fit = None
        if bounds and zoom is None and focus is None:
            west, south, east, north = bounds
            fit = [[south, west], [north, east]]
        if focus is None:
            focus = _DEFAULT_FOCUS if bounds is None else ((bounds[1] + bounds[3]) / 2, (bounds[0] + bounds[2]) / 2)
        return {
            "initial_focus": focus,
            "fit_bounds": fit,
            "initial_zoom": _DEFAULT_ZOOM if zoom is None else zoom,
        }

    def _secondary_bounds(
        self, admin_rivers: list[Json], paths: list[Json], points: list[Json], texts: list[Json]
    ) -> Bounds | None:
        """Return the extent of a map that has no areas."""
        rivers = [_geojson_bounds(river.geometry) for river, _ in self._visible(self.map._rivers) if river.geometry]
        rivers += [self.registry.bounds[item["geom_id"]] for item in admin_rivers]
        places = [place for path in paths for place in path["coords"]]
        places += [item["position"] for item in (*points, *texts)]
        return joint_bounds([*rivers, *((lng, lat, lng, lat) for lat, lng in places)])


def _rotation(element: flagmap.PointEntry | flagmap.TextEntry) -> Json:
    return {} if element.rotation is None else {"rotation": element.rotation}


def _geojson_bounds(geojson: Json) -> Bounds | None:
    if geojson.get("type") == "FeatureCollection":
        return joint_bounds(_geojson_bounds(feature) for feature in geojson.get("features", []))
    if geojson.get("type") == "Feature":
        return bounds_of((geojson.get("geometry") or {}).get("coordinates"))
    return bounds_of(geojson.get("coordinates"))


def _warn_of_missing_parts(label: str, territory: object) -> None:
    """Warn where a flag shows less than its author asked for; raise where that is for want of map data."""
    if territory is None:
        return  # the library warned when the flag was made
    if not isinstance(territory, Territory):
        _warn(f'flag "{label}" is empty: {type(territory).__name__} is not a Territory')
        return
    unmatched.clear()
    try:
        area = geometries.area(territory.to_geometry())
    except MissingDataError as error:
        raise MissingDataError(f'flag "{label}": {error}') from None
    if area:
        for expression in unmatched:
            _warn(f'{expression} matches no unit: it is missing from flag "{label}"')
    elif _SINGLE_UNIT.fullmatch(territory.strrepr):
        _warn(f'{territory.strrepr} matches no unit: flag "{label}" is empty')
    else:
        _warn(f'flag "{label}" is empty: {territory.strrepr[:_MAX_EXPRESSION]} covers nothing')


def _warn(sentence: str) -> None:
    warnings.warn(sentence, stacklevel=2)
