"""Two rows of originals side by side: what each says, column by column."""

from __future__ import annotations

from paradero.answers.original import OriginalRow, original
from paradero.model.errors import UnknownName
from paradero.reports.content.blocks import Code, Mark, Page, Row, Section, Stated, Table, Text, Value
from paradero.reports.content.wording import Wording
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.evidence import cells_of, row_in_words
from paradero.web.asking import Asking

PATH = "/side-by-side"
OPTIONS = ("row",)
IS_ABOUT_ROWS = True


def page(asking: Asking) -> Page:
    """The two rows named by `row`. Raises UnknownName for another number, or an address of no row."""
    addresses = asking.all_of("row")
    if len(addresses) != 2:
        raise UnknownName("Two rows are laid side by side: `?row=ADDRESS&row=ADDRESS`. Name two.")
    case = asking.standing.case
    rows = [original(case, each) for each in addresses]
    cells = [dict(cells_of(case, each)) for each in rows]
    say = Wording("side_by_side", asking.language)
    columns = list(dict.fromkeys(name for each in cells for name in each))
    n_different = sum(cells[0].get(name) != cells[1].get(name) for name in columns)
    lines: list[tuple[Value, ...]] = [
        (
            (Stated(text=name),),
            *(_cell(each.get(name), say) for each in cells),
            _verdict(cells[0].get(name), cells[1].get(name), say),
        )
        for name in columns
    ]
    heads = (say.plain("column"), *(_named(each, say) for each in rows), say.plain("same"))
    section = Section(
        id="cells",
        name=say.plain("cells"),
        title=say("cells"),
        sub=(
            Row(address=rows[0].address, text=rows[0].address),
            " · ",
            Row(address=rows[1].address, text=rows[1].address),
        ),
        blocks=(Table(caption=say.plain("caption"), heads=heads, rows=tuple(lines)),),
    )
    return whole(
        Material(asking.standing.asked(), asking.language, is_site=True),
        say,
        kicker=say("kicker"),
        title=say("title", n=Stated(text=str(n_different)), of=Stated(text=str(len(columns)))),
        lead=say("lead"),
        findings=(),
        found=[section],
    )


def _named(row: OriginalRow, say: Wording) -> str:
    return f"{row.file_name}, {row_in_words(row.address, Wording('evidence', say.language))}"


def _cell(text: str | None, say: Wording) -> Text:
    return (Stated(text=text),) if text else (Code(text=say.plain("empty")),)


def _verdict(first: str | None, second: str | None, say: Wording) -> Text:
    if first == second:
        return (say.plain("yes"),)
    return (Mark(text=say.plain("no"), ink="undetermined"),)
