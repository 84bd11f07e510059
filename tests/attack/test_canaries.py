"""Canaries: invented people in every column, sheet and file name; no output of any kind may sing.

The oracle reads bytes: every file that paradero wrote and everything it said is searched for the canaries,
decompressed where it is compressed.
"""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from casefile.made import Said, said, with_held_cases

from attack.scale import draws
from paradero.casefile.folder import Casefile
from paradero.sources.layouts import layout_of

NAME, NUMBER = "ZZYXWOOD, QUILLON", "A098-765-431"
PHONE, MAIL, SOCIAL, BIRTH = "(555) 013-7777", "quillon@zzyxwood.example", "900-12-7777", "DOB 01/02/1990"
NEEDLES = ("zzyxwood", "quillon", "098-765-431", "098765431", "013-7777", "900-12-7777", "01/02/1990")
FREE = (
    "Comments",
    "Street Address",
    "Home Phone",
    "E-mail",
    "Last Name",
    "Emergency Contact",
    "DOB",
    "Case Number",
    "Observaciones",
    "Remark 2",
)
UNKNOWN = ("Zeta", "Column 9")
OUTPUTS = (
    ("status",), ("status", "--json"), ("unaccounted", "--json"), ("conflicts", "--json"), ("transfers", "--json"), ("person", NAME), ("person", "A098"),
    ("explain",), ("explain", "stints", "--no-sql"), ("headcount", "--json"), ("audit", "--json"), ("verify",), ("requests", "--json"),
)  # fmt: skip
EXPORTED = ("stints", "rejects", "columns", "detention_rows", "persons", "facilities")


def _declared() -> list[tuple[str, str]]:
    """Every declared column of detentions with its type, as an oracle may know it from the documented
    layout.
    """
    return [(column.name, column.type) for column in layout_of("detentions").column]


def _rows(canary: str) -> tuple[list[str], list[list[str]]]:
    """One row for each declared column, the canary in that column; and in every undeclared column of a last
    row.
    """
    declared = [name for name, _ in _declared()]
    headers = [*declared, *FREE, *UNKNOWN]
    good = {
        "unique_identifier": "person-%d", "detention_facility_code": "EXA", "detention_facility": "EXAMPLE FACILITY", "book_in_date_time": "2025-01-0%d 08:00:00",
        "stay_book_in_date_time": "2025-01-0%d 08:00:00", "book_out_date_time": "2025-01-1%d 08:00:00",
    }  # fmt: skip
    plain = {name: text % 1 if "%" in text else text for name, text in good.items()}
    rows = [
        [canary if name == victim else plain.get(name, "") for name in declared] + [""] * len(FREE + UNKNOWN)
        for victim in declared
    ]
    rows.append([plain.get(name, "") for name in declared] + [canary] * len(FREE + UNKNOWN))
    return headers, rows


def _searched(folder: Path) -> list[str]:
    """Where a canary can be heard: in the names and bytes of files that paradero wrote, Parquet as text."""
    found = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.parent.name == "sources":
            continue
        texts = [path.read_bytes().decode("utf-8", errors="replace"), str(path.relative_to(folder))]
        if path.suffix == ".parquet":
            table = pq.read_table(path)
            texts.append(json.dumps(table.to_pylist(), default=str, ensure_ascii=False))
        heard = [needle for needle in NEEDLES if any(needle in text.lower() for text in texts)]
        found += [f"{path.relative_to(folder)}: {', '.join(heard)}"] if heard else []
    return found


def _heard(answer: Said, but: str = "") -> list[str]:
    text = (
        (answer.out + answer.err).lower().replace(but.lower(), "")
        if but
        else (answer.out + answer.err).lower()
    )
    return [needle for needle in NEEDLES if needle in text]


def _attacked(tmp_path: Path, *files: Path) -> Path:
    case = tmp_path / "case"
    assert said(tmp_path, "new", "case").code == 0
    with_held_cases(Casefile(case))
    for file in files:
        added = said(case, "add", str(file), "--as", "detentions", "--json")
        assert added.code == 0, added.err
        assert _heard(added) == []
    assert said(case, "build").code == 0
    return case


# names stand in columns of ids and in columns that nobody declared; where a category is expected a name looks
# like any other word
CANARIES = [NUMBER, f"call {PHONE}", MAIL, SOCIAL, BIRTH]
TRIED = [(form, canary) for form in ("csv", "xlsx", "parquet") for canary in CANARIES]


@pytest.mark.parametrize(("form", "canary"), TRIED[draws(5, 0) :: draws(15, 1)])
def test_no_canary_in_any_declared_or_undeclared_column_sings(tmp_path: Path, canary: str, form: str) -> None:
    headers, rows = _rows(canary)
    file = tmp_path / f"release.{form}"
    if form == "csv":
        with file.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows([headers, *rows])
    elif form == "xlsx":
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = f"Data {NUMBER}"[:31]
        for row in [headers, *rows]:
            sheet.append(row)
        book.save(file)
    else:
        pq.write_table(
            pa.table({header: [row[place] or None for row in rows] for place, header in enumerate(headers)}),
            file,
        )
    case = _attacked(tmp_path, file)
    assert _searched(case) == []
    # in the suite each command is asked of one file or the other, in `make attack` of every one
    for command in OUTPUTS[draws(int(form == "xlsx"), 0) :: draws(2, 1)]:
        answer = said(case, *command)
        assert _heard(answer, but=command[1] if command[0] == "person" else "") == [], command
    out = tmp_path / "out"
    out.mkdir()
    # in the suite each table is written as text and in one other form, in `make attack` in every form
    forms = ("xlsx", "jsonl", "sqlite")
    for number, table in enumerate(EXPORTED):
        for ending in ("csv", *forms[draws(number % len(forms), 0) :: draws(len(forms), 1)]):
            said(case, "export", table, "-o", str(out / f"{table}.{ending}"))
    for book in out.glob("*.xlsx"):
        shutil.unpack_archive(book, out / book.stem, format="zip")
    assert _searched(out) == []
    assert len(list(out.glob("*.csv"))) == 6
    source = json.loads(said(case, "status", "--json").out)["sources"][0]["source"]
    sheet_name = json.loads(said(case, "status", "--json").out)["withheld"][0]["sheet"]
    for number in range(1, len(rows) + 2, draws(20, 1)):
        assert _heard(said(case, "rows", f"{source}:{sheet_name}:{number}")) == []


ODD = [
    "A.098.765.431",
    "alien no 098765431",
    "1958-02-03",
    "03 FEB 1958",
    "2 Zzyxwood Street, El Paso",
    "+52 55 0137 7777",
]


def _table(file: Path, rows: list[list[str]]) -> Path:
    with file.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows(rows)
    return file


PLACED = ["Unique Identifier", "Detention Facility Code", "Book In Date Time", "Stay Book In Date Time"]
BEGUN = "2025-01-01 08:00"


@pytest.fixture(scope="module")
def sung(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casefile of three files: names as ids and under headers that nobody declared, in a file named by one;
    odd spellings where a category is expected and in a header; one id like another.
    """
    folder = tmp_path_factory.mktemp("sung")
    blank = [""] * len(FREE + UNKNOWN)
    named = [
        [*PLACED, "Book Out Date Time", *FREE, *UNKNOWN],
        [NAME.title(), "EXA", BEGUN, BEGUN, "2025-01-02 08:00", *[NAME] * len(blank)],
        *([f"p{n}", "EXA", f"2025-01-0{n} 08:00", f"2025-01-0{n} 08:00", "", *blank] for n in range(1, 8)),
    ]
    odd = [[*PLACED, "Detention Release Reason", "Ref", "A098765431"]]
    for number, canary in enumerate([*ODD, "Quillon Zzyxwood"]):
        odd.append([f"p{number}", "EXA", BEGUN, BEGUN, canary if canary in ODD else "Removed", canary, "x"])
    alike = [PLACED, ["abcdef01", "EXA", BEGUN, BEGUN]]
    return _attacked(
        folder,
        _table(folder / f"{NAME} {NUMBER}.csv", named),
        _table(folder / "odd.csv", odd),
        _table(folder / "alike.csv", alike),
    )


def test_a_name_sings_neither_as_an_id_nor_under_a_header_that_nobody_declared(sung: Path) -> None:
    assert _searched(sung) == []
    assert not any("zzyxwood" in path.name.lower() for path in (sung / "sources").iterdir())
    for command in OUTPUTS[:5]:
        assert _heard(said(sung, *command)) == []


def test_what_is_withheld_is_counted_and_told(tmp_path: Path) -> None:
    file = _table(
        tmp_path / "release.csv",
        [
            [*PLACED, "Case Number"],
            ["A098765431", "EXA", BEGUN, BEGUN, "1:25-cv-1"],
            ["p1", "EXA", BEGUN, BEGUN, "(b)(6)"],
        ],
    )
    case = tmp_path / "case"
    said(tmp_path, "new", "case")
    told = said(case, "add", str(file), "--as", "detentions")
    assert "withheld, number of a person: 1 in `Unique Identifier`" in told.out
    assert "withheld, number of a person or case: 1 in `Case Number`" in told.out
    kept = said(case, "add", str(file), "--as", "detentions", "--keep", "Case Number", "--json").json[
        "added"
    ][0]
    assert [one["header"] for one in kept["withheld"]] == ["Unique Identifier", "Case Number"]
    said(case, "build")
    assert "1:25-cv-1" in said(case, "rows", f"{kept['source']}::2").out
    said(case, "export", "stints", "-o", str(tmp_path / "stints.csv"))
    assert "1:25-cv-1" not in (tmp_path / "stints.csv").read_text(encoding="utf-8")


def test_odd_spellings_sing_neither_where_a_category_is_expected_nor_in_a_header(
    sung: Path, tmp_path: Path
) -> None:
    said(sung, "export", "stints", "-o", str(tmp_path / "stints.csv"))
    heard = (tmp_path / "stints.csv").read_text(encoding="utf-8").lower() + json.dumps(
        said(sung, "status", "--json").json, ensure_ascii=False
    ).lower()
    assert len(heard.splitlines()) > 8 + len(ODD)
    assert [
        needle for needle in ("098.765", "098765431", "1958", "zzyxwood", "0137") if needle in heard
    ] == []


def test_nobody_elses_id_is_shown_to_who_asks_for_one_that_is_not_there(sung: Path) -> None:
    answer = said(sung, "person", "abcdef02")
    assert answer.code == 1
    assert "abcdef01" not in answer.out + answer.err
