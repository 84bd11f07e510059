"""The letters of a PDF's page as the file draws them, each with its box."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from paradero.disk.pdf_files import LIFTED, SMALL, letter_of
from paradero.documents.kinds.doubtful import RAISED
from paradero.documents.mentions import Box, Spot

_FIGURE = re.compile(r"[0-9][0-9.,]*[0-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfLetters:
    """Each letter of `text` is one of pdfium's characters, so that offsets in the text find boxes. Only
    usable while its document is open.
    """

    text: str
    raw: Any

    def spot(self, start: int, end: int) -> Spot:
        """Where the letters from `start` to `end` stand: one box a line."""
        drawn = [self._box(at) for at in range(start, end) if not self.text[at].isspace()]
        return Spot(boxes=tuple(boxes_of(drawn)))

    def _box(self, at: int) -> Box:
        left, bottom, right, top = self.raw.get_charbox(at)
        return left, bottom, right, top


def letters_of(pdfium: Any, raw: Any, n_letters: int) -> PdfLetters:
    """One letter for each character that pdfium counts: what has no letter is U+FFFD, a hyphen at a line's
    end is `-`, a figure that stands small and high beside another is a raised one.
    """
    codes = (pdfium.raw.FPDFText_GetUnicode(raw, at) for at in range(n_letters))
    text = "".join(letter_of(code) for code in codes)
    raised = {at for figure in _FIGURE.finditer(text) for at in _raised(raw, figure)}
    if raised:
        text = "".join(one.translate(RAISED) if at in raised else one for at, one in enumerate(text))
    return PdfLetters(text=text, raw=raw)


def _raised(raw: Any, figure: re.Match[str]) -> list[int]:
    """The digits of a figure that are lower than its highest and stand higher."""
    boxes = {at: raw.get_charbox(at) for at in range(*figure.span()) if figure.string[at].isdigit()}
    _, foot, _, head = max(boxes.values(), key=lambda box: box[3] - box[1])
    high = head - foot
    return [
        at for at, box in boxes.items() if box[3] - box[1] < SMALL * high and box[1] > foot + LIFTED * high
    ]


def boxes_of(letters: Sequence[Box]) -> Iterator[Box]:
    """One box for each line: a letter that shares no height with those before it, or stands left of them,
    begins a new one. Rounded outward to 1/100 point.
    """
    line: Box | None = None
    for left, bottom, right, top in letters:
        if line is not None and bottom < line[3] and top > line[1] and left >= line[0]:
            line = line[0], min(line[1], bottom), max(line[2], right), max(line[3], top)
            continue
        if line is not None:
            yield outward(line)
        line = left, bottom, right, top
    if line is not None:
        yield outward(line)


def outward(box: Box) -> Box:
    """A box rounded outward to 1/100 point."""
    left, bottom, right, top = box
    return floor(left * 100) / 100, floor(bottom * 100) / 100, ceil(right * 100) / 100, ceil(top * 100) / 100
