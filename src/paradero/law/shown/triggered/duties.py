"""What is due, or forbidden, within a time after a trigger of each person's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from paradero.law.events import Event
from paradero.law.forms.ends import Bounds, after_the_end, undone_at_the_end
from paradero.law.forms.terms import Within
from paradero.law.shown.parts import parts_given, parts_together
from paradero.law.shown.triggered.acts import (
    acts_of,
    are_too_few,
    is_theirs,
    name_of,
    of_the_one_protected,
    triggers_of,
    ways_of,
)
from paradero.law.shown.values import Lack, Shown, Span, Told, both, either, elapsed, negated, not_before
from paradero.law.shown.variants import Variant

Rows = dict[int, Shown]  # by the number of the event that the answer stands beside
TERM_OF_LAW = "court"  # the evidence by which an excuse is settled: a court says so


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What is owed after one trigger: to whom, by when, and what is told of it.

    `missing` is the number of the event that stands for silence.
    """

    trigger: int
    missing: int
    due: Span
    owed: bool | None
    rows: Mapping[int, Shown]

    @property
    def is_breached(self) -> bool | None:
        """Whether it was not done in time, and nothing excused that, as far as all that is told agrees."""
        answers = {both((each.is_shown, negated(each.is_free))) for each in self.rows.values()}
        return answers.pop() if len(answers) == 1 else None


def forbidden_within(variant: Variant, within: Within, event: Event, told: Told) -> Shown:
    """Whether the thing was done within the time after a trigger in which it is forbidden."""
    phase = event.moment_names()[str(variant.phase)]
    term = variant.court(within.length, within.rule)
    answers: list[bool | None] = []
    is_told = False  # of one at least that certainly started a time of theirs
    for trigger in triggers_of(within, told).values():
        theirs = told.covers(trigger, event)
        is_told = is_told or bool(theirs and told.did(trigger))
        start = trigger.done()
        begun = told.at_least(start, phase, variant.court("PT0S", "elapsed"))
        ended = told.at_least(start, phase, term)
        answers.append(both((theirs, told.did(trigger), begun, negated(ended))))
    inside = either(answers)
    inside = inside if inside or is_told else None
    did = told.did(event)
    lacks = [Lack(fact="trigger")] if inside is None else []
    return Shown(
        is_shown=both((did, inside)), lacks=(*lacks, *([Lack(fact="happened")] if did is None else ()))
    )


def duties(
    variant: Variant, within: Within, told: Told, silent: Mapping[int, int], bound: Mapping[int, bool | None]
) -> list[Duty]:
    """What is owed after each trigger, with what is told of it. `silent` gives the event that stands for the
    silence after a trigger, `bound` whether the order protects those whom the trigger is about.
    """
    triggers = {
        number: of_the_one_protected(variant, one, told)
        for number, one in triggers_of(within, told).items()
        if bound.get(number) is not False
    }
    fitting = {
        number: acts_of(variant, number, trigger, triggers, told) for number, trigger in triggers.items()
    }
    found = []
    for number, trigger in triggers.items():
        due = _due(variant, within, trigger, told)
        acts = fitting[number]
        rows: Rows = {other: _row(variant, within, trigger, act, due, told) for other, act in acts.items()}
        certain = [
            other for other, act in acts.items() if told.covers(act, trigger) and told.did(act) is not None
        ]
        is_told = any(is_theirs(variant, trigger, acts[other], told) for other in certain)
        if not is_told or are_too_few(variant, number, fitting, triggers, told):
            rows[silent[number]] = Shown(is_shown=None, at=due, lacks=(Lack(fact="done"),), is_free=False)
        if ways := ways_of(variant, number, fitting, triggers, told):
            acts, rows = _whichever(number, acts, rows, ways)
        if len(acts) > 1:
            late = {other: _is_late(variant, within, trigger, act, due, told) for other, act in acts.items()}
            rows = _agreed(variant, rows, acts, late, told)
        excused = _is_excused(within, trigger, acts.values(), told)
        if excused is not False:
            lacks = (Lack(fact="excuse"),) if excused is None else ()
            rows = {
                other: replace(row, is_free=excused, lacks=(*row.lacks, *lacks))
                for other, row in rows.items()
            }
        is_owed = bound.get(number) and told.did(trigger)
        # else it may be owed to nobody, and an act may answer a trigger of which nobody tells
        rows = {
            other: row
            if other not in acts
            or (
                is_owed
                and told.covers(acts[other], trigger)
                and is_theirs(variant, trigger, acts[other], told)
            )
            else replace(row, at=(None, None))
            for other, row in rows.items()
        }
        owed = both((told.did(trigger), _is_after_the_order(variant, trigger, told)))
        found.append(Duty(trigger=number, missing=silent[number], due=due, owed=owed, rows=rows))
    return found


def _is_after_the_order(variant: Variant, trigger: Event, told: Told) -> bool | None:
    """True where the trigger came when the order bound. Of one before, nobody says whether it starts a time,
    and whether from itself or from the order: that is open.
    """
    return not_before(told.span(trigger.done()), (variant.begin.lo, variant.begin.hi)) or None


def _whichever(
    number: int, acts: Mapping[int, Event], rows: Rows, ways: Sequence[Mapping[int, int]]
) -> tuple[Mapping[int, Event], Rows]:
    """The act that a trigger has in the first of several ways to tell as many acts of as many triggers: it
    shows what all ways show, or leaves it open which was meant.
    """
    own = {each[number] for each in ways}
    others = own - {ways[0][number]}
    row = rows[ways[0][number]]
    if len({rows[each].is_shown for each in own}) > 1:
        row = replace(row, is_shown=None, margin=None, lacks=(Lack(fact="which"),))
    kept = {other: each for other, each in rows.items() if other not in others}
    left = {other: act for other, act in acts.items() if other not in others}
    return left, {**kept, ways[0][number]: row}


def _agreed(
    variant: Variant, rows: Rows, acts: Mapping[int, Event], late: Mapping[int, bool | None], told: Told
) -> Rows:
    """Of several acts for one trigger: one in time for certain is enough; done, and not done until later, is
    open; all of no use is a breach, and so is one beside which nothing that may have been done helps.
    """
    denials = [other for other, act in acts.items() if told.did(act) is False]
    done = [other for other in acts if other not in denials]
    is_disputed = any(
        told.did(acts[one])
        and not_before(told.span(variant.done(acts[one])), told.span(variant.done(acts[no]))) is not True
        for one in done
        for no in denials
    )
    in_time = [other for other in done if rows[other].is_shown is False]
    if in_time and not is_disputed:
        return {
            other: row
            for other, row in rows.items()
            if other in in_time[:1] or other not in acts or row.is_shown is None
        }
    may_help = [other for other in done if late[other] is not True]
    # a part each may be enough
    is_short = not may_help or parts_together(variant.term, [acts[one] for one in may_help], told) is False
    claims = {rows[other].is_shown for other in acts}
    if is_short and (not is_disputed or claims == {True}):
        return rows
    return {other: replace(row, is_shown=None, lacks=(Lack(fact="done"),)) for other, row in rows.items()}


def with_else(
    main: Sequence[Duty], other: Sequence[Duty], *, is_alike: bool
) -> tuple[list[Duty], list[Duty]]:
    """Two duties of which the second arises where the first was not done in time; done in time, the second
    leaves nothing for the first. Where they are not in force at the same times (`is_alike`), what was not
    done of the first may not have been due.
    """
    by_trigger = {each.trigger: each for each in other}
    first, second = [], []
    for each in main:
        instead = by_trigger.get(each.trigger)
        if instead is None:
            first.append(each)
            continue
        moot = both((each.is_breached, negated(instead.is_breached)))
        arises = negated(each.is_breached) if is_alike else either((negated(each.is_breached), None))
        rows = each.rows
        if moot is None and instead.is_breached is False:
            # done in time, or not and then moot: a breach it is in no case
            rows = {n: replace(row, is_shown=bool(row.is_shown)) for n, row in rows.items()}
        first.append(replace(each, rows=_freed(rows, moot)))
        second.append(replace(instead, rows=_freed(instead.rows, arises)))
    return first, second


def _freed(rows: Mapping[int, Shown], is_free: bool | None) -> Rows:
    """The rows, where besides what freed from the duty before this does, too."""
    lacks = (Lack(fact="other_duty"),) if is_free is None else ()
    return {
        other: replace(row, is_free=either((row.is_free, is_free)), lacks=(*row.lacks, *lacks))
        for other, row in rows.items()
    }


def rows_of(found: Sequence[Duty]) -> Rows:
    """The answers by event; where one act may answer several triggers, it is open unless all say the same."""
    rows: Rows = {}
    for duty in found:
        for number, row in duty.rows.items():
            now = row
            if duty.owed is None:
                now = replace(row, is_shown=None, lacks=(*row.lacks, Lack(fact="trigger")))
            if number in rows and rows[number] != now:
                now = replace(now, is_shown=None, margin=None, lacks=(Lack(fact="which"),))
            rows[number] = now
    return rows


def untriggered(variant: Variant, told: Told, rows: Rows) -> Rows:
    """Acts of the required kind that no trigger is told for: open."""
    return {
        number: Shown(is_shown=None, at=(None, None), lacks=(Lack(fact="trigger"),))
        for number, event in told.events.items()
        if event.file.kind == variant.term.requires and not event.of and number not in rows
    }


def _row(variant: Variant, within: Within, trigger: Event, act: Event, due: Span, told: Told) -> Shown:
    """Whether an act, or the word that there was none, shows that it was not done in time."""
    theirs, did, done = told.covers(act, trigger), told.did(act), variant.done(act)
    late = _is_late(variant, within, trigger, act, due, told)
    lacks: list[Lack] = []
    if did is False:  # not done until then: a breach if that was after the deadline, else nothing
        shown = True if late and theirs else None
        lacks += [] if shown else [Lack(fact="done")]
        return Shown(is_shown=shown, at=due, margin=elapsed(due, told.span(done)), lacks=tuple(lacks))
    parts = parts_given(variant.term, act, told)
    shown = either((late, negated(parts)))
    is_doubted = told.named(act, name_of(variant), trigger.id) == "doubted"
    if theirs is None or did is None or is_doubted or not is_theirs(variant, trigger, act, told):
        shown = None
    if shown is None:
        lacks.append(Lack(fact="trigger_time" if late is None else "done", name=trigger.id))
    return Shown(is_shown=shown, at=due, margin=elapsed(due, told.span(done)), lacks=tuple(lacks))


def _is_late(
    variant: Variant, within: Within, trigger: Event, act: Event, due: Span, told: Told
) -> bool | None:
    """Whether an act came after the time was over, by what ties it to the trigger and by their bounds."""
    least, most = told.line.apart(_start(variant, trigger), variant.done(act))
    shortest, longest = variant.court(within.length, within.rule, is_deadline=variant.term.is_filed).reach()
    is_undone = told.did(act) is False
    if least is not None and (least > longest or (is_undone and least == longest)):
        return True
    if most is not None and (most < shortest or (most == shortest and not is_undone)):
        return False
    ends = undone_at_the_end if is_undone else after_the_end
    return ends(told.when(variant.done(act)), Bounds(*due))


def _is_excused(within: Within, trigger: Event, acts: Iterable[Event], told: Told) -> bool | None:
    """Whether an excuse frees from the duty: one that a court states does, of the person to whom it is owed;
    one that is only claimed, or stated of somebody who may be another, may.
    """
    by_court: set[bool] = set()
    may_be = False
    for event in (trigger, *acts):
        is_theirs = event is trigger or told.covers(event, trigger)
        for each in event.file.subject.attribute:
            if (
                not within.excuse
                or each.name != within.excuse
                or not told.trust.keeps(each.by, each.evidence)
            ):
                continue
            if each.evidence == TERM_OF_LAW and is_theirs:
                by_court.add(set(each.values()) <= set(within.excuses))
            elif set(each.values()) & set(within.excuses):
                may_be = True
    if by_court:
        return by_court.pop() if len(by_court) == 1 else None
    return None if may_be else False


def _due(variant: Variant, within: Within, trigger: Event, told: Told) -> Span:
    term = variant.court(within.length, within.rule, is_deadline=variant.term.is_filed)
    return told.end(_start(variant, trigger), term)


def _start(variant: Variant, trigger: Event) -> str:
    """The moment from which the time runs: that of the trigger, or of its receipt under a reading."""
    from_phase = variant.counting.from_phase if variant.counting else ""
    return trigger.moment_names().get(from_phase, trigger.done())
