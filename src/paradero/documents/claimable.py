"""What a mention says in the fields of a claim: a figure in one form, a time, or words; several readings are
chosen from by a person.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import Any

from paradero.documents.kinds.calendars import on_day
from paradero.documents.mentions import Found, Value
from paradero.model.errors import UnknownName
from paradero.model.time.moments import MomentError
from paradero.model.time.reading import parse_moment
from paradero.model.units import NUMBER, UnitError, parse_unit

_FIGURES = {
    "exact": "value",
    "about": "about",
    "almost": "almost",
    "over": "over",
    "under": "under",
    "at_least": "lo",
    "at_most": "hi",
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def unit_of(found: Found) -> str:
    """The unit of the claim that a mention can become: its own, `time` or `words`."""
    if found.kind in ("date", "time"):
        return "time"
    return found.value.unit if found.kind in ("amount", "count") else "words"


def units_fit(subject: str, wanted: str, own: str) -> bool:
    """Whether a subject's unit is the one wanted, and that is the mention's own or more precise: `$20,000`
    can be USD/person; a plain number is any.
    """
    if "time" in (subject, wanted, own) or "words" in (subject, wanted, own):
        return subject == wanted == own
    try:
        left, right, text = parse_unit(subject), parse_unit(wanted), parse_unit(own)
    except UnitError:
        return False
    above = [word for word, power in text.powers if power > 0]
    return left == right and (text == NUMBER or above == [word for word, power in right.powers if power > 0])


def figures_of(found: Found, *, reading: str | None, rounded: bool) -> dict[str, Any]:
    """The fields of a claim. Raises UnknownName where one of several readings has to be chosen, or the one
    chosen is none of them.
    """
    value = found.value
    if found.kind in ("date", "time"):
        return {"time": _time(found, reading)}
    if value.ids:
        return {"words": list(value.ids)}
    if value.readings:
        return _chosen(found, reading)
    if reading is not None:
        raise UnknownName(
            f"`{found.text}` can be read in one way only, not as `{reading}`. Leave out --reading."
        )
    if value.form == "range":
        return {"lo": _plain(value.lo), "hi": _plain(value.hi)}
    figures: dict[str, Any] = {_FIGURES[value.form or "exact"]: _plain(value.figure)}
    if rounded and value.form == "exact":
        figures["rounded_to"] = _plain(value.step)
    return figures


def _chosen(found: Found, reading: str | None) -> dict[str, Any]:
    if reading not in found.value.readings:
        raise UnknownName(
            f"`{found.text}` can be read in {len(found.value.readings)} ways:"
            f" {', '.join(found.value.readings)}. Choose one with --reading{_not(reading)}."
        )
    ends = [_plain(Fraction(part)) for part in reading.split(" to ")]
    if len(ends) == 2:
        return {"lo": ends[0], "hi": ends[1]}
    return {_FIGURES[found.value.form or "exact"]: ends[0]}


def _not(reading: str | None) -> str:
    return f", which `{reading}` is not" if reading else ""


def _time(found: Found, reading: str | None) -> str:
    value = found.value
    if value.partial and value.readings:
        return _one_on_a_day(found, value, reading)
    if value.readings:
        if reading not in value.readings:
            raise UnknownName(
                f"`{found.text}` can be read as {' or as '.join(value.readings)}. Choose one with"
                f" --reading{_not(reading)}."
            )
        return reading + ("~" if value.vague else "")
    if value.partial:
        return _completed(found, value, reading)
    if reading is not None:
        raise UnknownName(
            f"`{found.text}` can be read in one way only, not as `{reading}`. Leave out --reading."
        )
    return value.moment


def _one_on_a_day(found: Found, value: Value, reading: str | None) -> str:
    """A clock time said for two hours, with the day and the hour that a person adds."""
    chosen = next(
        (
            part
            for part in value.readings
            if reading and reading.endswith(part) and _DAY.fullmatch(reading.removesuffix(part))
        ),
        None,
    )
    completed = (
        on_day(
            replace(value, readings=(), partial=chosen + ("~" if value.vague else "")),
            str(reading).removesuffix(chosen),
        )
        if chosen
        else value
    )
    if not completed.moment:
        raise UnknownName(
            f"`{found.text}` can be read as {' or as '.join(value.readings)} and does not state the day."
            f" Choose one with the day, as --reading 2025-03-15{value.readings[0]}{_not(reading)}."
        )
    return completed.moment


def _completed(found: Found, value: Value, reading: str | None) -> str:
    """A day with the year that a person adds, a clock time with the day."""
    what = "the day" if value.partial.startswith("T") else "the year"
    if reading is None:
        raise UnknownName(
            f"`{found.text}` does not state {what}. Add it with --reading"
            f" {'2025-03-15' if what == 'the day' else '2025'}."
        )
    try:
        if what == "the day" and _DAY.fullmatch(reading):
            completed = on_day(replace(value, next_day=False), reading)  # the person names the very day
            if completed.moment:
                return completed.moment
        if what == "the year" and re.fullmatch(r"\d{4}", reading):
            text = value.partial.replace("XXXX", reading) + ("~" if value.vague else "")
            parse_moment(text)
            return text
    except MomentError as error:
        raise UnknownName(str(error)) from error
    raise UnknownName(
        f"`{reading}` in --reading is not {what} of `{found.text}`. Write it as"
        f" {'2025-03-15' if what == 'the day' else '2025'}."
    )


def _plain(value: Fraction | None) -> int | float:
    number = value or Fraction(0)
    return number.numerator if number.denominator == 1 else float(number)
