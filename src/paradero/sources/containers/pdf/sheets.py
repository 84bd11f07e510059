"""The tables of a PDF as sheets of a workbook: each row with its page, its place there, and why it is in
doubt.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

from paradero.model.errors import SourceError
from paradero.sources.containers.marked_up import Sheet
from paradero.sources.containers.pdf.cells import WORDS
from paradero.sources.containers.pdf.guarded import pdf_tables
from paradero.sources.containers.pdf.tables import PdfTable, PdfTables

_SHOWN = 20  # pages named one by one


# `stamp` is part of the cache's key: a file that changed is read again
@functools.lru_cache(maxsize=1)
def _read(path: Path, name: str, stamp: int) -> PdfTables:  # noqa: ARG001
    return pdf_tables(path, name)


def is_mostly_table(path: Path, name: str) -> bool:
    """Whether more than half of the letters of a PDF stand in tables."""
    return _read(path, name, path.stat().st_mtime_ns).is_mostly_table


def pdf_sheets(path: Path, name: str) -> dict[str, Sheet]:
    """Each table by its number and pages. Raises SourceError where there is none, saying which pages are
    pictures or have no text, or where the file cannot be read; ParaderoError where the extra is missing.
    """
    found = _read(path, name, path.stat().st_mtime_ns)
    if not found.tables:
        raise SourceError(f"{name}: no table was found in this PDF. {_why_none(found)}")
    remark = _unread(found)
    return {
        f"table {number} ({_pages(range(table.pages[0], table.pages[1] + 1))})": _sheet(table, remark)
        for number, table in enumerate(found.tables, start=1)
    }


def _sheet(table: PdfTable, remark: str | None) -> Sheet:
    origins: list[tuple[str, int]] = []
    for row in table.rows:
        at = origins[-1][1] + 1 if origins and origins[-1][0] == f"page {row.page}" else 1
        origins.append((f"page {row.page}", at))
    return Sheet(
        rows=[list(row.cells) for row in table.rows],
        remark=remark,
        origins=origins,
        doubted=tuple(
            (number, "; ".join(sorted(WORDS[doubt] for doubt in row.doubts)))
            for number, row in enumerate(table.rows, start=1)
            if row.doubts
        ),
    )


def _pages(pages: Sequence[int]) -> str:
    """Pages in words: `page 3`, `pages 1 to 4`, `pages 1, 2, 5`."""
    if len(pages) == 1:
        return f"page {pages[0]}"
    if pages[-1] - pages[0] == len(pages) - 1:
        return f"pages {pages[0]} to {pages[-1]}"
    return f"pages {', '.join(map(str, pages[:_SHOWN]))}" + (", …" if len(pages) > _SHOWN else "")


def _unread(found: PdfTables) -> str | None:
    """What no table can hold of this PDF: its pages that are not text."""
    parts = [
        f"{_pages(pages)} {what}"
        for pages, what in (
            (found.pictures, "not read, as a picture: rows there are missing here"),
            (found.silent, "without text"),
            (found.drawings, "drawn with too many lines for a table"),
        )
        if pages
    ]
    return "; ".join(parts) or None


def _why_none(found: PdfTables) -> str:
    unread = _unread(found)
    what = f"Of its {found.n_pages:,} pages: {unread}. " if unread else ""
    return (
        f"{what}Read it as a document with --as document; a table that is a picture has to be typed, or"
        " recognised by another program and saved as .xlsx or .csv."
    )
