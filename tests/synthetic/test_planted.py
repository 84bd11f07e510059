"""Planted faults are where planted.json says, and nothing else is amiss: checked on the published rows
without paradero's own tables.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from paradero.synthetic import Written, write_release

Row = dict[str, Any]
DAY = dt.timedelta(days=1)
LAST_DAY = dt.date(2026, 3, 10)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return write_release(tmp_path_factory.mktemp("planted"), rows=3000, seed=11, format="parquet")


@pytest.fixture(scope="module")
def rows(written: Written) -> list[Row]:
    return pq.read_table(written.detentions).to_pylist()


@pytest.fixture(scope="module")
def planted(written: Written) -> dict[str, list[Row]]:
    return {
        entry["kind"]: entry["cases"]
        for entry in json.loads(written.planted.read_text(encoding="utf-8"))["kinds"]
    }


@pytest.fixture(scope="module")
def clean(rows: list[Row], planted: dict[str, list[Row]]) -> list[list[Row]]:
    """Stays of people without a planted fault, in order of book-in."""
    amiss = {case["person"] for cases in planted.values() for case in cases if "person" in case} | {None}
    stays: dict[tuple[str, dt.datetime], list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row["book_in_date_time"]):
        if row["unique_identifier"] not in amiss:
            stays[row["unique_identifier"], row["stay_book_in_date_time"]].append(row)
    return list(stays.values())


def at(rows: list[Row], case: Row, prefix: str = "") -> Row:
    return next(
        row
        for row in rows
        if (row["sheet_original"], row["row_original"]) == (case[f"{prefix}sheet"], case[f"{prefix}row"])
    )


def test_clean_stays_are_clean(clean: list[list[Row]]) -> None:
    assert len(clean) > 700
    for stay in clean:
        last = stay[-1]
        assert stay[0]["book_in_date_time"] == last["stay_book_in_date_time"]
        assert last["book_out_date_time"] == last["stay_book_out_date_time"]
        assert last["detention_release_reason"] == last["stay_release_reason"]
        assert (last["stay_release_reason"] is None) == (last["book_out_date_time"] is None)
        for before, after in itertools.pairwise(stay):
            assert dt.timedelta() < after["book_in_date_time"] - before["book_out_date_time"] < DAY
            assert before["detention_facility_code"] != after["detention_facility_code"]
            assert before["detention_release_reason"] == "Transferred"
        if last["departed_date"]:
            assert last["book_out_date_time"].date() <= last["departed_date"] <= LAST_DAY


def test_only_last_stays_are_open(clean: list[list[Row]]) -> None:
    latest: dict[str, Row] = {}
    for stay in clean:
        person = stay[0]["unique_identifier"]
        assert (
            person not in latest
            or latest[person]["book_out_date_time"] + 45 * DAY <= stay[0]["book_in_date_time"]
        )
        latest[person] = stay[-1]
        assert all(row["book_out_date_time"] for row in stay[:-1])


def test_duplicates(rows: list[Row], planted: dict[str, list[Row]]) -> None:
    address = {"sheet_original", "row_original"}
    for kind, differing in (
        ("exact_duplicate", set()),
        ("bond_only_duplicate", {"bond_posted_date", "bond_posted_amount", "initial_bond_set_amount"}),
    ):
        for case in planted[kind]:
            one, other = at(rows, case), at(rows, case, "other_")
            assert {name for name in one if one[name] != other[name]} - address == differing
    for case in planted["same_day_duplicate"]:
        one, other = at(rows, case), at(rows, case, "other_")
        assert {name for name in one if one[name] != other[name]} - address == {"book_in_date_time"}
        assert one["book_in_date_time"].date() == other["book_in_date_time"].date()
        assert one["book_in_date_time"] < other["book_in_date_time"]


def test_times_that_cannot_be(rows: list[Row], planted: dict[str, list[Row]]) -> None:
    for case in planted["inversion"]:
        row = at(rows, case)
        assert row["book_in_date_time"] - row["book_out_date_time"] == dt.timedelta(
            minutes=case["size_minutes"]
        )
    for case in planted["overlap"]:
        row, other = at(rows, case), at(rows, case, "other_")
        assert row["book_out_date_time"] - other["book_in_date_time"] == dt.timedelta(
            minutes=case["size_minutes"]
        )
    for case in planted["two_places"]:
        row, other = at(rows, case), at(rows, case, "other_")
        assert row["book_in_date_time"] == other["book_in_date_time"]
        assert row["detention_facility_code"] != other["detention_facility_code"]


def test_unaccounted(rows: list[Row], planted: dict[str, list[Row]]) -> None:
    expected = {
        "transferred_no_arrival": ("book_out_date_time", "Transferred", False),
        "no_reason": ("book_out_date_time", None, None),
        "stay_ended_stint_open": ("stay_book_out_date_time", None, True),
        "superseded": ("book_in_date_time", None, False),
        "gap_between_stints": ("book_out_date_time", "Transferred", True),
    }
    for kind, (since, reason, ended) in expected.items():
        for case in planted[kind]:
            row = at(rows, case)
            assert str(row[since]) == case["since"]
            assert row["detention_release_reason"] == reason
            assert ended is None or ended == (row["stay_book_out_date_time"] is not None)
            if case["until"]:
                assert str(at(rows, case, "other_")["book_in_date_time"]) == case["until"]


def test_removals_and_deaths(written: Written, rows: list[Row], planted: dict[str, list[Row]]) -> None:
    removed = {
        row["unique_identifier"]: row["departed_date"] for row in pq.read_table(written.removals).to_pylist()
    }
    for case in planted["custody_after_removal"]:
        row = at(rows, case)
        day = row["departed_date"] if case["by"] == "recorded-departure" else removed[case["person"]]
        assert row["departed_date"] is None or case["person"] not in removed
        after = row["book_out_date_time"] - dt.datetime.combine(day + DAY, dt.time())
        assert after == dt.timedelta(minutes=case["size_minutes"])
    for case in planted["death"]:
        assert (at(rows, case)["stay_release_reason"], at(rows, case)["case_status"]) == ("Died", "7-Died")


def test_persons(rows: list[Row], planted: dict[str, list[Row]]) -> None:
    assert sum(row["unique_identifier"] is None for row in rows) == len(planted["id_missing"])
    for case in planted["id_missing"]:
        assert at(rows, case)["unique_identifier"] is None
    for case in planted["birth_year"]:
        years = {row["birth_year"] for row in rows if row["unique_identifier"] == case["person"]}
        assert max(years) - min(years) == case["years"]
    for case in planted["stay_window"]:
        row, minutes = at(rows, case), dt.timedelta(minutes=case["size_minutes"])
        last = max(
            (own for own in rows if own["unique_identifier"] == case["person"]),
            key=lambda own: own["book_in_date_time"],
        )
        assert row["book_in_date_time"] - row["stay_book_in_date_time"] == (
            minutes if case["at"] == "start" else dt.timedelta()
        )
        assert last["stay_book_out_date_time"] - last["book_out_date_time"] == (
            minutes if case["at"] == "end" else dt.timedelta()
        )


def test_published_populations_differ_only_where_planted(
    written: Written, rows: list[Row], planted: dict[str, list[Row]]
) -> None:
    midnight: dict[tuple[str, dt.date], set[str]] = defaultdict(set)
    any_time: dict[tuple[str, dt.date], set[str]] = defaultdict(set)
    for number, row in enumerate(rows):
        person, code = row["unique_identifier"] or str(number), row["detention_facility_code"]
        first = row["book_in_date_time"].date()
        out = row["book_out_date_time"].date() if row["book_out_date_time"] else LAST_DAY
        for step in range((max(first, out) - first).days + 1):
            any_time[code, first + step * DAY].add(person)
            if first + step * DAY < out or row["book_out_date_time"] is None:
                midnight[code, first + step * DAY].add(person)
    found = set()
    table = pq.read_table(written.facility_days).to_pylist()
    for row in table:
        key = (row["detention_facility_code"], row["date"])
        for name, counted in (("n_detained_at_midnight", midnight), ("n_detained", any_time)):
            if row[name] != len(counted.get(key, ())):
                found.add((key[0], str(key[1]), name, row[name] - len(counted.get(key, ()))))
    assert found == {
        (case["detention_facility_code"], case["date"], case["column_name"], case["difference"])
        for case in planted["population_difference"]
    }
    absent = {row["detention_facility_code"] for row in rows} - {
        row["detention_facility_code"] for row in table
    }
    assert absent == {case["detention_facility_code"] for case in planted["facility_absent"]}


def test_planted_says_what_must_be_reported(written: Written) -> None:
    entries = json.loads(Path(written.planted).read_text(encoding="utf-8"))["kinds"]
    assert all(entry["report"]["table"] and entry["report"]["column"] and entry["words"] for entry in entries)
