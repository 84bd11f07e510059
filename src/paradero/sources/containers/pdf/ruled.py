"""A table whose columns lines part: each cell is what stands between its lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from paradero.sources.containers.pdf.alignment import Alignment, alignment_of
from paradero.sources.containers.pdf.bands import TextLine, rows_of
from paradero.sources.containers.pdf.cells import LETTER_MORE, Cell, Doubt, Piece, Row, cell_of
from paradero.sources.containers.pdf.columns import Run
from paradero.sources.containers.pdf.letters import Line, Text, Word, of_words
from paradero.sources.containers.pdf.rules import Grid
from paradero.sources.missing import UNCLEAR

_WITHIN = 0.5  # points that a letter may reach over a line
_FEW = 3  # rows of a grid up to which it may be a frame whose rows no lines part
MOST_CELLS = 200_000

Place = tuple[int, int]  # row and column of the grid


@dataclass(frozen=True, slots=True)
class _Box:
    """A cell of the grid, which may reach over several rows and columns."""

    top: int
    left: int
    bottom: int
    right: int
    is_box: bool = True

    @property
    def is_one(self) -> bool:
        return self.top == self.bottom and self.left == self.right


@dataclass(frozen=True, slots=True)
class _Part:
    """Words of one line that stand between the same two lines down."""

    words: tuple[Word, ...]
    column: int

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right


def ruled_rows(grid: Grid, text: Text, page: int) -> list[Row]:
    """The rows of a grid from the top."""
    n_rows, n_columns = len(grid.levels) - 1, len(grid.edges) - 1
    inside = [line for line in (_within(line, grid) for line in text.lines) if line.words]
    if n_rows <= _FEW and _is_frame(grid, inside):
        lines = [TextLine(page, line.base, line.size, _by_edges(line, grid)) for line in inside]
        columns = list(zip(grid.edges, grid.edges[1:], strict=False))
        return rows_of(lines, columns, [(page, level) for level in grid.levels], ruled=True)
    boxes = _boxes(grid)
    parts: dict[_Box, list[tuple[float, _Part]]] = {}
    doubted: set[_Box] = set()
    pads = _pads(grid, inside)
    aligned = _aligned(grid, inside)
    for line in inside:
        row = _index([-level for level in grid.levels], -line.words[0].middle)
        before: tuple[_Box, Word] | None = None
        for word in line.words:
            first, last = _span(word, grid)
            own = {boxes[row, column] for column in range(first, last + 1)}
            if len(own) > 1:
                doubted |= own
                before = None
                continue
            box = own.pop()
            if (
                before is not None
                and before[0] != box
                and _may_go_on(before[1], word, line.size, text, aligned[first], pads)
            ):
                doubted |= {before[0], box}
            before = box, word
            parts.setdefault(box, []).append((line.base, _Part((word,), first)))
    cells = {box: _cell(box, parts.get(box, []), grid, pads) for box in set(boxes.values())}
    rows = [
        _row(row, [boxes[row, column] for column in range(n_columns)], cells, doubted, page)
        for row in range(n_rows)
    ]
    if n_rows < _FEW:
        rows = [
            replace(row, doubts=row.doubts | {"goes_on"}) if _may_be_several(at, grid, inside) else row
            for at, row in enumerate(rows)
        ]
    return _with_heading(rows, boxes, cells, n_columns)


def _may_be_several(row: int, grid: Grid, lines: Sequence[Line]) -> bool:
    """Whether the only row below a heading, or the only one of all, may be several that no line parts: a
    second line of it fills two columns.
    """
    here = [line for line in lines if grid.levels[row] > line.words[0].middle > grid.levels[row + 1]]
    wide = [line for line in here if len({_span(word, grid)[0] for word in line.words}) > 1]
    return len(wide) > 1 and (row > 0 or any(letter.isdigit() for line in here for letter in _text(line)))


def _text(line: Line) -> str:
    return of_words(line.words)


def _within(line: Line, grid: Grid) -> Line:
    words = tuple(word for word in line.words if grid.holds((word.left + word.right) / 2, word.middle))
    return Line(line.base, line.size, words)


def _index(edges: Sequence[float], at: float) -> int:
    """Between which two edges a place lies."""
    return next((place for place, edge in enumerate(edges[1:-1]) if at < edge), len(edges) - 2)


def _span(word: Word, grid: Grid) -> tuple[int, int]:
    return (
        _index(grid.edges, word.left + _WITHIN),
        _index(grid.edges, max(word.left + _WITHIN, word.right - _WITHIN)),
    )


def _by_edges(line: Line, grid: Grid) -> tuple[Run, ...]:
    """The words of a line, those between the same edges together; what reaches over an edge stays whole."""
    runs: list[tuple[tuple[int, int], list[Word]]] = []
    for word in line.words:
        span = _span(word, grid)
        if runs and runs[-1][0] == span:
            runs[-1][1].append(word)
        else:
            runs.append((span, [word]))
    return tuple(Run(tuple(words)) for _, words in runs)


def _is_frame(grid: Grid, lines: Sequence[Line]) -> bool:
    """Whether one row of the grid holds many rows of text: three lines or more that most columns share."""
    n_columns = len(grid.edges) - 1
    for row in range(len(grid.levels) - 1):
        here = [line for line in lines if grid.levels[row] > line.words[0].middle > grid.levels[row + 1]]
        wide = [line for line in here if 2 * len({_span(word, grid)[0] for word in line.words}) > n_columns]
        if len(wide) >= _FEW and (len(grid.levels) <= _FEW or 2 * len(wide) > len(here)):
            return True
    return False


def _boxes(grid: Grid) -> dict[Place, _Box]:
    """Which cell each place of the grid is of: places are of one where no line parts them."""
    n_rows, n_columns = len(grid.levels) - 1, len(grid.edges) - 1
    group = {(row, column): (row, column) for row in range(n_rows) for column in range(n_columns)}

    def root(place: Place) -> Place:
        while group[place] != place:
            place = group[place]
        return place

    for row in range(n_rows):
        for column in range(n_columns):
            if column and not grid.is_parted_down(column, row):
                group[root((row, column))] = root((row, column - 1))
            if row and not grid.is_parted_across(row, column):
                group[root((row, column))] = root((row - 1, column))
    members: dict[Place, list[Place]] = {}
    for place in group:
        members.setdefault(root(place), []).append(place)
    boxes: dict[Place, _Box] = {}
    for places in members.values():
        rows, columns = [row for row, _ in places], [column for _, column in places]
        box = _Box(
            min(rows),
            min(columns),
            max(rows),
            max(columns),
            (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) == len(places),
        )
        boxes |= dict.fromkeys(places, box)
    return boxes


def _pads(grid: Grid, lines: Sequence[Line]) -> list[float]:
    """How near to its edges the text of each column comes."""
    pads = [right - left for left, right in zip(grid.edges, grid.edges[1:], strict=False)]
    for line in lines:
        for word in line.words:
            first, last = _span(word, grid)
            if first == last:
                near = min(word.left - grid.edges[first], grid.edges[first + 1] - word.right)
                pads[first] = min(pads[first], max(0.0, near))
    return pads


def _aligned(grid: Grid, lines: Sequence[Line]) -> list[Alignment]:
    found: list[list[tuple[float, float]]] = [[] for _ in grid.edges[1:]]
    for line in lines:
        for run in _by_edges(line, grid):
            first, last = _span(run.words[0], grid)[0], _span(run.words[-1], grid)[1]
            if first == last:
                found[first].append((run.left, run.right))
    return [alignment_of(each) for each in found]


def _may_go_on(
    before: Word, word: Word, size: float, text: Text, aligned: Alignment, pads: Sequence[float]
) -> bool:
    """Whether a word in the next cell may be the end of the text in this one, which ran over its line: it
    follows after a blank, and does not begin where its column's texts do.
    """
    gap = word.left - before.right
    if text.parts(before, word, size):
        return False
    begins = aligned.left is not None and abs(aligned.left - word.left) <= 1
    is_blank = abs(gap - text.blank * size) < 0.05 * size and gap < 2 * min(pads, default=0.0)
    return is_blank or not (begins or aligned.right is not None or aligned.middle is not None)


def _cell(box: _Box, parts: Sequence[tuple[float, _Part]], grid: Grid, pads: Sequence[float]) -> Cell:
    lines: dict[float, list[Word]] = {}
    for base, part in parts:
        lines.setdefault(base, []).extend(part.words)
    room = grid.edges[box.right + 1] - grid.edges[box.left] - 2 * pads[box.left]
    pieces = []
    for base in sorted(lines, reverse=True):
        words = lines[base]
        wide, letters = words[-1].right - words[0].left, sum(len(word.text) for word in words)
        pieces.append(Piece(of_words(words), full=wide + LETTER_MORE * wide / max(letters, 1) > room))
    return cell_of(pieces)


def _row(row: int, boxes: Sequence[_Box], cells: dict[_Box, Cell], doubted: set[_Box], page: int) -> Row:
    texts: list[str | None] = []
    doubts: set[Doubt] = set()
    last = len(boxes) - 1
    for column, box in enumerate(boxes):
        cell = cells[box]
        doubts |= cell.doubts
        if box in doubted or (not box.is_box and cell.text):
            texts.append(UNCLEAR)
            doubts.add("crossing" if box in doubted else "merged")
        elif box.is_one or cell.text is None:
            texts.append(cell.text)
        elif box.left == 0 and box.top == box.bottom:  # a title, a total or a note, which says so itself
            texts.append(cell.text if column == 0 else None)
            doubts |= {"merged"} if box.right < last else set()
        else:
            is_own = row == box.top and box.left == box.right
            texts.append(cell.text if is_own else UNCLEAR)
            doubts.add("merged")
    return Row(cells=tuple(texts), page=page, doubts=frozenset(doubts))


def _with_heading(
    rows: list[Row], boxes: dict[Place, _Box], cells: dict[_Box, Cell], n_columns: int
) -> list[Row]:
    """The rows, with a heading of several rows made one: each column's texts from the top."""
    first = next(
        (
            row
            for row in range(len(rows))
            if any(boxes[row, at].right < n_columns - 1 for at in range(n_columns))
        ),
        0,
    )
    here = [boxes[first, at] for at in range(n_columns)]
    last = max(box.bottom for box in here)
    if any(box.left < box.right for box in here):
        last = max(last, min(first + 1, len(rows) - 1))
    if last == first or last == len(rows) - 1:
        return rows
    texts = []
    for column in range(n_columns):
        over = dict.fromkeys(boxes[row, column] for row in range(first, last + 1))
        texts.append(" ".join(text for box in over if (text := cells[box].text)))
    if any(character.isdigit() for text in texts for character in text):
        return rows  # rows of data begin here: the heading is on another page
    heading = Row(cells=tuple(text or None for text in texts), page=rows[first].page)
    return [*rows[:first], heading, *rows[last + 1 :]]
