"""Units, countries and levels; by which keys units are found; and the form that builders and searchers agree on."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from typing import Final
from unicodedata import category

import orjson

from xatra_shared.text import fold

FORMAT: Final = 1  # to be raised whenever the same units make other bytes, or the same bytes are searched otherwise

NUMBER: Final = "I"  # of an array or a memory view
GRAM_BYTES: Final = 3
KINDS: Final = ("ids", "names", "words")  # of what units are found by

type Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit of the map data.

    Attributes:
        id: By which programs name it, such as "IND.12.3".
        name: As the data have it; GADM leaves out spaces, as in "TamilNadu".
        variants: Other names, those in other scripts included.
        country: ISO 3166 alpha-3 code of the country among whose data it is, also where it is disputed.
        level: 0 for countries, one more for every division.
        parent: The unit that it is a part of; None for countries.
        within: The names of the units that it is a part of, the country first.
        type: What it is, in English, such as "District"; None where the data do not say.
    """

    id: str
    name: str
    variants: tuple[str, ...]
    country: str
    level: int
    parent: str | None
    within: tuple[str, ...]
    type: str | None


@dataclass(frozen=True, slots=True)
class Level:
    """What the data have of a country at one level.

    Attributes:
        level: 0 for the country itself.
        units: How many there are.
        type: What most of them are, in English; None where the data do not say.
    """

    level: int
    units: int
    type: str | None


@dataclass(frozen=True, slots=True)
class Country:
    """A country of the map data, with its levels in order."""

    id: str
    name: str
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The units of a country at one level, and which share of the columns is theirs: from the first up to the second."""

    level: int
    country: str
    type: str | None
    units: Span
    ids: Span
    names: Span
    words: Span


def name_key(name: str) -> str:
    """Return what names are compared by: folded, without spaces and signs."""
    return "".join(name_words(name))


def name_words(name: str) -> list[str]:
    """Return the folded words of a name; a capital after a small letter begins one too, as in GADM's "TamilNadu"."""
    return fold("".join(_apart(before, char) for before, char in pairwise(f" {name}"))).split()


def _apart(before: str, char: str) -> str:
    if category(char)[0] not in "LMN":  # letters, marks, numbers
        return " "
    return f" {char}" if before.islower() and char.isupper() else char


def id_key(unit_id: str) -> str:
    """Return what ids are compared by."""
    return fold(unit_id)


def merged(groups: Sequence[Group]) -> Group:
    """Return groups of one level that follow each other as one."""
    first, last = groups[0], groups[-1]
    return replace(
        first,
        units=(first.units[0], last.units[1]),
        ids=(first.ids[0], last.ids[1]),
        names=(first.names[0], last.names[1]),
        words=(first.words[0], last.words[1]),
    )


def to_record(unit: Unit) -> bytes:
    """Return a unit as it stands in an index."""
    return orjson.dumps([getattr(unit, field.name) for field in fields(unit)])


def from_record(record: bytes) -> Unit:
    """Return the unit of a record."""
    unit_id, name, variants, country, level, parent, within, type_ = orjson.loads(record)
    return Unit(unit_id, name, tuple(variants), country, level, parent, tuple(within), type_)
