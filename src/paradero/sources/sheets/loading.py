"""Load the cells of a sheet as they came, whatever it is kept in."""

from __future__ import annotations

from paradero.sources.containers.columnar import read_columnar
from paradero.sources.containers.texts.delimited import Records, Text, as_table, read_text
from paradero.sources.containers.workbooks import read_sheet
from paradero.sources.sheets.assumed import Assumed
from paradero.sources.sheets.sniffing import head_of
from paradero.sources.sheets.tasks import Loaded, Oddities, SheetTask


def load(task: SheetTask) -> Loaded:
    """The cells of a sheet, and its first rows in which a header may stand."""
    hidden = ("hidden in the workbook",) if task.hidden else ()
    if task.container in ("parquet", "feather"):
        table = read_columnar(task.path, task.container, task.file_name)
        return Loaded(
            table=table, rows=table.num_rows, head=[list(table.column_names)], in_file=table.num_rows
        )
    if task.container == "csv":
        text = read_text(task.path, task.file_name)
        return loaded_text(text, as_table(text, task.file_name))
    read = read_sheet(task.path, task.container, task.name, task.file_name)
    remarks = (
        (*hidden, f"{read.hidden_rows:,} of its rows {'is' if read.hidden_rows == 1 else 'are'} hidden")
        if read.hidden_rows
        else hidden
    ) + ((read.remark,) if read.remark else ())
    return Loaded(
        table=read.table,
        rows=read.table.num_rows,
        head=head_of(read.table),
        odd=Oddities(far=read.far, doubted=read.doubted),
        remarks=remarks,
        origins=read.origins,
        in_file=max(read.table.num_rows, _bottom(read.far, read.last_row)),
    )


def loaded_text(text: Text, records: Records, start: int = 0) -> Loaded:
    """The records of a text, or those of a piece of it before which `start` others stand."""
    assumed = (
        Assumed(what="encoding", taken=text.encoding, is_open=text.is_mixed),
        Assumed(what="delimiter", taken=text.delimiter_words),
        *([Assumed(what="stray_quotes", taken="as they stand", cells=n)] if (n := text.stray_quotes) else ()),
        *([Assumed(what="nul_bytes", taken="left out", cells=n)] if (n := len(records.nuls)) else ()),
    )
    return Loaded(
        table=records.table,
        rows=records.table.num_rows,
        head=head_of(records.table),
        encoding=text.encoding,
        odd=Oddities(ragged=records.ragged, nuls=records.nuls),
        assumed=assumed,
        in_file=records.count,
        comma_land=text.delimiter == ";",
        start=start,
    )


def _bottom(far: tuple[tuple[int, str, str], ...], last_row: int | None) -> int:
    """The last row of a sheet that belongs to it: cells far below it are strays, each listed."""
    strays = {row for row, _, _ in far}
    return 0 if last_row in strays else last_row or 0
