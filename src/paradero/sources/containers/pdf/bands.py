"""Lines of text under known columns as rows: which lines are one row, and which cell each text is in.

Lines are one row where lines drawn between the rows, or gaps that are clearly wider, say so; else each line
is a row, and one with fewer cells than columns is in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from paradero.sources.containers.pdf.alignment import Alignment, alignment_of
from paradero.sources.containers.pdf.cells import LETTER_MORE, Cell, Doubt, Piece, Row, cell_of
from paradero.sources.containers.pdf.columns import Column, Run, touched
from paradero.sources.missing import UNCLEAR

_WIDER = 1.12  # times the least gap between lines: a gap from which on the next line is of another row
_HEADER_LINES = 6
_MOST_LINES = 4  # of a row whose cells take several
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?!\d)|\d{4}-\d\d-\d\d(?!\d)")
_DIGIT = re.compile(r"[0-9]")
_LETTER = re.compile(r"[^\W\d_]")


By = Literal["drawn", "gaps", "lines", "unclear"]


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a table: its page, its baseline, the height of its letters, its texts from the left."""

    page: int
    base: float
    size: float
    runs: tuple[Run, ...]

    @property
    def is_words(self) -> bool:
        """Whether it has words and no figure, as a line of headings."""
        text = " ".join(run.text for run in self.runs)
        return _DIGIT.search(text) is None and _LETTER.search(text) is not None


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line with its texts by column, and the texts that reach over several columns, with those."""

    line: TextLine
    cells: dict[int, list[Run]]
    over: tuple[tuple[Run, tuple[int, ...]], ...]

    @property
    def crossed(self) -> frozenset[int]:
        return frozenset(at for _, places in self.over for at in places)

    @property
    def filled(self) -> frozenset[int]:
        return self.crossed | frozenset(self.cells)

    @property
    def is_note(self) -> bool:
        """Whether one text over several columns is all of it: a total, a note or a title, which says so
        itself.
        """
        return len(self.over) == 1 and not self.cells


def rows_of(
    lines: Sequence[TextLine], columns: Sequence[Column], drawn: Sequence[tuple[int, float]], *, ruled: bool
) -> list[Row]:
    """The rows of a table from the top. `drawn` are (page, height) of lines across it; `ruled`: lines down
    part its columns, so that which column a text is in is certain.
    """
    placed = [_placed(line, columns) for line in lines]
    head = _head(placed, len(columns))
    body = placed[head:]
    widths = [_most([run for one in body for run in one.cells.get(at, ())]) for at in range(len(columns))]
    aligned = [
        alignment_of([(run.left, run.right) for one in body for run in one.cells.get(at, ())])
        for at in range(len(columns))
    ]
    groups, by = _grouped(body, len(columns), drawn)
    rows = [_heading(placed[:head], len(columns))] if head else []
    for group in groups:
        row = _row(group, widths)
        if row.n_filled < len(columns):
            row = row if ruled else _checked(row, group, aligned)
            row = row if by == "drawn" else replace(row, doubts=row.doubts | {"short"})
        rows.append(row if by != "unclear" else replace(row, doubts=row.doubts | {"goes_on"}))
    rows = _going_on(rows, head) if by == "lines" else rows
    is_like_head = head and by != "drawn" and body and body[0].line.is_words
    if is_like_head and any(not one.line.is_words for one in body):  # a second line of the headings, perhaps
        rows[1] = replace(rows[1], doubts=rows[1].doubts | {"goes_on"})
    return rows


def _placed(line: TextLine, columns: Sequence[Column]) -> _Placed:
    cells: dict[int, list[Run]] = {}
    over = []
    for run in line.runs:
        places = touched(run, columns) or _nearest(run, columns)
        if len(places) == 1:
            cells.setdefault(places[0], []).append(run)
        else:
            over.append((run, tuple(places)))
    return _Placed(line, cells, tuple(over))


def _nearest(run: Run, columns: Sequence[Column]) -> list[int]:
    """The columns to either side of a text that stands in the blank between them: nobody can say of which."""
    before = [at for at, (_, right) in enumerate(columns) if right <= run.left + 1]
    after = [at for at, (left, _) in enumerate(columns) if left >= run.right - 1]
    return [*before[-1:], *after[:1]]


def _head(placed: Sequence[_Placed], n_columns: int) -> int:
    """How many of the first lines are the heading: those of words alone, close to each other, up to the one
    before a second that fills every column.
    """
    n = 0
    for at, one in enumerate(placed[:_HEADER_LINES]):
        if not one.line.is_words:
            break
        before = placed[at - 1].line if at else None
        if before and (
            before.page != one.line.page
            or before.base - one.line.base > 1.6 * max(before.size, one.line.size)
        ):
            break
        if at and len(one.filled) == n_columns and len(placed[0].filled) == n_columns:
            break
        n = at + 1
    return n if n < len(placed) else 1


def _heading(head: Sequence[_Placed], n_columns: int) -> Row:
    """One row of headings: each column's texts from the top, and the words that stand over several in each of
    them.
    """
    texts: list[list[str]] = [[] for _ in range(n_columns)]
    for one in head:
        for at, runs in one.cells.items():
            texts[at] += [run.text for run in runs]
        for run, places in one.over:
            for at in places:
                texts[at].append(run.text)
    cells = [cell_of([Piece(" ".join(parts), full=False)]) if parts else Cell(None) for parts in texts]
    return Row(cells=tuple(cell.text for cell in cells), page=head[0].line.page)


def _most(runs: Sequence[Run]) -> float:
    return max((run.right - run.left for run in runs), default=0.0)


def _grouped(
    body: Sequence[_Placed], n_columns: int, drawn: Sequence[tuple[int, float]]
) -> tuple[list[list[_Placed]], By]:
    """The lines by rows, and by what: lines that are drawn, gaps, or each line for itself; `unclear` where
    lines or gaps part a few lines each that may be rows as well.
    """
    by: By = "lines"
    for parted_by, starts in (("drawn", _at_drawn(body, drawn)), ("gaps", _at_gaps(body))):
        groups: list[list[_Placed]] = []
        for one, is_new in zip(body, starts, strict=True):
            if is_new or not groups:
                groups.append([])
            groups[-1].append(one)
        most = max(map(len, groups), default=0)
        if len(groups) < 2 or (parted_by == "gaps" and most == 1):
            continue
        full = [_n_full(group, n_columns) for group in groups]
        if max(full) == 1 and (parted_by == "gaps" or len(groups) * 3 >= len(body)):
            return groups, "drawn" if parted_by == "drawn" else "gaps"
        is_row = len(groups) > 2 and most <= _MOST_LINES and any(len(group) == 1 for group in groups)
        if parted_by == "drawn" and is_row:
            return groups, "drawn"
        if most < _MOST_LINES or (parted_by == "drawn" and len(groups) * 2 * _MOST_LINES >= len(body)):
            by = "unclear"
    return [[one] for one in body], by


def _n_full(group: Sequence[_Placed], n_columns: int) -> int:
    """How many lines of a group look like the first of a row: more than half of the columns filled."""
    return sum(1 for one in group if 2 * len(one.filled) > n_columns and 0 in one.filled)


def _at_drawn(body: Sequence[_Placed], drawn: Sequence[tuple[int, float]]) -> list[bool]:
    """Before which lines one is drawn."""
    starts = []
    for before, one in zip([None, *body[:-1]], body, strict=True):
        starts.append(
            before is None
            or before.line.page != one.line.page
            or any(page == one.line.page and one.line.base < at < before.line.base for page, at in drawn)
        )
    return starts


def _at_gaps(body: Sequence[_Placed]) -> list[bool]:
    """Before which lines the gap is clearly wider than the least one."""
    gaps = [
        before.line.base - one.line.base if before.line.page == one.line.page else None
        for before, one in pairwise(body)
    ]
    known = [gap for gap in gaps if gap is not None]
    least = min(known, default=0.0)
    return [True, *(gap is None or gap > _WIDER * least for gap in gaps)][: len(body)]


def _row(group: Sequence[_Placed], widths: Sequence[float]) -> Row:
    cells: list[Cell] = []
    crossed = frozenset[int]().union(*(one.crossed for one in group))
    is_note = len(group) == 1 and group[0].is_note
    for at, width in enumerate(widths):
        pieces = [_piece(runs, width) for one in group if (runs := one.cells.get(at))]
        cells.append(Cell(UNCLEAR) if at in crossed and not is_note else cell_of(pieces))
    if is_note:
        cells[min(crossed)] = cell_of([Piece(group[0].over[0][0].text, full=False)])
    doubts = frozenset[Doubt]().union(*(cell.doubts for cell in cells))
    return Row(
        cells=tuple(cell.text for cell in cells),
        page=group[0].line.page,
        doubts=doubts | ({"crossing"} if crossed else set()),
    )


def _piece(runs: Sequence[Run], width: float) -> Piece:
    text = " ".join(run.text for run in runs)
    wide = runs[-1].right - runs[0].left
    return Piece(text, full=wide + LETTER_MORE * wide / max(len(text), 1) > width)


def _checked(row: Row, group: Sequence[_Placed], aligned: Sequence[Alignment]) -> Row:
    """A row with fewer cells than columns: its texts must stand where their columns have them."""
    cells, doubts = list(row.cells), set(row.doubts)
    for one in group:
        for at, runs in one.cells.items():
            if not aligned[at].allows(runs[0].left, runs[-1].right):
                cells[at] = UNCLEAR
                doubts.add("unlike")
    return replace(row, cells=tuple(cells), doubts=frozenset(doubts))


def _going_on(rows: list[Row], head: int) -> list[Row]:
    """Where each line is taken for a row, one with fewer cells may belong to the one above: that is in doubt
    too, unless both have a whole date in one column.
    """
    done = list(rows)
    for at in range(2 if head else 1, len(done)):
        pairs = list(zip(done[at - 1].cells, done[at].cells, strict=True))
        is_own = any(above and below and _DATE.match(above) and _DATE.match(below) for above, below in pairs)
        if "short" in done[at].doubts and not is_own:
            done[at - 1] = replace(done[at - 1], doubts=done[at - 1].doubts | {"goes_on"})
    return done
