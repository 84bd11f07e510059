"""Pages that are pictures: told by how much of them an image covers, and read by tesseract where there is
one.

A page of a filing can carry a stamp as text over its picture: what the file itself says stays first, at its
own offsets, and what was recognised follows after an empty line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from ctypes import byref, c_double
from dataclasses import dataclass, field
from typing import Any

from paradero.documents.mentions import Box, Spot
from paradero.documents.pages.pdf_letters import PdfLetters, outward
from paradero.documents.pages.tesseract import Recogniser, Word, laid_out, read_words

_DPI = 300
_POINTS = 72
_MOST_PIXELS = 40_000_000
_APART = "\n\n"


@dataclass(slots=True, kw_only=True)
class ScannedPage:
    """A page that is a picture. It is recognised when its text is first asked for; `read_by` is which program
    read it, empty where none did. Only usable while its document is open.
    """

    number: int
    letters: PdfLetters
    page: Any
    pdfium: Any
    recogniser: Recogniser | None
    scanned: bool = True
    _text: str | None = None
    _read_by: str = ""
    _places: list[tuple[int, int, Word]] = field(default_factory=list)
    _size: tuple[int, int] = (0, 0)

    @property
    def text(self) -> str:
        if self._text is None:
            self._recognise()
        return self._text or ""

    @property
    def read_by(self) -> str:
        return self._read_by if self.text else ""

    def spots(self, spans: Sequence[tuple[int, int]]) -> list[Spot]:
        own = len(self.letters.text)
        return [
            self.letters.spot(start, end) if end <= own else self._recognised(start, end)
            for start, end in spans
        ]

    def _recognise(self) -> None:
        self._text = self.letters.text
        if self.recogniser is None:
            return
        picture, self._size, dpi = _picture(self.page)
        words = read_words(picture, self.recogniser, dpi=dpi)
        if not words:
            return
        text, places = laid_out(words)
        begin = self._text + _APART if self._text.strip() else self._text
        self._places = [(start + len(begin), end + len(begin), word) for start, end, word in places]
        self._text, self._read_by = begin + text, self.recogniser.name

    def _recognised(self, start: int, end: int) -> Spot:
        """One box for each line, and the least sure of its words."""
        first = bisect_right([place[1] for place in self._places], start)
        words = [word for begin, _, word in self._places[first:] if begin < end]
        lines: dict[tuple[tuple[str, ...], str], list[Word]] = {}
        for word in words:
            lines.setdefault((word.block, word.line), []).append(word)
        return Spot(
            boxes=tuple(self._box(line) for line in lines.values()),
            confidence=min(word.confidence for word in words),
        )

    def _box(self, words: Sequence[Word]) -> Box:
        """Around words, in the page's own coordinates, which its rotation does not change."""
        corners = [
            self._point(min(word.left for word in words), min(word.top for word in words)),
            self._point(max(word.right for word in words), max(word.bottom for word in words)),
        ]
        across, up = sorted(x for x, _ in corners), sorted(y for _, y in corners)
        return outward((across[0], up[0], across[1], up[1]))

    def _point(self, x: int, y: int) -> tuple[float, float]:
        across, up = c_double(), c_double()
        self.pdfium.raw.FPDF_DeviceToPage(self.page, 0, 0, *self._size, 0, x, y, byref(across), byref(up))
        return across.value, up.value


def _picture(page: Any) -> tuple[bytes, tuple[int, int], int]:
    """The page in grey as PGM, its width and height in pixels, and how many there are to an inch."""
    width, height = page.get_size()
    scale = min(_DPI / _POINTS, (_MOST_PIXELS / (width * height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    rows, stride = memoryview(bitmap.buffer), bitmap.stride
    size = bitmap.width, bitmap.height
    grey = b"".join(rows[at * stride : at * stride + size[0]] for at in range(size[1]))
    bitmap.close()
    return b"P5\n%d %d\n255\n" % size + grey, size, round(scale * _POINTS)
