"""What is due again and again: which entry answers which time, and which times have none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from paradero.law.events import Event
from paradero.law.forms.ends import Bounds, after_the_end, undone_at_the_end
from paradero.law.shown.parts import parts_given
from paradero.law.shown.periods import force_of
from paradero.law.shown.repeated.dues import Due
from paradero.law.shown.values import Lack, Shown, Span, Told, after, elapsed
from paradero.law.shown.variants import Variant
from paradero.model.time.comparisons import not_before as moment_not_before


def reported(
    variant: Variant, told: Told, due: Sequence[Due], silent: Sequence[int], complete_until: int | None
) -> dict[int, Shown]:
    """The answer for every time at which something is due: an entry made since the time before it answers it,
    or as many as are due each time, save one that says for which time it was made, or that lies nearer to the
    time before, which has none: that one it answers late. A time with too few is open, unless the docket was
    read when it was complete, or somebody says that nothing was done until later, and holds no entry too
    many.
    """
    name = f"{variant.order.id}/{variant.term.id}"
    entries = {
        number: one
        for number, one in told.events.items()
        if one.file.kind == variant.term.requires
        and not one.of
        and told.did(one) is not False
        and told.named(one, name) != "another"
        and moment_not_before(told.when(variant.done(one)), variant.begin) is not False
    }
    each = variant.term.every.each if variant.term.every else 1
    rows: dict[int, Shown] = {}
    certain = {number: one for number, one in entries.items() if _is_certain(variant, one, told)}
    named = {n: place for n, one in entries.items() if (place := _named(variant, one, due, told)) is not None}
    used = _in_their_time(variant, certain, due, told)
    used |= {number: place for number, place in named.items() if number in certain}
    answered = 0  # entries that times before this one certainly have for themselves
    whole = 0  # and of these, those that have all that is asked for
    for place, one in enumerate(due):
        # an entry too many by then may have been made early, for this time
        by_then = {
            number
            for number, entry in entries.items()
            if named.get(number, place) == place
            and _is_late(told.span(variant.done(entry)), one.span) is not True
        }
        n_own = sum(its == place for its in used.values())
        if n_own < each:
            near, doubtful = (
                [n for n in some if n not in named and used[n] in (None, place + 1)]
                for some in _near(variant, certain, due, place, told)
            )
            n_left = len(by_then - set(near)) - answered
            is_short = n_left < each
            # what is late for a time that has none answers that, not the next one
            meant = near[: each - n_own]
            used |= dict.fromkeys(meant, place if is_short else None)
            if len(meant) < each - n_own or not is_short:
                used |= dict.fromkeys(doubtful, None)
        mine = {number: entries[number] for number, its in used.items() if its == place}
        late = {n: _is_late(told.span(variant.done(entry)), one.span) for n, entry in mine.items()}
        early = {number: entries[number] for number in entries if number in by_then and number not in mine}
        ended = None if one.may_be_off else _may_have_ended(variant, one.span, told)
        if len(mine) >= each:
            in_time = {number: mine[number] for number in mine if late[number] is False}
            shown: bool | None
            if len(in_time) >= each:
                number, shown, lacks = _of_entries(variant, told, in_time, early, each, whole)
            else:
                number = sorted(mine, key=lambda n: told.span(variant.done(mine[n]))[0] or 0)[each - 1]
                shown = True if sum(each_late is not True for each_late in late.values()) < each else None
                lacks = () if shown else (Lack(fact="done"),)
            margin = elapsed(one.span, told.span(variant.done(entries[number])))
            rows[number] = Shown(is_shown=shown, at=one.span, is_free=ended, margin=margin, lacks=lacks)
            # of a time at which nothing may have been due, the entries may be for the next
            n_unnamed = 0 if one.may_be_off else max(each - sum(n in named for n in mine), 0)
            answered += n_unnamed
            whole += n_unnamed if shown is False else 0
            continue
        is_missing = complete_until is not None and one.span[1] is not None and complete_until > one.span[1]
        n_in_time = sum(each_late is not True for each_late in late.values())
        is_short = (is_missing and n_in_time + len(early) - answered < each) or _is_denied(
            variant, told, entries, one.span
        )
        rows[silent[place]] = Shown(
            is_shown=True if is_short else None,
            at=one.span,
            is_free=ended,
            lacks=() if is_short else (Lack(fact="docket"),),
        )
    return rows


def _named(variant: Variant, entry: Event, due: Sequence[Due], told: Told) -> int | None:
    """The place of the time that an entry says it was made for, by the name that silence there has."""
    term = f"{variant.order.id}/{variant.term.id}"
    if not any(each.events for each in entry.file.answers):
        return None
    found = [
        place
        for place, one in enumerate(due)
        if told.named(entry, term, f"untold-{variant.term.id}-{one.name}") == "named"
    ]
    return found[0] if len(found) == 1 else None


def _near(
    variant: Variant, entries: Mapping[int, Event], due: Sequence[Due], place: int, told: Told
) -> tuple[list[int], list[int]]:
    """The entries that are, or may be, late for a time and certainly lie nearer to it than to the next one,
    the first of them first; and those that may be meant for it, as they may lie nearer, or as the order may
    not have been in force. None where it was not, or where nothing may have been due.
    """
    one, then = due[place], due[place + 1] if place + 1 < len(due) else None
    force = force_of(variant, told.line)
    lo, hi = one.span
    if lo is None or hi is None or one.may_be_off or (then is not None and then.may_be_off):
        return [], []
    at = [lo, *(mark for mark in force.marks() if lo < mark <= hi), hi]
    if not any(force.may_be(us) for us in at):
        return [], []
    is_sure = all(force.is_sure(us) for us in at)
    made = {number: told.span(variant.done(entry)) for number, entry in entries.items()}
    near: list[int] = []
    doubtful: list[int] = []
    for number in sorted(made, key=lambda one: (made[one][0] or 0, one)):
        span = made[number]
        is_of_before = place > 0 and not _is_late(span, due[place - 1].span)
        if _is_late(span, one.span) is False or is_of_before:
            continue
        nearer = True if then is None else _is_nearer(span, one.span, then.span)
        if nearer is not False:
            (near if nearer and is_sure else doubtful).append(number)
    return near, doubtful


def _is_late(made: Span, due: Span) -> bool | None:
    """Whether an entry came after a time at which one was due."""
    return after_the_end(Bounds(*made), Bounds(*due))


def _is_nearer(made: Span, past: Span, coming: Span) -> bool | None:
    """Whether an entry lies nearer to the time that is past than to the one to come."""
    (first, last), (past_lo, past_hi), (next_lo, next_hi) = made, past, coming
    if last is not None and past_lo is not None and next_lo is not None and 2 * last < past_lo + next_lo:
        return True
    is_farther = None not in (first, past_hi, next_hi) and 2 * (first or 0) >= (past_hi or 0) + (next_hi or 0)
    return False if is_farther else None


def _of_entries(
    variant: Variant, told: Told, mine: Mapping[int, Event], early: Mapping[int, Event], each: int, taken: int
) -> tuple[int, bool | None, tuple[Lack, ...]]:
    """The entry that a time stands beside, and whether too few of its entries have the parts asked for;
    `taken` of those made by then are for times before it.
    """
    given = {number: parts_given(variant.term, entry, told) for number, entry in mine.items()}
    order = sorted(mine, key=lambda one: told.span(variant.done(mine[one]))[0] or 0)
    with_all = [number for number in order if given[number]]
    if len(with_all) >= each:
        return with_all[each - 1], False, ()
    may_help = sum(parts_given(variant.term, entry, told) is not False for entry in early.values())
    may_be_whole = sum(answer is not False for answer in given.values())
    if may_be_whole < each and may_help <= taken:
        return order[each - 1], True, ()
    return order[each - 1], None, (Lack(fact="item", name=", ".join(variant.term.items)),)


def _is_denied(variant: Variant, told: Told, entries: Mapping[int, Event], due: Span) -> bool:
    """Whether somebody says that nothing had been done for this term until the time was past, and nobody
    tells of an entry that may have been made by then.
    """
    name = f"{variant.order.id}/{variant.term.id}"
    for one in told.events.values():
        if one.file.kind != variant.term.requires or one.of or told.did(one) is not False:
            continue
        until = told.span(variant.done(one))
        if told.named(one, name) == "named" and undone_at_the_end(Bounds(*until), Bounds(*due)):
            return all(after(told.span(variant.done(entry)), until) for entry in entries.values())
    return False


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
    is_after = moment_not_before(told.when(variant.done(entry)), variant.begin)
    return bool(told.did(entry) and is_after) and told.named(entry, name) != "doubted"


def _in_their_time(
    variant: Variant, entries: Mapping[int, Event], due: Sequence[Due], told: Told
) -> dict[int, int | None]:
    """The place of the time that each entry was made for: the first that it is not late for; None where that
    is open.
    """
    found: dict[int, int | None] = {}
    for number, entry in entries.items():
        made = told.span(variant.done(entry))
        late = [_is_late(made, one.span) for one in due]
        if None in late or not due:
            found[number] = None
            continue
        found[number] = late.index(False) if False in late else len(due)
    return found
