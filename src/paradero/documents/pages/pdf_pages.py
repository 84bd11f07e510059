"""The pages of a PDF, read with pypdfium2 (extra `docs`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paradero.disk.pdf_files import is_scan, opened_page, pdf_file, pdf_told
from paradero.documents.mentions import Spot
from paradero.documents.pages.pdf_letters import PdfLetters, letters_of
from paradero.documents.pages.scans import ScannedPage
from paradero.documents.pages.tesseract import recogniser


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


@contextmanager
def pdf_pages(path: Path, name: str) -> Iterator[tuple[int, Iterator[PdfPage | ScannedPage]]]:
    """(number of pages, the pages one after the other); raises SourceError for a PDF that is locked, damaged
    or too large.
    """
    with pdf_file(path, name) as (pdfium, document, n_pages):
        yield n_pages, _each(pdfium, document, n_pages, name)


def _each(pdfium: Any, document: Any, n_pages: int, name: str) -> Iterator[PdfPage | ScannedPage]:
    for number in range(1, n_pages + 1):
        page, raw, n_letters = opened_page(pdfium, document, number, name)
        try:
            letters = letters_of(pdfium, raw, n_letters)
            with pdf_told(pdfium, f"{name}, page {number}"):
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
