"""Who disagrees about what a verdict rests on, line by line."""

from __future__ import annotations

from collections.abc import Callable, Set

from paradero.answers.statement_words import relation_words, statement_words
from paradero.answers.verdicts.audit_reading import Reading
from paradero.answers.verdicts.verdict_values import Verdict
from paradero.answers.words import Words
from paradero.authored.relations import Related
from paradero.authored.statements import Statement
from paradero.law.events import Event, happened
from paradero.law.forms.event_file import Attribute
from paradero.law.scopes import believed
from paradero.law.shown.sequences import impossible_sequences
from paradero.law.shown.variants import Variant
from paradero.law.worlds import contradicted
from paradero.model.time.comparisons import after, before

_WAYS = {
    "is_one_of": "is_one_of",
    "each_is_one_of": "each_is_one_of",
    "members_are_of": "the_members_are_of",
    "some_are": "some_are",
}


def disagreement_lines(
    read: Reading, verdict: Verdict, variant: Variant | None, words: Words, named: Callable[[str], str]
) -> list[str]:
    """Lines naming who says otherwise of the order, the moments and the attributes that the verdict rests
    on, and what of them cannot have come one after the other as it is dated; `named` says what a name of the
    files stands for.
    """
    if variant is None:
        return []
    event = next((each for each in read.audited.matrix.events.values() if each.id == verdict.event), None)
    names = {f"{variant.order.id}.{act}" for act in variant.acts} | (
        {event.moment_names().get(variant.phase or "", "")} if event else set()
    )
    found = [each for each in read.audited.matrix.timeline.disagreements if names & set(each.of)]
    doubted = _doubted_attributes(read, variant, event) if event else []
    left_out = {
        one.id: others for each in found for one in each.statements if (others := _left_out(read, one))
    }
    lines = [words("disagreement_but" if left_out else "disagreement")] if found or doubted else []
    lines += [
        "- " + words("disagreement_line", of=named(verdict.event), by=each.by, time=_said_of(each, words))
        for each in doubted
    ]
    for each in found:
        for one in each.statements:
            said = statement_words(one.said.time, one.said.withheld, "", words.language, named)
            line = words("disagreement_line", of=named(one.of), by=one.said.by, time=said)
            by = [
                words(
                    "disagreement_line",
                    of=named(other.of),
                    by=other.relation.by,
                    time=_after(other, words, named),
                )
                for other in left_out.get(one.id, ())
            ]
            lines.append("- " + (words("left_out", line=line, by="; ".join(by)) if by else line))
        lines += [
            "- "
            + words("disagreement_line", of=named(one.of), by=one.relation.by, time=_after(one, words, named))
            for one in each.relations
        ]
    return lines + _impossible_lines(read, names, words, named)


def _impossible_lines(read: Reading, names: Set[str], words: Words, named: Callable[[str], str]) -> list[str]:
    """Lines naming what cannot have come in the order in which it is dated, and who says when it was."""
    matrix = read.audited.matrix
    events = [
        each
        for each in matrix.events.values()
        if happened(each.file, trusted=matrix.trust.evidence, without=matrix.trust.without)
    ]
    found = [
        each
        for each in impossible_sequences(
            [order.file for order in matrix.orders.values()], events, matrix.timeline
        )
        if names & {each.early, each.late}
    ]
    lines = [words("impossible")] if found else []
    for each in found:
        lines.append("- " + words(f"impossible_{each.kind}", early=named(each.early), late=named(each.late)))
        lines += [
            "  - "
            + words(
                "disagreement_line",
                of=named(one.of),
                by=one.said.by,
                time=statement_words(one.said.time, one.said.withheld, "", words.language, named),
            )
            for name in (each.early, each.late)
            for one in matrix.timeline.statements.get(name, ())
        ]
    return lines


def _left_out(read: Reading, said: Statement) -> tuple[Related, ...]:
    """The relations by which the range of a moment leaves a statement of it out; none where it does not."""
    timeline = read.audited.matrix.timeline
    found = timeline.moments[said.of]
    if before(found, said.moment) or after(found, said.moment):
        return timeline.relations_under(said.of)
    return ()


def _after(one: Related, words: Words, named: Callable[[str], str]) -> str:
    """A relation in words: how long after what."""
    return relation_words(one.relation.at_least, one.relation.at_most, named(one.since), words.language)


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


def _said_of(one: Attribute, words: Words) -> str:
    """A statement of an attribute in words."""
    way = next(
        each for each in ("is_one_of", "each_is_one_of", "members_are_of", "some_are") if getattr(one, each)
    )
    count = (
        f", {'…' if one.people_lo is None else one.people_lo} {words('to')}"
        f" {'…' if one.people_hi is None else one.people_hi}"
        if one.some_are
        else ""
    )
    values = ", ".join(one.values())
    if way == "is_one_of" and len(one.values()) == 1:
        return values
    return f"{words('said_' + _WAYS[way])} {values}{count}"
