"""A layout that somebody wrote, tried on a file: what would be taken in, column by column."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pyarrow.parquet as pq

from paradero.model.answer import Answer
from paradero.sources import ingest
from paradero.sources.own_layouts import OwnLayout, read_own_layout
from paradero.sources.values.identifiers import safe_text


class TriedColumn(Answer, frozen=True, kw_only=True):
    """A column that the layout names: the header that is it (blank for a constant), in how many rows it is
    filled, and how many of its cells cannot be read.
    """

    column: str
    header: str
    filled: int
    unreadable: int


class TriedLayout(Answer, frozen=True, kw_only=True):
    """What a file gives under a layout: rows of the kind, cells of its columns that cannot be read, its
    columns, the headers withheld, those that no column is, and what was assumed or is odd.
    """

    kind: str
    rows: int
    unreadable: int
    columns: tuple[TriedColumn, ...]
    withheld: tuple[str, ...]
    others: tuple[str, ...]
    lines: tuple[str, ...]


def tried_layout(text: str, file: Path, *, place: str) -> TriedLayout:
    """Read `file` by the layout in `text`, which stands at `place`; nothing is kept. Raises AuthoredError for
    mistakes of the layout, SourceError where the file is no table under it.
    """
    form = read_own_layout(text, file=place)
    with tempfile.TemporaryDirectory(prefix="paradero-layout-") as folder:
        out = Path(folder) / "tried"
        done = ingest(
            file, out, source="0" * 12, file_name=file.name, as_kind=form.kind, own=text, processes=1
        )
        filled, unreadable = _counted(out, form)
    named = [*form.columns.items(), *(("", name) for name in form.constants)]
    columns = tuple(
        TriedColumn(
            column=column, header=header, filled=filled.get(column, 0), unreadable=unreadable.get(column, 0)
        )
        for header, column in named
    )
    sheets = [sheet for sheet in done.sheets if sheet.kinds]
    return TriedLayout(
        kind=form.kind,
        rows=done.rows_kept,
        unreadable=sum(each.unreadable for each in columns),
        columns=columns,
        withheld=tuple(dict.fromkeys(each for sheet in sheets for each in sheet.identifiers)),
        others=tuple(dict.fromkeys(str(safe_text(each)) for sheet in sheets for each in sheet.unexpected)),
        lines=tuple(f"{each['what']}: {each['taken']}" for each in done.assumed),
    )


def _counted(out: Path, form: OwnLayout) -> tuple[dict[str, int], dict[str, int]]:
    """How many cells of each column were read, and how many rejected."""
    filled: dict[str, int] = {}
    for part in out.glob(f"rows-{form.kind}-*.parquet"):
        table = pq.read_table(part, columns=[*form.columns.values(), *form.constants])
        for name in table.column_names:
            filled[name] = filled.get(name, 0) + len(table[name]) - table[name].null_count
    unreadable: dict[str, int] = {}
    if (rejects := out / "rejects.parquet").exists():
        for name in pq.read_table(rejects, columns=["column_name"])["column_name"].to_pylist():
            unreadable[name] = unreadable.get(name, 0) + 1
    return filled, unreadable
