"""Files written in every manner known, by a writer that shares no code with the reader: nothing is lost in
silence, nothing misread, every row accounted for.
"""

import datetime as dt
import random
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sources.builders import rejects_of, rows_of

from paradero.sources import Ingested, ingest

from . import written
from .scale import draws
from .written import Expected, Manner, Out, Record

A_RUN = 10
RUNS = draws(2, 120)


def text_manner(chance: random.Random) -> Manner:
    """Draw how a text file is written."""
    delimiter = chance.choice([",", "|", ";", "\t", "\t", " "])
    spelling = chance.choice(written.SPELLINGS)
    extra: dict[int, list[str]] = {}
    for number in chance.sample(range(1, 12), chance.randint(0, 3)):
        extra[number] = chance.choice([["HEADER"], [""], ["Total rows: 12"], ["Note: times are local"]])
    return Manner(
        spelling=spelling,
        delimiter=delimiter,
        encoding=chance.choice(["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "mixed"]),
        comma=chance.random() < 0.4,
        thousands=chance.random() < 0.5,
        two_columns=spelling in ("iso", "mdy", "dmy", "mdy_dash", "dmy_dot", "slashed_iso")
        and delimiter != " "
        and chance.random() < 0.4,
        above=0 if delimiter == " " else chance.randint(0, 3),
        extra={} if delimiter == " " else extra,
    )


def came_back(rows: list[dict[str, Any]], name: str) -> list[Out]:
    """The dates of a column as they came back."""
    found: list[Out] = []
    for row in rows:
        if row[f"{name}_precision"] == "day_or_month":
            assert (row[name], row[f"{name}_why_missing"]) == (None, "day_or_month")
            found.append(("two", (row[f"{name}_lo"], row[f"{name}_hi"])))
        elif row[name] is None:
            found.append(("none", row[f"{name}_why_missing"]))
        else:
            found.append(("at", row[name]))
    return found


def compare(rows: list[dict[str, Any]], expected: Expected) -> None:
    """Every record came back as it was written."""
    assert [row["unique_identifier"] for row in rows] == expected.persons
    assert [row["detention_facility"] for row in rows] == expected.places
    assert came_back(rows, "book_in_date_time") == expected.begins
    assert came_back(rows, "book_out_date_time") == expected.ends
    assert [row["bond_posted_amount"] for row in rows] == expected.amounts


def told(done: Ingested, what: str) -> list[dict[str, Any]]:
    return [each for each in done.assumed if each["what"] == what]


def check_text(path: Path, out: Path, records: list[Record], manner: Manner) -> None:
    written.write_text(path, written.lines_of(records, manner), manner)
    expected = written.expected_of(records, manner)
    done = ingest(path, out, source="s", file_name=path.name)
    rows = rows_of(out, "detentions")
    compare(rows, expected)
    assert done.ledger.as_json() == expected.ledger
    # whatever is not a value is told: rejects with their address, or an assumption with its cells
    unread = sum(end == ("none", "unreadable") for end in expected.ends)
    assert (
        sum(
            each["problem"] in ("unreadable", "error_cell") and each["column_name"] == "book_out_date_time"
            for each in rejects_of(out)
        )
        == unread
    )
    assert sum(each["cells"] for each in told(done, "stand_in_date")) == sum(
        end == ("none", "stand_in") for end in expected.ends
    )
    two = sum(end[0] == "two" for end in [*expected.begins, *expected.begins, *expected.ends])
    assert sum(each["cells"] for each in told(done, "date_order") if each["is_open"]) == two
    lost = sum(
        got is None and record.amount is not None
        for got, record in zip(expected.amounts, records, strict=True)
    )
    assert (
        sum(
            each["problem"] == "unreadable" and each["column_name"] == "bond_posted_amount"
            for each in rejects_of(out)
        )
        == lost
    )


@pytest.mark.parametrize("run", range(RUNS))
def test_text_comes_back_as_it_was_written(run, tmp_path):
    for number in range(A_RUN):
        chance = random.Random(run * 1000 + number)
        records = written.records(chance, 12, low_days=chance.random() < 0.4)
        manner = text_manner(chance)
        try:
            check_text(tmp_path / "f.csv", tmp_path / "out", records, manner)
        except AssertionError as error:
            raise AssertionError(f"seed {run * 1000 + number}, {manner}: {error}") from error


def sheet_row(row: Record) -> list[Any]:
    end = row.end if row.end is not None else row.end_text or None
    return [row.begin, row.begin, row.place[0], row.place[1], end, row.amount, "Transferred", row.person]


def write_book(
    path: Path, chance: random.Random, records: list[Record]
) -> tuple[list[Record], dict[str, int], set[str]]:
    """A workbook of several sheets; the records that must come back in order, its account, and words that
    must be said of its sheets.
    """
    book = openpyxl.Workbook()
    book.remove(book.active)
    back, said = [], set()
    account = dict.fromkeys(
        [
            "in_file",
            "taken",
            "above",
            "header",
            "repeated_headers",
            "notes",
            "blank",
            "stray",
            "not_taken",
            "missing",
        ],
        0,
    )
    half = len(records) // 2
    parts = [("Detentions", records[:half], "headed")]
    kind = chance.choice(["overflow", "hidden", "second", "copy"])
    parts.append((f"Part {kind}", records[:half] if kind == "copy" else records[half:], kind))
    if chance.random() < 0.5:
        parts.append(("Footnotes", [], "notes"))
    for name, rows, kind in parts:
        sheet = book.create_sheet(name)
        if kind == "notes":
            sheet.append(["Times are those of the facility."])
            sheet.append(["Prepared by the records office."])
            account["in_file"] += 2
            account["not_taken"] += 2
            said.add("Footnotes")
            continue
        if kind != "overflow":
            above = chance.randint(0, 2)
            for number in range(above):
                sheet.append([f"Title {number}"])
            sheet.append(written.HEADERS)
            account["above"] += above
            account["header"] += 1
            account["in_file"] += above + 1
        for row in rows:
            sheet.append(sheet_row(row))
        account["in_file"] += len(rows)
        account["taken"] += len(rows)
        back += rows
        if kind == "hidden":
            sheet.sheet_state = chance.choice(["hidden", "veryHidden"])
            said.add("hidden in the workbook")
        said |= {"going on from sheet 'Detentions'"} if kind == "overflow" else set()
        said |= {"are those of sheet 'Detentions' again"} if kind == "copy" else set()
    book.save(path)
    return back, account, said


@pytest.mark.parametrize("run", range(RUNS))
def test_workbooks_come_back_as_they_were_written(run, tmp_path):
    for number in range(A_RUN // 2):
        chance = random.Random(500_000 + run * 1000 + number)
        records = written.records(chance, 12, low_days=False)
        for record in records:
            if record.end_why == "unreadable":
                record.end_text = chance.choice(["#N/A", "#REF!", "#DIV/0!", "=A1+1", "??"])
        back, account, said = write_book(tmp_path / "f.xlsx", chance, records)
        done = ingest(tmp_path / "f.xlsx", tmp_path / "out", source="s", file_name="f.xlsx")
        compare(rows_of(tmp_path / "out", "detentions"), written.expected_of(back, Manner(spelling="iso")))
        assert done.ledger.as_json() == account
        words = " ".join(
            [
                *(remark for sheet in done.sheets for remark in sheet.remarks),
                *(sheet.name for sheet in done.sheets if not sheet.kinds),
            ]
        )
        assert all(each in words for each in said), (said, words)
        lost = [
            each for each in rejects_of(tmp_path / "out") if each["problem"] in ("unreadable", "error_cell")
        ]
        assert len(lost) == sum(record.end_why == "unreadable" for record in back)


def test_a_file_declared_in_an_order_is_read_in_it(tmp_path):
    chance = random.Random(7)
    records = written.records(chance, 12, low_days=True)
    for spelling, order in (("mdy", "mdy"), ("dmy", "dmy")):
        manner = Manner(spelling=spelling)
        written.write_text(tmp_path / "f.csv", written.lines_of(records, manner), manner)
        done = ingest(tmp_path / "f.csv", tmp_path / "out", source="s", file_name="f.csv", date_order=order)
        rows = rows_of(tmp_path / "out", "detentions")
        assert [row["book_in_date_time"] for row in rows] == [record.begin for record in records]
        assert not any(each["is_open"] for each in told(done, "date_order"))
        assert all(isinstance(row["book_in_date_time"], dt.datetime) for row in rows)
