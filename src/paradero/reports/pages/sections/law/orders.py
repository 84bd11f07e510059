"""Events held against orders: the grid of readings, what would settle it, and one time line an event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from paradero.answers.verdicts.audit_reading import reading
from paradero.answers.verdicts.in_words import verdict_in_words
from paradero.answers.verdicts.verdicts import Wanted, verdicts_of
from paradero.figures.computing import slug
from paradero.law.events import Event
from paradero.model.verdicts import Verdict
from paradero.reports.charts.small import small_grid
from paradero.reports.content.blocks import Block, Code, Finding, Mark, Named, Section, Stated, Text
from paradero.reports.content.wording import Part, Wording, joined
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.readings import order_block, what_of
from paradero.reports.pages.parts.time_line import timeline
from paradero.reports.text.matrix_text import OrderMatrix, matrices

RANK = 5


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
        found = sorted((each for each in found if each.lines), key=_gravity)
        if not found:
            return None
        events = {each.id: each for each in audited.matrix.events.values()}
        blocks: list[Block] = [order_block(material, each, events, say) for each in found]
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
        return None, _unbroken(found, events, say)
    _, order, event = best
    place = f"{slug(order.order)}/{slug(order.term)}/{slug(event)}"
    still_open = material.maybe(f"readings-undetermined/{place}")
    parts: dict[str, Part] = {
        "what": Stated(text=what_of(events[event], say)),
        "broken": say.bare(material.figure(f"readings-violated/{place}")),
        "readings": material.figure(f"readings/{place}"),
    }
    title = (
        say("title", **parts)
        if still_open is None
        else say("title_and_open", **parts, open=say.bare(still_open))
    )
    margin = material.figure(f"margin-violated/{place}")
    lines = [line for line in order.lines if line.event == event]
    heads = list(dict.fromkeys(head for line in lines for head in line.verdicts))
    grid = [[cell.verdict if (cell := line.verdicts.get(head)) else None for head in heads] for line in lines]
    inks = [each for each in Verdict if any(each == cell for row in grid for cell in row)]
    legend = [
        (Mark(text=verdict_in_words(each, "order", material.verdict_words), ink=each.value),) for each in inks
    ]
    way = (
        Named(text=say.plain("to_grid"), about="order", name=order.order)
        if material.is_site
        else Code(text=f"paradero why {order.form_of_ids}")
    )
    text = say("rest", margin=margin, way=way, legend=joined(legend))
    return Finding(rank=1, title=title, text=text, picture=small_grid("small-orders", grid)), title


def _unbroken(found: Sequence[OrderMatrix], events: dict[str, Event], say: Wording) -> Text:
    """Where no reading calls an event violated: whether that is open, and of one event which."""
    named = list(dict.fromkeys(line.event for order in found for line in order.lines))
    is_open = any(
        each.verdict == "undetermined"
        for order in found
        for line in order.lines
        for each in line.verdicts.values()
    )
    if len(named) != 1:
        return say("title_undetermined" if is_open else "title_open")
    what = Stated(text=what_of(events[named[0]], say))
    return say("title_undetermined_of_one" if is_open else "title_unbroken_of_one", what=what)


def _gravity(order: OrderMatrix) -> tuple[int, int]:
    """Orders that more readings call broken, then that more leave open, come first."""
    said = [each.verdict for line in order.lines for each in line.verdicts.values()]
    return (-said.count(Verdict.VIOLATED), -said.count(Verdict.UNDETERMINED))


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
