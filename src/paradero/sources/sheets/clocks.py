"""Put together what a file keeps in two columns: the day in one, the clock time in another."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from paradero.sources.held import Flags, Held, Texts, distinct_texts, flags
from paradero.sources.layouts import normal
from paradero.sources.sheets.assumed import Assumed
from paradero.sources.sheets.sniffing import Found
from paradero.sources.values.entire import Entire
from paradero.sources.values.readings import Rows

_CLOCK = r"(?i)^([0-9]{1,2}[:.][0-9]{2}([:.][0-9]{2}(\.[0-9]+)?)?( ?[AP]\.?M\.?)?|[0-9]{4}([0-9]{2})?)$"
_DAY_OF_A_CLOCK = r"^(1899-12-3[01]|1900-01-0[01]) "  # how spreadsheets give a time without a day
_NO_CLOCK = r"[ T]0{1,2}:00(:00(\.0+)?)?$"


def with_clocks(
    found: Found, columns: list[Held], rows: Rows, entire: Entire | None = None
) -> tuple[list[Held], list[Assumed]]:
    """The columns, those of days joined with the column of their clock times where the file has one beside
    them; and what was so joined. `entire`: these rows are a piece of a table.
    """
    joined, assumed = list(columns), []
    for name, position, clock in pairs(found):
        day, time = columns[position], columns[clock]
        if not isinstance(day, Texts) or not isinstance(time, Texts):
            continue
        is_one = (
            name in entire.joined if entire else is_of_days(day, rows) and _is_of_clocks(*clocks(time, rows))
        )
        if not is_one:
            continue
        joined[position] = _joined(day, time)
        headers = f"`{found.headers[position]}` and `{found.headers[clock]}`"
        assumed.append(
            Assumed(
                what="date_and_time",
                taken=f"{headers} are one moment",
                columns=name,
                cells=int((day.filled() & time.filled())[rows].sum()),
            )
        )
    return joined, assumed


def pairs(found: Found) -> list[tuple[str, int, int]]:
    """(declared column, position of its day, position of its clock time): headers that differ in the word
    time for date only.
    """
    free = {normal(found.headers[position]): position for position in found.fit.unexpected}
    found_pairs = []
    for column in found.fit.layout.column:
        position = found.fit.positions.get(column.name)
        if position is None or column.type != "timestamp":
            continue
        own = normal(found.headers[position])
        for wanted in (
            own.replace("date", "time"),
            f"{own}_time",
            own.removesuffix("_date") + "_time",
            own.removesuffix("_date_time") + "_time",
        ):
            if wanted != own and wanted in free:
                found_pairs.append((column.name, position, free[wanted]))
                break
    return found_pairs


def is_of_days(day: Texts, rows: Rows) -> bool:
    """Whether none of the texts has a clock time of its own."""
    here = day.trimmed.filter(pa.array(day.times(rows) > 0))
    bare = pc.replace_substring_regex(here, _NO_CLOCK, "")
    return not pc.any(pc.match_substring_regex(bare, r"[0-9]:[0-9]{2}")).as_py()


def clocks(time: Texts, rows: Rows) -> tuple[pa.Array, Flags]:
    """The distinct texts of some rows of a column, and which of them are clock times."""
    here = pc.replace_substring_regex(
        time.trimmed.filter(pa.array(time.times(rows) > 0)), _DAY_OF_A_CLOCK, ""
    ).drop_null()
    return here, flags(pc.match_substring_regex(here, _CLOCK))


def are_clocks(n: int, n_clocks: int) -> bool:
    """Whether nearly all of `n` texts are clock times."""
    return n > 0 and n_clocks >= 0.9 * n


def _is_of_clocks(texts: pa.Array, is_clock: Flags) -> bool:
    return are_clocks(len(texts), int(is_clock.sum()))


def _joined(day: Texts, time: Texts) -> Texts:
    """Day and clock of each row as one text; a day without a clock stays a day."""
    pairs, codes = np.unique(
        np.stack([day.codes, np.where(day.codes < 0, -1, time.codes)], axis=1), axis=0, return_inverse=True
    )
    days = day.trimmed.take(pa.array(pairs[:, 0], pa.int32(), mask=pairs[:, 0] < 0))
    times = pc.replace_substring_regex(
        time.trimmed.take(pa.array(pairs[:, 1], pa.int32(), mask=pairs[:, 1] < 0)), _DAY_OF_A_CLOCK, ""
    )
    clocks = pc.if_else(pc.match_substring_regex(times, _CLOCK), times, pa.scalar(None, pa.string()))
    whole = pc.coalesce(
        pc.binary_join_element_wise(pc.replace_substring_regex(days, _NO_CLOCK, ""), clocks, " "), days
    )
    missing = np.flatnonzero(pc.is_null(whole).to_numpy(zero_copy_only=False))
    flat = codes.reshape(-1).astype(np.int32)
    return distinct_texts(np.where(np.isin(flat, missing), np.int32(-1), flat), pc.fill_null(whole, ""))
