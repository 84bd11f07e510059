"""Documents and what they mention, as values: no word of a document but the mentions."""

from __future__ import annotations

from typing import Literal, get_args

from paradero.documents.kinds.doubtful import Doubt
from paradero.documents.mentions import Form, MentionKind
from paradero.model.answer import Answer

MentionState = Literal["open", "confirmed", "rejected"]
STATES = get_args(MentionState)


class DoubtedFigures(Answer, frozen=True, kw_only=True):
    """How many figures of a page were not read because they cannot be trusted, and why: `raised` (a raised
    digit may be part of it), `letters` (among its digits), `torn` (by a line's end), `no_such_day` (no
    calendar has it, or it is part of a day that could not be read), `weekday` (not that of the date). No word
    of them is kept.
    """

    page: int
    why: Doubt
    n: int


class DoubtedInDocument(DoubtedFigures, frozen=True, kw_only=True):
    """The same with the document."""

    document: str
    file_name: str


class ReadDocument(Answer, frozen=True, kw_only=True):
    """A document and how it was read. `mentions` are counted by `by_kind`, `withheld` is what points at one
    person and is not shown, by sort; `pages_without_text` are the numbers of pages nothing could be read on;
    of `pages_scanned`, which are pictures, `pages_recognised` were read from them by the program
    `recogniser`. `doubted` counts the figures that were not read.
    """

    document: str
    sha256: str
    file_name: str
    bytes: int
    format: str
    pages: int
    pages_without_text: list[int]
    pages_scanned: list[int]
    pages_recognised: list[int]
    letters: int
    encoding: str | None
    encoding_from: str | None
    undecodable: int
    recogniser: str | None
    doubted: list[DoubtedFigures]
    mentions: int
    by_kind: dict[str, int]
    withheld: dict[str, int]
    origin: str | None
    licence: str | None
    note: str | None


class ListedDocument(ReadDocument, frozen=True, kw_only=True):
    """A document with how many of its mentions are in which state."""

    open: int
    confirmed: int
    rejected: int


class ListedMention(Answer, frozen=True, kw_only=True):
    """A figure, time or number in a document: where it stands, what it is read as, what was decided on it.

    `mention` is its address; `page`, `line` and `column` count from 1, the other places are offsets; `boxes`
    are left, bottom, right and top in PDF points. `confidence`, from 0 to 100, is how sure the program was
    that read it from a picture, None where it was not read so. `lo` to `hi` is what it may mean in `unit`,
    None where there is no bound; `moment_lo` and `moment_hi` are microseconds in UTC. `decided` is the id of
    the claim that it was confirmed as, or why it was rejected.
    """

    mention: str
    document: str
    kind: MentionKind
    pattern: str
    page: int
    start: int
    end: int
    line: int | None
    column: int | None
    source_start: int | None
    source_end: int | None
    byte_start: int | None
    byte_end: int | None
    boxes: list[list[float]]
    confidence: float | None
    text: str
    lo: float | None
    mode: float | None
    hi: float | None
    unit: str | None
    currency: str | None
    form: Form | None
    step: float | None
    moment: str | None
    moment_lo: int | None
    moment_hi: int | None
    precision: str | None
    zone: str | None
    partial: str | None
    ids: list[str]
    vague: str | None
    assumed: str | None
    readings: list[str]
    file_name: str
    state: MentionState
    decided: str | None


class ShownMention(Answer, frozen=True, kw_only=True):
    """A mention and the words before and after it in the original, with every name left out."""

    mention: ListedMention
    before: str
    after: str


class Confirmed(Answer, frozen=True, kw_only=True):
    """A mention that became a claim: the claim's id, and the file it was written to."""

    mention: str
    claim: str
    file: str


class Rejected(Answer, frozen=True, kw_only=True):
    """A mention that was judged to be no claim, and the file that keeps who said so, when and why."""

    mention: str
    file: str
