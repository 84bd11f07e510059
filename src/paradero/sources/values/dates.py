"""From distinct texts to instants on the clock as written: the spellings of databases and offices, and the
order of day and month of a whole file.

What can be read in two orders is given in both; which of them holds is decided once for a file, on all its
date columns, and never guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from paradero.sources.values.spelled_dates import spelled

DateOrder = Literal[
    "mdy", "dmy", "each"
]  # `each`: no order of the file is settled, so each cell is read by itself

_TIME = r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?( ?[AP]M)?"
_SLASHED = rf"[0-9]{{1,2}}/[0-9]{{1,2}}/%s( {_TIME})?"
_ISO = (
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+]00(:?00)?|"
    r" UTC)?)?"
)
_ZONE = r"(Z|[+]00(:?00)?| UTC)$"
_TIMES = (
    "",
    " %H:%M",
    " %H:%M:%S",
    " %H:%M:%S.%f",
    " %I:%M %p",
    " %I:%M:%S %p",
    " %I:%M:%S.%f %p",
    " %I:%M%p",
    " %I:%M:%S%p",
)
# a spreadsheet keeps time as a fraction of a day: within a millisecond of a whole second is that second
_SETTLED = (
    "CASE WHEN abs(epoch_us(%s) % 1000000 - 500000) BETWEEN 499000 AND 499999 THEN date_trunc('second', %s +"
    " INTERVAL 1 MILLISECOND) ELSE %s END"
)
_STAMP = pa.timestamp("us")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """How many cells of a file settle its order of day and month: `mdy` and `dmy` can be read only so, `both`
    either way and differ.
    """

    mdy: int = 0
    dmy: int = 0
    both: int = 0

    def __add__(self, more: Evidence) -> Evidence:
        return Evidence(mdy=self.mdy + more.mdy, dmy=self.dmy + more.dmy, both=self.both + more.both)

    def order(self) -> DateOrder:
        """The order of the file; `each` where nothing settles it, or cells of both orders stand in it."""
        if bool(self.mdy) == bool(self.dmy):
            return "each"
        return "mdy" if self.mdy else "dmy"

    @property
    def is_at_issue(self) -> bool:
        """Whether any date of the file is written so that its order matters."""
        return bool(self.mdy or self.dmy or self.both)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """Distinct texts read month first and day first (equal where the spelling leaves no choice), and the
    offsets or zones that were written behind them.
    """

    month_first: pa.Array
    day_first: pa.Array
    zones: tuple[str, ...] = ()

    def evidence(self, times: npt.NDArray[np.int64]) -> Evidence:
        """What the texts say of the order, each as often as it stands in the sheet."""
        month, day = pc.is_valid(self.month_first), pc.is_valid(self.day_first)
        differ = pc.fill_null(pc.not_equal(self.month_first, self.day_first), False)
        count = (
            int(times[_flags(flags)].sum())
            for flags in (pc.and_not(month, day), pc.and_not(day, month), differ)
        )
        return Evidence(**dict(zip(("mdy", "dmy", "both"), count, strict=True)))

    def in_order(self, order: DateOrder) -> tuple[pa.Array, npt.NDArray[np.bool_]]:
        """The instants under an order, and which texts could be two: those are null where the order is not
        settled.
        """
        if order != "each":
            return (self.month_first if order == "mdy" else self.day_first), np.zeros(
                len(self.month_first), np.bool_
            )
        both = _flags(pc.not_equal(self.month_first, self.day_first))
        either = pc.coalesce(self.month_first, self.day_first)
        return (pc.if_else(pa.array(both), pa.scalar(None, _STAMP), either) if both.any() else either), both

    def bounds(self) -> tuple[pa.Array, pa.Array]:
        """The earlier and the later reading of each text."""
        return pc.min_element_wise(self.month_first, self.day_first), pc.max_element_wise(
            self.month_first, self.day_first
        )


def _flags(booleans: pa.Array) -> npt.NDArray[np.bool_]:
    return np.array(pc.fill_null(booleans, False).to_numpy(zero_copy_only=False), np.bool_)


def dates_of(connection: duckdb.DuckDBPyConnection, texts: pa.Array, *, epoch: str = "1899-12-30") -> Dates:
    """Read trimmed texts as dates; null where one is none. `epoch` is the day that day numbers of a
    spreadsheet count from.
    """
    slashed = bool(pc.any(pc.match_substring_regex(texts, "^[0-9]{1,2}/[0-9]{1,2}/")).as_py())
    connection.register("distinct_texts", pa.table({"t": texts, "i": pa.array(np.arange(len(texts)))}))
    other = f", {_settled('y')} AS day_first" if slashed else ""
    inner = f", {_slashed('%d/%m')} AS y" if slashed else ""
    # both orders only where the text is in neither of the plain forms: a text is compared with formats once,
    # not three times
    query = (
        f"SELECT {_settled('x')} AS month_first{other} FROM (SELECT i, coalesce({_plain()},"
        f" {_slashed('%m/%d') if slashed else 'NULL'}) AS x{inner} FROM distinct_texts) ORDER BY i"
    )
    table = connection.execute(query, {"epoch": epoch}).to_arrow_table()
    connection.unregister("distinct_texts")
    month = table.column("month_first").combine_chunks().cast(_STAMP)
    day = table.column("day_first").combine_chunks().cast(_STAMP) if slashed else month
    if slashed:
        is_slashed = pc.fill_null(pc.match_substring_regex(texts, "^[0-9]{1,2}/[0-9]{1,2}/"), False)
        day = pc.if_else(is_slashed, day, month)
    return _with_spelled(texts, month, day)


def _settled(name: str) -> str:
    return _SETTLED.replace("%s", name)


def _with_spelled(texts: pa.Array, month: pa.Array, day: pa.Array) -> Dates:
    """Add what only the slower reading of spelled dates can read."""
    unread = np.flatnonzero(_flags(pc.and_(pc.is_valid(texts), pc.and_(pc.is_null(month), pc.is_null(day)))))
    if not len(unread):
        return Dates(month_first=month, day_first=day)
    months: dict[int, dt.datetime] = {}
    days: dict[int, dt.datetime] = {}
    zones: set[str] = set()
    for place, text in zip(unread.tolist(), texts.take(pa.array(unread)).to_pylist(), strict=True):
        found = spelled(text)
        if found is None:
            continue
        if found.month_first is not None:
            months[place] = found.month_first
        if found.day_first is not None:
            days[place] = found.day_first
        if found.zone:
            zones.add(found.zone)
    return Dates(
        month_first=_patched(month, months), day_first=_patched(day, days), zones=tuple(sorted(zones))
    )


def _patched(values: pa.Array, found: dict[int, dt.datetime]) -> pa.Array:
    if not found:
        return values
    added = np.full(len(values), np.datetime64("NaT"), "datetime64[us]")
    added[list(found)] = np.array(list(found.values()), "datetime64[us]")
    return pc.coalesce(values, pa.array(added, _STAMP))


def _plain() -> str:
    return (
        "CASE WHEN t LIKE '____-__-__ __:__:__' THEN try_cast(t AS TIMESTAMP) "
        f"WHEN regexp_full_match(t, '{_ISO}') THEN try_cast(regexp_replace(t, '{_ZONE}', '') AS TIMESTAMP) "
        "WHEN regexp_full_match(t, '[0-9]{5}([.][0-9]+)?') AND t::DOUBLE BETWEEN 20000 AND 80000 "
        "THEN $epoch::TIMESTAMP + to_microseconds(round(t::DOUBLE * 86400000)::BIGINT * 1000) END"
    )


def _slashed(order: str) -> str:
    long, short = (", ".join(f"'{order}/%{year}{time}'" for time in _TIMES) for year in "Yy")
    return (
        f"CASE WHEN regexp_full_match(upper(t), '{_SLASHED % '[0-9]{4}'}') THEN try_strptime(upper(t),"
        f" [{long}]) WHEN regexp_full_match(upper(t), '{_SLASHED % '[0-9]{2}'}') THEN try_strptime(upper(t),"
        f" [{short}]) END"
    )


def has_short_years(texts: pa.Array) -> bool:
    """Whether a column has dates with years of two digits; 69 to 99 are read as 1969 to 1999, 00 to 68 as
    2000 to 2068.
    """
    return bool(
        pc.any(
            pc.match_substring_regex(texts, r"^[0-9]{1,2}(/[0-9]{1,2}/|-[A-Za-z]{3,4}-)[0-9]{2}( |$)")
        ).as_py()
    )


def is_serial(texts: pa.Array) -> pa.Array:
    """For each text whether it is a day number of a spreadsheet rather than a date."""
    return pc.match_substring_regex(texts, r"^[0-9]{5}(\.[0-9]+)?$")


def is_day(text: str) -> bool:
    """Whether a text that was read as a date gives a day without a clock time."""
    return re.search(r"[0-9]:[0-9]|[0-9]\.[0-9]{2}\.[0-9]{2}|T?[0-9]{4,6}$", text) is None
