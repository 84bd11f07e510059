"""Ends: how each stay and each person's chain ends."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from .clock import day, end_of_day, is_midnight
from .columns import Row, grouped, is_blank
from .reasons import reason_kind
from .removals import nearest_removal
from .stays import stay_order
from .transfers import NO_ARRIVAL

Released = Mapping[str, datetime | None]
UNTOLD = "cannot be judged"
HIDDEN = ("book_out_date_time", "stay_book_out_date_time", "detention_release_reason", "stay_release_reason")
Interval = tuple[datetime | None, datetime | None]

NAMED_BY_REASON = ("removal", "release", "transfer_of_custody")


def stay_ends(stay_rows: list[Row], removal_rows: list[Row], released: Released) -> list[Row]:
    """Give one row per stay: its end, when, why, and for an unaccounted one since when and until when."""
    matched = nearest_removal(stay_rows, removal_rows)
    found = []
    for of_person in grouped(stay_rows, "release", "unique_identifier").values():
        ordered = sorted(of_person, key=stay_order)
        for one, following in zip(ordered, [*ordered[1:], None], strict=True):
            found.append(stay_end(one, following, matched.get(one["stay_key"]), released[one["release"]]))
    return found


def stay_end(one: Row, following: Row | None, removal: Row | None, released_at: datetime | None) -> Row:
    """Find the end of one stay, knowing the person's next stay and the stay's removal by
    `nearest-removal`.
    """
    out = past(one["book_out_date_time"], released_at)
    nominal = past(one["stay_book_out_date_time"], released_at)
    reason = reason_of(one)
    since = first_known(out, nominal, one["book_in_date_time"], one["stay_book_in_date_time"])
    until = following and following["stint_window_in"]
    kind = end_kind(one, following, removal, out, nominal)
    if kind == "unaccounted" and since is not None and until is not None and until <= since:
        kind = "continued"
    end = {
        "stay_key": one["stay_key"],
        "release": one["release"],
        "unique_identifier": one["unique_identifier"],
        "last_row": one["last_row"],
        "end": kind,
    }
    if kind == "unaccounted":
        return end | ended(None, None, unaccounted_reason(one, reason, out, nominal), since, until)
    if kind == UNTOLD:
        return end | ended(None, None, untold(one, out, nominal), None, None)
    deaths = death_texts(one, is_last=following is None) if kind == "death" else []
    end_reason = first_known(*deaths, reason, one["case_status"])
    if kind in ("open", "continued"):
        return end | ended(None, None, end_reason, None, None)
    lo, hi = end_instant(kind, departure(one, following, removal), out, nominal)
    if kind == "death" and not is_reported_death(one):
        hi = None
    return end | ended(lo, hi, end_reason, None, None)


def ended(
    lo: datetime | None,
    hi: datetime | None,
    reason: str | None,
    since: datetime | None,
    until: datetime | None,
) -> Row:
    """Name the parts of an end."""
    return {
        "end_lo": lo,
        "end_hi": hi,
        "end_reason": reason,
        "unaccounted_since": since,
        "unaccounted_until": until,
    }


def past(at: datetime | None, released_at: datetime | None) -> datetime | None:
    """Give an instant that is not later than the release; a later one is scheduled and counts as missing."""
    return None if at is not None and released_at is not None and at > released_at else at


def first_known(*values: Any) -> Any:
    """Give the first value that is not null."""
    return next((value for value in values if value is not None), None)


def reason_of(one: Row) -> str | None:
    """Give the reason of a stay: its own, or, where that is missing or a transfer, the last stint's (the
    stay's if that is missing too).
    """
    own = one["stay_release_reason"]
    if own is None or reason_kind(own) == "transferred":
        return first_known(one["detention_release_reason"], own)
    return own


def first_day(one: Row) -> datetime | None:
    """Give the instant on whose day the stay began: the stint window's, else the nominal one."""
    return first_known(one["stint_window_in"], one["stay_book_in_date_time"])


def is_after_start(one: Row, departed: datetime | None) -> bool:
    """Say whether the record shows the departure on or after the first day of the stay (not when either is
    unknown).
    """
    began = day(first_day(one))
    return departed is not None and began is not None and departed.date() >= began


def takes_departed(one: Row, following: Row | None) -> bool:
    """Say whether the last stint's departed date ends the stay: not before its first day, nor after the day
    the next stay's stints begin.
    """
    next_day = day(following and following["stint_window_in"])
    return is_after_start(one, one["departed_date"]) and (
        next_day is None or one["departed_date"].date() <= next_day
    )


def departure(one: Row, following: Row | None, removal: Row | None) -> datetime | None:
    """Give the departure that dates a removal: the last stint's, if it may end the stay, else the matched
    removal's.
    """
    if takes_departed(one, following):
        return one["departed_date"]
    return removal and removal["departed_date"]


def end_kind(
    one: Row, following: Row | None, removal: Row | None, out: datetime | None, nominal: datetime | None
) -> str:
    """Name the end of a stay: the first that applies, `continued` not yet told from `unaccounted`. `out` and
    `nominal` are past ends only.
    """
    kind = reason_kind(reason_of(one))
    if death_texts(one, is_last=following is None):
        return "death"
    if kind in NAMED_BY_REASON:
        return kind
    if takes_departed(one, following) or removal is not None:
        return "removal"
    has_ended = out is not None or nominal is not None
    if kind == "other" and has_ended:
        return "other_end"
    if untold(one, out, nominal) is not None:
        return UNTOLD
    return "open" if not has_ended and following is None else "unaccounted"


def death_texts(one: Row, *, is_last: bool) -> list[str]:
    """Give those that tell of a death: the stay's reason, the last stint's and, of the person's last stay,
    the case status.
    """
    texts = [one["stay_release_reason"], one["detention_release_reason"]] + (
        [one["case_status"]] if is_last else []
    )
    return [text for text in texts if reason_kind(text) == "death"]


def is_reported_death(one: Row) -> bool:
    """Say whether the stay's own or its last stint's reason is a death."""
    return bool(death_texts(one, is_last=False))


def untold(one: Row, out: datetime | None, nominal: datetime | None) -> str | None:
    """Name what the record hides of the end of a stay that it does not tell: a book-out or a reason, and why
    it is missing; null where it hides nothing.

    A blank hides nothing. Of the two book-outs a missing column matters only for the stint's, and of the two
    reasons only if the release has neither.
    """
    whys = {
        name: None if one[name] is not None else one.get(f"{name}_why_missing") or "blank" for name in HIDDEN
    }
    ends, reasons = [whys[name] for name in HIDDEN[:2]], [whys[name] for name in HIDDEN[2:]]
    if None not in ends:
        found = (
            [why for why in ends if why in ("withheld", "unreadable")] if ends[0] == "blank" else [ends[0]]
        )
        if found:
            return f"book-out {found[0].replace('_', ' ').replace('in release', 'in the release')}"
    if out is not None or nominal is not None:
        found = [why for why in reasons if why in ("withheld", "unreadable")]
        found += ["not in the release"] if reasons == ["not_in_release"] * 2 else []
        if found:
            return f"reason {found[0]}"
    return None


def unaccounted_reason(one: Row, reason: str | None, out: datetime | None, nominal: datetime | None) -> str:
    """Name why the record loses the person."""
    if out is not None and reason_kind(reason) == "transferred":
        return NO_ARRIVAL
    if out is not None or (one["book_out_date_time"] is None and not is_blank(one, "book_out_date_time")):
        return "book-out without a reason"
    return "stay ended, stint open" if nominal is not None else "superseded"


def end_instant(
    kind: str, departed: datetime | None, out: datetime | None, nominal: datetime | None
) -> Interval:
    """Give the earliest and latest instant of an end; a removal without any departure is dated as the other
    ends are.
    """
    if kind == "removal" and departed is not None:
        return departed, whole_day(departed)
    at = first_known(nominal, out) if kind == "release" else first_known(out, nominal)
    return at, whole_day(at)


def whole_day(at: datetime | None) -> datetime | None:
    """Give the last microsecond of the day of a midnight, which may be a date without a clock time; any other
    instant as it is.
    """
    return end_of_day(at) if at is not None and is_midnight(at) else at


def chain_ends(stay_rows: list[Row], end_rows: list[Row]) -> list[Row]:
    """Give one row per person: the end of their last stay."""
    by_stay = {end["stay_key"]: end for end in end_rows}
    people = grouped(stay_rows, "release", "unique_identifier").values()
    return [by_stay[max(of_person, key=stay_order)["stay_key"]] for of_person in people]
