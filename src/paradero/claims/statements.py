"""Claims as data: what was said of a subject, by whom, when, where seen, in figures; each read into bounds, a
moment or words.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import msgspec

from paradero.authored.attribution import Attributed, check_attributed, number, unit_at
from paradero.authored.declared import AuthoredError, Mistakes, read
from paradero.model.formulas import FormulaError, parse_formula, shown
from paradero.model.ranges import ABOUT, Interval, bounded, point, value_at
from paradero.model.time.moments import Moment, MomentError
from paradero.model.time.reading import parse_moment

_WHOLE = ("people", "cells", "companies", "flights", "days")


class Position(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where in a document of the casefile the claim stands: SHA-256, page from 1, offsets in the page's text,
    the words there; and who confirmed it, when.
    """

    document: str
    page: int
    start: int
    end: int
    text: str
    confirmed_by: str
    confirmed_at: str

    @property
    def mention(self) -> str:
        """The address of the mention that was confirmed."""
        return f"{self.document[:12]}:{self.page}:{self.start}-{self.end}"


class ClaimFile(Attributed, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One claim, in exactly one form: a figure, a time, or words.

    Figures: `value` (with `rounded_to`, where it was rounded), `lo` and `hi`, `about`, `almost`, `over`,
    `under`, or a `formula` of numbers alone. `part` and `of` are the claim's own numerator and denominator;
    `definition` is how it counts, where others count the same otherwise; `thing` is which of several things
    of the subject it speaks of, where it says so: what differs on two things is no finding. `position` is
    written by `paradero documents confirm`.
    """

    id: str
    value: float | None = None
    rounded_to: float | None = None
    lo: float | None = None
    hi: float | None = None
    about: float | None = None
    almost: float | None = None
    over: float | None = None
    under: float | None = None
    formula: str = ""
    part: float | None = None
    of: float | None = None
    time: str = ""
    words: list[str] = msgspec.field(default_factory=list)
    definition: str = ""
    thing: str = ""
    position: Position | None = None


class GivenFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a formula takes besides the claim itself: another `claim`, by its id, or a `value` in a `unit`."""

    claim: str = ""
    value: float | None = None
    unit: str = ""


class HeldFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A provision of a named standard that the claims of a subject are held against, as `standard/provision`.

    `gives` is the formula, over `said` and what is `given`, of what the provision measures; `bound` says
    whether that is the measure itself, or only the most or the least it can be; `because` why.
    """

    provision: str
    gives: str = ""
    bound: Literal["is", "at_most", "at_least"] = "is"
    given: dict[str, GivenFile] = {}
    because: str = ""
    because_es: str = ""


class SubjectFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What claims are about: at most one of a `count` of the balance, a `result` of the costs, a `moment`
    (`event.phase`, `order.act`).

    `changes` marks what is not the same at all times, such as a price: claims of different times can then
    both be true. `held` are provisions of standards/ that its claims are held against;
    `would_need` is the record that would settle them, where nothing here does.
    """

    id: str
    what: str
    what_es: str
    unit: str
    count: str = ""
    result: str = ""
    moment: str = ""
    changes: bool = False
    zones: list[str] = []
    would_need: str = ""
    would_need_es: str = ""
    held: list[HeldFile] = []
    claim: list[ClaimFile]


class ClaimsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`claims/*.toml`."""

    id: str
    title: str
    title_es: str
    subject: list[SubjectFile]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A claim read: one of interval (in the subject's unit), moment and words. `own` is what its own figures
    give; `of` its denominator, stated or implied.
    """

    id: str
    subject: SubjectFile
    file: ClaimFile
    interval: Interval | None
    moment: Moment | None
    words: frozenset[str]
    own: Interval | None
    of: Interval | None
    place: str

    @property
    def says(self) -> str:
        """The figure as it was said."""
        file = self.file
        if file.words:
            return " or ".join(file.words)
        if file.time:
            return file.time
        for word in ("about", "almost", "over", "under"):
            if (loose := getattr(file, word)) is not None:
                return f"{word} {_shown(loose)} {self.subject.unit}"
        if file.value is not None:
            return f"{_shown(file.value)} {self.subject.unit}" + (
                f" of {_shown(file.of)}" if file.of is not None else ""
            )
        if file.formula:
            return (
                f"{file.formula} = {_shown(float(value_at(parse_formula(file.formula), {})))}"
                f" {self.subject.unit}"
            )
        return f"{_shown(file.lo)} to {_shown(file.hi)} {self.subject.unit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """A file of claims read."""

    id: str
    file: ClaimsFile
    place: str
    text: str
    claims: tuple[Claim, ...]


def read_claims(text: str, *, file: str) -> Claims:
    """Read one file of claims; raises AuthoredError naming file, line and what is wrong."""
    declared, mistakes = read(text, ClaimsFile, file=file), Mistakes()
    found: list[Claim] = []
    for which, subject in enumerate(declared.form.subject):
        place = declared.place("subject", which, "id")
        if [bool(subject.count), bool(subject.result), bool(subject.moment)].count(True) > 1:
            mistakes.add(f"{place}: `{subject.id}` has several of `count`, `result` and `moment`. Leave one.")
        if bool(subject.would_need) != bool(subject.would_need_es):
            mistakes.add(
                f"{place}: `{subject.id}` says in one language only what it would need. Write"
                " both, `would_need` and `would_need_es`."
            )
        with mistakes.gathered():
            unit_at(subject.unit, place=place)
        for at, claim in enumerate(subject.claim):
            with mistakes.gathered():
                found.append(_claim(claim, subject, place=declared.place("subject", which, "claim", at)))
    mistakes.settle()
    return Claims(id=declared.form.id, file=declared.form, place=file, text=text, claims=tuple(found))


def _claim(file: ClaimFile, subject: SubjectFile, *, place: str) -> Claim:
    what = f"the claim `{file.id}`"
    check_attributed(file, what=what, place=place)
    loose = [
        each for each in (file.about, file.almost, file.over, file.under, file.value) if each is not None
    ]
    has_bounds = file.lo is not None or file.hi is not None
    forms = [
        len(loose) == 1,
        has_bounds,
        bool(file.time),
        bool(file.words),
        bool(file.formula) and not loose and not has_bounds,
    ]
    if len(loose) > 1 or forms.count(True) != 1:
        raise AuthoredError(
            f"{place}: {what} must have exactly one form: a figure (`value`, `lo`/`hi`, `about`, `almost`,"
            " `over`, `under`, `formula`), `time` or `words`. Leave one."
        )
    if bool(file.words) != (subject.unit == "words") or bool(file.time) != (subject.unit == "time"):
        raise AuthoredError(
            f"{place}: {what} is not in the unit of its subject, `{subject.unit}`. Correct one: `time` and"
            " `words` are units of their own."
        )
    own = _own(file, subject, what=what, place=place)
    interval = None if file.time or file.words else _interval(file, subject, own, place=place)
    return Claim(
        id=file.id,
        subject=subject,
        file=file,
        interval=interval,
        moment=_moment(file, subject, place=place) if file.time else None,
        words=frozenset(file.words),
        own=own,
        of=_denominator(file, interval, subject, place=place),
        place=place,
    )


def _interval(file: ClaimFile, subject: SubjectFile, own: Interval | None, *, place: str) -> Interval:
    value, step, lo, hi, about, almost, over, under = (
        number(each, place=place)
        for each in (
            file.value,
            file.rounded_to,
            file.lo,
            file.hi,
            file.about,
            file.almost,
            file.over,
            file.under,
        )
    )
    if lo is not None and hi is not None and lo > hi:
        raise AuthoredError(
            f"{place}: `lo` ({file.lo}) is above `hi` ({file.hi}) in the claim `{file.id}`. Correct one of"
            " them."
        )
    least = Fraction(1) if subject.unit in _WHOLE else Fraction(0)  # more than 250 people are at least 251
    if value is not None:
        half = (
            step / 2
            if step is not None
            else _half_of_last_digit(value, file.value)
            if subject.unit == "percent"
            else Fraction(0)
        )
        return Interval(value - half, value + half)
    if about is not None:
        return Interval(about - abs(about) * ABOUT, about + abs(about) * ABOUT)
    if almost is not None:
        return Interval(almost - abs(almost) * ABOUT, almost - least)
    if over is not None or under is not None:
        return bounded(None if over is None else over + least, None if under is None else under - least)
    if lo is None and hi is None and own is not None:
        return own
    return bounded(lo, hi)


def _own(file: ClaimFile, subject: SubjectFile, *, what: str, place: str) -> Interval | None:
    """What the claim's own figures give: its formula, or its part of its denominator in percent."""
    part, of = number(file.part, place=place), number(file.of, place=place)
    if of is not None and of <= 0:
        raise AuthoredError(
            f"{place}: the denominator of {what} is {file.of}; it must be above 0. Correct it."
        )
    if file.formula:
        try:
            node = parse_formula(file.formula)
            if node.names():
                raise AuthoredError(
                    f"{place}: the formula of {what} names `{node.names()[0]}`; it takes only numbers. Write"
                    " the number itself."
                )
            return point(value_at(node, {}))
        except FormulaError as error:
            raise AuthoredError(f"{place}: {error}.") from error
    if part is not None and of is not None and subject.unit == "percent":
        return point(100 * part / of)
    return None


def _denominator(
    file: ClaimFile, interval: Interval | None, subject: SubjectFile, *, place: str
) -> Interval | None:
    """The denominator as stated, else as the part and the share imply it."""
    part, of = number(file.part, place=place), number(file.of, place=place)
    if of is not None:
        return point(of)
    if part is None or interval is None or subject.unit != "percent" or interval.lo <= 0:
        return None
    return Interval(100 * part / interval.hi, 100 * part / interval.lo)


def _moment(file: ClaimFile, subject: SubjectFile, *, place: str) -> Moment:
    try:
        return parse_moment(file.time, zones=subject.zones)
    except MomentError as error:
        raise AuthoredError(f"{place}: {error}") from error


def _half_of_last_digit(value: Fraction, written: float | None) -> Fraction:
    digits = str(written).partition(".")[2]
    places = 0 if value.denominator == 1 else len(digits)
    return Fraction(1, 2 * 10**places)


def _shown(value: float | None) -> str:
    return "…" if value is None else shown(Fraction(str(value)))
