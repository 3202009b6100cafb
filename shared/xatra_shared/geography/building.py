"""Makes an index; the package's documentation says what is in it."""

import io
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict
from itertools import accumulate, groupby
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import orjson

from xatra_shared.geography.units import (
    GRAM_BYTES,
    KINDS,
    NUMBER,
    Group,
    Unit,
    id_key,
    merged,
    name_key,
    name_words,
    to_record,
)


def build_index(units: Iterable[Unit]) -> bytes:
    """Return the index of these units; of several with one id it has the first.

    Args:
        units: In the order of level and country. Those of one country at one level are in memory at once, not more.

    Raises:
        ValueError: They come in another order.
    """
    builder = _Builder()
    for (level, country), members in groupby(units, key=lambda unit: (unit.level, unit.country)):
        builder.add_group(level, country, members)
    return builder.content()


class _Builder:
    """An index while it grows, group by group."""

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._groups: list[Group] = []
        self._records, self._record_ends = bytearray(), array(NUMBER)
        self._text, self._text_starts = bytearray(), array(NUMBER)
        self._starts = {kind: array(NUMBER) for kind in KINDS}
        self._postings: defaultdict[bytes, array[int]] = defaultdict(lambda: array(NUMBER))

    def add_group(self, level: int, country: str, members: Iterable[Unit]) -> None:
        if self._groups and (level, country) <= (self._groups[-1].level, self._groups[-1].country):
            raise ValueError(f"the units of {country} at level {level} come too late")
        units = {unit.id: unit for unit in reversed([*members]) if unit.id not in self._ids}
        if not units:
            return
        self._ids.update(units)
        before = self._sizes()
        for unit in sorted(units.values(), key=lambda unit: (name_key(unit.name), unit.id)):
            self._add(unit)
        [(commonest, _)] = Counter(unit.type for unit in units.values()).most_common(1)
        self._groups.append(Group(level, country, commonest, *zip(before, self._sizes(), strict=True)))

    def content(self) -> bytes:
        grams = sorted(self._postings)
        columns = {
            "groups": orjson.dumps([asdict(group) for group in self._groups]),
            "records": self._records,
            "record_ends": self._record_ends.tobytes(),
            "text": self._text,
            "text_starts": self._text_starts.tobytes(),
            "grams": array(NUMBER, map(int.from_bytes, grams)).tobytes(),
            "posting_ends": array(NUMBER, accumulate(len(self._postings[gram]) for gram in grams)).tobytes(),
            "postings": b"".join(self._postings[gram].tobytes() for gram in grams),
        }
        for kind in KINDS:
            columns[f"{kind}_by_level"] = self._sorted(kind, lambda group: group.level)
            columns[f"{kind}_by_country"] = self._sorted(kind, lambda group: (group.level, group.country))
        content = io.BytesIO()
        with ZipFile(content, "w") as archive:
            for name, column in columns.items():
                archive.writestr(ZipInfo(name), bytes(column), ZIP_DEFLATED, compresslevel=1)
        return content.getvalue()

    def _sizes(self) -> list[int]:
        return [len(self._text_starts), *(len(self._starts[kind]) for kind in KINDS)]

    def _add(self, unit: Unit) -> None:
        number = len(self._text_starts)
        self._records += to_record(unit)
        self._record_ends.append(len(self._records))
        self._text_starts.append(len(self._text))
        self._add_key("ids", [id_key(unit.id)])
        grams: set[bytes] = set()
        for words in {"".join(words): words for words in map(name_words, (unit.name, *unit.variants))}.values():
            key = self._add_key("names", words)
            grams.update(key[start : start + GRAM_BYTES] for start in range(len(key) - GRAM_BYTES + 1))
        for gram in grams:
            self._postings[gram].append(number)

    def _add_key(self, kind: str, words: Iterable[str]) -> bytes:
        """Add a line to the text, and return it."""
        begin = len(self._text)
        for word in words:
            self._starts["words" if len(self._text) > begin else kind].append(len(self._text))
            self._text += word.encode()
        key = bytes(self._text[begin:])
        self._text += b"\n"
        return key

    def _sorted(self, kind: str, part: Callable[[Group], object]) -> bytes:
        """Return where what is of a kind begins, sorted by key within each part."""
        ordered = array(NUMBER)
        for _, groups in groupby(self._groups, key=part):
            begin, end = getattr(merged(list(groups)), kind)
            ordered.extend(sorted(self._starts[kind][begin:end], key=self._rest_of_key))
        return ordered.tobytes()

    def _rest_of_key(self, start: int) -> bytes:
        return bytes(self._text[start : self._text.index(b"\n", start)])
