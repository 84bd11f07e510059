"""One time line an event: its moments as bars between their bounds, and where orders begin near it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TypeAlias
from zoneinfo import ZoneInfo

from paradero.answers.statement_words import time_words
from paradero.answers.verdicts.audit_reading import Reading
from paradero.figures.computing import slug
from paradero.law.events import Event
from paradero.law.forms.kinds import PHASE_WORDS
from paradero.law.lives import life_of
from paradero.law.matrix import Matrix
from paradero.model.time.clock import EPOCH, HOUR_US
from paradero.model.time.moments import Moment
from paradero.reports.charts.lanes import NARROW, WIDE, Lane, Life, lanes
from paradero.reports.content.blocks import Chart, Stated, Table
from paradero.reports.content.numbers import day, word
from paradero.reports.content.wording import Wording, plain_text

Named: TypeAlias = tuple[str, Moment, str]  # in words, when, by its name

_NEAR = 3  # an act of the order is drawn where it lies within so many lengths of the event's own span


def timeline(
    read: Reading,
    event: Event,
    say: Wording,
    *,
    order: str | None = None,
    marks: Mapping[str, str] | None = None,
) -> Chart | None:
    """The moments of an event, and where orders begin near it; None where nothing has a time.

    `order` is drawn however far it is. With `marks` (the numbers of the sources by the name of a moment) only
    what has a source is drawn, every lane with its numbers, acts name their order, and when orders were in
    force is left out: that is concluded, not stated.
    """
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
    lives: list[Life] = []
    for one in matrix.orders.values():
        for act in one.file.act:
            moment = matrix.timeline.moments.get(f"{one.id}.{act.id}")
            if act.does != "binds" or moment is None or moment.lo is None or moment.hi is None:
                continue
            if one.id == order or (min(known) - near <= moment.lo and moment.hi <= max(known) + near):
                what = say.of(act.what, act.what_es)
                named = what if marks is None else f"{what} ({one.file.court}, {one.file.docket})"
                acts.append((named, moment, f"{one.id}.{act.id}"))
                zone = one.file.zones[0] if one.file.zones else zone
    if marks is None:
        bound = {name.partition(".")[0] for _, _, name in acts}
        lives = [
            life
            for one in matrix.orders.values()
            if one.id in bound
            for life in lives_of(matrix, one.id, say)
        ]
    else:
        cited = [each for each in moments if each[2] in marks]
        moments, acts = (
            [(f"{label} {marks.get(name, '')}".rstrip(), moment, name) for label, moment, name in each]
            for each in (cited or moments, [each for each in acts if each[2] in marks])
        )
    return _drawn(read, event, [*acts, *moments], len(acts), zone, lives, say)


def lives_of(matrix: Matrix, order_id: str, say: Wording) -> list[Life]:
    """When an order was in force, under each reading of when it binds."""
    found: dict[str, Life] = {}
    for variant in matrix.variants:
        if variant.order.id != order_id:
            continue
        binding = variant.binding
        file = variant.order.file
        name = (
            say.of(file.title, file.title_es) if binding is None else say.of(binding.title, binding.title_es)
        )
        spans = [(each.lo, each.hi, each.in_force) for each in life_of(variant, matrix.timeline)]
        found.setdefault(
            "" if binding is None else binding.id, Life(name=name, spans=spans, word=say.plain("in_force"))
        )
    return list(found.values())


def life_chart(read: Reading, order_id: str, say: Wording) -> Chart | None:
    """The whole life of an order, from its beginning to what ended it; None where no time of it is known."""
    matrix = read.audited.matrix
    lives = lives_of(matrix, order_id, say)
    known = [us for life in lives for lo, hi, _ in life.spans for us in (lo, hi) if us is not None]
    if len(set(known)) < 2:
        return None
    file = matrix.orders[order_id].file
    zone = file.zones[0] if file.zones else "UTC"
    title = plain_text(say("chart_life", what=say.stated(file.title, file.title_es)))
    rows = tuple(
        (
            (Stated(text=life.name),),
            (Stated(text=say.plain({True: "in_force", False: "not_in_force", None: "open"}[in_force])),),
            (Stated(text=_bounds(lo, hi, zone, say)),),
        )
        for life in lives
        for lo, hi, in_force in life.spans
    )
    description = "; ".join(": ".join(plain_text(cell) for cell in row) for row in rows) + "."
    drawn = {
        width: lanes(
            [],
            name=f"life-{slug(order_id)}-{width}",
            title=title,
            description=description,
            language=say.language,
            zone=zone,
            width=width,
            lives=lives,
        )
        for width in (WIDE, NARROW)
    }
    heads = tuple(say.plain(each) for each in ("binds", "state", "when"))
    return Chart(
        id=f"life-{slug(order_id)}",
        title=title,
        description=description,
        wide=drawn[WIDE],
        narrow=drawn[NARROW],
        source=say("source_life", zone=Stated(text=zone)),
        table=Table(caption=title, heads=heads, rows=rows),
    )


def _drawn(
    read: Reading,
    event: Event,
    moments: Sequence[Named],
    n_acts: int,
    zone: str,
    lives: Sequence[Life],
    say: Wording,
) -> Chart:
    found = [
        Lane(
            name=label,
            lo=moment.lo,
            hi=moment.hi,
            said=_bounds(moment.lo, moment.hi, zone, say),
            is_of_court=place < n_acts,
        )
        for place, (label, moment, _) in enumerate(moments)
    ]
    what = say.stated(event.file.what, event.file.what_es)
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
            lives=lives,
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
        source=say("source" if lives else "source_stated", what=what, zone=Stated(text=zone)),
        table=Table(caption=title, heads=heads, rows=rows),
    )


def _bounds(first: int | None, last: int | None, zone: str, say: Wording) -> str:
    """From when to when, to the minute: a clock reading of a minute is the whole minute."""
    lo, hi = (_clock(us, zone, say.language) for us in (first, last))
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
    found = []
    for one in said:
        time = time_words(one.time, say.language) if one.time else one.withheld
        found.append(f"{one.by} ({kinds.plain(f'evidence_{one.evidence}')}): {time}")
    return "; ".join(dict.fromkeys(found))
