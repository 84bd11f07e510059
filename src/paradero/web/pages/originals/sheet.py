"""A sheet of an original as received, at most fifty rows a page."""

from __future__ import annotations

from msgspec.structs import replace

from paradero.answers.sheet_rows import SheetRows, sheet_rows
from paradero.reports.content.blocks import (
    Block,
    Code,
    Field,
    Form,
    Link,
    Page,
    Paragraph,
    Section,
    Stated,
    Text,
)
from paradero.reports.content.numbers import number
from paradero.reports.content.wording import Wording, joined
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.web.addresses import spelled, with_options
from paradero.web.asking import Asking
from paradero.web.pages.originals.grids import grid

PATH = "/sources/{source}/sheet"
OPTIONS = ("sheet", "row", "whole")
IS_ABOUT_ROWS = True

_ROWS = 50
_CELLS = 800  # of a page: rows of many columns are fewer, so that the page stays light
_MOST_ROWS = 1 << 26


def page(asking: Asking) -> Page:
    """Rows of the sheet from the row asked for on. Raises UnknownName or SourceError where there is none."""
    first = max(asking.whole_number("row", 1, most=_MOST_ROWS), 1)
    values = asking.options.get("sheet", ("",))
    sheet = values[-1]  # as it is: a sheet's name may begin with a blank
    found = sheet_rows(asking.standing.case, asking.name("source"), sheet, first, first + _ROWS - 1)
    whole_sheet = found
    if not asking.is_on("whole"):
        least = max(1, min(_ROWS, _CELLS // max(len(found.columns), 1)))
        found = replace(found, rows=found.rows[:least])
    say = Wording("originals", asking.language)
    last = found.rows[-1].row if found.rows else first
    of = Stated(text=number(found.last_row, asking.language))
    shown = Stated(text=number(first, asking.language)), Stated(text=number(last, asking.language))
    return whole(
        Material(asking.standing.asked(), asking.language, is_site=True),
        say,
        kicker=say("sheet_kicker", source=Code(text=found.source)),
        title=(Stated(text=f"{found.file_name}: {sheet}" if sheet else found.file_name),),
        lead=say("sheet_lead", first=shown[0], last=shown[1], of=of)
        if found.rows
        else say("sheet_past", first=shown[0], of=of),
        findings=(),
        found=[_section(asking, found, first, len(whole_sheet.rows), say)],
    )


def _section(asking: Asking, found: SheetRows, first: int, n_whole: int, say: Wording) -> Section:
    at = f"/sources/{spelled(asking.name('source'))}/sheet"
    around: list[Text] = []
    n = max(len(found.rows), 1)
    as_now = {"sheet": found.sheet, "whole": asking.option("whole")}
    if first > 1:
        to = with_options(at, {**as_now, "row": str(max(first - n, 1))})
        around.append((Link(text=say.plain("earlier"), to=to),))
    if first + n <= found.last_row:
        to = with_options(at, {**as_now, "row": str(first + n)})
        around.append((Link(text=say.plain("later"), to=to),))
    if n < n_whole:
        to = with_options(at, {"sheet": found.sheet, "row": str(first), "whole": "on"})
        around.append((Link(text=say.plain("whole").format(n=n_whole), to=to),))
    blocks: list[Block] = [
        Form(
            to=at,
            button=say.plain("go"),
            fields=(
                Field(name="sheet", kind="hidden", value=found.sheet),
                Field(name="row", label=say.plain("from_row"), value=str(first)),
            ),
        )
    ]
    if found.rows:
        blocks.append(grid(found, Wording("row", asking.language), caption=say.plain("sheet_caption")))
    if around:
        blocks.append(Paragraph(text=joined(around, " · ")))
    return Section(
        id="rows", name=say.plain("rows"), title=say("rows"), sub=say("rows_sub"), blocks=tuple(blocks)
    )
