"""HTML as a reader reads it: text without tags, each letter knowing where it stands in the original.

The rule: what is within script, style, template, noscript, title and comments is no text. A run of blanks
and line ends is one blank; within `pre` they stay. A `br` is a line end, the end of a table's cell a tab,
the beginning and end of every other block an empty line. Character references are the letter they stand for.
Figures within `sup` are raised figures (238⁴). What style sheets or scripts hide or add is not known here. A
tag or comment that nothing closes takes the rest, as in browsers.

The scanner is our own because that of the standard library takes time by the square of the length of damaged
files, and its places had to be pieced together.
"""

from __future__ import annotations

import html
import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from paradero.documents.kinds.doubtful import RAISED
from paradero.documents.mentions import Spot
from paradero.documents.pages.plain_text import Decoded, spot_between

_RAW = frozenset(("script", "style", "title"))  # up to their own end tag nothing in them is markup
_SKIPPED = frozenset(("template", "noscript"))
_CELLS = frozenset(("td", "th"))
_BLOCK_NAMES = """address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form
h1 h2 h3 h4 h5 h6 head header hr html li main menu nav ol option p pre section select summary
table tbody textarea tfoot thead tr ul"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())

_NEXT = re.compile(r"[<&]")
_NAME = re.compile(r"</?([A-Za-z][^\s/>]*+)")
_REST_OF_TAG = re.compile(
    r"""(?:\s++|/|[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+|(?=>)))?+|=)*+>"""
)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,8};?|[A-Za-z][A-Za-z0-9]{1,31};?)")
_PART = re.compile(r"[ \t\n\r\f]+|[^ \t\n\r\f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkupPage:
    """An HTML file as its only page: `starts` and `ends` say, for each letter of `text`, where what it was
    read from begins and ends in the decoded original.
    """

    decoded: Decoded
    text: str
    starts: array[int]
    ends: array[int]
    number: int = 1
    scanned: bool = False
    read_by: str = ""

    def spots(self, spans: Sequence[tuple[int, int]]) -> list[Spot]:
        return [spot_between(self.decoded, self.starts[start], self.ends[end - 1]) for start, end in spans]


def read_markup(decoded: Decoded) -> MarkupPage:
    """The text of an HTML file by the rule of this module; nothing in it is fetched or run."""
    reader = _Reader(decoded.text)
    reader.read()
    return MarkupPage(decoded=decoded, text="".join(reader.letters), starts=reader.starts, ends=reader.ends)


class _Reader:
    """Goes through the original once and collects letters with their places; every search that finds nothing
    ends the reading.
    """

    def __init__(self, original: str) -> None:
        self.letters: list[str] = []
        self.starts: array[int] = array("q")
        self.ends: array[int] = array("q")
        self._original = original
        self._skipping = self._kept_as_is = self._raised = 0

    def read(self) -> None:
        place, end = 0, len(self._original)
        while place < end:
            mark = _NEXT.search(self._original, place)
            self._data(place, mark.start() if mark else end)
            if mark is None:
                return
            place = self._reference(mark.start()) if mark[0] == "&" else self._tag(mark.start())

    def _tag(self, place: int) -> int:
        """Take in what begins with `<`; the place after it."""
        original = self._original
        if original.startswith("<!--", place):
            return self._after("-->", place + 2)  # <!--> is a whole comment
        if original.startswith(("<!", "<?"), place):
            return self._after(">", place)
        named = _NAME.match(original, place)
        if named is None:
            self._data(place, place + 1)
            return place + 1
        rest = _REST_OF_TAG.match(original, named.end())
        if rest is None:
            return len(original)
        name, is_end = named[1].lower(), original[place + 1] == "/"
        self._meet(name, place, is_end=is_end)
        if name in _RAW and not is_end:
            closing = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(original, rest.end())
            return self._after(">", closing.start()) if closing else len(original)
        return rest.end()

    def _after(self, what: str, place: int) -> int:
        found = self._original.find(what, place)
        return len(self._original) if found < 0 else found + len(what)

    def _meet(self, name: str, place: int, *, is_end: bool) -> None:
        step = -1 if is_end else 1
        if name in _SKIPPED:
            self._skipping = max(0, self._skipping + step)
        elif name == "pre":
            self._kept_as_is = max(0, self._kept_as_is + step)
        elif name == "sup":
            self._raised = max(0, self._raised + step)
        if name == "br":
            self._break("\n", place)
        elif name in _CELLS and is_end:
            self._break("\t", place)
        elif name in _BLOCKS:
            self._break("\n\n", place)

    def _data(self, start: int, end: int) -> None:
        if self._skipping or start == end:
            return
        for part in _PART.finditer(self._original, start, end):
            if part[0][0] in " \t\n\r\f" and not self._kept_as_is:
                if self.letters and self.letters[-1] not in " \t\n":
                    self._put(" ", part.start(), part.start() + 1)
                continue
            self.letters.extend(part[0].translate(RAISED) if self._raised else part[0])
            self.starts.extend(range(part.start(), part.end()))
            self.ends.extend(range(part.start() + 1, part.end() + 1))

    def _reference(self, place: int) -> int:
        """A character reference as its letter or letters; an ampersand that begins none is itself."""
        found = _REFERENCE.match(self._original, place)
        read = html.unescape(found[0]) if found else ""
        if found is None or read == found[0]:
            self._data(place, place + 1)
            return place + 1
        if not self._skipping:
            for letter in read.translate(RAISED) if self._raised else read:
                self._put(letter, place, found.end())
        return found.end()

    def _break(self, ends: str, place: int) -> None:
        """End a cell, a line or a block, unless the text has just ended one as large."""
        if self._skipping:
            return
        while self.letters and self.letters[-1] == " " and not self._kept_as_is:
            self.letters.pop()
            self.starts.pop()
            self.ends.pop()
        had = "".join(self.letters[-2:])
        if not self.letters or (ends == "\t" and had[-1:] in "\t\n") or (ends == "\n\n" and had == "\n\n"):
            return
        for letter in "\n" if ends == "\n\n" and had[-1:] == "\n" else ends:
            self._put(letter, place, place)

    def _put(self, letter: str, start: int, end: int) -> None:
        self.letters.append(letter)
        self.starts.append(start)
        self.ends.append(end)
