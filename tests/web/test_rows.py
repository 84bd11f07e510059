"""A row of an original on the site, held against the original itself as other libraries read it."""

from __future__ import annotations

import csv
import datetime as dt
import re
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from attack.scale import sampled

from paradero.building.adding import add
from paradero.building.building import build
from paradero.casefile.folder import create
from paradero.casefile.originals import original_path, sources_of
from web.asked import Site, records
from web.read_tables import Read

GRID = "The row and up to three rows either side"
KINDS = ("telephone", "date of birth", "address")
FILLED = "The row, cell by cell; blank cells left out"


def _printed(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    return "" if value is None else str(value).strip()


def _page(site: Site, address: str, options: str = "") -> Read:
    answer = site.ask(f"/en/rows/{quote(address)}{options}")
    assert answer.status_code == 200, answer.text
    return Read(answer.text)


def test_the_grid_is_that_of_the_workbook() -> None:
    site = records()
    source = next(one for one in sources_of(site.case) if "Detentions" in one.file_name)
    sheet = openpyxl.load_workbook(original_path(site.case, source), read_only=True).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    header = next(number for number, row in enumerate(rows, 1) if "Birth Date" in row)
    birth = rows[header - 1].index("Birth Date")
    cited = header + 9
    grid = _page(site, f"{source.source}:{sheet.title}:{cited}").rows(GRID)
    assert grid[0][1:4] == ["A", "B", "C"]
    assert grid[1] == [str(header), *map(_printed, rows[header - 1])]
    assert [row[0] for row in grid[2:]] == [str(cited + each) for each in range(-3, 4)]
    for shown in grid[2:]:
        original = list(map(_printed, rows[int(shown[0]) - 1]))
        if original[birth]:
            original[birth] = "a direct identifier, not shown"
        assert shown[1:] == original


def test_a_cell_is_outlined_and_quoted_by_letter_and_by_header() -> None:
    site = records()
    source = next(one for one in sources_of(site.case) if "Detentions" in one.file_name)
    sheet = openpyxl.load_workbook(original_path(site.case, source), read_only=True).worksheets[0]
    header = next(
        number for number, row in enumerate(sheet.iter_rows(values_only=True), 1) if "Gender" in row
    )
    address = f"{source.source}:{sheet.title}:{header + 5}"
    facility = next(sheet.iter_rows(min_row=header + 5, max_row=header + 5, values_only=True))[2]
    for column in ("C", "Detention Facility"):
        page = _page(site, address, f"?column={quote(column)}")
        assert f"Column C, Detention Facility: {facility}." in page.lead
        (cited,) = page.main.of_class("cited")
        assert [one.text().strip() for one in cited.of_class("marked")] == [facility]


def test_the_site_says_what_there_is_not() -> None:
    site = records()
    source = next(one for one in sources_of(site.case) if "Facilities" in one.file_name)
    for path, words in (
        (f"{source.source}::9999", "has no row 9,999"),
        (f"{source.source}:No sheet:2", "There is no sheet"),
        ("ffffffffffff::2", "is not a source of this casefile"),
        ("rows", "is not an address"),
        (f"{source.source}::2?column=ZZ", "is not a column of this sheet"),
    ):
        answer = site.ask(f"/en/rows/{path}")
        assert answer.status_code in (400, 404)
        assert words in Read(answer.text).text


def _site(folder: Path, file: Path, *, keep: tuple[str, ...] = ()) -> Site:
    case = create(folder / "case", title="Fabricated", scope="Nobody in these records exists.")
    add(case, file, as_kind="detentions", keep=keep)
    build(case)
    return Site(case)


def test_neighbours_are_read_across_row_groups(tmp_path: Path) -> None:
    table = pa.table(
        {
            "unique_identifier": [f"person-{number}" for number in range(1, 14)],
            "detention_facility_code": ["EXA"] * 13,
            "book_in_date_time": [dt.datetime(2025, 1, number, 8) for number in range(1, 14)],
            "stay_book_in_date_time": [dt.datetime(2025, 1, number, 8) for number in range(1, 14)],
        }
    )
    file = tmp_path / "release.parquet"
    pq.write_table(table, file, row_group_size=4)
    site = _site(tmp_path, file)
    (source,) = sources_of(site.case)
    for row in range(1, 14):
        grid = _page(site, f"{source.source}::{row}").rows(GRID)
        numbers = [number for number in range(row - 3, row + 4) if 1 <= number <= 13]
        assert [shown[:3] for shown in grid[2:]] == [[str(n), f"person-{n}", "EXA"] for n in numbers]


def test_withheld_cells_keep_their_mark_and_kept_columns_are_nowhere(tmp_path: Path) -> None:
    file = tmp_path / "release.csv"
    file.write_text(
        "Unique Identifier,Detention Facility Code,Book In Date Time,Stay Book In Date Time,Case Number,Gender\n"
        'person-1,EXA,2025-01-01 08:00:00,2025-01-01 08:00:00,C-777-1,"b(6), b(7)c"\n'
        "person-2,EXA,2025-01-02 08:00:00,2025-01-02 08:00:00,C-777-2,Male\n",
        encoding="utf-8",
    )
    site = _site(tmp_path, file, keep=("Case Number",))
    (source,) = sources_of(site.case)
    for path in (f"/en/rows/{source.source}::2", f"/en/sources/{source.source}/sheet"):
        answer = site.ask(path)
        page = Read(answer.text)
        assert answer.status_code == 200
        assert "C-777" not in answer.text
        assert "b(6), b(7)c: withheld by the agency" in page.of_class("missing")
    page = _page(site, f"{source.source}::2")
    assert [name for name, *_ in page.rows(FILLED)][-1] == "F · Gender"
    assert "(E)" in page.text


@pytest.mark.parametrize(
    "keep", sampled([("Case Number", "Notes"), ("case number", "NOTES")], [("case number", "NOTES")])
)
def test_what_was_kept_is_on_no_page_and_in_no_answer(tmp_path: Path, keep: tuple[str, ...]) -> None:
    """However its header was spelled where it was kept; columns that were not kept are there."""
    file = tmp_path / "release.csv"
    file.write_text(
        "Unique Identifier,Detention Facility Code,Book In Date Time,Stay Book In Date Time,Case Number,Notes\n"
        "person-1,EXA,2025-01-01 08:00:00,2025-01-01 08:00:00,C-777-1,call 202-555-0143\n"
        "person-2,EXA,2025-01-02 08:00:00,2025-01-02 08:00:00,C-777-2,born 01/02/1980\n",
        encoding="utf-8",
    )
    site = _site(tmp_path, file, keep=keep)
    (source,) = sources_of(site.case)
    first, second = (quote(f"{source.source}::{row}", safe="") for row in (2, 3))
    for path in (
        f"/api/rows/{first}",
        f"/api/rows/{second}",
        f"/en/rows/{second}",
        f"/en/sources/{source.source}/sheet",
        f"/en/side-by-side?row={first}&row={second}",
        "/en/person/person-2",
        "/api/person/person-2",
        *(f"/files/tables/{name}.csv" for name in ("stints", "chains", "persons")),
    ):
        answer = site.ask(path)
        assert answer.status_code in (200, 404), path
        assert not re.search("C-777|555-0143|1980", answer.text), path
    cells = site.ask(f"/api/rows/{first}").json()["rows"][0]["cells"]
    assert (cells["Unique Identifier"], cells["Notes"]) == ("person-1", "(a direct identifier, not shown)")


def test_what_was_withheld_of_a_typed_file_is_withheld_on_the_site(tmp_path: Path) -> None:
    """Its rows are read from the original again, in which a telephone, a birth and a street still stand."""
    said = ["fine", "555-0143", "1980-01-02", "12 Oak Street", *["fine"] * 6]
    table = pa.table(
        {
            "unique_identifier": [f"person-{number}" for number in range(1, 11)],
            "detention_facility_code": ["EXA"] * 10,
            "book_in_date_time": [dt.datetime(2025, 1, number, 8) for number in range(1, 11)],
            "stay_book_in_date_time": [dt.datetime(2025, 1, number, 8) for number in range(1, 11)],
            "extra": said,
        }
    )
    file = tmp_path / "release.parquet"
    pq.write_table(table, file)
    site = _site(tmp_path, file)
    (source,) = sources_of(site.case)
    rows = [f"{source.source}::{number}" for number in range(1, 5)]
    for path in (
        *(f"/api/rows/{quote(row, safe='')}" for row in rows),
        *(f"/en/rows/{row}" for row in rows),
        f"/en/sources/{source.source}/sheet",
        f"/en/side-by-side?row={rows[1]}&row={rows[2]}",
    ):
        answer = site.ask(path)
        assert answer.status_code == 200, path
        assert not re.search("555-0143|1980|Oak", answer.text), path
    kinds = [site.ask(f"/api/rows/{quote(row, safe='')}").json()["rows"][0]["cells"]["extra"] for row in rows]
    assert kinds == ["fine", *(f"[withheld by paradero: {kind}]" for kind in KINDS)]


def test_a_sheet_is_paged_whole() -> None:
    site = records()
    source = next(one for one in sources_of(site.case) if "Facility_Days" in one.file_name)
    with original_path(site.case, source).open(encoding="utf-8-sig", newline="") as stream:
        rows = dict(enumerate(list(csv.reader(stream))[:150], 1))
    seen: dict[int, list[str]] = {}
    for first in (1, 51, 101):
        page = Read(site.ask(f"/en/sources/{source.source}/sheet?row={first}").text)
        shown = page.rows("Rows as received")[1:]
        assert shown[0][1:] == rows[1]  # the header, on every page
        seen |= {int(row[0]): row[1:] for row in shown}
    assert seen == rows
