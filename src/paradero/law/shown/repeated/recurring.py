"""What is due again and again: which entry answers which time, and which times have none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from paradero.law.events import Event
from paradero.law.shown.parts import parts_given
from paradero.law.shown.repeated.dues import Due
from paradero.law.shown.values import Lack, Shown, Span, Told, after, elapsed
from paradero.law.shown.variants import Variant
from paradero.model.time.comparisons import not_before as moment_not_before


def reported(
    variant: Variant, told: Told, due: Sequence[Due], silent: Sequence[int], complete_until: int | None
) -> dict[int, Shown]:
    """The answer for every time at which something is due: an entry made since the time before it answers it,
    or as many as are due each time. A time with too few is open, unless the docket was read when it was
    complete, or somebody says that nothing was done until later, and holds no entry too many.
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
    used = _in_their_time(variant, certain, due, told)
    answered = 0  # entries that times before this one certainly have for themselves
    whole = 0  # and of these, those that have all that is asked for
    for place, one in enumerate(due):
        mine = {number: entries[number] for number, its in used.items() if its == place}
        # an entry too many by then may have been made early, for this time
        early = {
            number: entry
            for number, entry in entries.items()
            if number not in mine and after(told.span(variant.done(entry)), one.span) is not True
        }
        ended = None if one.may_be_off else _may_have_ended(variant, one.span, told)
        if len(mine) >= each:
            number, shown, lacks = _of_entries(variant, told, mine, early, each, whole)
            margin = elapsed(one.span, told.span(variant.done(entries[number])))
            rows[number] = Shown(is_shown=shown, at=one.span, is_free=ended, margin=margin, lacks=lacks)
            # of a time at which nothing may have been due, the entries may be for the next
            answered += 0 if one.may_be_off else each
            whole += each if shown is False and not one.may_be_off else 0
            continue
        is_missing = complete_until is not None and one.span[1] is not None and complete_until > one.span[1]
        is_short = (is_missing and len(mine) + len(early) - answered < each) or _is_denied(
            variant, told, entries, one.span
        )
        rows[silent[place]] = Shown(
            is_shown=True if is_short else None,
            at=one.span,
            is_free=ended,
            lacks=() if is_short else (Lack(fact="docket"),),
        )
    return rows


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
        if told.named(one, name) == "named" and after(until, due):
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
        late = [after(made, one.span) for one in due]
        if None in late or not due:
            found[number] = None
            continue
        found[number] = late.index(False) if False in late else len(due)
    return found
