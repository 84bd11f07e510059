"""Explain a verdict step by step, in English or Spanish, from the very record that `paradero audit`
prints.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from paradero.answers.instants import bounds_text
from paradero.answers.verdicts.audit_reading import Reading
from paradero.answers.verdicts.disagreement import disagreement_lines
from paradero.answers.verdicts.order_facts import phase_of
from paradero.answers.verdicts.order_verdicts import texts_of
from paradero.answers.verdicts.verdict_ids import VerdictId, parse_id
from paradero.answers.verdicts.verdicts import Wanted, records
from paradero.answers.words import Words
from paradero.law.events import PHASE_WORDS
from paradero.law.matrix import Variant
from paradero.law.rules import Rule, Text, measures, variants
from paradero.model.errors import UnknownName
from paradero.model.naming import unknown
from paradero.model.time.clock import span_text

Row = dict[str, Any]

_NEAR = 50  # how many verdicts on the same event are looked at for one that was meant

ALL = ("violated", "complied", "undetermined", "not_bound")


def find_verdict(read: Reading, text: str) -> Row:
    """The record of the verdict with that id; raises UnknownName where there is none."""
    wanted = parse_id(text)
    event = wanted.at.split("+")[0]
    subject = event.rpartition("/")[0] if ":" not in event and "/" in event else None
    asked = Wanted(
        by=(wanted.by,),
        construction=wanted.construction,
        verdicts=ALL,
        subject=subject,
        event=None if subject else event,
    )
    for record in records(read, asked):
        if record["id"] == text.strip():
            return record
    near = [record["id"] for record in records(read, replace(asked, construction=None), limit=_NEAR)]
    if not near:
        raise UnknownName(
            f"Expected the id of a verdict, found `{text}`: there is none of {wanted.by} on {wanted.at}."
            " `paradero audit` prints the ids."
        )
    raise unknown("the id of a verdict", text, near, where_listed="`paradero audit` prints the ids.")


def why_text(read: Reading, record: Row, language: str) -> str:
    """The explanation: what happened, the text, each of the three answers, the verdict, what would settle it,
    where all of it is written.
    """
    words = Words(language)
    parts = parse_id(record["id"])
    variant = _variant(read, record, parts)
    lines = [words("title", id=record["id"], verdict=words(record["verdict"])), words("reading"), ""]
    lines += _numbered(1, words("event"), _event_lines(read, record, variant, words))
    lines += _numbered(
        2,
        words("order" if variant else "rule"),
        _order_lines(variant, words) if variant else _rule_lines(read, record, words),
    )
    lines += _numbered(3, words("bound"), [_answer(record["is_bound"], words)])
    lines += _numbered(
        4,
        words("force"),
        [_answer(record["in_force"], words), *(_act_lines(read, variant, words) if variant else [])],
    )
    lines += _numbered(
        5,
        words("shown"),
        [_answer(record["is_shown"], words), *_shown_lines(read, record, words), _margin_line(record, words)],
    )
    lines += _numbered(6, words("verdict"), _verdict_lines(record, words))
    if record["decisive_facts"]:
        lines += _numbered(
            7,
            words("settles"),
            [line for fact in record["decisive_facts"] for line in _fact_lines(fact, words)],
        )
    lines += _numbered(
        8 if record["decisive_facts"] else 7, words("rests"), _citation_lines(read, record, variant, words)
    )
    return "\n".join(lines).rstrip()


def _variant(read: Reading, record: Row, parts: VerdictId) -> Variant | None:
    if record["order"] is None:
        return None
    return next(
        each
        for each in read.audited.matrix.variants
        if each.order.id == parts.by
        and each.term.id == parts.part
        and each.construction == parts.construction
    )


def _numbered(number: int, title: str, lines: list[str]) -> list[str]:
    return [f"{number}. {title}", *(f"   {line}" for line in lines), ""]


def _event_lines(read: Reading, record: Row, variant: Variant | None, words: Words) -> list[str]:
    event = next((each for each in read.audited.matrix.events.values() if each.id == record["event"]), None)
    if event is not None and variant is not None:
        phase = phase_of(variant) or "done"
        moment = read.audited.matrix.timeline.moments[event.moment_names()[phase]]
        what = words(
            "stated_event",
            what=words.of(event.file.what, event.file.what_es),
            phase=words.of(*PHASE_WORDS[phase]),
        )
        subject = words.of(event.file.subject.what, event.file.subject.what_es)
        when = bounds_text(moment.lo, moment.hi, (variant.order.file.zones or ["UTC"])[0], to=words("to"))
        known = moment.lo is not None or moment.hi is not None
        return [
            what,
            words("subject", subject=subject),
            words("when", bounds=when) if known else words("when_unknown"),
        ]
    rows = ", ".join(each["address"] for each in record["citations"] if each["kind"] == "record") or str(
        record["subject"]
    )
    rule = read.audited.law.rules.get(record["rule"])
    named = words.of(rule.file.event, rule.file.event_es) if rule else record["event"]
    lines = [words("recorded_event", what=named[0].upper() + named[1:], rows=rows)]
    if record["subject"]:
        lines.append(
            words(
                "subject",
                subject=(
                    f"{record['release']} / {record['subject']}" if record["release"] else record["subject"]
                ),
            )
        )
    return [*lines, words("when", bounds=f"{record['event_from'] or '…'} – {record['event_until'] or '…'}")]


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
    ]
    readings = [part for part in (variant.completion, variant.binding) if part is not None]
    lines += [words("construction", title=words.of(part.title, part.title_es)) for part in readings]
    lines += _note_lines(file.note, words)
    return lines + [line for text in texts_of(variant) for line in _text_lines(text, words)]


def _rule_lines(read: Reading, record: Row, words: Words) -> list[str]:
    rule = read.audited.law.rules[record["rule"]]
    version = rule.version(record["version"])
    construction = rule.construction(record["construction"])
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


def _act_lines(read: Reading, variant: Variant, words: Words) -> list[str]:
    zone = (variant.order.file.zones or ["UTC"])[0]
    lines = []
    for act_id in variant.acts:
        act, moment = (
            variant.order.act(act_id),
            read.audited.matrix.timeline.moments[f"{variant.order.id}.{act_id}"],
        )
        what = words.of(act.what, act.what_es)
        known = moment.lo is not None or moment.hi is not None
        what = what[0].upper() + what[1:]
        lines.append(
            words("act", what=what, bounds=bounds_text(moment.lo, moment.hi, zone, to=words("to")))
            if known
            else words("act_unknown", what=what)
        )
    return lines


def _shown_lines(read: Reading, record: Row, words: Words) -> list[str]:
    rule = read.audited.law.rules.get(record["rule"])
    if rule is None or record["is_shown"] is None:
        return []
    if record["order"] is not None:
        term = next(
            each
            for each in next(o for o in read.audited.law.orders if o.id == record["order"]).file.term
            if each.rule == rule.id
        )
        sentence = words.of(
            *(
                (rule.file.shown, rule.file.shown_es)
                if record["is_shown"]
                else (rule.file.not_shown, rule.file.not_shown_es)
            )
        )
        return [_filled(sentence, measures(term.parameters))]
    english, spanish = (
        (rule.file.shown, rule.file.shown_es)
        if record["is_shown"]
        else (rule.file.not_shown, rule.file.not_shown_es)
    )
    return [_with_measures(words.of(english, spanish), rule, record)]


def _with_measures(sentence: str, rule: Rule, record: Row) -> str:
    row = next(
        (
            each
            for each in variants(rule, shift_us=0)
            if each["version"] == record["version"] and each["construction"] == record["construction"]
        ),
        variants(rule, shift_us=0)[0],
    )
    return _filled(sentence, row)


def _filled(sentence: str, measured: Row) -> str:
    texts = {"limit": measured["limit_us"], "window": measured["window_us"]}
    spans = {name: span_text(us) if us is not None else "" for name, us in texts.items()}
    return sentence.format(**spans, count=measured["limit_n"])


def _margin_line(record: Row, words: Words) -> str:
    if record["margin_lo"] is None and record["margin_hi"] is None:
        return words("margin_unknown")
    return words(
        "margin",
        lo=_number(record["margin_lo"], words),
        hi=_number(record["margin_hi"], words),
        unit=words(record["margin_unit"]),
    )


def _number(value: float | None, words: Words) -> str:
    return words("no_bound") if value is None else f"{value:,.1f}".removesuffix(".0")


def _verdict_lines(record: Row, words: Words) -> list[str]:
    answers = {
        name: words("answer_open" if record[key] is None else "answer_yes" if record[key] else "answer_no")
        for name, key in (("bound", "is_bound"), ("force", "in_force"), ("shown", "is_shown"))
    }
    verdict = words(record["verdict"])
    lines = [words("because", verdict=verdict[0].upper() + verdict[1:], **answers)]
    if len(record["possible"]) > 1:
        lines.append(words("possible", possible=", ".join(words(each) for each in record["possible"])))
    return lines


def _fact_lines(fact: Row, words: Words) -> list[str]:
    what = words.of(fact["what"], fact["what_es"])
    line = words(
        "fact",
        what=what[0].upper() + what[1:],
        record=fact["record"],
        field=fact["field"],
        ask=words(fact["ask"]),
    )
    more = [
        words(name, **{key: fact[source]})
        for name, key, source in (
            ("known", "known", "known"),
            ("turns", "turns", "turns_at"),
            ("exemption", "exemption", "exemption"),
        )
        if fact.get(source)
    ]
    return ["- " + " ".join([line, *more])]


def _citation_lines(read: Reading, record: Row, variant: Variant | None, words: Words) -> list[str]:
    lines = []
    for cited in record["citations"]:
        if cited["kind"] == "record":
            lines.append("- " + words("record_citation", address=cited["address"]))
        elif cited["kind"] == "statement":
            says = cited.get("time") or cited.get("says") or cited.get("withheld")
            lines.append(
                "- "
                + words(
                    "statement_citation",
                    by=cited["by"],
                    evidence=cited["evidence"],
                    says=says,
                    of=cited["of"],
                    seen=", ".join(cited["seen"]),
                )
            )
    return lines + disagreement_lines(read, record, variant, words)
