"""The records of a sheet as typed rows with their address."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from paradero.sources.containers.columnar import as_text
from paradero.sources.containers.parts import column_letters
from paradero.sources.held import Flags, Held, Texts, texts_of
from paradero.sources.layouts import ColumnType, normal
from paradero.sources.sheets.tasks import SheetTask
from paradero.sources.values import typed
from paradero.sources.values.entire import Entire
from paradero.sources.values.readings import WHY, Reading, Rows

ORDINALS_A_SHEET = 67_108_864
ROW_GROUP = 122_880

# The two spellings that the Deportation Data Project takes for missing; other spellings stay values there.
PEER_NULLS = ("b(6), b(7)c", "b(6), b(7)C")

ADDRESS = (
    ("source", pa.string()),
    ("sheet_number", pa.int32()),
    ("ordinal", pa.int64()),
    ("source_sheet", pa.string()),
    ("source_row", pa.int64()),
    ("file_original", pa.string()),
    ("sheet_original", pa.string()),
    ("row_original", pa.int64()),
)
BOUNDS = ("_lo", "_hi", "_precision")
_TOLD_APART = ("day_or_month", "columns_differ", "nobody", "id_in_doubt")

PROVENANCE = (("file_original", "file"), ("sheet_original", "sheet"), ("row_original", "row"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """A column without a place of its own: its header and what it holds."""

    header: str
    held: Held


def provenance_of(headers: tuple[str | None, ...]) -> dict[str, int]:
    """Where a republished file says which original file, sheet and row each row came from; empty where it
    does not.
    """
    names = [normal(header) for header in headers]
    for spelling in (0, 1):
        wanted = [spellings[spelling] for spellings in PROVENANCE]
        if all(name in names for name in wanted):
            return {own: names.index(name) for (own, _), name in zip(PROVENANCE, wanted, strict=True)}
    return {}


def on_pages(origins: Sequence[tuple[str, int]]) -> dict[str, Held]:
    """Of a table in pages: the page of each row and its place there, which is where it is looked up."""
    if not origins:
        return {}
    return {
        "sheet_original": texts_of(pa.array([page for page, _ in origins])),
        "row_original": texts_of(pa.array([str(at) for _, at in origins])),
    }


def rows_table(
    connection: duckdb.DuckDBPyConnection,
    task: SheetTask,
    readings: list[Reading],
    rows: Rows,
    *,
    given: dict[str, Held],
    extras: list[Extra],
    fixed: dict[str, str | None],
    start: int = 0,
    entire: Entire | None = None,
) -> pa.Table:
    """The given rows (0-based, behind `start` others) typed, with their addresses; `given` are provenance
    columns of the source, `fixed` values stated above the table. `entire`: they are a piece of a table.
    """
    columns: dict[str, pa.Array] = {
        "source": _constant(task.source, len(rows)),
        "sheet_number": pa.array(np.full(len(rows), task.number, np.int32)),
        "ordinal": pa.array(rows + start + task.number * ORDINALS_A_SHEET + 1),
        "source_sheet": _constant(task.label, len(rows)),
        "source_row": pa.array(rows + start + 1),
        "file_original": _given(
            connection, given, "file_original", rows, _constant(task.file_name, len(rows))
        ),
        "sheet_original": _given(connection, given, "sheet_original", rows, _constant(task.label, len(rows))),
        "row_original": _given(connection, given, "row_original", rows, pa.array(rows + start + 1)),
    }

    def stored_of(reading: Reading) -> pa.Array:
        name = reading.column.name
        return _stated(reading, fixed[name], len(rows)) if name in fixed else reading.stored(rows)

    with ThreadPoolExecutor(task.threads) as pool:
        stored = pool.map(stored_of, readings)
        columns |= dict(zip((reading.column.name for reading in readings), stored, strict=True))
    for reading in readings:
        if reading.column.states:
            codes = reading.why_of(rows)
            columns[f"{reading.column.name}_why_missing"] = pa.DictionaryArray.from_arrays(
                pa.array(codes, pa.int8(), mask=codes == 0), pa.array(WHY)
            )
            columns |= bounds_of(reading, rows)
    columns["redactions"] = _redactions(readings, rows, entire)
    columns["extra"] = _extra(connection, extras, rows)
    return pa.table(columns)


def bounds_of(reading: Reading, rows: Rows) -> dict[str, pa.Array]:
    """The earlier and the later reading of dates that can be read day first or month first, as `_lo` and
    `_hi`, with their `_precision`; null elsewhere.
    """
    if reading.column.type != "timestamp":
        return {}
    if reading.lo is None or reading.hi is None or not isinstance(reading.held, Texts):
        lo = hi = pa.nulls(len(rows), typed.ARROW["timestamp"])
    else:
        lo, hi = reading.held.taken(rows, reading.lo), reading.held.taken(rows, reading.hi)
    precision = pc.if_else(pc.is_valid(lo), pa.scalar("day_or_month"), pa.scalar(None, pa.string()))
    return {
        f"{reading.column.name}{part}": values
        for part, values in zip(BOUNDS, (lo, hi, precision), strict=True)
    }


def _constant(text: str, times: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(times, np.int32)), pa.array([text], pa.string()))


def _given(
    connection: duckdb.DuckDBPyConnection, given: dict[str, Held], name: str, rows: Rows, own: pa.Array
) -> pa.Array:
    held = given.get(name)
    if held is None:
        return own
    if not isinstance(held, Texts):
        return held.values.take(pa.array(rows)).cast(
            own.type if name == "row_original" else pa.string(), safe=False
        )
    kind: ColumnType = "integer" if name == "row_original" else "text"
    return held.taken(rows, typed.parsed(connection, held.trimmed, kind))


def _stated(reading: Reading, text: str | None, times: int) -> pa.Array:
    kind = typed.ARROW[reading.column.type]
    return pa.nulls(times, kind) if text is None else pa.repeat(pa.scalar(text).cast(kind), times)


def _redactions(readings: list[Reading], rows: Rows, entire: Entire | None) -> pa.Array:
    """`column=text` for each cell that its typed column does not hold and rows are told apart by.

    That is what is withheld by a mark that peers take for a value, in columns that are not withheld
    throughout; and what is there and not taken for a value: a date that can be read in two orders, an id that
    names nobody for certain, what two columns of one header say otherwise.
    """
    parts = []
    for reading in readings:
        held = reading.held
        if not isinstance(held, Texts):
            continue
        throughout = reading.column.name in entire.throughout if entire else None
        kept = _marked(held, rows, throughout)
        for name, flagged in reading.marks:
            kept = kept | flagged if name in _TOLD_APART else kept
        if not kept.any():
            continue
        texts = pc.binary_join_element_wise(f"{reading.column.name}", held.trimmed, "=")
        parts.append(held.taken(rows, pc.if_else(pa.array(kept), texts, pa.scalar(None, pa.string()))))
    if not parts:
        return pa.nulls(len(rows), pa.string())
    joined = parts[0]
    for part in parts[1:]:
        joined = pc.coalesce(pc.binary_join_element_wise(joined, part, "|"), joined, part)
    return joined


def _marked(held: Texts, rows: Rows, throughout: bool | None) -> Flags:
    """The texts that are a mark of withholding other than peers know, in a column that is not withheld
    `throughout`: None where these rows are to tell.
    """
    none = np.zeros(len(held.distinct), np.bool_)
    if not held.withheld.any() or throughout:
        return none
    ours: Flags = held.withheld & ~np.isin(held.trimmed.to_numpy(zero_copy_only=False), PEER_NULLS)
    n_withheld, n_filled = withheld_among(held, rows)
    is_so = throughout is None and n_withheld == n_filled
    return none if is_so or not held.times(rows)[ours].sum() else ours


def withheld_among(held: Texts, rows: Rows) -> tuple[int, int]:
    """In how many of the rows a column holds a mark of withholding, and in how many anything."""
    times = held.times(rows)
    filled = pc.is_valid(held.trimmed).to_numpy(zero_copy_only=False)
    return int(times[held.withheld].sum()), int(times[filled].sum())


def _extra(connection: duckdb.DuckDBPyConnection, extras: list[Extra], rows: Rows) -> pa.Array:
    """The columns without a place of their own as a JSON object of their filled cells."""
    if not extras:
        return pa.nulls(len(rows), pa.string())
    headers: dict[str, str] = {}
    columns: dict[str, pa.Array] = {}
    for place, extra in enumerate(extras):
        held = extra.held if isinstance(extra.held, Texts) else texts_of(as_text(extra.held.values))
        columns[f"c{place}"] = held.taken(rows, held.trimmed)
        headers[f"h{place}"] = extra.header
    connection.register("extras", pa.table(columns))
    pairs = ", ".join(f"struct_pack(k := $h{place}::VARCHAR, v := c{place})" for place in range(len(extras)))
    filled = f"list_filter([{pairs}], lambda pair: pair.v IS NOT NULL)"
    text = (
        f"SELECT CASE WHEN len({filled}) > 0 THEN CAST(to_json(map_from_entries({filled})) AS VARCHAR) END AS"
        " extra FROM extras"
    )
    extra_texts = connection.execute(text, headers).to_arrow_table().column("extra").combine_chunks()
    connection.unregister("extras")
    return extra_texts


def header_names(headers: tuple[str | None, ...], positions: list[int]) -> list[str]:
    """Headers by which columns are told apart: with the column's letters where two are alike or one
    is blank.
    """
    names: list[str] = []
    for position in positions:
        header = headers[position] or f"column {column_letters(position + 1)}"
        names.append(f"{header} ({column_letters(position + 1)})" if header in names else header)
    return names
