"""From cells as text to typed columns: one SELECT that is built from a layout, run by DuckDB over the cells in memory.

The text of the SELECT is put together from declared column names and positions only; no cell and no header of a
source ever becomes part of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from paradero.sources.layouts import Column, Fit

# A cell that is nothing but an exemption mark: b(6), (b)(7)(C), (b)(6);(B)(7)(C), (b)(7)(E ), b)(4), (b)(6),(b)(7)c) …
REDACTED = r"[\s(]*b\s*\)?\s*\(\s*[1-9][0-9]?\s*\)[\s,;()a-z0-9]*"
# The two spellings that the Deportation Data Project takes for missing; other spellings stay values there.
PEER_NULLS = ("b(6), b(7)c", "b(6), b(7)C")

_TYPES = {"text": "VARCHAR", "timestamp": "TIMESTAMP", "integer": "BIGINT", "number": "DOUBLE"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How one declared column is found in the cells: its place, or None where the sheet lacks it."""

    column: Column
    source: str | None
    is_text: bool
    n_values: int = 0
    n_withheld: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What holds for all cells of a source: whether the text NA stands for a blank, and the day that serial numbers count from."""

    na_is_blank: bool
    serial_epoch: str = "1899-12-30"


def quoted(name: str) -> str:
    """A column name as DuckDB reads it whole."""
    return '"' + name.replace('"', '""') + '"'


def redacted(text: str) -> str:
    """True where a cell is nothing but an exemption mark; a cheap look at the first letter comes first."""
    return f"(left({text}, 1) IN ('(', 'b', 'B') AND regexp_full_match({text}, '{REDACTED}', 'i'))"


def cell_text(source: str, *, is_text: bool) -> str:
    """The trimmed text of a cell, null where blank."""
    return f"nullif(trim({quoted(source)}, ' \t\n\r\u00a0'), '')" if is_text else quoted(source)


def text_of(cell: Cell, reading: Reading) -> str:
    """The text of a cell, null where blank, NA for nothing, or withheld; `t_` is the trimmed text of the cell."""
    raw = trimmed(cell)
    if not cell.is_text:
        return f"CAST({raw} AS VARCHAR)"
    text = f"nullif({raw}, 'NA')" if na_is_blank(cell.column, reading) else raw
    return f"CASE WHEN {redacted(raw)} THEN NULL ELSE {text} END" if cell.n_withheld else text


def na_is_blank(column: Column, reading: Reading) -> bool:
    """Whether the text NA in this column stands for nothing: always in typed columns, in text columns of csv files R wrote."""
    return (reading.na_is_blank or column.type != "text") and not column.na_is_value


def trimmed(cell: Cell) -> str:
    """The name under which the inner query holds the trimmed text of a cell."""
    return quoted(f"t_{cell.column.name}") if cell.is_text else quoted(cell.source or "")


def parsed(cell: Cell, reading: Reading) -> str:
    """The typed value of a declared column, null where the cell is missing, withheld or unreadable; `v_` is its text."""
    kind = _TYPES[cell.column.type]
    if cell.source is None or cell.column.identifier:
        return f"CAST(NULL AS {kind})"
    if not cell.is_text:
        return f"CAST({quoted(cell.source)} AS {kind})"
    text = quoted(f"v_{cell.column.name}")
    if cell.column.type == "text":
        return text
    return {"timestamp": _timestamp(text, reading), "number": _number(text), "integer": _integer(text)}[cell.column.type]


def settled(cell: Cell) -> str:
    """The value as stored; `p_` is the parsed one. Excel keeps time as a fraction of a day: within a millisecond of a second is that second."""
    value = quoted(f"p_{cell.column.name}")
    if cell.column.type != "timestamp" or not cell.is_text or cell.source is None:
        return value
    near = f"abs(epoch_us({value}) % 1000000 - 500000)"
    return f"CASE WHEN {near} BETWEEN 499000 AND 499999 THEN date_trunc('second', {value} + INTERVAL 1 MILLISECOND) ELSE {value} END"


def _timestamp(text: str, reading: Reading) -> str:
    formats = (
        (f"{text} LIKE '%/%' AND {text} NOT LIKE '%:%'", "%m/%d/%Y"),
        (f"{text} LIKE '%/%M'AND {text} LIKE '%:%:%'", "%m/%d/%Y %I:%M:%S %p"),
        (f"{text} LIKE '%/%M'", "%m/%d/%Y %I:%M %p"),
        (f"{text} LIKE '%/%:%:%'", "%m/%d/%Y %H:%M:%S"),
        (f"{text} LIKE '%/%:%'", "%m/%d/%Y %H:%M"),
        (f"{text} LIKE '%.%.%'", "%d.%m.%Y"),
    )
    arms = " ".join(f"WHEN {test} THEN try_strptime({text}, '{form}')" for test, form in formats)
    serial = (
        f"WHEN {text} NOT LIKE '%-%' THEN CASE WHEN try_cast({text} AS DOUBLE) BETWEEN 20000 AND 80000 THEN "
        f"TIMESTAMP '{reading.serial_epoch}' + to_seconds(round(try_cast({text} AS DOUBLE) * 86400)::BIGINT) END"
    )
    return f"CASE {arms} {serial} WHEN left({text}, 1) BETWEEN '0' AND '9' THEN try_cast({text} AS TIMESTAMP) END"


def _number(text: str) -> str:
    return f"try_cast(replace(replace({text}, ',', ''), '$', '') AS DOUBLE)"


def _integer(text: str) -> str:
    number = _number(text)
    return f"CASE WHEN {number} = round({number}) AND abs({number}) < 9e15 THEN CAST({number} AS BIGINT) END"


def why_missing(cell: Cell, reading: Reading) -> str:
    """Why a declared column is null: not_in_release, withheld, blank or unreadable; null where a value is present."""
    if cell.source is None:
        return "'not_in_release'"
    value = quoted(f"p_{cell.column.name}")
    if not cell.is_text:
        return f"CASE WHEN {value} IS NULL THEN 'blank' END"
    blank = f"{trimmed(cell)} IS NULL" + (f" OR {trimmed(cell)} = 'NA'" if na_is_blank(cell.column, reading) else "")
    arms = [f"WHEN {blank} THEN 'blank'", *([f"WHEN {redacted(trimmed(cell))} THEN 'withheld'"] if cell.n_withheld else [])]
    return f"CASE WHEN {value} IS NOT NULL THEN NULL {' '.join(arms)} ELSE 'unreadable' END"


def redactions(cells: list[Cell]) -> str:
    """`column=mark` for each cell withheld by a mark that peers take for a value, in columns that are not withheld throughout."""
    parts = []
    for cell in cells:
        if cell.source is None or not cell.is_text or not cell.n_withheld or cell.n_withheld >= cell.n_values:
            continue
        text = trimmed(cell)
        known = ", ".join(f"'{mark}'" for mark in PEER_NULLS)
        parts.append(f"CASE WHEN {redacted(text)} AND {text} NOT IN ({known}) THEN '{cell.column.name}=' || {text} END")
    return f"nullif(concat_ws('|', {', '.join(parts)}), '')" if parts else "CAST(NULL AS VARCHAR)"


def layered(cells: list[Cell], reading: Reading, where: str) -> str:
    """The cells in three layers: `t_` trimmed text, `v_` text that is a value, `p_` the value parsed. Each is computed once."""
    held = [cell for cell in cells if cell.source is not None and cell.is_text]
    texts = [f"{cell_text(cell.source or '', is_text=True)} AS {quoted(f't_{cell.column.name}')}" for cell in held]
    values = [f"{text_of(cell, reading)} AS {quoted(f'v_{cell.column.name}')}" for cell in held]
    parsings = [f"{parsed(cell, reading)} AS {quoted(f'p_{cell.column.name}')}" for cell in cells]
    inner = f"SELECT {', '.join(['*', *texts])} FROM cells WHERE {where}"
    middle = f"SELECT {', '.join(['*', *values])} FROM ({inner})"
    return f"SELECT {', '.join(['*', *parsings])} FROM ({middle})"


def extra(positions: list[tuple[str, str]]) -> str:
    """Unexpected columns as a JSON object of their filled cells; `positions` are (column of the cells, parameter name of its header)."""
    if not positions:
        return "CAST(NULL AS VARCHAR)"
    pairs = ", ".join(f"struct_pack(k := ${parameter}, v := nullif(trim(CAST({quoted(source)} AS VARCHAR)), ''))" for source, parameter in positions)
    filled = f"list_filter([{pairs}], lambda pair: pair.v IS NOT NULL)"
    return f"CASE WHEN len({filled}) > 0 THEN CAST(to_json(map_from_entries({filled})) AS VARCHAR) END"


def profile(
    connection: duckdb.DuckDBPyConnection, columns: list[tuple[str, bool]], na_blank: set[str], where: str
) -> dict[str, tuple[int, int]]:  # fmt: skip
    """For each (column, is text) of the cells: how many are filled, and how many of these are nothing but exemption marks.

    In the columns `na_blank` the text NA counts as blank.
    """
    if not columns:
        return {}
    parts = []
    for source, is_text in columns:
        text = cell_text(source, is_text=is_text)
        filled = f"nullif({text}, 'NA')" if source in na_blank and is_text else text
        parts.append(f"count({filled})")
        parts.append(f"count(*) FILTER (WHERE {redacted(text)})" if is_text else "0")
    counts = connection.execute(f"SELECT {', '.join(parts)} FROM cells WHERE {where}").fetchall()[0]
    return {source: (counts[2 * i], counts[2 * i + 1]) for i, (source, _) in enumerate(columns)}


def cells_of(fit: Fit, sources: list[tuple[str, bool]], counts: dict[str, tuple[int, int]]) -> list[Cell]:
    """The declared columns of a layout with their place in the cells; `sources` are (column, is text) by position."""
    cells = []
    for column in fit.layout.column:
        position = fit.positions.get(column.name)
        if position is None:
            cells.append(Cell(column=column, source=None, is_text=True))
            continue
        source, is_text = sources[position]
        values, withheld = counts[source]
        cells.append(Cell(column=column, source=source, is_text=is_text, n_values=values, n_withheld=withheld))
    return cells
