"""Numbers, ranges, times and lengths of time as a desk prints them, in English and Spanish.

English `6,000,000` and `0.5`; Spanish `6 000 000` (a no-break space, from five digits) and `0.5`, as the
Ortografía of 2010 and usage in Latin America have it. A bound is never rounded beyond the range it bounds.
"""

from __future__ import annotations

import datetime as dt
import functools
import math
import tomllib
from importlib.resources import files
from typing import Any

from paradero.figures.figure import Figure
from paradero.reports.content.blocks import Stated

_HOUR, _DAY = 60, 1_440
_DAYS_ALONE = 60  # from here on hours say nothing
_YEARS_ALONE = 731
_YEAR, _MONTH = 365.2425, 30.436875  # days, of the Gregorian calendar's mean
_MILLION = 1_000_000
_CENTS_BELOW = 100
_FIVE_DIGITS = 5


@functools.cache
def _words() -> dict[str, dict[str, Any]]:
    folder = files("paradero.reports.content") / "words"
    return tomllib.loads((folder / "numbers.toml").read_text(encoding="utf-8"))


def word(name: str, language: str) -> str:
    """A word about numbers: `to`, `at_least`, `not_known`."""
    found = _words()[name][language]
    return str(found)


def number(value: float, language: str) -> str:
    """A number with its thousands parted; whole where it is whole, else with at most two decimals."""
    whole = float(value).is_integer()
    text = f"{abs(value):,.0f}" if whole else f"{abs(value):,.2f}".rstrip("0").rstrip(".")
    if language == "es":
        head, dot, tail = text.partition(".")
        head = head.replace(",", " ") if len(head.replace(",", "")) >= _FIVE_DIGITS else head.replace(",", "")
        text = head + dot + tail
    return ("−" if value < 0 else "") + text


def noun(unit: str, *, one: bool, language: str) -> str:
    """What is counted, in the singular or plural; a unit that has no words stands as it is."""
    found = _words()["units"].get(unit)
    if found is None:
        return unit
    forms = found[language]
    return str(forms[0 if one else 1])


def span(lo: float | None, hi: float | None, language: str) -> str:
    """Bounds in words: `11 to 14`, `at least 9`, `at most 20`."""
    if lo is None and hi is None:
        return word("not_known", language)
    if lo is not None and hi is not None:
        first, last = number(lo, language), number(hi, language)
        return first if first == last else f"{first} {word('to', language)} {last}"
    return (
        f"{word('at_least', language)} {number(lo, language)}"
        if lo is not None
        else f"{word('at_most', language)} {number(hi or 0, language)}"
    )


def quantity(figure: Figure, language: str, *, noun: bool = True) -> str:
    """A figure with its unit: `12 intervals`, `11 to 14 people`, `$4.76 million`, `3 min to 14 h 16 min
    after`.
    """
    if not figure.judged:
        return word("cannot_be_judged", language)
    lo, hi = figure.lo, figure.hi
    if figure.unit == "minutes":
        return margin(lo, hi, language)
    if figure.unit.startswith("USD"):
        return _money(lo, hi, figure.unit, language)
    if figure.unit == "1":
        return _percent(lo, hi, language)
    text = span(lo, hi, language)
    if not noun:
        return text
    return f"{text} {_noun(figure.unit, (lo, hi), language)}"


def _noun(unit: str, bounds: tuple[float | None, float | None], language: str) -> str:
    return noun(unit, one=bounds == (1, 1) or bounds in ((1, None), (None, 1)), language=language)


def _money(lo: float | None, hi: float | None, unit: str, language: str) -> str:
    """Dollars: in millions from one million on where nothing is lost, else whole dollars; amounts below a
    hundred keep their cents.
    """
    per = unit.removeprefix("USD")
    words = "" if not per else " " + noun(unit, one=False, language=language)
    if lo is None and hi is None:
        return word("not_known", language)
    if lo is None or hi is None:
        name = "at_most" if lo is None else "at_least"
        return f"{word(name, language)} {_dollars((hi if lo is None else lo) or 0, language)}{words}"
    first, last = _dollars(lo, language, up=False), _dollars(hi, language, up=True)
    if lo == hi:
        return _dollars(lo, language) + words
    return f"{first} {word('to', language)} {last}{words}" if first != last else first + words


def _dollars(value: float, language: str, *, up: bool | None = None) -> str:
    """One amount; a bound is rounded outward, so that what it bounds stays inside."""
    sign = "−" if value < 0 else ""
    millions = abs(value) / _MILLION
    if millions >= 1 and round(millions, 2) == millions:
        return f"{sign}US${number(millions, language)} {word('million', language)}"
    digits = 0 if abs(value) >= _CENTS_BELOW else 2
    scale = 10**digits
    rounded = (
        round(value, digits)
        if up is None
        else (math.ceil(value * scale) if up else math.floor(value * scale)) / scale
    )
    return f"{'−' if rounded < 0 else ''}US${number(abs(rounded), language)}"


def _percent(lo: float | None, hi: float | None, language: str) -> str:
    mark = "%" if language == "en" else " %"
    ends = [None if value is None else round(value * 100, 2) for value in (lo, hi)]
    return span(ends[0], ends[1], language) + mark


def length(minutes: float, language: str) -> str:
    """A length of time in its two largest units: `6 h`, `1 day 6 h`, `83 days`, `5 years 2 months`."""
    whole = int(abs(minutes))
    days = whole // _DAY
    if days >= _YEARS_ALONE:
        years = int(days / _YEAR)
        return _two(years, "year", int((days - years * _YEAR) / _MONTH), "month", language)
    if days >= _DAYS_ALONE:
        return f"{number(days, language)} {noun('day', one=False, language=language)}"
    if days:
        return _two(days, "day", whole % _DAY // _HOUR, "h", language)
    if whole >= _HOUR:
        return _two(whole // _HOUR, "h", whole % _HOUR, "min", language)
    return f"{whole} min"


def _two(large: int, large_unit: str, small: int, small_unit: str, language: str) -> str:
    first = f"{large} {noun(large_unit, one=large == 1, language=language)}"
    return first + (f" {small} {noun(small_unit, one=small == 1, language=language)}" if small else "")


def margin(lo: float | None, hi: float | None, language: str) -> str:
    """How long after the line, or before it: `3 min to 14 h 16 min after`, `1 h 24 min before to 40 min
    after`.
    """
    after, before, to = word("after", language), word("before", language), word("to", language)
    if lo is None and hi is None:
        return word("not_known", language)
    if hi is None:
        return f"{word('at_least', language)} {_from_line(lo or 0, language)}"
    if lo is None:
        return f"{word('at_most', language)} {_from_line(hi, language)}"
    if lo >= 0:
        return _apart(length(lo, language), length(hi, language), to) + f" {after}"
    if hi <= 0:
        return _apart(length(hi, language), length(lo, language), to) + f" {before}"
    return f"{length(lo, language)} {before} {to} {length(hi, language)} {after}"


def _apart(first: str, last: str, to: str) -> str:
    return first if first == last else f"{first} {to} {last}"


def _from_line(minutes: float, language: str) -> str:
    return f"{length(minutes, language)} {word('before' if minutes < 0 else 'after', language)}"


def day(text: str, language: str, *, short: bool = False) -> str:
    """A day of ISO text as it is printed: `10 March 2026`, `10 de marzo de 2026`; `10 Mar 2026` in tables."""
    found = dt.date.fromisoformat(text[:10])
    months = word("months", language).split()
    month = months[found.month - 1]
    if short:
        return f"{found.day} {month[:3]} {found.year}"
    return (
        f"{found.day} de {month} de {found.year}" if language == "es" else f"{found.day} {month} {found.year}"
    )


def moment_of(at: dt.datetime | None, language: str) -> tuple[Stated]:
    """A clock reading for a cell, `9 Feb 2023, 05:33`; `not known` where there is none."""
    if at is None:
        return (Stated(text=word("not_known", language)),)
    return (Stated(text=f"{day(at.isoformat(), language, short=True)}, {at:%H:%M}"),)


def clock(text: str) -> str:
    """The clock of ISO text, to the minute; empty where it has none."""
    return text[11:16]
