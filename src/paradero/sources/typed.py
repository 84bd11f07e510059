"""From distinct texts to typed values: dates, numbers, whole numbers, amounts of money to the cent. What cannot be read is null, never guessed."""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from paradero.sources.layouts import ColumnType

ARROW: dict[ColumnType, pa.DataType] = {
    "text": pa.string(),
    "timestamp": pa.timestamp("us"),
    "integer": pa.int64(),
    "number": pa.float64(),
    "money": pa.decimal128(20, 2),
}

_TIME = r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?( ?[AP]M)?"
_SLASHED = rf"[0-9]{{1,2}}/[0-9]{{1,2}}/%s( {_TIME})?"
_ISO = r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+]00(:?00)?| UTC)?)?"
_ZONE = r"(Z|[+]00(:?00)?| UTC)$"
_TIMES = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p", " %I:%M:%S.%f %p", " %I:%M%p", " %I:%M:%S%p")
_NUMBER = (
    "CASE WHEN regexp_full_match(t, '[-+]?[$]?[-+]?[0-9,]*[.]?[0-9]+([eE][-+]?[0-9]+)?[.]?') THEN try_cast(replace(replace(t, ',', ''), '$', '') AS DOUBLE) END"
)
# an amount has two decimals at most (zeros behind them aside): nothing is rounded to a cent. Commas part thousands, or it is none; brackets and U+2212 are minus signs
_AMOUNT = "([0-9]{1,22}|[0-9]{1,3}(,[0-9]{3})+)([.][0-9]{0,2}0*)?"
_MONEY = (
    f"CASE WHEN regexp_full_match(t, '([-+\u2212]?[$]?|[$][-+\u2212]){_AMOUNT}') THEN try_cast(replace(replace(replace(t, ',', ''), '$', ''), '\u2212', '-') AS DECIMAL(20, 2)) "
    f"WHEN regexp_full_match(t, '[(][$]?{_AMOUNT}[)]') THEN -try_cast(translate(t, '($,)', '') AS DECIMAL(20, 2)) END"
)
_SETTLED = {
    # a spreadsheet keeps time as a fraction of a day: within a millisecond of a whole second is that second
    "timestamp": "CASE WHEN abs(epoch_us(x) % 1000000 - 500000) BETWEEN 499000 AND 499999 THEN date_trunc('second', x + INTERVAL 1 MILLISECOND) ELSE x END",
    "integer": "CASE WHEN x = round(x) AND abs(x) < 9e15 THEN CAST(x AS BIGINT) END",
    "number": "x",
    "money": "x",
}
_DAY_ONLY = r"^%s(1[3-9]|[23][0-9])%s/([0-9]{2}|[0-9]{4})\b"


def is_day_first(texts: pa.Array) -> bool:
    """Whether a column writes D/M/Y: some date can only be read so (its first number is above 12) and none only as M/D/Y."""
    day_first = pc.any(pc.match_substring_regex(texts, _DAY_ONLY % ("", "/[0-9]{1,2}"))).as_py()
    month_first = pc.any(pc.match_substring_regex(texts, _DAY_ONLY % ("[0-9]{1,2}/", ""))).as_py()
    return bool(day_first) and not month_first


def has_short_years(texts: pa.Array) -> bool:
    """Whether a column has slashed dates with years of two digits; 69 to 99 are read as 1969 to 1999, 00 to 68 as 2000 to 2068."""
    return bool(pc.any(pc.match_substring_regex(texts, r"^[0-9]{1,2}/[0-9]{1,2}/[0-9]{2}( |$)")).as_py())


def is_serial(texts: pa.Array) -> pa.Array:
    """For each text whether it is a day number of a spreadsheet rather than a date."""
    return pc.match_substring_regex(texts, r"^[0-9]{5}(\.[0-9]+)?$")


def parsed(connection: duckdb.DuckDBPyConnection, texts: pa.Array, kind: ColumnType, *, day_first: bool = False, epoch: str = "1899-12-30") -> pa.Array:
    """Each trimmed text as a value of `kind`, null where it is none. `epoch` is the day that spreadsheet day numbers count from."""
    if kind == "text":
        return texts
    connection.register("distinct_texts", pa.table({"t": texts, "i": pa.array(np.arange(len(texts)))}))
    value = {"timestamp": lambda: _timestamp(day_first=day_first), "number": lambda: _NUMBER, "integer": lambda: _NUMBER, "money": lambda: _MONEY}[kind]()
    text = f"SELECT {_SETTLED[kind]} AS v FROM (SELECT i, {value} AS x FROM distinct_texts) ORDER BY i"
    table = connection.sql(text, params={"epoch": epoch} if kind == "timestamp" else None).to_arrow_table()
    connection.unregister("distinct_texts")
    values = table.column("v").combine_chunks().cast(ARROW[kind])
    return plausible(values) if kind == "timestamp" else values


def plausible(times: pa.Array) -> pa.Array:
    """Times from 1900 to 2200; others are null: a year of 17 or 9999 is a damaged date or a stand-in for none."""
    years = pc.year(times)
    return pc.if_else(pc.and_(pc.greater_equal(years, 1900), pc.less(years, 2200)), times, pa.scalar(None, times.type))


def _timestamp(*, day_first: bool) -> str:
    order = "%d/%m" if day_first else "%m/%d"
    long = ", ".join(f"'{order}/%Y{time}'" for time in _TIMES)
    short = ", ".join(f"'{order}/%y{time}'" for time in _TIMES)
    return (
        "CASE WHEN t LIKE '____-__-__ __:__:__' THEN try_cast(t AS TIMESTAMP) "
        f"WHEN regexp_full_match(t, '{_ISO}') THEN try_cast(regexp_replace(t, '{_ZONE}', '') AS TIMESTAMP) "
        f"WHEN regexp_full_match(upper(t), '{_SLASHED % '[0-9]{4}'}') THEN try_strptime(upper(t), [{long}]) "
        f"WHEN regexp_full_match(upper(t), '{_SLASHED % '[0-9]{2}'}') THEN try_strptime(upper(t), [{short}]) "
        "WHEN regexp_full_match(t, '[0-9]{1,2}[.][0-9]{1,2}[.][0-9]{4}') THEN try_strptime(t, '%d.%m.%Y') "
        "WHEN regexp_full_match(t, '[0-9]{1,2}-[A-Za-z]{3}-[0-9]{4}') THEN try_strptime(t, '%d-%b-%Y') "
        "WHEN regexp_full_match(t, '[A-Za-z]{3} [0-9]{1,2}, [0-9]{4}') THEN try_strptime(t, '%b %d, %Y') "
        "WHEN regexp_full_match(t, '[0-9]{5}([.][0-9]+)?') AND t::DOUBLE BETWEEN 20000 AND 80000 "
        "THEN $epoch::TIMESTAMP + to_microseconds(round(t::DOUBLE * 86400000)::BIGINT * 1000) END"
    )
