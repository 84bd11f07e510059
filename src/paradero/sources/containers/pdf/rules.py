"""The lines that are drawn on a page, and the grids that they make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ctypes import byref, c_float, c_int
from dataclasses import dataclass
from typing import Any

import numpy as np

from paradero.sources.containers.pdf.letters import TURNS

THIN = 2.5  # points: a filled box no thicker is a line
_SKEW = 0.5  # points that a line may rise
_SAME = 2.0  # points between lines that are drawn as one, and between ends that meet
_BROKEN = 3.5  # points between the dashes of a line
_SHORT = 4.0  # points: what is shorter is a tick, a dot or a letter that is drawn
MOST_RULES = 5_000  # of one direction on a page; drawings and charts have more


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across (`at` is its height) or down (`at` is how far from the left it stands), from `lo` to
    `hi`.
    """

    at: float
    lo: float
    hi: float


@dataclass(frozen=True, slots=True)
class Rules:
    """The lines of a page: those across, those down; `many`: too many for tables, and none are given."""

    across: tuple[Rule, ...] = ()
    down: tuple[Rule, ...] = ()
    many: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines that cross each other: the edges of columns from the left and of rows from the top."""

    edges: tuple[float, ...]
    levels: tuple[float, ...]
    across: tuple[Rule, ...]
    down: tuple[Rule, ...]

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.edges[0] <= x <= self.edges[-1] and self.levels[-1] <= y <= self.levels[0]

    def is_parted_across(self, level: int, column: int) -> bool:
        """Whether a line is drawn at a level along a column."""
        middle = (self.edges[column] + self.edges[column + 1]) / 2
        return _is_drawn(self.across, self.levels[level], middle)

    def is_parted_down(self, edge: int, row: int) -> bool:
        """Whether a line is drawn at an edge along a row."""
        middle = (self.levels[row] + self.levels[row + 1]) / 2
        return _is_drawn(self.down, self.edges[edge], middle)


def _is_drawn(rules: Sequence[Rule], at: float, along: float) -> bool:
    return any(abs(rule.at - at) <= _SAME and rule.lo <= along <= rule.hi for rule in rules)


def rules_of(pdfium: Any, page: Any, turn: int) -> Rules:
    """The straight lines of a page, turned as its text is: strokes, edges of boxes that are stroked, and
    filled boxes that are as thin as a line.
    """
    across: list[Rule] = []
    down: list[Rule] = []
    for one in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_PATH], max_depth=8):
        for x0, y0, x1, y1 in _strokes(pdfium.raw, one):
            (ax, ay), (bx, by) = TURNS[turn](x0, y0), TURNS[turn](x1, y1)
            if abs(ay - by) <= _SKEW:
                across.append(Rule((ay + by) / 2, min(ax, bx), max(ax, bx)))
            elif abs(ax - bx) <= _SKEW:
                down.append(Rule((ax + bx) / 2, min(ay, by), max(ay, by)))
        if max(len(across), len(down)) > 20 * MOST_RULES:
            return Rules(many=True)
    joined = _joined(across), _joined(down)
    if max(map(len, joined)) > MOST_RULES:
        return Rules(many=True)
    return Rules(across=joined[0], down=joined[1])


def _strokes(functions: Any, one: Any) -> Iterator[tuple[float, float, float, float]]:
    """The straight pieces of a path that show, in points of the page."""
    fill, stroke = c_int(), c_int()
    functions.FPDFPath_GetDrawMode(one.raw, byref(fill), byref(stroke))
    if not (fill.value or stroke.value):
        return
    matrix = one.get_matrix()
    holder = one.container
    while holder is not None:
        matrix = matrix.multiply(holder.get_matrix())
        holder = holder.container
    pieces = list(_pieces(functions, one.raw, matrix))
    if stroke.value:
        yield from pieces
    elif pieces:
        xs = [x for piece in pieces for x in (piece[0], piece[2])]
        ys = [y for piece in pieces for y in (piece[1], piece[3])]
        left, right, low, high = min(xs), max(xs), min(ys), max(ys)
        if high - low <= THIN < right - left:
            yield left, (low + high) / 2, right, (low + high) / 2
        elif right - left <= THIN < high - low:
            yield (left + right) / 2, low, (left + right) / 2, high


def _pieces(functions: Any, raw: Any, matrix: Any) -> Iterator[tuple[float, float, float, float]]:
    x, y = c_float(), c_float()
    begin = last = (0.0, 0.0)
    for at in range(functions.FPDFPath_CountSegments(raw)):
        segment = functions.FPDFPath_GetPathSegment(raw, at)
        kind = functions.FPDFPathSegment_GetType(segment)
        functions.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        point = matrix.on_point(x.value, y.value)
        if kind == functions.FPDF_SEGMENT_MOVETO:
            begin = point
        elif kind == functions.FPDF_SEGMENT_LINETO:
            yield (*last, *point)
        last = point  # a curve is no line; where it ends the next may begin
        if functions.FPDFPathSegment_GetClose(segment):
            yield (*last, *begin)
            last = begin


def _joined(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """Lines that go on from each other at the same place as one: cells are often drawn edge by edge."""
    done: list[Rule] = []
    group: list[Rule] = []
    for rule in sorted(rules, key=lambda one: one.at):
        if group and rule.at - group[0].at > _SAME / 2:
            done += _end_to_end(group)
            group = []
        group.append(rule)
    done += _end_to_end(group)
    return tuple(rule for rule in done if rule.hi - rule.lo >= _SHORT)


def _end_to_end(group: Sequence[Rule]) -> Iterator[Rule]:
    whole: Rule | None = None
    for rule in sorted(group, key=lambda one: one.lo):
        if whole is not None and rule.lo <= whole.hi + _BROKEN:
            whole = Rule(whole.at, whole.lo, max(whole.hi, rule.hi))
            continue
        if whole is not None:
            yield whole
        whole = rule
    if whole is not None:
        yield whole


def grids_of(rules: Rules) -> list[Grid]:
    """The grids of a page from the top: lines that cross or meet, with at least two columns among them."""
    across, down = rules.across, rules.down
    if len(across) < 2 or len(down) < 2:
        return []
    level = np.array([(rule.at, rule.lo, rule.hi) for rule in across])
    edge = np.array([(rule.at, rule.lo, rule.hi) for rule in down])
    meet = (
        (edge[None, :, 0] >= level[:, None, 1] - _SAME)
        & (edge[None, :, 0] <= level[:, None, 2] + _SAME)
        & (level[:, None, 0] >= edge[None, :, 1] - _SAME)
        & (level[:, None, 0] <= edge[None, :, 2] + _SAME)
    )
    found = []
    left_over = np.ones(len(across), np.bool_)
    while left_over.any():
        mine = np.zeros(len(across), np.bool_)
        mine[int(np.argmax(left_over))] = True
        while True:
            crossing = meet[mine].any(axis=0)
            grown = mine | meet[:, crossing].any(axis=1)
            if (grown == mine).all():
                break
            mine = grown
        left_over &= ~mine
        grid = _grid(
            [across[at] for at in np.flatnonzero(mine)], [down[at] for at in np.flatnonzero(crossing)]
        )
        if grid is not None:
            found.append(grid)
    return sorted(found, key=lambda grid: (-grid.levels[0], grid.edges[0]))


def _grid(across: list[Rule], down: list[Rule]) -> Grid | None:
    """None where fewer than two columns come of it. Sides that are not drawn are where the lines end."""
    if not down:
        return None
    wide = min(rule.lo for rule in across), max(rule.hi for rule in across)
    high = min(rule.lo for rule in down), max(rule.hi for rule in down)
    edges = _places([*(rule.at for rule in down), *wide])
    levels = _places([*(rule.at for rule in across), *high])
    sides = [Rule(at, levels[0], levels[-1]) for at in (edges[0], edges[-1])]
    ends = [Rule(at, edges[0], edges[-1]) for at in (levels[0], levels[-1])]
    if len(edges) < 3 or len(levels) < 2:
        return None
    return Grid(
        edges=tuple(edges), levels=tuple(reversed(levels)), across=(*across, *ends), down=(*down, *sides)
    )


def _places(at: Sequence[float]) -> list[float]:
    """Where lines stand, those of nearly one place once."""
    found: list[float] = []
    for place in sorted(at):
        if not found or place - found[-1] > _SAME:
            found.append(place)
    return found
