"""The time line of a verdict in text: the order's own times and the event's, from the first to the last, the
moment that is asked about marked, and which of them may stand the other way round.
"""

from __future__ import annotations

from dataclasses import dataclass

from paradero.answers.verdicts.steps.in_force import asked_moment
from paradero.answers.verdicts.steps.said import Asked
from paradero.law.forms.kinds import PHASE_WORDS
from paradero.model.time.comparisons import Bounded


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A time of the line: `is_phase` one of the event's own, which follow each other; `is_asked` the one that
    is asked about.
    """

    at: Bounded
    what: str
    is_phase: bool = False
    is_asked: bool = False


def in_order_lines(asked: Asked) -> list[str]:
    """One line a time, by its earliest instant; of two that overlap it is told that their order is open.
    Nothing where fewer than two have a bound.
    """
    words = asked.words
    entries = sorted(
        (each for each in _entries(asked) if (each.at.lo, each.at.hi) != (None, None)), key=_earliest
    )
    if len(entries) < 2:
        return []
    lines = [words("in_order", zone=asked.zone)]
    for entry, after in zip(entries, [*entries[1:], None], strict=True):
        form = "in_order_asked" if entry.is_asked else "in_order_line"
        line = words(form, bounds=asked.span(entry.at), what=entry.what)
        lines.append(line + (words("in_order_open") if after and _may_follow(entry, after) else ""))
    return lines


def _entries(asked: Asked) -> list[Entry]:
    """The acts of the order that count, the phases of the event, and the moment asked about."""
    line = asked.matrix.line_of(asked.variant)
    at, phase = asked_moment(asked)
    found: list[Entry] = []
    for act_id in asked.variant.acts:
        act = asked.variant.order.act(act_id)
        moment = line.moments[f"{asked.variant.order.id}.{act_id}"]
        found.append(Entry(at=moment, what=asked.words.of(act.what, act.what_es)))
    for name, of in asked.event.moment_names().items():
        if name in PHASE_WORDS and name != phase and of in line.moments:
            found.append(Entry(at=line.moments[of], what=asked.words.of(*PHASE_WORDS[name]), is_phase=True))
    what = asked.words.of(*PHASE_WORDS[phase]) if phase else asked.words("in_order_due")
    return [*found, Entry(at=at, what=what, is_phase=phase is not None, is_asked=True)]


def _earliest(entry: Entry) -> tuple[float, float]:
    lo, hi = entry.at.lo, entry.at.hi
    return float("-inf") if lo is None else lo, float("inf") if hi is None else hi


def _may_follow(one: Entry, other: Entry) -> bool:
    """Whether the first may come after the second; what happens in an event happens in its order."""
    is_open = one.at.hi is None or other.at.lo is None or one.at.hi > other.at.lo
    return is_open and not (one.is_phase and other.is_phase)
