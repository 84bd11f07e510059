"""Reading moments: ISO 8601, EDTF (levels 0 and 1, part of 2) and clock ranges with zones.
docs/explanation/time.md shows every form.

Nothing is guessed: no day-first or month-first dates, no words, no abbreviated zones; a text that is none of
the forms raises MomentError.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import unquote

from paradero.model.time.bounds import Side, moment_of
from paradero.model.time.clock import DAY_US, HOUR_US, MINUTE_US
from paradero.model.time.dates import SECOND_US, Stretch, stretch_of
from paradero.model.time.moments import Missing, Moment, MomentError, Precision, Reason
from paradero.model.time.zones import UTC, zone_name

FORMS = (
    "2025, 2025-03, 2025-03-15, 2025-W11, 2025-074, 2025-03-15T17:42, 2025-03-15T17:42:05.250-04:00,"
    " 2025-03-15T17:42[America/New_York], 2025-03-15T17:42/17:45-04:00, 2025-03-15/2025-03-17, ../2025-03-15,"
    " 202X, 2025-21, [2025-03-15, 2025-03-17] or 2025-03-15T16:00~PT10M"
)

_NO_BOUND = {"..": Reason.NOT_RECORDED, "": Reason.BLANK}

_OFFSET = re.compile(r"(?<=[\dX])(Z|[+-]\d{2}(?::?\d{2})?)$", re.ASCII)
_PLACE = re.compile(r"\[([^\[\]=]*)\]$")
_SET = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]((?:\[[^\[\]]*\])?)")
_KEYED = re.compile(r"\[(lo|hi|precision)=([^\[\]]*)\]")
_DOUBT = re.compile(r"[~?%](P[^~?%]+)?$")
_CLOCK = re.compile(r"T?(\d{2}:\d{2}.*)", re.ASCII | re.DOTALL)
_DURATION = re.compile(
    r"P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,](\d{1,6}))?S)?)?", re.ASCII
)


def parse_moment(text: str, *, zones: Sequence[str] = ()) -> Moment:
    """Read a moment. `zones` are assumed where the text names none: the bounds then span all of them; without
    them, any zone on earth.

    Raises MomentError (a ParaderoError) with the forms that are read.
    """
    body, keyed = _keyed(text.strip())
    try:
        pairs = _pairs(body)
    except ValueError as error:
        raise MomentError(
            f"`{text}` is not a date and time in the years 0001 to 9999 ({error}). Correct it."
        ) from error
    if pairs is None:
        raise MomentError(f"`{text}` is not a time in ISO 8601 or EDTF. Write it like {FORMS}.")
    missing = {key: _missing(value, text) for key, value in keyed.items() if key != "precision"}
    assumed = tuple(dict.fromkeys(zone_name(zone) for zone in zones))
    return moment_of(pairs, text=text, zones=assumed, precision=_precision(keyed, text), missing=missing)


def clock_moment(
    begin_us: int, end_us: int, *, precision: Precision, zones: Sequence[str], text: str = ""
) -> Moment:
    """The moment between two readings (both included) of a clock whose zone is not stated, as tables hold
    them; `zones` are assumed.
    """
    stretch = Stretch(begin=begin_us, end=end_us, precision=precision)
    side = Side(stretch=stretch, precision=precision)
    return moment_of([(side, side)], text=text, zones=tuple(dict.fromkeys(zone_name(zone) for zone in zones)))


def duration_us(text: str) -> int:
    """Microseconds of an ISO 8601 duration in weeks, days (of 24 hours), hours, minutes, seconds. Months and
    years have no fixed length.
    """
    found = _DURATION.fullmatch(text)
    if found is None:
        raise MomentError(
            f"`{text}` is not a duration of fixed length. Write it like `PT10M` or `P3D` (a day is 24 hours;"
            " no months or years)."
        )
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[:5])
    fraction = int((found[6] or "0").ljust(6, "0"))
    return (
        (7 * weeks + days) * DAY_US + hours * HOUR_US + minutes * MINUTE_US + seconds * SECOND_US + fraction
    )


def _keyed(text: str) -> tuple[str, dict[str, str]]:
    """Take `[lo=…]`, `[hi=…]` and `[precision=…]` out of the text."""
    return _KEYED.sub("", text), {found[1]: unquote(found[2]) for found in _KEYED.finditer(text)}


def _missing(value: str, text: str) -> Missing:
    reason, _, words = value.partition(": ")
    if reason not in set(Reason):
        raise MomentError(
            f"`{reason}` in `{text}` is not a reason. Write it like `[lo=withheld: b(6)]`, with one of"
            f" {', '.join(Reason)}."
        )
    return Missing(reason=Reason(reason), words=words)


def _precision(keyed: dict[str, str], text: str) -> Precision | None:
    value = keyed.get("precision")
    if value is not None and value not in set(Precision):
        raise MomentError(f"`{value}` in `{text}` is not a precision. Write one of {', '.join(Precision)}.")
    return None if value is None else Precision(value)


# From text to sides


def _pairs(body: str) -> list[tuple[Side, Side]] | None:
    """The alternatives that a text leaves open, each as its earliest and its latest side; None where it is no
    moment.
    """
    if body.startswith("["):
        return _set(body)
    halves = _split(body, "/")
    if len(halves) == 1:
        side = _point(body)
        return None if side is None else [(side, side)]
    pair = _interval(*halves) if len(halves) == 2 else None
    return None if pair is None else [pair]


def _split(text: str, separator: str) -> list[str]:
    """Split outside square brackets."""
    parts, depth = [""], 0
    for character in text:
        depth += (character == "[") - (character == "]")
        if character == separator and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def _set(body: str) -> list[tuple[Side, Side]] | None:
    """`[a, b]`, `[a..b]`, `[..b]`, `[a..]`: one of these; a zone behind the set holds for members that name
    none.
    """
    found = _SET.fullmatch(body)
    if found is None:
        return None
    outer = _zoned(found[2])[1]
    pairs: list[tuple[Side, Side]] = []
    for member in _split(found[1], ","):
        pair = _member(member.strip())
        if pair is None:
            return None
        pairs.append((_inheriting(pair[0], outer), _inheriting(pair[1], outer)))
    return pairs


def _member(text: str) -> tuple[Side, Side] | None:
    first, dots, last = text.partition("..")
    if dots:
        return _interval(first or "..", last or "..")
    side = _point(text)
    return None if side is None else (side, side)


def _interval(first: str, last: str) -> tuple[Side, Side] | None:
    """`a/b`: somewhere from a to b. Either may be `..` (no bound stated), nothing (not known) or a duration;
    b may be a time of a's day.
    """
    clock = _CLOCK.fullmatch(last)
    if clock is not None and re.match(r"[^T ]+[T ]\d", first):
        last = re.split(r"[T ]", first, maxsplit=1)[0] + "T" + clock[1]
    if first.startswith("P") or last.startswith("P"):
        return _measured(first, last)
    sides = _side(first), _side(last)
    if sides[0] is None or sides[1] is None:
        return None
    return _inheriting(sides[0], sides[1]), _inheriting(sides[1], sides[0])


def _measured(first: str, last: str) -> tuple[Side, Side] | None:
    """`a/PT3M` or `PT3M/b`: within the duration after a or before b, measured in instants."""
    side = _point(first if last.startswith("P") else last)
    if side is None or side.stretch is None:
        return None
    bare, mark, place = (last if last.startswith("P") else first).partition("[")
    if mark:
        side = _inheriting(side, _zoned(mark + place)[1])
    length = duration_us(bare)
    return (
        (side, replace(side, ahead_us=side.ahead_us + length))
        if last.startswith("P")
        else (replace(side, back_us=side.back_us + length), side)
    )


def _inheriting(side: Side, other: Side) -> Side:
    """The side with the zone of the other where it names none; an offset of its own then has to fit the
    other's place.
    """
    if (
        side.places is None
        and other.places is not None
        and (side.offset is None or not (other.is_assumed or side.offset == UTC))
    ):
        return replace(side, places=other.places, is_assumed=other.is_assumed)
    if side.places is None and side.offset is None:
        return replace(side, offset=other.offset)
    return side


def _side(text: str) -> Side | None:
    bare, zoned = _zoned(text, with_offset=False)
    if bare in _NO_BOUND:
        return replace(zoned, missing=Missing(reason=_NO_BOUND[bare]))
    return _point(text)


def _point(text: str) -> Side | None:
    """A date or a clock time, with its zone and its doubt."""
    placed, zoned = _zoned(text, with_offset=False)
    doubt = _DOUBT.search(placed)
    bare = placed[: doubt.start()] if doubt else placed
    clock, with_offset = _zoned(bare) if re.search(r"[T ]", bare) or bare.endswith("Z") else (bare, Side())
    stretch = stretch_of(clock)
    if stretch is None:
        return None
    if zoned.is_assumed and with_offset.offset is not None:
        raise MomentError(f"`{text}` has both an offset and assumed zones. Leave one of them out.")
    side = replace(zoned, precision=stretch.precision, offset=with_offset.offset)
    if doubt is None:
        return replace(side, stretch=stretch)
    if doubt[1] is None:
        return replace(side, missing=Missing(reason=Reason.INEXACT, words=placed))
    tolerance = duration_us(doubt[1])
    return replace(side, stretch=stretch, back_us=tolerance, ahead_us=tolerance)


def _zoned(text: str, *, with_offset: bool = True) -> tuple[str, Side]:
    """Take `-04:00`, `[America/New_York]`, or the assumption `[America/New_York|America/Chicago?]` off the
    end.
    """
    side = Side()
    if found := _PLACE.search(text):
        text = text[: found.start()]
        names = found[1].removesuffix("?").split("|")
        is_assumed = found[1].endswith("?")
        if len(names) > 1 and not is_assumed:
            raise MomentError(
                f"`[{found[1]}]` names several zones. Write one, or mark them as assumed:"
                " `[America/New_York|America/Chicago?]`."
            )
        side = replace(
            side, places=tuple(dict.fromkeys(zone_name(name) for name in names)), is_assumed=is_assumed
        )
    if with_offset and (found := _OFFSET.search(text)):
        text, side = text[: found.start()], replace(side, offset=zone_name(found[1]))
    return text, side
