"""Arrests: episodes, and the three named rules that join an arrest to a stay."""

from datetime import timedelta

from .clock import microseconds
from .columns import ARREST_COLUMNS, Row, completed, grouped, in_file_order
from .stays import stay_order

REPROCESSED = "ERO Reprocessed Arrest"
EPISODE = timedelta(hours=24)
EARLIEST, LATEST = timedelta(days=-5), timedelta(days=10)
GRACE = timedelta(hours=12)

Pair = tuple[Row, Row]  # a stay and its arrest


def episodes(arrests: list[Row]) -> list[Row]:
    """Give every arrest row with `episode` (1, 2, … within the person; null when it belongs to none) and
    `episode_first`, in file order.
    """
    rows = [
        completed(row, ARREST_COLUMNS) | {"episode": None, "episode_first": False}
        for row in in_file_order(arrests)
    ]
    for of_person in grouped(
        [row for row in rows if is_matchable(row)], "release", "unique_identifier"
    ).values():
        number, before = 0, None
        for row in sorted(of_person, key=arrest_order):
            at = row["apprehension_date_time"]
            row["episode_first"] = before is None or at - before > EPISODE
            number += row["episode_first"]
            row["episode"], before = number, at
    return rows


def is_matchable(row: Row) -> bool:
    """Say whether the arrest names a person and a time."""
    return row["unique_identifier"] is not None and row["apprehension_date_time"] is not None


def arrest_order(row: Row) -> tuple[object, ...]:
    """Give the sort key of the arrests of one person: time, reprocessed ones last, file order."""
    return (row["apprehension_date_time"], row["apprehension_method"] == REPROCESSED, row["row_id"])


def arrest_stays(stay_rows: list[Row], episode_rows: list[Row]) -> list[Row]:
    """Give, for each of the three rules, the matched pairs and every stay and every arrest row (of any kind)
    without a partner.
    """
    matchable = [row for row in episode_rows if is_matchable(row)]
    found = []
    for rule, match in RULES.items():
        pairs: list[Pair] = []
        for key, of_person in grouped(stay_rows, "release", "unique_identifier").items():
            of_stays = sorted(
                (one for one in of_person if one["stay_book_in_date_time"] is not None), key=stay_order
            )
            pairs += match(
                of_stays, [row for row in matchable if (row["release"], row["unique_identifier"]) == key]
            )
        found += with_unmatched(rule, pairs, stay_rows, episode_rows)
    return found


def gap(one: Row, arrest: Row) -> timedelta:
    """Measure from the arrest to the nominal book-in of the stay."""
    return one["stay_book_in_date_time"] - arrest["apprehension_date_time"]


def ddp_window(stay_rows: list[Row], arrest_rows: list[Row]) -> list[Pair]:
    """Take for each stay its nearest first arrest within −5…+10 days, then for each such arrest its nearest
    stay: the others stay unmatched.
    """
    chosen: dict[int, list[Pair]] = {}
    for one in stay_rows:
        near = [row for row in arrest_rows if row["episode_first"] and EARLIEST <= gap(one, row) <= LATEST]
        if near:
            best = min(
                near, key=lambda row: (abs(gap(one, row)), row["apprehension_date_time"], row["row_id"])
            )
            chosen.setdefault(best["row_id"], []).append((one, best))
    return [min(pairs, key=lambda pair: (abs(gap(*pair)), stay_order(pair[0]))) for pairs in chosen.values()]


def strictly_preceding(stay_rows: list[Row], arrest_rows: list[Row]) -> list[Pair]:
    """Take for each stay the latest arrest row, of any episode, at most ten days before it and later than the
    previous stay's S.
    """
    pairs, previous = [], None
    for one in stay_rows:
        near = [
            row
            for row in arrest_rows
            if timedelta(0) <= gap(one, row) <= LATEST
            and (previous is None or row["apprehension_date_time"] > previous)
        ]
        pairs += latest_pair(one, near)
        previous = one["stay_book_in_date_time"]
    return pairs


def episode(stay_rows: list[Row], arrest_rows: list[Row]) -> list[Pair]:
    """Take for each stay the latest first arrest up to S + 12 h and later than the previous stay's S + 12 h,
    however long before.
    """
    pairs, previous = [], None
    for one in stay_rows:
        limit = one["stay_book_in_date_time"] + GRACE
        near = [row for row in arrest_rows if row["episode_first"] and row["apprehension_date_time"] <= limit]
        pairs += latest_pair(
            one, [row for row in near if previous is None or row["apprehension_date_time"] > previous]
        )
        previous = limit
    return pairs


def latest_pair(one: Row, arrest_rows: list[Row]) -> list[Pair]:
    """Pair the stay with the latest of the arrests, ties to the last in file order; no pair without
    arrests.
    """
    if not arrest_rows:
        return []
    return [(one, max(arrest_rows, key=lambda row: (row["apprehension_date_time"], row["row_id"])))]


def with_unmatched(rule: str, pairs: list[Pair], stay_rows: list[Row], arrest_rows: list[Row]) -> list[Row]:
    """Write out the pairs, then the stays and the arrests that no pair holds."""
    taken_stays = {one["stay_key"] for one, _ in pairs}
    taken_arrests = {arrest["row_id"] for _, arrest in pairs}
    found = [joined(rule, "matched", one, arrest) for one, arrest in pairs]
    found += [
        joined(rule, "stay_unmatched", one, None) for one in stay_rows if one["stay_key"] not in taken_stays
    ]
    found += [
        joined(rule, "arrest_unmatched", None, arrest)
        for arrest in arrest_rows
        if arrest["row_id"] not in taken_arrests
    ]
    return found


def joined(rule: str, status: str, one: Row | None, arrest: Row | None) -> Row:
    """Make a row of `arrest_stays`."""
    either = one or arrest or {}
    return {
        "rule": rule,
        "status": status,
        "release": either["release"],
        "unique_identifier": either["unique_identifier"],
        "stay_key": one and one["stay_key"],
        "arrest_row": arrest and arrest["row_id"],
        "gap_us": microseconds(gap(one, arrest)) if one and arrest else None,
    }


RULES = {"ddp-window": ddp_window, "strictly-preceding": strictly_preceding, "episode": episode}
