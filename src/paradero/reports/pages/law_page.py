"""The pages of one order and of one event: the grid of readings, the time line, what each text says, and
who says what.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from paradero.answers.statement_words import time_words
from paradero.answers.verdicts.audit_reading import reading
from paradero.authored.cited import Cited
from paradero.authored.statements import Said
from paradero.law.rules import Text as LawText
from paradero.model.naming import unknown
from paradero.reports.content.blocks import (
    Block,
    Code,
    Link,
    Page,
    Piece,
    Points,
    Section,
    Stated,
    Table,
    Text,
)
from paradero.reports.content.numbers import number, span
from paradero.reports.content.wording import Wording, joined
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.time_line import life_chart
from paradero.reports.pages.sections.law.orders import law_section


def order_page(material: Material, order_id: str) -> Page:
    """The page of an order by its id. Raises UnknownName with near ids."""
    orders = {each.id: each for each in material.asked.law.orders}
    if order_id not in orders:
        raise unknown("an order of this casefile", order_id, orders)
    file = orders[order_id].file
    say = material.wording("law")
    acts = [(say.of(act.what, act.what_es), one) for act in file.act for one in act.said]
    texts = [*file.text]
    texts += [text for binding in file.binding for text in binding.text]
    texts += [text for completion in file.completion for text in completion.text]
    texts += [text for counting in file.counting for text in counting.text]
    texts += [text for reach in file.reach for text in reach.text]
    return _page(
        material,
        say,
        kicker=say("kicker_order", id=Code(text=order_id)),
        title=(say.stated(file.title, file.title_es),),
        lead=say(
            "lead_order",
            court=Stated(text=file.court),
            docket=Stated(text=file.docket),
            binds=say.stated(file.scope.binds),
            protects=say.stated(file.scope.protects, file.scope.protects_es),
        ),
        law=_with_life(material, order_id, law_section(material, order=order_id)),
        silent=(
            say("declares", what=Stated(text=say.of(file.declares, file.declares_es)))
            if file.declares
            else None
        ),
        more=[_statements("acts", acts, say, material.asked.law.cited), _texts(texts, say)],
    )


def _with_life(material: Material, order_id: str, law: Section | None) -> Section | None:
    """The law of an order, before it when the order was in force."""
    audited = material.asked.audited
    if law is None or audited is None:
        return law
    with reading(audited) as read:
        chart = life_chart(read, order_id, material.wording("orders"))
    return law if chart is None else replace(law, blocks=(chart, *law.blocks))


def event_page(material: Material, event_id: str) -> Page:
    """The page of an event that a file states, by its id: a flight is one. Raises UnknownName with near
    ids.
    """
    events = {each.id: each for each in material.asked.law.events}
    if event_id not in events:
        raise unknown("an event of this casefile", event_id, events)
    file = events[event_id].file
    say = material.wording("law")
    law = law_section(material, event=event_id)
    what = (say.stated(file.what, file.what_es),)
    moments = [(say.code("phase", moment.phase), one) for moment in file.moment for one in moment.said]
    return _page(
        material,
        say,
        kicker=say("kicker_event", id=Code(text=event_id)),
        title=what if law is None else law.title,
        lead=say("lead_event", who=say.stated(file.subject.what, file.subject.what_es)),
        law=None if law is None else replace(law, title=material.wording("orders")("readings")),
        more=[_statements("moments", moments, say, material.asked.law.cited)],
    )


def _page(
    material: Material,
    say: Wording,
    *,
    kicker: Text,
    title: Text,
    lead: Text,
    law: Section | None,
    more: Iterable[Section | None],
    silent: Text | None = None,
) -> Page:
    """A page whose law comes first; where no order speaks of the event, that is said, or why there is
    nothing.
    """
    first = law or Section(id="orders", name=say.plain("none_name"), title=silent or say("none"))
    return whole(
        material,
        say,
        kicker=kicker,
        title=title,
        lead=lead,
        findings=(),
        found=[first, *(each for each in more if each is not None)],
    )


def _statements(name: str, said: list[tuple[str, Said]], say: Wording, cited: Cited) -> Section | None:
    """How many independent sources date each moment, then who says what of it, as they say it."""
    if not said:
        return None
    kinds = Wording("evidence", say.language)
    rows: list[tuple[Text, ...]] = [
        (
            (Stated(text=of),),
            (Stated(text=time_words(one.time, say.language) if one.time else say.plain("withheld")),),
            (Stated(text=one.by),),
            (kinds.plain(f"evidence_{one.evidence}"),),
            _links(one.seen),
        )
        for of, one in said
    ]
    heads = tuple(say.plain(each) for each in ("moment", "says", "who", "evidence", "seen"))
    blocks: tuple[Block, ...] = (
        _independent(said, say, cited),
        Table(caption=say.plain(name), heads=heads, rows=tuple(rows)),
    )
    return Section(id=name, name=say.plain(name), title=say(name), sub=say("as_said"), blocks=blocks)


def _independent(said: list[tuple[str, Said]], say: Wording, cited: Cited) -> Table:
    """Of each moment, how many independent sources give it a time; those that withhold it give none."""
    rows: list[tuple[Text, ...]] = []
    for moment in dict.fromkeys(of for of, _ in said):
        by = [one.by for of, one in said if of == moment and one.time]
        found = cited.independent(by)
        named: list[Text] = [(Stated(text=each),) for each in found.origins]
        rows.append(
            (
                (Stated(text=moment),),
                (Stated(text=number(len(by), say.language)),),
                (Stated(text=span(found.lo, found.hi, say.language)),),
                joined(named, "; ") or (Stated(text="–"),),
            )
        )
    heads = tuple(say.plain(each) for each in ("moment", "statements", "independent", "origins"))
    return Table(caption=say.plain("caption_independent"), heads=heads, rows=tuple(rows), right=(1, 2))


def _texts(texts: list[LawText], say: Wording) -> Section | None:
    """What the order says, and whether its words were read in their source."""
    if not texts:
        return None
    items: list[Text] = []
    for one in texts:
        name = Stated(text=f"{one.instrument}, {one.pin}")
        read = say("read" if one.read else "not_read")
        said = say.stated(one.says, one.says_es)
        items.append(
            (name, ": ", said, " ", *read, " ", *_links([each for each in (one.url, one.seen) if each]))
        )
    return Section(
        id="texts", name=say.plain("texts"), title=say("texts"), blocks=(Points(items=tuple(items)),)
    )


def _links(places: Iterable[str]) -> Text:
    pieces: list[Piece] = []
    for place in places:
        pieces.append(" " if pieces else "")
        if place.startswith(("https://", "http://")):
            host = place.removeprefix("https://").removeprefix("http://").partition("/")[0]
            pieces.append(Link(text=host, to=place))
        else:
            pieces.append(Stated(text=place))
    return tuple(piece for piece in pieces if piece != "")
