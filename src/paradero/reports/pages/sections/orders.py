"""Events held against orders: the grid of readings, what would settle it, and one time line an event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias
from zoneinfo import ZoneInfo

from paradero.answers.verdicts.audit_reading import Reading, reading
from paradero.answers.verdicts.in_words import verdict_in_words
from paradero.answers.verdicts.verdict_values import Verdict
from paradero.answers.verdicts.verdicts import Wanted, verdicts_of
from paradero.figures.computing import slug
from paradero.law.events import PHASE_WORDS, Event
from paradero.model.time.clock import EPOCH, HOUR_US
from paradero.model.time.moments import Moment
from paradero.reports.charts.lanes import NARROW, WIDE, Lane, lanes
from paradero.reports.content.blocks import (
    Anchored,
    Block,
    Cell,
    Chart,
    Code,
    Finding,
    Mark,
    Paragraph,
    Section,
    Stated,
    Table,
    Text,
    Value,
)
from paradero.reports.content.numbers import day, word
from paradero.reports.content.wording import Wording, joined, plain_text
from paradero.reports.pages.material import Material
from paradero.reports.text.matrix_text import Line, OrderMatrix, matrices

RANK = 5
Named: TypeAlias = tuple[str, Moment, str]  # in words, when, by its name

_NEAR = 3  # an act of the order is drawn where it lies within so many lengths of the event's own span


def section(material: Material) -> Section | None:
    """Each order with its grid, and for each event that it may have met the time line."""
    return law_section(material)


def law_section(material: Material, *, order: str | None = None, event: str | None = None) -> Section | None:
    """The same of one order, or of one event, where it is named; None where nothing is to be shown of it."""
    audited = material.asked.audited
    if audited is None or not audited.matrix.variants:
        return None
    say = material.wording("orders")
    with reading(audited) as read:
        found = [
            replace(each, lines=tuple(line for line in each.lines if event in (None, line.event)))
            for each in matrices(read, list(verdicts_of(read, Wanted())), material.language)
            if order in (None, each.order)
        ]
        found = [each for each in found if each.lines]
        if not found:
            return None
        events = {each.id: each for each in audited.matrix.events.values()}
        blocks: list[Block] = [_order(material, each, events, say) for each in found]
        drawn = _met(found) or ([event] if event else [])
        lines = [timeline(read, events[each], say) for each in drawn]
        blocks += [each for each in lines if each is not None]
    finding, title = _finding(material, found, events, say)
    return Section(
        id="orders",
        name=say.plain("name"),
        title=title,
        sub=say("sub"),
        blocks=tuple(blocks),
        finding=finding,
    )


def _finding(
    material: Material, found: Sequence[OrderMatrix], events: dict[str, Event], say: Wording
) -> tuple[Finding | None, Text]:
    """The event that most readings of one order call broken, and by how much."""
    best: tuple[float, OrderMatrix, str] | None = None
    for order in found:
        for event in dict.fromkeys(line.event for line in order.lines):
            broken = material.maybe(f"readings-violated/{slug(order.order)}/{slug(order.term)}/{slug(event)}")
            if broken is not None and (best is None or (broken.lo or 0) > best[0]):
                best = (broken.lo or 0, order, event)
    if best is None:
        return None, say("title_open")
    _, order, event = best
    place = f"{slug(order.order)}/{slug(order.term)}/{slug(event)}"
    title = say(
        "title",
        what=Stated(text=_what(events[event], say)),
        broken=say.bare(material.figure(f"readings-violated/{place}")),
        readings=material.figure(f"readings/{place}"),
    )
    margin = material.figure(f"margin-violated/{place}")
    text = say("rest", margin=margin, command=Code(text=f"paradero why {order.form_of_ids}"))
    return Finding(rank=1, title=title, text=text), title


def _met(found: Sequence[OrderMatrix]) -> list[str]:
    """The events that some reading calls violated or leaves open, in their order."""
    return list(
        dict.fromkeys(
            line.event
            for order in found
            for line in order.lines
            if any(each.verdict in ("violated", "undetermined") for each in line.verdicts.values())
        )
    )


def _order(material: Material, order: OrderMatrix, events: dict[str, Event], say: Wording) -> Anchored:
    """The grid of an order and what would settle it; the events that it binds under no reading in a line."""
    bound = [line for line in order.lines if not line.is_bound_nowhere]
    blocks: list[Block] = []
    if bound:
        blocks.append(_grid(material, order, bound, events, say))
        for event in dict.fromkeys(line.event for line in bound):
            blocks += _decisive(order, event, events, say)
    outside = dict.fromkeys(line.event for line in order.lines if line not in bound)
    outside = {each: None for each in outside if not any(line.event == each for line in bound)}
    if outside:
        named = joined([(Stated(text=_what(events[each], say)),) for each in outside], "; ")
        blocks.append(Paragraph(text=say("outside", events=named), kind="small"))
    return Anchored(id=f"order-{slug(order.name)}", title=(Stated(text=order.title),), blocks=tuple(blocks))


def _what(event: Event, say: Wording) -> str:
    return say.of(event.file.what, event.file.what_es)


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
        cells: list[Value] = [(Stated(text=_what(events[line.event], say)),)]
        cells += [(Stated(text=titles.get(line.binds_from, line.binds_from)),)] if binding else []
        cells += [_cell(material, line, head, say) for head in columns]
        rows.append(tuple(cells))
    heads = [say.plain("event"), *([say.plain("binds")] if binding else [])]
    heads += [titles.get(each, say.plain("verdict") if each == "verdict" else each) for each in columns]
    return Table(caption=say.plain("caption_grid"), heads=tuple(heads), rows=tuple(rows))


def _reading_titles(material: Material, order: OrderMatrix, say: Wording) -> dict[str, str]:
    """The titles of the readings of an order by their ids."""
    audited = material.asked.audited
    found: dict[str, str] = {}
    for variant in audited.matrix.variants if audited is not None else ():
        if variant.order.id == order.order:
            for part in (variant.completion, variant.binding):
                if part is not None:
                    found[part.id] = say.of(part.title, part.title_es)
    return found


def _cell(material: Material, line: Line, head: str, say: Wording) -> Value:
    verdict = line.verdicts.get(head)
    if verdict is None:
        return ("–",)
    mark = Mark(text=_word(material, verdict), ink=verdict.verdict.value)
    margin = material.figure(f"margin/{slug(verdict.id)}")
    return Cell(mark=mark, text=(say.number(margin),) if verdict.margin.is_known else ())


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
    what = Stated(text=_what(events[event], say))
    return [Paragraph(text=say("settles", what=what, facts=named), kind="small")]


def timeline(read: Reading, event: Event, say: Wording) -> Chart | None:
    """The moments of an event, and where orders begin near it; None where nothing has a time."""
    matrix = read.audited.matrix
    moments = [
        (say.of(*PHASE_WORDS[phase]), matrix.timeline.moments[name], name)
        for phase, name in event.moment_names().items()
        if name in matrix.timeline.moments
    ]
    known = [us for _, moment, _ in moments for us in (moment.lo, moment.hi) if us is not None]
    if not known:
        return None
    near = _NEAR * max(max(known) - min(known), HOUR_US)
    acts, zone = [], "UTC"
    for order in matrix.orders.values():
        for act in order.file.act:
            moment = matrix.timeline.moments.get(f"{order.id}.{act.id}")
            if act.does != "binds" or moment is None or moment.lo is None or moment.hi is None:
                continue
            if min(known) - near <= moment.lo and moment.hi <= max(known) + near:
                acts.append((say.of(act.what, act.what_es), moment, f"{order.id}.{act.id}"))
                zone = order.file.zones[0] if order.file.zones else zone
    return _drawn(read, event, [*acts, *moments], len(acts), zone, say)


def _drawn(
    read: Reading, event: Event, moments: Sequence[Named], n_acts: int, zone: str, say: Wording
) -> Chart:
    found = [
        Lane(
            name=label,
            lo=moment.lo,
            hi=moment.hi,
            said=_bounds(moment, zone, say),
            is_of_court=place < n_acts,
        )
        for place, (label, moment, _) in enumerate(moments)
    ]
    what = Stated(text=_what(event, say))
    title = plain_text(say("chart", what=what))
    described = "; ".join(f"{lane.name}: {lane.said}" for lane in found) + "."
    name = f"time-{slug(event.id)}"
    drawn = {
        width: lanes(
            found,
            name=f"{name}-{width}",
            title=title,
            description=described,
            language=say.language,
            zone=zone,
            width=width,
        )
        for width in (WIDE, NARROW)
    }
    rows = tuple(
        ((Stated(text=lane.name),), (Stated(text=lane.said),), (Stated(text=_who(read, of, say)),))
        for lane, (_, _, of) in zip(found, moments, strict=True)
    )
    heads = tuple(say.plain(each) for each in ("moment", "when", "who"))
    return Chart(
        id=name,
        title=title,
        description=described,
        wide=drawn[WIDE],
        narrow=drawn[NARROW],
        source=say("source", what=what, zone=Stated(text=zone)),
        table=Table(caption=title, heads=heads, rows=rows),
    )


def _bounds(moment: Moment, zone: str, say: Wording) -> str:
    """From when to when, to the minute: a clock reading of a minute is the whole minute."""
    lo, hi = (_clock(us, zone, say.language) for us in (moment.lo, moment.hi))
    if lo is None and hi is None:
        return say.plain("no_time")
    if lo is None:
        return f"{say.plain('by')} {hi}"
    if hi is None:
        return f"{say.plain('from')} {lo}"
    if lo == hi:
        return lo
    same_day = lo.rpartition(", ")[0] == hi.rpartition(", ")[0]
    return f"{lo} {word('to', say.language)} {hi.rpartition(', ')[2] if same_day else hi}"


def _clock(us: int | None, zone: str, language: str) -> str | None:
    if us is None:
        return None
    there = (EPOCH + dt.timedelta(microseconds=us)).replace(tzinfo=dt.UTC).astimezone(ZoneInfo(zone))
    return f"{day(there.date().isoformat(), language, short=True)}, {there:%H:%M}"


def _who(read: Reading, name: str, say: Wording) -> str:
    said = [one.said for one in read.audited.matrix.timeline.statements.get(name, ())]
    if not said:
        return say.plain("nobody")
    kinds = Wording("evidence", say.language)
    return "; ".join(
        dict.fromkeys(
            f"{one.by} ({kinds.plain(f'evidence_{one.evidence}')}): {one.time or one.withheld}"
            for one in said
        )
    )
