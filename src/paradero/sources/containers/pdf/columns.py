"""The columns of a table that no lines part: stretches of the page that its lines fill, with blank from top
to bottom between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from paradero.sources.containers.pdf.letters import Line, Text, Word, of_words

FEWEST = 3  # columns of a table that no lines part: two are as often a form or a page of two columns
_STRAY = 0.1  # of the lines may cross the blank between two columns
_TOUCH = 0.3  # points by which a text may reach into a column and be none of its

Column = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a line with no more than a blank between them."""

    words: tuple[Word, ...]

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @property
    def text(self) -> str:
        return of_words(self.words)


def runs_of(line: Line, text: Text) -> list[Run]:
    """The runs of a line of a page's text."""
    runs: list[list[Word]] = []
    for word in line.words:
        if runs and not text.parts(runs[-1][-1], word, line.size):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [Run(tuple(words)) for words in runs]


def columns_of(lines: Sequence[Sequence[Run]]) -> list[Column]:
    """The columns that the runs of lines make, from the left; of lines with fewer runs than `FEWEST` nothing
    is taken.
    """
    full = [line for line in lines if len(line) >= FEWEST]
    found = _filled(full, int(_STRAY * len(full)))
    beside = [
        [run for run in line if not touched(run, found)] for line in full
    ]  # a column that few lines fill
    found = sorted([*found, *_filled([line for line in beside if line], 0)])
    return _with_each_other(found, full)


def _filled(lines: Sequence[Sequence[Run]], stray: int) -> list[Column]:
    """The stretches that more lines than `stray` fill."""
    ends = sorted(
        [(run.left, 1) for line in lines for run in line]
        + [(run.right, -1) for line in lines for run in line]
    )
    found: list[Column] = []
    cover, begin = 0, 0.0
    for at, step in ends:
        was, cover = cover, cover + step
        if was <= stray < cover:
            begin = at
        elif cover <= stray < was and at > begin:
            found.append((begin, at))
    return found


def _with_each_other(found: list[Column], lines: Sequence[Sequence[Run]]) -> list[Column]:
    """The columns, with two beside each other made one where no line fills both: a heading at the left of a
    column whose figures stand at its right.
    """
    columns = found[:1]
    for one in found[1:]:
        pair = [columns[-1], one]
        is_both = any(
            {place for run in line for place in touched(run, pair)} == {0, 1} and len(line) > 1
            for line in lines
        )
        if is_both:
            columns.append(one)
        else:
            columns[-1] = (columns[-1][0], one[1])
    return columns


def touched(run: Run, columns: Sequence[Column]) -> list[int]:
    """The columns that a run reaches into."""
    return [
        place
        for place, (left, right) in enumerate(columns)
        if run.left < right - _TOUCH and run.right > left + _TOUCH
    ]
