"""Exhibits: what is shown of an event, each fact with the number of its source, and how to check it. A
title says what is shown and concludes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from paradero import __version__
from paradero.answers.verdicts.audit_reading import Reading, reading
from paradero.answers.verdicts.in_words import verdict_in_words
from paradero.answers.verdicts.verdict_values import (
    Citation,
    LawCitation,
    RecordCitation,
    StatementCitation,
    Verdict,
)
from paradero.answers.verdicts.why import find_verdict
from paradero.answers.words import Words
from paradero.model.errors import UnknownName
from paradero.reports.content.blocks import (
    Block,
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
from paradero.reports.content.wording import Wording, joined
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.evidence import row_of
from paradero.reports.pages.parts.time_line import timeline


def exhibit_page(material: Material, ids: Sequence[str]) -> Page:
    """An exhibit for each verdict by its id, numbered in their order. Raises UnknownName with near ids, and
    where nothing in the casefile could be judged.
    """
    say = material.wording("exhibit")
    audited = material.asked.audited
    if audited is None:
        raise UnknownName("Nothing in this casefile was judged, so there is no verdict to exhibit.")
    found: list[Section] = []
    with reading(audited) as read:
        for number, each in enumerate(dict.fromkeys(ids), 1):
            found += _exhibit(read, find_verdict(read, each), number, say)
    found.append(_declaration(material, say))
    titles = [section.name for section in found if section.id.startswith("exhibit-")]
    return whole(
        material,
        say,
        kicker=say("kicker"),
        title=say("title", what=Stated(text="; ".join(titles))),
        lead=say("lead"),
        findings=(),
        found=found,
    )


def _exhibit(read: Reading, verdict: Verdict, number: int, say: Wording) -> list[Section]:
    event = next((each for each in read.audited.matrix.events.values() if each.id == verdict.event), None)
    what = verdict.event if event is None else say.of(event.file.what, event.file.what_es)
    sources = list(dict.fromkeys(verdict.citations))
    blocks: list[Block] = []
    chart = None if event is None else timeline(read, event, Wording("orders", say.language))
    if chart is not None:
        blocks.append(chart)
    blocks += [_facts(verdict, sources, say), _sources(sources, say)]
    unread = [
        at for at, one in enumerate(sources, 1) if isinstance(one, LawCitation) and not one.read_in_source
    ]
    if unread:
        listed = Stated(text=", ".join(map(str, unread)))
        blocks.append(Paragraph(text=say("unread", sources=listed)))
    if verdict.decisive_facts:
        named = tuple(
            (Stated(text=f"{say.of(one.what, one.what_es)} ({one.record}: {one.field})"),)
            for one in verdict.decisive_facts
        )
        blocks += [Paragraph(text=say("open")), Points(items=named)]
    blocks.append(_reading(verdict, say))
    face = say("aid" if event is not None else "summary")
    return [
        Section(
            id=f"exhibit-{number}",
            name=what,
            title=say("exhibit", number=Stated(text=str(number)), what=Stated(text=what)),
            sub=face,
            blocks=tuple(blocks),
        )
    ]


def _facts(verdict: Verdict, sources: Sequence[Citation], say: Wording) -> Table:
    """What is stated of what, by which sources: a line for each thing that statements or rows speak of."""
    lines: dict[str, list[tuple[str, int, str]]] = {}
    for at, one in enumerate(sources, 1):
        if isinstance(one, StatementCitation):
            lines.setdefault(one.of, []).append((one.time or one.withheld or one.says, at, _mark(one, say)))
        elif isinstance(one, RecordCitation):
            lines.setdefault(verdict.event, []).append((say.plain("a_row"), at, ""))
        else:
            lines.setdefault(say.plain("text"), []).append((one.says or one.quote, at, _mark(one, say)))
    rows = tuple(
        (
            (Code(text=of),),
            joined([(Stated(text=f"{said} [{at}]{mark}"),) for said, at, mark in stated], "; "),
        )
        for of, stated in lines.items()
    )
    heads = (say.plain("of"), say.plain("stated"))
    return Table(caption=say.plain("facts"), heads=heads, rows=rows)


def _sources(sources: Sequence[Citation], say: Wording) -> Table:
    """Every source with its number, what kind of evidence it is, and where it was seen."""
    kinds = Wording("evidence", say.language)
    rows: list[tuple[Text, ...]] = []
    for at, one in enumerate(sources, 1):
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
            seen = "outlet" if one.seen_as == "own" and not one.primary else one.seen_as
            how = f"{kind}; {say.plain(f'seen_{seen}')}" if seen else kind
            rows.append(((Stated(text=str(at)),), named, (how,)))
    heads = tuple(say.plain(each) for each in ("number", "source", "kind"))
    more = say("copies") if any(isinstance(one, StatementCitation) for one in sources) else ()
    return Table(caption=say.plain("sources"), heads=heads, rows=tuple(rows), right=(0,), more=more)


def _mark(one: StatementCitation | LawCitation, say: Wording) -> str:
    """The mark of a cite that was not read in its source, or seen only at copies; blank if nobody says."""
    if isinstance(one, LawCitation):
        return "" if one.read_in_source else f" ({say.plain('mark_not_read')})"
    return f" ({say.plain('mark_copy')})" if one.seen_as == "copy" else ""


def _named(name: str, seen: Sequence[str], copies: Sequence[str], say: Wording) -> Text:
    pieces: list[Piece] = [Stated(text=name)]
    for place in seen:
        if place.startswith(("https://", "http://")):
            pieces += [" ", Link(text=place, to=place)]
            pieces += [" ", Stated(text=f"({say.plain('mark_copy')})")] if place in copies else []
        elif place:
            pieces += [" ", Stated(text=place)]
    return tuple(pieces)


def _reading(verdict: Verdict, say: Wording) -> Facts:
    """The verdict, apart from the facts: a reading, and no evidence."""
    word = verdict_in_words(verdict.verdict, verdict.nature, Words(say.language))
    by = " ".join(
        each for each in (verdict.order, verdict.rule, verdict.version, verdict.construction) if each
    )
    return Facts(
        caption=say.plain("reading"),
        rows=(
            (say.plain("verdict"), (Mark(text=word, ink=verdict.verdict.value),)),
            (say.plain("by"), (Code(text=by),)),
            (say.plain("steps"), (Code(text=f"paradero why {verdict.id}"),)),
        ),
    )


def _declaration(material: Material, say: Wording) -> Section:
    """A form to fill in; filings print in English whatever the language of the page."""
    made = Stated(text=f"{__version__}, {material.digest}")
    items = tuple(
        say(f"declaration_{name}", made=made) for name in ("who", "files", "made", "check", "perjury")
    )
    return Section(
        id="declaration",
        name=say.plain("declaration"),
        title=say("declaration"),
        blocks=(Points(items=items),),
    )
