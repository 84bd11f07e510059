"""What only all sheets of a file together can tell: one order of day and month, sheets that go on from
another, sheets that repeat one, and the balance.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from paradero.engines.lending import lent
from paradero.model.errors import SourceError
from paradero.sources.fitting import Fit, fit
from paradero.sources.held import texts_of
from paradero.sources.own_layouts import layout_with
from paradero.sources.sheets.prints import prints_name
from paradero.sources.sheets.tasks import Headed, SheetReport, SheetTask
from paradero.sources.taking import take_sheet
from paradero.sources.values.dates import Evidence, dates_of

_NEARLY_ALL, _MOST = 0.9, 0.5  # of the cells under a required date, and under all dates together


def in_one_order(tasks: list[SheetTask], reports: list[SheetReport]) -> list[SheetReport]:
    """The reports, with those sheets read again that by themselves took another order of day and month than
    the file has.
    """
    order = tasks[0].date_order or sum((report.evidence for report in reports), Evidence()).order()
    return [
        (
            _again(tasks, report, date_order=order)
            if report.evidence.is_at_issue and report.date_order != order
            else report
        )
        for report in reports
    ]


def _again(tasks: list[SheetTask], report: SheetReport, **changes: Any) -> SheetReport:
    headed_by = (
        Headed(sheet=report.continues, headers=report.headers, kind=report.kinds[-1])
        if report.continues is not None
        else None
    )
    return take_sheet(replace(tasks[report.number], **({"headed_by": headed_by} | changes)))


def with_overflow(tasks: list[SheetTask], reports: list[SheetReport]) -> list[SheetReport]:
    """The reports, with those sheets taken that have no headers and go on where the sheet before them
    ends.
    """
    done: list[SheetReport] = []
    before: SheetReport | None = None
    for report in reports:
        if before is not None and not report.kinds and _goes_on(before, report, tasks[report.number].own):
            headed_by = Headed(sheet=before.name, headers=before.headers, kind=before.kinds[-1])
            done.append(take_sheet(replace(tasks[report.number], headed_by=headed_by)))
            continue
        done.append(report)
        before = report if report.kinds and report.header_row else None
    return done


def _goes_on(before: SheetReport, report: SheetReport, own: str) -> bool:
    """Whether the first rows of a sheet are records under the headers of another: as wide, with dates where
    dates should be, and no words for headers.
    """
    rows = [row for row in report.head if any(row)]
    kind = before.kinds[-1]
    if not rows or kind == "statistics":
        return False
    fitted = fit(layout_with(kind, own), list(before.headers))
    width = max(place + 1 for row in rows for place, cell in enumerate(row) if cell)
    dated = [
        column.name
        for column in fitted.layout.column
        if column.type == "timestamp" and column.name in fitted.positions
    ]
    if (
        not dated
        or width > len(before.headers)
        or width <= max(fitted.positions[name] for name in _required(fitted))
    ):
        return False
    required = [fitted.positions[name] for name in _required(fitted)]
    return (
        all(_is_filled(rows, position) for position in required)
        and dated_part(
            rows, [place for place in required if place in {fitted.positions[name] for name in dated}]
        )
        >= _NEARLY_ALL
        and dated_part(rows, [fitted.positions[name] for name in dated]) >= _MOST
    )


def _required(fitted: Fit) -> list[str]:
    return [
        column.name for column in fitted.layout.column if column.required and column.name in fitted.positions
    ]


def _is_filled(rows: list[list[str | None]], position: int) -> bool:
    return 2 * sum(1 for row in rows if position < len(row) and row[position]) > len(rows)


def dated_part(rows: list[list[str | None]], positions: list[int]) -> float:
    """Which part of what stands in these columns is a date, or withheld; 0 where nothing stands there."""
    cells = [row[position] for row in rows for position in positions if position < len(row) and row[position]]
    if not cells:
        return 0.0
    held = texts_of(pa.array(cells, pa.string()))
    with lent(threads=1) as connection:
        dates = dates_of(connection, held.trimmed)
    good = held.withheld | np.array(
        pc.or_(pc.is_valid(dates.month_first), pc.is_valid(dates.day_first)).to_numpy(zero_copy_only=False),
        np.bool_,
    )
    return float(held.rows_of(good).sum()) / len(cells)


def check_balance(reports: list[SheetReport], file_name: str) -> None:
    """Raises SourceError where a row of a sheet is in no account, or in two."""
    for report in reports:
        missing = report.ledger.missing
        if missing:
            where = f"{file_name}, sheet {report.name!r}" if report.name else file_name
            raise SourceError(
                f"{where}: {report.ledger.in_file:,} rows in the file, but {abs(missing):,} of them"
                f" {'were not read' if missing > 0 else 'counted twice'}. Nothing was taken. Save a copy in a"
                " spreadsheet program and add that."
            )


def with_repeated_sheets(folder: Path, reports: list[SheetReport]) -> list[SheetReport]:
    """The reports, with a remark on each sheet whose rows all stand in another sheet of the file
    before it.
    """
    repeated: dict[int, int] = {}
    for kind in dict.fromkeys(kind for report in reports for kind in report.kinds if kind != "statistics"):
        parts = {
            str(folder / prints_name(kind, report.number)): report.number
            for report in reports
            if kind in report.kinds and report.rows_kept
        }
        if len(parts) > 1:
            repeated = _repeated(parts) | repeated
    names = {report.number: report.name for report in reports}
    return [
        (
            replace(
                report,
                remarks=(
                    *report.remarks,
                    (
                        f"its {report.rows_kept:,} rows are those of sheet {names[repeated[report.number]]!r}"
                        " again"
                    ),
                ),
            )
            if report.number in repeated
            else report
        )
        for report in reports
    ]


def _repeated(parts: dict[str, int]) -> dict[int, int]:
    """Which sheets (by number) have all of their rows in an earlier one, and in which; parts are files of
    prints with the numbers of their sheets.
    """
    with lent() as connection:
        numbers = pa.table({"path": list(parts), "part": list(parts.values())})
        connection.register("parts", numbers)
        connection.read_parquet(list(parts), filename=True).create_view("prints")
        rows = connection.execute(
            "WITH counted AS (SELECT part, print, count(*) AS n FROM prints JOIN parts ON filename = path"
            " GROUP BY part, print), sized AS (SELECT part, count(*) AS n FROM counted GROUP BY part) SELECT"
            " l.part, e.part FROM counted l JOIN counted e ON e.print = l.print AND e.n >= l.n AND e.part <"
            " l.part JOIN sized s ON s.part = l.part GROUP BY l.part, e.part, s.n HAVING count(*) = s.n ORDER"
            " BY ALL"
        ).fetchall()
    return dict(reversed(rows))


def assumed_of(reports: list[SheetReport]) -> Iterator[dict[str, Any]]:
    """What was assumed of the whole file: that of its sheets, each once, cells added up, columns of all."""
    merged: dict[tuple[str, str], dict[str, Any]] = {}
    for report in reports:
        for each in report.assumed:
            into = merged.setdefault((each["what"], each["taken"]), each | {"cells": None, "columns": []})
            if each["cells"] is not None:
                into["cells"] = (into["cells"] or 0) + each["cells"]
            into["columns"] += [
                name for name in each["columns"].split(", ") if name and name not in into["columns"]
            ]
    for each in merged.values():
        yield each | {"columns": ", ".join(each["columns"])}
