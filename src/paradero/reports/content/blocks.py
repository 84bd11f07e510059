"""The content of a page, whatever it is written to: sentences whose numbers are figures, tables, charts,
lists.

A number stands in a sentence only as a `Number`, which is made of a figure: every format makes it a link to
what the figure rests on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from paradero.figures.figure import Figure

Ink = Literal["violated", "undetermined", "complied", "not_bound"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A figure as it stands in a sentence or a cell."""

    figure: Figure
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words that lead somewhere: to a part of the page (`#id`) or to an address."""

    text: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of an original: its address, which leads to the row as received."""

    address: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A verdict: the word, and the ink that tells it apart without colour."""

    text: str
    ink: Ink


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """An id, a command, a hash."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """Digits that are no figure of ours: a time as recorded, a name, what somebody else said."""

    text: str


Piece: TypeAlias = str | Number | Link | Row | Mark | Code | Stated
Text: TypeAlias = tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A range in a cell: the words, and a bar beside them on the scale that its column shares."""

    text: Text
    svg: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A verdict in a grid: word and ink, then the margin in words."""

    mark: Mark
    text: Text


Value: TypeAlias = Text | Bar | Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A sentence or some."""

    text: Text
    kind: Literal["text", "lead", "small", "source"] = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under heads; `right` are the columns of numbers, `more` what is said where rows were left out."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    right: tuple[int, ...] = ()
    more: Text = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture drawn for two widths, its title and what it shows in words, and the table behind it."""

    id: str
    title: str
    description: str
    wide: str
    narrow: str
    source: Text
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of a person's history: when, where, what is known, by which row; `kind` is its mark."""

    day: str
    clock: str
    iso: str
    place: Text
    text: Text
    row: Text
    kind: Literal["held", "moment", "gap"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A person's history, one line a place."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is asked and what is answered, a line each, under a caption in words or an id."""

    caption: Piece
    rows: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """A list of sentences."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """What a reader opens to see more; open on paper."""

    summary: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchored:
    """A block that links lead to: a figure's evidence, a row as received."""

    id: str
    title: Text
    blocks: tuple[Block, ...]


Block: TypeAlias = Paragraph | Table | Chart | Chain | Facts | Points | Folded | Anchored


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A finding for the head of a report: the sentence, what it rests on, and a small picture of it; lower
    `rank` comes first.
    """

    rank: int
    title: Text
    text: Text
    picture: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a page: the title states the finding, `sub` the measure; `name` stands in the contents."""

    id: str
    name: str
    title: Text
    sub: Text = ()
    blocks: tuple[Block, ...] = ()
    finding: Finding | None = None
    is_evidence: bool = False  # an annex: what the rest of the page rests on


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A whole page; `label` is printed on every sheet where the records are fabricated."""

    language: str
    case: str
    kicker: Text
    title: Text
    lead: Text
    label: str
    findings: tuple[Finding, ...]
    sections: tuple[Section, ...]
    cite: Text
    foot: tuple[Text, ...]
