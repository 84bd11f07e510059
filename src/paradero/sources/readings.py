"""Declared columns as read from a sheet: typed values, why one is missing, and what is suspicious about which text."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from paradero.sources import typed
from paradero.sources.held import Flags, Held, Texts, Values, encoded, flags, without
from paradero.sources.layouts import Column, Fit

Rows = npt.NDArray[np.int64]

WHY = ("", "blank", "withheld", "unreadable", "not_in_release")
_EXPECTED = {"timestamp": "a date or date and time", "number": "a number", "integer": "a whole number", "money": "an amount to the cent", "text": "text"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """What holds for all cells of a source: whether the text NA stands for a blank, and the day that serial numbers count from."""

    na_is_blank: bool = False
    serial_epoch: str = "1899-12-30"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something suspicious: `flags` tell which distinct texts have it (or which rows, in a column that came typed)."""

    name: str
    expected: str
    flags: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One declared column of a sheet. `values` and `why` (codes into WHY) go with its distinct texts, or with its rows where it came typed.

    `held` is None where the sheet lacks the column. `form` says how its dates are written where that had to be inferred.
    """

    column: Column
    held: Held | None
    values: pa.Array | None = None
    why: npt.NDArray[np.int8] | None = None
    problems: tuple[Problem, ...] = ()
    form: str | None = None

    def stored(self, rows: Rows) -> pa.Array:
        """The values of the given rows."""
        if self.held is None or self.values is None:
            return pa.nulls(len(rows), typed.ARROW[self.column.type])
        if isinstance(self.held, Values):
            return self.values if len(rows) == len(self.values) else self.values.take(pa.array(rows))
        if self.column.type != "text":
            return self.held.taken(rows, self.values)
        if len(self.values) > len(rows) // 2:
            return self.held.taken(rows, self.values)
        unique = self.values.dictionary_encode()
        codes = np.append(pc.fill_null(unique.indices, -1).to_numpy(zero_copy_only=False), -1)[self.held.codes[rows]]
        return encoded(codes.astype(np.int32, copy=False), unique.dictionary)

    def why_of(self, rows: Rows) -> npt.NDArray[np.int8]:
        """For the given rows the code in WHY that says why there is no value; 0 where there is one."""
        if self.held is None or self.why is None:
            return np.full(len(rows), WHY.index("not_in_release"), np.int8)
        if isinstance(self.held, Values):
            return self.why[rows]
        return np.append(self.why, np.int8(WHY.index("blank")))[self.held.codes[rows]]

    def rows_with(self, problem: Problem, rows: Rows) -> Rows:
        """Those of the given rows that have a problem."""
        if isinstance(self.held, Texts):
            return rows[self.held.rows_of(problem.flags)[rows]]
        return rows[problem.flags[rows]]


def readings_of(connection: duckdb.DuckDBPyConnection, fitted: Fit, columns: list[Held], manner: Manner) -> list[Reading]:
    """All declared columns of a layout as found in the columns of a sheet."""
    readings = []
    for column in fitted.layout.column:
        position = fitted.positions.get(column.name)
        held = None if position is None else columns[position]
        if held is None:
            readings.append(Reading(column=column, held=None))
        elif isinstance(held, Values):
            readings.append(_from_values(column, held))
        else:
            readings.append(_from_texts(connection, column, held, manner))
    return readings


def _from_values(column: Column, held: Values) -> Reading:
    values = typed.plausible(held.values) if column.type == "timestamp" else held.values
    missing, blank = flags(pc.is_null(values)), flags(pc.is_null(held.values))
    why = np.where(missing, np.where(blank, WHY.index("blank"), WHY.index("unreadable")), 0).astype(np.int8)
    problems = (Problem(name="unreadable", expected=_EXPECTED[column.type], flags=missing & ~blank),)
    return Reading(column=column, held=held, values=values, why=why, problems=problems)


def _from_texts(connection: duckdb.DuckDBPyConnection, column: Column, held: Texts, manner: Manner) -> Reading:
    blank = flags(pc.is_null(held.trimmed))
    if (manner.na_is_blank or column.type != "text") and not column.na_is_value:
        blank |= flags(pc.equal(held.trimmed, "NA"))
    present = ~blank & ~held.withheld
    texts = without(held.trimmed, ~present & flags(pc.is_valid(held.trimmed)))
    day_first = column.type == "timestamp" and typed.is_day_first(texts)
    if column.identifier:
        values = pa.nulls(len(texts), pa.string())
    else:
        values = typed.parsed(connection, texts, column.type, day_first=day_first, epoch=manner.serial_epoch)
    missing = flags(pc.is_null(values))
    why = np.select([~missing, blank, held.withheld], [0, WHY.index("blank"), WHY.index("withheld")], WHY.index("unreadable")).astype(np.int8)
    problems = _identifiers(present) if column.identifier else _suspicions(column, texts, present & missing)
    return Reading(column=column, held=held, values=values, why=why, problems=problems, form=_form(column, texts, day_first=day_first))


def _identifiers(present: Flags) -> tuple[Problem, ...]:
    return (Problem(name="direct_identifier", expected="only an exemption mark", flags=present),)


def _suspicions(column: Column, texts: pa.Array, unreadable: Flags) -> tuple[Problem, ...]:
    problems = [Problem(name="unreadable", expected=_EXPECTED[column.type], flags=unreadable)]
    if column.type == "timestamp":
        serial = flags(typed.is_serial(texts)) & ~unreadable
        problems.append(Problem(name="serial_number", expected="a date; found a serial number and took it as one", flags=serial))
    if column.is_id:
        problems.append(Problem(name="id_precision_lost", expected="an id with all its digits", flags=cut_ids(texts)))
    return tuple(problem for problem in problems if problem.flags.any())


def cut_ids(texts: pa.Array) -> Flags:
    """Which ids lost digits when a spreadsheet kept them as numbers.

    Those written as 1.23E+18 or ending in three zeros after fifteen digits; and all ids above 2^53 of a column where each
    of them happens to be a number that a double holds exactly, which chance would give less than once in a hundred.
    """
    cut = flags(pc.match_substring_regex(texts, r"^(?:[0-9]\.[0-9]+[eE]\+?[0-9]+|[0-9]{15,}000)$"))
    long = np.flatnonzero(flags(pc.match_substring_regex(texts, r"^[1-9][0-9]{15,18}$")))
    numbers = [int(text) for text in texts.take(pa.array(long)).to_pylist()]
    chance = 1.0
    for number in numbers:
        if int(float(number)) != number:
            return cut
        chance /= max(1, 1 << max(0, number.bit_length() - 53))
    if chance < 0.01:
        cut[long] = True
    return cut


def _form(column: Column, texts: pa.Array, *, day_first: bool) -> str | None:
    if column.type != "timestamp":
        return None
    parts = ["day/month/year"] if day_first else []
    parts += ["two-digit years"] if typed.has_short_years(texts) else []
    return ", ".join(parts) or None
