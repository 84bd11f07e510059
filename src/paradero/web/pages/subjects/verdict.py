"""One verdict, step by step: what happened, the text, each answer, what would settle it, and the exhibit of
it.
"""

from __future__ import annotations

import re

from paradero.answers.verdicts.audit_reading import reading
from paradero.answers.verdicts.in_words import verdict_in_words
from paradero.answers.verdicts.verdict_values import RecordCitation
from paradero.answers.verdicts.why import find_verdict, why_steps
from paradero.model.errors import UnknownName
from paradero.reports.content.blocks import (
    Code,
    Link,
    Mark,
    Named,
    Page,
    Piece,
    Points,
    Section,
    Stated,
    Text,
)
from paradero.reports.content.wording import Wording, joined
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.evidence import row_of
from paradero.web.addresses import with_options
from paradero.web.asking import BELIEVING, Asking, supposing_of
from paradero.web.pages.subjects.exhibit import as_files

_ADDRESS = re.compile(r"(https?://[^\s,;]*[^\s,;.)])")

PATH = "/verdicts/{name:path}"
OPTIONS = BELIEVING
IS_ABOUT_ROWS = True


def page(asking: Asking) -> Page:
    """The verdict of that id. Raises UnknownName with near ids where there is none."""
    asked = asking.standing.asked(supposing=supposing_of(asking))
    say = Wording("verdict", asking.language)
    material = Material(asked, asking.language, is_site=True)
    if asked.audited is None:
        raise UnknownName("Nothing in this casefile was judged, so it has no verdict.")
    with reading(asked.audited) as read:
        verdict = find_verdict(read, asking.name("name"))
        steps = why_steps(read, verdict, asking.language)
        events = {each.id: each for each in read.audited.matrix.events.values()}
    word = verdict_in_words(verdict.verdict, verdict.nature, material.verdict_words)
    event = events.get(verdict.event)
    what = verdict.event if event is None else say.of(event.file.what, event.file.what_es)
    sections = [
        Section(
            id=f"step-{number}",
            name=step.title,
            title=(Stated(text=f"{number}. {step.title}"),),
            blocks=(Points(items=tuple(_line(line) for line in step.lines)),),
        )
        for number, step in enumerate(steps, 1)
    ]
    believed = {name: list(values) for name, values in asking.options.items() if name in BELIEVING}
    rows = [each.address for each in verdict.citations if isinstance(each, RecordCitation)]
    items: list[Text] = []
    if verdict.order is not None:
        title = read.audited.matrix.orders[verdict.order].file
        named = Named(text=say.of(title.title, title.title_es), about="order", name=verdict.order)
        items.append(say("order", order=named))
    if event is not None and event.text:
        items.append(say("event", event=Named(text=what, about="event", name=event.id)))
    if verdict.decisive_facts:
        items.append((Link(text=say.plain("requests"), to="/requests"),))
    items += [
        (Link(text=say.plain("sources"), to=f"#step-{len(steps)}"),),
        (Link(text=say.plain("exhibit"), to=with_options("/exhibit", {"verdict": verdict.id, **believed})),),
    ]
    if files := as_files(asking, [verdict.id]):
        items.append(say("files", files=joined((each,) for each in files)))
    if rows:
        items.append(say("rows", rows=joined(row_of(each, asking.language) for each in rows)))
    sections.append(
        Section(id="next", name=say.plain("next"), title=say("next"), blocks=(Points(items=tuple(items)),))
    )
    mark = Mark(text=word, ink=verdict.verdict.value)
    return whole(
        material,
        say,
        kicker=say("kicker", id=Code(text=verdict.id)),
        title=(Stated(text=what), ": ", mark),
        lead=say("lead"),
        findings=(),
        found=sections,
    )


def _line(line: str) -> Text:
    """A line of a step, its addresses as links."""
    pieces: list[Piece] = []
    for at, part in enumerate(_ADDRESS.split(line.removeprefix("- "))):
        if part:
            pieces.append(Link(text=part, to=part) if at % 2 else Stated(text=part))
    return tuple(pieces)
