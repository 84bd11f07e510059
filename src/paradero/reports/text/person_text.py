"""A person's custody history as lines of text, every line with its address."""

from __future__ import annotations

from collections.abc import Iterator

from paradero.answers.people.history import Arrest, Conflict, End, History, Stay, Stint, Unaccounted
from paradero.answers.people.whereabouts import State, Whereabouts
from paradero.model.counting_words import counted
from paradero.model.time.clock import span_text, spans_text

_WHY = {
    "blank": "left blank",
    "withheld": "withheld",
    "not_in_release": "not in this release",
    "unreadable": "unreadable, see rejects",
    "stand_in": "a stand-in for none",
    "day_or_month": "day or month first, the file does not tell",
}


def history_text(history: History, *, arrest_rule: str) -> str:
    """The history in reading order. `arrest_rule` names the rule by which arrests are joined to stays."""
    lines = [
        f"Person {history.unique_identifier}",
        (
            f"release {history.release}, records up to {history.released_at} ({history.released_at_from});"
            " times on the clock as recorded, no zone stated"
        ),
        (
            f"{counted(history.n_stays, 'stay')}, {counted(history.n_stints, 'stint')},"
            f" {counted(history.n_detention_rows, 'row')}"
        ),
        f"custody history ends: {_end_text(history.end)}",
    ]
    for stay in history.stays:
        lines += ["", *_stay_lines(history, stay, arrest_rule)]
    lines += _section(
        "Arrests without a stay" + f" (rule {arrest_rule})", _loose_arrests(history, arrest_rule)
    )
    lines += _section("Removals", _removal_lines(history))
    lines += _section(
        "Likely duplicates and rows left out of stays",
        [_line("row", row.book_in, _place(row), row.address) for row in history.rows_without_stay],
    )
    lines += _section("Unaccounted", [_unaccounted_line(row) for row in history.unaccounted])
    lines += _section("Conflicts", [_conflict_line(row) for row in history.conflicts])
    return "\n".join(lines)


def whereabouts_text(history: History) -> str:
    """The answer to `--at` as sentences with addresses; empty where no time was asked about."""
    asked = history.at
    if asked is None:
        return ""
    head = (
        f"Person {history.unique_identifier}, release {history.release}, at {asked.asked} on the clock"
        " as recorded:"
    )
    return "\n".join([head, *(f"  {_where(row)}  [{_cited(row)}]" for row in asked.whereabouts)])


def _where(row: Whereabouts) -> str:
    since, until, place = (row.since or "an unknown time", row.until, row.facility or "an unstated place")
    booked_in = f"booked in at {place} {since}"
    silent = (
        "the record does not show whether still held there"
        if row.since
        else "the record does not show since when held there"
    )
    last = f", last at {row.facility}" if row.facility else ""
    return {
        State.HELD: f"held at {place}, booked in {since}" + (f", booked out {until}" if until else ""),
        State.CONTRADICTED: (
            f"the rows contradict each other: booked in at {place} {since}"
            + (f", booked out {until}" if until else ", no book-out")
            + f"; {row.reason}"
        ),
        State.MAY_HAVE_BEEN_HELD: (
            f"may have been held at {place}: booked in {since}"
            + (f", booked out {until}" if until else "")
            + "; the times are too coarse to show it"
        ),
        State.NO_BOOK_OUT: (
            f"{booked_in}, no book-out: held there at most up to {until} if the blank means so, which the"
            " record does not show"
        ),
        State.NO_BOOK_IN: f"booked out of {place} {until}, no book-in: {silent}",
        State.BETWEEN: (
            f"between {row.facility} (left {since}) and {row.to_facility} (booked in {until}): in"
            " nobody's books"
        ),
        State.UNACCOUNTED: (
            f"unaccounted since {since}"
            + (f" until {until}" if until else ", nothing further recorded")
            + f" ({row.reason}{last})"
        ),
        State.NOT_RECORDED: f"not in these records: {row.reason}",
    }.get(row.state, f"{row.state}: at {place}, {row.reason}: {silent}")


def _cited(row: Whereabouts | Unaccounted) -> str:
    return ", ".join(address for address in (row.address, row.next_address) if address) or "no row"


def _stay_lines(history: History, stay: Stay, arrest_rule: str) -> Iterator[str]:
    yield (
        f"Stay {stay.number}: {stay.stay_book_in or 'no book-in'} to"
        f" {stay.stay_book_out or 'no book-out'} as ICE states it"
    )
    if (stay.stint_window_in, stay.stint_window_out) != (stay.stay_book_in, stay.stay_book_out):
        yield (
            f"  its stints run from {stay.stint_window_in or 'unknown'} to"
            f" {stay.stint_window_out or 'no book-out'}"
        )
    for arrest in history.arrests:
        for match in arrest.matches:
            if match.rule == arrest_rule and match.stay == stay.address:
                yield _line(
                    "arrest",
                    arrest.arrested_at,
                    f"{_arrested(arrest)}; {_before(match.gap_us)}, inferred by {arrest_rule}",
                    arrest.address,
                )
    for stint in stay.stints:
        yield _line("book-in", stint.book_in, _place(stint), stint.address)
        yield _line("book-out", stint.book_out, _left(stint, is_last=stint is stay.stints[-1]), stint.address)
        if stint.next_gap_us:
            name = "gap" if stint.next_gap_us > 0 else "overlap"
            yield f"    {name} of {span_text(abs(stint.next_gap_us))}" + (
                f" ({stint.transfer_status})" if stint.transfer_status != "signed" else ""
            )
    yield f"  end: {_end_text(stay.end)}" + (
        f", until {stay.unaccounted_until}" if stay.unaccounted_until else ""
    )


def _line(what: str, when: str | None, words: str, address: str | None) -> str:
    return f"  {what:<9} {when or '-':<16}  {words}  [{address}]"


def _place(stint: Stint) -> str:
    return " ".join(
        part
        for part in (stint.detention_facility_code or "no facility code", stint.detention_facility)
        if part
    )


def _left(stint: Stint, *, is_last: bool) -> str:
    if stint.book_out is None:
        return f"no book-out: {_WHY.get(stint.book_out_why_missing or 'blank', 'blank')}"
    held = (
        ""
        if stint.held_us is None
        else (
            f", held {span_text(stint.held_us)}"
            if stint.held_us >= 0
            else f", {span_text(-stint.held_us)} before the book-in"
        )
    )
    if not is_last:
        return f"{stint.detention_release_reason or 'no reason'}{held}"
    departed = (
        f", departed {stint.departed} to {stint.departure_country or 'unstated'}" if stint.departed else ""
    )
    return f"{stint.detention_release_reason or 'no reason'}{held}{departed}"


def _arrested(arrest: Arrest) -> str:
    return arrest.apprehension_method or "method not stated"


def _before(gap_us: int) -> str:
    return (
        f"{span_text(gap_us)} before the stay"
        if gap_us >= 0
        else f"{span_text(-gap_us)} after the stay began"
    )


def _end_text(end: End) -> str:
    if end.kind == "unaccounted":
        return f"UNACCOUNTED since {end.unaccounted_since} ({end.reason})"
    if end.kind == "open":
        return "open: no end recorded up to the release instant (censored)"
    when = end.lo if end.lo == end.hi else f"between {end.lo} and {end.hi}"
    return f"{end.kind} ({end.reason or 'no reason recorded'})" + (f", {when}" if when else "")


def _loose_arrests(history: History, arrest_rule: str) -> list[str]:
    return [
        _line(
            "arrest",
            arrest.arrested_at,
            _arrested(arrest) + ("" if arrest.episode_first else ", not the first row of its episode"),
            arrest.address,
        )
        for arrest in history.arrests
        if not any(match.rule == arrest_rule for match in arrest.matches)
    ]


def _removal_lines(history: History) -> list[str]:
    lines = []
    for row in history.removals:
        matched = [
            f"inferred end of stay {match.stay}, {counted(match.gap_days, 'day')} after it"
            for match in row.matches
        ]
        words = f"to {row.departure_country or 'country not stated'}; " + (
            "a repetition" if row.copy > 1 else "; ".join(matched) or "matched to no stay"
        )
        lines.append(_line("departed", row.departed, words, row.address))
    return lines


def _unaccounted_line(row: Unaccounted) -> str:
    length = "" if row.length_lo_us is None else f", {spans_text(row.length_lo_us, row.length_hi_us)}"
    until = row.until or "nothing further recorded"
    last = f", last at {row.detention_facility_code}" if row.detention_facility_code else ""
    return f"  {row.since} to {until}{length}: {row.reason}{last}  [{_cited(row)}]"


def _conflict_line(row: Conflict) -> str:
    other = f", {row.other_address}" if row.other_address else ""
    return f"  {row.kind} ({row.grade}), {span_text(row.size_us)}  [{row.address}{other}]"


def _section(title: str, lines: list[str]) -> list[str]:
    return ["", title, *lines] if lines else []
