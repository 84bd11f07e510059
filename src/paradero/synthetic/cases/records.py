"""Tables to be written, kept narrow: each column is a lane of codes or numbers at the level where it varies
(row, stay, person).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from paradero.synthetic.clock import ABSENT
from paradero.synthetic.vocabulary import Column, Ids, Ints, Words, columns

__all__ = [
    "CODED",
    "WITHHELD",
    "Cell",
    "Lane",
    "Records",
    "arrow_of",
    "arrow_type",
    "cells_of",
    "coded",
    "constant",
    "withheld",
]

WITHHELD = "b(6), b(7)c"
_PEER_NULLS = ("b(6), b(7)c", "b(6), b(7)C")  # what the published parquet turns into nothing
_SERIAL_1970 = 25569  # Excel's number of 1970-01-01
CODED = pa.dictionary(pa.int16(), pa.string())
_TYPES = {
    "text": CODED,
    "id": pa.string(),
    "number": pa.float64(),
    "day": pa.date32(),
    "moment": pa.timestamp("us"),
}

Cell = str | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One column's values at one level. Text: positions in `words`, below 0 for blank. Days and minutes:
    ABSENT for blank. Numbers: NaN for blank.

    Ids are 40 bytes, empty for blank.
    """

    level: str
    values: npt.NDArray[Any]
    words: tuple[str, ...] = ()

    @property
    def is_withheld(self) -> bool:
        """Whether every cell is an exemption mark: the published parquet leaves such a column out."""
        return bool(self.words) and all("b(6)" in word for word in self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """A table of `count` rows: lanes by header, and for each level but `row` which of its members each row
    belongs to.
    """

    of: str
    count: int
    levels: dict[str, Ints]
    lanes: dict[str, Lane]

    def taken(self, column: Column, rows: Ints) -> npt.NDArray[Any]:
        """The raw values of a column for some rows."""
        lane = self.lanes[column.header]
        values: npt.NDArray[Any] = lane.values[rows if lane.level == "row" else self.levels[lane.level][rows]]
        return values

    def published(self) -> tuple[Column, ...]:
        """The columns that the published parquet has."""
        return tuple(column for column in columns(self.of) if not self.lanes[column.header].is_withheld)


def coded(level: str, codes: Ints, listed: Words | tuple[str, ...]) -> Lane:
    """A text lane; an empty word is a blank cell. Words given twice become one: parquet dictionaries with
    repeats are not byte-stable.
    """
    given = listed.values if isinstance(listed, Words) else listed
    words = tuple(dict.fromkeys(word for word in given if word))
    place = {word: number for number, word in enumerate(words)}
    renumbered = np.array([*(place.get(word, -1) for word in given), -1], dtype=codes.dtype)
    return Lane(level=level, values=renumbered[codes], words=words)


def constant(level: str, size: int, text: str) -> Lane:
    """The same text in every cell."""
    return Lane(level=level, values=np.zeros(size, dtype=np.int8), words=(text,))


def withheld(level: str, size: int) -> Lane:
    """A column that the agency withheld throughout."""
    return constant(level, size, WITHHELD)


def arrow_type(column: Column) -> pa.DataType:
    """The type of a column in the published parquet."""
    return _TYPES[column.type]


def arrow_of(records: Records, column: Column, rows: Ints) -> pa.Array:
    """A column of the published parquet for some rows: text coded, exemption marks as DDP treats them."""
    values = records.taken(column, rows)
    if column.type == "id":
        return id_array(values)
    if column.type == "number":
        numbers = values.astype(np.float64)
        return pa.array(numbers, mask=np.isnan(numbers))
    whole = values.astype(np.int64)
    if column.type == "moment":
        return pa.array(whole * 60_000_000, type=pa.timestamp("us"), mask=whole == ABSENT)
    if column.type == "day":
        return pa.array(np.where(whole == ABSENT, 0, whole).astype(np.int32), mask=whole == ABSENT).view(
            pa.date32()
        )
    words = records.lanes[column.header].words
    marks = [place for place, word in enumerate(words) if word in _PEER_NULLS]
    blank = (whole < 0) | np.isin(whole, marks)
    return pa.DictionaryArray.from_arrays(
        pa.array(np.where(blank, 0, whole).astype(np.int16), mask=blank), pa.array(words, pa.string())
    )


def id_array(values: Ids) -> pa.Array:
    """Ids of 40 letters as an Arrow array of text, blank ones null."""
    blank = values == b""
    offsets = np.arange(len(values) + 1, dtype=np.int32) * 40
    whole = pa.StringArray.from_buffers(
        len(values), pa.py_buffer(offsets.tobytes()), pa.py_buffer(values.tobytes())
    )
    return pc.if_else(pa.array(~blank), whole, pa.scalar(None, pa.string())) if blank.any() else whole


def cells_of(records: Records, column: Column, rows: Ints) -> list[Cell]:
    """A column as worksheet cells: text, numbers, serial numbers of days; None where blank."""
    values = records.taken(column, rows)
    if column.type == "id":
        return [text.decode() or None for text in values.tolist()]
    if column.type == "text":
        words = np.array([*records.lanes[column.header].words, None], dtype=object)
        listed: list[Cell] = words[values.astype(np.int64)].tolist()
        return listed
    numbers = values.astype(np.float64)
    blank = np.isnan(numbers) | (numbers == ABSENT)
    if column.type == "moment":
        numbers = numbers / 1440 + _SERIAL_1970
    elif column.type == "day":
        numbers = numbers + _SERIAL_1970
    cells = numbers.astype(object)
    cells[blank] = None
    found: list[Cell] = cells.tolist()
    return found
