"""One original: where it came from, what became of every row, how it was read, column by column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from paradero.answers.source_status import SheetStatus, SourceStatus
from paradero.answers.status import Status
from paradero.building.tables import legible, open_tables
from paradero.model.columns import meaning_of
from paradero.model.naming import unknown
from paradero.reports.content.blocks import (
    Block,
    Code,
    Facts,
    Link,
    Page,
    Points,
    Section,
    Stated,
    Table,
    Text,
)
from paradero.reports.content.numbers import number
from paradero.reports.content.wording import Wording, joined
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.web.addresses import page_at, spelled, with_options
from paradero.web.asking import Asking
from paradero.web.pages.originals.sources import count_of, days_of, status_of_standing
from paradero.web.standing import Standing

PATH = "/sources/{source}"
OPTIONS = ("sheet",)

_DRIFT = {
    "headers fit no known release": "drift_headers",
    "unexpected columns, kept as extra": "drift_unexpected",
    "perhaps renamed": "drift_renamed",
    "columns not in this file": "drift_absent",
    "columns withheld throughout": "drift_withheld",
}
_COUNTS = ("n_values", "n_blank", "n_withheld", "n_unreadable", "n_stand_in")


def names(standing: Standing) -> Iterable[Mapping[str, str]]:
    """The short id of every original."""
    return [{"source": one.source} for one in status_of_standing(standing).sources]


def page(asking: Asking) -> Page:
    """The original of that id. Raises UnknownName with near ids where there is none."""
    status = status_of_standing(asking.standing)
    source = asking.name("source")
    found = next((one for one in status.sources if one.source == source), None)
    if found is None:
        raise unknown("an original of this casefile", source, [one.source for one in status.sources])
    say = Wording("originals", asking.language)
    sections = [_facts(found, say), _sheets(asking, found, say), _unlike(status, found, say)]
    return whole(
        Material(asking.standing.asked(), asking.language, is_site=True),
        say,
        kicker=say("file_kicker", source=Code(text=found.source)),
        title=(Stated(text=found.file_name),),
        lead=_lead(found, say),
        findings=(),
        found=sections if asking.standing.keeps_rows_in else [*sections, *_columns(asking, found, say)],
    )


def _lead(one: SourceStatus, say: Wording) -> Text:
    if one.rows_in is None or one.rows_kept is None:
        return say("file_lead_unread")
    return say(
        "file_lead",
        rows=Stated(text=number(one.rows_in, say.language)),
        kept=Stated(text=number(one.rows_kept, say.language)),
        cells=Stated(text=number(one.cells_rejected or 0, say.language)),
    )


def _facts(one: SourceStatus, say: Wording) -> Section:
    not_stated: Text = (Stated(text=say.plain("not_stated")),)

    def stated(text: str | None) -> Text:
        return (Stated(text=text),) if text else not_stated

    rows: list[tuple[str, Text]] = [
        ("SHA-256", (Code(text=one.sha256),)),
        (say.plain("bytes"), (Stated(text=number(one.bytes, say.language)),)),
        (say.plain("release"), (Stated(text=one.release),)),
        (say.plain("kinds"), stated(one.kinds)),
        (say.plain("variant"), stated(one.variant)),
        (say.plain("why"), say("recorded", text=Stated(text=one.why))),
        (say.plain("days"), (Stated(text=days_of(one, say)),)),
        (say.plain("added"), (Stated(text=one.added_on),)),
        (say.plain("origin"), stated(one.origin)),
        (say.plain("licence"), stated(one.licence)),
        (say.plain("note"), stated(one.note)),
        (say.plain("rows_in"), count_of(one.rows_in, say)),
        (say.plain("rows_kept"), count_of(one.rows_kept, say)),
        (say.plain("rows_blank"), count_of(one.rows_blank, say)),
        (say.plain("rows_outside"), count_of(one.rows_outside, say)),
        (say.plain("rows_flagged"), count_of(one.rows_flagged, say)),
        (say.plain("rejected"), count_of(one.cells_rejected, say)),
    ]
    return Section(
        id="file",
        name=say.plain("file"),
        title=say("file_title"),
        blocks=(Facts(caption=say.plain("file"), rows=tuple(rows)),),
    )


def _sheets(asking: Asking, one: SourceStatus, say: Wording) -> Section:
    heads = ("sheet", "header_row", "rows_in", "rows_kept", "rows_blank", "rows_outside", "why")
    rows = tuple(_sheet(asking, one, each, say) for each in one.sheets)
    block: Block = (
        Table(
            caption=say.plain("sheets"),
            heads=tuple(say.plain(each) for each in heads),
            rows=rows,
            right=(1, 2, 3, 4, 5),
        )
        if rows
        else Points(items=(say("no_sheets"),))
    )
    return Section(
        id="sheets",
        name=say.plain("sheets"),
        title=say("sheets_title"),
        sub=say("sheets_sub"),
        blocks=(block,),
    )


def _sheet(asking: Asking, one: SourceStatus, sheet: SheetStatus, say: Wording) -> tuple[Text, ...]:
    name = sheet.name or ""
    shown = name or say.plain("only_sheet")
    to = with_options(f"/sources/{spelled(one.source)}/sheet", {"sheet": name})
    place: Text = (Stated(text=shown),) if asking.standing.keeps_rows_in else (Link(text=shown, to=to),)
    hidden: Text = (" ", *say("hidden_sheet")) if sheet.hidden else ()
    header = say.plain("no_header") if sheet.header_row is None else str(sheet.header_row)
    return (
        (*place, *hidden),
        (Stated(text=header),),
        count_of(sheet.rows_in, say),
        count_of(sheet.rows_kept, say),
        count_of(sheet.rows_blank, say),
        count_of(sheet.rows_outside, say),
        joined(
            (say("recorded", text=Stated(text=each)) for each in (sheet.why, *(sheet.remarks or ())) if each),
            "; ",
        ),
    )


def _unlike(status: Status, one: SourceStatus, say: Wording) -> Section:
    """What is unlike a known release, which cells were not taken and which were withheld."""
    items: list[Text] = [
        say(
            "drift",
            what=Stated(text=say.plain(_DRIFT[each.what])),
            columns=Stated(text=each.columns or "–"),
            sheets=Stated(text=each.sheets or say.plain("only_sheet")),
        )
        for each in status.drift
        if each.source == one.source
    ]
    items += [
        say(
            "rejects",
            cells=Stated(text=number(each.cells, say.language)),
            column=Code(text=each.column or ""),
            problem=Stated(text=say.code("missing", each.problem)),
        )
        for each in status.rejects
        if each.source == one.source
    ]
    items += [
        say(
            "withheld_of",
            cells=Stated(text=number(each.cells, say.language)),
            column=Stated(text=each.header or say.plain("no_head")),
            sheet=Stated(text=each.sheet or say.plain("only_sheet")),
        )
        for each in status.withheld
        if each.source == one.source
    ]
    items += [
        say(
            "overlap",
            rows=Stated(text=number(each.rows, say.language)),
            file=Link(text=each.file_name, to=page_at("sources", each.source)),
        )
        for each in one.overlaps
    ]
    return Section(
        id="unlike",
        name=say.plain("unlike"),
        title=say("unlike_title"),
        blocks=(Points(items=tuple(items) or (say("nothing_unlike"),)),),
    )


def _columns(asking: Asking, one: SourceStatus, say: Wording) -> list[Section]:
    """Every column of a sheet: what it was taken for, and how many cells hold what."""
    sheets = [sheet.name or "" for sheet in one.sheets]
    if not sheets:
        return []
    chosen = asking.options.get("sheet", sheets[:1])[-1]
    if chosen not in sheets:
        raise unknown("a sheet of this file", chosen, sheets)
    with open_tables(asking.standing.case, "columns") as built:
        legible(built, "columns").create_view("legible_columns")
        rows = built.rows(
            "SELECT * FROM legible_columns WHERE source = $source AND source_sheet = $sheet"
            " ORDER BY position",
            {"source": one.source, "sheet": chosen},
        )
    if not rows:
        return []
    others: list[Text] = [
        (Link(text=each, to=with_options(page_at("sources", one.source), {"sheet": each}) + "#columns"),)
        for each in sheets
        if each != chosen
    ]
    heads = ("column", "taken_for", *_COUNTS, "lowest", "highest")
    return [
        Section(
            id="columns",
            name=say.plain("columns"),
            title=say("columns_title"),
            sub=say("columns_sub"),
            blocks=(
                Table(
                    caption=f"{say.plain('columns')}: {chosen}" if chosen else say.plain("columns"),
                    heads=tuple(say.plain(each) for each in heads),
                    rows=tuple(_column(each, say) for each in rows),
                    right=tuple(range(2, 2 + len(_COUNTS))),
                    more=(*say("other_sheets"), " ", *joined(others)) if others else (),
                ),
            ),
        )
    ]


def _column(row: Mapping[str, object], say: Wording) -> tuple[Text, ...]:
    name = str(row["column_name"] or "")
    taken: Text = (
        (Link(text=name, to=with_options("/definitions/columns", {"q": name})),)
        if name and meaning_of(name)
        else (Code(text=name),)
        if name
        else say("taken_for_nothing")
    )
    return (
        (Stated(text=str(row["header"] or say.plain("no_head"))),),
        taken,
        *((Stated(text=number(int(str(row[each] or 0)), say.language)),) for each in _COUNTS),
        (Stated(text=str(row["lowest"] or "")),),
        (Stated(text=str(row["highest"] or "")),),
    )
