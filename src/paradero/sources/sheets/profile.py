"""The profile of a sheet's columns: which headers there are, what is declared of them, what fills them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from paradero.sources.containers.columnar import as_text
from paradero.sources.held import Held, Texts
from paradero.sources.sheets.sniffing import Found
from paradero.sources.sheets.tasks import SheetTask
from paradero.sources.values.readings import WHY, Reading, Rows

COLUMNS_SCHEMA = pa.schema(
    [
        ("source", pa.string()),
        ("source_sheet", pa.string()),
        ("position", pa.int64()),
        ("header", pa.string()),
        ("column_name", pa.string()),
        ("status", pa.string()),
        ("n_rows", pa.int64()),
        ("n_values", pa.int64()),
        ("n_blank", pa.int64()),
        ("n_withheld", pa.int64()),
        ("n_unreadable", pa.int64()),
        ("n_stand_in", pa.int64()),
        ("n_day_or_month", pa.int64()),
        ("precision", pa.string()),
        ("lowest", pa.string()),
        ("highest", pa.string()),
        ("date_form", pa.string()),
    ]
)

_ENDS = ("lowest", "highest")
_PRECISIONS = ("day", "minute", "second")  # the finer last

Profile = dict[str, Any]  # of one column, by the names of COLUMNS_SCHEMA; its ends as scalars of its type


def profile_of(
    task: SheetTask,
    found: Found,
    readings: list[Reading],
    columns: list[Held],
    rows: Rows,
    fixed: dict[str, str | None],
    elsewhere: frozenset[int],
) -> list[Profile]:
    """The profile of a sheet's columns: every header as found (`elsewhere` those of tables beside),
    every declared column that is not there.
    """
    fitted = found.fit
    by_position = {
        fitted.positions[reading.column.name]: reading for reading in readings if reading.held is not None
    }
    status = dict.fromkeys(by_position, "declared")
    status |= (
        dict.fromkeys(fitted.derived, "derived_by_publisher")
        | dict.fromkeys(fitted.kept, "kept_in_extra")
        | dict.fromkeys(fitted.aside, "left_aside")
    )
    status |= dict.fromkeys(fitted.identifying, "direct_identifier") | {
        position: "duplicate_header" for _, position in fitted.repeated
    }
    status |= dict.fromkeys(elsewhere, "table_beside")
    base = {"source": task.source, "source_sheet": task.label, "n_rows": len(rows)}
    records: list[dict[str, Any]] = []
    for position, header in enumerate(found.headers):
        if header or position in by_position:
            reading = by_position.get(position)
            measured = _measured(reading, rows) if reading else _counted(columns[position], rows)
            records.append(
                base
                | {"position": position + 1, "header": header, "status": status.get(position, "unexpected")}
                | measured
            )
    records += [
        base
        | {
            "column_name": name,
            "status": "stated_above_table" if fixed.get(name) else "not_in_release",
            "n_values": 0,
        }
        for name in fitted.missing
    ]
    return records


def profile_table(records: list[Profile]) -> pa.Table:
    """Profiles as they are kept."""
    shown = [each | {name: _end(each[name]) for name in _ENDS if name in each} for each in records]
    return pa.Table.from_pylist(shown, schema=COLUMNS_SCHEMA)


def merged(pieces: Sequence[list[Profile]]) -> list[Profile]:
    """The profile of a table from those of its pieces, which are of the same columns in the same order."""
    return [_merged_column(columns) for columns in zip(*pieces, strict=True)]


def _merged_column(columns: Sequence[Profile]) -> Profile:
    whole = dict(columns[0])
    for name in {name for each in columns for name in each if name.startswith("n_")}:
        whole[name] = sum(each.get(name) or 0 for each in columns)
    known = [each for each in columns if "lowest" in each]
    if known:
        for name, which in zip(_ENDS, ("min", "max"), strict=True):
            ends = [each[name].as_py() for each in known]
            whole[name] = pc.min_max(pa.array(ends, known[0][name].type))[which]
        forms = {form for each in known if each["date_form"] for form in each["date_form"].split(", ")}
        whole["date_form"] = ", ".join(sorted(forms)) or None
    if any("precision" in each for each in known):
        whole["precision"] = max((each["precision"] for each in known), key=_PRECISIONS.index)
    return whole


def _counted(held: Held, rows: Rows) -> dict[str, Any]:
    filled = int(held.filled()[rows].sum())
    withheld = int(held.rows_of(held.withheld)[rows].sum()) if isinstance(held, Texts) else 0
    return {
        "n_values": filled - withheld,
        "n_withheld": withheld,
        "n_blank": len(rows) - filled,
        "n_unreadable": 0,
    }


def _measured(reading: Reading, rows: Rows) -> dict[str, Any]:
    """Counts of a declared column, precision of its times (day where all are midnight), lowest and highest
    value as text.
    """
    why = np.bincount(reading.why_of(rows), minlength=len(WHY)).tolist()
    counted = ("n_values", "n_blank", "n_withheld", "n_unreadable", "", "n_stand_in", "n_day_or_month")
    measured: dict[str, Any] = {
        "column_name": reading.column.name,
        **{name: n for name, n in zip(counted, why, strict=True) if name},
    }
    if reading.column.type == "text" or reading.values is None or not why[0]:
        return measured
    values = reading.values if isinstance(reading.held, Texts) else reading.stored(rows)
    ends = pc.min_max(values)
    measured |= {"lowest": ends["min"], "highest": ends["max"], "date_form": reading.form}
    if reading.column.type == "timestamp":
        measured["precision"] = next(
            (
                name
                for name, unit in (("day", 86_400_000_000), ("minute", 60_000_000))
                if _all_whole(values, unit)
            ),
            "second",
        )
    return measured


def _all_whole(times: pa.Array, unit: int) -> bool:
    micros = times.cast(pa.int64())
    return bool(pc.all(pc.equal(pc.multiply(pc.divide(micros, unit), unit), micros)).as_py())


def _end(value: pa.Scalar) -> str | None:
    text: str | None = as_text(pa.array([value.as_py()], value.type))[0].as_py()
    return text
