"""A workbook: a sheet that says what the file is, and the rows. Times are date cells, cut to the second:
spreadsheets would round them up to the next day.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from paradero.exports.content import Content, Row
from paradero.model.errors import ParaderoError
from paradero.model.safe_text import is_formula

FOR_SPREADSHEETS = True

LONGEST_CELL = 32_767


def write(content: Content, path: Path) -> None:
    """Write the sheet `about` and as many sheets as the rows need, in the order that the content wants."""
    options = {
        "constant_memory": True,
        "default_date_format": "yyyy-mm-dd hh:mm:ss",
        "strings_to_numbers": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "use_zip64": True,
    }
    columns = content.relation.columns
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": dt.datetime(2000, 1, 1)})
        armed = book.add_format(
            {"quote_prefix": True}
        )  # shown as it is, and no formula even when somebody edits the cell
        if not content.begins_with_rows:
            _say_about(book, content)
        sheet = _titled(book, content.name, columns, 1)
        for place, row in enumerate(content.rows()):
            number, line = divmod(place, content.rows_a_sheet)
            if line == 0 and number:
                sheet = _titled(book, content.name, columns, number + 1)
            _write_row(sheet, line + 1, row, armed)
        if content.begins_with_rows:
            _say_about(book, content)


def _say_about(book: xlsxwriter.Workbook, content: Content) -> None:
    about = book.add_worksheet("about")
    for place, pair in enumerate((content.note | {"clock readings": "to the second"}).items()):
        about.write_row(place, 0, pair)


def _titled(book: xlsxwriter.Workbook, name: str, columns: list[str], number: int) -> Worksheet:
    sheet = book.add_worksheet(f"{name[:26]} {number}" if number > 1 else name[:31])
    sheet.write_row(0, 0, columns)
    return sheet


def _write_row(sheet: Worksheet, line: int, row: Row, armed: Format) -> None:
    for place, value in enumerate(row):
        if value is None:
            continue
        if isinstance(value, dt.datetime):
            sheet.write_datetime(line, place, value.replace(microsecond=0))
        elif isinstance(value, bool | int | float | dt.date):
            sheet.write(line, place, value)
        elif sheet.write_string(line, place, str(value), armed if is_formula(str(value)) else None) == -2:
            raise ParaderoError(
                f"A text has {len(value):,}; cells of a workbook hold at most {LONGEST_CELL:,} letters."
                " Export to .csv or .parquet."
            )
