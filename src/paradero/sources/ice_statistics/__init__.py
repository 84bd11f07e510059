"""ICE's detention statistics workbooks: the Facilities sheet as a table, and every cell of every sheet with
its labels.
"""

from __future__ import annotations

import datetime as dt
import re

import pyarrow as pa

from paradero.sources.containers.parts import column_letters

_AS_OF = re.compile(r"IIDS\)?\s*,?\s*(?:as of\s*)?([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?")
_IN_NAME = re.compile(r"(?<![0-9])(0[1-9]|1[0-2])([0-3][0-9])(20[0-9]{2})(?![0-9])")
_FISCAL_YEAR = re.compile(r"\bFY\s?(?:20)?([0-9]{2})\b")
_YEAR_IN_NAME = re.compile(r"FY\s?(?:20)?([0-9]{2})(?![0-9])", re.IGNORECASE)

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
    return (
        any(name.startswith("facilities") for name in names)
        and any(name.startswith("detention") for name in names)
        and "footnotes" in names
    )


def constants(rows: list[list[str | None]], file_name: str) -> dict[str, str | None]:
    """What is stated once for a Facilities sheet: `as_of` (ISO date), `as_of_from` and `fiscal_year`; None
    where not stated.

    `as_of` is the day of the data pull in the sheet's source line (`as_of_from` = sheet). Where the sheet
    states none it is the date in the file's name (`as_of_from` = file_name), which is the day of publication,
    days to weeks after the pull.
    """
    texts = [cell for row in rows[:10] for cell in row if cell]
    stated = next((_date(found.groups()) for text in texts if (found := _AS_OF.search(text))), None)
    named = next((_date(found.groups()) for found in _IN_NAME.finditer(file_name)), None)
    year = next(
        (found for text in texts if (found := _FISCAL_YEAR.search(text))), None
    ) or _YEAR_IN_NAME.search(file_name)
    return {
        "as_of": stated or named,
        "as_of_from": "sheet" if stated else "file_name" if named else None,
        "fiscal_year": f"20{year.group(1)}" if year else None,
    }


def _date(parts: tuple[str | None, ...]) -> str | None:
    month, day, year = (int(part or 0) for part in parts)
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def long_cells(table: pa.Table, *, source: str, sheet_number: int, sheet: str, ordinal_base: int) -> pa.Table:
    """Every filled cell of a sheet, one row each.

    `row_label` is the nearest text to the left in the row, `column_label` the nearest text above it in the
    column, `title` the nearest text above the column label's row that stands at or to the left of the column.
    """
    rows = table.to_pylist()
    above: dict[int, tuple[int, str]] = {}
    titles: list[tuple[int, int, str]] = []
    records: list[dict[str, object]] = []
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
            title = next(
                (
                    text
                    for at, column, text in reversed(titles)
                    if head and at < head[0] and column <= position
                ),
                None,
            )
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
    plain = text.replace(",", "").replace("$", "")
    return float(plain) if _NUMBER.fullmatch(plain) else None
