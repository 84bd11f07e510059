"""SPSS (.sav): names and labels within its limits, clock readings and days as its dates, meanings of
columns as labels, scope and digest as notes of the file. Needs the extra `stats` (pyreadstat, which writes
it, and polars, which hands the rows over).

SPSS tells an empty text from a missing one by nothing: both are empty. Numbers are double.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from paradero.exports.content import Content
from paradero.exports.statistics_names import INTEGERS, SPSS
from paradero.model.errors import ParaderoError
from paradero.model.safe_text import shown

FOR_SPREADSHEETS = False

_LONGEST, _LABEL = 32_767, 250  # bytes of a text; letters of a label
_EXACT = 2**53
_AS_THEY_ARE = ("DATE", "TIMESTAMP", "DOUBLE", "FLOAT")
# the header's time of writing, which would change the bytes: offset and what stands there instead
_WRITTEN_AT, _NO_TIME = 92, b"01 Jan 7000:00:00"


def write(content: Content, path: Path) -> str | None:
    """Write the rows, and give what was renamed, cut or is not told apart, as a sentence. Raises
    ParaderoError where the extra is missing, and for a text that SPSS has no room for.
    """
    try:
        import polars as pl
        import pyreadstat
    except ImportError as error:
        raise ParaderoError(
            "A file for SPSS needs pyreadstat and polars. Run `pip install 'paradero[stats]'`, or export to"
            " .dta, which SPSS reads."
        ) from error
    names, renamed = SPSS.names_of(content.relation.columns)
    kinds = dict(content.kinds)
    columns = [_typed(content, column, kind).alias(column) for column, kind in kinds.items()]
    frame = pl.from_arrow(content.relation.select(*columns).to_arrow_table())
    assert isinstance(frame, pl.DataFrame)  # noqa: S101 - a table is one
    for column in frame.columns:
        if frame[column].dtype == pl.String and (frame[column].str.len_bytes().max() or 0) > _LONGEST:
            raise ParaderoError(
                f"`{column}`: SPSS holds texts of at most {_LONGEST:,} bytes, and a row has a longer one."
                " Export to another format."
            )
    meanings = content.meanings
    labels = {
        name: shown(meanings.get(column, column if column != name else ""))
        for name, column in zip(names, kinds, strict=True)
    }
    cut = [name for name, label in labels.items() if len(label) > _LABEL]
    pyreadstat.write_sav(
        frame.rename(dict(zip(frame.columns, names, strict=True))),
        str(path),
        file_label=content.name[:60],
        column_labels={name: label[:_LABEL] for name, label in labels.items()},
        note=[f"{key}: {shown(value)}"[:80] for key, value in content.note.items()],
    )
    with path.open("r+b") as file:
        file.seek(_WRITTEN_AT)
        file.write(_NO_TIME)
    said = [f"{old} is {new}" for old, new in renamed]
    told = [f"renamed for SPSS: {', '.join(said)}"] if said else []
    told += [f"labels cut to {_LABEL} letters: {', '.join(cut)}"] if cut else []
    if pl.String in frame.dtypes:
        told.append("an empty text and a missing one are the same in SPSS")
    return "; ".join(told) or None


def _typed(content: Content, column: str, kind: str) -> duckdb.Expression:
    """A column as SPSS has room for it: what it has no number for is text."""
    own = duckdb.ColumnExpression(column)
    if kind in _AS_THEY_ARE:
        return own
    if kind == "BOOLEAN" or kind.startswith("DECIMAL"):
        return own.cast("DOUBLE")
    if kind in INTEGERS:
        least, most = content.relation.aggregate(
            [duckdb.FunctionExpression("min", own), duckdb.FunctionExpression("max", own)]
        ).fetchall()[0]
        if max(-int(least or 0), int(most or 0)) <= _EXACT:
            return own.cast("DOUBLE")
    return own.cast("VARCHAR")
