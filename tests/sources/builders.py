"""Files the tests make, and what `ingest` made of them as plain rows."""

import csv
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
from pyarrow import feather

from paradero.sources import Ingested, ingest

SHARED = Path(__file__).parents[2].parent / "shared"
DATA = SHARED / "data"
SCHEMAS = DATA / "SCHEMAS.md"

Table = list[list[Any]]

STINT_HEADERS = [
    "Stay Book In Date Time",
    "Book In Date Time",
    "Detention Facility",
    "Detention Facility Code",
    "Book Out Date Time",
    "Birth Year",
    "Anonymized Identifier",
]
STINT = [
    "2025-01-01 10:00:00",
    "2025-01-01 10:00:00",
    "EXAMPLE",
    "EXACODE",
    "2025-01-02 11:30:00",
    "1990",
    "00ab",
]


def write_xlsx(path: Path, sheets: dict[str, Table], **options: Any) -> Path:
    """A workbook of text cells (None is empty, numbers are numbers)."""
    with xlsxwriter.Workbook(path, options) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(number, column, value)
                    elif value is not None:
                        sheet.write_number(number, column, value)
    return path


def write_csv(path: Path, rows: Table, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    with path.open("w", newline="", encoding=encoding) as stream:
        csv.writer(stream, delimiter=delimiter).writerows(rows)
    return path


def write_columnar(path: Path, rows: Table) -> Path:
    """Parquet or Feather with text columns; the first row is the header."""
    table = pa.table(
        {
            header: pa.array([row[place] for row in rows[1:]], pa.string())
            for place, header in enumerate(rows[0])
        }
    )
    if path.suffix == ".parquet":
        pq.write_table(table, path)
    else:
        feather.write_feather(table, path)
    return path


def taken(path: Path, out: Path, **options: Any) -> tuple[Ingested, list[dict[str, Any]]]:
    """Ingest a file into `out`; what it gave, and its typed rows without their address."""
    done = ingest(path, out, source="s", file_name=path.name, **options)
    return done, rows_of(out, next(kind for kind in done.kinds if kind != "statistics"))


def rows_of(out: Path, kind: str) -> list[dict[str, Any]]:
    with duckdb.connect() as connection:
        relation = connection.read_parquet(str(out / f"rows-{kind}-*.parquet"), union_by_name=True).order(
            "ordinal"
        )
        return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def rejects_of(out: Path) -> list[dict[str, Any]]:
    return pq.read_table(out / "rejects.parquet").to_pylist()


def columns_of(out: Path) -> list[dict[str, Any]]:
    return pq.read_table(out / "columns.parquet").to_pylist()


def values_only(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows without their address."""
    address = {
        "source",
        "sheet_number",
        "ordinal",
        "source_sheet",
        "source_row",
        "file_original",
        "sheet_original",
        "row_original",
        "redactions",
    }
    return [{name: value for name, value in row.items() if name not in address} for row in rows]
