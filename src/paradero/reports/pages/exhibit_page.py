"""Exhibits: what is shown of an event, each fact with the number of its source, and how to check it. A
title says what is shown and concludes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from paradero import __version__
from paradero.answers.statement_words import statement_words
from paradero.answers.verdicts.audit_reading import Reading, reading
from paradero.answers.verdicts.in_words import verdict_in_words
from paradero.answers.verdicts.steps.naming import named
from paradero.answers.verdicts.verdict_values import (
    Citation,
    LawCitation,
    RecordCitation,
    StatementCitation,
    Verdict,
)
from paradero.answers.verdicts.why import find_verdict
from paradero.answers.words import Words
from paradero.law.events import Event
from paradero.model.errors import UnknownName
from paradero.reports.content.blocks import (
    Block,
    Chart,
    Code,
    Facts,
    Link,
    Mark,
    Page,
    Paragraph,
    Piece,
    Points,
    Section,
    Stated,
    Table,
    Text,
)
from paradero.reports.content.wording import Wording, joined, plain_text
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.evidence import row_of
from paradero.reports.pages.parts.time_line import timeline

Key: TypeAlias = tuple[str, ...]  # what makes a source the same


def exhibit_page(material: Material, ids: Sequence[str], files: Sequence[Link] = ()) -> Page:
    """An exhibit for each verdict by its id, numbered in their order; `files` are those that it can be had
    as. Our reading stands on the screen alone. Raises UnknownName with near ids, and where nothing in the
    casefile could be judged.
    """
    say = material.wording("exhibit")
    audited = material.asked.audited
    if audited is None:
        raise UnknownName("Nothing in this casefile was judged, so there is no verdict to exhibit.")
    with reading(audited) as read:
        verdicts = [find_verdict(read, each) for each in dict.fromkeys(ids)]
        found = [_exhibit(read, each, number, say) for number, each in enumerate(verdicts, 1)]
    titles = [section.name for section in found]
    cited = [one for each in verdicts for one in each.citations]
    found += [_readings(verdicts, say), _declaration(material, cited, say)]
    return whole(
        material,
        say,
        kicker=say("kicker"),
        title=say("title", what=Stated(text="; ".join(titles))),
        lead=(
            *say("lead"),
            *((" ", *say("as_files", files=joined((one,) for one in files))) if files else ()),
        ),
        findings=(),
        found=found,
    )


def _exhibit(read: Reading, verdict: Verdict, number: int, say: Wording) -> Section:
    event = next((each for each in read.audited.matrix.events.values() if each.id == verdict.event), None)
    what = verdict.event if event is None else say.of(event.file.what, event.file.what_es)
    sources = {key: at for at, key in enumerate(dict.fromkeys(map(_source, verdict.citations)), 1)}
    blocks: list[Block] = []
    chart = None if event is None else _time_line(read, event, verdict, sources, say)
    if chart is not None:
        blocks.append(chart)
    blocks += [_facts(read, verdict, sources, say), _sources(verdict.citations, sources, say)]
    unread = sorted({sources[_source(one)] for one in verdict.citations if not _is_read(one)})
    if unread:
        listed = Stated(text=", ".join(map(str, unread)))
        blocks.append(Paragraph(text=say("unread", sources=listed)))
    if verdict.decisive_facts:
        named = tuple(
            (Stated(text=f"{say.of(one.what, one.what_es)} ({one.record}: {one.field})"),)
            for one in verdict.decisive_facts
        )
        blocks += [Paragraph(text=say("open")), Points(items=named)]
    face = say("aid" if event is not None else "summary")
    return Section(
        id=f"exhibit-{number}",
        name=what,
        title=say("exhibit", number=Stated(text=str(number)), what=Stated(text=what)),
        sub=face,
        blocks=tuple(blocks),
    )


def _source(one: Citation) -> Key:
    """By what a source is the same: whoever states several things at the same addresses is one source."""
    if isinstance(one, RecordCitation):
        return ("record", one.address)
    if isinstance(one, LawCitation):
        return ("law", one.instrument, one.pin, one.url, one.seen, str(one.read_in_source))
    return ("statement", one.by, one.evidence, one.primary, one.seen_as, *one.seen)


def _is_read(one: Citation) -> bool:
    """Whether it is said to have been read in its source: rows are the source; silence is no reading."""
    if isinstance(one, RecordCitation):
        return True
    if isinstance(one, LawCitation):
        return one.read_in_source
    return one.seen_as == "read" or _is_outlet(one)


def _is_outlet(one: StatementCitation) -> bool:
    """Whether who says it is the outlet at whose page it was seen, and passes on nobody's document."""
    return one.seen_as == "own" and not one.primary


def _time_line(
    read: Reading, event: Event, verdict: Verdict, sources: Mapping[Key, int], say: Wording
) -> Chart | None:
    """The event's moments with the order that the verdict is on, each with the numbers of its sources."""
    stated: dict[str, set[int]] = {}
    for one in verdict.citations:
        if isinstance(one, StatementCitation):
            stated.setdefault(one.of, set()).add(sources[_source(one)])
    marks = {of: f"[{', '.join(map(str, sorted(at)))}]" for of, at in stated.items()}
    return timeline(read, event, Wording("orders", say.language), order=verdict.order, marks=marks)


def _facts(read: Reading, verdict: Verdict, sources: Mapping[Key, int], say: Wording) -> Table:
    """What is stated of what, by which sources: a line for each thing that statements or rows speak of."""
    matrix, words = read.audited.matrix, Words(say.language)

    def of(name: str) -> str:
        return named(matrix, name, words, event=verdict.event, order=verdict.order or "")

    lines: dict[str, list[tuple[str, int, str]]] = {}
    for one in dict.fromkeys(verdict.citations):
        at = sources[_source(one)]
        if isinstance(one, StatementCitation):
            said = statement_words(one.time, one.withheld, one.says, say.language, of)
            noted = f"{said} ({say.plain('note')}: {one.note})" if one.note else said
            lines.setdefault(of(one.of), []).append((noted, at, _mark(one, say)))
        elif isinstance(one, RecordCitation):
            lines.setdefault(of(verdict.event), []).append((say.plain("a_row"), at, ""))
        else:
            lines.setdefault(say.plain("text"), []).append((one.says or one.quote, at, _mark(one, say)))
    rows = tuple(
        (
            (Stated(text=what[0].upper() + what[1:]),),
            joined([(Stated(text=f"{said} [{at}]{mark}"),) for said, at, mark in stated], "; "),
        )
        for what, stated in lines.items()
    )
    heads = (say.plain("of"), say.plain("stated"))
    return Table(caption=say.plain("facts"), heads=heads, rows=rows)


def _sources(cited: Sequence[Citation], numbers: Mapping[Key, int], say: Wording) -> Table:
    """Every source with its number, what kind of evidence it is, and where it was seen."""
    kinds = Wording("evidence", say.language)
    rows: list[tuple[Text, ...]] = []
    sources = {numbers[_source(one)]: one for one in reversed(cited)}
    for at, one in sorted(sources.items()):
        if isinstance(one, RecordCitation):
            rows.append(((Stated(text=str(at)),), row_of(one.address, say.language), (say.plain("row"),)))
        elif isinstance(one, LawCitation):
            kind = say.plain("read" if one.read_in_source else "not_read")
            name = f"{one.instrument} {one.pin}".strip()
            named = _named(name, [one.url, one.seen], one.copies, say)
            rows.append(((Stated(text=str(at)),), named, (kind,)))
        else:
            kind = kinds.plain(f"evidence_{one.evidence}")
            name = f"{one.by} ({say.plain('primary')}: {one.primary})" if one.primary else one.by
            named = _named(name, one.seen, one.copies, say)
            seen = "outlet" if _is_outlet(one) else one.seen_as
            how = f"{kind}; {say.plain('seen_' + (seen or 'open'))}"
            rows.append(((Stated(text=str(at)),), named, (how,)))
    heads = tuple(say.plain(each) for each in ("number", "source", "kind"))
    more = say("copies") if any(isinstance(one, StatementCitation) for one in cited) else ()
    return Table(caption=say.plain("sources"), heads=heads, rows=tuple(rows), right=(0,), more=more)


def _mark(one: StatementCitation | LawCitation, say: Wording) -> str:
    """The mark of a cite that is not said to have been read in its source, and of one seen only at copies."""
    marks = [] if _is_read(one) else [say.plain("mark_not_read")]
    if isinstance(one, StatementCitation) and one.seen_as == "copy":
        marks.append(say.plain("mark_copy"))
    return f" ({', '.join(marks)})" if marks else ""


def _named(name: str, seen: Sequence[str], copies: Sequence[str], say: Wording) -> Text:
    pieces: list[Piece] = [Stated(text=name)]
    for place in seen:
        if place.startswith(("https://", "http://")):
            pieces += [" ", Link(text=place, to=place)]
            pieces += [" ", Stated(text=f"({say.plain('mark_copy')})")] if place in copies else []
        elif place:
            pieces += [" ", Stated(text=place)]
    return tuple(pieces)


def _readings(verdicts: Sequence[Verdict], say: Wording) -> Section:
    """The verdicts, apart from the exhibits: readings of ours, and no part of any of them."""
    return Section(
        id="readings",
        name=say.plain("reading"),
        title=say("reading"),
        sub=say("reading_sub"),
        blocks=tuple(_reading(verdict, number, say) for number, verdict in enumerate(verdicts, 1)),
        is_unfiled=True,
    )


def _reading(verdict: Verdict, number: int, say: Wording) -> Facts:
    word = verdict_in_words(verdict.verdict, verdict.nature, Words(say.language))
    by = " ".join(
        each for each in (verdict.order, verdict.rule, verdict.version, verdict.construction) if each
    )
    return Facts(
        caption=plain_text(say("reading_of", number=Stated(text=str(number)))),
        rows=(
            (say.plain("verdict"), (Mark(text=word, ink=verdict.verdict.value),)),
            (say.plain("by"), (Code(text=by),)),
            (say.plain("steps"), (Code(text=f"paradero why {verdict.id}"),)),
        ),
    )


def _declaration(material: Material, cited: Sequence[Citation], say: Wording) -> Section:
    """A form to fill in, of what is cited: files only where rows are, addresses only where there are some;
    filings print in English whatever the language of the page.
    """
    made = Stated(text=f"{__version__}, {material.digest}")
    asked = {
        "who": True,
        "files": any(isinstance(one, RecordCitation) for one in cited),
        "addresses": any(not isinstance(one, RecordCitation) for one in cited),
        "made": True,
        "check": True,
        "perjury": True,
    }
    items = tuple(say(f"declaration_{name}", made=made) for name, is_asked in asked.items() if is_asked)
    return Section(
        id="declaration",
        name=say.plain("declaration"),
        title=say("declaration"),
        blocks=(Points(items=items),),
    )
