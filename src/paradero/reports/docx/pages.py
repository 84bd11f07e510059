"""A page as DOCX: headings, sentences, tables, links inside and outside; of each picture its words and its
table.

A word processor edits it, so nothing in it proves anything by itself: the digest in its last lines leads
back to the casefile.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from paradero.model.errors import ParaderoError
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
    Number,
    Page,
    Paragraph,
    Piece,
    Points,
    Row,
    Table,
    Text,
    Value,
)
from paradero.reports.content.wording import Wording, plain_text

_EPOCH = dt.datetime(2000, 1, 1)
_ZIPPED = (2000, 1, 1, 0, 0, 0)  # the same page gives the same bytes
_LANGUAGES = {"en": "en-US", "es": "es-MX"}


def docx_of(page: Page) -> bytes:
    """The page as a document. Raises ParaderoError where python-docx is not installed."""
    try:
        import docx
    except ImportError as error:
        raise ParaderoError("A DOCX needs python-docx. Run `pip install 'paradero[print]'`.") from error
    written = _Written(docx.Document(), page.language)
    written.page(page)
    stream = io.BytesIO()
    written.document.save(stream)
    return _without_times(stream.getvalue())


def _without_times(content: bytes) -> bytes:
    """The same parts in the same order, none with the time at which it was packed."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _ZIPPED), old.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


class _Written:
    """A document that is being written; bookmarks are numbered as they come."""

    def __init__(self, document: Any, language: str) -> None:
        self.document = document
        self.say = Wording("page", language)
        self.language = language
        self._names: dict[str, str] = {}

    def page(self, page: Page) -> None:
        """The whole page, in the order in which a browser shows it."""
        self._settings(page)
        if page.label:
            self._line((page.label,), style="Intense Quote")
        self._line(page.kicker)
        self._line(page.title, style="Title")
        self._line(page.lead, style="Subtitle")
        for one in page.findings:
            self._line(one.title, style="List Number")
            self._line(one.text)
        for section in page.printed:
            self._heading(section.title, 1, section.id)
            if section.sub:
                self._line(section.sub)
            for block in section.blocks:
                self._block(block)
        self._line((f"{self.say.plain('cite_as')} ", *page.cite))
        for line in page.foot:
            self._line(line)

    def _settings(self, page: Page) -> None:
        properties = self.document.core_properties
        properties.title = shown(plain_text(page.title))[:255]
        properties.author = "paradero"
        properties.comments = ""
        properties.language = _LANGUAGES[self.language]
        properties.created = properties.modified = _EPOCH

    def _block(self, block: Block) -> None:
        _BLOCKS[type(block)](self, block)

    def _line(self, text: Text, *, style: str | None = None) -> Any:
        paragraph = self.document.add_paragraph(style=style)
        self._pieces(paragraph, text)
        return paragraph

    def _heading(self, text: Text, level: int, anchor: str) -> None:
        paragraph = self.document.add_heading(level=level)
        self._bookmark(paragraph, anchor)
        self._pieces(paragraph, text)

    def paragraph(self, block: Paragraph) -> None:
        self._line(block.text)

    def table(self, table: Table) -> None:
        self._line((table.caption,), style="Caption")
        rows = [tuple((head,) for head in table.heads), *table.rows]
        self._cells(rows, len(table.heads), heads=True)
        if table.more:
            self._line(table.more)

    def chart(self, chart: Chart) -> None:
        self._line((f"{chart.title}. {chart.description}",))
        self._line(chart.source)
        self.table(chart.table)

    def chain(self, chain: Chain) -> None:
        rows = [
            ((f"{step.day} {step.clock}".strip(),), (*step.place, " ", *step.text, " ", *step.row))
            for step in chain.steps
        ]
        self._cells(rows, 2)

    def facts(self, facts: Facts) -> None:
        self._line((facts.caption,), style="Caption")
        self._cells([((name,), text) for name, text in facts.rows], 2)

    def points(self, points: Points) -> None:
        for item in points.items:
            self._line(item, style="List Bullet")

    def folded(self, folded: Folded) -> None:
        self._line((folded.summary,), style="Caption")
        for inner in folded.blocks:
            self._block(inner)

    def anchored(self, anchored: Anchored) -> None:
        self._heading(anchored.title, 2, anchored.id)
        for inner in anchored.blocks:
            self._block(inner)

    def form(self, _form: Form) -> None:
        """Nothing: a draft asks nobody."""

    def listing(self, listing: Listing) -> None:
        for line in listing.text.splitlines():
            self._line((Code(text=line),))

    def _cells(self, rows: Sequence[Sequence[Value]], width: int, *, heads: bool = False) -> None:
        """A table; its first row is repeated on every sheet where it has heads."""
        from docx.oxml import OxmlElement

        made = self.document.add_table(rows=0, cols=width, style="Table Grid")
        for row in rows:
            for cell, value in zip(made.add_row().cells, row, strict=True):
                self._pieces(cell.paragraphs[0], _text(value))
        if heads:
            made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))

    def _pieces(self, paragraph: Any, text: Text) -> None:
        for piece in text:
            if isinstance(piece, Number):
                self._inside(paragraph, figure_anchor(piece.figure), piece.text)
            elif isinstance(piece, Row):
                self._inside(paragraph, row_anchor(piece.address), piece.text)
            elif isinstance(piece, Link):
                self._outside(paragraph, piece)
            else:
                run = paragraph.add_run(shown(_words(piece)))
                run.bold = isinstance(piece, Mark) or None
                if isinstance(piece, Code):
                    run.font.name = "Courier New"

    def _name(self, anchor: str) -> str:
        """A bookmark's name: at most 40 letters, so they are numbered."""
        return self._names.setdefault(anchor, f"paradero{len(self._names)}")

    def _bookmark(self, paragraph: Any, anchor: str) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        name = self._name(anchor)
        for kind in ("w:bookmarkStart", "w:bookmarkEnd"):
            mark = OxmlElement(kind)
            mark.set(qn("w:id"), name.removeprefix("paradero"))
            if kind == "w:bookmarkStart":
                mark.set(qn("w:name"), name)
            paragraph._p.append(mark)

    def _inside(self, paragraph: Any, anchor: str, words: str) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), self._name(anchor))
        self._linked(paragraph, link, words)

    def _outside(self, paragraph: Any, piece: Link) -> None:
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        link = OxmlElement("w:hyperlink")
        link.set(
            qn("r:id"),
            paragraph.part.relate_to(shown(piece.to), RELATIONSHIP_TYPE.HYPERLINK, is_external=True),
        )
        self._linked(paragraph, link, piece.text)

    def _linked(self, paragraph: Any, link: Any, words: str) -> None:
        run = paragraph.add_run(shown(words))
        run.underline = True
        link.append(run._r)
        paragraph._p.append(link)


def _words(piece: Piece) -> str:
    return piece if isinstance(piece, str) else piece.text


def _text(value: Value) -> Text:
    if isinstance(value, Cell):
        return (value.mark, " ", *value.text)
    return value.text if isinstance(value, Bar) else value


_BLOCKS: Mapping[type, Callable[[_Written, Any], None]] = {
    Paragraph: _Written.paragraph,
    Table: _Written.table,
    Chart: _Written.chart,
    Chain: _Written.chain,
    Facts: _Written.facts,
    Points: _Written.points,
    Folded: _Written.folded,
    Anchored: _Written.anchored,
    Form: _Written.form,
    Listing: _Written.listing,
}
