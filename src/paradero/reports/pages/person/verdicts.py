"""What rules and orders say of a person's events: each verdict with its row, and which rules and orders no
event of theirs was held against.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from paradero.answers.people.history import History
from paradero.answers.verdicts.audit_reading import reading, rules_on_people
from paradero.answers.verdicts.auditing import Audited
from paradero.answers.verdicts.in_words import verdict_in_words
from paradero.answers.verdicts.verdict_ids import parse_id
from paradero.answers.verdicts.verdict_values import Verdict
from paradero.answers.verdicts.verdicts import Wanted, verdicts_of
from paradero.authored.declared import AuthoredError
from paradero.model import verdicts
from paradero.model.errors import CasefileError
from paradero.reports.content.blocks import (
    Block,
    Cell,
    Code,
    Folded,
    Mark,
    Named,
    Paragraph,
    Piece,
    Section,
    Stated,
    Table,
    Text,
    Value,
)
from paradero.reports.content.numbers import day, number
from paradero.reports.content.wording import Wording, joined, plain_text
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.evidence import row_of
from paradero.reports.pages.sections.law.rules import reading_of

_FIRST = (verdicts.Verdict.VIOLATED, verdicts.Verdict.UNDETERMINED)  # others are there to be opened


def verdicts_section(material: Material, history: History) -> Section:
    """The verdicts on one person's events; where there is none, that nothing was judged, never that nothing
    was broken. Rules that cannot be applied at all keep nobody from their history.
    """
    say = material.wording("person_verdicts")
    try:
        audited = material.asked.audited
    except (AuthoredError, CasefileError):
        return _section(say, "not_judged_now")
    if audited is None:
        return _section(say, "not_judged")
    wanted = Wanted(
        subject=history.unique_identifier, release=history.release, verdicts=tuple(verdicts.Verdict)
    )
    with reading(audited) as read:
        found = list(verdicts_of(read, wanted))
    if not found:
        return _section(say, "not_judged")
    on_people = rules_on_people(audited)
    blocks: list[Block] = []
    if first := [one for one in found if one.verdict in _FIRST]:
        blocks.append(_table(material, audited, first, say, "caption"))
    for verdict in (verdicts.Verdict.COMPLIED, verdicts.Verdict.NOT_BOUND):
        if apart := [one for one in found if one.verdict == verdict]:
            caption = f"caption_{verdict.value}"
            table = _table(material, audited, apart, say, caption)
            n = Stated(text=number(len(apart), say.language))
            summary = plain_text(say("folded", what=Stated(text=say.plain(caption)), n=n))
            blocks.append(Folded(summary=summary, blocks=(table,)))
    if untold := _not_judged(audited, found, on_people, say):
        named = joined(((each,) for each in untold), "; ")
        blocks.append(Paragraph(text=say("others", rules=named), kind="small"))
    return _section(say, "title", blocks, more=_reasons(material, history, say))


def _reasons(material: Material, history: History, say: Wording) -> Text:
    """Where the reasons are: at the verdicts on a site, under a command in a file."""
    if material.is_site:
        return say("reasons")
    command = f"paradero audit --subject {history.unique_identifier} --release {history.release}"
    return say("reasons_of_file", command=Code(text=command))


def _section(say: Wording, title: str, blocks: Iterable[Block] = (), *, more: Text = ()) -> Section:
    sub = (*say("sub"), " ", *more) if title == "title" else say("no_sign")
    return Section(id="verdicts", name=say.plain("name"), title=say(title), sub=sub, blocks=tuple(blocks))


def _table(
    material: Material, audited: Audited, found: Sequence[Verdict], say: Wording, caption: str
) -> Table:
    """A line a verdict, the gravest first, then in the order of the events."""
    ranked = sorted(
        found,
        key=lambda one: (
            one.verdict != verdicts.Verdict.VIOLATED,
            one.nature == "indicator",
            one.event_from or "",
            one.id,
        ),
    )
    heads = tuple(say.plain(each) for each in ("rule", "version", "verdict", "event", "row"))
    return Table(
        caption=say.plain(caption),
        heads=heads,
        rows=tuple(_line(material, audited, one, say) for one in ranked),
    )


def _line(material: Material, audited: Audited, one: Verdict, say: Wording) -> tuple[Value, ...]:
    word = verdict_in_words(one.verdict, one.nature, material.verdict_words)
    when = day(one.event_from, say.language, short=True) if one.event_from else say.plain("no_time")
    return (
        (_judged(audited, one, say),),
        (Stated(text=_reading(audited, one, say) or "–"),),
        Cell(mark=Mark(text=word, ink=one.verdict.value), text=(), verdict=one.id),
        (Stated(text=f"{_event(audited, one, say)}, {when}"),),
        joined(row_of(each, say.language) for each in one.addresses) or ("–",),
    )


def _judged(audited: Audited, one: Verdict, say: Wording) -> Piece:
    """The rule or the order that was held against the event."""
    if one.order is None:
        file = audited.law.rules[one.rule].file
        return say.stated(file.title, file.title_es)
    order = next(each for each in audited.law.orders if each.id == one.order)
    return Named(text=say.of(order.file.title, order.file.title_es), about="order", name=order.id)


def _reading(audited: Audited, one: Verdict, say: Wording) -> str:
    """The version of a rule and its reading; of an order the readings of when it binds and what it asks."""
    if one.order is None:
        return reading_of(audited.law.rules[one.rule], one, say)
    part = parse_id(one.id).part
    variant = next(
        each
        for each in audited.matrix.variants
        if (each.order.id, each.term.id, each.construction) == (one.order, part, one.construction)
    )
    readings = [each for each in (variant.completion, variant.binding) if each is not None]
    return "; ".join(say.of(each.title, each.title_es) for each in readings)


def _event(audited: Audited, one: Verdict, say: Wording) -> str:
    """What happened, as the rule calls the events that it is held against."""
    rule = audited.law.rules.get(one.rule)
    return one.event if rule is None else say.of(rule.file.event, rule.file.event_es)


def _not_judged(
    audited: Audited, found: Sequence[Verdict], on_people: Sequence[str], say: Wording
) -> list[Piece]:
    """The orders, and the rules that speak of people, without any verdict on an event of the person."""
    met = {(one.order, None if one.order else one.rule) for one in found}
    rules = [audited.law.rules[each].file for each in on_people if (None, each) not in met]
    orders = [each for each in audited.law.orders if (each.id, None) not in met]
    return [
        *(say.stated(each.title, each.title_es) for each in rules),
        *(
            Named(text=say.of(each.file.title, each.file.title_es), about="order", name=each.id)
            for each in orders
        ),
    ]
