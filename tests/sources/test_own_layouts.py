"""Releases of other agencies, read by a layout that a user wrote: what it says counts, in every mistake its line;
no name and no number of a person comes in, whatever is proposed.
"""

from __future__ import annotations

import datetime as dt
import random
import tomllib
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from casefile.made import said

from paradero.authored.declared import AuthoredError
from paradero.building.adding import add
from paradero.building.ingested import ingested_folder
from paradero.casefile.folder import Casefile, create
from paradero.casefile.originals import sources_of
from paradero.model.errors import SourceError
from paradero.sources.own_layouts import read_own_layout
from paradero.sources.proposing import layout_text, proposed

from .builders import DATA

LAYOUT = """
name = "Example Department of Corrections"
kind = "detentions"
withheld = ["DOC No.", "Inmate Name"]
aside = ["Narrative"]

[columns]
"Code" = "unique_identifier"
"Admit Date" = "book_in_date_time"
"Release Date" = "book_out_date_time"
"Release Type" = "detention_release_reason"

[constants]
detention_facility = "EXAMPLE PRISON"
"""
HEAD = "DOC No.,Inmate Name,Code,Admit Date,Release Date,Release Type,Narrative,Wing\n"
ROWS = [
    "1001,ZORRO ALPHA,c1,1/2/2024 08:00,1/9/2024,To ICE,He said a thing,A\n",
    "1002,ZORRO BETA,c2,1/22/2024,2/30/2024,To ICE,Another,B\n",
    "1003,ZORRO GAMMA,c3,1/23/2024,,,,\n",
]


@pytest.fixture
def case(tmp_path: Path) -> Casefile:
    return create(tmp_path / "case")


def release(folder: Path) -> Path:
    path = folder / "release.csv"
    path.write_text("EXAMPLE DEPARTMENT\n,,\n" + HEAD + "".join(ROWS))
    return path


def rows_of(case: Casefile) -> list[dict[str, Any]]:
    (source,) = sources_of(case)
    (part,) = ingested_folder(case, source).glob("rows-*.parquet")
    return pq.read_table(part).to_pylist()  # type: ignore[no-any-return]


def test_a_foreign_release_is_read_as_its_layout_says(case: Casefile, tmp_path: Path) -> None:
    path = release(tmp_path)
    with pytest.raises(SourceError, match="no table of a known kind"):
        add(case, path)
    add(case, path, layout=LAYOUT)
    rows = rows_of(case)
    assert [row["unique_identifier"] for row in rows] == ["c1", "c2", "c3"]
    assert [row["book_in_date_time"] for row in rows] == [
        dt.datetime(2024, 1, 2, 8),
        dt.datetime(2024, 1, 22),
        dt.datetime(2024, 1, 23),
    ]
    assert [row["book_out_date_time"] for row in rows] == [dt.datetime(2024, 1, 9), None, None]
    assert [row["book_out_date_time_why_missing"] for row in rows][1:] == ["unreadable", "blank"]
    assert {row["detention_facility"] for row in rows} == {"EXAMPLE PRISON"}
    assert rows[0]["extra"] == '{"Wing": "A"}' or '"A"' in rows[0]["extra"]
    held = str(rows)
    assert "ZORRO" not in held
    assert "1001" not in held
    assert "He said" not in held


def test_the_layout_stays_with_the_source(case: Casefile, tmp_path: Path) -> None:
    path = release(tmp_path)
    layout = tmp_path / "mine.toml"
    layout.write_text(LAYOUT)
    assert said(case.root, "add", str(path), "--layout", str(layout)).code == 0
    layout.unlink()
    assert said(case.root, "add", str(path), "--json").json["added"][0]["changed"] is False
    digest = said(case.root, "build", "--json").json["digest"]
    for built in list(case.ingested.iterdir()):
        for file in built.iterdir():
            file.unlink()
        built.rmdir()
    assert said(case.root, "build", "--json").json["digest"] == digest
    assert said(case.root, "verify").code == 0
    changed = LAYOUT.replace("EXAMPLE PRISON", "ANOTHER PRISON")
    layout.write_text(changed)
    assert said(case.root, "add", str(path), "--layout", str(layout), "--json").json["added"][0]["changed"]
    assert {row["detention_facility"] for row in rows_of(case)} == {"ANOTHER PRISON"}


MISTAKES = {
    "a kind": ('kind = "detentions"', 'kind = "detentoins"', "line 3", "Did you mean `detentions`"),
    "a column": ('= "book_out_date_time"', '= "book_out_datetime"', "line 10", "book_out_date_time"),
    "one column twice": ('"detention_release_reason"', '"book_in_date_time"', "line 11", "already"),
    "a column that is a name": (
        '"detention_release_reason"',
        '"alien_file_number_x"',
        "line 11",
        "is not a column",
    ),
    "a required column missing": ('= "book_in_date_time"', '= "gender"', "line 7", "without which no row"),
    "a field": ("aside = ", "besides = ", "line 5", "besides"),
    "a constant": ("detention_facility = ", "facility = ", "line 14", "is not a column"),
    "a list that is none": ('["Narrative"]', '"Narrative"', "line 5", "aside"),
    "not TOML": ('"Code" =', "Code Code =", "line 8", "not valid TOML"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_its_line(name: str) -> None:
    old, new, line, words = MISTAKES[name]
    assert old in LAYOUT
    with pytest.raises(AuthoredError) as told:
        read_own_layout(LAYOUT.replace(old, new, 1), file="mine.toml")
    assert f"mine.toml {line}:" in str(told.value)
    assert words in str(told.value)


def test_all_mistakes_come_at_once() -> None:
    text = LAYOUT.replace('"unique_identifier"', '"nobody"').replace('"detention_release_reason"', '"reason"')
    with pytest.raises(AuthoredError) as told:
        read_own_layout(text.replace("detention_facility =", "prison ="), file="mine.toml")
    assert len(told.value.mistakes) == 3


def test_a_layout_of_another_file_says_so(case: Casefile, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(
        SourceError, match="has the headers of the layout that was given: `Code`, `Admit Date`"
    ):
        add(case, tmp_path / "other.csv", layout=LAYOUT)
    assert not sources_of(case)


def test_a_proposal_is_a_layout_that_reads_its_file(case: Casefile, tmp_path: Path) -> None:
    path = release(tmp_path)
    made = said(case.root, "layout", "new", str(path), "-o", str(tmp_path / "new.toml"))
    assert made.code == 0, made.err
    text = (tmp_path / "new.toml").read_text()
    loaded = tomllib.loads(text)
    assert loaded["kind"] == "detentions"
    assert set(loaded["withheld"]) == {"DOC No.", "Inmate Name"}
    assert loaded["columns"]["Admit Date"] == "book_in_date_time"
    assert loaded["columns"]["Release Date"] == "book_out_date_time"
    assert "ZORRO" not in text + made.out
    again = said(case.root, "layout", "new", str(path), "-o", str(tmp_path / "new.toml"))
    assert "exists" in again.err
    tried = said(case.root, "layout", "test", str(tmp_path / "new.toml"), str(path), "--json").json
    assert tried["rows"] == 3
    columns = {each["column"]: (each["filled"], each["unreadable"]) for each in tried["columns"]}
    assert columns["book_in_date_time"] == (3, 0)
    assert columns["book_out_date_time"] == (1, 1)
    assert not sources_of(case)
    assert said(case.root, "add", str(path), "--layout", str(tmp_path / "new.toml")).code == 0


WORDED = {
    "book_in_date_time": ["Admission Date", "INTAKE_DATE", "Booked On", "Date Received", "Fecha de Ingreso"],
    "book_out_date_time": ["Discharge Date", "RELEASE_DATE", "Date Out", "Fecha de Salida"],
    "detention_facility": ["Institution", "Facility Name", "Jail", "Centro"],
    "gender": ["Sex", "Sexo", "Gender Code"],
}
PEOPLE = ["Last Name", "NOMBRE", "Inmate Number", "DOB", "A-Number", "Home Address", "SSN", "Booking No."]


@pytest.mark.parametrize("seed", range(20))
def test_headers_in_any_words_and_order_are_proposed_and_people_never(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    meant = {rng.choice(headers): column for column, headers in WORDED.items()}
    people = rng.sample(PEOPLE, 3)
    headers = [*meant, *people]
    rng.shuffle(headers)
    values = {
        "book_in_date_time": dt.datetime(2024, 5, 1, 10, 30),
        "book_out_date_time": dt.datetime(2024, 5, 9),
        "detention_facility": "EXAMPLE",
        "gender": "F",
    }
    book = openpyxl.Workbook()
    sheet = book.active
    for _ in range(rng.randint(0, 3)):
        sheet.append(["Released under the public records act"])
    sheet.append(headers)
    for _ in range(5):
        sheet.append([values[meant[header]] if header in meant else "QUIXOTE" for header in headers])
    path = tmp_path / "r.xlsx"
    book.save(path)
    one = proposed(path)
    assert one.kind == "detentions"
    assert one.columns == meant
    assert set(one.withheld) == set(people)
    assert "QUIXOTE" not in layout_text(one, file="r.xlsx")


def test_a_table_of_nothing_known_gets_no_proposal(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("Fruit,Weight\napple,3\npear,4\n")
    with pytest.raises(SourceError, match="Write the layout by hand"):
        proposed(tmp_path / "r.csv")
    (tmp_path / "r.csv").write_text("Admit Date,Weight\nsoon,3\nlater,4\n")
    with pytest.raises(SourceError, match="has dates below it"):
        proposed(tmp_path / "r.csv")


def test_a_real_release_of_arrests_by_a_proposed_layout(case: Casefile) -> None:
    path = DATA / "arrests_removals" / "uwchr_i213_seattle_2021-12_2026_trimmed.csv.gz"
    one = proposed(path)
    assert one.kind == "arrests"
    add(case, path, layout=layout_text(one, file=path.name))
    rows = rows_of(case)
    assert len(rows) == 10_962
    assert all(row["apprehension_date_time"] for row in rows)
