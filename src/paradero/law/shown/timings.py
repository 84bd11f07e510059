"""Readings of time that nobody states: where an event may fall between two ends that a term of the order can
have, each way of counting it is a reading of its own, beside the answer that holds for all of them.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from paradero.authored.court_time.terms import Choice, Reading, Term
from paradero.authored.relations import Related
from paradero.authored.statements import Timeline
from paradero.law.events import Event
from paradero.law.forms.readings import Standing
from paradero.law.orders import Order
from paradero.model.time.moments import Moment

_MOST = 12  # readings beyond which nobody compares them: the answer for all of them stands alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """One way of counting the disputed terms of an order, and when everything happened if it is right."""

    standing: Standing
    line: Timeline


def timings_of(
    order: Order, events: Sequence[Event], line: Timeline, again: Callable[[Mapping[str, Choice]], Timeline]
) -> list[Timing]:
    """The ways of counting between which some event or deadline may fall; none where they change nothing. A
    way whose end contradicts what is stated of it is left out: a stated end wins. `again` makes the timeline
    under them.
    """
    kinds = {each.kind for each in order.file.term}
    near = [
        line.moments[name]
        for event in events
        if event.file.kind in kinds
        for name in event.moment_names().values()
    ]
    dues = {f"{order.id}.{each.by}" for each in order.file.term if each.by}
    disputed = [
        (relation.id, found)
        for relation in order.relations
        if any(
            _may_meet(line.moments[relation.of], each)
            for each in (*near, *(line.moments[one] for one in dues - {relation.of}))
        )
        and len(found := _readings(relation, line)) > 1
    ]
    if not disputed or math.prod(len(found) for _, found in disputed) > _MOST:
        return []
    timings = []
    for readings in itertools.product(*(found for _, found in disputed)):
        counted = {name: each.choice for (name, _), each in zip(disputed, readings, strict=True)}
        made = again(counted)
        if len(made.disagreements) <= len(line.disagreements):
            timings.append(Timing(standing=_named(readings), line=made))
    return timings if len(timings) > 1 else []


def _readings(relation: Related, line: Timeline) -> list[Reading]:
    """The ends of a term that differ, counted from the earliest instant at which it can begin."""
    term: Term | None = relation.most or relation.least
    since = line.moments.get(relation.since)
    return [] if term is None or since is None or since.lo is None else term.readings(since.lo)


def _may_meet(end: Moment, event: Moment) -> bool:
    """Whether an event that is known from both sides may fall between the earliest and the latest end."""
    if end.lo is None or end.hi is None or event.lo is None or event.hi is None:
        return False
    return event.hi >= end.lo and event.lo <= end.hi


def _named(readings: Sequence[Reading]) -> Standing:
    return Standing(
        id="+".join(dict.fromkeys(each.choice.id for each in readings)),
        title="; ".join(dict.fromkeys(_sourced(each.title, each.source) for each in readings)),
        title_es="; ".join(dict.fromkeys(_sourced(each.title_es, each.source) for each in readings)),
    )


def _sourced(title: str, source: str) -> str:
    return f"{title} ({source})" if source else title
