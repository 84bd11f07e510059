"""The pages of a PDF, read with pypdfium2 (extra `docs`): the letters as the file draws them, each with its
box.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil, floor
from pathlib import Path
from typing import Any

from paradero.documents.mentions import Box, Spot
from paradero.documents.pages.originals import MOST_LETTERS, MOST_PAGES
from paradero.model.errors import ParaderoError, SourceError

_HYPHEN = 2  # what pdfium gives for a hyphen at the end of a line
_UNKNOWN = "\ufffd"


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfPage:
    """One page: each letter of `text` is one of pdfium's characters, so that offsets in the text find boxes.
    Only usable while its document is open.
    """

    number: int
    text: str
    raw: Any

    def spots(self, spans: Sequence[tuple[int, int]]) -> list[Spot]:
        return [
            Spot(
                boxes=tuple(
                    _boxes([self._box(at) for at in range(start, end) if not self.text[at].isspace()])
                )
            )
            for start, end in spans
        ]

    def _box(self, at: int) -> Box:
        left, bottom, right, top = self.raw.get_charbox(at)
        return left, bottom, right, top


def needs_pdf() -> Any:
    """pypdfium2; raises ParaderoError saying what to install where it is missing."""
    try:
        import pypdfium2
    except ImportError as error:
        raise ParaderoError("Reading PDF needs pypdfium2. Run `pip install 'paradero[docs]'`.") from error
    return pypdfium2


@contextmanager
def pdf_pages(path: Path, name: str) -> Iterator[tuple[int, Iterator[PdfPage]]]:
    """(number of pages, the pages one after the other); raises SourceError for a PDF that is locked, damaged
    or too large.
    """
    pdfium = needs_pdf()
    with _told(pdfium, name):
        document = pdfium.PdfDocument(path)
    try:
        with _told(pdfium, name):
            n_pages = len(document)
        if n_pages > MOST_PAGES:
            raise SourceError(f"{name}: {n_pages:,} pages; at most {MOST_PAGES:,} are read. Split the file.")
        yield n_pages, _each(pdfium, document, n_pages, name)
    finally:
        document.close()


def _each(pdfium: Any, document: Any, n_pages: int, name: str) -> Iterator[PdfPage]:
    for number in range(1, n_pages + 1):
        with _told(pdfium, f"{name}, page {number}"):
            page = document[number - 1]
            raw = page.get_textpage()
            n_letters = raw.count_chars()
        if n_letters > MOST_LETTERS:
            raise SourceError(
                f"{name}, page {number}: {n_letters:,} letters; at most {MOST_LETTERS:,} on a page are read."
                " Split the page."
            )
        try:
            yield PdfPage(number=number, text=_text(pdfium, raw, n_letters), raw=raw)
        finally:
            raw.close()
            page.close()


def _text(pdfium: Any, raw: Any, n_letters: int) -> str:
    """One letter for each character that pdfium counts: what has no letter is U+FFFD, a hyphen at a line's
    end is `-`.
    """
    codes = (pdfium.raw.FPDFText_GetUnicode(raw, at) for at in range(n_letters))
    return "".join(_letter(code) for code in codes)


def _letter(code: int) -> str:
    if code == _HYPHEN:
        return "-"
    return _UNKNOWN if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code)


def _boxes(letters: Sequence[Box]) -> Iterator[Box]:
    """One box for each line: a letter that shares no height with those before it, or stands left of them,
    begins a new one. Rounded outward to 1/100 point.
    """
    line: Box | None = None
    for left, bottom, right, top in letters:
        if line is not None and bottom < line[3] and top > line[1] and left >= line[0]:
            line = line[0], min(line[1], bottom), max(line[2], right), max(line[3], top)
            continue
        if line is not None:
            yield _outward(line)
        line = left, bottom, right, top
    if line is not None:
        yield _outward(line)


def _outward(box: Box) -> Box:
    left, bottom, right, top = box
    return floor(left * 100) / 100, floor(bottom * 100) / 100, ceil(right * 100) / 100, ceil(top * 100) / 100


@contextmanager
def _told(pdfium: Any, where: str) -> Iterator[None]:
    """Within it, what pdfium cannot read becomes one sentence."""
    try:
        yield
    except pdfium.PdfiumError as error:
        if "password" in str(error).casefold():
            raise SourceError(
                f"{where}: the PDF is locked by a password. Save a copy without password and add that."
            ) from error
        raise SourceError(
            f"{where}: the PDF is damaged ({str(error)[:120]}). Download or copy it again."
        ) from error
