"""The letters of a page with their boxes, turned so that most of its text runs from left to right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from ctypes import byref, c_double
from dataclasses import dataclass
from math import pi
from typing import Any, NamedTuple

from paradero.disk.pdf_files import LIFTED, SMALL, letter_of

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
RAISED = {str(digit): letter for digit, letter in enumerate(_SUPERSCRIPTS)}
_MARKS = "*†‡§"  # of footnotes, where they are raised
_TOUCHING = 0.3  # of the height of a letter: how far a raised one stands from its neighbour at most
_SAME_LINE = 0.25  # of the height of a letter: by how much baselines of one line differ
_BLANKS = 3  # on a page, from which on the file is taken to write them
_APART = 0.15  # of the height of a letter: a gap from which on two letters are of two words

Turn = Callable[[float, float], tuple[float, float]]
# by quarters of a turn clockwise that the text was drawn with, as pdfium tells angles
TURNS: tuple[Turn, ...] = (
    lambda x, y: (x, y),
    lambda x, y: (-y, x),
    lambda x, y: (-x, -y),
    lambda x, y: (y, -x),
)


class Letter(NamedTuple):
    """One letter: its box in points, y upwards, as wide as its advance; `base` is its baseline, `spaced`
    whether the file has a blank before it.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    base: float
    spaced: bool

    @property
    def size(self) -> float:
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a blank between them; raised figures are written as such. `spaced`: the file has a
    blank before it, and not only a gap.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    spaced: bool

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """The words of one baseline from left to right; `size` is the height of its letters."""

    base: float
    size: float
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a page: its lines from the top, by which turn they were made to run across, how many
    letters run otherwise, and how wide a blank is and a gap that is no blank, in parts of the letters'
    height. `writes_blanks`: the file has blanks between words, so that a gap without one parts cells.
    """

    lines: tuple[Line, ...]
    turn: int
    n_letters: int
    n_turned: int
    wide: float
    blank: float
    writes_blanks: bool

    def parts(self, before: Word, word: Word, size: float) -> bool:
        """Whether the gap between two words of a line is one between cells."""
        gap = word.left - before.right
        return gap >= self.wide * size or (self.writes_blanks and not word.spaced)


def text_of(pdfium: Any, raw: Any, n_letters: int) -> Text:
    """The text of a page from pdfium's characters."""
    drawn = _drawn(pdfium.raw, raw, n_letters)
    turns = Counter(turn for turn, _ in drawn)
    turn = turns.most_common(1)[0][0] if turns else 0
    letters = [letter for at, letter in drawn if at == turn]
    blank, wide = _gaps(letters)
    return Text(
        lines=tuple(_lines(letters)),
        turn=turn,
        n_letters=len(drawn),
        n_turned=len(drawn) - len(letters),
        wide=wide,
        blank=blank,
        writes_blanks=sum(1 for letter in letters if letter.spaced) >= _BLANKS,
    )


def _drawn(functions: Any, raw: Any, n_letters: int) -> list[tuple[int, Letter]]:
    """Each letter that shows, turned by its own direction, with that."""
    box, x, y = functions.FS_RECTF(), c_double(), c_double()
    drawn = []
    spaced = False
    for at in range(n_letters):
        text = letter_of(functions.FPDFText_GetUnicode(raw, at))
        if text.isspace():
            spaced = spaced or not functions.FPDFText_IsGenerated(raw, at)
            continue
        functions.FPDFText_GetLooseCharBox(raw, at, byref(box))
        functions.FPDFText_GetCharOrigin(raw, at, byref(x), byref(y))
        angle = functions.FPDFText_GetCharAngle(raw, at)
        turn = round(angle / (pi / 2)) % 4 if angle >= 0 else 0
        (x0, y0), (x1, y1) = TURNS[turn](box.left, box.bottom), TURNS[turn](box.right, box.top)
        _, base = TURNS[turn](x.value, y.value)
        drawn.append((turn, Letter(text, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), base, spaced)))
        spaced = False
    return drawn


def _gaps(letters: Sequence[Letter]) -> tuple[float, float]:
    """How wide a blank is, and a gap that no blank between words is: both in parts of the letters' height.

    Where every letter is as wide as every other (Courier) a blank is too; elsewhere it is about a quarter of
    the size of the type.
    """
    widths = sorted((one.right - one.left) / one.size for one in letters if one.text.isalnum() and one.size)
    if not widths:
        return 0.25, 0.6
    low, high = widths[len(widths) // 20], widths[-1 - len(widths) // 20]
    return (low, 1.5 * low) if high - low < 0.03 else (0.25, 0.6)


def _lines(letters: Sequence[Letter]) -> list[Line]:
    rows: list[list[Letter]] = []
    for letter in sorted(letters, key=lambda one: -one.base):
        if rows and rows[-1][0].base - letter.base <= _SAME_LINE * min(letter.size, rows[-1][0].size):
            rows[-1].append(letter)
        else:
            rows.append([letter])
    return [_line(row, set()) for row in rows] if len(rows) < 2 else _with_raised(rows)


def _with_raised(rows: list[list[Letter]]) -> list[Line]:
    """The lines, with small letters that stand high beside others put into the line of those."""
    raised: list[set[Letter]] = [set() for _ in rows]
    for place, row in enumerate(rows):
        size = max(one.size for one in row)
        for other in range(place + 1, min(place + 3, len(rows))):
            large = max(one.size for one in rows[other])
            lift = row[0].base - rows[other][0].base
            if not (size < SMALL * large and LIFTED / 2 * large < lift < large):
                continue
            for letter in list(row):
                if any(
                    abs(letter.left - near.right) < _TOUCHING * large
                    or abs(near.left - letter.right) < _TOUCHING * large
                    for near in [*rows[other], *raised[other]]
                ):
                    raised[other].add(letter)
                    row.remove(letter)
            if not row:
                break
    return [
        _line([*row, *raised[place]], raised[place] | _small(row)) for place, row in enumerate(rows) if row
    ]


def _small(row: Sequence[Letter]) -> set[Letter]:
    """Small letters whose baseline is nearly that of the line, as of figures raised a little."""
    large = max(row, key=lambda one: one.size)
    return {
        one
        for one in row
        if one.size < SMALL * large.size and one.base - large.base > LIFTED / 2 * large.size
    }


def _line(row: Sequence[Letter], raised: set[Letter]) -> Line:
    letters = sorted(row, key=lambda one: one.left)
    size = max(one.size for one in letters)
    words: list[list[Letter]] = []
    for letter in letters:
        before = words[-1][-1] if words else None
        gap = letter.left - before.right if before else 0.0
        if before is None or gap > _APART * size or (letter.spaced and gap > 0):
            words.append([letter])
        else:
            words[-1].append(letter)
    base = max(letters, key=lambda one: one.size).base
    return Line(base=base, size=size, words=tuple(_word(word, raised) for word in words))


def _word(letters: Sequence[Letter], raised: set[Letter]) -> Word:
    return Word(
        text="".join(
            RAISED.get(one.text, "" if one.text in _MARKS else one.text) if one in raised else one.text
            for one in letters
        ),
        left=letters[0].left,
        right=max(one.right for one in letters),
        bottom=min(one.bottom for one in letters),
        top=max(one.top for one in letters),
        spaced=letters[0].spaced,
    )


def of_words(words: Sequence[Word]) -> str:
    """The text of words of a line, one blank between them."""
    return re.sub(r" (?=[⁰¹²³⁴⁵⁶⁷⁸⁹])", "", " ".join(word.text for word in words))
