"""Which way of counting governs a time of which the trigger is known to the minute: no record answers
that.
"""

from __future__ import annotations

from paradero.answers.instants import bounds_text
from paradero.answers.verdicts.asking.act_facts import (
    Span,
    docket_of,
    ends_in_words,
    ends_of,
    is_one_minute,
    zone_of,
)
from paradero.answers.verdicts.audit_reading import Reading
from paradero.answers.verdicts.forms.form_words import length_in_words
from paradero.answers.verdicts.verdict_values import Between, DecisiveFact
from paradero.answers.words import Words
from paradero.law.events import Event
from paradero.law.shown.silence import within_of
from paradero.law.shown.values import Lack
from paradero.law.shown.variants import Variant
from paradero.model.time.moments import Moment


def counted_out(
    read: Reading, variant: Variant, act: Event, lacks: tuple[Lack, ...], of: str
) -> tuple[tuple[Lack, ...], list[DecisiveFact]]:
    """What is missing without the times of triggers that are known to the minute; in their place which way of
    counting governs, where several end apart, and when the act was, where that is not known.
    """
    line = read.audited.matrix.line_of(variant)
    left: list[Lack] = []
    found: list[DecisiveFact] = []
    own = line.moments[act.moment_names()[str(variant.phase)]]
    for lack in lacks:
        trigger = _trigger(read, variant, lack)
        if trigger is None:
            left.append(lack)
            continue
        fact, is_dated = _counting(variant, trigger, of), is_one_minute(own.lo, own.hi)
        found += [fact] if fact is not None else []
        if not is_dated:
            left.append(Lack(fact="done"))
        elif fact is None:
            left.append(lack)
    return tuple(left), found


def _trigger(read: Reading, variant: Variant, lack: Lack) -> Moment | None:
    """When the time began to run, where that is known to the minute."""
    if lack.fact != "trigger_time":
        return None
    matrix = read.audited.matrix
    known = [each for each in matrix.events.values() if each.id == lack.name]
    moments = [matrix.line_of(variant).moments[_start(variant, each)] for each in known]
    return next((one for one in moments if is_one_minute(one.lo, one.hi)), None)


def _start(variant: Variant, trigger: Event) -> str:
    """From which of its moments: that at which it was done, or as the reading says of its receipt."""
    from_phase = variant.counting.from_phase if variant.counting else ""
    return trigger.moment_names().get(from_phase, trigger.done())


def _counting(variant: Variant, start: Moment, of: str) -> DecisiveFact | None:
    """Which way of counting governs, where several end the time apart."""
    within = within_of(variant.order, variant.term)
    if within is None:
        return None
    term = variant.court(within.length, within.rule, is_deadline=variant.term.is_filed)
    ends, zone = ends_of(term, Span(lo=start.lo, hi=start.hi)), zone_of(variant)
    if len({(span.lo, span.hi) for _, span in ends}) < 2:
        return None
    known = Between(
        lo=min((span.lo for _, span in ends if span.lo is not None), default=None),
        hi=max((span.hi for _, span in ends if span.hi is not None), default=None),
        zone=zone,
    )
    file, what = variant.order.file, {}
    for language in ("en", "es"):
        words = Words(language)
        what[language] = words(
            "which_counting_within",
            length=length_in_words(within.length, words),
            says=words.of(variant.term.says, variant.term.says_es).rstrip("."),
            order=words.of(file.title, file.title_es),
        )
    return DecisiveFact(
        fact="counting",
        what=what["en"],
        what_es=what["es"],
        record=docket_of(variant),
        field=ends_in_words(ends, zone, Words("en")),
        field_es=ends_in_words(ends, zone, Words("es")),
        ask="clarification",
        exemption="",
        of=of,
        known=bounds_text(known.lo, known.hi, zone),
        turns_at=None,
        known_between=known,
    )
