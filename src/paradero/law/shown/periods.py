"""The periods in which an order was in force, or was not although it would have been; and what becomes of a
deadline that fell under a stay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from paradero.authored.statements import Timeline
from paradero.law.forms.ends import by_the_day
from paradero.law.forms.order_file import Act
from paradero.law.rules import ALWAYS_US, NEVER_US
from paradero.law.shown.variants import Variant
from paradero.model.time.moments import Missing, Moment, Reason

Bounds = tuple[int | None, int | None]
_ENDS = ("stays", "vacates", "supersedes")
_ALWAYS, _NEVER = (ALWAYS_US, ALWAYS_US), (NEVER_US, NEVER_US)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A time in which an order was in force, or was not although it would have been: the bounds of its begin
    and of its end. `stay` is the stay that it is of, where that reaches only a part of the class.
    """

    is_in_force: bool
    bounds: tuple[int | None, int | None, int | None, int | None]
    stay: str | None = None


def periods_of(variant: Variant, line: Timeline) -> list[Period]:
    """In force until it expires and through each extension; not while stayed or vacated, nor after it was
    superseded.
    """
    line = variant.timing.line if variant.timing else line
    found = _lives(variant, line)
    for act in variant.order.file.act:
        begin = _bounds(line.moments[_name(variant, act.id)])
        if act.does in _ENDS and _is_before_it_was_given(variant, act.id, line):
            # the two cannot both be as they are said: when it was, is open
            begin = (begin[0], NEVER_US)
        if act.does in ("stays", "vacates") and _is_reached(variant, act):
            lifted = _lifted(variant, act)
            is_due = variant.term.requires
            under = variant.counting.under_a_stay if variant.counting else ""
            if lifted and variant.term.by and under in ("at_once", "tolled"):
                continue  # the deadline was moved out of the stay
            if lifted and is_due and under != "void":
                # whether a deadline that fell inside was void, ran on or was due at once, nobody says
                begin = (begin[0], NEVER_US)
            ends = [line.moments[_name(variant, each)] for each in lifted]
            period = _period(False, begin, _earliest(ends))
            found.append(replace(period, stay=act.id if act.condition else None))
        elif act.does == "supersedes":
            found.append(_period(False, begin, _NEVER))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Force:
    """When an order is in force for somebody: from when it binds, and its periods, each with whether it
    reaches them.
    """

    begin: Bounds
    periods: Sequence[tuple[Period, bool | None]]

    def marks(self) -> list[int]:
        """The instants at which the answer may turn."""
        bounds = [*self.begin, *(us for each, _ in self.periods for us in each.bounds)]
        return sorted({us for us in bounds if us is not None})

    def is_sure(self, us: int) -> bool:
        """Whether the order is in force at an instant, wherever the bounds put its acts."""
        lives = [each.bounds for each, _ in self.periods if each.is_in_force]
        barred = [each.bounds for each, reach in self.periods if not each.is_in_force and reach is not False]
        return (
            _holds((self.begin[1], NEVER_US), us, inner=True)
            and any(_holds((one[1], one[2]), us, inner=True) for one in lives)
            and not any(_holds((one[0], one[3]), us, inner=False) for one in barred)
        )

    def may_be(self, us: int) -> bool:
        """Whether the order may be in force at an instant, for some instants within the bounds."""
        lives = [each.bounds for each, _ in self.periods if each.is_in_force]
        barred = [each.bounds for each, reach in self.periods if not each.is_in_force and reach]
        return (
            _holds((self.begin[0], NEVER_US), us, inner=False)
            and any(_holds((one[0], one[3]), us, inner=False) for one in lives)
            and not any(_holds((one[1], one[2]), us, inner=True) for one in barred)
        )


def force_of(
    variant: Variant, line: Timeline, reach: Mapping[str, bool | None] = MappingProxyType({})
) -> Force:
    """When an order is in force under a construction. `reach` says of stays that are for a part of the class
    whether they are for whom it is asked; where it does not, that is open.
    """
    return Force(
        begin=_bounds(variant.begin),
        periods=[(each, reach.get(each.stay) if each.stay else True) for each in periods_of(variant, line)],
    )


def _holds(period: Bounds, us: int, *, inner: bool) -> bool:
    """Whether an instant lies in a period; on a side that nobody bounds it does, save where only what is
    certain counts (`inner`).
    """
    begin, end = period
    is_begun = not inner if begin is None else us >= begin
    return is_begun and (not inner if end is None else us < end)


def _lives(variant: Variant, line: Timeline) -> list[Period]:
    """From always until it expires, and each extension. One that certainly came before the end that it moves
    leaves no gap, however uncertain that end is.
    """
    acts = variant.order.file.act
    extensions = [act for act in acts if act.does == "extends" and not act.of]
    extended = {act.until for act in extensions}
    first = [act.id for act in acts if act.does == "expires" and act.id not in extended]
    expiry = _earliest([line.moments[_name(variant, each)] for each in first])
    if extensions and not first:
        # what was extended had an end that nobody tells: between word of the extension and the new end
        begins = [line.moments[_name(variant, act.id)] for act in extensions]
        ends_at = [line.moments[_name(variant, act.until)] for act in extensions]
        expiry = (_earliest(begins)[0], _earliest(ends_at)[1])
    if any(_is_before_it_was_given(variant, each, line) for each in first):
        expiry = (expiry[0], NEVER_US)  # it cannot have ended before it was given: when it did, is open
    found = [_period(True, _ALWAYS, expiry)]
    ends = [first[0] if len(first) == 1 else ""]
    for act in extensions:
        begin, end = line.moments[_name(variant, act.id)], line.moments[_name(variant, act.until)]
        before = next(
            (
                place
                for place, name in enumerate(ends)
                if name and (line.apart(_name(variant, act.id), _name(variant, name))[0] or 0) > 0
            ),
            None,
        )
        if before is None:
            found.append(_period(True, _bounds(begin), _bounds(end)))
            ends.append(act.until)
            continue
        was = found[before].bounds
        later = _later(was[2:], _bounds(end))
        if (line.apart(_name(variant, act.until), _name(variant, ends[before]))[0] or 0) > 0:
            later = (end.lo, was[3])  # extended to before its end: which of them is meant, is open
        found[before] = _period(True, was[:2], later)
        ends[before] = act.until
    return found


def _is_before_it_was_given(variant: Variant, act: str, line: Timeline) -> bool:
    """Whether an act certainly came before every act by which the order binds."""
    given = [_name(variant, each.id) for each in variant.order.file.act if each.does == "binds"]
    return all((line.apart(_name(variant, act), each)[0] or 0) > 0 for each in given)


def moved_deadline(variant: Variant, line: Timeline) -> Moment | None:
    """The deadline of a term by a date, under a reading by which a stay moves it: due at once when the stay
    is lifted, or when what was left of its time has run from then on.
    """
    deadline = variant.deadline
    line = variant.timing.line if variant.timing else line
    if deadline is None:
        return None
    if variant.term.by and _is_before_it_was_given(variant, variant.term.by, line):
        # nothing was due before there was an order: until when it was, is open
        return replace(deadline, hi=None, hi_why_missing=Missing(reason=Reason.INEXACT))
    extended = _extended_to(variant)
    if extended is not None:
        file = variant.order.file
        deadline = by_the_day(line.moments[_name(variant, extended)], file.zones, file.calendar)
    if variant.counting is None:
        return deadline
    under = variant.counting.under_a_stay
    was_moved = extended is not None
    for act in _stays_in_turn(variant, line) if under in ("at_once", "tolled") else []:
        (lifted,) = _lifted(variant, act)
        begin, end = line.moments[_name(variant, act.id)], line.moments[_name(variant, lifted)]
        is_within = _is_within(deadline, begin, end)
        if is_within is False:
            continue
        left = line.apart(_name(variant, act.id), _name(variant, variant.term.by))
        if was_moved:  # by a stay before: what that one left of the time
            left = _less(deadline.lo, begin.hi), _less(deadline.hi, begin.lo)
        was_moved = True
        lo, hi = end.lo, end.hi
        if under == "tolled":
            lo = None if lo is None or left[0] is None else lo + max(left[0], 0)
            hi = None if hi is None or left[1] is None else hi + max(left[1], 0)
        if is_within is None:  # in some world it fell outside, and stays what it was
            lo = None if lo is None or deadline.lo is None else min(lo, deadline.lo)
            hi = None if hi is None or deadline.hi is None else max(hi, deadline.hi)
        deadline = replace(
            deadline, lo=lo, hi=hi, lo_why_missing=end.lo_why_missing, hi_why_missing=end.hi_why_missing
        )
    return deadline


def _extended_to(variant: Variant) -> str | None:
    """The deadline to which that of the term was moved, by one extension after another, also by one granted
    when the time was over (Federal Rule 6(b)(1)).
    """
    moved = {act.of: act.until for act in variant.order.file.act if act.does == "extends" and act.of}
    name = variant.term.by
    for _ in moved:
        name = moved.get(name, name)
    return name if name != variant.term.by else None


def _stays_in_turn(variant: Variant, line: Timeline) -> list[Act]:
    """The stays that reach the term and are each lifted once, the earliest first."""
    stays = [
        act
        for act in variant.order.file.act
        if act.does == "stays" and len(_lifted(variant, act)) == 1 and _is_reached(variant, act)
    ]
    begins = {act.id: line.moments[_name(variant, act.id)].lo for act in stays}
    return sorted(stays, key=lambda act: (begins[act.id] is None, begins[act.id] or 0))


def _less(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one - other


def _is_within(at: Moment, begin: Moment, end: Moment) -> bool | None:
    if at.hi is not None and begin.lo is not None and at.hi < begin.lo:
        return False
    if at.lo is not None and end.hi is not None and at.lo >= end.hi:
        return False
    begun = at.lo is not None and begin.hi is not None and at.lo >= begin.hi
    open_still = at.hi is not None and end.lo is not None and at.hi < end.lo
    return True if begun and open_still else None


def _is_reached(variant: Variant, act: Act) -> bool:
    """Whether a stay reaches the term, as the order or the reading says."""
    if variant.reach is not None and variant.reach.of == act.id:
        return variant.term.id in variant.reach.terms
    return not act.terms or variant.term.id in act.terms


def reached_alike(variant: Variant, other: Variant) -> bool:
    """Whether every stay and vacatur that reaches the one term reaches the other."""
    return all(
        _is_reached(variant, act) == _is_reached(other, act)
        for act in variant.order.file.act
        if act.does in ("stays", "vacates")
    )


def _lifted(variant: Variant, act: Act) -> list[str]:
    return [each.id for each in variant.order.file.act if each.does == "resumes" and each.of == act.id]


def _name(variant: Variant, act: str) -> str:
    return f"{variant.order.id}.{act}"


def _bounds(moment: Moment) -> Bounds:
    return moment.lo, moment.hi


def _earliest(moments: Sequence[Moment]) -> Bounds:
    """Bounds of the earliest of some moments; never, where there is none."""
    if not moments:
        return _NEVER
    los = [each.lo for each in moments]
    his = [each.hi for each in moments if each.hi is not None]
    return (None if None in los else min(lo for lo in los if lo is not None)), min(his, default=None)


def _later(one: Bounds, other: Bounds) -> Bounds:
    """Bounds of the later of two moments."""
    los = [lo for lo, _ in (one, other) if lo is not None]
    his = [hi for _, hi in (one, other)]
    return max(los, default=None), None if None in his else max(hi for hi in his if hi is not None)


def _period(is_in_force: bool, begin: Bounds, end: Bounds) -> Period:
    return Period(is_in_force=is_in_force, bounds=(*begin, *end))
