"""The map document as it goes over the wire: an ordered list of elements, each a statement of the program.

An element says what it is (`type`), what it shows (`label`, `value`) and how (`args`, by the names of the library's own
parameters).
"""

import hashlib
from typing import Annotated, Any, Final, Literal, Self

from pydantic import Field, GetJsonSchemaHandler, StringConstraints, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from xatra_api.document.library import TERRITORY_LIBRARY
from xatra_api.document.values import (
    AnyIcon,
    Colormap,
    Colours,
    DataUrl,
    DottedName,
    DrawnIcon,
    Gid,
    Gids,
    Identifier,
    LogNorm,
    Number,
    OwnName,
    Pair,
    Parts,
    Period,
    Position,
    RiverLine,
    Strict,
    Table,
    Text,
    WholeNumber,
    Word,
)
from xatra_api.files.schemas import FileName

MAX_ELEMENTS: Final = 20_000


class Source(Strict):
    """The text from which an element was read, for writing it back as it was. Clients keep it and leave it alone."""

    lead: Text = Field(description="Blank lines and comments above the statement")
    code: Text = Field(description="The statement, with what follows it on its last line")
    digest: Word = Field(description="Of the element's fields as they were")
    names: dict[Identifier, Word] = Field(description="The names that the statement uses, and what they meant")


class _Element(Strict):
    source: Source | None = None

    def digest(self) -> str:
        """Return what tells whether a field has changed."""
        fields = self.model_dump_json(exclude={"source"}, exclude_defaults=True)
        return hashlib.sha256(fields.encode()).hexdigest()[:16]


class ImportedName(Strict):
    """A name that an import brings, and the name that it has here."""

    name: DottedName | Literal["*"]
    alias: Identifier | None = None


class PythonImport(_Element):
    """An `import` statement, or a `from … import …`."""

    type: Literal["import"]
    module: DottedName | None = Field(default=None, description="From where; none: the names are modules")
    names: Annotated[list[ImportedName], Field(min_length=1)]

    @model_validator(mode="after")
    def _check(self) -> Self:
        names = [imported.name for imported in self.names]
        if "*" in names and not (self.module == TERRITORY_LIBRARY and len(names) == 1 and not self.names[0].alias):
            raise ValueError(f"only {TERRITORY_LIBRARY} is imported as a whole")
        if self.module and any("." in name for name in names):
            raise ValueError("a module's names have no dots")
        return self


class HubImportArgs(Strict):
    """What is taken from a map or theme."""

    filter_only: list[Word] | None = None
    filter_not: list[Word] | None = None


class HubImport(_Element):
    """A work of the hub: a territory library under a name, or a map or theme whose statements run here."""

    type: Literal["hub_import"]
    name: OwnName | None = None
    value: Annotated[str, StringConstraints(pattern=r"^/[A-Za-z0-9_./-]{1,300}$")]
    args: HubImportArgs = HubImportArgs()


class TerritoryDefinition(_Element):
    """A territory with a name, for the layers below it."""

    type: Literal["territory"]
    name: OwnName
    value: Parts


class IconDefinition(_Element):
    """An icon with a name, for the points below it."""

    type: Literal["icon"]
    name: OwnName
    value: DrawnIcon


class FlagArgs(Strict):
    """How a flag is shown."""

    period: Period | None = None
    note: Text | None = None
    color: Word | None = None
    classes: Text | None = None
    type: Literal["vassal", "province"] | None = None
    inherit: Text | None = None
    display_label: Text | None = None


class FlagLayer(_Element):
    """A realm."""

    type: Literal["flag"]
    label: Text
    value: Parts | None = None
    args: FlagArgs = FlagArgs()


class _LineArgs(Strict):
    note: Text | None = None
    classes: Text | None = None
    period: Period | None = None
    show_label: bool = False
    n_labels: WholeNumber = 1
    hover_radius: WholeNumber = 10


class RiverArgs(_LineArgs):
    """How a river is shown."""


class RiverLayer(_Element):
    """A river."""

    type: Literal["river"]
    label: Text
    value: RiverLine
    args: RiverArgs = RiverArgs()


class PathArgs(_LineArgs):
    """How a path is shown."""


class PathLayer(_Element):
    """A line."""

    type: Literal["path"]
    label: Text
    value: list[Position]
    args: PathArgs = PathArgs()


class PointArgs(Strict):
    """How a point is shown."""

    note: Text | None = None
    period: Period | None = None
    icon: AnyIcon | None = None
    show_label: bool = False
    hover_radius: WholeNumber = 20
    classes: Text | None = None
    rotation: Number | None = None


class PointLayer(_Element):
    """A place."""

    type: Literal["point"]
    label: Text
    value: Position
    args: PointArgs = PointArgs()


class TextArgs(Strict):
    """How a text is shown."""

    note: Text | None = None
    classes: Text | None = None
    period: Period | None = None
    rotation: Number | None = None


class TextLayer(_Element):
    """Words on the map."""

    type: Literal["text"]
    label: Text
    value: Position
    args: TextArgs = TextArgs()


class AdminArgs(Strict):
    """Which units are shown, and how."""

    level: WholeNumber
    period: Period | None = None
    classes: Text | None = None
    color_by_level: WholeNumber = 1
    find_in_gadm: Gids | None = None


class AdminLayer(_Element):
    """The administrative units of a country or another unit."""

    type: Literal["admin"]
    value: Gid
    args: AdminArgs


class AdminRiversArgs(Strict):
    """Which rivers are shown, and how."""

    period: Period | None = None
    classes: Text | None = None
    sources: list[Literal["naturalearth", "overpass"]] | None = None
    show_label: bool = False
    n_labels: WholeNumber = 1


class AdminRiversLayer(_Element):
    """All rivers of the data set."""

    type: Literal["admin_rivers"]
    args: AdminRiversArgs = AdminRiversArgs()


class DataArgs(Strict):
    """A unit's number, and how it is shown."""

    value: Number
    period: Period | None = None
    classes: Text | None = None
    find_in_gadm: Gids | None = None


class DataLayer(_Element):
    """A number of an administrative unit, shown as a colour."""

    type: Literal["data"]
    value: Gid
    args: DataArgs


class DataframeArgs(Strict):
    """Which columns are shown, and how."""

    data_column: Word | None = None
    year_columns: list[Word] | None = None
    classes: Text | None = None
    find_in_gadm: Gids | None = None


class DataframeLayer(_Element):
    """A table of numbers of administrative units."""

    type: Literal["dataframe"]
    value: Table
    args: DataframeArgs = DataframeArgs()


class TitleBoxArgs(Strict):
    """When a title is shown."""

    period: Period | None = None


class TitleBoxLayer(_Element):
    """A title."""

    type: Literal["titlebox"]
    value: Text = Field(description="HTML")
    args: TitleBoxArgs = TitleBoxArgs()


class MusicArgs(Strict):
    """Which seconds of it are played, and when."""

    timestamps: Pair | None = None
    period: Period | None = None


class MusicLayer(_Element):
    """An audio file; one that is in the document as a data URL becomes a file when a program is made of it."""

    type: Literal["music"]
    value: FileName | DataUrl
    args: MusicArgs = MusicArgs()


class BasemapArgs(Strict):
    """How a base map is offered."""

    name: Text | None = None
    default: bool = False


class BasemapOption(_Element):
    """A base map to choose from."""

    type: Literal["basemap"]
    value: Text = Field(description="A provider's name or a tile address")
    args: BasemapArgs = BasemapArgs()


class CssOption(_Element):
    """Style rules."""

    type: Literal["css"]
    value: Text


class SliderArgs(Strict):
    """Years between which the slider runs, and years per second."""

    start: WholeNumber | None = None
    end: WholeNumber | None = None
    speed: Annotated[Number, Field(gt=0)] = 5


class SliderOption(_Element):
    """The time slider."""

    type: Literal["slider"]
    args: SliderArgs = SliderArgs()


class ZoomOption(_Element):
    """How near the map begins."""

    type: Literal["zoom"]
    value: Annotated[int, Field(ge=0, le=18)]


class FocusArgs(Strict):
    """Where the map begins."""

    latitude: Annotated[Number, Field(ge=-90, le=90)]
    longitude: Annotated[Number, Field(ge=-180, le=180)]


class FocusOption(_Element):
    """Where the map begins."""

    type: Literal["focus"]
    args: FocusArgs


class GeocoderArgs(Strict):
    """What the provider asks for."""

    api_key: Text | None = None


class GeocoderOption(_Element):
    """Who finds today's places."""

    type: Literal["geocoder"]
    value: Word = "nominatim"
    args: GeocoderArgs = GeocoderArgs()


class SimplifyOption(_Element):
    """How far outlines may be off, in degrees."""

    type: Literal["simplify"]
    value: Annotated[Number, Field(gt=0)] | None = None


class FlagColoursArgs(Strict):
    """Which flags take their colours from the sequence."""

    class_name: Word | None = None


class FlagColoursOption(_Element):
    """The colours that flags below it take, one after the other."""

    type: Literal["flag_color_sequence"]
    value: Colours
    args: FlagColoursArgs = FlagColoursArgs()


class AdminColoursOption(_Element):
    """The colours that administrative units take, one after the other."""

    type: Literal["admin_color_sequence"]
    value: Colours


class DataColormapArgs(Strict):
    """Which numbers the colours run between."""

    vmin: Number | None = None
    vmax: Number | None = None
    norm: LogNorm | None = None


class DataColormapOption(_Element):
    """The colours of the numbers in the data layers below it."""

    type: Literal["data_colormap"]
    value: Colormap | None = None
    args: DataColormapArgs = DataColormapArgs()


class PythonLayer(Strict):
    """Statements that the builder does not show, with the comments and blank lines above them."""

    type: Literal["python"]
    value: Text


AnyShown = (
    PythonImport
    | HubImport
    | TerritoryDefinition
    | IconDefinition
    | FlagColoursOption
    | AdminColoursOption
    | DataColormapOption
    | FlagLayer
    | RiverLayer
    | PathLayer
    | PointLayer
    | TextLayer
    | AdminLayer
    | AdminRiversLayer
    | DataLayer
    | DataframeLayer
    | TitleBoxLayer
    | MusicLayer
    | BasemapOption
    | CssOption
    | SliderOption
    | ZoomOption
    | FocusOption
    | GeocoderOption
    | SimplifyOption
)
"""What the builder shows."""

type Shown = Annotated[AnyShown, Field(discriminator="type")]
type Element = Annotated[AnyShown | PythonLayer, Field(discriminator="type")]


class Document(Strict):
    """A map as the builder shows it: the elements in the order of the program's statements."""

    version: Literal[1]
    elements: Annotated[list[Element], Field(max_length=MAX_ELEMENTS)] = Field(default=[])
    ending: Text | None = Field(
        default=None, description="What follows the last element, as text; none: `xatra.show()` alone"
    )


class _AsDocument:
    """Describes as a document what is checked to be one later, and not where requests are answered."""

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return handler(Document.__pydantic_core_schema__)


DocumentJson = Annotated[dict[str, Any], _AsDocument()]
"""A map document that nobody has looked into yet."""


LibraryNames = Annotated[
    list[Annotated[str, StringConstraints(max_length=100)]],
    Field(max_length=5_000, description="Names that the map's own library gives to territories, which runs before it"),
]


class DocumentBody(Strict):
    """A map document."""

    document: Document
    library_names: LibraryNames = Field(default=[])


class ProgramBody(Strict):
    """A map program."""

    program: str = Field(description="Python source that uses the `xatra` library; at most 200,000 characters")
    library_names: LibraryNames = Field(default=[])
