"""Show one row of a source as it was received."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from paradero.model.errors import SourceError
from paradero.sources.containers.columnar import as_text, columnar_row
from paradero.sources.containers.damage import told
from paradero.sources.values.identifiers import safe_text

HIDDEN = "(a direct identifier, not shown)"


def original_row(path: Path, ingested: Path, sheet: str, row: int) -> dict[str, str | None]:
    """One row as received: header (or column letter where there is none) to text; direct identifiers are not
    shown.

    `path` is the original, `ingested` the folder `ingest` wrote. Raises SourceError where there is no such
    sheet or row.
    """
    report = json.loads((ingested / "report.json").read_text(encoding="utf-8"))
    found = next((entry for entry in report["sheets"] if entry["name"] == sheet), None)
    if found is None:
        names = ", ".join(repr(entry["name"]) for entry in report["sheets"])
        raise SourceError(f"There is no sheet {sheet!r}. The sheets are: {names}.")
    cells = ingested / f"cells-{found['number']}.parquet"
    table = (
        _cells_of(cells, row) if cells.exists() else columnar_row(path, report["container"], path.name, row)
    )
    if not table.num_rows:
        raise SourceError(f"Sheet {sheet!r} has no row {row}. Its rows go up to {found['last_row']}.")
    hidden = {
        *found["identifiers"],
        *(each["header"] for each in found.get("withheld", ()) if each["whole"] and not cells.exists()),
    }
    values = [
        _text(column) if cells.exists() else safe_text(_text(column), undeclared=False)
        for column in table.columns
    ]
    headers = [*found["headers"], *[None] * (len(values) - len(found["headers"]))]
    return {
        name: HIDDEN if header in hidden and value is not None else value
        for name, header, value in zip(_names(headers), headers, values, strict=True)
    }


def _cells_of(cells: Path, row: int) -> pa.Table:
    with told(cells.name, "file of kept cells", "Add the source again."):
        return pq.read_table(cells, filters=[("source_row", "=", row)]).drop_columns(["source_row"])


def _names(headers: list[str | None]) -> list[str]:
    names: list[str] = []
    for position, header in enumerate(headers):
        name = header or f"column {position + 1}"
        names.append(f"{name} (column {position + 1})" if name in names else name)
    return names


def _text(column: pa.ChunkedArray) -> str | None:
    array = column.combine_chunks()
    text = (as_text(array.dictionary_decode()) if pa.types.is_dictionary(array.type) else as_text(array))[
        0
    ].as_py()
    return None if text is None else str(text)
