"""Rows that contradict each other, and people inside a stay whom no stint places: from a file to every answer
that bears on them, worked by hand.
"""

from __future__ import annotations

import functools
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from casefile.made import said

from paradero.building.adding import add
from paradero.building.building import build
from paradero.casefile.folder import Casefile, create

HEADERS = (
    "Anonymized Identifier,Stay Book In Date Time,Book In Date Time,Detention Facility Code,Book Out Date"
    " Time,Detention Release Reason,Stay Book Out Date Time,Stay Release Reason,Detention Facility"
)
# ends: one stint with two ends, a day and a week after its begin; places: in two places for days 3 to 6;
# inverted: out before in; waiting: the stay begins five days before anybody books the person in, and goes on
# four days after the last book-out; lost: transferred, nobody signed; last: dates the release
ROWS = """
ends,2025-01-01 10:00,2025-01-01 10:00,ENDS,2025-01-02 10:00,Bonded Out,2025-01-02 10:00,Bonded Out,E house
ends,2025-01-01 10:00,2025-01-01 10:00,ENDS,2025-01-08 10:00,Bonded Out,2025-01-08 10:00,Bonded Out,E house
places,2025-01-01 10:00,2025-01-01 10:00,AAA,2025-01-06 10:00,Transferred,2025-01-09 10:00,Bonded Out,A house
places,2025-01-01 10:00,2025-01-03 10:00,BBB,2025-01-09 10:00,Bonded Out,2025-01-09 10:00,Bonded Out,B house
inverted,2025-01-05 10:00,2025-01-05 10:00,CCC,2025-01-02 10:00,Bonded Out,2025-01-05 10:00,Bonded Out,C house
waiting,2025-01-01 10:00,2025-01-06 10:00,DDD,2025-01-08 10:00,Bonded Out,2025-01-12 10:00,Bonded Out,D house
last,2025-02-01 10:00,2025-02-01 10:00,ZZZ,2025-02-01 12:00,Bonded Out,2025-02-01 12:00,Bonded Out,Z house
"""
# of these each has a test below: lost, with and without a book-in after it; open: without an end, begins
# elsewhere while held; day: begins on a day, without an end; cut: read to the minute; end: without a book-in
OTHERS = """
closed,2025-01-01 10:00,2025-01-01 10:00,ENDS,2025-01-03,Transferred,,,E house
closed,2025-01-20 10:00,2025-01-20 10:00,AAA,2025-01-21 10:00,Bonded Out,2025-01-21 10:00,Bonded Out,A house
lost,2025-01-01 10:00,2025-01-01 10:00,ENDS,2025-01-03,Transferred,,,E house
open,2025-01-01 10:00,2025-01-01 10:00,AAA,2025-01-06 10:00,Transferred,,,A house
open,2025-01-01 10:00,2025-01-03 10:00,BBB,,,,,B house
day,2025-01-03,2025-01-03,BBB,,,,,B house
cut,2025-01-01 10:00,2025-01-01 10:00,CUTA,2025-01-02 15:15:40,Transferred,2025-01-09 10:00,Bonded Out,A house
cut,2025-01-01 10:00,2025-01-02 15:15,CUTB,2025-01-05 10:00:20,Transferred,2025-01-09 10:00,Bonded Out,B house
cut,2025-01-01 10:00,2025-01-06 10:00:59,CUTC,2025-01-07 10:00,Transferred,2025-01-09 10:00,Bonded Out,C house
cut,2025-01-01 10:00,2025-01-08 10:00:30,CUTA,2025-01-09 10:00,Bonded Out,2025-01-09 10:00,Bonded Out,A house
end,2025-01-01 10:00,2025-01-01 10:00,AAA,2025-01-03 10:00,Transferred,2025-01-09 10:00,Bonded Out,A house
end,,,BBB,2025-01-09 10:00,Bonded Out,,Bonded Out,B house
last,2025-02-01 10:00,2025-02-01 10:00,ZZZ,2025-02-01 12:00,Bonded Out,2025-02-01 12:00,Bonded Out,Z house
"""


def made(folder: Any, rows: str) -> Casefile:
    folder.mkdir(exist_ok=True)
    case = create(folder / "case")
    (folder / "one.csv").write_text(HEADERS + rows)
    add(case, folder / "one.csv", release="one")
    build(case)
    return case


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    return made(tmp_path_factory.mktemp("contradicted"), ROWS)


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    return made(tmp_path_factory.mktemp("others"), OTHERS)


def listed(case: Casefile, command: str, person: str) -> list[dict[str, Any]]:
    """What a command lists of a person."""
    rows = said(case.root, command, "--json").json["rows"]
    return [row for row in rows if row["unique_identifier"] == person]


@functools.cache
def headcounts(folder: Path, *more: str) -> list[dict[str, Any]]:
    """The rows of the count at the end of each day, by facility."""
    heard = said(folder, "headcount", "--json", "--definition", "vera-midnight", *more)
    assert heard.code == 0, heard.err
    rows: list[dict[str, Any]] = heard.json["rows"]
    return rows


def bounds(case: Casefile, place: str, *more: str, days: range) -> dict[int, tuple[int, int, int]]:
    """n, n_lo and n_hi without people of whom no row says where, by day of January, under the count at the
    end of the day.
    """
    rows = {
        row["date"]: row for row in headcounts(case.root, *more) if row["detention_facility_code"] == place
    }
    found = {}
    for day in days:
        row = rows.get(
            (date(2025, 1, 1) + timedelta(days=day - 1)).isoformat(),
            dict.fromkeys(("n", "n_lo", "n_hi", "hi_less_lo_place_unknown"), 0),
        )
        found[day] = (row["n"], row["n_lo"], row["n_hi"] - row["hi_less_lo_place_unknown"])
    return found


def test_after_the_first_of_two_ends_nobody_is_certainly_held(case: Casefile) -> None:
    assert bounds(case, "ENDS", days=range(1, 9)) == {1: (1, 1, 1)} | dict.fromkeys(
        range(2, 8), (1, 0, 1)
    ) | {8: (0, 0, 0)}


def test_in_two_places_at_once_is_certainly_in_neither(case: Casefile) -> None:
    assert bounds(case, "AAA", days=range(1, 7)) == dict.fromkeys((1, 2), (1, 1, 1)) | dict.fromkeys(
        (3, 4, 5), (1, 0, 1)
    ) | {6: (0, 0, 0)}
    assert bounds(case, "BBB", days=range(2, 10)) == {2: (0, 0, 0)} | dict.fromkeys(
        (3, 4, 5), (1, 0, 1)
    ) | dict.fromkeys((6, 7, 8), (1, 1, 1)) | {9: (0, 0, 0)}


def test_in_two_places_of_one_group_is_certainly_in_the_group(case: Casefile) -> None:
    heard = said(
        case.root,
        "headcount",
        "--json",
        "--definition",
        "vera-midnight",
        "--by",
        "everywhere",
        "--assuming",
        "accounted",
    )
    found = {row["date"]: (row["n"], row["n_lo"]) for row in heard.json["rows"]}
    # `places` all along; `ends` for the first day
    assert [found[f"2025-01-0{day}"] for day in (1, 3, 8)] == [(2, 2), (2, 1), (1, 1)]


def test_an_end_before_its_begin_shows_nothing_and_may_be_any_time(case: Casefile) -> None:
    found = bounds(case, "CCC", days=range(1, 32))
    assert {n_lo for _, n_lo, _ in found.values()} == {0}
    assert all(n_hi == 1 for day, (_, _, n_hi) in found.items() if day >= 2)


def test_contradictions_are_left_out_by_name_only(case: Casefile) -> None:
    assert bounds(case, "AAA", "--assuming", "consistent", days=range(1, 6)) == dict.fromkeys(
        range(1, 6), (1, 1, 1)
    )
    assert "--assuming consistent" in said(case.root, "headcount", "--facility", "AAA").out


def test_two_ends_are_a_conflict_with_both_rows(case: Casefile) -> None:
    rows = [row for row in said(case.root, "conflicts", "--json").json["rows"] if row["kind"] == "two_ends"]
    assert [
        (
            row["unique_identifier"],
            row["grade"],
            row["size_us"],
            row["row_a"] is not None and row["row_b"] is not None,
        )
        for row in rows
    ] == [("ends", "serious", 6 * 86_400_000_000, True)]


def test_a_stay_without_stints_at_its_ends_is_unaccounted_for_and_may_be_anywhere(case: Casefile) -> None:
    rows = [
        row
        for row in said(case.root, "unaccounted", "--json").json["rows"]
        if row["unique_identifier"] == "waiting"
    ]
    assert sorted((row["reason"], row["length"]) for row in rows) == [
        ("booked out, stay not ended", "4 d"),
        ("stay begun, not booked in", "5 d"),
    ]
    anywhere = {
        row["date"]: row["hi_less_lo_place_unknown"]
        for row in headcounts(case.root)
        if row["detention_facility_code"] == "AAA"
    }
    assert [anywhere[f"2025-01-0{day}"] for day in (1, 5)] == [1, 1]
    assert anywhere.get("2025-01-07", 0) == 0


AT = [
    ("ends", "2025-01-01T12:00", ["held"]),
    ("ends", "2025-01-05", ["contradicted"]),
    ("places", "2025-01-02", ["held"]),
    ("places", "2025-01-04", ["contradicted", "contradicted"]),
    ("places", "2025-01-07", ["held"]),
    ("inverted", "2025-01-04", ["unaccounted", "contradicted"]),
    ("waiting", "2025-01-03", ["unaccounted"]),
    ("waiting", "2025-01-07", ["held"]),
    ("waiting", "2025-01-10", ["unaccounted"]),
    ("waiting", "2025-01-20", ["not recorded"]),
]


@pytest.mark.parametrize(("person", "at", "states"), AT, ids=[f"{person} {at}" for person, at, _ in AT])
def test_whereabouts_say_that_rows_contradict_each_other(
    case: Casefile, person: str, at: str, states: list[str]
) -> None:
    answers = said(case.root, "person", person, "--at", at, "--json").json["persons"][0]["at"]["whereabouts"]
    assert [row["state"] for row in answers] == states
    text = said(case.root, "person", person, "--at", at)
    assert text.code == 0
    assert ("contradict each other" in text.out) == ("contradicted" in states)


def test_a_length_that_rests_on_a_day_has_bounds(others: Casefile) -> None:
    (row,), hour = listed(others, "unaccounted", "closed"), 3_600_000_000
    assert (row["length"], row["length_lo_us"] // hour, row["length_hi_us"] // hour) == (
        "16 d 10 h to 17 d 10 h",
        16 * 24 + 10,
        17 * 24 + 10,
    )
    (open_end,) = listed(others, "unaccounted", "lost")
    assert (open_end["length"][:8], open_end["length_hi_us"]) == ("at least", None)


def test_a_stint_without_end_that_begins_elsewhere_while_held_is_contradicted(others: Casefile) -> None:
    heard = said(others.root, "person", "open", "--at", "2025-01-03", "--json")
    assert heard.code == 0, heard.err
    assert {(row["facility"], row["state"]) for row in heard.json["persons"][0]["at"]["whereabouts"]} >= {
        ("AAA", "held"),
        ("BBB", "contradicted"),
    }


def test_a_day_of_book_in_without_a_book_out_shows_nothing_of_its_evening(others: Casefile) -> None:
    def state(at: str) -> str:
        return said(others.root, "person", "day", "--at", at, "--json").json["persons"][0]["at"][
            "whereabouts"
        ][0]["state"]

    # booked in at any time of the day, perhaps out again before its evening
    assert [state(at) for at in ("2025-01-03", "2025-01-03T10:00", "2025-01-04")] == [
        "held",
        "may have been held",
        "no book-out",
    ]
    assert state("2025-01-03T23:59:59") != "held"


def test_a_reading_cut_to_the_minute_contradicts_none_that_is_not(others: Casefile) -> None:
    # 24 hours and 39 seconds; then 24 hours and from half a minute less to half a minute more
    moves = {
        row["from_facility_code"]: row["status"]
        for row in said(others.root, "transfers", "--json").json["rows"]
        if row["from_facility_code"].startswith("CUT")
    }
    assert moves == {"CUTA": "signed", "CUTB": "late", "CUTC": "cannot be judged"}
    assert listed(others, "conflicts", "cut") == []


def test_a_stint_without_book_in_may_fill_the_end_of_a_stay(others: Casefile) -> None:
    reasons = [row["reason"] for row in listed(others, "unaccounted", "end")]
    assert "booked out, stay not ended" not in reasons
