"""What the records and the timeline measure for costs: sums of daily counts, removals, hours between moments; and what they do not cover."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from casefile.made import said
from paradero.casefile.folder import Casefile
from paradero.casefile.measuring import measured_of
from paradero.casefile.tables import open_tables
from paradero.model.errors import UnknownName
from paradero.money.costs import ElapsedFile, LedgerFile

EVERY_DAY = LedgerFile(counts="person_days", first="2024-01-01", last="2024-03-31")


def test_groups_add_up_to_everybody_and_days_to_months(whole: Casefile) -> None:
    measured = measured_of(whole)
    placements = {"counts": "person_days", "definition": "uwchr", "by": "detention_facility_code", "first": "2024-01", "last": "2024-03"}
    with open_tables(whole, "stint_spans") as built:
        codes = [row["code"] for row in built.rows("SELECT DISTINCT detention_facility_code AS code FROM stint_spans WHERE code IS NOT NULL ORDER BY code")]
    every = measured(LedgerFile(**placements))
    counted = [code for code in codes if _n(whole, code) > 0]
    each = [measured(LedgerFile(**placements, is_one_of=(code,))) for code in counted]
    assert every.mode == sum(one.mode or 0 for one in each)
    assert (every.lo, every.hi) == (sum(one.lo or 0 for one in each), sum(one.hi or 0 for one in each))
    months = [measured(LedgerFile(counts="person_days", first=month, last=month)) for month in ("2024-01", "2024-02", "2024-03")]
    assert measured(EVERY_DAY).mode == sum(one.mode or 0 for one in months)
    assert str(measured(EVERY_DAY).unit) == "day*person" or str(measured(EVERY_DAY).unit) == "person*day"


def _n(case: Casefile, code: str) -> int:
    heard = said(case.root, "headcount", "--definition", "uwchr", "--by", "detention_facility_code", "--from", "2024-01", "--to", "2024-03", "--json")
    return sum(row["n"] for row in heard.json["rows"] if row["detention_facility_code"] == code)


def test_outside_of_the_release_there_is_no_upper_bound(whole: Casefile) -> None:
    for first, last in (("2015-01", "2024-03"), ("2024-03", "2030-01")):
        found = measured_of(whole)(LedgerFile(counts="person_days", first=first, last=last))
        assert found.lo is not None
        assert (found.mode, found.hi) == (None, None)
        assert measured_of(whole)(LedgerFile(counts="removals", first=first, last=last)).hi is None


def test_removals_are_counted_once(whole: Casefile) -> None:
    found = measured_of(whole)(LedgerFile(counts="removals", first="2023-01", last="2025-12"))
    with open_tables(whole, "removals") as built:
        (row,) = built.rows(
            "SELECT count(*) FILTER (WHERE make_timestamp(departed) >= TIMESTAMP '2023-01-01' AND make_timestamp(departed) < TIMESTAMP '2026-01-01') AS n,"
            " count(*) FILTER (WHERE departed IS NULL) AS undated FROM removals WHERE copy = 1"
        )
    assert (found.lo, found.hi) == (row["n"], row["n"] + row["undated"])
    assert found.said[0].seen[0].startswith("FABRICATED_Removals")


WRONG = [
    (LedgerFile(counts="person_days", first="2024-02", last="2024-01"), "not after `last`"),
    (LedgerFile(counts="person_days", first="soon", last="2024-01"), "soon"),
    (LedgerFile(counts="person_days", first="2024-01", last="2024-02", definition="none-such"), "none-such"),
    (LedgerFile(counts="person_days", first="2024-01", last="2024-02", by="shoe_size"), "shoe_size"),
    (LedgerFile(counts="person_days", first="2024-01", last="2024-02", by="detention_facility_code", is_one_of=("MOON",)), "MOON"),
    (LedgerFile(counts="removals", first="2024-01", last="2024-02", release="OTHER"), "found 0"),
    (LedgerFile(counts="removals", first="2024-01", last="2024-02", by="state"), "without `by`"),
]


@pytest.mark.parametrize(("asked", "words"), WRONG)
def test_what_cannot_be_measured_is_said(whole: Casefile, asked: LedgerFile, words: str) -> None:
    with pytest.raises(UnknownName) as caught:
        measured_of(whole)(asked)
    assert words in str(caught.value)


def test_hours_between_moments_have_the_bounds_of_both(tmp_path: Path) -> None:
    assert said(tmp_path, "new", "case", "--from", "cecot-2025").code == 0
    measured = measured_of(Casefile(tmp_path / "case"))
    found = measured(ElapsedFile(since="leg-1.departure", until="leg-1.landing", unit="hour"))
    # said to have left at 17:25 or 17:26 and landed at 19:37, each to the minute
    assert found.lo is not None
    assert found.hi is not None
    assert Fraction(2) < found.lo <= Fraction(131, 60) <= found.hi < Fraction(5)
    assert {one.by for one in found.said} >= {"ABC News"}
    with pytest.raises(UnknownName, match="a moment"):
        measured(ElapsedFile(since="leg-9.departure", until="leg-1.landing", unit="day"))
