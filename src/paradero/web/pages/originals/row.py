"""One row of an original, as received, among its neighbours; and what was made of it."""

from __future__ import annotations

from paradero.answers.people.row_uses import FigureOfRow, PersonOfRow, RowUses, row_uses
from paradero.answers.sheet_rows import SheetColumn, SheetLine, SheetRows, sheet_rows
from paradero.custody.definitions import definitions
from paradero.model.addresses import Address, parse_address
from paradero.model.columns import meaning_of
from paradero.model.errors import CasefileError, UnknownName
from paradero.model.naming import unknown
from paradero.reports.content.blocks import (
    Block,
    Code,
    Facts,
    Field,
    Form,
    Link,
    Named,
    Page,
    Paragraph,
    Points,
    Section,
    Stated,
    Text,
)
from paradero.reports.content.numbers import number, span
from paradero.reports.content.wording import Wording
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.web.addresses import page_at, with_options
from paradero.web.asking import Asking
from paradero.web.pages.originals.grids import cell_text, grid

PATH = "/rows/{name:path}"
OPTIONS = ("column",)
IS_ABOUT_ROWS = True

_BESIDE = 3  # rows either side


def page(asking: Asking) -> Page:
    """The row of the address. Raises UnknownName or SourceError where there is no such row or column."""
    case = asking.standing.case
    address = parse_address(asking.name("name"))
    found = sheet_rows(case, address.source, address.sheet, address.row - _BESIDE, address.row + _BESIDE)
    line = next((each for each in found.rows if each.row == address.row), None)
    if line is None:
        raise UnknownName(
            f"`{address}`: the sheet has no row {address.row:,}. Its rows go up to {found.last_row:,}."
        )
    column = _column(found, asking.option("column"))
    say = Wording("row", asking.language)
    place = say(
        "place_in_sheet" if address.sheet else "place", row=_said(address.row), sheet=_said(address.sheet)
    )
    return whole(
        Material(asking.standing.asked(), asking.language, is_site=True),
        say,
        kicker=say("kicker", address=Code(text=str(address))),
        title=say("title", file=_said(found.file_name), place=place),
        lead=_lead(found, line, column, say),
        findings=(),
        found=[_sheet(found, line, column, say), _made(asking, address, say)],
    )


def _column(found: SheetRows, asked: str) -> SheetColumn | None:
    if not asked:
        return None
    for one in found.columns:
        if asked in (one.letter, one.name):
            return one
    raise unknown("a column of this sheet", asked, [each.name for each in found.columns])


def _said(text: str | int) -> Stated:
    return Stated(text=str(text))


def _lead(found: SheetRows, line: SheetLine, column: SheetColumn | None, say: Wording) -> Text:
    received: Text = say("received", file=_said(found.file_name), sha=Code(text=found.sha256[:12]))
    if column is None:
        return received
    cell = line.cells[found.columns.index(column)]
    if cell.state == "blank":
        return (*say("cell_blank", column=_said(column.name), letter=_said(column.letter)), " ", *received)
    value = cell_text(cell, say)
    return (*say("cell", column=_said(column.name), letter=_said(column.letter), value=value), " ", *received)


def _sheet(found: SheetRows, line: SheetLine, column: SheetColumn | None, say: Wording) -> Section:
    cells = tuple(
        (f"{each.letter} · {each.name}", cell_text(cell, say))
        for each, cell in zip(found.columns, line.cells, strict=True)
        if cell.state != "blank"
    )
    address = Address(source=found.source, sheet=found.sheet, row=line.row)
    blocks: list[Block] = [
        grid(
            found,
            say,
            caption=say.plain("grid"),
            cited=line.row,
            marked=column.letter if column is not None else "",
        ),
        Facts(caption=say.plain("filled"), rows=cells),
        Form(
            to=page_at("rows", str(address)),
            button=say.plain("show"),
            fields=(
                Field(
                    name="column",
                    label=say.plain("column"),
                    kind="choice",
                    value=column.letter if column is not None else "",
                    options=(
                        ("", say.plain("no_column")),
                        *((each.letter, f"{each.letter} · {each.name}") for each in found.columns),
                    ),
                ),
            ),
        ),
    ]
    if found.kept_in:
        blocks.append(Paragraph(text=say("kept_in", letters=_said(", ".join(found.kept_in))), kind="small"))
    return Section(
        id="sheet",
        name=say.plain("sheet_name"),
        title=say("sheet_title"),
        sub=say("sheet_sub"),
        blocks=tuple(blocks),
    )


def _made(asking: Asking, address: Address, say: Wording) -> Section:
    """What was made of the row, and where the file stands."""
    case = asking.standing.case
    try:
        uses = row_uses(case, str(address))
    except CasefileError:
        uses = RowUses(address=str(address), is_built=False, uses=[], persons=[], rejects=[], figures=[])
    around = with_options(
        page_at("sources", address.source) + "/sheet", {"sheet": address.sheet, "row": str(address.row)}
    )
    items: list[Text] = [say("whose", person=_person(each)) for each in uses.persons]
    items += [_use(asking, each.table_name, each.column_name, uses.address, say) for each in uses.uses]
    items += [_figure(each, say) for each in uses.figures]
    items += [
        say(
            "rejected" if each.value is not None else "rejected_empty",
            column=Code(text=each.column_name or ""),
            value=_said(each.value or ""),
            problem=_said(say.code("missing", each.problem)),
        )
        for each in uses.rejects
    ]
    if not items:
        items = [say("nothing_made" if uses.is_built else "not_built")]
    items.append(say("around", sheet=Link(text=say.plain("whole_sheet"), to=around)))
    items.append(
        say("all_of_file", file=Link(text=say.plain("the_file"), to=page_at("sources", address.source)))
    )
    return Section(
        id="made", name=say.plain("made_name"), title=say("made_title"), blocks=(Points(items=tuple(items)),)
    )


def _person(one: PersonOfRow) -> Named:
    return Named(text=one.unique_identifier, about="person", name=one.unique_identifier, release=one.release)


def _figure(one: FigureOfRow, say: Wording) -> Text:
    """What was read as a published figure, what it was held against, and the way back to that day."""
    how = say.code("definition", one.definition) if one.definition in definitions() else one.definition or ""
    outcome, n = _said(say.code("published", one.status)), _said(number(one.published, say.language))
    compared = say(
        "figure" if one.n_lo is not None and one.n_hi is not None else "figure_alone",
        n=n,
        what=_said(how[:1].lower() + how[1:]),
        release=_said(one.release or "–"),
        allowed=_said(span(one.n_lo or 0, one.n_hi, say.language)),
        outcome=outcome,
    )
    if one.facility is None:
        return compared
    asked: dict[str, str | list[str]] = {}
    if one.day is not None:
        asked = {"day": str(one.day), "definition": one.definition or ""}
    to = with_options(page_at("facility", one.facility), asked)
    return (
        *compared,
        " ",
        Link(text=say.plain("back_to_day" if one.day else "back_to_facility"), to=to),
        ".",
    )


def _use(asking: Asking, table: str, column: str, address: str, say: Wording) -> Text:
    to = with_options(page_at("tables", table), {"where": f"{column}_address:is:{address}"})
    meaning = meaning_of(column, language=asking.language) or column
    return say("in_table", table=Link(text=table, to=to), meaning=_said(meaning[:1].lower() + meaning[1:]))
