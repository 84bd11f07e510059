"""`rows` gives the row as received, whatever file it came in."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from casefile.made import said
from pyarrow import feather

from paradero.building.adding import add
from paradero.casefile.folder import create

HEADERS = [
    "Stay Book In Date Time",
    "Book In Date Time",
    "Detention Facility",
    "Detention Facility Code",
    "Book Out Date Time",
    "Birth Year",
    "Anonymized Identifier",
    "Odd",
]
ROWS = [
    [
        "2025-01-01 10:00:00",
        "2025-01-01 10:00:00",
        "EXAMPLE",
        "EXACODE",
        "2025-01-02 11:30:00",
        "1990",
        "00ab",
        "x",
    ],
    [
        "2025-01-03 10:00:00",
        "2025-01-03 10:00:00",
        'Ñandú, "the" House',
        "EXBCODE",
        "b(6), b(7)c",
        "19x0",
        "00ac",
        "  two  ",
    ],
]


def _write(path: Path) -> int:
    """Write the rows; the row number of the second one."""
    if path.name.endswith(".xlsx"):
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("Sheet - 1")
            for number, row in enumerate([["A title"], [], HEADERS, *ROWS]):
                sheet.write_row(number, 0, row)
        return 5
    if path.name.endswith((".csv", ".csv.gz")):
        text = io.StringIO(newline="")
        csv.writer(text).writerows([HEADERS, *ROWS])
        content = text.getvalue().encode()
        path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
        return 3
    table = pa.table({header: [row[place] for row in ROWS] for place, header in enumerate(HEADERS)})
    if path.suffix == ".parquet":
        pq.write_table(table, path)
    else:
        feather.write_feather(table, str(path))
    return 2


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a.csv.gz", "a.parquet", "a.feather"])
def test_the_row_as_received(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    number = _write(path)
    case = create(tmp_path / "case")
    source, _ = add(case, path)
    sheet = "Sheet - 1" if name == "a.xlsx" else ""
    address = f"{source.source}:{sheet}:{number}"
    heard = said(case.root, "rows", address, "--json")
    assert heard.code == 0, heard.err
    (row,) = heard.json["rows"]
    assert (row["address"], row["sha256"], row["file_name"], row["row"]) == (
        address,
        source.sha256,
        name,
        number,
    )
    assert list(row["cells"].values()) == ROWS[1]
    assert list(row["cells"]) == HEADERS
    assert "Ñandú" in said(case.root, "rows", address).out
    assert said(case.root, "rows", address, "--csv").out.splitlines()[0] == "address,column,value"
    for wrong in (
        f"{source.source}:{sheet}:{number + 1}",
        f"{source.source}:{sheet}:0",
        f"{source.source}:other:1",
        f"{source.source}:{sheet}:{2**40}",
    ):
        assert said(case.root, "rows", wrong).code == 1
