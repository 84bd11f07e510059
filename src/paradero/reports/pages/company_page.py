"""The page of one company: who it is, its awards, what it stands behind, who stands over it, and what the
records do not say.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import UNSET

from paradero.answers.companies.exposure_values import Candidate, CompanyCitation, Link
from paradero.answers.companies.standing import CompanyAward, CompanyReach, Standing
from paradero.figures.computing import slug
from paradero.figures.figure import Figure
from paradero.model.errors import UnknownName
from paradero.reports.charts.marks import bar
from paradero.reports.content.blocks import (
    Bar,
    Block,
    Code,
    Facts,
    Page,
    Points,
    Section,
    Stated,
    Table,
    Text,
    Value,
)
from paradero.reports.content.numbers import day, number
from paradero.reports.content.wording import Wording, joined
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.links import cited, holding, in_words

_AWARDS, _LINKS, _NAMES, _ALIKE = 10, 15, 12, 10


def company_page(material: Material) -> Page:
    """The page of the company that is asked about, by its name or key. Raises UnknownName where there is
    none, where several
    parties have the name, and for what is no company.
    """
    say = material.wording("company")
    found = material.asked.standing
    if found is None:  # `page_of` asks for a name
        raise UnknownName("No company is named. Write `--about company NAME`.")
    under = [one for one in found.awards if one.via == "under"]
    sections = [
        _who(found, say),
        _awards(material, found, under, say),
        _reached(material, "facilities", found.facilities, say),
        _reached(material, "flights", found.flights, say),
        _over(found, say),
        _alike(found.candidates, say),
        _open(found, say),
    ]
    return whole(
        material,
        say,
        kicker=say("kicker", key=Code(text=found.company.key)),
        title=_title(material, found, say),
        lead=say("lead"),
        findings=(),
        found=[each for each in sections if each is not None],
    )


def _figure(material: Material, found: Standing, name: str) -> Figure | None:
    return material.maybe(f"company-{name}/{slug(found.company.key)}")


def _title(material: Material, found: Standing, say: Wording) -> Text:
    name = Stated(text=found.company.name)
    awards, obligated = (_figure(material, found, each) for each in ("awards", "obligated"))
    if awards is not None and obligated is not None:
        return say("title_awards", name=name, awards=awards, obligated=obligated)
    reach = _figure(material, found, "flights") or _figure(material, found, "facilities")
    return say("title_none", name=name) if reach is None else say("title_reach", name=name, reach=reach)


def _who(found: Standing, say: Wording) -> Section:
    company = found.company
    rows: list[tuple[str, Text]] = [
        (say.plain("names"), joined([(Stated(text=each),) for each in company.names[:_NAMES]], "; ")),
        (say.plain("ids"), joined([(Code(text=each),) for each in company.identifiers])),
    ]
    apart = company.about.identifiers_not_joined
    if apart is not UNSET and apart:
        rows.append((say.plain("not_joined"), joined([(Code(text=each),) for each in apart])))
    if company.citations:
        rows.append((say.plain("said_by"), cited(company.citations, say)))
    return Section(
        id="who",
        name=say.plain("who_name"),
        title=say("who"),
        sub=say("who_sub"),
        blocks=(Facts(caption=say.plain("glance"), rows=tuple(rows)),),
    )


def _awards(material: Material, found: Standing, under: Sequence[CompanyAward], say: Wording) -> Section:
    own = [one for one in found.awards if one.via == "itself"]
    awards, obligated = (_figure(material, found, each) for each in ("awards", "obligated"))
    blocks: list[Block] = []
    if awards is not None and obligated is not None:
        title = say("awards", awards=awards, obligated=obligated)
        blocks.append(_totals(material, found, obligated, say))
        blocks.append(_table(material, own, "caption_awards", say))
    else:
        title = say("awards_none")
    if under:
        blocks.append(_table(material, under, "caption_under", say))
    if found.subawards:
        blocks.append(_subawards(found.subawards, say))
    return Section(
        id="awards",
        name=say.plain("awards_name"),
        title=title,
        sub=say("awards_sub") if blocks else (),
        blocks=tuple(blocks),
    )


def _totals(material: Material, found: Standing, obligated: Figure, say: Wording) -> Facts:
    rows: list[tuple[str, Text]] = [(say.plain("total_obligated"), (say.number(obligated),))]
    paid = _figure(material, found, "paid")
    rows.append((say.plain("total_paid"), say("none_paid") if paid is None else (say.number(paid),)))
    for name, label in (("awards-unreported", "total_unreported"), ("awards-in-part", "total_part")):
        figure = _figure(material, found, name)
        if figure is not None:
            rows.append((say.plain(label), (say.number(figure),)))
    return Facts(caption=say.plain("totals"), rows=tuple(rows))


def _table(material: Material, awards: Sequence[CompanyAward], caption: str, say: Wording) -> Table:
    """The largest awards, each amount a figure; bars share one scale."""
    shown = awards[:_AWARDS]
    ends = [float(each) for one in shown for each in (one.obligated_lo, one.obligated_hi) if each is not None]
    least, most = min([0.0, *ends]), max([0.0, *ends])
    is_under = caption == "caption_under"
    rows = tuple(_award(material, one, (least, most), say, is_under=is_under) for one in shown)
    heads = ("award", "holder" if is_under else "agency", "obligated", "paid", "ceiling", "as_of")
    company = awards[0].company
    command = Code(text=f'paradero exposure "{company}" --limit 0')
    left = len(awards) - len(shown)
    return Table(
        caption=say.plain(caption),
        heads=tuple(say.plain(each) for each in heads),
        rows=rows,
        more=say("more_awards", n=Stated(text=number(left, say.language)), command=command) if left else (),
    )


def _award(
    material: Material, one: CompanyAward, scale: tuple[float, float], say: Wording, *, is_under: bool
) -> tuple[Value, ...]:
    key = f"{slug(one.company)}/{slug(one.award_key)}"
    part: Text = (f" ({say.plain('in_part')})",) if one.actions == "part" else ()
    return (
        (Code(text=one.piid),),
        (Stated(text=(one.holder if is_under else one.agency) or say.plain("not_recorded")),),
        Bar(
            text=(say.number(material.figure(f"company-award-obligated/{key}")), *part),
            svg=bar(_float(one.obligated_lo), _float(one.obligated_hi), *scale),
        ),
        _amount(material, f"company-award-paid/{key}", one.outlayed, "not_reported", say),
        _amount(material, f"company-award-ceiling/{key}", one.ceiling, "not_recorded", say),
        _day(one.as_of, say),
    )


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _amount(material: Material, figure_id: str, value: Decimal | None, missing: str, say: Wording) -> Text:
    """An amount as a figure; where there is none, that it is not reported: never a zero."""
    return (say.plain(missing),) if value is None else (say.number(material.figure(figure_id)),)


def _day(text: str | None, say: Wording) -> Text:
    return (Stated(text=say.plain("not_recorded") if text is None else day(text, say.language, short=True)),)


def _subawards(links: Sequence[Link], say: Wording) -> Table:
    rows = []
    for link in links[:_LINKS]:
        money = link.edges[-1].money
        amount = None if money is None else money.amount
        rows.append(
            (
                (Stated(text=link.nodes[-2].name),),
                in_words(link, say.language),
                (
                    Stated(
                        text=say.plain("not_recorded")
                        if amount is None
                        else f"US${number(float(amount), say.language)}"
                    ),
                ),
                (holding(link, say.language),),
                _cited_with_notes(link.edges[-1].citations, say),
            )
        )
    heads = tuple(say.plain(each) for each in ("award", "link", "passed", "holds", "who_says"))
    return Table(caption=say.plain("caption_subawards"), heads=heads, rows=tuple(rows))


def _cited_with_notes(citations: Sequence[CompanyCitation], say: Wording) -> Text:
    """Who says so, and what is noted of it."""
    notes = dict.fromkeys(one.note for one in citations if one.note is not UNSET and one.note)
    noted = [piece for note in notes for piece in (" ", *say("note_of", note=Stated(text=note)))]
    return (*cited(citations, say), *noted)


def _reached(material: Material, name: str, reached: Sequence[CompanyReach], say: Wording) -> Section:
    label = say.plain(f"{name}_name")
    if not reached:
        return Section(id=name, name=label, title=say(f"{name}_none"))
    figure = material.figure(f"company-{name}/{slug(reached[0].company)}")
    rows = tuple(
        (
            in_words(one.links[0], say.language),
            (holding(one.links[0], say.language),),
            joined([cited(step.citations, say) for step in one.links[0].edges], "; "),
        )
        for one in reached[:_LINKS]
    )
    left = len(reached) - len(rows)
    command = Code(text=f'paradero exposure "{reached[0].company}" --limit 0')
    table = Table(
        caption=say.plain(f"caption_{name}"),
        heads=tuple(say.plain(each) for each in ("link", "holds", "who_says")),
        rows=rows,
        more=say("more_links", n=Stated(text=number(left, say.language)), command=command) if left else (),
    )
    return Section(id=name, name=label, title=say(name, reach=figure), sub=say("reach_sub"), blocks=(table,))


def _over(found: Standing, say: Wording) -> Section:
    if not found.over:
        return Section(id="over", name=say.plain("over_name"), title=say("over_none"))
    rows = tuple(
        (
            in_words(link, say.language),
            (holding(link, say.language),),
            joined([cited(step.citations, say) for step in link.edges], "; "),
        )
        for link in found.over[:_LINKS]
    )
    heads = tuple(say.plain(each) for each in ("link", "holds", "who_says"))
    table = Table(caption=say.plain("caption_over"), heads=heads, rows=rows)
    return Section(id="over", name=say.plain("over_name"), title=say("over"), blocks=(table,))


def _alike(candidates: Sequence[Candidate], say: Wording) -> Section | None:
    if not candidates:
        return None
    rows = tuple(((Stated(text=one.name),), (Code(text=one.key),)) for one in candidates[:_ALIKE])
    table = Table(caption=say.plain("caption_alike"), heads=(say.plain("party"), say.plain("key")), rows=rows)
    return Section(
        id="alike", name=say.plain("alike_name"), title=say("alike"), sub=say("alike_sub"), blocks=(table,)
    )


def _open(found: Standing, say: Wording) -> Section:
    own = [one for one in found.awards if one.via == "itself"]
    said = {
        "open_people": bool(own),
        "open_paid": any(one.payment == "not reported" for one in own),
        "open_part": any(one.actions == "part" for one in own),
        "open_awards": found.has_awards,
        "open_no_records": not found.has_awards,
        "open_adding": bool(found.subawards) or any(one.via == "under" for one in found.awards),
        "open_apart": found.n_apart > 0,
        "open_cut": found.is_cut,
        "open_knew": True,
    }
    items = tuple(say(name) for name, is_so in said.items() if is_so)
    return Section(id="open", name=say.plain("open_name"), title=say("open"), blocks=(Points(items=items),))
