"""The page that a private list leaves as: counts that passed the gate, and nothing about single people or
rows.
"""

from __future__ import annotations

from collections import Counter

from paradero import __version__
from paradero.casefile.folder import Casefile
from paradero.disclosure.figures import PublishedFigures, printed_bounds
from paradero.reports.content.blocks import Block, Page, Points, Section, Stated, Table, Text
from paradero.reports.content.wording import Wording, plain_text
from paradero.reports.pages.case_page import is_fabricated


def published_title(found: PublishedFigures, language: str) -> Text:
    """The title of the page: its number, and nothing of the casefile, whose title says whom it is about."""
    return Wording("published_page", language)("numbered", n=Stated(text=str(found.publication)))


def published_page(case: Casefile, found: PublishedFigures, language: str) -> Page:
    """The figures as they leave, each with its bounds or that they are withheld; what was left out is named
    by its kind alone.
    """
    say, common = Wording("published_page", language), Wording("page", language)
    rows: list[tuple[Text, ...]] = []
    for one in found.rows:
        bounds = printed_bounds(one)
        cells = [say.of(one.title, one.title_es), bounds["lo"], bounds["hi"]]
        rows.append(tuple((Stated(text=cell),) for cell in cells))
    heads = tuple(say.plain(each) for each in ("what", "least", "most"))
    counts: tuple[Block, ...] = (
        (Table(caption=say.plain("caption"), heads=heads, rows=tuple(rows), right=(1, 2)),) if rows else ()
    )
    kinds = Counter(each.partition("/")[0] for each in found.refused)
    said: list[Text] = [(Stated(text=found.disclosure_control),)]
    if kinds:
        named = Stated(text="; ".join(f"{kind} ({n:,})" for kind, n in sorted(kinds.items())))
        said.append(say("left_out", kinds=named))
    return Page(
        language=language,
        case=say.plain("kicker"),
        kicker=say("kicker"),
        title=published_title(found, language),
        lead=say("lead" if rows else "lead_nothing"),
        label=common.plain("fabricated") if is_fabricated(case) else "",
        findings=(),
        sections=(
            Section(id="counts", name=say.plain("name"), title=say("title"), blocks=counts),
            Section(
                id="control",
                name=say.plain("control_name"),
                title=say("control"),
                blocks=(Points(items=tuple(said)),),
            ),
        ),
        cite=say(
            "cite",
            title=Stated(text=plain_text(published_title(found, language))),
            version=Stated(text=__version__),
        ),
        foot=(say("scope"),),  # that of the casefile says whom it is about
    )
