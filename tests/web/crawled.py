"""A site read as a stranger reads it: from its first page along its links, each page parsed by the standard library."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx

from web.asked import Site

_EMPTY = {"meta", "link", "input", "br", "hr", "img", "source", "path", "circle", "rect", "line", "use"}


@dataclass
class Read:
    """A page: its links, ids, texts by tag, and the tags with their attributes."""

    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    unclosed: list[str] = field(default_factory=list)

    def text(self, tag: str) -> str:
        return " ".join("".join(self.texts.get(tag, [])).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.read = Read()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.read.tags.append((tag, given))
        if "id" in given:
            self.read.ids.append(given["id"])
        if tag == "a" and "href" in given:
            self.read.links.append(given["href"])
        if tag not in _EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.read.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in _EMPTY:
            return
        if not self.open or self.open[-1] != tag:
            self.read.unclosed.append(tag)
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        for tag in dict.fromkeys(self.open):
            self.read.texts.setdefault(tag, []).append(data)


def read(html: str) -> Read:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.read.unclosed += reader.open
    return reader.read


def crawled(
    site: Site, begin: Iterable[str], *, most: int, kinds: int = 3
) -> Iterator[tuple[str, httpx.Response]]:
    """Pages along links, breadth first, at most `kinds` of each kind of address (what stands before its name)."""
    waiting, seen = deque(begin), set()
    by_kind: dict[tuple[str, ...], int] = {}
    while waiting and most:
        path = waiting.popleft()
        kind = tuple(path.partition("?")[0].split("/")[:3]) + (("?",) if "?" in path else ())
        if path in seen or by_kind.get(kind, 0) >= kinds:
            continue
        seen.add(path)
        by_kind[kind] = by_kind.get(kind, 0) + 1
        most -= 1
        answer = site.ask(path)
        yield path, answer
        if answer.headers["content-type"].startswith("text/html"):
            waiting.extend(link.partition("#")[0] for link in read(answer.text).links if link.startswith("/"))
