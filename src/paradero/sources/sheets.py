"""Take one sheet in: find its header, type its rows, write rows, cells, rejects and the profile of its columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import feather

from paradero.sources import typed
from paradero.sources.careful import column_letters
from paradero.sources.delimited import as_table, read_text
from paradero.sources.ice_statistics import constants, is_statistics, long_cells
from paradero.sources.layouts import normal
from paradero.sources.odd_cells import count_oddities, write_columns, write_rejects
from paradero.sources.sniffing import Found, columnar_headers, find_table, head_of
from paradero.sources.tasks import Loaded, Oddities, SheetReport, SheetTask
from paradero.sources.workbooks import read_sheet, serial_epoch

ORDINALS_A_SHEET = 67_108_864
ROW_GROUP = 61_440

_PROVENANCE = {"file_original": ("file_original", "file"), "sheet_original": ("sheet_original", "sheet"), "row_original": ("row_original", "row")}


def take_sheet(task: SheetTask) -> SheetReport:
    """Read one sheet and write its files into `task.out`; a sheet without a table of a known kind is reported, not kept."""
    with duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False}) as connection:
        if task.container in ("xlsx", "xls"):
            connection.execute("SET threads = 1")
        loaded = _load(connection, task)
        kinds: tuple[str, ...] = ()
        statistics = is_statistics(list(task.all_sheets)) and task.as_kind in (None, "statistics", "facility_statistics")
        if loaded.table is not None and loaded.rows:
            _write_cells(loaded.table, task)
            if statistics:
                cells = long_cells(
                    loaded.table, source=task.source, sheet_number=task.number, sheet=task.name, ordinal_base=task.number * ORDINALS_A_SHEET
                )
                pq.write_table(cells, task.out / f"rows-statistics-{task.number}.parquet", compression="zstd")
                kinds = ("statistics",)
        found = find_table(loaded.head, None if task.as_kind == "statistics" else task.as_kind)
        if found is None or not loaded.rows:
            why = "no header row of a known kind in its first 60 rows" if loaded.rows else "no cells"
            return SheetReport(number=task.number, name=task.name, kinds=kinds, last_row=loaded.rows, why=why, head=tuple(loaded.head))
        return _take_table(connection, task, loaded, found, kinds)


def _load(connection: duckdb.DuckDBPyConnection, task: SheetTask) -> Loaded:
    odd = Oddities()
    if task.container in ("parquet", "feather"):
        headers = columnar_headers(task.path, task.container)
        if task.container == "parquet":
            relation = connection.read_parquet(str(task.path), file_row_number=True)
            rows = "file_row_number + 1"
        else:
            table = feather.read_table(task.path)
            table = table.append_column("file_row_number", pa.array(range(table.num_rows), pa.int64()))
            relation = connection.from_arrow(table)
            rows = "file_row_number + 1"
        kinds = dict(zip(relation.columns, [str(kind) for kind in relation.types], strict=True))
        relation.project(f"* EXCLUDE (file_row_number), {rows} AS source_row").create_view("cells")
        columns = [(name, kinds[name].startswith(("VARCHAR", "ENUM"))) for name in headers]
        count = connection.execute("SELECT count(*) FROM cells").fetchall()[0][0]
        return Loaded(columns=columns, head=[list(headers)], rows=int(count), odd=odd)
    encoding = None
    if task.container == "csv":
        text = read_text(task.path, task.file_name)
        table, ragged = as_table(text)
        encoding = text.encoding
        odd = Oddities(ragged=tuple(ragged))
    else:
        read = read_sheet(task.path, task.number, task.file_name)
        table = read.table
        odd = Oddities(far=read.far)
    with_rows = table.append_column("source_row", pa.array(range(1, table.num_rows + 1), pa.int64()))
    connection.register("cells", with_rows)
    columns = [(name, True) for name in table.column_names]
    return Loaded(columns=columns, head=head_of(table), rows=table.num_rows, odd=odd, encoding=encoding, table=with_rows)


def _write_cells(table: pa.Table, task: SheetTask) -> None:
    pq.write_table(table, task.out / f"cells-{task.number}.parquet", compression="zstd", compression_level=1, row_group_size=ROW_GROUP, write_statistics=["source_row"])


def _take_table(connection: duckdb.DuckDBPyConnection, task: SheetTask, loaded: Loaded, found: Found, kinds: tuple[str, ...]) -> SheetReport:
    layout, fitted = found.fit.layout, found.fit
    first = 0 if task.container in ("parquet", "feather") else found.header_row
    provenance = _provenance(found)
    unexpected = [position for position in fitted.unexpected if position not in provenance.values()]
    headed = [loaded.columns[p] for p in sorted({*fitted.positions.values(), *fitted.unexpected, *fitted.derived, *(n for _, n in fitted.repeated)})]
    below = f"source_row > {first}"
    is_record = " OR ".join(f"{typed.cell_text(name, is_text=is_text)} IS NOT NULL" for name, is_text in headed)
    where = f"{below} AND ({is_record})"
    epoch = serial_epoch(task.path) if task.container == "xlsx" else "1899-12-30"
    reading = typed.Reading(na_is_blank=task.container == "csv", serial_epoch=epoch)
    na_blank = {loaded.columns[fitted.positions[c.name]][0] for c in layout.column if c.name in fitted.positions and typed.na_is_blank(c, reading)}
    counts = typed.profile(connection, loaded.columns, na_blank, where)
    cells = typed.cells_of(fitted, loaded.columns, counts)
    kept = [position for position in unexpected if 0 < counts[loaded.columns[position][0]][0] > counts[loaded.columns[position][0]][1]]
    rows_file = task.out / f"rows-{layout.kind}-{task.number}.parquet"
    fixed = constants(loaded.head) if layout.kind == "facility_statistics" else {}
    _write_rows(connection, task, loaded, found, cells, reading, provenance, kept, where, fixed, rows_file)
    rejects, flagged = write_rejects(connection, task, loaded, found, cells, reading, where, below, rows_file)
    write_columns(connection, task, loaded, found, cells, rows_file, counts)
    rows_kept = pq.read_metadata(rows_file).num_rows
    blank, outside = count_oddities(connection, loaded, below, is_record)
    original = connection.read_parquet(str(rows_file)).limit(1).project("file_original").fetchall()
    return SheetReport(
        number=task.number,
        name=task.name,
        kinds=(*kinds, layout.kind),
        variant=fitted.variant.name if fitted.variant else None,
        header_row=first or None,
        headers=found.headers,
        last_row=loaded.rows,
        rows_in=rows_kept + blank + outside,
        rows_kept=rows_kept,
        rows_blank=blank,
        rows_outside=outside,
        rows_flagged=flagged,
        cells_rejected=rejects,
        missing=tuple(name for name in fitted.missing if name not in fixed),
        unexpected=tuple(found.headers[position] or "" for position in unexpected),
        identifiers=tuple(found.headers[fitted.positions[c.name]] or "" for c in layout.column if c.identifier and c.name in fitted.positions),
        encoding=loaded.encoding,
        date_system="1904" if epoch.startswith("1904") else None,
        file_original=original[0][0] if original else None,
        why=f"header in row {found.header_row} with {fitted.score} headers of {layout.kind}",
        head=tuple(loaded.head),
    )


def _provenance(found: Found) -> dict[str, int]:
    names = [normal(header) for header in found.headers]
    for spelling in (0, 1):
        wanted = {column: spellings[spelling] for column, spellings in _PROVENANCE.items()}
        if all(name in names for name in wanted.values()):
            return {column: names.index(name) for column, name in wanted.items()}
    return {}


def _write_rows(
    connection: duckdb.DuckDBPyConnection, task: SheetTask, loaded: Loaded, found: Found, cells: list[typed.Cell], reading: typed.Reading,
    provenance: dict[str, int], unexpected: list[int], where: str, fixed: dict[str, str | None], rows_file: Path,
) -> None:  # fmt: skip
    parameters: dict[str, Any] = {"source": task.source, "sheet": task.name, "file_name": task.file_name}
    pairs = []
    for place, position in enumerate(unexpected):
        header = found.headers[position] or f"column {column_letters(position + 1)}"
        parameters[f"header{place}"] = f"{header} ({column_letters(position + 1)})" if header in parameters.values() else header
        pairs.append((loaded.columns[position][0], f"header{place}"))
    select = [
        "$source AS source",
        f"CAST({task.number} AS INTEGER) AS sheet_number",
        f"CAST({task.number * ORDINALS_A_SHEET} + source_row AS BIGINT) AS ordinal",
        "$sheet AS source_sheet",
        "source_row",
    ]
    for column, own in (("file_original", "$file_name"), ("sheet_original", "$sheet"), ("row_original", "source_row")):
        kind = "BIGINT" if column == "row_original" else "VARCHAR"
        given = f"try_cast({typed.quoted(loaded.columns[provenance[column]][0])} AS {kind})" if column in provenance else own
        select.append(f"CAST({given} AS {kind}) AS {column}")
    for cell in cells:
        if cell.column.name in fixed:
            parameters[cell.column.name] = fixed[cell.column.name]
            select.append(f"CAST(${cell.column.name} AS {'TIMESTAMP' if cell.column.type == 'timestamp' else 'BIGINT'}) AS {cell.column.name}")
        else:
            select.append(f"{typed.settled(cell)} AS {cell.column.name}")
    select += [f"CAST({typed.why_missing(cell, reading)} AS VARCHAR) AS {cell.column.name}_why_missing" for cell in cells if cell.column.states]
    select += [f"{typed.redactions(cells)} AS redactions", f"{typed.extra(pairs)} AS extra"]
    text = f"SELECT {', '.join(select)} FROM ({typed.layered(cells, reading, where)})"
    used = {name: value for name, value in parameters.items() if f"${name}" in text}
    connection.sql(text, params=used).write_parquet(str(rows_file), compression="zstd", row_group_size=ROW_GROUP)
