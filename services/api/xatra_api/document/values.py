"""What the elements of a map document are made of: texts, numbers, territories, icons, colours, tables.

A part of a territory, an icon, a colour say what they are by their `type`, and have the library's own names for the rest.
"""

import keyword
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from xatra_api.files.schemas import FileName

_MAX_GROUPS: Final = 30
_IDENTIFIER: Final = r"^[A-Za-z_][A-Za-z0-9_]{0,99}$"
_DOTTED: Final = r"^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$"
# What a program imports where the document needs it; a territory of such a name would stand in its way.
_NAMES_OF_IMPORTS: Final = frozenset(
    {
        *("xatra", "Icon", "Territory", "gadm", "naturalearth", "overpass", "polygon", "xatrahub", "lands"),
        *("Color", "LinearColorSequence", "LogColorSequence", "RandomColorSequence", "RotatingColorSequence"),
        *("LinearSegmentedColormap", "LogNorm", "StringIO", "pd"),
    }
)


class Strict(BaseModel):
    """What a client sends, and nothing else."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


def _shortest(number: float) -> float:
    """Return 28.0 as 28, which is what it becomes wherever JavaScript has had it."""
    return int(number) if number == int(number) else number


def _no_keyword(name: str) -> str:
    if any(keyword.iskeyword(part) for part in name.split(".")):
        raise ValueError("this word belongs to Python")
    return name


def _own(name: str) -> str:
    if name in _NAMES_OF_IMPORTS or name.startswith("__"):
        raise ValueError("this name belongs to the library")
    return _no_keyword(name)


Text = Annotated[str, StringConstraints(max_length=1_000_000)]
Word = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Identifier = Annotated[str, StringConstraints(pattern=_IDENTIFIER), AfterValidator(_no_keyword)]
OwnName = Annotated[str, StringConstraints(pattern=_IDENTIFIER), AfterValidator(_own)]
DottedName = Annotated[str, StringConstraints(pattern=_DOTTED, max_length=200), AfterValidator(_no_keyword)]
# JavaScript holds whole numbers exactly up to 2 ** 53.
Number = Annotated[int | float, Field(ge=-1e15, le=1e15), AfterValidator(_shortest)]
WholeNumber = Annotated[int, Field(ge=-1_000_000_000, le=1_000_000_000)]
Pair = Annotated[list[Number], Field(min_length=2, max_length=2)]
Triple = Annotated[list[Number], Field(min_length=3, max_length=3)]
Position = Annotated[list[Number], Field(min_length=2, max_length=2, description="[latitude, longitude]")]
Ring = Annotated[list[Position], Field(min_length=3)]
Period = Annotated[
    list[WholeNumber],
    Field(min_length=2, max_length=2, description="[start, end] in years: with the start, without the end, BC < 0"),
]
Gid = Word
Gids = Annotated[list[Gid], Field(min_length=1)]


type Operation = Literal["union", "difference", "intersection"]


class _Part(Strict):
    op: Operation = Field(default="union", description="How it is taken together with all parts before it")


class GadmPart(_Part):
    """An administrative unit."""

    type: Literal["gadm"]
    value: Gid = Field(description="Identifier such as `IND.12`")
    find_in_gadm: Gids | None = Field(default=None, description="Countries whose files to look into")


class NaturalEarthPart(_Part):
    """A feature of Natural Earth."""

    type: Literal["naturalearth"]
    value: Word = Field(description="Its `ne_id`")


class PolygonPart(_Part):
    """A drawn area."""

    type: Literal["polygon"]
    value: Ring
    holes: Annotated[list[Ring], Field(min_length=1)] | None = None


class PredefinedPart(_Part):
    """A territory of the library that comes with `xatra`."""

    type: Literal["predefined"]
    value: Identifier


class TerritoryPart(_Part):
    """A territory of this document, by its name."""

    type: Literal["territory"]
    value: OwnName


class ImportedPart(_Part):
    """A territory out of a territory library of the hub."""

    type: Literal["imported"]
    library: OwnName = Field(description="The name that the import has here")
    value: Identifier


class GroupPart(_Part):
    """Parts in parentheses."""

    type: Literal["group"]
    value: "Parts"


type Part = Annotated[
    GadmPart | NaturalEarthPart | PolygonPart | PredefinedPart | TerritoryPart | ImportedPart | GroupPart,
    Field(discriminator="type"),
]


def _depth(parts: list[Part]) -> int:
    """Return how many groups are around the innermost part."""
    return max((1 + _depth(part.value) for part in parts if isinstance(part, GroupPart)), default=0)


def _normal(parts: list[Part]) -> list[Part]:
    """Return parts without the groups that mean nothing: a first one, and those of one part."""
    if _depth(parts) > _MAX_GROUPS:
        raise ValueError(f"groups are nested deeper than {_MAX_GROUPS}")
    if parts[0].op != "union":
        raise ValueError("the first part has nothing to be taken from: its `op` is `union`")
    normal: list[Part] = []
    for part in parts:
        if isinstance(part, GroupPart) and not normal:
            normal += part.value
        elif isinstance(part, GroupPart) and len(part.value) == 1:
            normal.append(part.value[0].model_copy(update={"op": part.op}))
        else:
            normal.append(part)
    return normal


type Parts = Annotated[list[Part], Field(min_length=1), AfterValidator(_normal)]


class _IconSizes(Strict):
    icon_anchor: Pair | WholeNumber | None = None
    popup_anchor: Pair | WholeNumber | None = None
    shadow_url: Text | None = None
    shadow_size: Pair | WholeNumber | None = None
    shadow_anchor: Pair | WholeNumber | None = None


class UrlIcon(_IconSizes):
    """A picture, by its address."""

    type: Literal["url"]
    value: Text
    icon_size: Pair | WholeNumber | None = None


class BuiltinIcon(_IconSizes):
    """One of Leaflet's markers."""

    type: Literal["builtin"]
    value: Word = Field(description="File name such as `marker-icon-red.png`")
    icon_size: Pair | WholeNumber | None = None


class BootstrapIcon(_IconSizes):
    """An icon of the Bootstrap set."""

    type: Literal["bootstrap"]
    value: Word
    icon_size: Pair | WholeNumber = 24


class GeometricIcon(_IconSizes):
    """A shape."""

    type: Literal["geometric"]
    value: Literal["circle", "square", "triangle", "diamond", "cross", "plus", "star", "hexagon", "pentagon", "octagon"]
    color: Word = "#3388ff"
    size: WholeNumber = 24
    border_color: Word | None = None
    border_width: WholeNumber = 0
    icon_size: Pair | WholeNumber | None = None


type DrawnIcon = Annotated[UrlIcon | BuiltinIcon | BootstrapIcon | GeometricIcon, Field(discriminator="type")]


class NamedIcon(Strict):
    """An icon of this document, by its name."""

    type: Literal["icon"]
    value: OwnName


type AnyIcon = Annotated[UrlIcon | BuiltinIcon | BootstrapIcon | GeometricIcon | NamedIcon, Field(discriminator="type")]


class WordColour(Strict):
    """A colour by its code or its name."""

    type: Literal["hex", "named"]
    value: Word


class NumbersColour(Strict):
    """A colour by its components."""

    type: Literal["hsl", "rgb", "oklch"]
    value: Triple


type Colour = Annotated[WordColour | NumbersColour, Field(discriminator="type")]


class SteppedColours(Strict):
    """Colours of which each follows from the one before."""

    type: Literal["linear", "log"]
    colors: list[Colour] = Field(default=[])
    step: Triple | None = Field(default=None, description="Hue, saturation, lightness")


class ListedColours(Strict):
    """Colours that come round again, or random ones after the first."""

    type: Literal["rotating", "random"]
    colors: list[Colour] = Field(default=[])


type Colours = Annotated[SteppedColours | ListedColours, Field(discriminator="type")]


class NamedColormap(Strict):
    """A colour map of matplotlib."""

    type: Literal["named"]
    value: Word


class ColoursColormap(Strict):
    """A colour map that runs through some colours."""

    type: Literal["colors"]
    value: Annotated[list[Word], Field(min_length=2)]
    name: Word = "colours"


type Colormap = Annotated[NamedColormap | ColoursColormap, Field(discriminator="type")]


class LogNorm(Strict):
    """Equal steps of colour are equal ratios."""

    type: Literal["log"]
    vmin: Number | None = None
    vmax: Number | None = None


DataUrl = Annotated[str, StringConstraints(pattern=r"^data:[a-z]{1,20}/[A-Za-z0-9.+-]{1,80};base64,")]


class FileTable(Strict):
    """A CSV file that comes with the map."""

    type: Literal["file"]
    value: FileName


class CsvTable(Strict):
    """CSV in the document itself."""

    type: Literal["csv"]
    value: Text


type Table = Annotated[FileTable | CsvTable, Field(discriminator="type")]


class NaturalEarthRiver(Strict):
    """A river of Natural Earth."""

    type: Literal["naturalearth"]
    value: Word


class OverpassRiver(Strict):
    """A river of OpenStreetMap."""

    type: Literal["overpass"]
    value: Word
    osm_type: Literal["relation", "way"] | None = None


type RiverLine = Annotated[NaturalEarthRiver | OverpassRiver, Field(discriminator="type")]
