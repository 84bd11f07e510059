"""HTML as a reader reads it: text without tags, each letter knowing where it stands in the original.

The rule: what is within script, style, template, noscript, title and comments is no text. A run of blanks and line ends is one blank; within `pre`
they stay. A `br` is a line end, the end of a table's cell a tab, the beginning and end of every other block an empty line. Character references are
the letter they stand for. What style sheets or scripts hide or add is not known here.
"""

from __future__ import annotations

import html
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from paradero.documents.mentions import Spot
from paradero.documents.plain_text import Decoded, spot_between

_SKIPPED = frozenset(("script", "style", "template", "noscript", "title"))
_CELLS = frozenset(("td", "th"))
_BLOCK_NAMES = """address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
head header hr html li main menu nav ol option p pre section select summary table tbody textarea tfoot thead tr ul"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_BLANKS = " \t\n\r\f"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkupPage:
    """An HTML file as its only page: `starts` and `ends` say, for each letter of `text`, where what it was read from begins and ends in the decoded original."""

    decoded: Decoded
    text: str
    starts: array[int]
    ends: array[int]
    number: int = 1

    def spots(self, spans: Sequence[tuple[int, int]]) -> list[Spot]:
        return [spot_between(self.decoded, self.starts[start], self.ends[end - 1]) for start, end in spans]


def read_markup(decoded: Decoded) -> MarkupPage:
    """The text of an HTML file by the rule of this module; nothing in it is fetched or run."""
    reader = _Reader(decoded.text)
    reader.feed(decoded.text)
    reader.close()
    return MarkupPage(decoded=decoded, text="".join(reader.letters), starts=reader.starts, ends=reader.ends)


class _Reader(HTMLParser):
    """Collects letters with their places. The parser counts lines and columns; `_place` turns them into offsets."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.letters: list[str] = []
        self.starts: array[int] = array("q")
        self.ends: array[int] = array("q")
        self._text = text
        self._lines = [0, *(at + 1 for at, letter in enumerate(text) if letter == "\n")]
        self._skipping = self._kept_as_is = 0

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser passes them
        self._mark(tag)
        self._skipping += tag in _SKIPPED
        self._kept_as_is += tag == "pre"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser passes them
        self._mark(tag)

    def handle_endtag(self, tag: str) -> None:
        self._skipping = max(0, self._skipping - (tag in _SKIPPED))
        self._kept_as_is = max(0, self._kept_as_is - (tag == "pre"))
        if tag in _CELLS:
            self._break("\t")
        else:
            self._mark(tag)

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            place = self._place()
            for at, letter in enumerate(data, place):
                self._add(letter, at, at + 1)

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def _reference(self, written: str) -> None:
        if self._skipping:
            return
        place = self._place()
        if self._text.startswith(";", place + len(written)):
            written += ";"
        for letter in html.unescape(written):
            self._add(letter, place, place + len(written))

    def _add(self, letter: str, start: int, end: int) -> None:
        if letter in _BLANKS and not self._kept_as_is:
            if not self.letters or self.letters[-1] in " \t\n":
                return
            letter = " "
        self._put(letter, start, end)

    def _mark(self, tag: str) -> None:
        if self._skipping:
            return
        if tag == "br":
            self._break("\n")
        elif tag in _BLOCKS:
            self._break("\n\n")

    def _break(self, ends: str) -> None:
        """End a cell, a line or a block, unless the text has just ended one as large."""
        if self._skipping:
            return
        while self.letters and self.letters[-1] == " " and not self._kept_as_is:
            self.letters.pop(), self.starts.pop(), self.ends.pop()
        had = "".join(self.letters[-2:])
        if self.letters and not (ends == "\t" and had[-1:] in "\t\n") and not (ends == "\n\n" and had == "\n\n"):
            missing = "\n" if ends == "\n\n" and had[-1:] == "\n" else ends
            place = self._place()
            for letter in missing:
                self._put(letter, place, place)

    def _put(self, letter: str, start: int, end: int) -> None:
        self.letters.append(letter)
        self.starts.append(start)
        self.ends.append(end)
