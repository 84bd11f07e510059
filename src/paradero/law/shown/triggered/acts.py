"""Which triggers there are, and which acts may answer each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise, permutations

from paradero.law.events import Event
from paradero.law.forms.terms import Within
from paradero.law.shown.values import Span, Told, after, both
from paradero.law.shown.variants import Variant
from paradero.model.time.comparisons import not_before

_MOST = 5  # acts for as many triggers: beyond it, nobody tries every way of telling them apart


def triggers_of(within: Within, told: Told) -> dict[int, Event]:
    """What starts the time, by number, save what is said not to have happened."""
    return {
        number: event
        for number, event in told.events.items()
        if event.file.kind == within.after and not event.of and told.did(event) is not False
    }


def of_the_one_protected(variant: Variant, trigger: Event, told: Told) -> Event:
    """What started the time, as an event of the one in its group whom the order protects, where it names who
    that is and nobody else whom it names may be in the group: to that person alone is anything owed. Else, or
    where an act is told of the very same group, the event as it is.
    """
    subject, named = trigger.file.subject, variant.order.file.scope.individuals
    is_answered = any(
        one.file.kind == variant.term.requires and one.file.subject.id == subject.id
        for one in told.events.values()
        if one.text  # not those that stand for silence
    )
    if subject.people_hi == 1 or is_answered:
        return trigger
    there = {each: told.links.among((trigger.id, subject.id), each) for each in named}
    perhaps = [each for each, is_there in there.items() if is_there is not False]
    if len(perhaps) != 1 or not there[perhaps[0]]:
        return trigger
    return trigger.about(perhaps[0])


def acts_of(
    variant: Variant, number: int, trigger: Event, triggers: Mapping[int, Event], told: Told
) -> Mapping[int, Event]:
    """The acts that may answer a trigger: those that say so, where one does; else those that fit it, and come
    neither before it nor before the order.
    """
    name = name_of(variant)
    fitting = {
        other: one
        for other, one in told.events.items()
        if one.file.kind == variant.term.requires
        and other != number  # where each starts the time of the next, none is the next after itself
        and not one.of
        and told.covers(one, trigger) is not False
        and told.named(one, name, trigger.id) != "another"
        and (told.did(one) is False or _follows(variant, trigger, one, told) is not False)
    }
    named = {other: one for other, one in fitting.items() if told.named(one, name, trigger.id) == "named"}
    return named or _in_turn(variant, number, fitting, triggers, told)


def _in_turn(
    variant: Variant, number: int, fitting: Mapping[int, Event], triggers: Mapping[int, Event], told: Told
) -> Mapping[int, Event]:
    """As many acts as triggers of the same person, one after the other: each trigger has the act in its
    turn. Else all that fit.
    """
    own = [other for other, one in triggers.items() if told.covers(one, triggers[number])]
    done = [other for other, one in fitting.items() if told.did(one)]
    if len(own) < 2 or len(own) != len(done):
        return fitting
    first = _in_order([told.span(triggers[one].done()) for one in own])
    then = _in_order([told.span(variant.done(fitting[one])) for one in done])
    if first is None or then is None:
        return fitting
    pairs = dict(zip((own[one] for one in first), (done[one] for one in then), strict=True))
    mine = pairs[number]
    return {other: one for other, one in fitting.items() if other == mine or told.did(one) is not True}


def ways_of(
    variant: Variant,
    number: int,
    fitting: Mapping[int, Mapping[int, Event]],
    triggers: Mapping[int, Event],
    told: Told,
) -> list[dict[int, int]]:
    """Every way to give each of several triggers of one person one act of its own, where there are as many
    acts as triggers and all are certain; the first takes them in turn. None where they are not as many.
    """
    own, acts = _of_one_person(number, fitting, triggers, told)
    if not 2 <= len(own) == len(acts) <= _MOST or not all(told.did(triggers[each]) for each in own):
        return []
    first = sorted(own, key=lambda one: told.span(triggers[one].done())[0] or 0)
    then = sorted(acts, key=lambda one: told.span(variant.done(acts[one]))[0] or 0)
    return [
        dict(zip(first, each, strict=True))
        for each in permutations(then)
        if all(act in fitting[trigger] for trigger, act in zip(first, each, strict=True))
    ]


def are_too_few(
    variant: Variant,
    number: int,
    fitting: Mapping[int, Mapping[int, Event]],
    triggers: Mapping[int, Event],
    told: Told,
) -> bool:
    """Whether a trigger may be the one that is left when each act has answered one: fewer acts than triggers
    of that person, and none says that it answers this one.
    """
    own, acts = _of_one_person(number, fitting, triggers, told)
    is_named = any(
        told.named(one, name_of(variant), triggers[number].id) == "named" for one in fitting[number].values()
    )
    is_denied = any(told.did(one) is False for one in fitting[number].values())
    return len(acts) < len(own) and not is_named and not is_denied


def _of_one_person(
    number: int, fitting: Mapping[int, Mapping[int, Event]], triggers: Mapping[int, Event], told: Told
) -> tuple[list[int], dict[int, Event]]:
    """The triggers of one person that cannot be told apart by the acts that were done for that person and may
    answer them, this one among them, and those acts.
    """
    theirs = [other for other, one in triggers.items() if told.covers(one, triggers[number])]
    fits = {
        each: {a for a, one in fitting[each].items() if told.did(one) and told.covers(one, triggers[number])}
        for each in theirs
    }
    own, acts = {number}, fits.get(number, set())
    while more := {each for each in theirs if each not in own and fits[each] & acts}:
        own |= more
        acts = acts.union(*(fits[each] for each in more))
    return [each for each in theirs if each in own], {
        other: fitting[each][other] for each in theirs for other in sorted(fits[each] & acts)
    }


def _in_order(spans: Sequence[Span]) -> list[int] | None:
    """The places of moments in their order; None where two may be either way round."""
    places = sorted(range(len(spans)), key=lambda one: spans[one][0] or 0)
    return places if all(after(spans[b], spans[a]) for a, b in pairwise(places)) else None


def is_theirs(variant: Variant, trigger: Event, act: Event, told: Told) -> bool:
    """Whether an act came after the trigger and the order for certain, or is the word that there was none:
    one that may have come first leaves open that nobody tells of any.
    """
    return told.did(act) is False or _follows(variant, trigger, act, told) is True


def _follows(variant: Variant, trigger: Event, act: Event, told: Told) -> bool | None:
    """Whether an act came neither before the trigger nor before the order."""
    after_trigger = told.at_least(trigger.done(), variant.done(act), variant.court("PT0S", "elapsed"))
    return both((after_trigger, not_before(told.when(variant.done(act)), variant.begin)))


def name_of(variant: Variant) -> str:
    """The term, as acts say that they answer it."""
    return f"{variant.order.id}/{variant.term.id}"
