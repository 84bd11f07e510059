"""PDF files opened with pypdfium2 (extra `docs`), and what can be said of a page before it is read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from paradero.model.errors import ParaderoError, SourceError

MOST_PAGES = 20_000
MOST_LETTERS = 1_000_000  # of a page
COVERED = 0.6  # of a page, by images, makes it a picture where its text is short
STAMP_LETTERS = 250  # the most of a court's or an agency's stamp; a page with more has a text of its own

# of the height of a figure's highest digit: what a raised one is at most and least
SMALL, LIFTED = 0.85, 0.15

_HYPHEN = 2  # what pdfium gives for a hyphen at the end of a line
_UNKNOWN = "\ufffd"


def needs_pdf() -> Any:
    """pypdfium2; raises ParaderoError saying what to install where it is missing."""
    try:
        import pypdfium2
    except ImportError as error:
        raise ParaderoError("Reading PDF needs pypdfium2. Run `pip install 'paradero[docs]'`.") from error
    return pypdfium2


@contextmanager
def pdf_file(path: Path, name: str) -> Iterator[tuple[Any, Any, int]]:
    """(pypdfium2, the open document, its number of pages); raises SourceError for a PDF that is locked,
    damaged or too long.
    """
    pdfium = needs_pdf()
    with pdf_told(pdfium, name):
        document = pdfium.PdfDocument(path)
    try:
        with pdf_told(pdfium, name):
            n_pages = len(document)
        if n_pages > MOST_PAGES:
            raise SourceError(f"{name}: {n_pages:,} pages; at most {MOST_PAGES:,} are read. Split the file.")
        yield pdfium, document, n_pages
    finally:
        document.close()


@contextmanager
def pdf_told(pdfium: Any, where: str) -> Iterator[None]:
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


def opened_page(pdfium: Any, document: Any, number: int, name: str) -> tuple[Any, Any, int]:
    """(the page of that number, its text, how many letters it has); raises SourceError for a page that is
    damaged or has too many. The caller closes text and page.
    """
    with pdf_told(pdfium, f"{name}, page {number}"):
        page = document[number - 1]
        raw = page.get_textpage()
        n_letters = raw.count_chars()
    if n_letters > MOST_LETTERS:
        raise SourceError(
            f"{name}, page {number}: {n_letters:,} letters; at most {MOST_LETTERS:,} on a page are read."
            " Split the page."
        )
    return page, raw, n_letters


def letter_of(code: int) -> str:
    """The letter of a character of pdfium's: `-` for a hyphen at a line's end, U+FFFD for what has none."""
    if code == _HYPHEN:
        return "-"
    return _UNKNOWN if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code)


def is_scan(pdfium: Any, page: Any, text: str) -> bool:
    """Whether a page is a picture: images cover most of it, and what text there is is no longer than a stamp.
    Images on top of each other are added up, up to the whole page.
    """
    if len(text.strip()) > STAMP_LETTERS:
        return False
    left, bottom, right, top = page.get_bbox()
    covered = 0.0
    for image in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        one = image.get_bounds()
        wide, high = min(one[2], right) - max(one[0], left), min(one[3], top) - max(one[1], bottom)
        covered += max(0.0, wide) * max(0.0, high)
    return bool(covered >= COVERED * (right - left) * (top - bottom))
