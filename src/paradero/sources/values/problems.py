"""What is suspicious about the texts of a column, each with what was expected instead."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from paradero.sources.held import Flags, flags
from paradero.sources.layouts import Column
from paradero.sources.values.dates import is_serial

EXPECTED = {
    "timestamp": "a date or date and time",
    "number": "a number",
    "integer": "a whole number",
    "money": "an amount to the cent",
    "text": "text",
}
ALL_DIGITS = "an id with all its digits"
TWIN = "ids that differ in more than capitals, signs around them or full-width letters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something suspicious: `flags` tell which distinct texts have it (or which rows, in a column that came
    typed).
    """

    name: str
    expected: str
    flags: Flags


def identifying(present: Flags) -> tuple[Problem, ...]:
    """What is suspicious of a column of direct identifiers: whatever is no mark."""
    return (Problem(name="direct_identifier", expected="only an exemption mark", flags=present),)


def suspicions(
    column: Column, texts: pa.Array, unreadable: Flags, error: Flags, invisible: Flags
) -> tuple[Problem, ...]:
    """What is suspicious of the texts of a column."""
    found = [
        Problem(name="unreadable", expected=EXPECTED[column.type], flags=unreadable),
        Problem(
            name="error_cell",
            expected=f"{EXPECTED[column.type]}; the cell holds an error of the spreadsheet, and its value is"
            " lost",
            flags=error,
        ),
        Problem(
            name="invisible_letters",
            expected="only letters that can be seen; the others were left out",
            flags=invisible,
        ),
    ]
    if column.type == "timestamp":
        serial = flags(is_serial(texts)) & ~unreadable
        found.append(
            Problem(
                name="serial_number",
                expected="a date; the cell holds a serial number, which was taken as one",
                flags=serial,
            )
        )
    return tuple(each for each in found if each.flags.any())


def problem(name: str, expected: str, flagged: Flags) -> tuple[Problem, ...]:
    """A problem, where any text has it."""
    return (Problem(name=name, expected=expected, flags=flagged),) if flagged.any() else ()
