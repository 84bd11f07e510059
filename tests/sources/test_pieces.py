"""A table that is taken in pieces gives what it gives when it is held whole; so whole is the oracle, which
knows nothing of pieces.
"""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from attack.scale import draws

from paradero.model.errors import SourceError
from paradero.sources import ingest
from paradero.sources.containers.texts.large import pieces_of

from .builders import rejects_of

HEADERS = [
    "Stay Book In Date Time",
    "Book In Date",
    "Book In Time",
    "Detention Facility Code",
    "Book Out Date Time",
    "Bond Posted Amount",
    "MSC Sentence Days",
    "Anonymized Identifier",
    "Gender",
    "Gender",
    "Remarks",
    "Officer",
    "Mother",
    "Note Code",
]


def _row(draw: random.Random, number: int, ids: list[str], dates: str) -> list[str]:
    day, month = draw.randint(1, 28), draw.randint(1, 12 if dates != "month first" else 9)
    when = {
        "iso": f"2025-{month:02}-{day:02}",
        "month first": f"{month}/{day}/2025",
        "unsettled": f"{month}/{min(day, 12)}/2025",
    }[dates]
    gender = draw.choice(["M", "F", "", "b(6), b(7)c"])
    return [
        f"{when} 10:0{draw.randint(0, 9)}",
        when,
        f"{draw.randint(0, 23)}:{draw.randint(10, 59)}",
        draw.choice(["EXACODE", "exbcode", "(b)(7)(E)", ""]),
        draw.choice([f"{when} 11:30", "", "b(6)", "1900-01-01", "soon", "2099-12-31"]),
        draw.choice(["1500", "1,500", "1.5", "NULL", "12.345", "x"]),
        draw.choice(["30", "", "60", "N/A"]),
        draw.choice(ids),
        gender,
        gender if draw.random() < 0.9 else "F",
        draw.choice(["came by bus", "A 123-456-789", "555-123-4567", f"said thing {number}", ""]),
        draw.choice(["Jane Roe", "John Doe"]) if number % 3 else f"Mary {'abcdefghij'[number % 10]}poe",
        f"{draw.choice(['Ana', 'Eva'])} {'abcdefghijklmnop'[number % 16] * 3}{number}",
        draw.choice(["NA", "b(6)", "z"]),
    ]


IDS = {
    "letters": ["ab12", "AB12", "cd34", "ef56", "unknown", "n/a", "#REF!", "\u200bef56"],
    "numbers": ["0", "1", "2", "1111111", "1111112", "1111110", "2222222", "same", "9999", "300", "test"],
    "long": ["1234567890123450", "9007199254740993", "98765432109876540", "1.23E+18", "7"],
    "exact": ["9007199254740994000", "9007199254741000000", "9107199254741002240", "00", "Smith, Jo"],
}


def _written(draw: random.Random, path: Path) -> None:
    """A table with what goes wrong in tables, somewhere."""
    ids, dates = IDS[draw.choice([*IDS])], draw.choice(["iso", "month first", "unsettled"])
    delimiter = draw.choice(",\t;|")
    headers = [name for name in HEADERS if draw.random() < 0.9 or name in HEADERS[:4]]
    places = [HEADERS.index(name) for name in headers if name != "Gender"]
    places += [place for place, name in enumerate(HEADERS) if name == "Gender" and name in headers]
    rows = [[_row(draw, number, ids, dates)[place] for place in places] for number in range(60)]
    heads = [HEADERS[place] for place in places]
    for _ in range(draw.randint(0, 6)):
        at = draw.randint(0, len(rows))
        odd = draw.choice(["blank", "header", "capitals", "total", "short", "long", "lines", "quote", "nul"])
        new = [_row(draw, at, ids, dates)[place] for place in places]
        rows[at:at] = [
            {
                "blank": [""] * len(heads),
                "header": heads,
                "capitals": [head.upper() for head in heads],
                "total": ["Total", *[""] * (len(heads) - 2), "61"],
                "short": new[:-2],
                "long": [*new, "more", "7"],
                "lines": [*new[:-1], "two\nlines, with " + delimiter],
                "quote": [*new[:-1], '6" pipe'] if delimiter in "\t|" else new,
                "nul": [new[0], *[cell + "\0" for cell in new[1:3]], *new[3:]],
            }[odd]
        ]
    if draw.random() < 0.4:
        rows = [[str(number), *row] for number, row in enumerate(rows)]
        heads = ["", *heads]
    preamble = [["Release 2025-ICLI-00019"], []] if draw.random() < 0.4 else []
    end = draw.choice(["\n", "\r\n", "\r"])
    text = end.join(
        delimiter.join(_cell(cell, delimiter) for cell in row) for row in [*preamble, heads, *rows]
    )
    raw = (text + end * draw.randint(0, 2)).encode(draw.choice(["utf-8", "utf-8-sig", "utf-16"]))
    if draw.random() < 0.4 and not raw.startswith(b"\xff\xfe"):
        raw = raw.replace(b"said", b"dijo a\xf1o", 2)
        raw = raw.replace(b"bus", "autobús".encode(), 1) if draw.random() < 0.5 else raw
    path.write_bytes(gzip.compress(raw) if draw.random() < 0.2 else raw)


def _cell(cell: str, delimiter: str) -> str:
    if "\n" in cell or (delimiter in cell):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _all_of(path: Path, out: Path, most_held: int, **how: Any) -> Any:
    try:
        ingest(path, out, source="s" * 12, file_name=path.name, most_held=most_held, **how)
    except SourceError as error:
        return str(error)
    tables = {each.name: pq.read_table(each).to_pylist() for each in sorted(out.glob("*.parquet"))}
    return tables, json.loads((out / "report.json").read_text())


@pytest.mark.parametrize("seed", range(draws(6, 400)))
def test_pieces_give_what_the_whole_gives(seed: int, tmp_path: Path) -> None:
    draw = random.Random(seed)
    path = tmp_path / "table.csv"
    _written(draw, path)
    how = {"keep": ("Remarks",)} if draw.random() < 0.2 else {}
    whole = _all_of(path, tmp_path / "whole", 1 << 40, **how)
    for size in (2000, 20_000):
        assert _all_of(path, tmp_path / f"pieces {size}", size, **how) == whole


@pytest.mark.parametrize("rows", [1, 7, 1000])
def test_pieces_of_parquet_give_what_the_whole_gives(rows: int, tmp_path: Path) -> None:
    draw = random.Random(rows)
    made = [_row(draw, number, IDS["letters"], "unsettled") for number in range(60)]
    wanted = [place for place in range(len(HEADERS)) if place != 9]
    columns = {HEADERS[place]: pa.array([row[place] for row in made]) for place in wanted}
    columns["MSC Sentence Days"] = pa.array([None if number % 5 else number / 2 for number in range(60)])
    columns["Book Out Date Time"] = pa.array(
        [1_700_000_000_000_000 + n for n in range(60)], pa.timestamp("us")
    )
    path = tmp_path / "table.parquet"
    pq.write_table(pa.table(columns), path, row_group_size=25)
    whole = _all_of(path, tmp_path / "whole", 1 << 40)
    assert _all_of(path, tmp_path / "pieces", rows * 512) == whole


def test_a_table_beside_another_is_held_whole(tmp_path: Path) -> None:
    rows = ["Book In Date Time,Detention Facility,Gender,,Key,Meaning"]
    rows += ["2025-01-01,X,M,,a,alpha", "2025-01-02,X,F,,b,beta", *["2025-01-03,Y,F,,,"] * 8]
    (tmp_path / "table.csv").write_text("\n".join(rows))
    whole = _all_of(tmp_path / "table.csv", tmp_path / "whole", 1 << 40)
    assert "columns E:F hold another table" in json.dumps(whole[1])
    assert _all_of(tmp_path / "table.csv", tmp_path / "pieces", 100) == whole


@pytest.mark.parametrize("most_held", [1 << 40, 2000])
def test_nul_bytes_are_left_out_and_listed(most_held: int, tmp_path: Path) -> None:
    rows = ("Book In Date Time,Detention Facility,Gender\n" + "2025-01-01,X,M\n" * 1000).encode()
    path = tmp_path / "table.csv"
    path.write_bytes(rows + b"2025-01-0\x002,X\0\0Y,F\n2025-01-03,Z,F\n")
    done = ingest(path, tmp_path / "out", source="s" * 12, file_name="table.csv", most_held=most_held)
    table = pq.read_table(tmp_path / "out" / "rows-detentions-0.parquet").to_pylist()
    assert [(row["source_row"], row["detention_facility"]) for row in table[-2:]] == [
        (1002, "XY"),
        (1003, "Z"),
    ]
    assert str(table[-2]["book_in_date_time"]) == "2025-01-02 00:00:00"
    assert [
        (each["source_row"], each["column_name"], each["value"], each["expected"])
        for each in rejects_of(tmp_path / "out")
        if each["problem"] == "nul_bytes"
    ] == [
        (1002, "book_in_date_time", None, "text; 1 NUL bytes were left out"),
        (1002, "detention_facility", None, "text; 2 NUL bytes were left out"),
    ]
    assert (done.rows_kept, done.rows_flagged, done.cells_rejected) == (1002, 1, 2)
    assert [each["cells"] for each in done.assumed if each["what"] == "nul_bytes"] == [2]


def test_a_hole_of_nul_bytes_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"Book In Date Time,Gender\n" + b"2025-01-01,M\n" * 1000 + b"\0" * 4000)
    for most_held in (1 << 40, 2000):
        assert "NUL bytes" in _all_of(path, tmp_path / "out", most_held)


@pytest.mark.parametrize("most_held", [1 << 40, 2000])
def test_a_quote_that_nobody_closes_is_told_by_its_line(most_held: int, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    rows = ["Book In Date Time,Gender", *["2025-01-01,M"] * 700, '2025-01-02,"F', *["2025-01-01,M"] * 700]
    path.write_text("\n".join(rows))
    assert "line 702: the quotes" in _all_of(path, tmp_path / "out", most_held)


def test_pieces_are_whole_records(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text('a,b\n1,"x\ny"\n2,z\r\n3,"é""q"\n', newline="")
    for size in range(1, 30):
        parts = [each.content for each in pieces_of(path, "table.csv", size=size)]
        assert "".join(parts) == 'a,b\n1,"x\ny"\n2,z\n3,"é""q"\n'
        assert all(each.count('"') % 2 == 0 and each.endswith("\n") for each in parts)
