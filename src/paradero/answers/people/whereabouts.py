"""Where was this person at time t, who held them, and which rows say so? Answers from the built tables, for
an instant or a span.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from paradero.answers.people.recorded import (
    Denial,
    Inverted,
    RecordedGap,
    RecordedStay,
    RecordedStint,
    TwoEnds,
    TwoPlaces,
    denials_of,
    released_at,
    rows_of,
    stays_of,
    stints_of,
    unaccounted_of,
)
from paradero.building.tables import Built
from paradero.model.answer import Answer
from paradero.model.time.clock import clock_text, latest_meant


class State(StrEnum):
    """What the records say of a person at a time.

    `held`: stated times show it, and no other row of the person denies it. `contradicted`: stated times show
    it, and another row of the person denies it, or the row is booked out before it is booked in. `may have
    been held`: the times are too coarse to show it. `withheld`, `unreadable`, `not in the release`, `day or
    month`: booked in before, and why the record does not show until when; or until when it is stated, and not
    since when. `no book-out`, `no book-in`: left blank, held as far as a blank says so. `between`: left one
    facility, not yet at the next. `unaccounted`: since when, and why. `not recorded`: no stint, no gap, so
    before the first book-in, between stays, or after the end.
    """

    HELD = "held"
    CONTRADICTED = "contradicted"
    MAY_HAVE_BEEN_HELD = "may have been held"
    WITHHELD = "withheld"
    UNREADABLE = "unreadable"
    NOT_IN_THE_RELEASE = "not in the release"
    DAY_OR_MONTH = "day or month"
    NO_BOOK_OUT = "no book-out"
    NO_BOOK_IN = "no book-in"
    BETWEEN = "between"
    UNACCOUNTED = "unaccounted"
    NOT_RECORDED = "not recorded"


# how an answer is called where a book-out or book-in is missing, by why it is
STATES = {
    "withheld": State.WITHHELD,
    "unreadable": State.UNREADABLE,
    "not_in_release": State.NOT_IN_THE_RELEASE,
    "day_or_month": State.DAY_OR_MONTH,
}
_HIDDEN = {
    State.WITHHELD: "is withheld",
    State.UNREADABLE: "cannot be read",
    State.NOT_IN_THE_RELEASE: "is not in the release",
    State.DAY_OR_MONTH: "can be read in two orders of day and month",
}


class Whereabouts(Answer, frozen=True, kw_only=True):
    """What the records say of a person at a time: a state, since and until when, where, and which rows say
    so.
    """

    state: State
    since: str | None
    until: str | None
    facility: str | None
    to_facility: str | None
    reason: str | None
    address: str | None
    next_address: str | None


class Asked(Answer, frozen=True, kw_only=True):
    """The time asked for, as it was typed, and all that the records say of it, in order of time."""

    asked: str
    whereabouts: list[Whereabouts]


class _Found(msgspec.Struct, frozen=True, kw_only=True):
    """An answer whose times can still be compared, in microseconds, and the row that it rests on."""

    row_id: int | None
    state: State
    from_us: int | None
    until_us: int | None
    facility: str | None
    to_facility: str | None = None
    reason: str | None
    next_row: int | None = None

    def shown(self, built: Built) -> Whereabouts:
        return Whereabouts(
            state=self.state,
            since=clock_text(self.from_us),
            until=clock_text(self.until_us),
            facility=self.facility,
            to_facility=self.to_facility,
            reason=self.reason,
            address=built.address(self.row_id),
            next_address=built.address(self.next_row),
        )


def whereabouts(built: Built, person_no: int, lo: int, hi: int) -> list[Whereabouts]:
    """Everything the records say of the person between `lo` and `hi` (microseconds, both included), in order
    of time; State says what each answer means.
    """
    denials = denials_of(built, person_no)
    # a likely duplicate that goes on longer than the row it repeats tells more than that row
    longer = {one.row_id for one in denials if isinstance(one, TwoEnds)}
    stints = [one for one in stints_of(built, person_no) if one.kept or one.row_id in longer]
    stays = stays_of(built, person_no)
    released = released_at(built, person_no)
    found = [_contradicted(one, denials, lo, hi) for one in _held(stints, stays, released, lo, hi)]
    found += _inverted(stints, denials, released, lo, hi)
    found += _between(built, person_no, lo, hi) + _unaccounted(built, person_no, released, lo, hi)
    found = found or [_nothing(stints, stays, released, lo, hi)]
    shown = [(one.from_us, one.shown(built)) for one in found]
    shown.sort(key=lambda each: (each[0] is not None, each[0] or 0, each[1].state, each[1].address or ""))
    return [one for _, one in shown]


def _held(
    stints: list[RecordedStint], stays: list[RecordedStay], released: int, lo: int, hi: int
) -> list[_Found]:
    found = []
    for number, stint in enumerate(stints):
        begin, end = stint.book_in, stint.book_out
        if begin is not None and end is not None and latest_meant(end) < begin:
            continue  # see _inverted
        if end is None:
            until = _latest_end(stint, stints[number + 1 :], stays, released)
            state, missing = _open_state(stint, begin, lo, hi), "book-out"
        else:
            until = latest_meant(end)
            state, missing = _closed_state(stint, begin, end, lo, hi), "book-in"
        since = begin if begin is not None else stint.stay_book_in
        if (since is None or since <= hi) and until >= lo and (begin is not None or end is not None):
            found.append(
                _Found(
                    row_id=stint.row_id,
                    state=state,
                    from_us=begin,
                    until_us=end if state is not State.NO_BOOK_OUT else until,
                    facility=stint.detention_facility_code,
                    reason=_reason(state, missing, begin, end),
                )
            )
    return found


def _contradicted(found: _Found, denials: list[Denial], lo: int, hi: int) -> _Found:
    """The answer as it is where some of the time asked about is denied by no other row; else `contradicted`,
    and by which.
    """
    told = [
        (*_denied(one), one)
        for one in denials
        if one.row_id == found.row_id and not isinstance(one, Inverted)
    ]
    if found.state is not State.HELD or found.from_us is None or not told:
        return found
    begun = latest_meant(found.from_us)
    at, last = (
        max(lo, begun),
        min(hi, begun if found.until_us is None else found.until_us),
    )  # without a book-out only the book-in shows anything
    said = None
    for begin, end, one in sorted(told, key=lambda each: (each[0], each[1], each[2].other_row)):
        if begin <= at <= end:
            at, said = end + 1, said or one
    if said is None or at <= last:
        return found
    what = (
        f"has the person at {said.other_place}"
        if isinstance(said, TwoPlaces)
        else f"books the person out {clock_text(said.clear_to)}"
    )
    return msgspec.structs.replace(
        found, state=State.CONTRADICTED, reason=f"another row {what}", next_row=said.other_row
    )


def _denied(one: TwoPlaces | TwoEnds) -> tuple[int, int]:
    """From when to when another row says that the person was not where this one does."""
    if isinstance(one, TwoPlaces):
        return one.other_in, latest_meant(one.other_in if one.other_out is None else one.other_out)
    return one.clear_to, 2**63


def _inverted(
    stints: list[RecordedStint], denials: list[Denial], released: int, lo: int, hi: int
) -> list[_Found]:
    """Stints booked out before they are booked in: one of the two times is wrong, and nobody knows which."""
    wrong = {one.row_id for one in denials if isinstance(one, Inverted)}
    return [
        _Found(
            row_id=stint.row_id,
            state=State.CONTRADICTED,
            from_us=stint.book_in,
            until_us=stint.book_out,
            facility=stint.detention_facility_code,
            reason="booked out before booked in",
        )
        for stint in stints
        if stint.row_id in wrong
        and stint.book_in is not None
        and stint.book_out is not None
        and min(stint.book_out, stint.stay_book_in or stint.book_out) <= hi
        and lo <= max(released, stint.book_in)
    ]


def _latest_end(
    stint: RecordedStint, later: list[RecordedStint], stays: list[RecordedStay], released: int
) -> int:
    """Up to when a stint without a book-out may have gone on: the person's next book-in, the recorded end of
    the stay, or the release instant.
    """
    begin = stint.book_in if stint.book_in is not None else stint.stay_book_in
    nexts = [
        one.book_in for one in later if one.book_in is not None and (begin is None or one.book_in > begin)
    ]
    ends = [
        latest_meant(end)
        for stay in stays
        if stay.stay_book_in == stint.stay_book_in
        for end in (stay.end_hi, stay.stay_book_out)
        if end is not None
    ]
    return min([*nexts, *ends, max(released, begin or released)])


def _open_state(stint: RecordedStint, begin: int | None, lo: int, hi: int) -> State:
    if begin is not None and lo <= begin and latest_meant(begin) <= hi:
        return State.HELD  # booked in within the time asked about, whenever the reading means
    if begin is not None and begin <= hi < latest_meant(begin):
        return State.MAY_HAVE_BEEN_HELD
    return STATES.get(stint.book_out_why or "", State.NO_BOOK_OUT)


def _closed_state(stint: RecordedStint, begin: int | None, end: int, lo: int, hi: int) -> State:
    if begin is None:
        return STATES.get(stint.book_in_why or "", State.NO_BOOK_IN)
    return State.HELD if latest_meant(begin) <= hi and end >= lo else State.MAY_HAVE_BEEN_HELD


def _reason(state: State, missing: str, begin: int | None, end: int | None) -> str | None:
    if state in (State.HELD, State.NO_BOOK_OUT):
        return None
    if state is State.MAY_HAVE_BEEN_HELD:
        return "the times are too coarse to show it"
    if state is State.NO_BOOK_IN:
        return f"no book-in is stated; booked out {clock_text(end)}"
    return f"the {missing} {_HIDDEN[state]}" + (
        f"; booked in {clock_text(begin)}"
        if begin is not None
        else f"; booked out {clock_text(end)}"
        if end is not None
        else ""
    )


def _between(built: Built, person_no: int, lo: int, hi: int) -> list[_Found]:
    return [
        _Found(
            row_id=gap.from_row,
            state=State.BETWEEN,
            from_us=gap.left_at,
            until_us=gap.arrived_at,
            facility=gap.from_facility_code,
            to_facility=gap.to_facility_code,
            reason=gap.status,
            next_row=gap.to_row,
        )
        for gap in rows_of(built, "gaps", RecordedGap, person_no)
        if max(gap.left_at, gap.covered_until) < hi and gap.arrived_at > lo
    ]


def _unaccounted(built: Built, person_no: int, released: int, lo: int, hi: int) -> list[_Found]:
    return [
        _Found(
            row_id=row.last_row,
            state=State.UNACCOUNTED,
            from_us=row.since,
            until_us=row.until,
            facility=row.detention_facility_code,
            reason=row.reason,
            next_row=row.next_row,
        )
        for row in unaccounted_of(built, person_no)
        if row.reason != "gap between stints"  # see _between
        and row.since is not None
        and row.since <= hi
        and (lo <= released if row.until is None else lo < row.until)
    ]


def _nothing(
    stints: list[RecordedStint], stays: list[RecordedStay], released: int, lo: int, hi: int
) -> _Found:
    before = [stint for stint in stints if stint.book_in is not None and stint.book_in < lo]
    after = [stint for stint in stints if stint.book_in is not None and stint.book_in > hi]
    if lo > released:
        reason = f"after {clock_text(released)}, the last instant this release looks at"
    elif before:
        reason = f"no stint covers this time{_ended(before[-1], stays)}"
    elif after:
        reason = "before the first recorded book-in"
    else:
        reason = "no detention row of this person states a book-in"
    return _Found(
        row_id=before[-1].row_id if before else None,
        state=State.NOT_RECORDED,
        from_us=None,
        until_us=None,
        facility=None,
        reason=reason,
        next_row=after[0].row_id if after else None,
    )


def _ended(stint: RecordedStint, stays: list[RecordedStay]) -> str:
    """What is known of the end of the last stint before: that of its stay, or that no book-out is
    recorded.
    """
    stay = next((stay for stay in stays if stay.stay_book_in == stint.stay_book_in), None)
    if stay is not None and stint.place == stay.last_place and stay.end_lo is not None:
        return (
            f"; the stay before ended {clock_text(stay.end_lo)} in {stay.end_kind}"
            f" ({stay.end_reason or 'no reason recorded'})"
        )
    return "; the stint before has no book-out" if stint.book_out is None else ""
