"""Where the files of a publisher are: at declared addresses, on pages that link to them, behind an answer
that names the next, or made when asked for.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

import msgspec

from paradero.fetching.asking import Key, Refused, asked
from paradero.fetching.downloading import Manners, Wish, manifest_of, patiently
from paradero.fetching.publishers import Item, Links, Order, Publisher, is_of
from paradero.model.errors import SourceError

_MOST_OF_A_PAGE = 8_000_000
_MOST_PAGES = 200
_ASKED_AGAIN_S, _MOST_ASKED = 30.0, 60
_DATE = re.compile(r"(\d\d)[-_]?(\d\d)[-_]?(20\d\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A file to fetch, and what it should be."""

    wish: Wish
    item: Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """How files are looked for: into which folder, how politely, by which key, and who is told."""

    publisher: Publisher
    folder: Path
    manners: Manners
    key: Key | None
    tell: Callable[[str], None]

    def text(self, url: str, body: bytes | None = None) -> str:
        """What a server answers, as text. Raises SourceError where it has none."""

        def attempt() -> str:
            try:
                with asked(url, key=self.key, body=body) as answer:
                    content: bytes = answer.read(_MOST_OF_A_PAGE)
                    return content.decode("utf-8", "replace")
            except Refused as error:
                raise error.sentence(url) from error

        return patiently(attempt, url, url, self.manners, self.tell)


class _Ordered(msgspec.Struct, kw_only=True):
    file_url: str
    status_url: str | None = None
    status: str | None = None
    message: str | None = None


class _Page(msgspec.Struct, kw_only=True):
    next: str | None = None


def wanted_of(search: Search, item: Item) -> list[Wanted]:
    """The files that an item stands for. Raises SourceError where its page has none, or the publisher makes
    none.
    """
    if item.url is not None:
        return [_wanted(item, item.url, item.name)]
    if item.links is not None:
        return [_wanted(item, url, name) for url, name in _linked(search, item.links)]
    assert item.order is not None  # noqa: S101 - one of the three is declared
    return [_ordered(search, item, item.order)]


def next_of(search: Search, before: Wanted, number: int) -> Wanted | None:
    """The page that follows one that was fetched; None where it was the last. Raises SourceError for one on
    another server, and for more pages than a list has.
    """
    content = (search.folder / before.wish.file).read_bytes()
    try:
        url = msgspec.json.decode(content, type=_Page).next
    except msgspec.DecodeError as error:
        raise SourceError(f"{before.wish.url}: no answer in pages ({error}).") from error
    if url is None:
        return None
    if urlsplit(url).netloc != urlsplit(before.wish.url).netloc:
        raise SourceError(
            f"{before.wish.url}: its next page is on another server ({url}), and is not asked for."
        )
    if number >= _MOST_PAGES:
        raise SourceError(f"{before.wish.url}: more than {_MOST_PAGES} pages. Ask for less.")
    stem, dot, ending = before.item.name.rpartition(".")
    file = f"{stem}-{number + 1}{dot}{ending}"
    return Wanted(wish=replace(before.wish, url=url, file=file), item=before.item)


def _wanted(item: Item, url: str, name: str) -> Wanted:
    return Wanted(wish=Wish(url=url, file=name, may_change=True), item=item)


def _linked(search: Search, links: Links) -> list[tuple[str, str]]:
    text = search.text(links.page)
    found: dict[str, str] = {}
    for each in re.finditer(r"""href\s*=\s*["']([^"']+)["']""", text, re.IGNORECASE):
        url = urljoin(links.page, html.unescape(each[1]).strip())
        name = unquote(PurePosixPath(urlsplit(url).path).name)
        is_name = name and name == Path(name).name and not name.startswith(".")
        if is_name and re.search(links.link, name) and is_of(search.publisher, url):
            found.setdefault(name, url)
    if not found:
        raise SourceError(
            f"{links.page}: no link there looks like `{links.link}`. The page has changed, or shows programs"
            " another one. Fetch the file by hand and add it."
        )
    newest = sorted(found, key=_dated, reverse=True)[: links.newest]
    return [(found[name], name) for name in newest]


def _dated(name: str) -> tuple[str, str]:
    date = _DATE.search(name)
    return (f"{date[3]}{date[1]}{date[2]}" if date else "", name)


def _ordered(search: Search, item: Item, order: Order) -> Wanted:
    """A file that is made when asked for; one that was fetched before is not asked for again."""
    before = manifest_of(search.folder).get(item.name)
    if before is not None:
        return Wanted(wish=Wish(url=before["url"], file=item.name), item=item)
    answer = _answer(search.text(order.url, order.body.encode()), order.url)
    for _ in range(_MOST_ASKED):
        if answer.status == "finished" or answer.status_url is None:
            break
        if answer.status == "failed":
            raise SourceError(f"{order.url}: the publisher could not make it ({answer.message}). Try later.")
        search.tell(f"{item.name}: being made by the publisher; asked again in {_ASKED_AGAIN_S:g} s")
        search.manners.sleep(_ASKED_AGAIN_S)
        said = _answer(search.text(answer.status_url), answer.status_url)
        answer = _Ordered(file_url=said.file_url, status_url=answer.status_url, status=said.status)
    else:
        raise SourceError(f"{order.url}: not made within half an hour. Run the same command later.")
    for url in (answer.file_url, answer.status_url):
        if url is not None and not is_of(search.publisher, url):
            raise SourceError(f"{order.url}: it sends on to another server ({url}), which is not asked.")
    return Wanted(wish=Wish(url=answer.file_url, file=item.name), item=item)


def _answer(text: str, url: str) -> _Ordered:
    try:
        return msgspec.json.decode(text.encode(), type=_Ordered)
    except msgspec.DecodeError as error:
        raise SourceError(f"{url}: an answer that does not say where the file is ({error}).") from error


def pages_of(search: Search, first: Wanted, fetch: Callable[[Wanted], None]) -> Iterator[Wanted]:
    """A file and, where it is one of several pages, those that follow, each fetched before the next is
    known.
    """
    page: Wanted | None = first
    number = 1
    while page is not None:
        fetch(page)
        yield page
        page = next_of(search, page, number) if first.item.is_paged else None
        number += 1
