"""Explain a verdict step by step, in English or Spanish, from the very verdict that `paradero audit`
prints.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from paradero.answers.verdicts.asking.settling import fact_line
from paradero.answers.verdicts.audit_reading import Reading
from paradero.answers.verdicts.disagreement import disagreement_lines
from paradero.answers.verdicts.forms.form_words import form_lines, parts_lines
from paradero.answers.verdicts.in_words import statement_line, verdict_in_words
from paradero.answers.verdicts.order_verdicts import texts_of
from paradero.answers.verdicts.steps.covered import covered_lines
from paradero.answers.verdicts.steps.in_force import in_force_lines
from paradero.answers.verdicts.steps.in_order import in_order_lines
from paradero.answers.verdicts.steps.margins import margin_line
from paradero.answers.verdicts.steps.naming import named, span_in_words
from paradero.answers.verdicts.steps.said import Asked
from paradero.answers.verdicts.steps.shown import shown_lines, together_line
from paradero.answers.verdicts.verdict_ids import VerdictId, parse_id
from paradero.answers.verdicts.verdict_values import IfAnswered, RecordCitation, StatementCitation, Verdict
from paradero.answers.verdicts.verdicts import Wanted, verdicts_of
from paradero.answers.words import Words
from paradero.law.forms.kinds import PHASE_WORDS
from paradero.law.forms.readings import Reading as ReadingOf
from paradero.law.rules import Rule, Text, measures, variants
from paradero.law.shown.variants import Variant
from paradero.model import verdicts
from paradero.model.errors import UnknownName
from paradero.model.naming import unknown
from paradero.model.time.clock import span_text

_NEAR = 50  # how many verdicts on the same event are looked at for one that was meant


def find_verdict(read: Reading, text: str) -> Verdict:
    """The verdict with that id; raises UnknownName where there is none."""
    wanted = parse_id(text)
    event = wanted.at.split("+")[0]
    subject = event.rpartition("/")[0] if ":" not in event and "/" in event else None
    asked = Wanted(
        by=(wanted.by,),
        construction=wanted.construction,
        verdicts=tuple(verdicts.Verdict),
        subject=subject,
        event=None if subject else event,
    )
    for verdict in verdicts_of(read, asked):
        if verdict.id == text.strip():
            return verdict
    near = [each.id for each in verdicts_of(read, replace(asked, construction=None), limit=_NEAR)]
    if not near:
        raise UnknownName(
            f"`{text}` is not the id of a verdict: {wanted.by} has none on {wanted.at}. Copy one from"
            " `paradero audit`."
        )
    raise unknown("the id of a verdict", text, near, where_listed="Copy one from `paradero audit`.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of an explanation: its question, and what is answered, a sentence a line."""

    title: str
    lines: tuple[str, ...]


def why_text(read: Reading, verdict: Verdict, language: str) -> str:
    """The explanation as it is printed: its head, then the steps, numbered."""
    words = Words(language)
    lines = [
        words(
            "title",
            what=_head(read, verdict, words),
            verdict=verdict_in_words(verdict.verdict, verdict.nature, words),
        ),
        words("reading", id=verdict.id),
        "",
    ]
    for number, step in enumerate(why_steps(read, verdict, language), 1):
        lines += [f"{number}. {step.title}", *(f"   {line}" for line in step.lines), ""]
    return "\n".join(lines).rstrip()


def _head(read: Reading, verdict: Verdict, words: Words) -> str:
    """What was judged, and by what, in words."""
    variant = _variant(read, verdict, parse_id(verdict.id))
    if variant is None:
        rule = read.audited.law.rules[verdict.rule].file
        return words.of(rule.title, rule.title_es)
    order = variant.order.file
    what = named(read.audited.matrix, verdict.event, words)
    return words("head_order", event=what, order=words.of(order.title, order.title_es))


def why_steps(read: Reading, verdict: Verdict, language: str) -> list[Step]:
    """The explanation: what happened, the text, each of the three answers, the verdict, what would settle it,
    where all of it is written.
    """
    words = Words(language)
    variant = _variant(read, verdict, parse_id(verdict.id))
    order = _order_lines(variant, words) if variant else _rule_lines(read, verdict, words)
    asked = _asked(read, verdict, variant, words)
    bound = [_answer(verdict.is_bound, words), *(covered_lines(asked) if asked else [])]
    force = [_answer(verdict.in_force, words), *(in_force_lines(asked) if asked else [])]
    shown = [
        _answer(verdict.is_shown, words),
        *_shown_lines(read, verdict, variant, words),
        *(_part_lines(read, verdict, variant, words) if variant else []),
        *(shown_lines(asked) if asked else []),
        _margin(verdict, variant, words),
        *(in_order_lines(asked) if asked else []),
    ]
    steps = [
        (words("event"), _event_lines(read, verdict, variant, words)),
        (words("order" if variant else "rule"), order),
        (words("bound"), bound),
        (words("force"), force),
        (words("shown" + _kind(verdict, variant)), shown),
        (words("verdict"), _verdict_lines(verdict, variant, words)),
    ]
    if verdict.decisive_facts:
        settles = [fact_line(fact, words) for fact in verdict.decisive_facts]
        settles += [_if_line(each, verdict, variant, words) for each in verdict.if_answered]
        steps.append((words("settles"), settles))
    steps.append((words("rests"), _citation_lines(read, verdict, variant, words)))
    return [Step(title=title, lines=tuple(lines)) for title, lines in steps]


def _margin(verdict: Verdict, variant: Variant | None, words: Words) -> str:
    """How far from the line; of a breach on the right side of it, that time is not what it lacks."""
    hi = verdict.margin.hi
    in_time = verdict.verdict == "violated" and verdict.margin.is_known and hi is not None and hi < 0
    if in_time and variant is not None and (variant.term.unless or variant.term.items):
        return words("margin_not_time")
    return margin_line(verdict.margin, words, variant)


def _asked(read: Reading, verdict: Verdict, variant: Variant | None, words: Words) -> Asked | None:
    """What the questions were asked of; None of a rule, and of an event of the records, whose rows say it."""
    matrix = read.audited.matrix
    event = next((each for each in matrix.events.values() if each.id == verdict.event), None)
    if variant is None or event is None:
        return None
    return Asked(verdict=verdict, variant=variant, event=event, matrix=matrix, words=words)


def _variant(read: Reading, verdict: Verdict, parts: VerdictId) -> Variant | None:
    if verdict.order is None:
        return None
    return next(
        each
        for each in read.audited.matrix.variants
        if each.order.id == parts.by
        and each.term.id == parts.part
        and each.construction == parts.construction
    )


def _kind(verdict: Verdict, variant: Variant | None) -> str:
    """The ending of the words for rules that name an irregularity of the record, and for what is required."""
    if variant is not None and variant.term.requires:
        return "_required"
    return "_record" if verdict.nature == "indicator" else ""


def _event_lines(read: Reading, verdict: Verdict, variant: Variant | None, words: Words) -> list[str]:
    event = next((each for each in read.audited.matrix.events.values() if each.id == verdict.event), None)
    if event is not None and variant is not None:
        phase = variant.phase or "done"
        moment = read.audited.matrix.timeline.moments[event.moment_names()[phase]]
        what = words(
            "stated_event",
            what=words.of(event.file.what, event.file.what_es),
            phase=words.of(*PHASE_WORDS[phase]),
        )
        subject = words.of(event.file.subject.what, event.file.subject.what_es)
        when = span_in_words(moment.lo, moment.hi, (variant.order.file.zones or ["UTC"])[0], words)
        return [
            what,
            words("subject", subject=subject),
            words("when", bounds=when) if when else words("when_unknown"),
        ]
    rows = ", ".join(verdict.addresses) or str(verdict.subject)
    rule = _rule_of(read, verdict, variant)
    named = words.of(rule.file.event, rule.file.event_es) if rule else verdict.event
    lines = [words("recorded_event", what=named[0].upper() + named[1:], rows=rows)]
    if verdict.subject:
        lines.append(
            words(
                "subject",
                subject=(f"{verdict.release} / {verdict.subject}" if verdict.release else verdict.subject),
            )
        )
    return [*lines, words("when", bounds=f"{verdict.event_from or '…'} – {verdict.event_until or '…'}")]


def _order_lines(variant: Variant, words: Words) -> list[str]:
    file = variant.order.file
    lines = [
        words(
            "order_line",
            title=words.of(file.title, file.title_es),
            court=file.court,
            docket=file.docket,
            instrument=file.instrument,
            binds=file.scope.binds,
            protects=words.of(file.scope.protects, file.scope.protects_es),
        ),
        words("term", says=words.of(variant.term.says, variant.term.says_es)),
        *form_lines(variant, words),
    ]
    lines += [_reading_line(part, words) for part in variant.readings]
    lines += _note_lines(file.note, words)
    return lines + [line for text in texts_of(variant) for line in _text_lines(text, words)]


def _reading_line(part: ReadingOf, words: Words) -> str:
    """A reading that the order names; of one that is a phase of the event alone, that it is what counts."""
    title = words.of(part.title, part.title_es)
    is_phase = (part.title, part.title_es) in PHASE_WORDS.values()
    return words("reading_phase", phase=title) if is_phase else words("construction", title=title)


def _rule_lines(read: Reading, verdict: Verdict, words: Words) -> list[str]:
    rule = read.audited.law.rules[verdict.rule]
    version = rule.version(str(verdict.version))
    construction = rule.construction(verdict.construction)
    lines = [
        words(
            "rule_line",
            title=words.of(rule.file.title, rule.file.title_es),
            nature=words(f"nature_{rule.file.nature}"),
            severity=rule.file.severity,
            version=version.id,
        )
    ]
    if construction:
        lines.append(words("construction", title=words.of(construction.title, construction.title_es)))
    lines += _note_lines(rule.file.note, words)
    return lines + [
        line
        for text in [*version.text, *(construction.text if construction else [])]
        for line in _text_lines(text, words)
    ]


def _text_lines(text: Text, words: Words) -> list[str]:
    lines = [
        words("relies", instrument=text.instrument, pin=text.pin, says=words.of(text.says, text.says_es))
    ]
    if text.quote:
        lines.append(words("quote", quote=text.quote))
    lines.append(
        words("read", seen=text.seen or text.url, url=text.url or text.seen)
        if text.read
        else words("unread", url=text.url or text.seen)
    )
    return lines + _note_lines(text.note, words)


def _note_lines(note: str, words: Words) -> list[str]:
    return [words("note", note=note)] if note else []


def _answer(answer: bool | None, words: Words) -> str:
    return words("open" if answer is None else "yes" if answer else "no")


def _rule_of(read: Reading, verdict: Verdict, variant: Variant | None) -> Rule | None:
    """The rule that was judged by: of an order, the one that its term binds to, if it does."""
    name = variant.term.rule if variant else verdict.rule
    return read.audited.law.rules[name] if name else None


def _shown_lines(read: Reading, verdict: Verdict, variant: Variant | None, words: Words) -> list[str]:
    rule = _rule_of(read, verdict, variant)
    if rule is None or verdict.is_shown is None:
        return []
    file = rule.file
    sentence = (
        words.of(file.shown, file.shown_es)
        if verdict.is_shown
        else words.of(file.not_shown, file.not_shown_es)
    )
    if variant:
        return [_filled(sentence, measures(variant.term.parameters))]
    return [_with_measures(sentence, rule, verdict)]


def _part_lines(read: Reading, verdict: Verdict, variant: Variant, words: Words) -> list[str]:
    matrix = read.audited.matrix
    event = next((each for each in matrix.events.values() if each.id == verdict.event), None)
    shown = matrix.shown(variant, event) if event else None
    lines = parts_lines(variant, event, matrix, words)
    if variant.term.requires and not variant.term.by and shown and shown.at and shown.at != (None, None):
        zone = (variant.order.file.zones or ["UTC"])[0]
        lines.append(words("form_due", bounds=span_in_words(*shown.at, zone, words)))
    return lines


def _with_measures(sentence: str, rule: Rule, verdict: Verdict) -> str:
    row = next(
        (
            each
            for each in variants(rule, shift_us=0)
            if each["version"] == verdict.version and each["construction"] == verdict.construction
        ),
        variants(rule, shift_us=0)[0],
    )
    return _filled(sentence, row)


def _filled(sentence: str, measured: Mapping[str, int | None]) -> str:
    texts = {"limit": measured["limit_us"], "window": measured["window_us"]}
    spans = {name: span_text(us) if us is not None else "" for name, us in texts.items()}
    return sentence.format(**spans, count=measured["limit_n"])


def _verdict_lines(verdict: Verdict, variant: Variant | None, words: Words) -> list[str]:
    answers = {
        name: words("answer_open" if answer is None else "answer_yes" if answer else "answer_no")
        for name, answer in (
            ("bound", verdict.is_bound),
            ("force", verdict.in_force),
            ("shown", verdict.is_shown),
        )
    }
    word = verdict_in_words(verdict.verdict, verdict.nature, words)
    lines = [words("because" + _kind(verdict, variant), verdict=word[0].upper() + word[1:], **answers)]
    if len(verdict.possible) > 1:
        possible = [verdict_in_words(each, verdict.nature, words) for each in verdict.possible]
        lines.append(words("possible", possible=words("or").join(possible)))
    return lines + together_line(verdict, words)


def _if_line(each: IfAnswered, verdict: Verdict, variant: Variant | None, words: Words) -> str:
    """What either answer to an open question would make of the verdict."""
    left = {
        name: words("or").join(verdict_in_words(one, verdict.nature, words) for one in found)
        for name, found in (("yes", each.if_yes), ("no", each.if_no))
    }
    kind = _kind(verdict, variant) if each.question == "shown" else ""
    return "- " + words(f"if_{each.question}{kind}", **left)


def _citation_lines(read: Reading, verdict: Verdict, variant: Variant | None, words: Words) -> list[str]:
    lines, matrix, order = [], read.audited.matrix, verdict.order or ""

    def of(name: str) -> str:
        return named(matrix, name, words, event=verdict.event, order=order)

    for cited in verdict.citations:
        if isinstance(cited, RecordCitation):
            lines.append("- " + words("record_citation", address=cited.address))
        elif isinstance(cited, StatementCitation):
            lines.append(f"- {statement_line(cited, words, of)}")
    return lines + disagreement_lines(read, verdict, variant, words, of)
