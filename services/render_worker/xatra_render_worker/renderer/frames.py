"""What the rows of a data frame say about the units that they name."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

import pandas as pd

from xatra_render_worker.renderer.library import flagmap
from xatra_render_worker.renderer.registry import Json


class StaticRows:
    """The rows of a data frame with one column of values."""

    type = "static"

    def __init__(self, entry: flagmap.DataframeEntry) -> None:
        self._column = entry.data_column
        self._value_of: dict[str, float] = {}
        self._note_of: dict[str, str] = {}
        self.counts: Counter[str] = Counter()
        self.numbers: list[float] = []

    def read(self, frame: pd.DataFrame) -> None:
        """Take up every row that has a value."""
        for gid, row in frame.iterrows():
            if pd.isna(row[self._column]):
                continue
            value = float(row[self._column])
            self.numbers.append(value)
            self.counts[str(gid)] += 1
            self._value_of[str(gid)] = value
            if "note" in frame.columns and _is_given(row["note"]):
                self._note_of[str(gid)] = str(row["note"])

    def marks(self) -> Iterator[tuple[str, Json]]:
        """Yield each unit with what its features are marked with."""
        for gid, value in self._value_of.items():
            note = {"_dataframe_note": self._note_of[gid]} if gid in self._note_of else {}
            yield gid, {"_dataframe_value": value, "_dataframe_gid": gid, **note}

    def members(self) -> Json:
        """Return what the layers have besides."""
        return {}


class YearRows:
    """The rows of a data frame with a column of values for each year."""

    type = "dynamic"

    def __init__(self, entry: flagmap.DataframeEntry) -> None:
        self._columns = {column: year for column in entry.year_columns for year in _year(column)}
        self._values_of: dict[str, dict[int, float]] = {}
        self._notes_of: dict[str, dict[int, str]] = {}
        self.counts: Counter[str] = Counter()
        self.numbers: list[float] = []

    def read(self, frame: pd.DataFrame) -> None:
        """Take up every row that has a value in some year."""
        for gid, row in frame.iterrows():
            values = {year: float(row[column]) for column, year in self._columns.items() if not pd.isna(row[column])}
            notes = {
                year: str(row[f"{column}_note"])
                for column, year in self._columns.items()
                if f"{column}_note" in frame.columns and _is_given(row[f"{column}_note"])
            }
            self.numbers += values.values()
            if values:
                self.counts[str(gid)] += 1
                self._values_of[str(gid)] = values
            if values and notes:
                self._notes_of[str(gid)] = notes

    def marks(self) -> Iterator[tuple[str, Json]]:
        """Yield each unit with what its features are marked with."""
        for gid, values in self._values_of.items():
            notes = {"_dataframe_notes": self._notes_of[gid]} if gid in self._notes_of else {}
            yield gid, {"_dataframe_data": values, "_dataframe_gid": gid, **notes}

    def members(self) -> Json:
        """Return what the layers have besides."""
        return {"years": sorted(self._columns.values())}


def _year(column: object) -> Iterator[int]:
    with suppress(ValueError):
        yield int(column)  # type: ignore[call-overload]


def _is_given(note: object) -> bool:
    return note is not None and not (isinstance(note, float) and pd.isna(note))
