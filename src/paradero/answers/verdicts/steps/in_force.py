"""Why an order was in force at the moment that a reading asks about, was not, or leaves it open: each of its
own times against that moment, who says them, and by which reading of time an end is worked out.
"""

from __future__ import annotations

from dataclasses import dataclass

from paradero.answers.verdicts.steps.said import Asked
from paradero.authored.relations import Related
from paradero.law.forms.kinds import PHASE_WORDS
from paradero.law.forms.order_file import Act
from paradero.model.time.comparisons import Bounded, not_before
from paradero.model.time.moments import Moment

_SIDES = {True: "act_is_before", False: "act_is_after", None: "act_is_open"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    lo: int | None
    hi: int | None


def in_force_lines(asked: Asked) -> list[str]:
    """The moment asked about and who says when it was, then every act of the order that counts: when, by
    whom, on which side of that moment; last which of them leave it open.
    """
    words, line = asked.words, asked.matrix.line_of(asked.variant)
    lines, at = _asked_about(asked)
    undecided = []
    for act_id in asked.variant.acts:
        name = f"{asked.variant.order.id}.{act_id}"
        act, moment = asked.variant.order.act(act_id), line.moments[name]
        what = words.of(act.what, act.what_es)
        side = not_before(at, moment)
        is_asked = act_id == asked.variant.term.by and (at.lo, at.hi) == (moment.lo, moment.hi)
        if side is None and not is_asked:
            undecided.append(what)
        lines += _act_lines(asked, name, what, moment, "act_is_asked" if is_asked else _SIDES[side])
    if asked.verdict.in_force is None:
        lines += _why_open(asked, undecided)
    return lines


def _why_open(asked: Asked, undecided: list[str]) -> list[str]:
    """What leaves open whether the order was in force."""
    words = asked.words
    acts = [asked.variant.order.act(each) for each in asked.variant.acts]

    def named(chosen: list[Act]) -> str:
        return "; ".join(words.of(each.what, each.what_es) for each in chosen)

    lines = [words("force_open", acts="; ".join(undecided))] if undecided else []
    stays = [each for each in acts if each.condition]
    if stays and not undecided:
        lines.append(words("force_open_reach", stays=named(stays)))
    told = [each for each in acts if each.does == "notice"]
    if told and asked.variant.binding is None and not asked.variant.order.file.binds_from:
        given = [each for each in acts if each.does == "binds"]
        lines.append(words("force_open_notice", given=named(given), told=named(told)))
    return lines or [words("force_open_life")]


def asked_moment(asked: Asked) -> tuple[Bounded, str | None]:
    """The moment that is asked about, and which phase of the event it is; None where it is when something was
    due.
    """
    variant = asked.variant
    shown = asked.matrix.shown(variant, asked.event)
    if shown is not None and shown.at is not None:
        return _Span(lo=shown.at[0], hi=shown.at[1]), None
    if variant.term.requires and variant.deadline is not None:
        return variant.deadline, None
    phase = variant.phase or "done"
    return asked.matrix.line_of(variant).moments[asked.event.moment_names()[phase]], phase


def _asked_about(asked: Asked) -> tuple[list[str], Bounded]:
    words = asked.words
    moment, phase = asked_moment(asked)
    if phase is None:
        return [words("asked_about_due", bounds=asked.span(moment))], moment
    name = asked.event.moment_names()[phase]
    what, said = words.of(*PHASE_WORDS[phase]), asked.times(name)
    lines = [words("asked_about", what=what, bounds=asked.span(moment))]
    lines.append(words("it_is_said", said=said) if said else words("time_follows"))
    others = (one.of for one in asked.matrix.line_of(asked.variant).rests_on(name))
    lines += [
        words("bounded_by", what=asked.named(other), said=asked.times(other))
        for other in dict.fromkeys(each for each in others if each != name and asked.times(each))
    ]
    return lines, moment


def _act_lines(asked: Asked, name: str, what: str, moment: Moment, form: str) -> list[str]:
    words = asked.words
    what = what[0].upper() + what[1:]
    if moment.lo is None and moment.hi is None:
        return [words("act_unknown", what=what)]
    relations = [one for one in asked.matrix.line_of(asked.variant).relations_under(name) if one.of == name]
    said = "; ".join(each for each in (asked.times(name), *(_rule(asked, one) for one in relations)) if each)
    lines = [
        words(form, what=what, bounds=asked.span(moment), said=said or words("time_follows").rstrip("."))
    ]
    return lines + [line for one in relations for line in _counted_lines(asked, one)]


def _rule(asked: Asked, one: Related) -> str:
    """A relation as its citation says it: `14 days after the written order (the written order, 14 days)`."""
    found = [each for each in asked.of(one.of) if each.by == one.relation.by and not each.time]
    return asked.said(found[0]) if found else ""


def _counted_lines(asked: Asked, one: Related) -> list[str]:
    """When a court's term ends by each way of counting it that is held to be meant: why an end lies between
    two instants.
    """
    words = asked.words
    term = one.most or one.least
    since = asked.matrix.line_of(asked.variant).moments[one.since]
    if term is None or since.lo is None or since.hi is None:
        return []
    ends: dict[str, list[int]] = {}
    for start in dict.fromkeys((since.lo, since.hi)):
        for each in term.readings(start):
            title = words.of(each.title, each.title_es)
            ends.setdefault(title, []).extend((each.lo, each.hi))
    what, said = asked.named(one.since), asked.times(one.since)
    begun = [words("counted_since", what=what, bounds=asked.span(since), said=said)] if said else []
    if len(ends) == 1:
        return [*begun, words("counted_by", how=next(iter(ends)))]
    listed = [
        words("counted_as", how=how, bounds=asked.span(_Span(lo=min(found), hi=max(found))))
        for how, found in ends.items()
    ]
    form = "counted_disputed" if one.relation.rule else "counted_several"
    return [*begun, words(form, since=what), *listed]
