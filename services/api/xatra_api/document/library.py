"""What the document knows of the `xatra` library: its calls, and where their arguments are in an element.

The library itself is the render worker's alone; a test there compares this table with it.
"""

from dataclasses import dataclass, field
from typing import Final, Literal

type Notation = Literal[
    "plain", "pair", "territory", "river", "icon", "table", "sequence", "colours", "step", "colormap", "norm"
]
"""How an argument is written: as a literal, or in the way that its kind has."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the library, and the element or value that it makes.

    Attributes:
        type: What the element or value is.
        fields: Parameter -> field of the element.
        args: Parameters that are fields of the element's `args`, in the library's order after those.
        notations: How parameters are written that are no plain literals.
        positional: How many parameters are written without their names.
    """

    type: str
    fields: dict[str, str]
    args: tuple[str, ...] = ()
    notations: dict[str, Notation] = field(default_factory=dict)
    positional: int = 1

    @property
    def parameters(self) -> tuple[str, ...]:
        """All parameters, in the library's order."""
        return (*self.fields, *self.args)


_LABEL: Final = {"label": "label", "value": "value"}
_POSITION: Final = {"label": "label", "position": "value"}
_LINE: Final = ("note", "classes", "period", "show_label", "n_labels", "hover_radius")

LAYERS: Final[dict[str, Call]] = {
    "Flag": Call(
        "flag",
        _LABEL,
        ("period", "note", "color", "classes", "type", "inherit", "display_label"),
        {"value": "territory"},
        positional=2,
    ),
    "River": Call("river", _LABEL, _LINE, {"value": "river"}, positional=2),
    "Path": Call("path", _LABEL, _LINE, positional=2),
    "Point": Call(
        "point",
        _POSITION,
        ("note", "period", "icon", "show_label", "hover_radius", "classes", "rotation"),
        {"icon": "icon"},
        positional=2,
    ),
    "Text": Call("text", _POSITION, ("note", "classes", "period", "rotation"), positional=2),
    "Admin": Call("admin", {"gadm": "value"}, ("level", "period", "classes", "color_by_level", "find_in_gadm")),
    "AdminRivers": Call("admin_rivers", {}, ("period", "classes", "sources", "show_label", "n_labels"), positional=0),
    "Data": Call("data", {"gadm": "value"}, ("value", "period", "classes", "find_in_gadm"), positional=2),
    "Dataframe": Call(
        "dataframe",
        {"dataframe": "value"},
        ("data_column", "year_columns", "classes", "find_in_gadm"),
        {"dataframe": "table"},
    ),
    "TitleBox": Call("titlebox", {"html": "value"}, ("period",)),
    "Music": Call("music", {"path": "value"}, ("timestamps", "period"), {"timestamps": "pair", "period": "pair"}),
    "BaseOption": Call("basemap", {"url_or_provider": "value"}, ("name", "default")),
    "CSS": Call("css", {"css": "value"}),
    "slider": Call("slider", {}, ("start", "end", "speed"), positional=2),
    "zoom": Call("zoom", {"level": "value"}),
    "focus": Call("focus", {}, ("latitude", "longitude"), positional=2),
    "Geocoder": Call("geocoder", {"provider": "value"}, ("api_key",)),
    "simplify": Call("simplify", {"tolerance": "value"}),
    "FlagColorSequence": Call(
        "flag_color_sequence", {"color_sequence": "value"}, ("class_name",), {"color_sequence": "sequence"}
    ),
    "AdminColorSequence": Call(
        "admin_color_sequence", {"color_sequence": "value"}, notations={"color_sequence": "sequence"}
    ),
    "DataColormap": Call(
        "data_colormap",
        {"colormap": "value"},
        ("vmin", "vmax", "norm"),
        {"colormap": "colormap", "norm": "norm"},
    ),
}
"""Function of the module `xatra` -> its element."""

_PAIRS: Final = ("icon_size", "icon_anchor", "popup_anchor", "shadow_size", "shadow_anchor")
_ANCHORS: Final = ("icon_size", "icon_anchor", "popup_anchor", "shadow_url", "shadow_size", "shadow_anchor")


def _icon(type_: str, value: str, *parameters: str) -> Call:
    """Return a call that makes an icon; its value is the first parameter."""
    fields = {value: "value"} | {parameter: parameter for parameter in parameters}
    return Call(type_, fields, notations=dict.fromkeys(_PAIRS, "pair"))


ICONS: Final[dict[str, Call]] = {
    "xatra.Icon": _icon(
        *("url", "icon_url", "shadow_url", "icon_size", "shadow_size", "icon_anchor", "shadow_anchor", "popup_anchor")
    ),
    "xatra.Icon.builtin": _icon("builtin", "filename", *_ANCHORS),
    "xatra.Icon.bootstrap": _icon("bootstrap", "name", *_ANCHORS),
    "xatra.Icon.geometric": _icon(*("geometric", "shape", "color", "size", "border_color", "border_width"), *_ANCHORS),
}
"""What makes an icon -> the icon."""

RIVERS: Final[dict[str, Call]] = {
    "xatra.naturalearth": Call("naturalearth", {"ne_id": "value"}),
    "xatra.overpass": Call("overpass", {"osm_id": "value", "osm_type": "osm_type"}),
}
"""What makes a river's line -> where it is from."""

TERRITORIES: Final[dict[str, Call]] = {
    "xatra.gadm": Call("gadm", {"key": "value", "find_in_gadm": "find_in_gadm"}),
    "xatra.Territory.from_naturalearth": Call("naturalearth", {"ne_id": "value"}),
    "xatra.polygon": Call("polygon", {"coords": "value", "holes": "holes"}),
}
"""What makes a territory -> the part of a territory."""

_COLOURS: Final[dict[str, Notation]] = {"colors": "colours", "step": "step"}

SEQUENCES: Final[dict[str, Call]] = {
    "xatra.colorseq.LinearColorSequence": Call("linear", {"colors": "colors", "step": "step"}, notations=_COLOURS),
    "xatra.colorseq.LogColorSequence": Call("log", {"colors": "colors", "step": "step"}, notations=_COLOURS),
    "xatra.colorseq.RotatingColorSequence": Call("rotating", {"colors": "colors"}, notations=_COLOURS),
    "xatra.colorseq.RandomColorSequence": Call("random", {"colors": "colors"}, notations=_COLOURS),
}
"""What makes a sequence of colours -> the sequence."""

COLORMAPS: Final[dict[str, Call]] = {
    "matplotlib.colors.LinearSegmentedColormap.from_list": Call(
        "colors", {"name": "name", "colors": "value"}, positional=2
    ),
}
"""What makes a colour map -> the colour map."""

NORMS: Final[dict[str, Call]] = {
    "matplotlib.colors.LogNorm": Call("log", {"vmin": "vmin", "vmax": "vmax"}, positional=0),
}
"""What spreads numbers over a colour map -> how it does."""

HUB_IMPORT: Final = Call("hub_import", {"path": "value"}, ("filter_only", "filter_not"))

HUB: Final = "xatra.xatrahub"
UNION: Final = "xatra.Territory.union_territories"
TERRITORY_LIBRARY: Final = "xatra.territory_library"
COLOUR: Final = "xatra.colorseq.Color"
READ_CSV: Final = "pandas.read_csv"
STRING_IO: Final = "io.StringIO"

# Modules of the library whose names the package itself has.
HOMES: Final = frozenset({"xatra.loaders", "xatra.icon", "xatra.territory", "xatra.pyplot", "xatra.hub"})
