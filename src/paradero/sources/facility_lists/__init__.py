"""Lists of facilities: the day whose state a list gives, where it is said once for all of its rows."""

from __future__ import annotations

import datetime as dt
import re

_AS_OF = re.compile(r"\bas of:?\s+(.{6,20})", re.IGNORECASE)
_NUMERIC = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_WORDS = re.compile(r"([A-Z][a-z]{2,8})\.? ([0-9]{1,2}), ([0-9]{4})")
_IN_NAME = re.compile(r"(?<![0-9])(0?[1-9]|1[0-2])[-_.]([0-3]?[0-9])[-_.](20[0-9]{2})(?![0-9])")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def list_constants(preamble: list[list[str | None]], file_name: str) -> dict[str, str | None]:
    """`list_date` (ISO date) and `list_date_from` of a sheet: the first date that a line above its headers
    says to be the one *as of* which it speaks, else the date in the file's name; None where neither is.

    Dates are month first, as ICE writes them.
    """
    stated = next(
        (
            day
            for row in preamble
            for cell in row
            if cell
            for found in _AS_OF.finditer(cell)
            if (day := _day(found.group(1)))
        ),
        None,
    )
    in_name = _IN_NAME.search(file_name)
    named = _iso(*map(int, in_name.groups())) if in_name else None
    return {
        "list_date": stated or named,
        "list_date_from": "sheet" if stated else "file_name" if named else None,
    }


def _day(text: str) -> str | None:
    """The date with which a text begins."""
    if found := _NUMERIC.match(text):
        return _iso(*map(int, found.groups()))
    found = _WORDS.match(text)
    if found is None or found.group(1)[:3].lower() not in _MONTHS:
        return None
    return _iso(_MONTHS.index(found.group(1)[:3].lower()) + 1, int(found.group(2)), int(found.group(3)))


def _iso(month: int, day: int, year: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None
