"""Take one sheet in: find its header, type its rows, write rows, cells, rejects and the profile of its
columns.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from paradero.engines.lending import lent
from paradero.sources.containers.columnar import held_of, read_columnar
from paradero.sources.containers.damage import told
from paradero.sources.containers.delimited import as_table, read_text
from paradero.sources.containers.first_bytes import WORKBOOKS
from paradero.sources.containers.workbooks import read_sheet
from paradero.sources.held import Held, Texts, Values, texts_of
from paradero.sources.ice_statistics import is_statistics, long_cells
from paradero.sources.sheets.assumed import Assumed
from paradero.sources.sheets.assumptions import assumptions_of
from paradero.sources.sheets.beside import Parted, beside_words, parted
from paradero.sources.sheets.clocks import with_clocks
from paradero.sources.sheets.ledger import Ledger
from paradero.sources.sheets.odd_cells import (
    Reject,
    beside_rejects,
    count_flagged,
    identifying_rejects,
    outside_rejects,
    rejects_of,
    stray_rejects,
    write_columns,
    write_rejects,
)
from paradero.sources.sheets.outside import Sorted, sorted_rows
from paradero.sources.sheets.prints import write_prints
from paradero.sources.sheets.repeats import with_repeats
from paradero.sources.sheets.rows import (
    ORDINALS_A_SHEET,
    ROW_GROUP,
    Extra,
    header_names,
    on_pages,
    provenance_of,
    write_rows,
)
from paradero.sources.sheets.sniffing import Found, find_table, head_of, headed, nearest_miss
from paradero.sources.sheets.stated_once import stated_once
from paradero.sources.sheets.tasks import Loaded, Oddities, SheetReport, SheetTask
from paradero.sources.values.identifiers import safe_text, withhold
from paradero.sources.values.lists import check_list
from paradero.sources.values.readings import Manner, Read, Rows, readings_of


def take_sheet(task: SheetTask) -> SheetReport:
    """Read one sheet and write its files into `task.out`; a sheet without a table of a known kind is
    reported, not kept.
    """
    loaded = load(task)
    is_text = task.container not in ("parquet", "feather")
    columns: list[Held] = [texts_of(column) for column in loaded.table.columns] if is_text else []
    found = _found(task, loaded)
    if found is not None:
        # the first row of a file without headers may be of a person
        found = replace(found, headers=tuple(map(safe_text, found.headers)))
    headers, fitted, first = (found.headers, found.fit, found.header_row) if found else ((), None, 0)
    if is_text and loaded.rows and found is not None:
        # a sheet that goes on from another may be narrower than its headers
        columns += [
            texts_of(pa.nulls(loaded.rows, pa.string())) for _ in range(len(found.headers) - len(columns))
        ]
    if is_text and loaded.rows:
        clean, withheld = withhold(columns, headers, fitted, first)
        kinds = _write_cells(
            task, loaded, withhold(columns, headers, fitted, first, keep=task.keep)[0] if task.keep else clean
        )
        columns = clean
    else:
        kinds, withheld = (), []
    if found is None or not loaded.rows:
        why = nearest_miss(loaded.head, task.as_kind, task.own) if loaded.rows else "It has no cells."
        ledger = Ledger(
            in_file=loaded.in_file, taken=loaded.rows if kinds else 0, not_taken=0 if kinds else loaded.rows
        )
        return SheetReport(
            number=task.number,
            name=task.label,
            kinds=kinds,
            hidden=task.hidden,
            last_row=loaded.rows,
            encoding=loaded.encoding,
            why=why,
            head=tuple(loaded.head),
            ledger=ledger,
            remarks=loaded.remarks,
            withheld=tuple(withheld),
        )
    if not is_text:
        kinds_of = {
            position: column.type
            for column in found.fit.layout.column
            if (position := found.fit.positions.get(column.name)) is not None
        }
        with (
            told(task.file_name, f"{task.container} file", "Copy or download it again."),
            ThreadPoolExecutor(task.threads) as pool,
        ):
            columns = list(
                pool.map(
                    held_of,
                    loaded.table.columns,
                    (kinds_of.get(position) for position in range(loaded.table.num_columns)),
                )
            )
        columns, withheld = withhold(columns, headers, fitted, 0)
    report = _take_table(task, replace(loaded, table=pa.table({})), found, columns, kinds)
    return replace(report, withheld=tuple(withheld))  # the cells are held as codes by now


def _found(task: SheetTask, loaded: Loaded) -> Found | None:
    """The table of the sheet: by its own headers, or by those of the sheet that it goes on from."""
    if task.headed_by is not None:
        return headed(task.headed_by.headers, task.headed_by.kind, task.own)
    return find_table(loaded.head, None if task.as_kind == "statistics" else task.as_kind, task.own)


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
        table, ragged, in_file = as_table(text, task.file_name)
        quotes = [text.stray_quotes] if text.stray_quotes else []
        assumed = (
            Assumed(what="encoding", taken=text.encoding, is_open=text.is_mixed),
            Assumed(what="delimiter", taken=text.delimiter_words),
            *(Assumed(what="stray_quotes", taken="as they stand", cells=n) for n in quotes),
        )
        return Loaded(
            table=table,
            rows=table.num_rows,
            head=head_of(table),
            encoding=text.encoding,
            odd=Oddities(ragged=tuple(ragged)),
            assumed=assumed,
            in_file=in_file,
            comma_land=text.delimiter == ";",
        )
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


def _bottom(far: tuple[tuple[int, str, str], ...], last_row: int | None) -> int:
    """The last row of a sheet that belongs to it: cells far below it are strays, each listed."""
    strays = {row for row, _, _ in far}
    return 0 if last_row in strays else last_row or 0


def _write_cells(task: SheetTask, loaded: Loaded, columns: list[Held]) -> tuple[str, ...]:
    """Keep the cells as received; of a statistics workbook also every filled cell with its labels. Returns
    the kinds written.
    """
    raw = {f"c{position}": held.raw() for position, held in enumerate(columns) if isinstance(held, Texts)}
    table = pa.table(raw | {"source_row": pa.array(np.arange(1, loaded.rows + 1))})
    pq.write_table(
        table,
        task.out / f"cells-{task.number}.parquet",
        compression="zstd",
        compression_level=1,
        row_group_size=ROW_GROUP,
        write_statistics=["source_row"],
        store_schema=False,
    )
    if not is_statistics(list(task.all_sheets)) or task.as_kind not in (
        None,
        "statistics",
        "facility_statistics",
    ):
        return ()
    base = task.number * ORDINALS_A_SHEET
    shown = pa.table(
        {
            name: held.raw()
            for name, held in zip(loaded.table.column_names, columns, strict=True)
            if isinstance(held, Texts)
        }
    )
    cells = long_cells(
        shown, source=task.source, sheet_number=task.number, sheet=task.label, ordinal_base=base
    )
    pq.write_table(cells, task.out / f"rows-statistics-{task.number}.parquet", compression="zstd")
    return ("statistics",)


def _take_table(
    task: SheetTask, loaded: Loaded, found: Found, columns: list[Held], kinds: tuple[str, ...]
) -> SheetReport:
    first = 0 if task.container in ("parquet", "feather") else found.header_row
    apart = parted(found, columns, first)
    found = replace(found, fit=apart.fit)
    layout, fitted = apart.fit.layout, apart.fit
    own_headers = tuple(
        None if position in apart.columns else header for position, header in enumerate(found.headers)
    )
    below = sorted_rows(fitted, own_headers, columns, first, apart.columns)
    rows = below.records
    columns, clocks = with_clocks(found, columns, rows)
    provenance = provenance_of(own_headers)
    unexpected = [position for position in fitted.unexpected if position not in provenance.values()]
    once = stated_once(layout, loaded.head, first, task.file_name)
    fixed = {name: text for name, text in once.items() if name in fitted.missing}
    manner = _manner(task, loaded)
    with lent(threads=task.threads) as connection:
        read, repeats = with_repeats(
            connection,
            fitted,
            found.headers,
            columns,
            rows,
            readings_of(connection, fitted, columns, rows, manner),
            manner,
        )
        if layout.kind == "facilities":
            check_list(read.readings, rows, task.file_name)
        write_rows(
            connection,
            task,
            read.readings,
            rows,
            given={name: columns[at] for name, at in provenance.items()} or on_pages(loaded.origins),
            extras=_extras(found, columns, rows, {*unexpected, *fitted.kept}),
            fixed=fixed,
            to=task.out / f"rows-{layout.kind}-{task.number}.parquet",
        )
        write_prints(connection, task.out, layout.kind, task.number)
    rejects = [
        *rejects_of(read.readings, rows),
        *identifying_rejects(found, columns, rows),
        *stray_rejects(found, columns, first, loaded.odd),
        *outside_rejects(columns, fitted.headed, below),
        *beside_rejects(apart.others, first),
    ]
    write_rejects(task, rejects)
    write_columns(task, found, read.readings, columns, rows, fixed, apart.columns)
    taken = _Taken(
        found=found,
        apart=apart,
        first=first,
        below=below,
        read=read,
        rejects=rejects,
        assumed=[*loaded.assumed, *clocks, *repeats, *assumptions_of(read, rows, manner)],
        unexpected=unexpected,
        missing=tuple(name for name in fitted.missing if fixed.get(name) is None),
        file_original=_first_file(columns, provenance, rows) if provenance else task.file_name,
    )
    return _report(task, loaded, taken, (*kinds, layout.kind))


def _extras(found: Found, columns: list[Held], rows: Rows, wanted: set[int]) -> list[Extra]:
    """The columns that no layout declares and that say something in these rows."""
    telling = [position for position in sorted(wanted) if _tells(columns[position], rows)]
    return [
        Extra(header=header, held=columns[at])
        for at, header in zip(telling, header_names(found.headers, telling), strict=True)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    """A table as it was taken in: where it lay, what was read of it, what was rejected and assumed."""

    found: Found
    apart: Parted
    first: int
    below: Sorted
    read: Read
    rejects: list[Reject]
    assumed: list[Assumed]
    unexpected: list[int]
    missing: tuple[str, ...]
    file_original: str | None


def _report(task: SheetTask, loaded: Loaded, taken: _Taken, kinds: tuple[str, ...]) -> SheetReport:
    fitted, below, first = taken.apart.fit, taken.below, taken.first
    layout, rows = fitted.layout, below.records
    named = [
        fitted.positions[column.name]
        for column in layout.column
        if column.identifier and column.name in fitted.positions
    ]
    return SheetReport(
        number=task.number,
        name=task.label,
        kinds=kinds,
        hidden=task.hidden,
        variant=fitted.variant.name if fitted.variant else None,
        header_row=first or None,
        headers=taken.found.headers,
        last_row=loaded.rows,
        rows_in=len(rows) + below.blank + below.outside,
        rows_kept=len(rows),
        rows_blank=below.blank,
        rows_outside=below.outside,
        rows_flagged=count_flagged(taken.rejects, rows),
        cells_rejected=len(taken.rejects),
        missing=taken.missing,
        unexpected=tuple(taken.found.headers[position] or "" for position in taken.unexpected),
        identifiers=tuple(
            taken.found.headers[position] or "" for position in sorted([*named, *fitted.identifying])
        ),
        encoding=loaded.encoding,
        date_system="1904" if task.serial_epoch.startswith("1904") else None,
        file_original=taken.file_original,
        ledger=_ledger(loaded, below, first),
        assumed=tuple(each.as_json() for each in taken.assumed),
        remarks=(
            *loaded.remarks,
            *(
                (f"without headers of its own; taken as going on from sheet {task.headed_by.sheet!r}",)
                if task.headed_by
                else ()
            ),
            *(beside_words(other, rows) for other in taken.apart.others),
            *taken.apart.remarks,
        ),
        continues=task.headed_by.sheet if task.headed_by else None,
        evidence=taken.read.evidence,
        date_order=taken.read.date_order,
        why=(
            f"header in row {taken.found.header_row} with {fitted.score} headers of {layout.kind}"
            if first
            else f"{fitted.score} columns of {layout.kind}"
        ),
        head=tuple(loaded.head),
    )


def _manner(task: SheetTask, loaded: Loaded) -> Manner:
    return Manner(
        na_is_blank=task.container == "csv",
        in_workbook=task.container in WORKBOOKS,
        comma_land=loaded.comma_land,
        serial_epoch=task.serial_epoch,
        date_order=task.date_order,
    )


def _ledger(loaded: Loaded, below: Sorted, first: int) -> Ledger:
    return Ledger(
        in_file=loaded.in_file,
        taken=len(below.records),
        above=max(0, first - 1),
        header=1 if first else 0,
        repeated_headers=len(below.headers),
        notes=len(below.notes),
        blank=below.blank,
        stray=len(below.stray),
        not_taken=len(below.beside),
    )


def _tells(held: Held, rows: Rows) -> bool:
    """Whether a column holds anything but blanks and exemption marks in the given rows."""
    told_by = held.filled() if isinstance(held, Values) else held.filled() & ~held.rows_of(held.withheld)
    return bool(told_by[rows].any())


def _first_file(columns: list[Held], provenance: dict[str, int], rows: Rows) -> str | None:
    held = columns[provenance["file_original"]]
    if not len(rows):
        return None
    return (
        held.taken(rows[:1], held.trimmed)[0].as_py()
        if isinstance(held, Texts)
        else str(held.values[int(rows[0])].as_py())
    )
