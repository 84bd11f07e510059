"""Cells that hold something and mean nothing: words for nothing and for nobody, stand-in dates, error cells
of spreadsheets. The lists are data (`missing.toml`).
"""

from __future__ import annotations

import datetime as dt
import functools
from importlib.resources import files

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from paradero.sources.held import Flags, flags
from paradero.sources.layouts import Column

_STAMP = pa.timestamp("us")


class StandIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Days (or instants) that programs write for none, and what they are."""

    at: list[str]
    says: str


class Missing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The declared lists."""

    everywhere: list[str]
    in_values: list[str]
    nobody: list[str]
    nobody_among_numbers: list[str]
    errors: list[str]
    errors_in_workbooks: list[str]
    stand_in: list[StandIn]


@functools.cache
def declared() -> Missing:
    """The lists of `missing.toml`."""
    return msgspec.toml.decode((files("paradero.sources") / "missing.toml").read_bytes(), type=Missing)


def is_nothing(
    column: Column, texts: pa.Array, *, more: list[str], na_is_blank: bool, in_workbook: bool
) -> Flags:
    """Which trimmed texts of a column are words for nothing. NA is one in text files and in dates and
    numbers, unless the layout has it as a value.
    """
    words = {*declared().everywhere, *more}
    if column.type != "text" or column.states:
        words |= set(declared().in_values)
    if in_workbook:
        words -= set(declared().errors_in_workbooks)
    found = _among(texts, words)
    if (na_is_blank or column.type != "text") and not column.na_is_value:
        found |= flags(pc.equal(texts, "NA"))
    return found


UNCLEAR = "#unclear!"  # a cell that is there and cannot be told apart from its neighbours
_UNCALCULATED = " (formula without a result)"


def uncalculated(formula: str | None) -> str:
    """How a cell is written whose formula was never calculated: its value is not in the file."""
    return f"={formula or ''}{_UNCALCULATED}"


def is_error(texts: pa.Array, *, in_workbook: bool) -> Flags:
    """Which trimmed texts are error cells of a spreadsheet."""
    lost = flags(pc.ends_with(texts, _UNCALCULATED)) if in_workbook else np.zeros(len(texts), np.bool_)
    if not pc.any(pc.starts_with(texts, "#")).as_py():
        return lost
    return (
        lost
        | _among(texts, {*declared().errors, *(declared().errors_in_workbooks if in_workbook else ())})
        | flags(pc.match_substring_regex(texts, "^#{3,}$"))
    )


def _among(texts: pa.Array, words: set[str]) -> Flags:
    short = flags(pc.less_equal(pc.utf8_length(texts), max(map(len, words))))
    places = np.flatnonzero(short)
    found = np.zeros(len(texts), np.bool_)
    found[places] = flags(
        pc.is_in(pc.utf8_lower(texts.take(pa.array(places))), value_set=pa.array(sorted(words)))
    )
    return found


@functools.cache
def _stand_ins() -> tuple[pa.Array, pa.Array]:
    """(days, instants) that stand for none."""
    listed = [text for each in declared().stand_in for text in each.at]
    days = pa.array([dt.date.fromisoformat(text) for text in listed if len(text) == 10], pa.date32())
    return days, pa.array([dt.datetime.fromisoformat(text) for text in listed if len(text) > 10], _STAMP)


def is_stand_in(times: pa.Array) -> Flags:
    """Which instants are days that stand for none: at midnight, or in the last second of the day."""
    years = pc.year(times)
    odd = flags(
        pc.or_(pc.less(years, 1971), pc.greater(years, 2078))
    )  # a cheap look first: hardly any column has one
    places = np.flatnonzero(odd)
    found = np.zeros(len(times), np.bool_)
    if len(places):
        few = times.take(pa.array(places))
        days, instants = _stand_ins()
        micros = few.cast(pa.int64()).to_numpy(zero_copy_only=False) % 86_400_000_000
        bare = (micros == 0) | (micros >= 86_399_000_000)
        found[places] = (bare & flags(pc.is_in(few.cast(pa.date32()), value_set=days))) | flags(
            pc.is_in(few, value_set=instants)
        )
    return found


def plausible(times: pa.Array) -> pa.Array:
    """Times from 1900 to 2200; others are null: a year of 17 is a damaged date."""
    years = pc.year(times)
    return pc.if_else(
        pc.and_(pc.greater_equal(years, 1900), pc.less(years, 2200)), times, pa.scalar(None, times.type)
    )
