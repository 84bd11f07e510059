"""A table of a page as comma-separated text, a chart as a picture: exactly what the page shows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from paradero.model.errors import UnknownName
from paradero.model.safe_text import disarmed, shown
from paradero.reports.charts.marks import number, words
from paradero.reports.content.blocks import Anchored, Bar, Block, Cell, Chart, Folded, Page, Table, Value
from paradero.reports.content.wording import Wording, plain_text
from paradero.web.asking import Asking
from paradero.web.outside.pages import page_for
from paradero.web.page_modules import PageModule
from paradero.web.writing import leaving_page

_TABLE = re.compile(r"table-([1-9]\d{0,4})")
_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_STYLE = (
    "<style>text{font-family:sans-serif;font-size:13px;fill:#1a1a1a}.t2{fill:#454545}.b{font-weight:700}"
    ".rec{fill:#0b4a82}.law{fill:#4a1230}.w{fill:#fff}.off{fill:#7d3a00}.und{fill:#5f4600}"
    ".e{text-anchor:end}.m{text-anchor:middle}"
    ".halo{paint-order:stroke;stroke:#fff;stroke-width:4px}</style>"
)
_LINE_PX = 18


def table_taken(module: PageModule, asking: Asking, part: str) -> bytes:
    """The table of that number (`table-2`), in the order of the page, cells as words, disarmed as in every
    file for spreadsheets. Raises UnknownName where the page has no such table.
    """
    page = leaving_page(asking, page_for(module, asking))
    tables = list(tables_of(page))
    asked = _TABLE.fullmatch(part)
    at = int(asked[1]) if asked else 0
    if not 1 <= at <= len(tables):
        raise _no_such(asking, part)
    table = tables[at - 1]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([disarmed(head) for head in table.heads])
    writer.writerows([disarmed(_words(value)) for value in row] for row in table.rows)
    return text.getvalue().encode("utf-8")


def chart_taken(module: PageModule, asking: Asking, part: str) -> bytes:
    """The chart of that id as a picture that stands alone, its source and label under it. Raises UnknownName
    where the page has none.
    """
    page = leaving_page(asking, page_for(module, asking))
    chart = next((one for one in charts_of(page) if one.id == part), None)
    if chart is None:
        raise _no_such(asking, part)
    return picture_of(chart, page)


def picture_of(chart: Chart, page: Page) -> bytes:
    """A chart of a page as it leaves, as a picture that stands alone."""
    box = _BOX.search(chart.wide)
    width, height = (float(one) for one in box.groups()) if box else (860.0, 400.0)
    under = [each for each in (page.label, plain_text(page.cite)) if each]
    lines = "".join(
        words(0, height + _LINE_PX * place, each, "t2") for place, each in enumerate(under, start=1)
    )
    taller = f'viewBox="0 0 {number(width)} {number(height + _LINE_PX * len(under) + 6)}"'
    drawn = _BOX.sub(taller, chart.wide, count=1)
    drawn = drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    head, _, rest = drawn.partition(">")
    return (f"{head}>{_STYLE}{rest.removesuffix('</svg>')}{lines}</svg>").encode()


def charts_of(page: Page) -> Iterator[Chart]:
    """Every chart of a page."""
    return (one for one in _blocks(page) if isinstance(one, Chart))


def tables_of(page: Page) -> Iterator[Table]:
    """Every table of a page in the order in which it is read, those behind charts among them."""
    for one in _blocks(page):
        if isinstance(one, Table):
            yield one
        elif isinstance(one, Chart):
            yield one.table


def _blocks(page: Page) -> Iterator[Block]:
    for section in page.sections:
        yield from _inner(section.blocks)


def _inner(blocks: Iterable[Block]) -> Iterator[Block]:
    for one in blocks:
        yield one
        if isinstance(one, Folded | Anchored):
            yield from _inner(one.blocks)


def _words(value: Value) -> str:
    if isinstance(value, Cell):
        return shown(f"{value.mark.text} {plain_text(value.text)}".strip())
    return shown(plain_text(value.text if isinstance(value, Bar) else value)).strip()


def _no_such(asking: Asking, part: str) -> UnknownName:
    return UnknownName(plain_text(Wording("site", asking.language)("no_such_part", part=part)))
