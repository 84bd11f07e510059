"""The form of a term in sentences: what it forbids or requires, on which condition, within which time."""

from __future__ import annotations

import re

from paradero.answers.words import Words
from paradero.law.events import Event
from paradero.law.forms.kinds import KIND_WORDS
from paradero.law.matrix import Matrix
from paradero.law.shown.parts import parts_counted
from paradero.law.shown.values import Told
from paradero.law.shown.variants import Variant

_LENGTH = re.compile(
    r"PT(?P<hours>\d+)H|P(?P<days>\d+)D|P(?P<weeks>\d+)W|P(?P<months>\d+)M|(?P<months_said>\d+) months?"
    r"|(?P<years>\d+) years?|(?P<working>\d+) business days?"
)


def form_lines(variant: Variant, words: Words) -> list[str]:
    """What the term asks beyond that something be done, or not be done."""
    term, lines = variant.term, []
    if term.standard:
        lines.append(words("form_standard", standard=words.of(term.standard, term.standard_es)))
        lines += [
            words(f"form_finding_{one.answer}", by=one.by, time=one.time or "…", withdrawn=one.withdrawn)
            if not one.withdrawn
            else words("form_finding_withdrawn", by=one.by, withdrawn=one.withdrawn)
            for one in term.finding
        ]
    if term.unless:
        kind, length = words.of(*KIND_WORDS[term.unless.kind]), length_in_words(term.unless.at_least, words)
        lines.append(words("form_unless", kind=kind, length=length))
        wanted = ", ".join([*term.unless.items, *term.unless.to])
        lines += [words("form_items", items=wanted)] if wanted else []
    if term.within:
        which = "form_within" if term.requires else "form_during"
        after = words.of(*KIND_WORDS[term.within.after])
        lines.append(words(which, after=after, length=length_in_words(term.within.length, words)))
        lines += [words("form_or_else", term=term.within.or_else)] if term.within.or_else else []
    if term.every:
        lines.append(
            words("form_every", first=term.every.first, length=length_in_words(term.every.length, words))
        )
        lines += [words("form_each", n=term.every.each)] if term.every.each > 1 else []
        lines += [words("form_skips")] if term.every.skips else []
    if term.count:
        n = words("form_all") if term.count.at_least is None else str(term.count.at_least)
        lines.append(words("form_count", n=n))
    if term.limit:
        way, number = next(iter(term.limit.bounds().items()))
        lines.append(words(f"form_{way}", measure=term.limit.measure, number=number, unit=term.limit.unit))
    if term.keeps:
        lines.append(words("form_keeps", what=term.keeps.attribute, values=", ".join(term.keeps.values)))
    if term.step:
        lines.append(words("form_step", kind=words.of(*KIND_WORDS[term.step.kind])))
        if term.step.cured_by:
            cure = words.of(*KIND_WORDS[term.step.cured_by])
            lines.append(words("form_cure", kind=cure, length=length_in_words(term.step.length, words)))
    return lines


def length_in_words(text: str, words: Words) -> str:
    """`48 hours`, `7 days`, `3 business days` of a length as orders write it; mixed units stay."""
    found = _LENGTH.fullmatch(text)
    if found is None:
        return text
    name, number = next((name, number) for name, number in found.groupdict().items() if number)
    return words(f"length_{name}", n=number)


def parts_lines(variant: Variant, event: Event | None, matrix: Matrix, words: Words) -> list[str]:
    """Of what is required in parts: how many were done, of how many."""
    if not variant.term.items or event is None:
        return []
    told = Told(events=matrix.events, line=matrix.timeline, links=matrix.links, trust=matrix.trust)
    done, total = parts_counted(variant.term, event, told)
    return [words("form_parts", done=done, total=total, items=", ".join(variant.term.items))]
