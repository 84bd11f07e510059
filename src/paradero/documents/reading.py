"""Read a document and find what it mentions: page by page, nothing of its text kept but the mentions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from paradero.documents.finding import find_mentions
from paradero.documents.mentions import Mention
from paradero.documents.pages.markup import read_markup
from paradero.documents.pages.originals import (
    MOST_BYTES,
    MOST_MENTIONS,
    DoubtedOnPage,
    Format,
    PageText,
    Reading,
)
from paradero.documents.pages.pdf_pages import pdf_pages
from paradero.documents.pages.plain_text import Decoded, TextPage, decode
from paradero.documents.pages.recognising import document_format
from paradero.model.errors import SourceError

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document read: how, every mention in order of page and place, and how often something that points at
    one person was left out.
    """

    reading: Reading
    mentions: tuple[Mention, ...]
    withheld: dict[str, int]


def read_document(path: Path, *, name: str, sha256: str, progress: Progress | None = None) -> Document:
    """Find every mention of a document. Raises SourceError where it cannot be read whole, ParaderoError where
    an extra is missing.
    """
    mentions: list[Mention] = []
    withheld: Counter[str] = Counter()
    silent: list[int] = []
    scanned: list[int] = []
    recognised: list[int] = []
    doubted: list[DoubtedOnPage] = []
    by = ""
    letters = 0
    with open_pages(path, name=name) as (form, n_pages, decoded, pages):
        for page in pages:
            found = find_mentions(page.text)
            spots = page.spots([(one.start, one.end) for one in found.found])
            mentions += [
                Mention(document=sha256, page=page.number, found=one, spot=spot)
                for one, spot in zip(found.found, spots, strict=True)
            ]
            withheld.update(found.withheld)
            doubted += [DoubtedOnPage(page=page.number, why=why, n=n) for why, n in found.doubted.items()]
            letters += len(page.text)
            if not page.text.strip():
                silent.append(page.number)
            if page.scanned:
                scanned.append(page.number)
            if page.read_by:
                recognised.append(page.number)
                by = page.read_by
            if len(mentions) > MOST_MENTIONS:
                raise SourceError(
                    f"{name}: more than {MOST_MENTIONS:,} mentions by page {page.number:,}, the most that a"
                    " document may have. Split it."
                )
            if progress:
                progress(page.number, n_pages)
    reading = Reading(
        format=form,
        pages=n_pages,
        pages_without_text=tuple(silent),
        pages_scanned=tuple(scanned),
        pages_recognised=tuple(recognised),
        recogniser=by,
        doubted=tuple(doubted),
        letters=letters,
        encoding=decoded.encoding if decoded else "",
        encoding_from=decoded.encoding_from if decoded else "",
        undecodable=decoded.undecodable if decoded else 0,
    )
    return Document(reading=reading, mentions=tuple(mentions), withheld=dict(sorted(withheld.items())))


@contextmanager
def open_pages(path: Path, *, name: str) -> Iterator[tuple[Format, int, Decoded | None, Iterator[PageText]]]:
    """(format, number of pages, the decoded text where there is one, the pages); raises SourceError where the
    file cannot be read or is too large.
    """
    form = document_format(path, name)
    size = path.stat().st_size
    if size > MOST_BYTES[form]:
        raise SourceError(
            f"{name}: {size // 1_000_000:,} MB; at most {MOST_BYTES[form] // 1_000_000:,} MB of {form} are"
            " read. Split the file."
        )
    if form == "pdf":
        with pdf_pages(path, name) as (n_pages, pages):
            yield form, n_pages, None, pages
        return
    decoded = decode(path.read_bytes(), name)
    page: PageText = read_markup(decoded) if form == "html" else TextPage(decoded=decoded)
    yield form, 1, decoded, iter((page,))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """The text of one page, and the program that read it from a picture, empty where none did."""

    text: str
    read_by: str


def read_page(path: Path, number: int, *, name: str) -> ReadPage:
    """One page of the original; raises SourceError where there is no such page."""
    with open_pages(path, name=name) as (_, n_pages, _, pages):
        for page in pages:
            if page.number == number:
                return ReadPage(text=page.text, read_by=page.read_by)
    raise SourceError(f"{name}: there is no page {number}. Its pages are 1 to {n_pages}.")
