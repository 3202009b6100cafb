"""What goes over the wire below `/geography`."""

from keyword import iskeyword
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from xatra_shared.geography.units import Country, Level, Unit

MAX_LEVEL = 5

CountryId = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{3}$")]


def _is_assignable(name: str) -> str:
    if iskeyword(name):
        raise ValueError("a word of Python names no territory")
    return name


TerritoryName = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,99}$"), AfterValidator(_is_assignable)
]
LibraryPath = Annotated[
    str,
    StringConstraints(pattern=r"^(/[a-z0-9_.-]{1,200})?/lib/[a-z0-9_.]{1,200}(/(alpha|[1-9][0-9]{0,8}))?$"),
]


class UnitBody(BaseModel):
    """An administrative unit."""

    id: str = Field(description="By which programs name it, as in `gadm(id)`")
    name: str = Field(description="As GADM has it, without spaces")
    variants: list[str] = Field(description="Other names, in other scripts too")
    country: str = Field(description="The country among whose data it is")
    level: int = Field(description="0 for countries, one more for every division")
    parent: str | None = Field(description="Id of the unit that it is a part of")
    within: list[str] = Field(description="Names of the units that it is a part of, the country first")
    type: str | None = Field(description="What it is, in English, such as `District`")

    @classmethod
    def of(cls, unit: Unit) -> Self:
        """Return a unit's form on the wire."""
        return cls.model_validate(unit, from_attributes=True)


class UnitList(BaseModel):
    """Units, the likeliest first."""

    units: list[UnitBody]


class LevelBody(BaseModel):
    """One level of a country."""

    level: int
    units: int = Field(description="How many there are")
    type: str | None = Field(description="What most of them are, in English")

    @classmethod
    def of(cls, level: Level) -> Self:
        """Return a level's form on the wire."""
        return cls.model_validate(level, from_attributes=True)


class LevelList(BaseModel):
    """The levels of a country, from the country down."""

    levels: list[LevelBody]


class CountryBody(BaseModel):
    """A country of the map data."""

    id: str = Field(description="ISO 3166 alpha-3 code")
    name: str
    levels: list[int]

    @classmethod
    def of(cls, country: Country) -> Self:
        """Return a country's form on the wire."""
        return cls(id=country.id, name=country.name, levels=[level.level for level in country.levels])


class CountryList(BaseModel):
    """Every country of the map data, by id."""

    countries: list[CountryBody]


class ReferenceMapBody(BaseModel):
    """What a reference map shows."""

    model_config = ConfigDict(extra="forbid", strict=True)

    countries: list[CountryId] = Field(max_length=32, description="Whose units it shows")
    level: int = Field(ge=0, le=3, description="Of which level; what lies deeper cannot be picked from a map")
    rivers: bool = Field(default=False, description="Whether it shows every river of the map data")

    @model_validator(mode="after")
    def _check_it_shows_something(self) -> Self:
        if not (self.countries or self.rivers):
            raise ValueError("a map of no country and no river shows nothing")
        return self


class TerritoryMapBody(BaseModel):
    """Which territories of a library a map shows."""

    model_config = ConfigDict(extra="forbid", strict=True)

    library: LibraryPath | None = Field(
        default=None, description="Where the hub has it, such as `/lib/NAME/2`; none: the map library's own collection"
    )
    territories: list[TerritoryName] = Field(min_length=1, max_length=100)
