"""The form of a term in sentences: what it forbids or requires, on which condition, within which time."""

from __future__ import annotations

from paradero.answers.words import Words
from paradero.law.events import Event
from paradero.law.matrix import Matrix
from paradero.law.shown.parts import parts_counted
from paradero.law.shown.values import Told
from paradero.law.shown.variants import Variant


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
        kind, length = words(f"kind_{term.unless.kind}"), term.unless.at_least
        lines.append(words("form_unless", kind=kind, length=length))
        wanted = ", ".join([*term.unless.items, *term.unless.to])
        lines += [words("form_items", items=wanted)] if wanted else []
    if term.within:
        which = "form_within" if term.requires else "form_during"
        after = words(f"kind_{term.within.after}")
        lines.append(words(which, after=after, length=term.within.length))
        lines += [words("form_or_else", term=term.within.or_else)] if term.within.or_else else []
    if term.every:
        lines.append(words("form_every", first=term.every.first, length=term.every.length))
    if term.count:
        n = words("form_all") if term.count.at_least is None else str(term.count.at_least)
        lines.append(words("form_count", n=n))
    if term.limit:
        way, number = next(iter(term.limit.bounds().items()))
        lines.append(words(f"form_{way}", measure=term.limit.measure, number=number, unit=term.limit.unit))
    if term.keeps:
        lines.append(words("form_keeps", what=term.keeps.attribute, values=", ".join(term.keeps.values)))
    return lines


def parts_lines(variant: Variant, event: Event | None, matrix: Matrix, words: Words) -> list[str]:
    """Of what is required in parts: how many were done, of how many."""
    if not variant.term.items or event is None:
        return []
    told = Told(events=matrix.events, line=matrix.timeline, links=matrix.links, trust=matrix.trust)
    done, total = parts_counted(variant.term, event, told)
    return [words("form_parts", done=done, total=total, items=", ".join(variant.term.items))]
