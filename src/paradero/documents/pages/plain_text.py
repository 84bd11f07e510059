"""Text files and the decoding of text: letters, lines and bytes, each found from the other."""

from __future__ import annotations

import codecs
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from paradero.documents.mentions import Spot
from paradero.model.errors import SourceError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "byte order mark"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "byte order mark"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "byte order mark"),
)
_UNKNOWN = "\ufffd"
_BLOCK = 4096  # letters between two places whose byte is remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of a file without its byte order mark, which has `skipped` bytes; `encoding_from` says why it
    was read so.
    """

    text: str
    encoding: str
    encoding_from: str
    skipped: int
    undecodable: int
    _lines: list[int] = field(default_factory=list)
    _bytes: list[int] = field(default_factory=list)

    def line_and_column(self, place: int) -> tuple[int, int]:
        """Line and column, from 1, of the letter at a place; a line ends with its line feed."""
        if not self._lines:
            self._lines.extend([0, *(at + 1 for at, letter in enumerate(self.text) if letter == "\n")])
        line = bisect_right(self._lines, place)
        return line, place - self._lines[line - 1] + 1

    def byte_at(self, place: int) -> int:
        """The offset, in the file, of the first byte of the letter at a place; of the end of the text where
        the place is its length.
        """
        if not self._bytes:
            parts = (self.text[at : at + _BLOCK] for at in range(0, len(self.text), _BLOCK))
            self._bytes.extend(accumulate((self._size(part) for part in parts), initial=self.skipped))
        block = place // _BLOCK
        return self._bytes[block] + self._size(self.text[block * _BLOCK : place])

    def _size(self, part: str) -> int:
        return (
            len(part) if self.encoding == "windows-1252" else len(part.encode(self.encoding, "surrogatepass"))
        )


def decode(raw: bytes, name: str) -> Decoded:
    """Decode by byte order mark, else as UTF-8 where all of it is, else as Windows-1252. Raises SourceError
    for what is no text.

    Each of the five bytes that Windows-1252 has no letter for becomes U+FFFD and is counted.
    """
    for mark, encoding, why in _BOMS:
        if raw.startswith(mark):
            try:
                return _decoded(raw[len(mark) :].decode(encoding), encoding, why, name, skipped=len(mark))
            except UnicodeDecodeError as error:
                raise SourceError(
                    f"{name}: byte {error.start + len(mark)} is not {encoding}, as its byte order mark says."
                    " Save it as UTF-8."
                ) from error
    try:
        text, encoding, why = raw.decode("utf-8"), "utf-8", "all of it is UTF-8"
    except UnicodeDecodeError as error:
        text, encoding = raw.decode("cp1252", "replace"), "windows-1252"
        why = f"assumed: byte {error.start} is not UTF-8, and nothing says what it is"
    return _decoded(text, encoding, why, name, skipped=0)


def _decoded(text: str, encoding: str, why: str, name: str, *, skipped: int) -> Decoded:
    if "\0" in text:
        raise SourceError(
            f"{name}: a NUL stands at letter {text.index(chr(0)):,}, so the file is damaged there or no"
            " text. Copy or download it again."
        )
    undecodable = text.count(_UNKNOWN) if encoding == "windows-1252" else 0
    return Decoded(text=text, encoding=encoding, encoding_from=why, skipped=skipped, undecodable=undecodable)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage:
    """A text file as its only page: the offsets of its text are those of the decoded original."""

    decoded: Decoded
    number: int = 1
    scanned: bool = False
    read_by: str = ""

    @property
    def text(self) -> str:
        return self.decoded.text

    def spots(self, spans: Sequence[tuple[int, int]]) -> list[Spot]:
        return [spot_between(self.decoded, start, end) for start, end in spans]


def spot_between(decoded: Decoded, start: int, end: int) -> Spot:
    """The place of the letters from `start` to `end` of the decoded original."""
    line, column = decoded.line_and_column(start)
    return Spot(
        line=line,
        column=column,
        source_start=start,
        source_end=end,
        byte_start=decoded.byte_at(start),
        byte_end=decoded.byte_at(end),
    )
