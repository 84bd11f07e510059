"""The grid of readings of an order: when is the act complete, from when does the order bind; what would
settle the open cells, and what either answer would make of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, TypeAlias

from paradero.answers.verdicts.in_words import verdict_in_words
from paradero.answers.verdicts.verdict_values import Verdict
from paradero.figures.computing import slug
from paradero.law.events import Event
from paradero.model import verdicts
from paradero.reports.content.blocks import (
    Anchored,
    Block,
    Cell,
    Mark,
    Named,
    Paragraph,
    Stated,
    Table,
    Value,
)
from paradero.reports.content.numbers import number
from paradero.reports.content.wording import Wording, joined
from paradero.reports.pages.material import Material
from paradero.reports.text.matrix_text import Line, OrderMatrix

Question: TypeAlias = Literal["bound", "in_force", "shown"]
Judging: TypeAlias = Callable[[Verdict], verdicts.Verdict]

_QUESTIONS: tuple[Question, ...] = ("bound", "in_force", "shown")
_ORDER = (
    verdicts.Verdict.VIOLATED,
    verdicts.Verdict.UNDETERMINED,
    verdicts.Verdict.COMPLIED,
    verdicts.Verdict.NOT_BOUND,
)


def order_block(material: Material, order: OrderMatrix, events: dict[str, Event], say: Wording) -> Anchored:
    """The grid of an order and what would settle it; the events that it binds under no reading in a line."""
    bound = [line for line in order.lines if not line.is_bound_nowhere]
    blocks: list[Block] = []
    if bound:
        met = list(dict.fromkeys(line.event for line in bound))
        is_of_one = len(met) == 1 and len({line.event for line in order.lines}) == 1
        grid = _grid_of_one if is_of_one and len(bound) > 1 else _grid
        blocks.append(grid(material, order, bound, events, say))
        for event in met:
            blocks += _decisive(order, event, events, say)
            blocks += _if_answered(material, [line for line in bound if line.event == event], say)
    outside = dict.fromkeys(line.event for line in order.lines if line not in bound)
    outside = {each: None for each in outside if not any(line.event == each for line in bound)}
    if outside:
        named = joined([(named_event(events[each], say),) for each in outside], "; ")
        blocks.append(Paragraph(text=say("outside", events=named), kind="small"))
    title = (Named(text=order.title, about="order", name=order.order),)
    return Anchored(id=f"order-{slug(order.name)}", title=title, blocks=tuple(blocks))


def what_of(event: Event, say: Wording) -> str:
    """What an event is, in words."""
    return say.of(event.file.what, event.file.what_es)


def named_event(event: Event, say: Wording) -> Named:
    """An event by what it is, which leads to its page."""
    return Named(text=what_of(event, say), about="event", name=event.id)


def _grid(
    material: Material, order: OrderMatrix, lines: Sequence[Line], events: dict[str, Event], say: Wording
) -> Table:
    """A line for each event and reading of when the order binds, a column for each reading of when it is
    done.
    """
    columns = list(dict.fromkeys(head for line in lines for head in line.verdicts))
    binding = any(line.binds_from for line in lines)
    titles = _reading_titles(material, order, say)
    rows: list[tuple[Value, ...]] = []
    for line in lines:
        cells: list[Value] = [(named_event(events[line.event], say),)]
        cells += [(Stated(text=titles.get(line.binds_from, line.binds_from)),)] if binding else []
        cells += [_cell(material, line, head, say) for head in columns]
        rows.append(tuple(cells))
    heads = [say.plain("event"), *([say.plain("binds")] if binding else [])]
    heads += [titles.get(each, say.plain("verdict") if each == "verdict" else each) for each in columns]
    return Table(caption=say.plain("caption_grid"), heads=tuple(heads), rows=tuple(rows))


def _grid_of_one(
    material: Material, order: OrderMatrix, lines: Sequence[Line], _events: dict[str, Event], say: Wording
) -> Table:
    """The grid of one event: a line for each reading of when the act is complete, a column for each of when
    the order binds.
    """
    titles = _reading_titles(material, order, say)
    rows: list[tuple[Value, ...]] = []
    for head in dict.fromkeys(head for line in lines for head in line.verdicts):
        named = say.plain("verdict") if head == "verdict" else titles.get(head, head)
        rows.append(((Stated(text=named),), *(_cell(material, line, head, say) for line in lines)))
    heads = [say.plain("complete"), *(titles.get(line.binds_from, line.binds_from) for line in lines)]
    return Table(caption=say.plain("caption_grid_of_one"), heads=tuple(heads), rows=tuple(rows))


def _if_answered(material: Material, lines: Sequence[Line], say: Wording) -> list[Block]:
    """Of the readings that leave a question open, how many would have which verdict by either answer to it,
    the other questions as they are; and of all open readings, by yes to all of them.
    """
    cells = [each for line in lines for each in line.verdicts.values()]
    rows: list[tuple[str, list[verdicts.Verdict]]] = []
    asked = []
    for name in _QUESTIONS:
        open_on = [each for each in cells if any(one.question == name for one in each.if_answered)]
        if open_on:
            asked.append(name)
            for answer, word in ((True, "yes"), (False, "no")):
                judged = _answered({name: answer})
                rows.append((say.plain(f"if_{name}_{word}"), [judged(each) for each in open_on]))
    if not asked:
        return []
    if len(asked) > 1:
        together = f" {say.plain('and')} ".join(say.plain(f"if_{name}_yes") for name in asked)
        judged = _answered(dict.fromkeys(_QUESTIONS, True))
        rows.append((together, [judged(each) for each in cells if each.if_answered]))
    shown = [one for one in _ORDER if any(one in found for _, found in rows)]
    heads = [verdict_in_words(one, cells[0].nature, material.verdict_words) for one in shown]
    return [
        Table(
            caption=say.plain("caption_if"),
            heads=(say.plain("if"), say.plain("open_readings"), *heads),
            rows=tuple(
                (
                    (Stated(text=label),),
                    (Stated(text=number(len(found), say.language)),),
                    *((Stated(text=number(found.count(one), say.language)),) for one in shown),
                )
                for label, found in rows
            ),
            right=tuple(range(1, len(shown) + 2)),
        )
    ]


def _answered(answers: dict[Question, bool]) -> Judging:
    """The verdict that is left where open questions have these answers; one that is still open stays so."""

    def judged(one: Verdict) -> verdicts.Verdict:
        known: tuple[tuple[Question, bool | None], ...] = (
            ("bound", one.is_bound),
            ("in_force", one.in_force),
            ("shown", one.is_shown),
        )
        bound, force, shown = (answers.get(name) if value is None else value for name, value in known)
        return verdicts.verdict_of(bound, force, shown)

    return judged


def _reading_titles(material: Material, order: OrderMatrix, say: Wording) -> dict[str, str]:
    """The titles of the readings of an order by their ids."""
    audited = material.asked.audited
    found: dict[str, str] = {}
    for variant in audited.matrix.variants if audited is not None else ():
        if variant.order.id == order.order:
            for part in variant.readings:
                if part is not None:
                    found[part.id] = say.of(part.title, part.title_es)
    return found


def _cell(material: Material, line: Line, head: str, say: Wording) -> Value:
    verdict = line.verdicts.get(head)
    if verdict is None:
        return ("–",)
    mark = Mark(text=_word(material, verdict), ink=verdict.verdict.value)
    margin = material.figure(f"margin/{slug(verdict.id)}")
    text = (say.number(margin),) if verdict.margin.is_known else ()
    return Cell(mark=mark, text=text, verdict=verdict.id)


def _word(material: Material, verdict: Verdict) -> str:
    return verdict_in_words(verdict.verdict, verdict.nature, material.verdict_words)


def _decisive(order: OrderMatrix, event: str, events: dict[str, Event], say: Wording) -> list[Block]:
    """What would settle the open verdicts on an event."""
    facts = {
        each.what: say.of(each.what, each.what_es)
        for line in order.lines
        if line.event == event
        for verdict in line.verdicts.values()
        if verdict.verdict == "undetermined"
        for each in verdict.decisive_facts
    }
    if not facts:
        return []
    named = joined([(Stated(text=each),) for each in facts.values()], "; ")
    what = named_event(events[event], say)
    return [Paragraph(text=say("settles", what=what, facts=named), kind="small")]
