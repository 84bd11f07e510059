"""ICE's detention statistics workbooks: the Facilities sheet as a table, and every cell of every sheet with its labels."""

from __future__ import annotations

import datetime as dt
import re

import pyarrow as pa

from paradero.sources.careful import column_letters

_AS_OF = re.compile(r"IIDS\)?\s*,?\s*(?:as of\s*)?([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", re.IGNORECASE)
_FISCAL_YEAR = re.compile(r"\bFY\s?(?:20)?([0-9]{2})\b")

CELLS_SCHEMA = pa.schema(
    [
        ("source", pa.string()),
        ("sheet_number", pa.int32()),
        ("ordinal", pa.int64()),
        ("source_sheet", pa.string()),
        ("source_row", pa.int64()),
        ("source_column", pa.string()),
        ("cell", pa.string()),
        ("number", pa.float64()),
        ("row_label", pa.string()),
        ("column_label", pa.string()),
        ("title", pa.string()),
    ]
)


def is_statistics(sheets: list[str]) -> bool:
    """Whether sheet names are those of a detention statistics workbook (they drift: blanks, EOY, YTD)."""
    names = [name.strip().lower() for name in sheets]
    return any(name.startswith("facilities") for name in names) and any(name.startswith("detention") for name in names) and "footnotes" in names


def constants(rows: list[list[str | None]]) -> dict[str, str | None]:
    """`as_of` (ISO date of the data pull) and `fiscal_year` from the lines above a sheet's table; None where not stated."""
    texts = [cell for row in rows[:10] for cell in row if cell]
    as_of = next((found for text in texts if (found := _AS_OF.search(text))), None)
    year = next((found for text in texts if (found := _FISCAL_YEAR.search(text))), None)
    return {
        "as_of": dt.date(int(as_of.group(3)), int(as_of.group(1)), int(as_of.group(2))).isoformat() if as_of else None,
        "fiscal_year": f"20{year.group(1)}" if year else None,
    }


def long_cells(table: pa.Table, *, source: str, sheet_number: int, sheet: str, ordinal_base: int) -> pa.Table:
    """Every filled cell of a sheet, one row each.

    `row_label` is the nearest text to the left in the row, `column_label` the nearest text above it in the column,
    `title` the nearest text above the column label's row that stands at or to the left of the column.
    """
    rows = table.to_pylist()
    above: dict[int, tuple[int, str]] = {}
    titles: list[tuple[int, int, str]] = []
    records = []
    for number, row in enumerate(rows, start=1):
        cells = [(cell or "").strip() for cell in row.values()]
        label = ""
        fresh: list[tuple[int, str]] = []
        for position, cell in enumerate(cells):
            if not cell:
                continue
            value = _number(cell)
            if value is None:
                label = cell
                fresh.append((position, cell))
            head = above.get(position)
            title = next((text for at, column, text in reversed(titles) if head and at < head[0] and column <= position), None)
            records.append(
                {
                    "source": source,
                    "sheet_number": sheet_number,
                    "ordinal": ordinal_base + len(records),
                    "source_sheet": sheet,
                    "source_row": number,
                    "source_column": column_letters(position + 1),
                    "cell": cell,
                    "number": value,
                    "row_label": label if value is not None else None,
                    "column_label": head[1] if head else None,
                    "title": title,
                }
            )
        for position, text in fresh:
            above[position] = (number, text)
            titles.append((number, position, text))
    return pa.Table.from_pylist(records, schema=CELLS_SCHEMA)


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "").replace("$", ""))
    except ValueError:
        return None
