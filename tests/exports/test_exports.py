"""The same rows in every format, byte for byte the same twice, whole or not at all."""

from __future__ import annotations

import csv
import datetime as dt
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest
from attack.scale import at_length, draws
from casefile.made import RELEASE, said
from pyarrow import feather

from paradero.building.adding import add
from paradero.building.building import build
from paradero.building.tables import legible, open_tables
from paradero.casefile.folder import Casefile, create
from paradero.exports import FORMATS, export
from paradero.model.errors import ParaderoError, UnknownName

Rows = list[tuple[Any, ...]]
NOTE = {"scope": "a test", "digest": "0"}
TABLES = ("stints", "stays", "unaccounted", "releases", "rejects", "headcount_definitions")

DDP_STINTS = [
    "unique_identifier",
    "stay_ID",
    "stint_ID",
    "duplicate_likely_bond",
    "duplicate_likely_sameday",
    "duplicate_drop_row",
    "duplicate_likely",
    "initial_bond_set_amount_lowest_seen",
    "initial_bond_set_date_earliest_seen",
    "bond_posted_amount_lowest_seen",
    "bond_posted_date_earliest_seen",
    "stay_book_in_date_time",
    "book_in_date_time",
    "book_out_date_time",
    "detention_facility",
    "detention_facility_code",
    "detention_release_reason",
    "stay_release_reason",
    "departed_date",
    "departure_country",
    "final_order_date",
    "file_original",
    "sheet_original",
    "row_original",
]
DDP_STAYS = [
    "unique_identifier",
    "stay_ID",
    "n_stints",
    "n_stays",
    "detention_facility_codes_all",
    "detention_facility_first",
    "detention_facility_code_first",
    "book_in_date_time_first",
    "book_out_date_time_first",
    "detention_facility_longest",
    "detention_facility_code_longest",
    "book_in_date_time_longest",
    "book_out_date_time_longest",
    "detention_facility_last",
    "detention_facility_code_last",
    "book_in_date_time_last",
    "book_out_date_time_last",
    "stay_book_in_date_time",
    "stay_book_out_date_time",
    "stay_release_reason",
    "departed_date",
    "departure_country",
    "final_order_date",
    "initial_bond_set_amount_lowest_seen",
    "initial_bond_set_date_earliest_seen",
    "bond_posted_amount_lowest_seen",
    "bond_posted_date_earliest_seen",
]


def _plain(value: Any) -> Any:
    """A value as formats without times hold it."""
    return str(value) if isinstance(value, dt.datetime | dt.date) else value


def _to_the_second(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.replace(microsecond=0)
    return dt.datetime.combine(value, dt.time()) if isinstance(value, dt.date) else value


def rows_in(case: Casefile, table: str) -> tuple[list[str], Rows]:
    with open_tables(case, table) as built:
        relation = legible(built, table)
        return relation.columns, relation.fetchall()


@pytest.fixture(scope="module")
def files(whole: Casefile, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every table in every format, by `table.ending`; in the suite every other one."""
    folder = tmp_path_factory.mktemp("exports")
    for table in TABLES[:: draws(2, 1)]:
        with open_tables(whole, table) as built:
            for ending in FORMATS:
                export(legible(built, table), folder / f"{table}{ending}", name=table, note=NOTE)
    return {path.name: path for path in folder.iterdir()}


@pytest.mark.parametrize("table", TABLES[:: draws(2, 1)])
def test_parquet_and_feather_keep_rows_and_types(whole: Casefile, files: dict[str, Path], table: str) -> None:
    names, rows = rows_in(whole, table)
    for found in (pq.read_table(files[f"{table}.parquet"]), feather.read_table(files[f"{table}.feather"])):
        assert found.column_names == names
        assert [tuple(row.values()) for row in found.to_pylist()] == rows
    schemas = [
        pq.read_schema(files[f"{table}.parquet"]),
        feather.read_table(files[f"{table}.feather"]).schema,
    ]
    assert schemas[0].types == schemas[1].types


@pytest.mark.parametrize("table", TABLES[:: draws(2, 1)])
def test_text_formats_hold_the_same_rows(whole: Casefile, files: dict[str, Path], table: str) -> None:
    names, rows = rows_in(whole, table)
    with files[f"{table}.csv"].open(newline="", encoding="utf-8") as stream:
        header, *lines = csv.reader(stream)
    assert header == names
    assert [[cell or None for cell in line] for line in lines] == [
        [_csv_text(value) for value in row] for row in rows
    ]
    found = [json.loads(line) for line in files[f"{table}.jsonl"].read_text(encoding="utf-8").splitlines()]
    assert [list(row) for row in found[:1]] == [names][: len(found)]
    assert [tuple(row.values()) for row in found] == [tuple(map(_plain, row)) for row in rows]


def _csv_text(value: Any) -> str | None:
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value) or None


@pytest.mark.parametrize("table", TABLES[:: draws(2, 1)])
def test_sqlite_and_workbook_hold_the_same_rows(whole: Casefile, files: dict[str, Path], table: str) -> None:
    names, rows = rows_in(whole, table)
    with closing(sqlite3.connect(files[f"{table}.sqlite"])) as database:
        cursor = database.execute(f'SELECT * FROM "{table}"')
        assert [column[0] for column in cursor.description] == names
        assert cursor.fetchall() == [tuple(map(_plain, row)) for row in rows]
        assert dict(database.execute("SELECT * FROM about")) == NOTE
    book = openpyxl.load_workbook(files[f"{table}.xlsx"], read_only=True)
    assert book.sheetnames == ["about", table]
    header, *cells = book[table].iter_rows(values_only=True)
    assert list(header) == names
    wanted = [tuple(map(_to_the_second, row)) for row in rows]
    assert [tuple(row) + (None,) * (len(names) - len(row)) for row in cells] == wanted
    book.close()


def test_twice_is_byte_for_byte_the_same(whole: Casefile, files: dict[str, Path], tmp_path: Path) -> None:
    for table in TABLES[:: draws(2, 1)]:
        with open_tables(whole, table, threads=2) as built:
            for ending in FORMATS:
                export(legible(built, table), tmp_path / f"{table}{ending}", name=table, note=NOTE)
    again = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert len(again) >= 2 * len(FORMATS)
    assert [name for name, content in again.items() if files[name].read_bytes() != content] == []


def test_many_rows_twice_with_other_threads(tmp_path: Path) -> None:
    for threads in (1, 2):
        with duckdb.connect(config={"threads": threads}) as connection:
            many = connection.sql(
                "SELECT i AS row_id, CASE WHEN i % 7 = 0 THEN NULL ELSE 'text ' || i % 1000 END AS t, i / 3"
                " AS d FROM range(400_000) r(i)"
            )
            for ending in (".parquet", ".feather", ".csv"):
                export(many, tmp_path / f"{threads}{ending}", name="many", note=NOTE)
    for ending in (".parquet", ".feather", ".csv"):
        assert (tmp_path / f"1{ending}").read_bytes() == (tmp_path / f"2{ending}").read_bytes()


def test_a_workbook_goes_on_on_another_sheet(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        for n_rows, sheets in ((0, 1), (9, 1), (10, 1), (11, 2), (25, 3)):
            path = tmp_path / f"{n_rows}.xlsx"
            export(
                connection.sql(f"SELECT i AS a FROM range({n_rows}) r(i)"),
                path,
                name="a table with quite a long name",
                note=NOTE,
                rows_a_sheet=10,
            )
            book = openpyxl.load_workbook(path)
            assert len(book.sheetnames) == 1 + sheets
            found = [list(book[name].values) for name in book.sheetnames[1:]]
            assert all(rows[0] == ("a",) for rows in found)
            assert [row[0] for rows in found for row in rows[1:]] == list(range(n_rows))


def test_the_last_instant_of_a_day_stays_in_its_day(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        export(
            connection.sql("SELECT TIMESTAMP '2026-03-10 23:59:59.999999' AS t"),
            tmp_path / "t.xlsx",
            name="t",
            note=NOTE,
        )
    assert openpyxl.load_workbook(tmp_path / "t.xlsx")["t"]["A2"].value == dt.datetime(
        2026, 3, 10, 23, 59, 59
    )


def test_a_formula_stays_text(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        export(
            connection.sql("SELECT '=1+1' AS t, '0012' AS n, 'http://x' AS u"),
            tmp_path / "t.xlsx",
            name="t",
            note=NOTE,
        )
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["t"]
    assert [cell.value for cell in sheet[2]] == ["=1+1", "0012", "http://x"]
    assert sheet["A2"].data_type == "s"


def test_a_failing_export_leaves_what_was_there(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        long = connection.sql("SELECT repeat('x', 40000) AS t")
        wrong = connection.sql(
            "SELECT CASE WHEN i = 99999 THEN CAST('x' AS INTEGER) ELSE 1 END AS t FROM (SELECT i, i::VARCHAR"
            " AS x FROM range(100000) r(i))"
        )
        for ending in FORMATS:
            path = tmp_path / f"kept{ending}"
            path.write_bytes(b"before")
            if ending == ".xlsx":
                with pytest.raises(ParaderoError, match=r"32,767 letters"):
                    export(long, path, name="t", note=NOTE)
            with pytest.raises(duckdb.Error):
                export(wrong, path, name="t", note=NOTE)
            assert path.read_bytes() == b"before"
        with pytest.raises(UnknownName, match=r"Write one of \.parquet"):
            export(long, tmp_path / "x.foo", name="t", note=NOTE)
        (tmp_path / "folder.csv").mkdir()
        (tmp_path / "file").write_text("x")
        for path in (tmp_path / "folder.csv", tmp_path / "file" / "x.csv"):
            with pytest.raises(ParaderoError, match="what was there before is unchanged"):
                export(long, path, name="t", note=NOTE)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "file",
        "folder.csv",
        *sorted(f"kept{ending}" for ending in FORMATS),
    ]


def test_names_are_those_of_the_deportation_data_project(whole: Casefile) -> None:
    assert set(DDP_STINTS) <= set(rows_in(whole, "stints")[0])
    assert set(DDP_STAYS) <= set(rows_in(whole, "stays")[0])


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    """A casefile of one small text file with seven columns."""
    folder = tmp_path_factory.mktemp("narrow")
    (folder / "stints.csv").write_text(
        "Stay Book In Date Time,Book In Date Time,Detention Facility,Detention Facility Code,Book Out Date"
        " Time,Birth Year,Anonymized Identifier\n2025-01-01 10:00:00,2025-01-01"
        " 10:00:00,EXAMPLE,EXACODE,2025-01-02 11:30:00,1990,00ab\n"
    )
    case = create(folder / "case")
    add(case, folder / "stints.csv")
    build(case)
    return case


def test_names_are_the_same_where_the_file_lacks_columns(
    narrow: Casefile, whole: Casefile, tmp_path: Path
) -> None:
    for table in ("stints", "stays"):
        assert rows_in(narrow, table)[0] == rows_in(whole, table)[0]
        for case, ending in ((narrow, "n"), (whole, "w")):
            assert (
                said(case.root, "export", table, "-o", str(tmp_path / f"{table}-{ending}.parquet")).code == 0
            )
        ours, theirs = (pq.read_schema(tmp_path / f"{table}-{ending}.parquet") for ending in "nw")
        assert ours.equals(theirs)


@at_length
def test_both_in_one_casefile(narrow: Casefile, whole: Casefile, fabricated: Path, tmp_path: Path) -> None:
    case = create(tmp_path / "case")
    for path in (
        next(narrow.sources.iterdir()),
        next(path for path in fabricated.iterdir() if "Detentions" in path.name),
    ):
        add(case, path, release=RELEASE)
    build(case)
    for table in ("stints", "stays"):
        names, rows = rows_in(case, table)
        assert names == rows_in(whole, table)[0]
        assert len(rows) == len(rows_in(whole, table)[1]) + 1


def test_rows_come_in_file_order_with_their_addresses(whole: Casefile) -> None:
    names, rows = rows_in(whole, "stints")
    numbers = [row[names.index("row_id")] for row in rows]
    assert numbers == sorted(numbers)
    places = [
        tuple(row[names.index(name)] for name in ("row_id_address", "source", "source_sheet", "source_row"))
        for row in rows
    ]
    assert all(address == f"{source}:{sheet}:{row}" for address, source, sheet, row in places)
