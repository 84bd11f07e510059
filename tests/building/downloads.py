"""A folder of downloads as people have them: one table in every container, tables of every kind and of none,
files that are damaged, locked or something else. Each with what must become of it.
"""

from __future__ import annotations

import contextlib
import csv
import gzip
import io
import json
import shutil
import sqlite3
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
from pyarrow import feather

HEADS = ["Anonymized Identifier", "Detention Facility Code", "Book In Date Time", "Book Out Date Time"]


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the folder. `kind`: of the rows that it gives, "" where none; `rows`: how many; `says`: what is said
    where it is refused or left out; `nights`: the sum of whole days between book-in and book-out in its rows.
    """

    name: str
    kind: str = ""
    rows: int = 0
    says: str = ""
    nights: int = 0


def stints(number: int, rows: int = 3) -> list[list[str]]:
    """Rows of detention that no other file has: each of as many nights as its place in the file."""
    return [
        [
            f"p{number}x{row}",
            f"EXA{number:04}",
            f"2025-01-{row:02} 10:00:05",
            f"2025-01-{2 * row:02} 10:00:05",
        ]
        for row in range(1, rows + 1)
    ]


def delimited(rows: list[list[str]], delimiter: str = ",", end: str = "\r\n") -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, lineterminator=end).writerows(rows)
    return stream.getvalue()


def workbook(path: Path, sheets: dict[str, list[list[str]]]) -> None:
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write_string(number, column, cell)


def columns(rows: list[list[str]]) -> pa.Table:
    return pa.table({head: [row[at] for row in rows] for at, head in enumerate(HEADS)})


def opendocument(path: Path, rows: list[list[str]]) -> None:
    ns = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    content = (
        f"<?xml version='1.0'?><office:document-content {ns}><office:body><office:spreadsheet>"
        f'<table:table table:name="a">{lines}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)


def spreadsheetml(rows: list[list[str]]) -> str:
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    lines = "".join(
        "<Row>"
        + "".join(f'<Cell><Data ss:Type="String">{escape(cell)}</Data></Cell>' for cell in row)
        + "</Row>"
        for row in rows
    )
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{name}" xmlns:ss="{name}"><Worksheet ss:Name="a"><Table>'
        f"{lines}</Table></Worksheet></Workbook>"
    )


def page(rows: list[list[str]]) -> str:
    lines = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<html><body><table>{lines}</table></body></html>"


def containers(folder: Path) -> list[Download]:
    """The same kind of table, with rows of its own, in every container."""
    made: list[Download] = []

    def put(name: str, write: Callable[[Path, list[list[str]]], object]) -> None:
        rows = stints(len(made))
        write(folder / name, [HEADS, *rows])
        made.append(Download(name, "detentions", len(rows), nights=1 + 2 + 3))

    def text(
        encoding: str, delimiter: str = ",", end: str = "\r\n"
    ) -> Callable[[Path, list[list[str]]], object]:
        return lambda path, rows: path.write_bytes(delimited(rows, delimiter, end).encode(encoding))

    put("2025-ICLI-00019_detentions.xlsx", lambda path, rows: workbook(path, {"a": [["A title"], [], *rows]}))
    put("comma.csv", text("utf-8"))
    put("semicolon (1).csv", text("utf-8-sig", ";"))
    put("tabs.txt", text("cp1252", "\t"))
    put("bars.csv", text("utf-8", "|", "\n"))
    put("unicode text.csv", text("utf-16", "\t"))
    put("old mac.csv", text("utf-8", ",", "\r"))
    put("packed.csv.gz", lambda path, rows: path.write_bytes(gzip.compress(delimited(rows).encode())))
    put("columns.parquet", lambda path, rows: pq.write_table(columns(rows[1:]), path))
    put("columns.feather", lambda path, rows: feather.write_feather(columns(rows[1:]), str(path)))
    put("open.ods", opendocument)
    put("export.xls", lambda path, rows: path.write_text(spreadsheetml(rows)))
    put("report.xls", lambda path, rows: path.write_text(page(rows)))
    put("no ending", text("utf-8"))
    put("twice headed.csv", lambda path, rows: path.write_text(delimited([*rows[:2], rows[0], *rows[2:]])))
    put("with a total.csv", lambda path, rows: path.write_text(delimited([*rows, ["Total", "", "", "3"]])))
    return made


def archives(folder: Path) -> list[Download]:
    """Archives of tables, and archives within them."""
    first, second, third = (delimited([HEADS, *stints(number)]) for number in (90, 91, 92))
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("b.csv", second)
    with zipfile.ZipFile(folder / "release.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data/a.csv", first)
        archive.writestr("data/more.zip", inner.getvalue())
        archive.writestr("__MACOSX/._a.csv", "x")
    with tarfile.open(folder / "release.tar.gz", "w:gz") as tar:
        member = tarfile.TarInfo("c.csv")
        member.size = len(third.encode())
        tar.addfile(member, io.BytesIO(third.encode()))
    return [
        Download("release.zip/data/a.csv", "detentions", 3, nights=6),
        Download("release.zip/data/more.zip/b.csv", "detentions", 3, nights=6),
        Download("release.zip/__MACOSX/._a.csv", says="left out"),
        Download("release.tar.gz/c.csv", "detentions", 3, nights=6),
    ]


def kinds(folder: Path, sources: Path) -> list[Download]:
    """The samples of kinds, under names that say nothing."""
    wanted = {
        "deaths": "deaths",
        "segregation": "segregation",
        "court_links": "court_links",
        "eoir_cases": "court_cases",
        "eoir_custody": "court_custody",
        "eoir_bonds": "court_bonds",
        "eoir_schedule": "court_hearings",
        "facility_lists": "facilities",
        "ice_removals": "removals",
    }
    made = []
    for number, (name, kind) in enumerate(wanted.items()):
        shutil.copy(sources / name / "sample.csv", folder / f"download{number}.csv")
        with (sources / name / "sample.csv").open(encoding="utf-8", newline="") as stream:
            made.append(Download(f"download{number}.csv", kind, len(list(csv.reader(stream))) - 1))
    (folder / "rooms.csv").write_text(
        "Pseudonym,Hold Room,Date In,Date Out,Hours\nP-1,EXAMPLE HOLD ROOM,2025-07-01 08:00,2025-07-05 10:00,98\n"
    )
    made.append(Download("rooms.csv", "detentions", 1, nights=4))
    return made


def foreign(folder: Path) -> list[Download]:
    """Tables of nothing that is known."""
    names = [f"PLACE {number}" for number in range(590)]
    tables: dict[str, tuple[list[list[str]], str]] = {
        "matrix.csv": (
            [["Detention Center", *names], *([name, *["0"] * 590] for name in names[:40])],
            "layout new",
        ),
        "budget.csv": (
            [["Department", "Amount"], ["Parks", "100"], ["Roads", "200"]],
            "no table of a known kind",
        ),
        "codebook.csv": (
            [["Field Name", "Definition"], ["DETLOC", "Code of the facility"]],
            "no table of a known",
        ),
        "prison.csv": (
            [
                ["DOC No.", "Name", "Admit Date", "Institution"],
                ["1", "Quill Zanzibar", "1/22/2024", "STATE PRISON"],
            ],
            "layout new",
        ),
        "log.csv": (
            [["Name", "Facility", "Date In", "Date Out"], ["x", "y", "1/22/2024", "1/23/2024"]],
            "layout new",
        ),
        "incidents.csv": (
            [
                ["Incident Date", "Person Id", "DETLOC", "Name", "Injury"],
                ["1/2/2024", "1", "EXA", "Quill", "none"],
            ],
            "no table of a known kind",
        ),
    }
    for name, (rows, _) in tables.items():
        (folder / name).write_text(delimited(rows))
    return [Download(name, says=says) for name, (_, says) in tables.items()]


def odd(folder: Path) -> list[Download]:
    """Files that are damaged, locked, empty or of another sort."""
    whole = io.BytesIO()
    workbook_path = folder / "whole.tmp"
    workbook(workbook_path, {"a": [HEADS, *stints(95)]})
    whole.write(workbook_path.read_bytes())
    workbook_path.unlink()
    parquet = io.BytesIO()
    pq.write_table(columns(stints(96)), parquet)
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    files: dict[str, tuple[bytes, str]] = {
        "cut.xlsx": (whole.getvalue()[:1500], "cut.xlsx"),
        "cut.parquet": (parquet.getvalue()[:200], "cut.parquet"),
        "cut.csv.gz": (gzip.compress(delimited([HEADS, *stints(97, 14)]).encode())[:60], "cut.csv.gz"),
        "locked.xlsx": (ole + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600, "password"),
        "pointer.parquet": (
            b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n",
            "Git LFS",
        ),
        "empty.csv": (b"", "empty"),
        "picture.png": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "picture.png"),
        "model.rds": (b"\x1f\x8b\x08\0\0\0\0\0\0\3" + bytes(range(200)), "model.rds"),
        "half.csv.crdownload": (delimited([HEADS, *stints(98)]).encode()[:120], "half.csv.crdownload"),
        "~$detentions.xlsx": (b"\x05owner", "left out"),
        ".DS_Store": (b"\0\0\0\1Bud1", "left out"),
        "records.json": (json.dumps([{"a": 1}, {"a": 2}]).encode(), "records.json"),
    }
    for name, (content, _) in files.items():
        (folder / name).write_bytes(content)
    with contextlib.closing(sqlite3.connect(folder / "data.sqlite")) as base:
        base.execute("CREATE TABLE t (a)")
        base.commit()
    workbook(folder / "blank.xlsx", {"Sheet1": [[]]})
    return [
        *(Download(name, says=says) for name, (_, says) in files.items()),
        Download("data.sqlite", says="data.sqlite"),
        Download("blank.xlsx", says="blank.xlsx"),
    ]
