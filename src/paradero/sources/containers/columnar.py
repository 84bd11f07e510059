"""Read Parquet and Feather: columns come typed, and are taken as they are where their type is the declared
one, else as text.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow import feather, ipc

from paradero.sources.containers.damage import told
from paradero.sources.containers.first_bytes import Container
from paradero.sources.held import Held, Values, texts_of
from paradero.sources.layouts import ColumnType

_AGAIN = "Copy or download it again."


def columnar_headers(path: Path, container: Container, name: str) -> list[str]:
    """Column names of a Parquet or Feather file; raises SourceError where it is damaged."""
    with told(name, f"{container} file", _AGAIN):
        return list(pq.read_schema(path).names if container == "parquet" else _feather_schema(path).names)


def read_columnar(path: Path, container: Container, name: str) -> pa.Table:
    """The whole table, text as dictionaries; raises SourceError where it is damaged."""
    with told(name, f"{container} file", _AGAIN):
        if container == "feather":
            return _sound(feather.read_table(path, memory_map=False))
        with pq.ParquetFile(path, read_dictionary=_texts_in(path)) as file:
            return _sound(file.read())


def batches_of(path: Path, name: str, *, rows: int) -> Iterator[pa.Table]:
    """The table of a Parquet file, some `rows` at a time, text as dictionaries; raises SourceError where it
    is damaged.
    """
    with told(name, "parquet file", _AGAIN), pq.ParquetFile(path, read_dictionary=_texts_in(path)) as file:
        for batch in file.iter_batches(batch_size=rows):
            yield _sound(pa.Table.from_batches([batch]))


def unpacked_size(path: Path, name: str) -> int:
    """How many bytes the columns of a Parquet file take unpacked; raises SourceError where it is damaged."""
    with told(name, "parquet file", _AGAIN):
        found = pq.read_metadata(path)
        return sum(int(found.row_group(each).total_byte_size) for each in range(found.num_row_groups))


def _texts_in(path: Path) -> list[str]:
    return [
        field.name
        for field in pq.read_schema(path)
        if pa.types.is_string(field.type) or pa.types.is_large_string(field.type)
    ]


def columnar_row(path: Path, container: Container, name: str, row: int) -> pa.Table:
    """One row (1-based) as a table of one row, none where there is no such row: reads one row group of
    Parquet, all of Feather.
    """
    with told(name, f"{container} file", _AGAIN):
        if row < 1:
            return (
                feather.read_table(path).slice(0, 0)
                if container == "feather"
                else pq.read_schema(path).empty_table()
            )
        if container == "feather":
            return _sound(feather.read_table(path)).slice(row - 1, 1)
        with pq.ParquetFile(path) as file:
            before = 0
            for group in range(file.num_row_groups):
                length = file.metadata.row_group(group).num_rows
                if row <= before + length:
                    return _sound(file.read_row_group(group)).slice(row - 1 - before, 1)
                before += length
            return file.schema_arrow.empty_table()


def _sound(table: pa.Table) -> pa.Table:
    """The table, looked through: Arrow believes the offsets of a damaged file, and crashes over them
    later.
    """
    table.validate(full=True)
    return table


def _feather_schema(path: Path) -> pa.Schema:
    with path.open("rb") as stream:
        if stream.read(6) == b"ARROW1":
            with ipc.open_file(path) as reader:
                return reader.schema
    return feather.read_table(path).schema


def held_of(column: pa.ChunkedArray, kind: ColumnType | None) -> Held:
    """A column as held: typed where its type is that of the declared `kind`, else by its text."""
    whole = column
    if pa.types.is_dictionary(column.type) and not _is_text(column.type.value_type):
        whole = column.cast(column.type.value_type)
    if _is_text(whole.type) or (pa.types.is_dictionary(whole.type) and _is_text(whole.type.value_type)):
        return texts_of(whole)
    values = whole.combine_chunks()
    values = pa.concat_arrays(values.chunks) if isinstance(values, pa.ChunkedArray) else values
    if pa.types.is_floating(values.type):
        values = pc.if_else(pc.is_nan(values), pa.scalar(None, values.type), values)
    if kind == "timestamp" and (pa.types.is_timestamp(values.type) or pa.types.is_date(values.type)):
        return Values(values=_wall_clock(values))
    if kind == "number" and _is_number(values.type):
        return Values(values=values.cast(pa.float64(), safe=False))
    if kind == "integer" and pa.types.is_integer(values.type):
        return Values(values=values.cast(pa.int64()))
    return texts_of(as_text(values)) if kind is not None else Values(values=values)


def _wall_clock(times: pa.Array) -> pa.Array:
    """Times as the clock showed them in their own zone; no release states a zone, and its publishers label
    the clock UTC.
    """
    if pa.types.is_timestamp(times.type) and times.type.tz not in (None, "UTC", "Etc/UTC", "GMT"):
        times = pc.local_timestamp(times)
    micros = pa.timestamp("us", tz=times.type.tz) if pa.types.is_timestamp(times.type) else pa.timestamp("us")
    return times.cast(micros, safe=False).cast(pa.timestamp("us"))


def _is_text(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_string(kind)
        or pa.types.is_large_string(kind)
        or pa.types.is_string_view(kind)
        or pa.types.is_null(kind)
    )


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))


def as_text(values: pa.Array) -> pa.Array:
    """Typed values as text: whole numbers without a fraction, times as YYYY-MM-DD HH:MM:SS, booleans as true
    and false.

    Numbers beyond what a double holds to the unit keep their exponent: written out they would show digits
    that nobody stated.
    """
    if pa.types.is_floating(values.type):
        whole = pc.and_(pc.equal(pc.floor(values), values), pc.less(pc.abs(values), 2.0**53))
        integers = pc.if_else(whole, values, pa.scalar(None, values.type)).cast(pa.int64())
        return pc.coalesce(integers.cast(pa.string()), values.cast(pa.string()))
    if pa.types.is_timestamp(values.type):
        return pc.replace_substring_regex(_wall_clock(values).cast(pa.string()), r"\.0+$", "")
    try:
        return values.cast(pa.string())
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):  # nested or binary: as Python writes them
        return pa.array([None if value is None else str(value) for value in values.to_pylist()], pa.string())
