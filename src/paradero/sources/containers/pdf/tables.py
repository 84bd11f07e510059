"""The tables of a PDF as sheets: on each page those that lines part and those that only stand in columns,
across pages as one where they go on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from paradero.disk.guarding import Progress
from paradero.disk.pdf_files import is_scan, opened_page, pdf_file, pdf_told
from paradero.sources.containers.pdf.bands import rows_of
from paradero.sources.containers.pdf.blocks import Block, blocks_of, goes_on
from paradero.sources.containers.pdf.cells import Row
from paradero.sources.containers.pdf.columns import columns_of
from paradero.sources.containers.pdf.letters import text_of
from paradero.sources.containers.pdf.ruled import MOST_CELLS, ruled_rows
from paradero.sources.containers.pdf.rules import Grid, Rules, grids_of, rules_of

_SAME_EDGES = 3.0  # points by which the columns of a table may differ from page to page


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfTable:
    """A table: its rows from the top."""

    rows: tuple[Row, ...]

    @property
    def pages(self) -> tuple[int, int]:
        return self.rows[0].page, self.rows[-1].page


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfTables:
    """The tables of a PDF, and the pages that say nothing: pictures, pages without text, drawings of too
    many lines. `n_letters` are the letters of all pages, `n_inside` those of the tables.
    """

    tables: tuple[PdfTable, ...]
    n_pages: int
    pictures: tuple[int, ...] = ()
    silent: tuple[int, ...] = ()
    drawings: tuple[int, ...] = ()
    n_letters: int = 0
    n_inside: int = 0

    @property
    def is_mostly_table(self) -> bool:
        """Whether more than half of the letters stand in tables."""
        return 2 * self.n_inside > self.n_letters > 0


@dataclass(slots=True)
class _Begun:
    """A table that may go on on the next page."""

    rows: list[Row] = field(default_factory=list)
    edges: tuple[float, ...] = ()
    block: Block | None = None
    drawn: list[tuple[int, float]] = field(default_factory=list)

    def done(self) -> PdfTable:
        rows = self.rows
        if self.block is not None:
            columns = columns_of([line.runs for line in self.block.lines])
            rows = rows_of(self.block.lines, columns, self.drawn, ruled=False)
        return PdfTable(rows=tuple(_torn_by_pages(rows)))


def read_tables(path: Path, name: str, progress: Progress) -> PdfTables:
    """The tables of a PDF; `progress` hears of each page. Raises SourceError for one that is locked,
    damaged or too large.
    """
    done: list[_Begun] = []
    pictures, silent, drawings = [], [], []
    n_letters = 0
    with pdf_file(path, name) as (pdfium, document, n_pages):
        going: _Begun | None = None
        for number in range(1, n_pages + 1):
            page, raw, n_codes = opened_page(pdfium, document, number, name)
            try:
                with pdf_told(pdfium, f"{name}, page {number}"):
                    text = text_of(pdfium, raw, n_codes)
                    rules = rules_of(pdfium, page, text.turn)
                    is_picture = is_scan(pdfium, page, "x" * text.n_letters)
            finally:
                raw.close()
                page.close()
            if is_picture:
                pictures.append(number)
            elif not text.n_letters:
                silent.append(number)
            if rules.many:
                drawings.append(number)
            n_letters += text.n_letters
            tables = _of_page(text, rules, number)
            is_on = bool(tables) and going is not None and _joined(going, tables[0])
            more = [one for one in tables[is_on:] if one.block is None or not one.block.is_rest]
            if not is_on and more and going is not None and more[0] is not tables[0]:
                is_on = _joined(going, more[0])  # what stood above it was the head of the page
                more = more[is_on:]
            done += more
            tables = more or ([going] if is_on and going is not None else [])
            # what stands on no page between ends a table; a page without one does too
            going = tables[-1] if tables else None
            progress(number, n_pages)
    tables_done = tuple(table for table in (one.done() for one in done) if len(table.rows) > 1)
    inside = sum(
        len("".join(cell.split()))
        for table in tables_done
        for row in table.rows
        for cell in row.cells
        if cell
    )
    return PdfTables(
        tables=tables_done,
        n_pages=n_pages,
        pictures=tuple(pictures),
        silent=tuple(silent),
        drawings=tuple(drawings),
        n_letters=n_letters,
        n_inside=inside,
    )


def _of_page(text: Any, rules: Rules, number: int) -> list[_Begun]:
    """The tables of a page from the top."""
    grids = [grid for grid in grids_of(rules) if _is_table(grid)]
    found: list[tuple[float, _Begun]] = []
    for grid in grids:
        rows = ruled_rows(grid, text, number)
        if any(row.n_filled for row in rows):
            found.append((grid.levels[0], _Begun(rows=rows, edges=grid.edges)))
    drawn = [(number, rule.at) for rule in rules.across]
    found += [
        (block.lines[0].base, _Begun(block=block, drawn=drawn)) for block in blocks_of(text, grids, number)
    ]
    return [begun for _, begun in sorted(found, key=lambda each: -each[0])]


def _is_table(grid: Grid) -> bool:
    n_columns, n_rows = len(grid.edges) - 1, len(grid.levels) - 1
    return n_columns > 1 and n_columns * n_rows <= MOST_CELLS


def _joined(before: _Begun, after: _Begun) -> bool:
    """Put a table behind the one that it goes on from; False where it is another."""
    if before.block is not None and after.block is not None:
        if not goes_on(before.block, after.block):
            return False
        before.block = before.block.with_more(after.block)
        before.drawn += after.drawn
        return True
    is_alike = len(before.edges) == len(after.edges) > 0 and all(
        abs(one - other) <= _SAME_EDGES for one, other in zip(before.edges, after.edges, strict=True)
    )
    if not is_alike or not before.rows or before.rows[-1].page + 1 != after.rows[0].page:
        return False
    if _is_heading(after.rows[0]) and not _again(before.rows, after.rows[0]) and not _all_words(before.rows):
        return False
    before.rows += after.rows
    return True


def _again(rows: Sequence[Row], heading: Row) -> bool:
    return any(row.cells == heading.cells for row in rows[:4])


def _is_heading(row: Row) -> bool:
    """Whether a row has words in most cells and no figure, as headings do."""
    text = "".join(cell or "" for cell in row.cells)
    return 2 * row.n_filled > len(row.cells) and not any(letter.isdigit() for letter in text)


def _all_words(rows: Sequence[Row]) -> bool:
    return all(_is_heading(row) for row in rows)


def _torn_by_pages(rows: Sequence[Row]) -> list[Row]:
    """The rows; where the first of a page has nothing in the first column, though others have, it may be the
    rest of the last row of the page before: both are in doubt.
    """
    done = list(rows)
    filled = sum(1 for row in rows if row.cells[0])
    heading = rows[0].cells if rows else ()
    for at in range(1, len(done)):
        row, last = done[at], at - 1
        if row.page == done[last].page and not (done[last].cells == heading and at > 1):
            continue
        while last > 0 and done[last].page == row.page:
            last -= 1
        if row.page != done[last].page and not row.cells[0] and row.n_filled and 10 * filled >= 9 * len(rows):
            done[at] = replace(row, doubts=row.doubts | {"goes_on"})
            done[last] = replace(done[last], doubts=done[last].doubts | {"goes_on"})
    return done
