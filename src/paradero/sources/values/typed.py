"""From distinct texts to typed values: numbers, whole numbers, amounts of money to the cent. What cannot be
read is null, never guessed.
"""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa

from paradero.sources.layouts import ColumnType

ARROW: dict[ColumnType, pa.DataType] = {
    "text": pa.string(),
    "timestamp": pa.timestamp("us"),
    "integer": pa.int64(),
    "number": pa.float64(),
    "money": pa.decimal128(20, 2),
}

# commas part thousands, or it is no number: 1,5 is never 15
_NUMBER = (
    "CASE WHEN regexp_full_match(t,"
    " '[-+]?[$]?[-+]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)?([.][0-9]*)?([eE][-+]?[0-9]+)?') AND regexp_matches(t,"
    " '[0-9]') THEN try_cast(replace(replace(t, ',', ''), '$', '') AS DOUBLE) END"
)
# an amount has two decimals at most (zeros behind them aside): nothing is rounded to a cent. Commas part
# thousands, or it is none; brackets and U+2212 are minus signs
_AMOUNT = "([0-9]{1,22}|[0-9]{1,3}(,[0-9]{3})+)([.][0-9]{0,2}0*)?"
_MONEY = (
    f"CASE WHEN regexp_full_match(t, '([-+\u2212]?[$]?|[$][-+\u2212]){_AMOUNT}') THEN"
    " try_cast(replace(replace(replace(t, ',', ''), '$', ''), '\u2212', '-') AS DECIMAL(20, 2)) WHEN"
    f" regexp_full_match(t, '[(][$]?{_AMOUNT}[)]') THEN -try_cast(translate(t, '($,)', '') AS DECIMAL(20,"
    " 2)) END"
)
_SETTLED = {
    "integer": "CASE WHEN x = round(x) AND abs(x) < 9e15 THEN CAST(x AS BIGINT) END",
    "number": "x",
    "money": "x",
}


def parsed(connection: duckdb.DuckDBPyConnection, texts: pa.Array, kind: ColumnType) -> pa.Array:
    """Each trimmed text as a value of `kind`, null where it is none. Dates are read by
    `paradero.sources.values.dates`.
    """
    if kind == "text":
        return texts
    connection.register("distinct_texts", pa.table({"t": texts, "i": pa.array(np.arange(len(texts)))}))
    text = (
        f"SELECT {_SETTLED[kind]} AS v FROM (SELECT i, {_MONEY if kind == 'money' else _NUMBER} AS x FROM"
        " distinct_texts) ORDER BY i"
    )
    table = connection.execute(text).to_arrow_table()
    connection.unregister("distinct_texts")
    return table.column("v").combine_chunks().cast(ARROW[kind])
