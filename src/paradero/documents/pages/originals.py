"""A document as read: pages of text, each knowing where its letters stand in the original; and what was
assumed in reading it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from paradero.documents.mentions import Spot

Format = Literal["pdf", "html", "text"]

MOST_BYTES: dict[Format, int] = {"pdf": 512_000_000, "html": 16_000_000, "text": 32_000_000}
MOST_PAGES = 20_000
MOST_LETTERS = 1_000_000  # of a page of a PDF
MOST_MENTIONS = 500_000


class PageText(Protocol):
    """The text of one page. `spots` gives the place of each (start, end) of its text, which come in order."""

    @property
    def number(self) -> int: ...
    @property
    def text(self) -> str: ...
    def spots(self, spans: Sequence[tuple[int, int]]) -> list[Spot]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a document was read: `encoding` as it was taken for, and by what (`encoding_from`); `undecodable`
    letters stand for bytes that are none in it.
    """

    format: Format
    pages: int
    pages_without_text: tuple[int, ...]
    letters: int
    encoding: str = ""
    encoding_from: str = ""
    undecodable: int = 0
