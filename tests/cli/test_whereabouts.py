"""`person --at`: every state in which the records can leave somebody."""

from __future__ import annotations

import csv
import functools
import io
from pathlib import Path
from typing import Any

import pytest
from casefile.made import said

from paradero.building.adding import add
from paradero.building.building import build
from paradero.casefile.folder import Casefile, create

HEADERS = (
    "Anonymized Identifier,Stay Book In Date Time,Book In Date Time,Detention Facility Code,Book Out Date"
    " Time,Detention Release Reason,Stay Book Out Date Time,Stay Release Reason,Departed Date,Detention"
    " Facility"
)
STINTS = """
moved,2025-01-01 10:00,2025-01-01 10:00,AAA,2025-01-02 11:30,Transferred,2025-01-05 09:00,Bonded Out,,A house
moved,2025-01-01 10:00,2025-01-02 13:30,BBB,2025-01-05 09:00,Bonded Out,2025-01-05 09:00,Bonded Out,,B house
moved,2025-03-01 08:00,2025-03-01 08:00,AAA,,,,,,A house
removed,2025-01-01 10:00,2025-01-01 10:00,AAA,2025-01-10 06:00,Removed,2025-01-10 06:00,Removed,2025-01-10,A house
lost,2025-01-01 10:00,2025-01-01 10:00,AAA,2025-01-10 06:00,Transferred,,,,A house
late,2025-01-01 10:00,2025-01-01 10:00,AAA,2025-01-02 06:00,Transferred,2025-01-20 06:00,Bonded Out,,A house
late,2025-01-01 10:00,2025-01-09 10:00,BBB,2025-01-20 06:00,Bonded Out,2025-01-20 06:00,Bonded Out,,B house
covered,2025-01-01 10:00,2025-01-01 10:00,AAA,2025-01-20 06:00,Transferred,2025-01-25 06:00,Bonded Out,,A house
covered,2025-01-01 10:00,2025-01-02 10:00,BBB,2025-01-04 06:00,Transferred,2025-01-25 06:00,Bonded Out,,B house
covered,2025-01-01 10:00,2025-01-10 10:00,CCC,2025-01-25 06:00,Bonded Out,2025-01-25 06:00,Bonded Out,,C house
silent,2025-01-01 10:00,2025-01-01 10:00,AAA,,,2025-01-20 06:00,Bonded Out,,A house
silent,2025-01-01 10:00,2025-01-09 10:00,BBB,2025-01-20 06:00,Bonded Out,2025-01-20 06:00,Bonded Out,,B house
twice,2025-01-01 10:00,2025-01-01 10:00,AAA,2025-01-02 10:00,Bonded Out,2025-01-02 10:00,Bonded Out,,A house
twice,2025-02-01 10:00,2025-02-01 10:00,BBB,2025-02-02 10:00,Paroled,2025-02-02 10:00,Paroled,,B house
hidden,2025-01-01 10:00,2025-01-01 10:00,AAA,(b)(7)(E),,(b)(7)(E),,,A house
unread,2025-01-01 10:00,2025-01-01 10:00,AAA,??,,??,,,A house
days,2025-01-01,2025-01-01,AAA,2025-01-03,Bonded Out,2025-01-03,Bonded Out,,A house
begun,2025-01-01 10:00,(b)(7)(E),AAA,2025-01-03 10:00,Bonded Out,2025-01-03 10:00,Bonded Out,,A house
last,2025-04-01 10:00,2025-04-01 10:00,AAA,2025-04-01 12:00,Bonded Out,2025-04-01 12:00,Bonded Out,,A house
"""


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    folder = tmp_path_factory.mktemp("places")
    case = create(folder / "case")
    (folder / "one.csv").write_text(HEADERS + STINTS)
    (folder / "two.csv").write_text(
        HEADERS + "\nlast,2025-05-01 10:00,2025-05-01 10:00,CCC,2025-05-01 12:00,Removed,2025-05-01"
        " 12:00,Removed,2025-05-01,C house\n"
    )
    for name in ("one", "two"):
        add(case, folder / f"{name}.csv", release=name)
    build(case)
    return case


@functools.cache
def whereabouts(folder: Path, person: str, at: str) -> list[dict[str, Any]]:
    """The answers on a person and a time."""
    heard = said(folder, "person", person, "--at", at, "--json", "--release", "one")
    assert heard.code == 0, heard.err
    found: list[dict[str, Any]] = heard.json["persons"][0]["at"]["whereabouts"]
    return found


def states(case: Casefile, person: str, at: str) -> list[tuple[Any, ...]]:
    """(state, facility, next facility) of each answer."""
    answers = whereabouts(case.root, person, at)
    return [(row["state"], row["facility"], row["to_facility"]) for row in answers]


HELD_A, HELD_B, BETWEEN = ("held", "AAA", None), ("held", "BBB", None), ("between", "AAA", "BBB")
NOWHERE = ("not recorded", None, None)
CASES = [
    ("moved", "2024-12-31", [NOWHERE]),
    ("moved", "2025-01-01T09:59", [NOWHERE]),
    ("moved", "2025-01-01T10:00", [HELD_A]),
    ("moved", "2025-01-02", [HELD_A, BETWEEN, HELD_B]),
    ("moved", "2025-01-02T11:30", [HELD_A, BETWEEN]),
    ("moved", "2025-01-02T11:30:01", [("may have been held", "AAA", None), BETWEEN]),
    ("moved", "2025-01-02T12:00", [BETWEEN]),
    ("moved", "2025-01-02T13:29", [BETWEEN]),
    ("moved", "2025-01-02T13:30", [HELD_B]),
    ("moved", "2025-01-05T09:00", [HELD_B]),
    ("moved", "2025-01-05T09:01", [NOWHERE]),
    ("moved", "2025-03", [HELD_A]),  # booked in within the month
    ("moved", "2025-03-01", [HELD_A]),
    ("moved", "2025-03-02", [("no book-out", "AAA", None)]),  # a blank does not show that somebody was held
    ("moved", "2025-04-01", [("no book-out", "AAA", None)]),
    ("moved", "2025-04-02", [NOWHERE]),
    ("removed", "2025-01-09", [HELD_A]),
    ("removed", "2025-01-11", [NOWHERE]),
    ("lost", "2025-01-10T05:59", [HELD_A]),
    ("lost", "2025-01-10T06:01", [("unaccounted", "AAA", None)]),
    ("lost", "2025-04-01", [("unaccounted", "AAA", None)]),
    ("lost", "2025-06-01", [NOWHERE]),
    ("lost", "2025-01", [HELD_A, ("unaccounted", "AAA", None)]),
    ("late", "2025-01-05", [BETWEEN]),
    ("late", "2025-01", [HELD_A, BETWEEN, HELD_B]),
    ("covered", "2025-01-05", [HELD_A]),
    ("covered", "2025-01-15", [("contradicted", "AAA", None), ("contradicted", "CCC", None)]),
    ("silent", "2025-01-05", [("no book-out", "AAA", None)]),
    ("silent", "2025-01-09T10:01", [HELD_B]),
    ("hidden", "2025-01-05", [("withheld", "AAA", None)]),
    ("unread", "2025-01-05", [("unreadable", "AAA", None)]),
    ("days", "2025-01-01T12:00", [("may have been held", "AAA", None)]),
    ("days", "2025-01-02T12:00", [HELD_A]),
    ("days", "2025-01-03T12:00", [("may have been held", "AAA", None)]),
    ("days", "2025-01-03", [HELD_A]),
    ("begun", "2025-01-02", [("withheld", "AAA", None)]),
    ("twice", "2025-01-15", [NOWHERE]),
]


@pytest.mark.parametrize(("person", "at", "expected"), CASES)
def test_where_somebody_was(places: Casefile, person: str, at: str, expected: list[tuple[Any, ...]]) -> None:
    assert states(places, person, at) == expected


# one person and time for each state, and for each that stand together
IN_WORDS = {
    tuple(state for state, _, _ in expected): (person, at) for person, at, expected in reversed(CASES)
}


@pytest.mark.parametrize(("person", "at"), IN_WORDS.values())
def test_every_state_is_put_into_words(places: Casefile, person: str, at: str) -> None:
    heard = said(places.root, "person", person, "--at", at)
    assert heard.code == 0, heard.err
    assert f"Person {person}, release one, at {at}" in heard.out


REASONS = [
    ("moved", "2024-12-31", "before the first recorded book-in"),
    ("moved", "2025-01-20", "the stay before ended 2025-01-05 09:00 in release (Bonded Out)"),
    ("moved", "2025-04-02", "after 2025-04-01 23:59:59, the last instant this release looks at"),
    ("removed", "2025-02-01", "in removal (Removed)"),
    ("twice", "2025-01-15", "the stay before ended 2025-01-02 10:00 in release (Bonded Out)"),
    (
        "silent",
        "2025-01-05",
        (
            "booked in at AAA 2025-01-01 10:00, no book-out: held there at most up to 2025-01-09 10:00 if the"
            " blank means so"
        ),
    ),
    (
        "hidden",
        "2025-01-05",
        (
            "withheld: at AAA, the book-out is withheld; booked in 2025-01-01 10:00: the record does not show"
            " whether still held there"
        ),
    ),
    (
        "lost",
        "2025-02-01",
        "unaccounted since 2025-01-10 06:00, nothing further recorded (transferred, no arrival, last at AAA)",
    ),
    (
        "moved",
        "2025-01-02T12:00",
        "between AAA (left 2025-01-02 11:30) and BBB (booked in 2025-01-02 13:30): in nobody's books",
    ),
    ("moved", "2025-03-05", "booked in at AAA 2025-03-01 08:00, no book-out"),
]


@pytest.mark.parametrize(("person", "at", "words"), REASONS)
def test_the_words_for_it(places: Casefile, person: str, at: str, words: str) -> None:
    heard = said(places.root, "person", person, "--at", at).out
    assert words in heard
    assert f"Person {person}, release one, at {at}" in heard


def test_every_answer_cites_its_rows(places: Casefile) -> None:
    cited = set()
    for person, at, expected in CASES:
        answers = whereabouts(places.root, person, at)
        if expected != [NOWHERE]:
            assert all(answer["address"] for answer in answers)
        cited |= {(answer[key], person) for answer in answers for key in ("address", "next_address")}
    for address, person in cited:
        if address is not None:
            (row,) = said(places.root, "rows", address, "--json").json["rows"]
            assert row["cells"]["Anonymized Identifier"] == person


def test_one_id_in_two_releases(places: Casefile) -> None:
    heard = said(places.root, "person", "last", "--json").json["persons"]
    assert [chain["release"] for chain in heard] == ["one", "two"]
    text = said(places.root, "person", "last").out
    assert "ids of different releases are different people until linked" in text
    at = said(places.root, "person", "last", "--at", "2025-05-01").out
    assert "release one, at" in at
    assert "held at CCC" in at
    assert len(said(places.root, "person", "last", "--release", "two", "--json").json["persons"]) == 1
    assert said(places.root, "person", "moved", "--release", "two").code == 1
    assert "must not be added up" in said(places.root, "headcount").err
    assert said(places.root, "headcount", "--release", "two", "--definition", "uwchr").code == 0


def test_whereabouts_as_csv(places: Casefile) -> None:
    rows = list(
        csv.DictReader(io.StringIO(said(places.root, "person", "moved", "--at", "2025-01-02", "--csv").out))
    )
    assert [row["state"] for row in rows] == ["held", "between", "held"]


@pytest.mark.parametrize(
    "at",
    ["2025-02-30", "2025", "noon", "2025-01-01T25:00", "0000-01", "9999-12", "2025-01-01T10:00+01:00", ""],
)
def test_a_time_that_is_none(places: Casefile, at: str) -> None:
    heard = said(places.root, "person", "moved", "--at", at)
    assert (heard.code, "is not a time. Write it as 2025-03-15" in heard.err) == (1, True)
