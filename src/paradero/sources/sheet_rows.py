"""Show some rows of a sheet as they were received, one after the other, without reading the whole of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow import feather

from paradero.model.errors import SourceError
from paradero.sources.containers.damage import told
from paradero.sources.containers.first_bytes import Container
from paradero.sources.originals import HIDDEN, _names, _text
from paradero.sources.values.identifiers import marker, patterns, safe_text

_BATCH = 4_096


class SheetPart(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of a sheet as received by their numbers, direct identifiers hidden: `headers` as the header row
    has them (None where there is none), `names` tell two of the same header apart; `header_row` is None where
    the file itself names its columns.
    """

    headers: list[str | None]
    names: list[str]
    header_row: int | None
    last_row: int
    rows: dict[int, list[str | None]]


def sheet_part(path: Path, ingested: Path, sheet: str, first: int, last: int) -> SheetPart:
    """The rows `first` to `last` of a sheet, those that there are; `path` is the original, `ingested` the
    folder that taking it in wrote. Raises SourceError where there is no such sheet.
    """
    report = json.loads((ingested / "report.json").read_text(encoding="utf-8"))
    found = next((entry for entry in report["sheets"] if entry["name"] == sheet), None)
    if found is None:
        names = ", ".join(repr(entry["name"]) for entry in report["sheets"])
        raise SourceError(f"There is no sheet {sheet!r}. The sheets are: {names}.")
    first, last = max(first, 1), min(last, found["last_row"])
    cells = ingested / f"cells-{found['number']}.parquet"
    is_kept = cells.exists()
    numbers, table = (
        _of_cells(cells, first, last) if is_kept else _of_file(path, report["container"], first, last)
    )
    hidden = {
        *found["identifiers"],
        *(each["header"] for each in found.get("withheld", ()) if each["whole"] and not is_kept),
    }
    headers = [*found["headers"], *[None] * (table.num_columns - len(found["headers"]))]
    rows: dict[int, list[str | None]] = {}
    for place, number in enumerate(numbers):
        texts = [_text(column.slice(place, 1)) for column in table.columns]
        if is_kept:
            shown = texts
        else:
            safe = [safe_text(text, undeclared=False) for text in texts]
            shown = [_as_taken_in(header, text, found) for header, text in zip(headers, safe, strict=True)]
        rows[number] = [
            HIDDEN if header in hidden and text is not None else text
            for header, text in zip(headers, shown, strict=True)
        ]
    return SheetPart(
        headers=headers,
        names=_names(headers),
        header_row=found["header_row"],
        last_row=found["last_row"],
        rows=rows,
    )


def row_as_taken_in(ingested: Path, sheet: str, cells: Mapping[str, str | None]) -> dict[str, str | None]:
    """The cells of a row as `original_row` gives them, with what was withheld where the file was read
    withheld here too: the rows of a typed file are read from the original again, which holds it still.
    """
    report = json.loads((ingested / "report.json").read_text(encoding="utf-8"))
    found = next(entry for entry in report["sheets"] if entry["name"] == sheet)
    if (ingested / f"cells-{found['number']}.parquet").exists():
        return dict(cells)
    headers = [*found["headers"], *[None] * (len(cells) - len(found["headers"]))]
    return {
        name: _as_taken_in(header, text, found)
        for header, (name, text) in zip(headers, cells.items(), strict=True)
    }


def _as_taken_in(header: str | None, text: str | None, found: Mapping[str, Any]) -> str | None:
    """A cell of a typed file, or the mark of what was withheld of its kind in its column."""
    if text is None or text == HIDDEN:
        return text
    kinds = {
        each["kind"]
        for each in found.get("withheld", ())
        if each["header"] == (header or "") and not each["whole"]
    }
    one = pa.array([text.strip()])
    for pattern in patterns().text:
        if pattern.kind in kinds and pc.match_substring_regex(one, pattern.regex)[0].as_py():
            return marker(pattern.kind)
    return text


def _of_cells(cells: Path, first: int, last: int) -> tuple[list[int], pa.Table]:
    with told(cells.name, "file of kept cells", "Add the source again."):
        table = pq.read_table(cells, filters=[("source_row", ">=", first), ("source_row", "<=", last)])
    return table["source_row"].to_pylist(), table.drop_columns(["source_row"])


def _of_file(path: Path, container: Container, first: int, last: int) -> tuple[list[int], pa.Table]:
    """Rows of a typed file, of Parquet no more than the row groups that hold them."""
    with told(path.name, f"{container} file", "Copy or download it again."):
        if container == "feather":
            table = feather.read_table(path).slice(first - 1, max(last - first + 1, 0))
        else:
            table = _of_parquet(path, first, last)
        table.validate(full=True)
    return list(range(first, first + table.num_rows)), table


def _of_parquet(path: Path, first: int, last: int) -> pa.Table:
    with pq.ParquetFile(path) as file:
        parts: list[pa.Table] = []
        before = 0
        for group in range(file.num_row_groups):
            length = file.metadata.row_group(group).num_rows
            if before + length >= first and before < last:
                at = before
                for batch in file.iter_batches(batch_size=_BATCH, row_groups=[group]):
                    lo, hi = max(first - 1 - at, 0), min(last - at, batch.num_rows)
                    if lo < hi:
                        parts.append(pa.Table.from_batches([batch]).slice(lo, hi - lo))
                    at += batch.num_rows
                    if at >= last:
                        break
            before += length
        return pa.concat_tables(parts) if parts else file.schema_arrow.empty_table()
