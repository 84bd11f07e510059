"""The answers as JSON, described for people: every question, what it takes, what its answer has."""

from __future__ import annotations

from paradero import __version__
from paradero.reports.content.blocks import (
    Block,
    Code,
    Facts,
    Link,
    Page,
    Points,
    Section,
    Stated,
    Table,
    Text,
)
from paradero.reports.content.wording import Wording, joined
from paradero.web.addresses import OPENAPI
from paradero.web.asking import Asking
from paradero.web.interface.describing import address_of, names_in
from paradero.web.interface.options import DEFAULT_LIMIT, MOST_LIMIT, Option
from paradero.web.interface.questions import QuestionModule, question_modules
from paradero.web.interface.serving import is_answered
from paradero.web.writing import title_of_case

PATH = "/data"
NEEDS_SERVER = True
OPTIONS = ()
LEAVES = True  # it describes questions, and answers none


def page(asking: Asking) -> Page:
    """The questions that this site answers."""
    say = Wording("api", asking.language)
    asked = [module for module in question_modules() if is_answered(module, asking.standing)]
    paging = Code(text=f"limit={DEFAULT_LIMIT}&offset=0")
    most = Stated(text=f"{MOST_LIMIT:,}")
    shape = Points(items=(say("shape_scope"), say("shape_rows"), say("shape_missing")))
    return Page(
        language=asking.language,
        case=title_of_case(asking.standing, asking.language),
        kicker=say("kicker"),
        title=say("title"),
        lead=say("lead", paging=paging, most=most, described=Link(text=OPENAPI, to=OPENAPI)),
        label="",
        findings=(),
        sections=(
            Section(id="shape", name=say.plain("shape"), title=say("shape_title"), blocks=(shape,)),
            Section(
                id="questions",
                name=say.plain("questions"),
                title=say("questions_title"),
                blocks=tuple(block for module in asked for block in _described(module, say)),
            ),
        ),
        cite=(Stated(text=f"paradero {__version__}, {OPENAPI}"),),
        foot=(),
    )


def _described(module: QuestionModule, say: Wording) -> tuple[Block, ...]:
    """A question: its address, a link to it where nothing has to be put in, and what it takes."""
    address = address_of(module)
    is_whole = "{" not in address
    opened: Text = (Link(text=say.plain("try_it"), to=address),) if is_whole else ()
    rows: list[tuple[Text, ...]] = [
        ((Code(text=f"{{{name}}}"),), say(f"name_{name}"), (say.plain("any_text"),))
        for name in names_in(module)
    ]
    rows += [((Code(text=each.name),), say(each.key), _values(each, say)) for each in module.options]
    about = Facts(
        caption=Code(text=f"GET {address}"),
        rows=((say.plain("answer"), (*say(f"ask_{module.name}"), ". ", *opened)),),
    )
    if not rows:
        return (about,)
    heads = (say.plain("option_head"), say.plain("meaning_head"), say.plain("values_head"))
    return about, Table(
        caption=f"{address}: {say.plain('option_head').lower()}", heads=heads, rows=tuple(rows)
    )


def _values(option: Option, say: Wording) -> Text:
    found: Text = (say.plain("any_text"),)
    if option.kind == "whole":
        found = (Stated(text=f"{option.least:,} {say.plain('between')} {option.most:,}"),)
    elif option.choices:
        found = joined([(Code(text=each),) for each in option.choices])
    if option.default is not None:
        found = (*found, f"; {say.plain('if_left_out')} ", Code(text=str(option.default)))
    return (*found, f"; {say.plain('may_repeat')}") if option.many else found
