"""What is due again and again: which entry answers which day, and which days have none."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from paradero.authored.statements import Timeline
from paradero.law.events import Event
from paradero.law.forms.terms import Every
from paradero.law.orders import Order
from paradero.law.shown.parts import parts_given
from paradero.law.shown.values import Lack, Shown, Span, Told, after, either, elapsed, negated
from paradero.law.shown.variants import Variant
from paradero.model.time.comparisons import not_before
from paradero.model.time.reading import parse_moment

_LENGTH = re.compile(r"P(?:(\d+)D|(\d+)W|(\d+)M)")
_MOST = 400  # days that an open end can be away: beyond it, nothing is asked that nobody can count
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def dues(every: Every, order: Order, line: Timeline) -> list[tuple[str, Span]]:
    """Each day on which it is due, and by which instant, until the act that ends it or so many times."""
    end = line.moments[f"{order.id}.{every.until}"].hi if every.until else None
    found: list[tuple[str, Span]] = []
    for number in range(min(every.times or _MOST, _MOST)):
        text = _shifted(every.first, every.length, number)
        moment = parse_moment(text, zones=order.file.zones)
        if end is not None and moment.lo is not None and moment.lo > end:
            break
        found.append((text[:10], (moment.lo, moment.hi)))
    return found


def _shifted(first: str, length: str, number: int) -> str:
    """The time on the court's clock so many lengths after the first one."""
    day, rest = dt.date.fromisoformat(first[:10]), first[10:]
    found = _LENGTH.fullmatch(length)
    days, weeks, months = (int(one or 0) for one in found.groups()) if found else (1, 0, 0)
    if not months:
        return (day + dt.timedelta(days=number * (days + 7 * weeks))).isoformat() + rest
    year, month = divmod(day.year * 12 + day.month - 1 + number * months, 12)
    last = (dt.date(year + (month == 11), (month + 1) % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(day.day, last)).isoformat() + rest


def reported(
    variant: Variant,
    told: Told,
    due: Sequence[tuple[str, Span]],
    silent: Sequence[int],
    complete_until: int | None,
) -> dict[int, Shown]:
    """The answer for every day on which something is due: an entry made since the day before it answers it; a
    day without one is open, unless the docket was read when it was complete, and holds no entry too many.
    """
    name = f"{variant.order.id}/{variant.term.id}"
    entries = {
        number: one
        for number, one in told.events.items()
        if one.file.kind == variant.term.requires
        and not one.of
        and told.did(one) is not False
        and told.named(one, name) != "another"
        and not_before(told.when(one.done()), variant.begin) is not False
    }
    rows: dict[int, Shown] = {}
    certain = {number: one for number, one in entries.items() if _is_certain(variant, one, told)}
    used = _in_their_time(certain, due, told)
    answered = 0  # days before this one that certainly have an entry of their own
    for place, (_, span) in enumerate(due):
        mine = [number for number, its in used.items() if its == place]
        ended = _may_have_ended(variant, span, told)
        if mine:
            first = min(mine, key=lambda one: told.span(entries[one].done())[0] or 0)
            rows[first] = replace(_entry(variant, entries[first], span, told), is_free=ended)
            answered += 1
            continue
        # an entry too many by then may have been made early, for this day
        by_then = [one for one in entries.values() if after(told.span(one.done()), span) is not True]
        is_missing = complete_until is not None and span[1] is not None and complete_until > span[1]
        shown = True if is_missing and len(by_then) <= answered else None
        lacks = () if shown else (Lack(fact="docket"),)
        rows[silent[place]] = Shown(is_shown=shown, at=span, is_free=ended, lacks=lacks)
    return rows


def _may_have_ended(variant: Variant, due: Span, told: Told) -> bool | None:
    """False where a day lies before the act that ends the series; None where it may lie after it."""
    every = variant.term.every
    if every is None or not every.until:
        return False
    end = told.span(f"{variant.order.id}.{every.until}")
    is_before = due[1] is not None and end[0] is not None and due[1] <= end[0]
    return False if is_before else None


def _is_certain(variant: Variant, entry: Event, told: Told) -> bool:
    """Whether an entry was made, after the order, and nobody says that it was for something else."""
    name = f"{variant.order.id}/{variant.term.id}"
    is_after = not_before(told.when(entry.done()), variant.begin)
    return bool(told.did(entry) and is_after) and told.named(entry, name) != "doubted"


def _in_their_time(
    entries: Mapping[int, Event], due: Sequence[tuple[str, Span]], told: Told
) -> dict[int, int | None]:
    """The place of the day that each entry was made for: the first that it is not late for; None where that
    is open.
    """
    found: dict[int, int | None] = {}
    for number, entry in entries.items():
        made = told.span(entry.done())
        late = [after(made, span) for _, span in due]
        if None in late or not due:
            found[number] = None
            continue
        found[number] = late.index(False) if False in late else len(due)
    return found


def _entry(variant: Variant, entry: Event, due: Span, told: Told) -> Shown:
    given = parts_given(variant.term, entry, told)
    made = told.span(entry.done())
    shown = either((after(made, due), negated(given)))
    lacks = (Lack(fact="item", name=", ".join(variant.term.items)),) if shown is None else ()
    return Shown(is_shown=shown, at=due, margin=elapsed(due, made), lacks=lacks)
