"""Mentions: figures, times and numbers of proceedings and aircraft found in a document, with their place and
what they can be read as.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from paradero.model.time.moments import Moment

MentionKind = Literal["amount", "count", "date", "time", "docket", "aircraft", "flight"]
KINDS: tuple[MentionKind, ...] = ("amount", "count", "date", "time", "docket", "aircraft", "flight")

Form = Literal["exact", "range", "about", "almost", "over", "under", "at_least", "at_most"]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What a mention is read as.

    Figures: `lo`, `mode` (where one is likeliest) and `hi` in `unit` (`1` is a plain number), None being no
    bound; `form` is what vague words make of `figure`, the number as written, `step` the unit of its last
    written digit. Dates and times: `moment` is the text that moments are read from, `read` the moment; where
    no year or no day is stated, `partial` (`XXXX-03-15`, `T17:26-04:00`) and no moment. Dockets, tail and
    flight numbers: `ids`. `vague` are the words that make it vague as written, `assumed` says what was taken
    for granted, and `readings` lists all readings where there are several: lo and hi span them. `next_day`: a
    time of the night, which can be of the day after the one named.
    """

    lo: Fraction | None = None
    mode: Fraction | None = None
    hi: Fraction | None = None
    unit: str = ""
    currency: str = ""
    form: Form | None = None
    figure: Fraction | None = None
    step: Fraction | None = None
    moment: str = ""
    read: Moment | None = None
    partial: str = ""
    ids: tuple[str, ...] = ()
    vague: str = ""
    assumed: str = ""
    readings: tuple[str, ...] = ()
    next_day: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A mention in one page's text: `text` is `page[start:end]`, `pattern` the name of what found it."""

    kind: MentionKind
    pattern: str
    start: int
    end: int
    text: str
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a mention stands in the original: line and column (from 1) and offsets of characters and bytes in
    text and HTML, boxes in PDF points in PDFs.

    `source_start` and `source_end` count characters of the decoded original (of HTML with its tags),
    `byte_start` and `byte_end` its bytes. A box is (left, bottom, right, top) in the page's own coordinates,
    one for each line. `confidence`, from 0 to 100, is how sure the program was that read it from a picture,
    of its least sure word; None where nothing was recognised.
    """

    line: int | None = None
    column: int | None = None
    source_start: int | None = None
    source_end: int | None = None
    byte_start: int | None = None
    byte_end: int | None = None
    boxes: tuple[Box, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A mention with its place. `document` is the SHA-256 of the original, `page` from 1 (text and HTML have
    one), `found` what stands there.
    """

    document: str
    page: int
    found: Found
    spot: Spot = field(default_factory=Spot)

    @property
    def id(self) -> str:
        """The address of the mention: short id of the document, page, offsets in the page's text."""
        return f"{self.document[:12]}:{self.page}:{self.found.start}-{self.found.end}"
