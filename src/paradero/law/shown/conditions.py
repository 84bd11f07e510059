"""What is forbidden unless something came first: whether it did, in time, with all that it had to say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from paradero.law.events import Event
from paradero.law.forms.kinds import RECEIVED
from paradero.law.forms.terms import Unless
from paradero.law.shown.values import Lack, Shown, Span, Told, after, both, elapsed, negated, not_before
from paradero.law.shown.variants import Variant

_NO_TIME = "PT0S"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weighed:
    """An act that may have come first: whether it was for these people, whether it is enough, what of it is
    missing. `is_passed_over`: another says of itself that it was meant, and this one says nothing; `is_its`:
    it says that it was for this very event. `done` is when it was given.
    """

    is_theirs: bool | None
    is_enough: bool | None
    lacks: tuple[Lack, ...]
    lead_ended: Span
    done: Span
    is_passed_over: bool = False
    is_its: bool = False


def shown_unless(variant: Variant, unless: Unless, number: int, event: Event, told: Told) -> Shown:
    """Whether the forbidden thing was done without what had to come first. Too late is not at all, and what
    came only afterwards cures nothing; what nobody tells of is open.
    """
    done = told.did(event)
    people = list(_protected_in(variant, event, told)) or [(event, True)]
    answers = [(is_in, *_answered(variant, unless, number, each, told)) for each, is_in in people]
    if any(is_in and met is False for is_in, met, _, _ in answers):
        met: bool | None = False
    else:
        met = True if all(each for _, each, _, _ in answers) else None
    lacks = dict.fromkeys(lack for _, each, its, _ in answers if each is not True for lack in its)
    is_shown = both((done, negated(met)))
    margin: Span = (None, None)  # how long before the end of the lead it was done
    meant = [one for *_, weighed in answers for one in weighed if not one.is_passed_over]
    if len(meant) == 1:
        margin = elapsed(told.span(event.moment_names()[str(variant.phase)]), meant[0].lead_ended)
    return Shown(
        is_shown=is_shown,
        margin=margin,
        lacks=(*(lacks if met is None else ()), *([Lack(fact="happened")] if done is None else ())),
    )


def _protected_in(variant: Variant, event: Event, told: Told) -> Iterator[tuple[Event, bool | None]]:
    """Of a group, each person whom the order names and who may be in it, as the event is about them, and
    whether they are; nobody where the order protects a class, whose members are not told one by one.
    """
    subject, scope = event.file.subject, variant.order.file.scope
    if subject.people_hi == 1 or event.of or scope.condition:
        return
    for name in scope.individuals:
        is_in = told.links.among((event.id, subject.id), name)
        if is_in is not False:
            yield event.about(name), is_in


def _answered(
    variant: Variant, unless: Unless, number: int, event: Event, told: Told
) -> tuple[bool | None, tuple[Lack, ...], list[_Weighed]]:
    """Whether something that is enough came first, what is missing where that is open, and all that was
    weighed.
    """
    weighed = list(_candidates(variant, unless, number, event, told))
    met, lacks = _met(weighed, _is_denied(variant, unless, event, told))
    if met and not _is_left(variant, weighed, event, told):
        return None, (Lack(fact="precondition"),), weighed
    return met, lacks, weighed


def _met(weighed: Sequence[_Weighed], denied: bool | None) -> tuple[bool | None, tuple[Lack, ...]]:
    """Whether something that is enough came first, and what is missing where that is open."""
    own = [both((one.is_theirs, one.is_enough)) for one in weighed if not one.is_passed_over]
    others = [both((one.is_theirs, one.is_enough)) for one in weighed if one.is_passed_over]
    lacks = tuple(dict.fromkeys(lack for one in weighed for lack in one.lacks))
    if True in own:
        return True, ()
    if None in own or any(answer is not False for answer in others):  # one of them may have been enough
        return None, lacks or (Lack(fact="precondition"),)
    if denied or any(one.is_theirs and one.is_enough is False for one in weighed):
        return False, ()
    return None, (Lack(fact="precondition"),)


def _is_left(variant: Variant, weighed: Sequence[_Weighed], event: Event, told: Told) -> bool:
    """Whether one that is enough is left for this event, where each serves one: more of them than events of
    the same kind and people before it that they may have been for, or one that says it was for this.
    """
    enough = [one for one in weighed if one.is_theirs and one.is_enough]
    if any(one.is_its for one in enough):
        return True
    mine = told.span(event.moment_names()[str(variant.phase)])
    n_served = 0
    for other in told.events.values():
        if (
            other.of
            or other.id in (event.id, event.of)
            or other.file.kind != event.file.kind
            or told.did(other) is False
            or not told.covers(other, event)
        ):
            continue
        theirs = told.span(other.moment_names()[str(variant.phase)])
        may_come_first = after(theirs, mine) is not True
        n_served += may_come_first and any(after(one.done, theirs) is not True for one in enough)
    return len(enough) > n_served


def _candidates(
    variant: Variant, unless: Unless, number: int, event: Event, told: Told
) -> Iterator[_Weighed]:
    """The acts that may be meant, all of the kind; where one that was done says so, the others are passed
    over.
    """
    name = f"{variant.order.id}/{variant.term.id}"
    acts = [
        one
        for other, one in told.events.items()
        if other != number and not one.of and one.file.kind == unless.kind and told.did(one) is not False
    ]
    said = {one.id: told.named(one, name, event.of or event.id) for one in acts}
    is_named = any(
        said[one.id] == "named" and told.covers(one, event) is not False and told.did(one) for one in acts
    )
    for one in acts:
        is_theirs = told.covers(one, event)
        if said[one.id] == "another" or is_theirs is False:
            continue
        did = told.did(one)
        found = _weighed(variant, unless, event, one, told, both((is_theirs, did)), said[one.id] == "doubted")
        is_its = said[one.id] == "named" and any(
            (event.of or event.id) in each.events
            for each in one.file.answers
            if told.trust.keeps(each.by, each.evidence)
        )
        yield replace(found, is_passed_over=is_named and said[one.id] != "named", is_its=is_its)


def _weighed(
    variant: Variant,
    unless: Unless,
    event: Event,
    act: Event,
    told: Told,
    is_theirs: bool | None,
    is_doubted: bool,
) -> _Weighed:
    phase = event.moment_names()[str(variant.phase)]
    names = act.moment_names()
    is_from_receipt = bool(variant.counting and variant.counting.from_phase == RECEIVED)
    start = names.get(RECEIVED, act.done()) if is_from_receipt else act.done()
    term = variant.court(unless.at_least, unless.rule)
    in_time = told.at_least(start, phase, term)
    # what comes afterwards was never a condition, however the lead is counted
    came_first = told.at_least(act.done(), phase, variant.court(_NO_TIME, "elapsed"))
    received: bool | None = True
    if unless.received and RECEIVED in names:
        received = told.at_least(names[RECEIVED], phase, variant.court(_NO_TIME, "elapsed"))
    wanted = [*unless.items, *unless.to]
    given = {item: told.given(act, item) for item in wanted}
    lacks = [Lack(fact="item", name=item) for item, answer in given.items() if answer is None]
    if in_time is None or came_first is None:
        lacks.append(Lack(fact="received" if is_from_receipt else "precondition_time", name=act.id))
    if received is None:
        lacks.append(Lack(fact="received", name=act.id))
    if is_theirs is None or is_doubted or _is_disputed(act, told):
        lacks.append(Lack(fact="precondition", name=act.id))
    is_disputed = is_doubted or _is_disputed(act, told)
    enough = both((in_time, came_first, received, *given.values(), None if is_disputed else True))
    return _Weighed(
        is_theirs=is_theirs,
        is_enough=enough,
        lacks=tuple(lacks) if enough is None or is_theirs is None else (),
        lead_ended=told.end(start, term),
        done=told.span(act.done()),
    )


def _is_disputed(act: Event, told: Told) -> bool:
    """Whether somebody says that no such act was done until after this one: neither is preferred."""
    return any(
        not one.of
        and one.file.kind == act.file.kind
        and told.did(one) is False
        and told.covers(one, act) is not False
        and not_before(told.span(act.done()), told.span(one.done())) is not True
        for one in told.events.values()
    )


def _is_denied(variant: Variant, unless: Unless, event: Event, told: Told) -> bool | None:
    """Whether somebody says that it was not done until it was too late: then nothing came first."""
    phase = event.moment_names()[str(variant.phase)]
    name = f"{variant.order.id}/{variant.term.id}"
    answers: list[bool | None] = []
    for one in told.events.values():
        if one.of or one.file.kind != unless.kind or told.did(one) is not False:
            continue
        said = told.named(one, name, event.of or event.id)
        if said == "another" or (theirs := told.covers(one, event)) is False:
            continue
        until_then = negated(told.at_least(one.done(), phase, variant.court(unless.at_least, unless.rule)))
        answers.append(both((None if said == "doubted" else theirs, until_then)))
    return True if True in answers else None if None in answers else False
