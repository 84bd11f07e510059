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
    """Digits that are no figure of ours: a time as recorded, a name, what somebody else said; in which
    language, where that is known not to be the page's.
    """

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What has a page of its own (`about` as in `paradero report --about`, `name` as it takes it): a link to
    it on a site, plain words in a file. A person has the `release` whose id it is: that of another
    may be somebody else's.
    """

    text: str
    about: str
    name: str
    release: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Words where a value is none: withheld, hidden, blank, not in the release. Drawn on a hatch, so that it
    is no blank and no value.
    """

    text: str


Piece: TypeAlias = str | Number | Link | Row | Mark | Code | Stated | Named | Missing
Text: TypeAlias = tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A range in a cell: the words, and a bar beside them on the scale that its column shares."""

    text: Text
    svg: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A verdict in a grid: word and ink, then the margin in words; by its id a site leads to its steps."""

    mark: Mark
    text: Text
    verdict: str = ""


Value: TypeAlias = Text | Bar | Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A sentence or some."""

    text: Text
    kind: Literal["text", "lead", "small", "source"] = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under heads; `right` are the columns of numbers, `more` what is said where rows were left out.

    On a site `head_texts` stand for the heads, with their links. A `sheet` keeps its columns side by side on
    every screen, as the original has them; `cited` are the rows and `marked` the columns that are outlined.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    right: tuple[int, ...] = ()
    more: Text = ()
    head_texts: tuple[Text, ...] = ()
    is_sheet: bool = False
    cited: tuple[int, ...] = ()
    marked: tuple[int, ...] = ()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question of a form. A `choice` has `options`, each its value and its words; what is `hidden` has no
    label; `hint` says what may be written; a `date` lies `within` two days as ISO text, none where empty.
    """

    name: str
    label: str = ""
    value: str = ""
    kind: Literal["text", "lines", "search", "date", "choice", "check", "hidden"] = "text"
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    within: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A question that a reader of a site can change: it leads to `to` with its answers in the address; one
    that `writes` sends them. Files and paper have none.
    """

    to: str
    button: str
    fields: tuple[Field, ...]
    writes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Lines of a program or a query, to copy as they stand."""

    text: str


Block: TypeAlias = Paragraph | Table | Chart | Chain | Facts | Points | Folded | Anchored | Form | Listing


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
    is_unfiled: bool = False  # on the screen alone: no part of what is printed and filed


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
    form: Form | None = None  # on a site alone, as are the files that the page can be had as
    files: tuple[Link, ...] = ()

    @property
    def printed(self) -> tuple[Section, ...]:
        """The sections that go on paper and into a draft."""
        return tuple(each for each in self.sections if not each.is_unfiled)
