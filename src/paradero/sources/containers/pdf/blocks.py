"""Stretches of a page that may be tables without lines: lines of text that are each parted into several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from paradero.sources.containers.pdf.bands import TextLine
from paradero.sources.containers.pdf.columns import FEWEST, Column, columns_of, runs_of, touched
from paradero.sources.containers.pdf.letters import Line, Text
from paradero.sources.containers.pdf.rules import Grid

_FAR = 3.0  # heights of a letter between lines, from which on they are of two tables
_BETWEEN = 4  # lines of prose that may stand between two of a table, as notes do
_LOOKED = 40  # lines of the table so far by which a stretch on the next page is held for its going on


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of a table that no lines down part, of one page or several; `above` are lines close above its
    first that may be rows of a table that goes on. `is_rest`: too few lines for a table of its own, such as
    the last row of one that goes on from the page before.
    """

    lines: tuple[TextLine, ...]
    above: tuple[TextLine, ...] = ()
    is_rest: bool = False

    def with_more(self, after: Block) -> Block:
        """The table with what goes on of it on the next page."""
        own = _columns(self.tail)
        if after.is_rest:
            return Block((*self.lines, *_rest(after, own)), self.above)
        is_again = _texts(after.lines[0]) == _texts(self.lines[0])
        above = [] if is_again else _fitting(after.above, _columns((*self.tail, *after.lines)))
        return Block((*self.lines, *above, *after.lines), self.above)

    @property
    def tail(self) -> tuple[TextLine, ...]:
        """Its first line and its last ones: enough to tell its columns by."""
        return (self.lines[0], *self.lines[1:][-_LOOKED:])


def _columns(lines: Sequence[TextLine]) -> list[Column]:
    return columns_of([line.runs for line in lines])


def _texts(line: TextLine) -> list[str]:
    return [run.text for run in line.runs]


def _fitting(lines: Sequence[TextLine], columns: Sequence[Column]) -> list[TextLine]:
    """The last lines of some whose texts each stand in one column."""
    found: list[TextLine] = []
    for line in reversed(lines):
        if any(len(touched(run, columns)) != 1 for run in line.runs):
            break
        found.insert(0, line)
    return found


def _rest(after: Block, columns: Sequence[Column]) -> list[TextLine]:
    """Those lines of a rest that follow each other and stand in the columns of a table; none where no line
    fills two.
    """
    fits = [all(len(touched(run, columns)) == 1 for run in line.runs) for line in after.lines]
    first = next((at for at, line in enumerate(after.lines) if fits[at] and len(line.runs) > 1), len(fits))
    last = next((at for at in range(first, len(fits)) if not fits[at]), len(fits))
    return list(after.lines[first:last])


def blocks_of(text: Text, grids: Sequence[Grid], page: int) -> list[Block]:
    """The stretches of a page that may be tables, from the top; what stands in grids is left out."""
    lines = [
        TextLine(page, line.base, line.size, tuple(runs_of(line, text)))
        for line in (_outside(line, grids) for line in text.lines)
        if line.words
    ]
    found: list[Block] = []
    rest: list[Block] = []
    above: list[TextLine] = []
    begun: list[TextLine] = []
    waiting: list[TextLine] = []
    for line in lines:
        last = (waiting or begun or above or [line])[-1]
        is_far = last.base - line.base > _FAR * max(last.size, line.size)
        is_wide = len(line.runs) >= FEWEST
        if is_far and not begun:
            rest = rest or _as_rest(above)
            above = []
        n_prose = sum(1 for one in waiting if _is_prose(one, begun[0]))
        if begun and (is_far or n_prose > _BETWEEN or (is_wide and _begins(begun, waiting, line))):
            made = _block(above, begun, waiting)
            rest = rest or ([] if made or found else _as_rest([*above, *begun, *waiting]))
            found += made
            # under what is no table stand perhaps the headings of one
            above, begun, waiting = ([] if made or is_far else waiting), [], []
        if is_wide:
            begun += [*waiting, line]
            waiting = []
        else:
            (waiting if begun else above).append(line)
    made = _block(above, begun, waiting)
    rest = rest or ([] if made or found else _as_rest([*above, *begun, *waiting]))
    return [*rest, *found, *made]


def _as_rest(lines: Sequence[TextLine]) -> list[Block]:
    return [Block(tuple(lines), is_rest=True)] if any(len(line.runs) > 1 for line in lines) else []


def _outside(line: Line, grids: Sequence[Grid]) -> Line:
    words = tuple(
        word
        for word in line.words
        if not any(grid.holds((word.left + word.right) / 2, word.middle) for grid in grids)
    )
    return Line(line.base, line.size, words)


def _is_prose(line: TextLine, first: TextLine) -> bool:
    """Whether a line is one text that is wider than half of the table's first line."""
    wide = first.runs[-1].right - first.runs[0].left
    return len(line.runs) == 1 and 2 * (line.runs[0].right - line.runs[0].left) > wide


def _begins(begun: Sequence[TextLine], waiting: Sequence[TextLine], line: TextLine) -> bool:
    """Whether a line begins another table: it has no figures as those before it have, and a title or a gap
    parts it from them.
    """
    if not line.is_words or all(one.is_words for one in begun):
        return False
    least = min((before.base - one.base for before, one in pairwise(begun)), default=line.size)
    return bool(waiting) or begun[-1].base - line.base > 1.5 * least


def _headings(above: Sequence[TextLine], first: TextLine, columns: Sequence[Column]) -> list[TextLine]:
    """The lines just above the first that are headings too: words in several columns, or between the lines as
    where headings of one and of two lines stand in the middle of their cells.
    """
    found = [first]
    for line in reversed(above):
        gap, size = line.base - found[0].base, max(line.size, found[0].size)
        is_one = all(len(touched(run, columns)) == 1 for run in line.runs)
        most = 1.6 if found[0].is_words else _FAR  # rows often stand farther below their headings
        is_near = gap < 0.8 * size or (len(line.runs) > 1 and gap <= most * size)
        if not (is_one and is_near and line.is_words):
            break
        found.insert(0, line)
    return found[:-1]


def _block(above: Sequence[TextLine], begun: Sequence[TextLine], waiting: Sequence[TextLine]) -> list[Block]:
    """The stretch as a table, where it is one: two lines or more whose texts most stand in columns. Lines
    below that are no farther than its own and fill columns belong to it.
    """
    wide = [line for line in begun if len(line.runs) >= FEWEST]
    columns = columns_of([line.runs for line in begun])
    if len(wide) < 2 or len(columns) < FEWEST:
        return []
    inside = sum(1 for line in wide if all(len(touched(run, columns)) < 2 for run in line.runs))
    if 2 * inside < len(wide):
        return []
    pitch = max(before.base - one.base for before, one in pairwise(begun))
    headings = _headings(above, begun[0], columns)
    above = above[: len(above) - len(headings)]
    lines = [*headings, *begun]
    for line in waiting:
        is_near = lines[-1].base - line.base <= 1.1 * pitch
        if not (is_near and all(len(touched(run, columns)) == 1 for run in line.runs)):
            break
        lines.append(line)
    return [Block(tuple(lines), tuple(above[-_BETWEEN:]))]


def goes_on(before: Block, after: Block) -> bool:
    """Whether the first stretch of a page is the table that ended the page before: together they have as many
    columns, and it has the same headings or begins with figures.
    """
    if before.lines[-1].page + 1 != after.lines[0].page:
        return False
    if after.is_rest:
        return bool(_rest(after, _columns(before.tail)))
    own, together = len(_columns(before.tail)), len(_columns((*before.tail, *after.lines)))
    return own == together and (
        _texts(before.lines[0]) == _texts(after.lines[0]) or not after.lines[0].is_words
    )
