"""Damaged and odd files: one clear SourceError, or counted and addressed rejects; what was stored stays as it
was.
"""

import gzip
import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import feather

from paradero.model.errors import SourceError
from paradero.sources import ingest, original_row, sniff

from .builders import (
    STINT,
    STINT_HEADERS,
    Table,
    rejects_of,
    rows_of,
    taken,
    write_columnar,
    write_csv,
    write_xlsx,
)

ROWS: Table = [["title"], [], STINT_HEADERS, *[STINT] * 30]


def whole(folder: Path, suffix: str) -> bytes:
    path = folder / f"whole{suffix}"
    if suffix == ".xlsx":
        write_xlsx(path, {"a": ROWS, "b": ROWS})
    elif suffix == ".csv.gz":
        write_csv(folder / "whole.csv", ROWS[2:])
        path.write_bytes(gzip.compress((folder / "whole.csv").read_bytes()))
    else:
        write_columnar(path, ROWS[2:])
    return path.read_bytes()


def refused(path: Path, out: Path) -> str:
    """Ingest must fail with one sentence that names the file; an earlier result stays as it was."""
    out.mkdir(exist_ok=True)
    (out / "earlier").write_text("kept")
    with pytest.raises(SourceError) as caught:
        ingest(path, out, source="s", file_name="given name", as_kind=None)
    assert (out / "earlier").read_text() == "kept"
    assert [entry.name for entry in out.parent.iterdir() if entry.name.startswith(f".{out.name}.")] == []
    message = str(caught.value)
    assert "given name" in message
    assert re.search(r": .+\. [A-Z]", message)
    return message


@pytest.mark.parametrize("part", [0.05, 0.3, 0.6, 0.9, 0.99])
@pytest.mark.parametrize("suffix", [".xlsx", ".parquet", ".feather", ".csv.gz"])
def test_truncated(suffix, part, tmp_path):
    content = whole(tmp_path, suffix)
    (tmp_path / "cut").write_bytes(content[: int(len(content) * part)])
    assert re.search("damaged|truncated|whole", refused(tmp_path / "cut", tmp_path / "out"))
    with pytest.raises(SourceError):
        sniff(tmp_path / "cut")


CONTENTS: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "the file is empty"),
    "pdf": (b"%PDF-1.7 ...", "PDF"),
    "html without a table": (b"<html><form>Sign in</form></html>", "web page"),
    "html": (b"<html><table><tr><td>Book In Date Time</td></tr></table>", "known"),
    "xml": (b'<?xml version="1.0"?><Workbook/>', "XML"),
    "json": (b'[{"a": 1}]', "JSON"),
    "binary": (bytes(range(256)), "binary"),
    "utf-16": ("a,b\n1,2\n".encode("utf-16"), "known"),
    "pointer": (b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n", "Git LFS"),
    "encrypted": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 600
        + "EncryptedPackage".encode("utf-16-le")
        + b"\0" * 600,
        "password",
    ),
    "old document": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le"),
        "Office document",
    ),
    "fabricated xls": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le"),
        "damaged",
    ),
    "one column": (b"Book In Date Time\n2025-01-01\n", "no columns found"),
    "no table": (b"a,b\n1,2\n3,4\n", "known"),
    "only a title": (b"title\n", "no columns found"),
    "parquet by its start only": (b"PAR1PAR1", "damaged"),
    "parquet of four bytes": (b"PAR1", "damaged"),
    "arrow by its start only": (b"ARROW1\0\0 and nothing", "damaged"),
    "gzip of nothing": (gzip.compress(b""), "no columns found"),
    "gzip of binary": (gzip.compress(bytes(range(256))), "binary"),
}


@pytest.mark.parametrize("name", CONTENTS)
def test_other_kinds_of_file(name, tmp_path):
    content, said = CONTENTS[name]
    (tmp_path / "f").write_bytes(content)
    assert said in refused(tmp_path / "f", tmp_path / "out")


def test_zip_that_is_no_workbook(tmp_path):
    with zipfile.ZipFile(tmp_path / "f", "w") as archive:
        archive.writestr("data.csv", "a,b\n")
    assert "zip archive" in refused(tmp_path / "f", tmp_path / "out")


def test_missing_file_is_a_source_error(tmp_path):
    refused(tmp_path / "absent", tmp_path / "out")


@pytest.mark.parametrize(
    "part",
    [
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
    ],
)
@pytest.mark.parametrize("content", [None, b"", b"<broken", b'<?xml version="1.0"?><a/>'])
def test_workbook_with_a_bad_part(part, content, tmp_path):
    with (
        zipfile.ZipFile(io.BytesIO(whole(tmp_path, ".xlsx"))) as archive,
        zipfile.ZipFile(tmp_path / "f", "w") as made,
    ):
        for entry in archive.namelist():
            if entry != part or content is not None:
                made.writestr(entry, content if entry == part else archive.read(entry))
    try:
        ingest(tmp_path / "f", tmp_path / "out", source="s", file_name="f")
    except SourceError:
        return
    assert (
        "style" in part or "sheet1" in part
    )  # unformatted cells need no styles; a sheet without cells is an empty sheet


@settings(
    max_examples=50,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    suffix=st.sampled_from([".xlsx", ".parquet", ".feather", ".csv.gz"]),
    at=st.floats(0, 1),
    byte=st.integers(0, 255),
    length=st.integers(1, 40),
)
def test_overwritten_bytes_never_raise_anything_else(suffix, at, byte, length, tmp_path):
    cache = tmp_path / f"cache{suffix}"
    if not cache.exists():
        cache.write_bytes(whole(tmp_path, suffix))
    content = bytearray(cache.read_bytes())
    place = int(at * (len(content) - 1))
    content[place : place + length] = bytes([byte]) * len(content[place : place + length])
    (tmp_path / "f").write_bytes(content)
    try:
        ingest(tmp_path / "f", tmp_path / "out", source="s", file_name="f")
        original_row(tmp_path / "f", tmp_path / "out", "a" if suffix == ".xlsx" else "", 5)
    except SourceError:
        pass


@pytest.mark.parametrize(
    "text",
    [
        'a,"b\n1,2\n3,4\n',
        'Book In Date Time,Detention Facility,Gender\n2025-01-01,"X" Y,M\n2025-01-02,Z,F\n',
        "Book In Date Time,Detention Facility,Gender\n"
        + '2025-01-01,"X,M\n'
        + "2025-01-02,Z,F\n" * 300
        + '2025-01-02,Z",F\n',
    ],
)
def test_broken_quotes_swallow_nothing(text, tmp_path):
    (tmp_path / "f.csv").write_text(text)
    assert re.search(r"line \d+", refused(tmp_path / "f.csv", tmp_path / "out"))


def test_ragged_records_are_kept_and_listed(tmp_path):
    write_csv(tmp_path / "f.csv", [["title", "x"], STINT_HEADERS, STINT, STINT[:4], [*STINT, "more"], STINT])
    done, rows = taken(tmp_path / "f.csv", tmp_path / "out")
    assert len(rows) == 4
    assert {(reject["source_row"], reject["problem"]) for reject in rejects_of(tmp_path / "out")} == {
        (4, "ragged_record"),
        (5, "ragged_record"),
        (5, "stray_cell"),
    }
    assert done.rows_flagged == 2


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end, tmp_path):
    (tmp_path / "f.csv").write_bytes(
        end.join(",".join(row) for row in (STINT_HEADERS, STINT, STINT)).encode()
    )
    assert len(taken(tmp_path / "f.csv", tmp_path / "out")[1]) == 2


def test_windows_1252(tmp_path):
    row = ["José – Peña’s", *STINT[1:]]
    write_csv(
        tmp_path / "f.csv",
        [
            ["Detention Facility", *STINT_HEADERS[1:2], "Gender", "Religion", "Race", "Ethnicity", "Felon"],
            row,
        ],
        encoding="cp1252",
    )
    done, rows = taken(tmp_path / "f.csv", tmp_path / "out")
    assert rows[0]["detention_facility"] == "José – Peña’s"
    assert done.sheets[0].encoding == "windows-1252"


def test_utf_8_with_a_mark_at_its_start(tmp_path):
    write_csv(tmp_path / "f.csv", [STINT_HEADERS, STINT], encoding="utf-8-sig")
    assert taken(tmp_path / "f.csv", tmp_path / "out")[1][0]["stay_book_in_date_time"] is not None


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".parquet"])
def test_renamed_required_column_suggests_the_nearest(suffix, tmp_path):
    headers = [
        (
            header.replace("Book In Date Time", "BookIn Date-Time (local)")
            if header == "Book In Date Time"
            else header
        )
        for header in STINT_HEADERS
    ]
    path = tmp_path / f"f{suffix}"
    (
        write_xlsx(path, {"a": [headers, STINT]})
        if suffix == ".xlsx"
        else write_csv(path, [headers, STINT])
        if suffix == ".csv"
        else write_columnar(path, [headers, STINT])
    )
    message = refused(path, tmp_path / "out")
    assert "lacks `book_in_date_time`" in message
    assert "`BookIn Date-Time (local)`" in message
    assert "Row 1 " in message


def test_one_sheet_of_several_with_a_renamed_column_is_refused(tmp_path):
    headers = ["Booked" if header == "Book In Date Time" else header for header in STINT_HEADERS]
    write_xlsx(tmp_path / "f.xlsx", {"FY23": [STINT_HEADERS, STINT], "FY24": [["title"], headers, STINT]})
    message = refused(tmp_path / "f.xlsx", tmp_path / "out")
    assert "'FY24'" in message
    assert "Row 2 " in message


def test_duplicate_headers_say_so_and_take_neither_where_they_differ(tmp_path):
    write_xlsx(tmp_path / "f.xlsx", {"a": [[*STINT_HEADERS, "Detention Facility"], [*STINT, "OTHER"]]})
    _, rows = taken(tmp_path / "f.xlsx", tmp_path / "out")
    assert rows[0]["detention_facility"] is None
    status = [
        column["status"]
        for column in pq.read_table(tmp_path / "out/columns.parquet").to_pylist()
        if column["header"] == "Detention Facility"
    ]
    assert status == ["declared", "duplicate_header"]


def test_merged_title_hidden_sheet_chart_sheet_and_other_columns(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "f.xlsx") as book:
        book.add_chartsheet("chart").set_chart(_chart(book))
        first, second, empty = (
            book.add_worksheet("FY23"),
            book.add_worksheet("FY24"),
            book.add_worksheet("notes"),
        )
        first.merge_range("A1:G1", "ICE Detentions 2026-ICLI-00005")
        for place, cells in enumerate((STINT_HEADERS, STINT)):
            first.write_row(2 + place, 0, cells)
            second.write_row(
                4 + place,
                3,
                ["Gender" if cell == "Birth Year" else "M" if cell == "1990" else cell for cell in cells],
            )
        second.hide()
        empty.write(0, 0, "nothing here")
    done, rows = taken(tmp_path / "f.xlsx", tmp_path / "out")
    assert [(sheet.name, sheet.hidden, sheet.header_row, sheet.rows_kept) for sheet in done.sheets] == [
        ("FY23", False, 3, 1),
        ("FY24", True, 5, 1),
        ("notes", False, None, 0),
    ]
    assert done.release == "2026-ICLI-00005"
    assert [(row["source_row"], row["source_sheet"], row["birth_year"], row["gender"], row["birth_year_why_missing"]) for row in rows] == [
        (4, "FY23", 1990, None, None), (6, "FY24", None, "M", "not_in_release"),
    ]  # fmt: skip
    assert list(original_row(tmp_path / "f.xlsx", tmp_path / "out", "FY24", 6))[:4] == [
        "column 1",
        "column 2",
        "column 3",
        "Stay Book In Date Time",
    ]


def _chart(book: xlsxwriter.Workbook) -> object:
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=FY23!$A$1:$A$2"})
    return chart


def test_prose_where_a_code_stands_is_a_note(tmp_path):
    note = "This list has what the field offices reported in the quarter and leaves out hospitals and hotels."
    rows = [
        ["DETLOC", "Name", "Address", "City", "State"],
        ["ABCDEFG", "One Place", "1 Way", "Anytown", "TX"],
        [note],
    ]
    write_xlsx(tmp_path / "list.xlsx", {"a": rows})
    done, _ = taken(tmp_path / "list.xlsx", tmp_path / "out", as_kind="facilities")
    assert (done.sheets[0].rows_kept, done.sheets[0].rows_outside) == (1, 1)


def test_notes_under_the_table_are_outside(tmp_path):
    headers = ["Gender", *STINT_HEADERS]
    write_xlsx(
        tmp_path / "f.xlsx", {"a": [headers, ["M", *STINT], [], ["Data are preliminary."], ["Total 1"]]}
    )
    done, rows = taken(tmp_path / "f.xlsx", tmp_path / "out")
    assert (len(rows), done.sheets[0].rows_outside, done.sheets[0].rows_blank, done.rows_in) == (1, 2, 1, 4)
    assert [(reject["source_row"], reject["value"], reject["problem"]) for reject in rejects_of(tmp_path / "out")] == [
        (4, "Data are preliminary.", "outside_table"), (5, "Total 1", "outside_table"),
    ]  # fmt: skip


def test_dates_of_1904(tmp_path):
    for system in (False, True):
        path = tmp_path / f"{system}.xlsx"
        with xlsxwriter.Workbook(path, {"date_1904": system}) as book:
            sheet, form = book.add_worksheet("a"), book.add_format({"num_format": "mm/dd/yyyy hh:mm"})
            sheet.write_row(0, 0, STINT_HEADERS)
            sheet.write_row(1, 0, STINT)
            sheet.write_number(1, 1, 45658.5 - 1462 * system, form)
            sheet.write_number(1, 4, 45659.25 - 1462 * system)
        done, rows = taken(path, tmp_path / "out")
        assert (str(rows[0]["book_in_date_time"]), str(rows[0]["book_out_date_time"])) == (
            "2025-01-01 12:00:00",
            "2025-01-02 06:00:00",
        )
        assert done.sheets[0].date_system == ("1904" if system else None)
        assert [reject["problem"] for reject in rejects_of(tmp_path / "out")] == ["serial_number"]


STRAY = """
import re, sys
from pathlib import Path
from paradero.sources import ingest
done = ingest(Path(sys.argv[1]), Path(sys.argv[2]), source="s", file_name="f")
# the high-water mark of this program alone: getrusage also counts the test runner it was forked from
print(done.rows_kept, int(re.search(r"VmHWM:\\s+([0-9]+)", Path("/proc/self/status").read_text()).group(1)) // 1024)
"""


@pytest.mark.parametrize(
    ("far", "told"),
    [("XFD1048576", True), ("XFD1048576", False), ("A1048576", True), ("A1048576", False), ("XFD3", True)],
)
def test_stray_cell_costs_no_memory(far, told, tmp_path):
    """A cell in a far corner, whether or not the sheet's stated dimension admits it."""
    with xlsxwriter.Workbook(tmp_path / "f.xlsx") as book:
        sheet = book.add_worksheet("a")
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
        sheet.write_string(far, "far away")
    if not told:
        _state_dimension(tmp_path / "f.xlsx", b"A1:G33")
    ran = subprocess.run(
        [sys.executable, "-c", STRAY, str(tmp_path / "f.xlsx"), str(tmp_path / "out")],
        capture_output=True,
        text=True,
        check=True,
    )
    kept, megabytes = map(int, ran.stdout.split())
    assert kept == 30
    assert megabytes < 400
    strays = [
        (reject["source_row"], reject["column_name"], reject["value"])
        for reject in rejects_of(tmp_path / "out")
        if reject["problem"] == "stray_cell"
    ]
    letters, row = re.fullmatch("([A-Z]+)([0-9]+)", far).groups()
    assert strays == [(int(row), letters, "far away")]
    assert rows_of(tmp_path / "out", "detentions")[0]["source_row"] == 4


def _state_dimension(path: Path, dimension: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="' + dimension + b'"', parts[sheet])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_columnar_files_with_odd_types(tmp_path):
    table = pa.table(
        {
            "book_in_date_time": pa.array([1735725600, None], pa.timestamp("s", tz="America/Los_Angeles")),
            "book_out_date_time": pa.array([45658.5, float("nan")]),
            "detention_facility_code": pa.array([b"ABC", None], pa.binary()),
            "birth_year": pa.array([1990.0, 1987.5]),
            "bond_posted_amount": pa.array(["12", "x"]),
            "unique_identifier": pa.array([7.0, 8.0]),
            "felon": pa.array([True, None]),
            "novel": pa.array([[1, 2], None]),
        }
    )
    for suffix in ("parquet", "feather"):
        path = tmp_path / f"f.{suffix}"
        pq.write_table(table, path) if suffix == "parquet" else feather.write_feather(table, path)
        _, rows = taken(path, tmp_path / "out")
        assert str(rows[0]["book_in_date_time"]) == "2025-01-01 02:00:00"  # the clock as shown
        assert str(rows[0]["book_out_date_time"]) == "2025-01-01 12:00:00"
        assert [row["birth_year"] for row in rows] == [1990, None]
        assert [row["unique_identifier"] for row in rows] == ["7", "8"]
        assert (rows[0]["felon"], rows[0]["extra"], rows[0]["detention_facility_code"]) == (
            "true",
            '{"novel":"[1, 2]"}',
            "ABC",
        )
        assert [(reject["source_row"], reject["column_name"]) for reject in rejects_of(tmp_path / "out") if reject["problem"] == "unreadable"] == [
            (2, "birth_year"), (2, "bond_posted_amount"),
        ]  # fmt: skip


def test_the_zone_of_the_machine_changes_nothing(tmp_path):
    table = pa.table(
        {
            "book_in_date_time": pa.array([1735725600_000000], pa.timestamp("us", tz="UTC")),
            "detention_facility_code": ["ABC"],
            "unique_identifier": ["1"],
        }
    )
    pq.write_table(table, tmp_path / "f.parquet")
    subprocess.run(
        [sys.executable, "-c", STRAY, str(tmp_path / "f.parquet"), str(tmp_path / "out")],
        check=True,
        env=os.environ | {"TZ": "America/Chicago"},
        capture_output=True,
    )
    assert str(rows_of(tmp_path / "out", "detentions")[0]["book_in_date_time"]) == "2025-01-01 10:00:00"
