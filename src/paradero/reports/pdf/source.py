"""A page in Typst's language. Whatever is shown stands in string literals: no text of others is ever
markup.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any

from paradero.model.safe_text import shown
from paradero.reports.content.anchors import figure_anchor, row_anchor
from paradero.reports.content.blocks import (
    Anchored,
    Bar,
    Block,
    Cell,
    Chain,
    Chart,
    Code,
    Facts,
    Folded,
    Form,
    Link,
    Listing,
    Mark,
    Missing,
    Named,
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
from paradero.reports.content.wording import Wording, plain_text

_ROWS_A_COLUMN = 12  # a table is not cut into columns of fewer rows
_NARROW = 9  # columns of tables that stand side by side on a page
_STYLE = (
    '<style>text{font-family:"Libertinus Serif";font-size:13px;fill:#1a1a1a}.t2{fill:#454545}'
    ".b{font-weight:700}.rec{fill:#0b4a82}.law{fill:#4a1230}.w{fill:#fff}.off{fill:#7d3a00}.e{text-anchor:end}.m{text-anchor:middle}"
    ".halo{paint-order:stroke;stroke:#fff;stroke-width:4px}</style>"
)


@functools.cache
def _head() -> str:
    return (files("paradero.reports.pdf") / "head.typ").read_text(encoding="utf-8")


def source_of(page: Page) -> str:
    """The whole document; the same page gives the same source."""
    return "\n".join(_document(page))


def _document(page: Page) -> Iterator[str]:
    say = Wording("page", page.language)
    title = plain_text(page.title)
    yield f"#set document(title: {_string(title)}, author: {_string('paradero')})"
    yield f"#set text(lang: {_string(page.language)}, font: {_string('Libertinus Serif')})"
    yield _head()
    foot = " · ".join(part for part in (plain_text(page.cite), page.label) if part)
    yield (
        '#set page(paper: "a4", margin: (x: 16mm, top: 16mm, bottom: 20mm), footer: context grid('
        f"columns: (1fr, auto), gutter: 6mm, small[#{_string(foot)}],"
        ' small[#counter(page).display("1 / 1", both: true)]))'
    )
    if page.label:
        yield f"#label-of-data[#{_string(page.label)}]\n"
    yield f"#kick[{_inline(page.kicker)}]\n"
    yield f"#heading(level: 1)[{_inline(page.title)}]\n"
    yield f"#lead[{_inline(page.lead)}]\n"
    for number, one in enumerate(page.findings, 1):
        said = f"#strong[#{_string(f'{number}. ')}{_inline(one.title)}]\n\n#small[{_inline(one.text)}]"
        if one.picture:
            image = f"image(bytes({_string(_as_file(one.picture))}), format: {_string('svg')}, width: 4.2cm)"
            yield f"#grid(columns: (1fr, 4.2cm), gutter: 6mm, [{said}], pdf.artifact({image}))\n"
        else:
            yield said + "\n"
    for section in page.printed:
        yield from _section(section, say)
    yield "#line(length: 100%, stroke: 0.5pt)\n"
    yield f"#small[#strong[#{_string(say.plain('cite_as'))}] {_inline(page.cite)}]\n"
    for line in page.foot:
        yield f"#small[{_inline(line)}]\n"


def _section(section: Section, say: Wording) -> Iterator[str]:
    if section.is_evidence:
        yield "#pagebreak(weak: true)"
    yield f"#heading(level: 2)[{_inline(section.title)}] <{section.id}>\n"
    if section.sub:
        yield f"#small[{_inline(section.sub)}]\n"
    if section.is_evidence:
        yield "#columns(2, gutter: 7mm)[#annex["
    for block in section.blocks:
        yield from _block(block, say)
    if section.is_evidence:
        yield "]]\n"


def _block(block: Block, say: Wording) -> Iterator[str]:
    yield from _BLOCKS[type(block)](block, say)


def _paragraph(block: Paragraph, _say: Wording) -> Iterator[str]:
    yield f"#{'lead' if block.kind == 'lead' else 'small'}[{_inline(block.text)}]\n"


def _table(table: Table, _say: Wording) -> Iterator[str]:
    heads = ", ".join(f"[#strong[#{_string(head)}]]" for head in table.heads)
    yield f"#named[#{_string(table.caption)}]"
    columns = ", ".join("auto" if place in table.right else "1fr" for place in range(len(table.heads)))
    yield f"#table(columns: ({columns},), table.header({heads}),"
    for row in table.rows:
        yield "  " + ", ".join(f"[{_value(value)}]" for value in row) + ","
    yield ")\n"
    if table.more:
        yield f"#small[{_inline(table.more)}]\n"


def _value(value: Value) -> str:
    if isinstance(value, Cell):
        return f"{_piece(value.mark)}#linebreak(){_inline(value.text)}"
    return _inline(value.text) if isinstance(value, Bar) else _inline(value)


def _chart(chart: Chart, say: Wording) -> Iterator[str]:
    drawn = _as_file(chart.wide)
    yield (
        f"#figure(image(bytes({_string(drawn)}), format: {_string('svg')}, width: 100%,"
        f" alt: {_string(f'{chart.title}. {chart.description}')}), caption: [{_inline(chart.source)}],"
        " numbering: none, supplement: none)\n"
    )
    yield from _side_by_side(chart.table, say)


def _as_file(drawn: str) -> str:
    """A picture of the page as a file of its own, with the styles of its words."""
    return drawn.replace(">", f' xmlns="http://www.w3.org/2000/svg">{_STYLE}', 1)


def _side_by_side(table: Table, say: Wording) -> Iterator[str]:
    """A long and narrow table runs through columns, so that a chart of a hundred days takes a page and not
    three.
    """
    n_columns = min(len(table.rows) // _ROWS_A_COLUMN, _NARROW // len(table.heads))
    if n_columns < 2:
        yield from _table(table, say)
        return
    yield f"#columns({n_columns}, gutter: 8mm)["
    yield from _table(table, say)
    yield "]\n"


def _chain(chain: Chain, _say: Wording) -> Iterator[str]:
    yield "#table(columns: (3.2cm, 1fr), "
    for step in chain.steps:
        when = f"#{_string(f'{step.day} {step.clock}'.strip())}"
        what = f"#strong[{_inline(step.place)}] {_inline(step.text)} #small[{_inline(step.row)}]"
        yield f"  [{when}], [{what}],"
    yield ")\n"


def _facts(facts: Facts, _say: Wording) -> Iterator[str]:
    yield f"#named[{_inline((facts.caption,))}]"
    yield "#table(columns: (4cm, 1fr),"
    for name, text in facts.rows:
        yield f"  [#{_string(name)}], [{_inline(text)}],"
    yield ")\n"


def _points(points: Points, _say: Wording) -> Iterator[str]:
    yield "#list(" + ", ".join(f"[{_inline(item)}]" for item in points.items) + ")\n"


def _folded(folded: Folded, say: Wording) -> Iterator[str]:
    yield f"#named[#{_string(folded.summary)}]"
    for inner in folded.blocks:
        yield from _block(inner, say)


def _form(_form: Form, _say: Wording) -> Iterator[str]:
    """Nothing: paper asks nobody."""
    yield from ()


def _listing(listing: Listing, _say: Wording) -> Iterator[str]:
    yield f"#raw({_string(listing.text)}, block: true)\n"


def _anchored(anchored: Anchored, say: Wording) -> Iterator[str]:
    yield f"#heading(level: 3)[{_inline(anchored.title)}] <{anchored.id}>\n"
    for inner in anchored.blocks:
        yield from _block(inner, say)


_BLOCKS: Mapping[type, Callable[[Any, Wording], Iterator[str]]] = {
    Paragraph: _paragraph,
    Table: _table,
    Chart: _chart,
    Chain: _chain,
    Facts: _facts,
    Points: _points,
    Folded: _folded,
    Anchored: _anchored,
    Form: _form,
    Listing: _listing,
}


def _inline(text: Sequence[Piece] | Text) -> str:
    return "".join(_piece(each) for each in text)


def _piece(piece: Piece) -> str:
    if isinstance(piece, str):
        return f"#{_string(piece)}"
    return _PIECES[type(piece)](piece)


_PIECES: Mapping[type, Callable[[Any], str]] = {
    Number: lambda one: f"#link(<{figure_anchor(one.figure)}>)[#strong[#{_string(one.text)}]]",
    Row: lambda one: f"#link(<{row_anchor(one.address)}>)[#{_string(one.text)}]",
    Link: lambda one: f"#link({_string(one.to)})[#{_string(one.text)}]",
    Mark: lambda one: f"#mark({_string(one.ink)})[#{_string(one.text)}]",
    Code: lambda one: f"#raw({_string(one.text)})",
    Stated: lambda one: f"#{_string(one.text)}",
    Named: lambda one: f"#{_string(one.text)}",
    Missing: lambda one: f"#{_string(one.text)}",
}


# What the font lacks is written out, as a PDF for archives cannot show it. There are the blocks of the Latin,
# Greek and Cyrillic scripts, punctuation, currencies, arrows and signs.
_NOT_THERE = re.compile(
    "[^\n\t\x20-\x7e\xa0-\xac\xae-\u0377\u037a-\u037f\u0384-\u038a\u038e-\u03a1\u03a3-\u04ff\u1e00-\u1eff"
    "\u2010-\u2027\u2030-\u2040\u2044-\u205e\u20a0-\u20bf\u2100-\u211e\u2190-\u22ff\u25a0-\u25ff]"
)


def _string(text: str) -> str:
    """A text as a string literal, followed by nothing that could be read as part of it."""
    legible = _NOT_THERE.sub(lambda found: f"\\u{ord(found[0]):04x}", shown(text))
    escaped = legible.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
