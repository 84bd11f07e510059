"""Where was this person at time t, who held them, and which rows say so? Answers from the built tables, for
an instant or a span.
"""

from __future__ import annotations

from typing import Any

from paradero.building.tables import Built
from paradero.model.time.clock import clock_text, latest_meant

Row = dict[str, Any]

# how an answer is called where a book-out or book-in is missing, by why it is
STATES = {
    "withheld": "withheld",
    "unreadable": "unreadable",
    "not_in_release": "not in the release",
    "day_or_month": "day or month",
}
NO_BOOK_OUT = "no book-out"
NO_BOOK_IN = "no book-in"
DENIALS = (
    "SELECT c.*, o.detention_facility_code AS other_place, o.book_in AS other_in, o.book_out AS other_out"
    " FROM contradictions c JOIN stint_spans s ON s.row_id = c.row_id LEFT JOIN stint_spans o ON o.row_id ="
    " c.other_row WHERE s.person_no = $p"
)
WHENCE = (
    "SELECT s.stay_book_in, s.last_place, l.stay_book_out, e.* FROM stay_spans s JOIN stint_spans l ON"
    " l.place = s.last_place JOIN stay_ends e ON e.stay_row = s.stay_row"
)


def whereabouts(built: Built, person_no: int, lo: int, hi: int) -> list[Row]:
    """Everything the records say of the person between `lo` and `hi` (microseconds, both included), in order
    of time.

    `state`: `held` (stated times show it, and no other row of the person denies it), `contradicted` (stated
    times show it, and another row of the person denies it, or the row is booked out before it is booked in),
    `may have been held` (the times are too coarse to show it), `withheld`, `unreadable`, `not in the
    release`, `day or month` (booked in before, and why the record does not show until when; or until when it
    is stated, and not since when), `no book-out` and `no book-in` (left blank: held as far as a blank says
    so), `between` (left one facility, not yet at the next), `unaccounted` (since when, and why), `not
    recorded` (no stint, no gap: before the first book-in, between stays, after the end).
    """
    own = {"p": person_no}
    denials = built.rows(f"{DENIALS} ORDER BY c.row_id, c.other_row", own)
    # a likely duplicate that goes on longer than the row it repeats tells more than that row
    longer = {row["row_id"] for row in denials if row["kind"] == "two ends"}
    stints = [
        row
        for row in built.rows("SELECT * FROM stint_spans WHERE person_no = $p ORDER BY place", own)
        if row["kept"] or row["row_id"] in longer
    ]
    stays = built.rows(f"{WHENCE} WHERE s.person_no = $p ORDER BY e.stay_no", own)
    released = built.rows(
        "SELECT r.released_at FROM releases r JOIN persons p ON p.release = r.release WHERE p.person_no = $p",
        own,
    )[0]["released_at"]
    found = _held(built, stints, stays, released, lo, hi)
    found = [_contradicted(built, row, denials, lo, hi) for row in found] + _inverted(
        built, stints, denials, released, lo, hi
    )
    found += _between(built, own, lo, hi) + _unaccounted(built, own, released, lo, hi)
    found.sort(
        key=lambda row: (row["from_us"] is not None, row["from_us"], row["state"], row["address"] or "")
    )
    return [_shown(row) for row in found] or [_nothing(built, stints, stays, released, lo, hi)]


def _held(built: Built, stints: list[Row], stays: list[Row], released: int, lo: int, hi: int) -> list[Row]:
    found = []
    for number, stint in enumerate(stints):
        begin, end = stint["book_in"], stint["book_out"]
        if begin is not None and end is not None and latest_meant(end) < begin:
            continue  # see _inverted
        if end is None:
            until = _latest_end(stint, stints[number + 1 :], stays, released)
            state, reason = _open_state(stint, begin, lo, hi), "no book-out"
        else:
            until = latest_meant(end)
            state, reason = _closed_state(stint, begin, end, lo, hi), "no book-in"
        since = begin if begin is not None else stint["stay_book_in"]
        if (since is None or since <= hi) and until >= lo and (begin is not None or end is not None):
            found.append(
                {
                    "row_id": stint["row_id"],
                    "state": state,
                    "from_us": begin,
                    "until_us": end if state != NO_BOOK_OUT else until,
                    "facility": stint["detention_facility_code"],
                    "to_facility": None,
                    "reason": None if state in ("held", NO_BOOK_OUT) else _reason(state, reason, begin, end),
                    "address": built.address(stint["row_id"]),
                    "next_address": None,
                }
            )
    return found


def _contradicted(built: Built, row: Row, denials: list[Row], lo: int, hi: int) -> Row:
    """The answer as it is where some of the time asked about is denied by no other row; else `contradicted`,
    and by which.
    """
    told = [(*_denied(one), one) for one in denials if one["row_id"] == row["row_id"]]
    if row["state"] != "held" or not told:
        return row
    begun = latest_meant(row["from_us"])
    at, last = (
        max(lo, begun),
        min(hi, begun if row["until_us"] is None else row["until_us"]),
    )  # without a book-out only the book-in shows anything
    said = None
    for begin, end, one in sorted(told, key=lambda each: (each[0], each[1], each[2]["other_row"])):
        if begin <= at <= end:
            at, said = end + 1, said or one
    if said is None or at <= last:
        return row
    what = (
        f"has the person at {said['other_place']}"
        if said["kind"] == "two places"
        else f"books the person out {clock_text(said['clear_to'])}"
    )
    return row | {
        "state": "contradicted",
        "reason": f"another row {what}",
        "next_address": built.address(said["other_row"]),
    }


def _denied(one: Row) -> tuple[int, int]:
    """From when to when another row says that the person was not where this one does."""
    if one["kind"] == "two places":
        return one["other_in"], latest_meant(
            one["other_in"] if one["other_out"] is None else one["other_out"]
        )
    return one["clear_to"], 2**63


def _inverted(
    built: Built, stints: list[Row], denials: list[Row], released: int, lo: int, hi: int
) -> list[Row]:
    """Stints booked out before they are booked in: one of the two times is wrong, and nobody knows which."""
    wrong = {one["row_id"] for one in denials if one["kind"] == "book-out before book-in"}
    return [
        {
            "state": "contradicted",
            "from_us": stint["book_in"],
            "until_us": stint["book_out"],
            "facility": stint["detention_facility_code"],
            "to_facility": None,
            "reason": "booked out before booked in",
            "address": built.address(stint["row_id"]),
            "next_address": None,
        }
        for stint in stints
        if stint["row_id"] in wrong
        and min(stint["book_out"], stint["stay_book_in"] or stint["book_out"]) <= hi
        and lo <= max(released, stint["book_in"])
    ]


def _latest_end(stint: Row, later: list[Row], stays: list[Row], released: int) -> int:
    """Up to when a stint without a book-out may have gone on: the person's next book-in, the recorded end of
    the stay, or the release instant.
    """
    begin = stint["book_in"] if stint["book_in"] is not None else stint["stay_book_in"]
    nexts = [
        one["book_in"]
        for one in later
        if one["book_in"] is not None and (begin is None or one["book_in"] > begin)
    ]
    ends = [
        latest_meant(end)
        for stay in stays
        if stay["stay_book_in"] == stint["stay_book_in"]
        for end in (stay["end_hi"], stay["stay_book_out"])
        if end is not None
    ]
    return int(min([*nexts, *ends, max(released, begin or released)]))


def _open_state(stint: Row, begin: int | None, lo: int, hi: int) -> str:
    if begin is not None and lo <= begin and latest_meant(begin) <= hi:
        return "held"  # booked in within the time asked about, whenever the reading means
    if begin is not None and begin <= hi < latest_meant(begin):
        return "may have been held"
    return STATES.get(stint["book_out_why"], NO_BOOK_OUT)


def _closed_state(stint: Row, begin: int | None, end: int, lo: int, hi: int) -> str:
    if begin is None:
        return STATES.get(stint["book_in_why"], NO_BOOK_IN)
    return "held" if latest_meant(begin) <= hi and end >= lo else "may have been held"


def _reason(state: str, missing: str, begin: int | None, end: int | None) -> str:
    if state == "may have been held":
        return "the times are too coarse to show it"
    name = missing.removeprefix("no ")
    if state == NO_BOOK_IN:
        return f"no book-in is stated; booked out {clock_text(end)}"
    what = {
        "withheld": "is withheld",
        "unreadable": "cannot be read",
        "not in the release": "is not in the release",
        "day or month": "can be read in two orders of day and month",
    }
    return f"the {name} {what[state]}" + (
        f"; booked in {clock_text(begin)}"
        if begin is not None
        else f"; booked out {clock_text(end)}"
        if end is not None
        else ""
    )


def _between(built: Built, own: Row, lo: int, hi: int) -> list[Row]:
    # a gap that another stint covers is no gap of the person
    moves = built.rows(
        "SELECT * FROM transfers WHERE person_no = $p AND gap_us > 0 AND covered_until < arrived_at ORDER BY"
        " left_at, from_row",
        own,
    )
    return [
        {
            "state": "between",
            "from_us": move["left_at"],
            "until_us": move["arrived_at"],
            "facility": move["from_facility_code"],
            "to_facility": move["to_facility_code"],
            "reason": move["status"],
            "address": built.address(move["from_row"]),
            "next_address": built.address(move["to_row"]),
        }
        for move in moves
        if max(move["left_at"], move["covered_until"]) < hi and move["arrived_at"] > lo
    ]


def _unaccounted(built: Built, own: Row, released: int, lo: int, hi: int) -> list[Row]:
    rows = built.rows(
        "SELECT * FROM unaccounted WHERE person_no = $p AND reason <> 'gap between stints' ORDER BY since",
        own,
    )
    return [
        {
            "state": "unaccounted",
            "from_us": row["since"],
            "until_us": row["until"],
            "facility": row["detention_facility_code"],
            "to_facility": None,
            "reason": row["reason"],
            "address": built.address(row["last_row"]),
            "next_address": built.address(row["next_row"]),
        }
        for row in rows
        if row["since"] is not None
        and row["since"] <= hi
        and (lo <= released if row["until"] is None else lo < row["until"])
    ]


def _nothing(built: Built, stints: list[Row], stays: list[Row], released: int, lo: int, hi: int) -> Row:
    before = [stint for stint in stints if stint["book_in"] is not None and stint["book_in"] < lo]
    after = [stint for stint in stints if stint["book_in"] is not None and stint["book_in"] > hi]
    if lo > released:
        reason = f"after {clock_text(released)}, the last instant this release looks at"
    elif before:
        reason = f"no stint covers this time{_ended(before[-1], stays)}"
    elif after:
        reason = "before the first recorded book-in"
    else:
        reason = "no detention row of this person states a book-in"
    return {
        "state": "not recorded",
        "since": None,
        "until": None,
        "facility": None,
        "to_facility": None,
        "reason": reason,
        "address": built.address(before[-1]["row_id"]) if before else None,
        "next_address": built.address(after[0]["row_id"]) if after else None,
    }


def _ended(stint: Row, stays: list[Row]) -> str:
    """What is known of the end of the last stint before: that of its stay, or that no book-out is
    recorded.
    """
    stay = next((stay for stay in stays if stay["stay_book_in"] == stint["stay_book_in"]), None)
    if stay is not None and stint["place"] == stay["last_place"] and stay["end_lo"] is not None:
        return (
            f"; the stay before ended {clock_text(stay['end_lo'])} in {stay['end_kind']}"
            f" ({stay['end_reason'] or 'no reason recorded'})"
        )
    return "; the stint before has no book-out" if stint["book_out"] is None else ""


def _shown(row: Row) -> Row:
    return {
        "state": row["state"],
        "since": clock_text(row["from_us"]),
        "until": clock_text(row["until_us"]),
        "facility": row["facility"],
        "to_facility": row["to_facility"],
        "reason": row["reason"],
        "address": row["address"],
        "next_address": row["next_address"],
    }
