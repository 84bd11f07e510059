"""The fabricated release: same bytes from the same seed, exactly the rows asked for, both formats describing
the same rows.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow.parquet as pq
import pytest

from paradero.sources import ingest
from paradero.synthetic import Written, write_release
from paradero.synthetic.chains import custody, placing
from paradero.synthetic.chains.placing import CENTRE
from paradero.synthetic.clock import ABSENT, moment_text

ROWS = 600
KINDS = {
    "bond_only_duplicate", "same_day_duplicate", "exact_duplicate", "inversion", "overlap", "two_places", "custody_after_removal", "birth_year",
    "stay_window", "transferred_no_arrival", "no_reason", "stay_ended_stint_open", "superseded", "gap_between_stints", "death", "unreadable_cell",
    "id_missing", "blank_row", "stray_cell", "population_difference", "facility_absent",
}  # fmt: skip


@pytest.fixture(scope="session")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return write_release(tmp_path_factory.mktemp("workbooks"), rows=ROWS, seed=7)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return write_release(tmp_path_factory.mktemp("published"), rows=ROWS, seed=7, format="parquet")


def test_stints_at_the_only_centre_stay_there() -> None:
    facility, stay, role = np.zeros(3, np.int64), np.zeros(3, np.int64), np.full(3, CENTRE)
    placing._part(facility, stay, role, np.array([0]))
    assert facility.tolist() == [0, 0, 0]
    placing._part(facility, stay, role, np.array([0, 1]))
    assert facility.tolist() == [0, 1, 0]


def test_rows_that_no_whole_people_make_are_refused() -> None:
    one, none = np.array([0]), np.array([], np.int64)
    stays = custody._Stays(
        person=one, from_last=one, held=one > 0, ending=one, size=np.array([3]), stay=one, role=one,
        off_in=none, off_out=none, length=none, last_in=none,
    )  # fmt: skip
    assert custody._trim(stays, np.array([True]), 3)[1] == 1
    with pytest.raises(ValueError, match="0 detention rows were made of the 2 asked for"):
        custody._trim(stays, np.array([True]), 2)


def test_an_absent_minute_has_no_text() -> None:
    assert (moment_text(ABSENT), moment_text(90)) == (None, "1970-01-01 01:30:00")


def digests(written: Written) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(written.folder.iterdir())
    }


def taken_in(path: Path, out: Path, kind: str) -> duckdb.DuckDBPyRelation:
    ingest(path, out, source="s", file_name=path.name, processes=1)
    return duckdb.read_parquet([str(part) for part in sorted(out.glob(f"rows-{kind}-*.parquet"))])


def planted_in(written: Written) -> dict[str, list[dict[str, Any]]]:
    return {
        entry["kind"]: entry["cases"]
        for entry in json.loads(written.planted.read_text(encoding="utf-8"))["kinds"]
    }


@pytest.mark.parametrize("form", ["workbooks", "published"])
def test_same_seed_gives_same_bytes(form: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    first: Written = request.getfixturevalue(form)
    again = write_release(tmp_path, rows=ROWS, seed=7, format="xlsx" if form == "workbooks" else "parquet")
    assert digests(first) == digests(again)


def test_another_seed_gives_other_people(published: Written, tmp_path: Path) -> None:
    other = write_release(tmp_path, rows=ROWS, seed=8, format="parquet")
    ids = [
        set(pq.read_table(path, columns=["unique_identifier"])[0].to_pylist()) - {None}
        for path in (published.detentions, other.detentions)
    ]
    assert not ids[0] & ids[1]


@pytest.mark.parametrize("rows", [60, 61, 150, 299, 300, 301, 4999])
def test_exactly_the_rows_asked_for(rows: int, tmp_path: Path) -> None:
    written = write_release(tmp_path, rows=rows, seed=rows, format="parquet")
    assert written.rows == rows == pq.read_metadata(written.detentions).num_rows


def test_too_few_rows_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least 60"):
        write_release(tmp_path, rows=10, seed=1)


def test_every_kind_is_planted_twice(workbooks: Written) -> None:
    planted = planted_in(workbooks)
    assert set(planted) == KINDS
    assert {kind for kind, cases in planted.items() if len(cases) < 2} == {"facility_absent"}
    people = [
        person for cases in planted.values() for person in {case.get("person") for case in cases} if person
    ]
    assert len(people) == len(set(people)), "each fault sits on a person of its own"


@pytest.mark.parametrize("form", ["workbooks", "published"])
def test_each_file_is_recognised(form: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    written: Written = request.getfixturevalue(form)
    planted = planted_in(written)
    expected = {
        "detentions": (written.detentions, ROWS),
        "arrests": (written.arrests, written.n_arrests),
        "removals": (written.removals, written.n_removals),
        "facilities": (written.facilities, len(written.facilities.read_text().splitlines()) - 1),
    }
    for kind, (path, rows) in expected.items():
        found = ingest(path, tmp_path / kind, source="s", file_name=path.name, processes=1)
        assert (found.kinds, found.rows_kept) == ((kind,), rows)
        assert found.rows_in == rows + (len(planted["blank_row"]) if kind == "detentions" else 0)
        assert found.cells_rejected == (
            len(planted["unreadable_cell"]) + len(planted["stray_cell"])
            if (kind, form) == ("detentions", "workbooks")
            else 0
        )


def test_published_populations_are_recognised(published: Written, tmp_path: Path) -> None:
    found = ingest(
        published.facility_days, tmp_path / "days", source="s", file_name=published.facility_days.name
    )
    assert found.kinds == ("facility_days",)
    assert found.rows_kept % 1257 == 0


def test_workbook_and_parquet_describe_the_same_rows(
    workbooks: Written, published: Written, tmp_path: Path
) -> None:
    for kind, times in (
        ("detentions", "book_in_date_time, book_out_date_time"),
        ("arrests", "apprehension_date_time"),
        ("removals", "departed_date"),
    ):
        columns = f"unique_identifier, {times}, birth_year, file_original, sheet_original, row_original"
        columns += (
            ", detention_facility_code, stay_release_reason, final_order_date" if kind == "detentions" else ""
        )
        rows = [
            Counter(
                taken_in(getattr(written, kind), tmp_path / f"{kind}{number}", kind)
                .project(columns)
                .fetchall()
            )
            for number, written in enumerate((workbooks, published))
        ]
        assert rows[0] == rows[1]


def test_workbook_is_labelled_and_withholds_birth_dates(workbooks: Written, tmp_path: Path) -> None:
    for path in workbooks.folder.iterdir():
        assert path.name.startswith("FABRICATED") or path.name == "planted.json"
    ingest(
        workbooks.detentions, tmp_path / "in", source="s", file_name=workbooks.detentions.name, processes=1
    )
    cells = (
        duckdb.read_parquet(str(tmp_path / "in" / "cells-0.parquet")).order("source_row").limit(8).fetchall()
    )
    assert "FABRICATED DATA - not real records - paradero synth seed 7" in cells[1]
    assert "Stay Book In Date Time" in cells[6]
    assert "b(6), b(7)c" in cells[7]
