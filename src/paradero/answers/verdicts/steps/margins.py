"""How far from the line an event lies: in the unit that a person would use, the exact minutes behind."""

from __future__ import annotations

import math

from paradero.answers.verdicts.verdict_values import Margin
from paradero.answers.words import Words
from paradero.law.shown.variants import Variant

_HOUR_MIN, _TWO_HOURS_MIN, _DAY_MIN, _TWO_DAYS_MIN = 60, 120, 1440, 2880


def margin_line(margin: Margin, words: Words, variant: Variant | None = None) -> str:
    """On which side of the line, and how far. The line is the beginning of an order that forbids plainly, the
    deadline of what is due by an act, else the limit.
    """
    if not margin.is_known:
        return words("margin_unknown")
    of, lo, hi = _line_of(variant), margin.lo, margin.hi
    past, within = words(f"margin_past{of}"), words(f"margin_within{of}")
    if lo is not None and hi is not None and lo < 0 < hi:
        texts = {"lo": _length(-lo, margin.unit, words), "hi": _length(hi, margin.unit, words)}
        if margin.unit == "minutes" and max(-lo, hi) < _TWO_HOURS_MIN:
            texts["hi"] = _number(hi)  # the unit stands at the first
        where = words("margin_both", **texts, within=within, past=past)
        side = words("margin_side") if of == "_order" else ""
        return words(f"margin_of{of}", where=where) + side
    if lo is not None and hi is not None:
        span = _range(lo, hi, margin.unit, words) if lo >= 0 else _range(-hi, -lo, margin.unit, words)
        where = f"{span} {past if lo >= 0 else within}"
    elif lo is not None:
        form = "margin_least" if lo >= 0 else "margin_most"
        first, other = (past, within) if lo >= 0 else (within, past)
        where = words(form, span=_bound(abs(lo), margin.unit, words, least=lo >= 0), side=first, other=other)
    else:
        assert hi is not None  # noqa: S101 (a margin that is known has a bound)
        form = "margin_least" if hi <= 0 else "margin_most"
        first, other = (within, past) if hi <= 0 else (past, within)
        where = words(form, span=_bound(abs(hi), margin.unit, words, least=hi <= 0), side=first, other=other)
    return words(f"margin_of{of}", where=where)


def _line_of(variant: Variant | None) -> str:
    """From what a margin is measured, as the ending of its words."""
    if variant is None or variant.term.rule or variant.term.unless or variant.term.limit:
        return ""
    if variant.term.requires:
        return "_deadline" if variant.deadline is not None else ""
    return "_order" if variant.term.is_simple else ""


def _range(lo: float, hi: float, unit: str, words: Words) -> str:
    """`47 to 52 minutes`, `14 h 19 min to 23 h 21 min`, `59 to 60 days (84,960 to 86,401 minutes)`."""
    if lo == hi:
        return _length(lo, unit, words)
    if unit != "minutes" or hi < _TWO_HOURS_MIN:
        return f"{_between(_number(lo), _number(hi), words)} {words(unit)}"
    if hi < _TWO_DAYS_MIN:
        return _between(_hours(lo), _hours(hi), words)
    if lo < _TWO_DAYS_MIN:
        return _between(_length(lo, unit, words), _length(hi, unit, words), words)
    days = _between(_number(lo / _DAY_MIN), _number(hi / _DAY_MIN), words)
    return f"{days} {words('days')} ({_number(lo)} {words('to')} {_number(hi)} {words('minutes')})"


def _length(value: float, unit: str, words: Words) -> str:
    """One length of time, or a number of something else."""
    if unit != "minutes" or value < _TWO_HOURS_MIN:
        return f"{_number(value)} {words(unit)}"
    if value < _TWO_DAYS_MIN:
        return _hours(value)
    return f"{_number(value / _DAY_MIN)} {words('days')} ({_number(value)} {words('minutes')})"


def _bound(value: float, unit: str, words: Words, *, least: bool) -> str:
    """A bound with nothing on its other side: its days are cut down where it is the least, up where it is
    the most.
    """
    if unit != "minutes" or value < _TWO_DAYS_MIN:
        return _length(value, unit, words)
    tenths = value * 10 / _DAY_MIN
    days = (math.floor(tenths) if least else math.ceil(tenths)) / 10
    return f"{_number(days)} {words('days')} ({_number(value)} {words('minutes')})"


def _hours(value: float) -> str:
    """`14 h 19 min`, the same in both languages."""
    hours, minutes = divmod(value, _HOUR_MIN)
    parts = [f"{_number(hours)} h" if hours else "", f"{_number(minutes)} min" if minutes else ""]
    return " ".join(each for each in parts if each) or "0 min"


def _between(first: str, last: str, words: Words) -> str:
    return first if first == last else words("margin_range", lo=first, hi=last)


def _number(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0")
