"""How a source differs from what is known of its kind: columns unexpected, missing, perhaps renamed, withheld
throughout; cells rejected.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb

from paradero.building.ingested import IngestReport, ingested_folder
from paradero.casefile.folder import Casefile
from paradero.casefile.originals import Source
from paradero.model.answer import Answer
from paradero.sources import layout_of
from paradero.sources.fitting import nearest_header
from paradero.sources.layouts import Layout


class Drift(Answer, frozen=True, kw_only=True):
    """Something that is unlike a known release: what, of which columns, in which sheets of a source."""

    source: str
    sheets: str
    what: str
    columns: str


class Rejects(Answer, frozen=True, kw_only=True):
    """How many cells of a column of a source were rejected, and why."""

    source: str
    column: str | None
    problem: str
    cells: int


def drift_of(
    connection: duckdb.DuckDBPyConnection, case: Casefile, source: Source, report: IngestReport
) -> list[Drift]:
    """One for each thing that is unlike a known release, with the sheets it holds for."""
    found: dict[tuple[str, str], list[str]] = {}
    for sheet in report.sheets:
        for what, columns in _of_sheet(sheet):
            found.setdefault((what, columns), []).append(str(sheet["name"]))
    for sheet_name, columns in _withheld(connection, case, source):
        found.setdefault(("columns withheld throughout", columns), []).append(sheet_name)
    return [
        Drift(source=source.source, sheets=", ".join(sheets), what=what, columns=columns)
        for (what, columns), sheets in found.items()
    ]


def _of_sheet(sheet: Mapping[str, Any]) -> list[tuple[str, str]]:
    layouts = [layout_of(kind) for kind in sheet["kinds"] if kind != "statistics"]
    if not layouts or not sheet.get("headers"):
        return []
    unexpected, missing = list(map(str, sheet["unexpected"])), list(map(str, sheet["missing"]))
    rows = []
    if layouts[0].variant and not sheet.get("variant"):
        rows.append(("headers fit no known release", ""))
    if unexpected:
        rows.append(("unexpected columns, kept as extra", ", ".join(unexpected)))
    if renamed := _renamed(layouts[0], missing, unexpected):
        rows.append(("perhaps renamed", renamed))
    if missing:
        rows.append(("columns not in this file", ", ".join(missing)))
    return rows


def _renamed(layout: Layout, missing: list[str], unexpected: list[str]) -> str:
    near = {column: nearest_header(layout, column, list(unexpected)) for column in missing}
    return ", ".join(f"`{header}` for {column}" for column, header in near.items() if header)


def _withheld(connection: duckdb.DuckDBPyConnection, case: Casefile, source: Source) -> list[tuple[str, str]]:
    path = ingested_folder(case, source) / "columns.parquet"
    if not path.exists():
        return []
    rows = (
        connection.read_parquet(str(path))
        .filter("n_values = 0 AND n_withheld > 0")
        .project("source_sheet, coalesce(column_name, header), position")
    )
    by_sheet: dict[str, list[str]] = {}
    for sheet, column, _ in rows.order("source_sheet, position").fetchall():
        by_sheet.setdefault(sheet, []).append(column)
    return [(sheet, ", ".join(columns)) for sheet, columns in by_sheet.items()]


def rejects_of(connection: duckdb.DuckDBPyConnection, case: Casefile, source: Source) -> list[Rejects]:
    """How many cells of each column were rejected, and why."""
    path = ingested_folder(case, source) / "rejects.parquet"
    if not path.exists():
        return []
    rows = (
        connection.read_parquet(str(path))
        .aggregate("column_name, problem, count(*)", "column_name, problem")
        .order("1, 2")
        .fetchall()
    )
    return [
        Rejects(source=source.source, column=column, problem=problem, cells=cells)
        for column, problem, cells in rows
    ]
