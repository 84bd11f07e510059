"""Where was this person at time t, who held them, and which rows say so? Answers from the built tables, for an instant or a span."""

from __future__ import annotations

from typing import Any

from paradero.casefile.tables import Built
from paradero.model.clock import clock_text

Row = dict[str, Any]


def whereabouts(built: Built, person_no: int, lo: int, hi: int) -> list[Row]:
    """Everything the records say of the person between `lo` and `hi` (microseconds, both included), in order of time.

    `state`: `held` (a stint covers the time), `held, no book-out` (the stint is open and the stay too: custody as far as the record says),
    `between` (left one facility, not yet at the next), `unaccounted` (since when, and why), `not recorded` (no stint, no
    gap: before the first book-in, between stays, after the end).
    """
    own = {"p": person_no}
    stints = built.rows("SELECT * FROM stint_spans WHERE person_no = $p AND kept ORDER BY place", own)
    stays = built.rows(
        "SELECT s.stay_book_in, s.last_place, e.* FROM stay_spans s JOIN stay_ends e ON e.stay_row = s.stay_row WHERE s.person_no = $p ORDER BY e.stay_no", own
    )
    released = built.rows("SELECT r.released_at FROM releases r JOIN persons p ON p.release = r.release WHERE p.person_no = $p", own)[0]["released_at"]
    found = _held(built, stints, stays, released, lo, hi) + _between(built, own, lo, hi) + _unaccounted(built, own, released, lo, hi)
    found.sort(key=lambda row: (row["from_us"], row["state"], row["address"] or ""))
    return [_shown(row) for row in found] or [_nothing(built, stints, stays, released, lo, hi)]


def _held(built: Built, stints: list[Row], stays: list[Row], released: int, lo: int, hi: int) -> list[Row]:
    open_ends = {stay["last_place"] for stay in stays if stay["end_kind"] == "open"}
    found = []
    for stint in stints:
        begin, end = stint["book_in"], stint["book_out"]
        if begin is None:
            continue
        is_open = end is None
        until = end if end is not None else released if stint["place"] in open_ends else begin
        if begin <= hi and until >= lo:
            found.append(
                {
                    "state": "held, no book-out" if is_open else "held",
                    "from_us": begin, "until_us": until, "facility": stint["detention_facility_code"], "to_facility": None, "reason": None,
                    "address": built.address(stint["row_id"]), "next_address": None,
                }
            )  # fmt: skip
    return found


def _between(built: Built, own: Row, lo: int, hi: int) -> list[Row]:
    # a gap that another stint covers is no gap of the person
    moves = built.rows("SELECT * FROM transfers WHERE person_no = $p AND gap_us > 0 AND covered_until < arrived_at ORDER BY left_at, from_row", own)
    return [
        {
            "state": "between", "from_us": move["left_at"], "until_us": move["arrived_at"], "facility": move["from_facility_code"],
            "to_facility": move["to_facility_code"], "reason": move["status"], "address": built.address(move["from_row"]),
            "next_address": built.address(move["to_row"]),
        }
        for move in moves
        if max(move["left_at"], move["covered_until"]) < hi and move["arrived_at"] > lo
    ]  # fmt: skip


def _unaccounted(built: Built, own: Row, released: int, lo: int, hi: int) -> list[Row]:
    rows = built.rows("SELECT * FROM unaccounted WHERE person_no = $p AND reason <> 'gap between stints' ORDER BY since", own)
    return [
        {
            "state": "unaccounted", "from_us": row["since"], "until_us": row["until"], "facility": row["detention_facility_code"], "to_facility": None,
            "reason": row["reason"], "address": built.address(row["last_row"]), "next_address": built.address(row["next_row"]),
        }
        for row in rows
        if row["since"] is not None and row["since"] <= hi and (lo <= released if row["until"] is None else lo < row["until"])
    ]  # fmt: skip


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
        "state": "not recorded", "since": None, "until": None, "facility": None, "to_facility": None, "reason": reason,
        "address": built.address(before[-1]["row_id"]) if before else None, "next_address": built.address(after[0]["row_id"]) if after else None,
    }  # fmt: skip


def _ended(stint: Row, stays: list[Row]) -> str:
    """What is known of the end of the last stint before: that of its stay, or that no book-out is recorded."""
    stay = next((stay for stay in stays if stay["stay_book_in"] == stint["stay_book_in"]), None)
    if stay is not None and stint["place"] == stay["last_place"] and stay["end_lo"] is not None:
        return f"; the stay before ended {clock_text(stay['end_lo'])} in {stay['end_kind']} ({stay['end_reason'] or 'no reason recorded'})"
    return "; the stint before has no book-out" if stint["book_out"] is None else ""


def _shown(row: Row) -> Row:
    return {
        "state": row["state"], "since": clock_text(row["from_us"]), "until": clock_text(row["until_us"]), "facility": row["facility"],
        "to_facility": row["to_facility"], "reason": row["reason"], "address": row["address"], "next_address": row["next_address"],
    }  # fmt: skip
