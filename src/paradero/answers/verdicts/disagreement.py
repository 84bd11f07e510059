"""Who disagrees about what a verdict rests on, line by line."""

from __future__ import annotations

from paradero.answers.verdicts.audit_reading import Reading
from paradero.answers.verdicts.order_facts import phase_of
from paradero.answers.verdicts.verdict_values import Verdict
from paradero.answers.words import Words
from paradero.law.events import Attribute, Event
from paradero.law.matrix import Variant
from paradero.law.membership import contradicted
from paradero.law.scopes import believed


def disagreement_lines(read: Reading, verdict: Verdict, variant: Variant | None, words: Words) -> list[str]:
    """Lines naming who says otherwise of the order, the moments and the attributes that the verdict rests
    on.
    """
    if variant is None:
        return []
    event = next((each for each in read.audited.matrix.events.values() if each.id == verdict.event), None)
    names = {f"{variant.order.id}.{act}" for act in variant.acts} | (
        {event.moment_names().get(phase_of(variant) or "", "")} if event else set()
    )
    found = [each for each in read.audited.matrix.timeline.disagreements if names & set(each.of)]
    doubted = _doubted_attributes(read, variant, event) if event else []
    lines = [words("disagreement")] if found or doubted else []
    lines += [
        "- " + words("disagreement_line", of=f"{verdict.event}.{each.name}", by=each.by, time=_said_of(each))
        for each in doubted
    ]
    for each in found:
        lines += [
            "- "
            + words("disagreement_line", of=one.of, by=one.said.by, time=one.said.time or one.said.withheld)
            for one in each.statements
        ]
        lines += [
            "- "
            + words(
                "disagreement_line",
                of=one.of,
                by=one.relation.by,
                time=f"{one.relation.at_least or '…'} to {one.relation.at_most or '…'} after {one.since}",
            )
            for one in each.relations
        ]
    return lines


def _doubted_attributes(read: Reading, variant: Variant, event: Event) -> list[Attribute]:
    """What is said of the people of an event and cannot all be true, of the attributes that the order asks
    for.
    """
    matrix = read.audited.matrix
    group = next(
        (each for each in matrix.events.values() if each.id == event.of), event
    )  # of a member nobody names, the group is what is spoken of
    said, subject = believed(group, matrix.trust), group.file.subject
    found = []
    for name in dict.fromkeys(each.attribute for each in variant.order.file.scope.condition):
        own = [each for each in said if each.name == name]
        found += own if contradicted(own, people_lo=subject.people_lo, people_hi=subject.people_hi) else []
    return found


def _said_of(one: Attribute) -> str:
    """A statement of an attribute as its file has it."""
    way = next(
        each for each in ("is_one_of", "each_is_one_of", "members_are_of", "some_are") if getattr(one, each)
    )
    count = (
        f", {'…' if one.people_lo is None else one.people_lo} to"
        f" {'…' if one.people_hi is None else one.people_hi}"
        if one.some_are
        else ""
    )
    return f"{way} {', '.join(one.values())}{count}"
