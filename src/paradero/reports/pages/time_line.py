"""One time line an event: its moments as bars between their bounds, and where orders begin near it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TypeAlias
from zoneinfo import ZoneInfo

from paradero.answers.verdicts.audit_reading import Reading
from paradero.figures.computing import slug
from paradero.law.events import PHASE_WORDS, Event
from paradero.model.time.clock import EPOCH, HOUR_US
from paradero.model.time.moments import Moment
from paradero.reports.charts.lanes import NARROW, WIDE, Lane, lanes
from paradero.reports.content.blocks import Chart, Stated, Table
from paradero.reports.content.numbers import day, word
from paradero.reports.content.wording import Wording, plain_text

Named: TypeAlias = tuple[str, Moment, str]  # in words, when, by its name

_NEAR = 3  # an act of the order is drawn where it lies within so many lengths of the event's own span


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
    what = Stated(text=say.of(event.file.what, event.file.what_es))
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
