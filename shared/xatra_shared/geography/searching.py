"""Searches an index; the package's documentation says what is in it."""

import io
import zipfile
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import Literal

import orjson

from xatra_shared.geography.units import (
    GRAM_BYTES,
    NUMBER,
    Country,
    Group,
    Level,
    Span,
    Unit,
    from_record,
    id_key,
    merged,
    name_key,
)


class UnitIndex:
    """An index, open for searching.

    Attributes:
        countries: The countries of the map data, by id and in the order of ids.
    """

    def __init__(self, content: bytes) -> None:
        """Open what `build_index` returned.

        Raises:
            zipfile.BadZipFile: It is something else.
        """
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            columns = {name: archive.read(name) for name in archive.namelist()}
        groups = [Group(**group) for group in orjson.loads(columns.pop("groups"))]
        self._levels = [merged(list(members)) for _, members in groupby(groups, key=lambda group: group.level)]
        self._levels_of: defaultdict[str, list[Group]] = defaultdict(list)
        for group in groups:
            self._levels_of[group.country].append(group)
        self._records = columns.pop("records")
        self._text = columns.pop("text")
        self._numbers = {name: memoryview(column).cast(NUMBER) for name, column in columns.items()}
        self.countries = {code: self._country(code) for code in sorted(self._levels_of)}

    def search(self, text: str, *, country: str | None = None, level: int | None = None, limit: int) -> list[Unit]:
        """Return the units that a text may mean, the likeliest first, always in the same order.

        First come the units with this id, or, once it has a dot, those with an id that begins so; then those with a name
        that begins so; then those with a word in a name that does; last, from three bytes on, those with a name that has
        it anywhere. Among equals the lower level comes first, then the alphabet. Case, accents, spaces and signs do not
        count in names.

        Args:
            text: What was typed; an empty one means every unit.
            country: Only units of this country's data.
            level: Only units of this level.
            limit: How many at most.
        """
        matches = self._matches(text.strip(), country, level)
        found: dict[int, None] = {}
        while len(found) < limit and (unit := next(matches, None)) is not None:
            found[unit] = None
        return [self._unit(number) for number in found]

    def get(self, unit_id: str) -> Unit | None:
        """Return the unit with this id."""
        found = (self._unit(number) for number in self._beginning("ids", id_key(unit_id), None, None, whole=True))
        return next((unit for unit in found if unit.id == unit_id), None)

    def _matches(self, text: str, country: str | None, level: int | None) -> Iterator[int]:
        """Yield the numbers of units, the best match first; some come again for another reason."""
        key = name_key(text)
        if text and not key:
            return
        yield from self._beginning("ids", id_key(text), country, level, whole="." not in text)
        yield from self._beginning("names", key, country, level)
        yield from self._beginning("words", key, country, level)
        yield from self._containing(key.encode(), country, level)

    def _beginning(
        self,
        kind: Literal["ids", "names", "words"],
        key: str,
        country: str | None,
        level: int | None,
        *,
        whole: bool = False,
    ) -> Iterator[int]:
        """Yield the units with an id, name or word that begins with a key, or is the whole of it."""
        starts = self._numbers[f"{kind}_by_level" if country is None else f"{kind}_by_country"]
        needle = f"{key}\n".encode() if whole else key.encode()
        size = len(needle)

        def beginning(start: int) -> bytes:
            return self._text[start : start + size]

        for begin, end in self._spans(kind, country, level):
            first = bisect_left(starts, needle, begin, end, key=beginning)
            for place in range(first, end):
                if beginning(starts[place]) != needle:
                    break
                yield bisect_right(self._numbers["text_starts"], starts[place]) - 1

    def _containing(self, needle: bytes, country: str | None, level: int | None) -> Iterator[int]:
        """Yield the units with a name that has a text anywhere."""
        grams = {needle[start : start + GRAM_BYTES] for start in range(len(needle) - GRAM_BYTES + 1)}
        if not grams:
            return
        candidates = min(map(self._posting, grams), key=len)
        for begin, end in self._spans("units", country, level):
            for place in range(bisect_left(candidates, begin), bisect_left(candidates, end)):
                if needle in self._keys(candidates[place]):
                    yield candidates[place]

    def _posting(self, gram: bytes) -> memoryview:
        """Return the numbers of the units with a name that has these three bytes."""
        grams, ends = self._numbers["grams"], self._numbers["posting_ends"]
        value = int.from_bytes(gram)
        place = bisect_left(grams, value)
        if place == len(grams) or grams[place] != value:
            return self._numbers["postings"][:0]
        return self._numbers["postings"][ends[place - 1] if place else 0 : ends[place]]

    def _spans(self, column: str, country: str | None, level: int | None) -> Iterator[Span]:
        """Yield what is to be searched of a column, level by level."""
        for group in self._levels if country is None else self._levels_of.get(country, ()):
            if level is None or group.level == level:
                yield getattr(group, column)

    def _keys(self, number: int) -> bytes:
        starts = self._numbers["text_starts"]
        return self._text[starts[number] : starts[number + 1] if number + 1 < len(starts) else None]

    def _unit(self, number: int) -> Unit:
        ends = self._numbers["record_ends"]
        return from_record(self._records[ends[number - 1] if number else 0 : ends[number]])

    def _country(self, code: str) -> Country:
        unit = self.get(code)
        levels = [Level(group.level, group.units[1] - group.units[0], group.type) for group in self._levels_of[code]]
        return Country(code, unit.name if unit else code, tuple(levels))
