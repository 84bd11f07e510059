"""A document as read: pages of text, each knowing where its letters stand in the original; and what was
assumed in reading it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from paradero.documents.kinds.doubtful import Doubt
from paradero.documents.mentions import Spot

Format = Literal["pdf", "html", "text"]

MOST_BYTES: dict[Format, int] = {"pdf": 512_000_000, "html": 16_000_000, "text": 32_000_000}
MOST_MENTIONS = 500_000


class PageText(Protocol):
    """The text of one page. `spots` gives the place of each (start, end) of its text, which come in order. A
    `scanned` page is a picture; `read_by` names the program that read its text from it.
    """

    @property
    def number(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def scanned(self) -> bool: ...
    @property
    def read_by(self) -> str: ...
    def spots(self, spans: Sequence[tuple[int, int]]) -> list[Spot]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtedOnPage:
    """How many figures of a page were not read for one reason."""

    page: int
    why: Doubt
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a document was read: `encoding` as it was taken for, and by what (`encoding_from`); `undecodable`
    letters stand for bytes that are none in it. Of `pages_scanned` those in `pages_recognised` were read
    from their picture by the program `recogniser`. `doubted` counts the figures that
    were not read because they cannot be trusted.
    """

    format: Format
    pages: int
    pages_without_text: tuple[int, ...]
    pages_scanned: tuple[int, ...]
    pages_recognised: tuple[int, ...]
    letters: int
    encoding: str = ""
    encoding_from: str = ""
    undecodable: int = 0
    recogniser: str = ""
    doubted: tuple[DoubtedOnPage, ...] = ()
