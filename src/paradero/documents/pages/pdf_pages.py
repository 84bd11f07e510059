"""The pages of a PDF, read with pypdfium2 (extra `docs`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paradero.documents.mentions import Spot
from paradero.documents.pages.originals import MOST_LETTERS, MOST_PAGES
from paradero.documents.pages.pdf_letters import PdfLetters, letters_of
from paradero.documents.pages.scans import ScannedPage, is_scan
from paradero.documents.pages.tesseract import recogniser
from paradero.model.errors import ParaderoError, SourceError


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfPage:
    """One page with a text of its own. Only usable while its document is open."""

    number: int
    letters: PdfLetters
    scanned: bool = False
    read_by: str = ""

    @property
    def text(self) -> str:
        return self.letters.text

    def spots(self, spans: Sequence[tuple[int, int]]) -> list[Spot]:
        return [self.letters.spot(start, end) for start, end in spans]


def needs_pdf() -> Any:
    """pypdfium2; raises ParaderoError saying what to install where it is missing."""
    try:
        import pypdfium2
    except ImportError as error:
        raise ParaderoError("Reading PDF needs pypdfium2. Run `pip install 'paradero[docs]'`.") from error
    return pypdfium2


@contextmanager
def pdf_pages(path: Path, name: str) -> Iterator[tuple[int, Iterator[PdfPage | ScannedPage]]]:
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


def _each(pdfium: Any, document: Any, n_pages: int, name: str) -> Iterator[PdfPage | ScannedPage]:
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
            letters = letters_of(pdfium, raw, n_letters)
            with _told(pdfium, f"{name}, page {number}"):
                scanned = is_scan(pdfium, page, letters.text)
            if scanned:
                yield ScannedPage(
                    number=number, letters=letters, page=page, pdfium=pdfium, recogniser=recogniser()
                )
            else:
                yield PdfPage(number=number, letters=letters)
        finally:
            raw.close()
            page.close()


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
