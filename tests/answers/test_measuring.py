"""What the records and the timeline measure for costs: sums of daily counts, removals, hours between moments;
and what they do not cover.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from attack.scale import draws
from casefile.made import RELEASE, copied, new_reference, said

from paradero.answers.books.measuring import measured_of
from paradero.building.tables import open_tables
from paradero.casefile.folder import Casefile
from paradero.model.errors import UnknownName
from paradero.money.cost_files import ElapsedFile, LedgerFile

COVERED = """
[releases."{release}"]
covers_from = 2022-10-01T00:00:00
"""


def declared(case: Casefile) -> Casefile:
    """The casefile with somebody's word that its release covers everything since October 2022."""
    path = case.root / "paradero.toml"
    path.write_text(path.read_text(encoding="utf-8") + COVERED.format(release=RELEASE), encoding="utf-8")
    return case


@pytest.fixture(scope="module")
def covered(whole: Casefile, tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    return declared(copied(whole, tmp_path_factory.mktemp("covered") / "case"))


def days(**more: Any) -> LedgerFile:
    return LedgerFile(**{"counts": "person_days", "first": "2024-01", "last": "2024-03", **more})


def test_groups_add_up_to_everybody_and_days_to_months(covered: Casefile) -> None:
    measured = measured_of(covered)
    placements = {"definition": "uwchr", "by": "detention_facility_code"}
    with open_tables(covered, "stint_spans") as built:
        codes = [
            row["code"]
            for row in built.rows(
                "SELECT DISTINCT detention_facility_code AS code FROM stint_spans WHERE code IS NOT NULL"
                " ORDER BY code"
            )
        ]
        (row,) = built.rows("SELECT count(*) AS n FROM stint_spans WHERE detention_facility_code IS NULL")
    assert row["n"] == 0
    # in the suite the places are dealt into a few hands, in `make attack` each is measured alone
    hands = [tuple(codes[number :: draws(2, len(codes))]) for number in range(draws(2, len(codes)))]
    every, each = (
        measured(days(**placements)),
        [measured(days(**placements, is_one_of=hand)) for hand in hands],
    )
    for name in ("lo", "mode"):
        assert getattr(every, name) == sum(getattr(one, name) for one in each)
    # whoever is unaccounted for may be in any of the places, and counts once to the upper bound of each
    # measure
    heard = said(
        covered.root,
        "headcount",
        "--definition",
        "uwchr",
        "--from",
        "2024-01-01",
        "--to",
        "2024-03-31",
        "--json",
    ).json["rows"]
    anywhere = sum(row["n_hi"] for row in heard if row["detention_facility_code"] is None)
    assert anywhere > 0
    assert every.hi - anywhere == sum(one.hi - anywhere for one in each)
    assert measured(days(**placements, is_one_of=tuple(codes))).hi == every.hi
    parts = [measured(days(last="2024-01")), measured(days(first="2024-02"))]
    people = measured(days())
    assert people.mode == sum(one.mode or 0 for one in parts)
    assert (str(people.unit), str(every.unit)) == ("person*day", "day*placement")


def test_nothing_but_a_statement_covers_days(whole: Casefile, covered: Casefile) -> None:
    inside = days()
    assert measured_of(covered)(inside).hi is not None
    outside = [
        days(first="2015-01"),
        days(last="2030-01"),
        days(first="2026-03-10", last="2026-03-11"),
        days(first="2022-09-30", last="2022-10-02"),
    ]
    for case, asked in [(whole, inside), *((covered, one) for one in outside[:: draws(2, 1)])]:
        found = measured_of(case)(asked)
        assert found.lo is not None
        assert (found.mode, found.hi) == (None, None)
        assert "covers_from" in found.said[0].note
        assert measured_of(case)(LedgerFile(counts="removals", first=asked.first, last=asked.last)).hi is None


def made(tmp_path: Path, rows: list[str]) -> Casefile:
    """A casefile of a few stints: facility code, book-in, book-out, person."""
    header = (
        "Stay Book In Date Time,Book In Date Time,Detention Facility,Detention Facility Code,Book Out Date"
        " Time,Detention Release Reason,Unique Identifier\n"
    )
    lines = []
    for row in rows:
        code, begin, end, person = row.split(",")
        lines.append(f"{begin},{begin},{code},{code},{end},{'Removed' if end else ''},{person}\n")
    (tmp_path / "detentions.csv").write_text(header + "".join(lines), encoding="utf-8")
    assert said(tmp_path, "new", "case").code == 0
    assert said(tmp_path / "case", "add", "../detentions.csv", "--release", RELEASE).code == 0
    assert said(tmp_path / "case", "build").code == 0
    return declared(Casefile(tmp_path / "case"))


STINTS = [
    "AAAA,2024-01-02 08:00:00,2024-01-07 08:00:00,p1",
    "BBBB,2024-01-02 08:00:00,2024-01-05 08:00:00,p2",
    ",2024-01-02 08:00:00,2024-01-12 08:00:00,p3",
    "AAAA,2015-01-02 08:00:00,2024-01-31 08:00:00,p4",
    "AAAA,2024-02-20 08:00:00,2024-02-25 08:00:00,p5",
]


# of whom no day of February has a count; p7 may have been there all the while
UNCOUNTED = [
    "AAAA,2024-02-20 08:00:00,2024-02-22 08:00:00,p6",
    "BBBB,2024-02-01 08:00:00,,p7",
    "BBBB,2024-02-12 08:00:00,2024-02-14 08:00:00,p7",
]


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    return made(tmp_path_factory.mktemp("few"), STINTS + UNCOUNTED)


def test_people_of_an_unsaid_group_count_to_the_upper_bound(few: Casefile) -> None:
    found = measured_of(few)(
        days(first="2024-01-01", last="2024-01-31", by="detention_facility_code", is_one_of=("BBBB",))
    )
    assert (found.lo, found.mode, found.hi) == (3, 3, 13)


def test_an_old_book_in_covers_no_years(few: Casefile) -> None:
    found = measured_of(few)(days(first="2018-01", last="2018-12", definition="uwchr"))
    assert (found.lo, found.hi) == (365, None)


@pytest.mark.parametrize("definition", ["ddp-midnight", "vera-midnight", "uwchr", "noon"][:: draws(2, 1)])
def test_days_without_a_count_keep_their_upper_bound(few: Casefile, definition: str) -> None:
    found = measured_of(few)(days(first="2024-02-01", last="2024-02-11", definition=definition))
    assert found.hi is not None
    assert found.hi >= 10


def test_another_measure_has_another_symbol_and_the_same_the_same(few: Casefile) -> None:
    measured, codes = measured_of(few), {"by": "detention_facility_code"}
    month = measured(days(first="2024-03", last="2024-03")).symbol
    assert month != measured(days(first="2024-03", last="2024-03", **codes)).symbol
    assert month == measured(days(first="2024-03-01", last="2024-03-31", release=RELEASE)).symbol
    one, other = (measured(days(**codes, is_one_of=each)) for each in (("AAAA", "BBBB"), ("BBBB", "AAAA")))
    assert one.symbol == other.symbol != month


def test_removals_are_counted_once(covered: Casefile) -> None:
    found = measured_of(covered)(LedgerFile(counts="removals", first="2023-01", last="2025-12"))
    with open_tables(covered, "removals") as built:
        (row,) = built.rows(
            "SELECT count(*) FILTER (WHERE make_timestamp(departed) >= TIMESTAMP '2023-01-01' AND"
            " make_timestamp(departed) < TIMESTAMP '2026-01-01') AS n, count(*) FILTER (WHERE departed IS"
            " NULL) AS undated FROM removals WHERE copy = 1"
        )
    assert (found.lo, found.hi) == (row["n"], row["n"] + row["undated"])
    assert found.said[0].seen[0].startswith("FABRICATED_Removals")


WRONG = [
    (LedgerFile(counts="person_days", first="2024-02", last="2024-01"), "is after `last`"),
    (LedgerFile(counts="person_days", first="soon", last="2024-01"), "soon"),
    (LedgerFile(counts="person_days", first="2024-01", last="2024-02", definition="none-such"), "none-such"),
    (LedgerFile(counts="person_days", first="2024-01", last="2024-02", by="shoe_size"), "shoe_size"),
    (
        LedgerFile(
            counts="person_days",
            first="2024-01",
            last="2024-02",
            by="detention_facility_code",
            is_one_of=("MOON",),
        ),
        "MOON",
    ),
    (
        LedgerFile(counts="removals", first="2024-01", last="2024-02", release="OTHER"),
        "0 data releases have the removals",
    ),
    (LedgerFile(counts="removals", first="2024-01", last="2024-02", by="state"), "without `by`"),
]


@pytest.mark.parametrize(("asked", "words"), WRONG)
def test_what_cannot_be_measured_is_said(whole: Casefile, asked: LedgerFile, words: str) -> None:
    with pytest.raises(UnknownName) as caught:
        measured_of(whole)(asked)
    assert words in str(caught.value)


def test_hours_between_moments_have_the_bounds_of_both(tmp_path: Path) -> None:
    new_reference(tmp_path / "case")
    measured = measured_of(Casefile(tmp_path / "case"))
    found = measured(ElapsedFile(since="leg-1.departure", until="leg-1.landing", unit="hour"))
    # said to have left at 17:25 or 17:26 and landed at 19:37, each to the minute
    assert found.lo is not None
    assert found.hi is not None
    assert Fraction(2) < found.lo <= Fraction(131, 60) <= found.hi < Fraction(5)
    assert {one.by for one in found.said} >= {"ABC News"}
    with pytest.raises(UnknownName, match="a moment"):
        measured(ElapsedFile(since="leg-9.departure", until="leg-1.landing", unit="day"))
    in_days = measured(ElapsedFile(since="leg-1.departure", until="leg-1.landing", unit="day"))
    assert (in_days.symbol != found.symbol, in_days.hi) == (True, found.hi / 24)
    assert measured(ElapsedFile(since="leg-1.landing", until="leg-1.landing", unit="day")).hi == 0
    assert (measured(ElapsedFile(since="leg-1.landing", until="leg-1.hand_over", unit="day")).lo or 0) >= 0


@pytest.mark.parametrize(
    ("outcome", "words"), [("happened = false", "did not happen"), ("", "if it happened")]
)
def test_the_time_of_what_did_not_happen_is_no_time(tmp_path: Path, outcome: str, words: str) -> None:
    assert said(tmp_path, "new", "case").code == 0
    (tmp_path / "case" / "events").mkdir()
    said_by = 'by = "A"\nevidence = "court"\nseen = ["https://example.org"]\n'
    moments = "".join(
        f'[[moment]]\nphase = "{phase}"\n[[moment.said]]\ntime = "{time}"\n{said_by}'
        for phase, time in (
            ("departure", "2025-03-15T10:00Z/2025-03-15T15:00Z"),
            ("landing", "2025-03-15T12:00Z/2025-03-15T15:00Z"),
        )
    )
    text = (
        'id = "x"\nwhat = "X"\nwhat_es = "X"\nkind = "removal"\n[subject]\nid = "s"\nwhat = "s"\nwhat_es ='
        ' "s"\n' + moments
    )
    (tmp_path / "case" / "events" / "x.toml").write_text(
        text + (f"[[outcome]]\n{outcome}\n{said_by}" if outcome else ""), encoding="utf-8"
    )
    measured, asked = (
        measured_of(Casefile(tmp_path / "case")),
        ElapsedFile(since="x.departure", until="x.landing", unit="hour"),
    )
    if outcome:
        with pytest.raises(UnknownName, match=words):
            measured(asked)
    else:
        found = measured(asked)
        assert (words in found.what, found.lo) == (True, 0)
