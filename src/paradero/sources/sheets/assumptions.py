"""What was assumed in reading a sheet, each with the cells it bears on: nothing that decides a value goes
without saying.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pyarrow as pa

from paradero.sources.containers.columnar import as_text
from paradero.sources.held import Texts
from paradero.sources.sheets.assumed import Assumed
from paradero.sources.values.person_ids import alike
from paradero.sources.values.readings import Manner, Read, Reading, Rows

_ORDERS = {"mdy": "month before day", "dmy": "day before month"}


def assumptions_of(read: Read, rows: Rows, manner: Manner) -> list[Assumed]:
    """What was assumed of the values of a sheet."""
    found = [*_order(read, rows, manner), *_decimals(read, rows, manner)]
    found += _by_text(read.readings, rows, "nothing", "word_for_nothing", "`{}`")
    found += _by_text(read.readings, rows, "stand_in", "stand_in_date", "`{}`")
    found += _by_text(read.readings, rows, "nobody", "word_for_nobody", "`{}`")
    found += _rejected(
        read.readings, rows, "id_precision_lost", "id_precision_lost", "whose they are is not known"
    )
    found += _twins(read.readings, rows, manner)
    found += _capitals(read.readings, rows)
    if read.zones:
        found.append(
            Assumed(
                what="zone", taken=f"the clock as shown, whatever stands behind it: {', '.join(read.zones)}"
            )
        )
    found += _rejected(
        read.readings, rows, "error_cell", "error_cell", "errors of the spreadsheet: the values are lost"
    )
    found += _rejected(
        read.readings,
        rows,
        "invisible_letters",
        "invisible_letters",
        "left out: ids and codes that differ only by them are one",
    )
    found += _rejected(
        read.readings, rows, "serial_number", "serial_number", f"days counted from {manner.serial_epoch}"
    )
    short = [reading.column.name for reading in read.readings if reading.form and "two-digit" in reading.form]
    if short:
        found.append(
            Assumed(
                what="two_digit_years",
                taken="69 to 99 are 1969 to 1999, 00 to 68 are 2000 to 2068",
                columns=", ".join(short),
            )
        )
    return found


def _order(read: Read, rows: Rows, manner: Manner) -> list[Assumed]:
    evidence = read.evidence
    if not evidence.is_at_issue:
        return []
    cells, columns = _marked(read.readings, rows, "day_or_month")
    if read.date_order != "each":
        how = (
            "as declared"
            if manner.date_order == read.date_order and not getattr(evidence, read.date_order)
            else f"{getattr(evidence, read.date_order):,} dates can only be read so"
        )
        against = evidence.dmy if read.date_order == "mdy" else evidence.mdy
        odd = f"; {against:,} that cannot are rejected" if against else ""
        return [
            Assumed(what="date_order", taken=f"{_ORDERS[read.date_order]} ({how}{odd})", cells=read.own.both)
        ]
    why = (
        "some dates can only be read month first, some only day first"
        if evidence.mdy
        else "no date settles it"
    )
    return [
        Assumed(
            what="date_order",
            taken=(
                f"open: {why}; both readings bound each date that has two. Settle it with --date-order mdy"
                " or dmy"
            ),
            cells=cells,
            columns=columns,
            is_open=bool(cells),
        )
    ]


def _decimals(read: Read, rows: Rows, manner: Manner) -> list[Assumed]:
    found = read.decimals
    cells, columns = _marked(read.readings, rows, "decimal_comma")
    if found.comma and found.point:
        return [
            Assumed(
                what="decimal_sign",
                taken=(
                    "both a comma and a point, each where it can be nothing else; numbers that could be"
                    " either are rejected"
                ),
                cells=cells,
                columns=columns,
                is_open=bool(found.either),
            )
        ]
    if found.comma:
        return [
            Assumed(what="decimal_sign", taken="comma; points part thousands", cells=cells, columns=columns)
        ]
    if found.either and not found.point and not manner.in_workbook:
        is_open = bool(found.either_point or manner.comma_land)
        taken = (
            "open: no number settles it, and those that could be two are rejected"
            if is_open
            else "point; commas part thousands (no number settles it)"
        )
        return [Assumed(what="decimal_sign", taken=taken, is_open=is_open)]
    return [Assumed(what="decimal_sign", taken="point; commas part thousands")] if found.either else []


def _by_text(readings: list[Reading], rows: Rows, mark: str, what: str, words: str) -> list[Assumed]:
    """One assumption a text that bears the mark."""
    cells: Counter[str] = Counter()
    columns: dict[str, list[str]] = {}
    for reading in readings:
        for text, times in _texts(reading, rows, mark).items():
            cells[text] += times
            columns.setdefault(text, []).append(reading.column.name)
    return [
        Assumed(what=what, taken=words.format(text), cells=times, columns=", ".join(columns[text]))
        for text, times in sorted(cells.items(), key=lambda each: (-each[1], each[0]))
    ]


def _texts(reading: Reading, rows: Rows, mark: str) -> dict[str, int]:
    flagged = dict(reading.marks).get(mark)
    if flagged is None or reading.held is None:
        return {}
    if isinstance(reading.held, Texts):
        times = reading.held.times(rows)
        found: Counter[str] = Counter()
        for place in np.flatnonzero(flagged & (times > 0)).tolist():
            found[str(reading.held.trimmed[place].as_py())] += int(times[place])
        return found
    return dict(Counter(as_text(reading.held.values.take(rows[flagged[rows]])).to_pylist()))


def _twins(readings: list[Reading], rows: Rows, manner: Manner) -> list[Assumed]:
    """One assumption a column with ids that differ only in how they are written."""
    found = []
    for reading in readings:
        texts = _texts(reading, rows, "id_twin")
        if texts:
            others = manner.entire.ids.get(reading.column.name) if manner.entire else None
            groups = list((others.twins if others else alike(pa.array(list(texts)))).values())
            such = " and ".join(f"`{text}`" for text in groups[0]) if groups else ""
            taken = (
                f"{len(groups):,} such as {such}: whether each is one person is not known, and none of them"
                " names one"
            )
            found.append(
                Assumed(
                    what="id_twins",
                    taken=taken,
                    cells=sum(texts.values()),
                    columns=reading.column.name,
                    is_open=True,
                )
            )
    return found


def _capitals(readings: list[Reading], rows: Rows) -> list[Assumed]:
    """One assumption for all codes that are not written in capitals."""
    cells, columns = _marked(readings, rows, "letter_case")
    return (
        [
            Assumed(
                what="letter_case",
                taken="read as capitals: codes that differ only by them are one",
                cells=cells,
                columns=columns,
            )
        ]
        if cells
        else []
    )


def _marked(readings: list[Reading], rows: Rows, mark: str) -> tuple[int, str]:
    """(cells, columns) that bear a mark."""
    cells, columns = 0, []
    for reading in readings:
        flagged = dict(reading.marks).get(mark)
        if (
            flagged is not None
            and isinstance(reading.held, Texts)
            and (times := int(reading.held.times(rows)[flagged].sum()))
        ):
            cells += times
            columns.append(reading.column.name)
    return cells, ", ".join(columns)


def _rejected(readings: list[Reading], rows: Rows, problem: str, what: str, taken: str) -> list[Assumed]:
    """One assumption for all cells that are listed as rejects with this problem."""
    cells, columns = 0, []
    for reading in readings:
        count = sum(len(reading.rows_with(each, rows)) for each in reading.problems if each.name == problem)
        if count:
            cells += count
            columns.append(reading.column.name)
    return [Assumed(what=what, taken=taken, cells=cells, columns=", ".join(columns))] if cells else []
