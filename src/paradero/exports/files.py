"""Write a table to a file in the format that its ending names; the file appears whole or not at all."""

from __future__ import annotations

import dataclasses
import sqlite3
from pathlib import Path

import duckdb
from xlsxwriter.exceptions import XlsxWriterException

from paradero.casefile.outside import check_outside
from paradero.disk.whole_files import written_whole
from paradero.exports.content import ROWS_A_SHEET, Content, disarmed_cells
from paradero.exports.formats import ending_of, formats
from paradero.model.errors import ParaderoError, UnknownName
from paradero.model.safe_text import disarmed_note

FORMATS = formats()


def export(
    relation: duckdb.DuckDBPyRelation,
    path: Path,
    *,
    name: str,
    note: dict[str, str],
    rows_a_sheet: int = ROWS_A_SHEET,
    begins_with_rows: bool = False,
) -> str | None:
    """Write the relation to `path`; `name` names its table or sheet, `note` (scope, digest, version) goes
    where the format has room for it.

    A workbook gets a new sheet after every `rows_a_sheet` rows, and begins with the sheet that says what it
    is unless it `begins_with_rows`. Raises UnknownName for an ending that names
    no format and ParaderoError where the file cannot be written; what was at `path` before is then as it
    was. Returns what a reader has to know of the file: of cells that spreadsheets would run as formulas, of
    names that the format has no room for; None where there is nothing.
    """
    ending = ending_of(path.name)
    if ending is None:
        raise UnknownName(f"{path.name}: its ending names no format. Write one of {', '.join(FORMATS)}.")
    check_outside(path)
    chosen = FORMATS[ending]
    content = Content(
        relation=relation, name=name, note=note, rows_a_sheet=rows_a_sheet, begins_with_rows=begins_with_rows
    )
    n_disarmed = disarmed_cells(content) if chosen.for_spreadsheets else 0
    said = disarmed_note(n_disarmed) if n_disarmed else None
    if said:
        content = dataclasses.replace(content, note=note | {"formulas": said})
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with written_whole(path) as beside:
            told = chosen.write(content, beside)
    except (OSError, duckdb.IOException, sqlite3.Error, XlsxWriterException) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ParaderoError(
            f"{path}: cannot be written ({reason}). Name another place; what was there before is unchanged."
        ) from error
    return "; ".join(each for each in (said, told) if each) or None
