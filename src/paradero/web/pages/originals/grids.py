"""Rows of an original as a sheet: letters above, numbers beside, withheld cells with their mark."""

from __future__ import annotations

from paradero.answers.sheet_rows import SheetCell, SheetRows
from paradero.model.addresses import Address
from paradero.reports.content.blocks import Missing, Row, Stated, Table, Text
from paradero.reports.content.wording import Wording

_NO_ROW = "–"


def grid(found: SheetRows, say: Wording, *, caption: str, cited: int = 0, marked: str = "") -> Table:
    """The rows in their columns; the row `cited` and the column of that letter are outlined."""
    heads = ("", *(column.letter for column in found.columns))
    header_row = _NO_ROW if found.header_row is None else str(found.header_row)
    header: tuple[Text, ...] = (
        (Stated(text=header_row),),
        *((Stated(text=column.header or ""),) for column in found.columns),
    )
    lines = [line for line in found.rows if line.row != found.header_row]
    rows = [
        (_number(found, line.row, cited), *(cell_text(cell, say) for cell in line.cells)) for line in lines
    ]
    return Table(
        caption=caption,
        heads=heads,
        rows=(header, *rows),
        is_sheet=True,
        cited=tuple(place for place, line in enumerate(lines, start=1) if line.row == cited),
        marked=tuple(place for place, column in enumerate(found.columns, start=1) if column.letter == marked),
    )


def _number(found: SheetRows, row: int, cited: int) -> Text:
    if row == cited:
        return (Stated(text=str(row)),)
    address = Address(source=found.source, sheet=found.sheet, row=row)
    return (Row(address=str(address), text=str(row)),)


def cell_text(cell: SheetCell, say: Wording) -> Text:
    """A cell as printed; what is withheld or hidden on a hatch, with what that means."""
    if cell.state == "value":
        return (Stated(text=cell.text),)
    if cell.state == "blank":
        return ()
    if cell.state == "hidden":
        return (Missing(text=say.plain("hidden")),)
    means = say.plain("withheld" if cell.state == "withheld" else "withheld_here")
    shown = cell.text.strip() if cell.state == "withheld" else ""
    return (Missing(text=f"{shown}: {means}" if shown else means),)
