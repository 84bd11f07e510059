"""A page read as a browser reads it, with nothing of ours: elements, their texts, their attributes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"meta", "br", "img", "link", "input", "hr", "base"}


@dataclass
class Element:
    """An element with its children: elements and texts."""

    name: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def all(self, *names: str) -> list[Element]:
        """Every element of these names inside, or of any where none is named."""
        found = []
        for child in self.children:
            if isinstance(child, Element):
                if not names or child.name in names:
                    found.append(child)
                found += child.all(*names)
        return found

    def of_class(self, name: str) -> list[Element]:
        return [one for one in self.all() if name in one.attributes.get("class", "").split()]

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    def text(self, *, without: frozenset[str] | set[str] = frozenset()) -> str:
        """The words; elements of a name or class of `without` are left out."""
        return "".join(
            child
            if isinstance(child, str)
            else ""
            if child.name in without or child.classes & without
            else child.text(without=without)
            for child in self.children
        )


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read_page(text: str) -> Element:
    """The document; an element that is not closed, or closed by another's end, is an error."""
    parser = _Parser()
    parser.feed(text)
    parser.close()
    assert len(parser.open) == 1, f"never closed: {parser.open[-1].name}"
    return parser.root


def spaced(text: str) -> str:
    """Text with its blanks as one blank."""
    return re.sub(r"\s+", " ", text).strip()
