"""Type the rows of a sheet, or of a piece of one, and say what was odd: nothing is written here."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import duckdb
import numpy as np
import pyarrow as pa

from paradero.sources.containers.columnar import held_of
from paradero.sources.containers.damage import told
from paradero.sources.containers.first_bytes import WORKBOOKS
from paradero.sources.held import Held, Texts, Values, texts_of
from paradero.sources.sheets.assumed import Assumed
from paradero.sources.sheets.assumptions import assumptions_of
from paradero.sources.sheets.beside import Parted, beside_words
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
)
from paradero.sources.sheets.outside import Sorted, sorted_rows
from paradero.sources.sheets.profile import Profile, profile_of
from paradero.sources.sheets.repeats import with_repeats
from paradero.sources.sheets.rows import Extra, header_names, on_pages, provenance_of, rows_table
from paradero.sources.sheets.sniffing import Found, find_table, headed
from paradero.sources.sheets.tasks import Loaded, SheetReport, SheetTask
from paradero.sources.stated_once import stated_once
from paradero.sources.values.entire import Entire
from paradero.sources.values.identifiers import safe_texts
from paradero.sources.values.lists import check_list
from paradero.sources.values.readings import Manner, Read, Rows, readings_of


def held_columns(task: SheetTask, loaded: Loaded, found: Found | None) -> list[Held]:
    """The columns of a sheet, or of a piece of it, as they are held: text by its distinct texts, others typed
    where their type is the declared one.
    """
    if task.container not in ("parquet", "feather"):
        columns: list[Held] = [texts_of(column) for column in loaded.table.columns]
        # a sheet that goes on from another may be narrower than its headers
        wanted = len(found.headers) if found is not None and loaded.rows else 0
        return columns + [texts_of(pa.nulls(loaded.rows, pa.string())) for _ in range(wanted - len(columns))]
    if found is None:
        return []
    kinds_of = {
        position: column.type
        for column in found.fit.layout.column
        if (position := found.fit.positions.get(column.name)) is not None
    }
    with (
        told(task.file_name, f"{task.container} file", "Copy or download it again."),
        ThreadPoolExecutor(task.threads) as pool,
    ):
        kinds = (kinds_of.get(position) for position in range(loaded.table.num_columns))
        return list(pool.map(held_of, loaded.table.columns, kinds))


def found_in(task: SheetTask, loaded: Loaded) -> Found | None:
    """The table of the sheet: by its own headers, or by those of the sheet that it goes on from."""
    if task.headed_by is not None:
        found: Found | None = headed(task.headed_by.headers, task.headed_by.kind, task.own)
    else:
        found = find_table(loaded.head, None if task.as_kind == "statistics" else task.as_kind, task.own)
    # the first row of a file without headers may be of a person
    return found and replace(found, headers=safe_texts(found.headers))


def cells_table(columns: list[Held], loaded: Loaded) -> pa.Table:
    """The cells of a sheet as received, with the number of their row."""
    raw = {f"c{position}": held.raw() for position, held in enumerate(columns) if isinstance(held, Texts)}
    return pa.table(raw | {"source_row": pa.array(np.arange(1, loaded.rows + 1) + loaded.start)})


def header_rows(task: SheetTask, found: Found, start: int = 0) -> int:
    """The number of the row with the headers among the rows behind `start` others; 0 where it is not."""
    return 0 if start or task.container in ("parquet", "feather") else found.header_row


def take_rows(
    connection: duckdb.DuckDBPyConnection,
    task: SheetTask,
    loaded: Loaded,
    found: Found,
    columns: list[Held],
    apart: Parted,
    entire: Entire | None = None,
) -> Taken:
    """Type the rows of a sheet, or a piece of them where `entire` says what all rows tell."""
    first = header_rows(task, found, loaded.start)
    found = replace(found, fit=apart.fit)
    layout, fitted = apart.fit.layout, apart.fit
    own_headers = tuple(
        None if position in apart.columns else header for position, header in enumerate(found.headers)
    )
    below = sorted_rows(fitted, own_headers, columns, first, apart.columns)
    rows = below.records
    columns, clocks = with_clocks(found, columns, rows, entire)
    provenance = provenance_of(own_headers)
    unexpected = [position for position in fitted.unexpected if position not in provenance.values()]
    once = stated_once(layout, loaded.head, first, task.file_name)
    fixed = {name: text for name, text in once.items() if name in fitted.missing}
    manner = manner_of(task, loaded, entire)
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
    telling = entire.telling if entire else None
    table = rows_table(
        connection,
        task,
        read.readings,
        rows,
        given={name: columns[at] for name, at in provenance.items()} or on_pages(loaded.origins),
        extras=_extras(found, columns, rows, {*unexpected, *fitted.kept}, telling),
        fixed=fixed,
        start=loaded.start,
        entire=entire,
    )
    numbered = entire.is_numbered if entire else None
    rejects = [
        *rejects_of(read.readings, rows),
        *identifying_rejects(found, columns, rows),
        *stray_rejects(found, columns, first, loaded.odd, is_numbered=numbered),
        *outside_rejects(columns, fitted.headed, below),
        *beside_rejects(apart.others, first),
    ]
    return Taken(
        found=found,
        apart=apart,
        first=first,
        below=below,
        read=read,
        table=table,
        profile=profile_of(task, found, read.readings, columns, rows, fixed, apart.columns),
        rejects=rejects,
        assumed=[*loaded.assumed, *clocks, *repeats, *assumptions_of(read, rows, manner)],
        unexpected=unexpected,
        missing=tuple(name for name in fitted.missing if fixed.get(name) is None),
        file_original=_first_file(columns, provenance, rows) if provenance else task.file_name,
    )


def _extras(
    found: Found, columns: list[Held], rows: Rows, wanted: set[int], of_all: frozenset[int] | None
) -> list[Extra]:
    """The columns that no layout declares and that say something in these rows, or are among those that do
    in `of_all` of the table.
    """
    telling = [
        position
        for position in sorted(wanted)
        if (tells(columns[position], rows) if of_all is None else position in of_all)
    ]
    return [
        Extra(header=header, held=columns[at])
        for at, header in zip(telling, header_names(found.headers, telling), strict=True)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A table as it was taken in: where it lay, what was read of it, what was rejected and assumed. Nothing
    of it is written.
    """

    found: Found
    apart: Parted
    first: int
    below: Sorted
    read: Read
    table: pa.Table
    profile: list[Profile]
    rejects: list[Reject]
    assumed: list[Assumed]
    unexpected: list[int]
    missing: tuple[str, ...]
    file_original: str | None


def report_of(task: SheetTask, loaded: Loaded, taken: Taken, kinds: tuple[str, ...]) -> SheetReport:
    """What is reported of a sheet, or of a piece of it, that was taken in as the kinds."""
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


def manner_of(task: SheetTask, loaded: Loaded, entire: Entire | None = None) -> Manner:
    """What holds for all cells of a sheet."""
    return Manner(
        na_is_blank=task.container == "csv",
        in_workbook=task.container in WORKBOOKS,
        comma_land=loaded.comma_land,
        serial_epoch=task.serial_epoch,
        date_order=task.date_order,
        entire=entire,
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


def tells(held: Held, rows: Rows) -> bool:
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
