"""Where on a page the evidence of a figure and the rows of originals stand."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import cast

from paradero.figures.figure import Figure
from paradero.reports.content.blocks import (
    Anchored,
    Bar,
    Block,
    Cell,
    Chain,
    Chart,
    Facts,
    Folded,
    Form,
    Listing,
    Number,
    Page,
    Paragraph,
    Piece,
    Points,
    Row,
    Section,
    Stated,
    Table,
    Text,
    Value,
)

_NOT_OF_ANCHORS = re.compile(r"[^A-Za-z0-9_-]")


def figure_anchor(figure: Figure) -> str:
    """The anchor of a figure's evidence: its id, what an anchor cannot hold as its code point."""
    return "figure-" + _anchor(figure.id)


def row_anchor(address: str) -> str:
    """The anchor of a row as received."""
    return "row-" + _anchor(address)


def _anchor(text: str) -> str:
    return _NOT_OF_ANCHORS.sub(lambda found: f".{ord(found[0]):x}.", text)


def pieces_of(sections: tuple[Section, ...]) -> Iterator[Piece]:
    """Every piece of every sentence and cell, in the order in which a reader meets them."""
    for section in sections:
        yield from section.title
        yield from section.sub
        if section.finding is not None:
            yield from section.finding.title
            yield from section.finding.text
        for block in section.blocks:
            yield from _of_block(block)


def unlinked(page: Page) -> Page:
    """The page with the rows and figures of its sentences as plain words: for where their evidence is not."""
    return cast(Page, _plain(page))


def _plain(value: object) -> object:
    if isinstance(value, Row | Number):
        return Stated(text=value.text)
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = {one.name: _plain(getattr(value, one.name)) for one in dataclasses.fields(value)}
        return dataclasses.replace(value, **parts)
    return value


def _of_block(block: Block) -> Iterator[Piece]:
    match block:
        case Paragraph():
            yield from block.text
        case Table():
            yield from _of_table(block)
        case Chart():
            yield from block.source
            yield from _of_table(block.table)
        case Chain():
            for step in block.steps:
                yield from (*step.place, *step.text, *step.row)
        case Facts():
            for _, text in block.rows:
                yield from text
        case Points():
            for text in block.items:
                yield from text
        case Folded() | Anchored():
            for inner in block.blocks:
                yield from _of_block(inner)
        case Form() | Listing():
            pass  # their words are no sentences of the page


def _of_table(table: Table) -> Iterator[Piece]:
    for row in table.rows:
        for value in row:
            yield from _of_value(value)
    yield from table.more


def _of_value(value: Value) -> Text:
    return value.text if isinstance(value, Bar | Cell) else value
