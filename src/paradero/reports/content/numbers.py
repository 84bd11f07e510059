"""Numbers, ranges, times and lengths of time as a desk prints them, in English and Spanish.

English `6,000,000` and `0.5`; Spanish `6 000 000` (a no-break space, from five digits) and `0.5`, as the
Ortografía of 2010 and usage in Latin America have it. A bound is never rounded beyond the range it bounds.
"""

from __future__ import annotations

import datetime as dt
import functools
import tomllib
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from importlib.resources import files
from typing import Any

from paradero.figures.figure import Figure
from paradero.reports.content.blocks import Stated

_HOUR, _DAY = 60, 1_440
_DAYS_ALONE = 60  # from here on hours say nothing
_YEARS_ALONE = 731
_MONTH_MINUTES = Decimal("43829.1")  # a twelfth of the Gregorian calendar's mean year
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


def number(value: float, language: str, *, up: bool | None = None) -> str:
    """A number with its thousands parted; whole where it is whole, else with at most two decimals. A bound
    is cut `up` or down, so that what it bounds stays inside.
    """
    shown = _cut(value, 2, up)
    text = f"{abs(shown):,f}"
    head, dot, tail = text.partition(".")
    tail = tail.rstrip("0")
    if language == "es":
        plain = head.replace(",", "")
        head = head.replace(",", "\u00a0") if len(plain) >= _FIVE_DIGITS else plain
    return ("−" if shown < 0 else "") + head + (dot + tail if tail else "")


def _cut(value: float, digits: int, up: bool | None) -> Decimal:
    """A number with so many decimals: nearest, or the next one up or down; a zero has no sign."""
    how = ROUND_HALF_EVEN if up is None else ROUND_CEILING if up else ROUND_FLOOR
    found = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), rounding=how)
    return abs(found) if found == 0 else found


def noun(unit: str, *, one: bool, language: str) -> str:
    """What is counted, in the singular or plural; a unit that has no words stands as it is."""
    found = _words()["units"].get(unit)
    if found is None:
        return unit
    forms = found[language]
    return str(forms[0 if one else 1])


def span(lo: float | None, hi: float | None, language: str) -> str:
    """Bounds in words: `11 to 14`, `at least 9`, `at most 20`; each is cut outward."""
    if lo is None and hi is None:
        return word("not_known", language)
    if lo is not None and hi is not None:
        if lo == hi:
            return number(lo, language)
        return f"{number(lo, language, up=False)} {word('to', language)} {number(hi, language, up=True)}"
    if lo == 0:
        return word("any_number", language)
    if lo is not None:
        return f"{word('at_least', language)} {number(lo, language, up=False)}"
    return f"{word('at_most', language)} {number(hi or 0, language, up=True)}"


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
    if not noun:
        return word("not_known", language) if (lo, hi) == (0, None) else span(lo, hi, language)
    text = span(lo, hi, language)
    return f"{text} {_noun(figure.unit, (lo, hi), language)}"


def _noun(unit: str, bounds: tuple[float | None, float | None], language: str) -> str:
    return noun(unit, one=bounds == (1, 1) or bounds in ((1, None), (None, 1)), language=language)


def _money(lo: float | None, hi: float | None, unit: str, language: str) -> str:
    """Dollars: in millions from one million on where nothing is lost, else whole dollars; amounts below a
    hundred keep their cents.
    """
    per = unit.removeprefix("USD")
    words = "" if not per else " " + noun(unit, one=False, language=language)
    if hi is None and not lo:
        return word("not_known", language)
    if hi is None:
        return f"{word('at_least', language)} {_dollars(lo or 0, language, up=False)}{words}"
    if lo is None:
        return f"{word('at_most', language)} {_dollars(hi, language, up=True)}{words}"
    if lo == hi:
        return _dollars(lo, language) + words
    first, last = _dollars(lo, language, up=False), _dollars(hi, language, up=True)
    return f"{first} {word('to', language)} {last}{words}"


def _dollars(value: float, language: str, *, up: bool | None = None) -> str:
    """One amount; a bound is cut outward, so that what it bounds stays inside."""
    millions = Decimal(str(abs(value))) / _MILLION
    if millions >= 1 and millions == _cut(float(millions), 2, None):
        named = word("one_million" if millions == 1 else "million", language)
        return f"{'−' if value < 0 else ''}US${number(float(millions), language)} {named}"
    shown = _cut(value, 0 if abs(value) >= _CENTS_BELOW else 2, up)
    return f"{'−' if shown < 0 else ''}US${number(float(abs(shown)), language)}"


def _percent(lo: float | None, hi: float | None, language: str) -> str:
    if lo is None and hi is None:
        return word("not_known", language)
    ends = [None if value is None else float(Decimal(str(value)) * 100) for value in (lo, hi)]
    return span(ends[0], ends[1], language) + ("%" if language == "en" else " %")


def length(minutes: float, language: str, *, up: bool = False) -> str:
    """A length of time in its two largest units: `6 h`, `1 day 6 h`, `83 days`, `5 years 2 months`. What is
    smaller is cut off, or with `up` counted as one more: an upper bound is never cut down.
    """
    exact = Decimal(str(abs(minutes)))
    grain = _grain(exact)
    whole = int((exact / grain).to_integral_value(ROUND_CEILING if up else ROUND_FLOOR) * grain)
    days = whole // _DAY
    if grain == _MONTH_MINUTES:
        months = int((exact / grain).to_integral_value(ROUND_CEILING if up else ROUND_FLOOR))
        return _two(months // 12, "year", months % 12, "month", language)
    if grain == _DAY:
        return f"{number(days, language)} {noun('day', one=False, language=language)}"
    if days:
        return _two(days, "day", whole % _DAY // _HOUR, "h", language)
    if whole >= _HOUR:
        return _two(whole // _HOUR, "h", whole % _HOUR, "min", language)
    return f"{whole} min"


def _grain(minutes: Decimal) -> Decimal:
    """The smallest unit that a length of time is given in, in minutes."""
    if minutes >= _YEARS_ALONE * _DAY:
        return _MONTH_MINUTES
    if minutes >= _DAYS_ALONE * _DAY:
        return Decimal(_DAY)
    return Decimal(_HOUR if minutes >= _DAY else 1)


def lengths(lo: float, hi: float | None, language: str) -> str:
    """A length of time between bounds, in minutes; None is no upper bound. Bounds that are a minute apart
    are what clocks of minutes leave open: one length.
    """
    first = length(lo, language)
    if hi is None:
        return f"{word('at_least', language)} {first}"
    return first if hi - lo <= 1 else _apart(first, length(hi, language, up=True), word("to", language))


def _two(large: int, large_unit: str, small: int, small_unit: str, language: str) -> str:
    first = f"{large} {noun(large_unit, one=large == 1, language=language)}"
    return first + (f" {small} {noun(small_unit, one=small == 1, language=language)}" if small else "")


def margin(lo: float | None, hi: float | None, language: str) -> str:
    """How long after the line, or before it: `3 min to 14 h 16 min after`, `1 h 24 min before to 40 min
    after`. A side that is open is said: `at most 9 h before, or any time after`.
    """
    after, before, to = word("after", language), word("before", language), word("to", language)
    if lo is None or hi is None:
        return _open_margin(lo, hi, language)
    if lo >= 0:
        return f"{lengths(lo, hi, language)} {after}"
    if hi <= 0:
        return f"{lengths(-hi, -lo, language)} {before}"
    return f"{length(lo, language, up=True)} {before} {to} {length(hi, language, up=True)} {after}"


def _open_margin(lo: float | None, hi: float | None, language: str) -> str:
    """A margin with one bound or none: below zero it is before the line."""
    known = lo if hi is None else hi
    if known is None:
        return word("not_known", language)
    is_lower, is_after = hi is None, known > 0 or (known == 0 and hi is None)
    side, other = ("after", "or_before") if is_after else ("before", "or_after")
    if is_lower == is_after:  # the bound is the one that is nearer to the line
        return f"{word('at_least', language)} {length(known, language)} {word(side, language)}"
    furthest = length(known, language, up=True)
    return f"{word('at_most', language)} {furthest} {word(side, language)}, {word(other, language)}"


def _apart(first: str, last: str, to: str) -> str:
    return first if first == last else f"{first} {to} {last}"


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
