"""Definitions: of headcounts, of figures, of rules, and the codes of answers in words."""

from __future__ import annotations

import re

from paradero.answers.counts.defining import definition_list
from paradero.answers.law.law_files import rules_of
from paradero.answers.law.rule_listing import listed_rules
from paradero.figures.codes import code_groups, code_in_words, codes_of
from paradero.figures.definitions import definitions
from paradero.reports.content.blocks import Code, Facts, Link, Page, Paragraph, Section, Stated, Table, Text
from paradero.reports.content.wording import Wording, joined
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.web.addresses import with_options
from paradero.web.asking import Asking

PATH = "/definitions"
LEAVES = True  # nothing of it comes from records

_FILLED_IN = re.compile(r"\{[a-z_]+\}")


def page(asking: Asking) -> Page:
    """Every definition that numbers of this casefile are counted by."""
    say = Wording("codebook", asking.language)
    return whole(
        Material(asking.standing.asked(), asking.language, is_site=True),
        say,
        kicker=say("kicker"),
        title=say("title"),
        lead=say("lead", columns=Link(text=say.plain("columns_link"), to="/definitions/columns")),
        findings=(),
        found=[_headcounts(say), _figures(say), _rules(asking, say), _codes(say)],
    )


def _headcounts(say: Wording) -> Section:
    heads = ("headcount", "counts", "unit", "at", "without_person", "open_until")
    rows = tuple(
        (
            (Code(text=one.definition),),
            (*say("recorded", text=Stated(text=one.title)), ". ", Stated(text=one.citation)),
            say(f"unit_{one.unit}"),
            (Stated(text=one.at),) if one.at[:1].isdigit() else say("any_part"),
            say("left_out" if one.without_person == "left out" else "own_person"),
            (say.stated(one.open_until, _OPEN_ES.get(one.open_until, "")),),
        )
        for one in definition_list().rows
    )
    return Section(
        id="headcounts",
        name=say.plain("headcounts"),
        title=say("headcounts"),
        sub=say("headcounts_sub"),
        blocks=(
            Table(caption=say.plain("headcounts"), heads=tuple(say.plain(each) for each in heads), rows=rows),
        ),
    )


_OPEN_ES = {
    "latest book-out": "último egreso del lote",
    "release day": "día del lote",
    "day after release": "día siguiente al lote",
}


def _figures(say: Wording) -> Section:
    rows: list[tuple[str, Text]] = [
        (
            name,
            (
                Stated(text=_open(say.of(one.definition, one.definition_es))),
                " ",
                *say("of_whom", population=Stated(text=_open(say.of(one.population, one.population_es)))),
            ),
        )
        for name, one in definitions().items()
    ]
    return Section(
        id="figures",
        name=say.plain("figures"),
        title=say("figures"),
        sub=say("figures_sub"),
        blocks=(Facts(caption=say.plain("figures"), rows=tuple(rows)),),
    )


def _open(text: str) -> str:
    """A definition as it holds for every figure: what each fills in is left open."""
    return _FILLED_IN.sub("…", text)


def _rules(asking: Asking, say: Wording) -> Section:
    standing = asking.standing
    own = None if standing.keeps_rows_in else standing.case  # of a private list only paradero's rules leave
    rows = tuple(
        (
            (Code(text=one.rule),),
            (say.stated(one.title, one.title_es),),
            say("nature_indicator" if one.nature == "indicator" else "nature_rule"),
            (Stated(text=one.versions),),
            joined([(Stated(text=each),) for each in one.citations], "; "),
        )
        for one in listed_rules(rules_of(own))
    )
    return Section(
        id="rules",
        name=say.plain("rules"),
        title=say("rules"),
        sub=say("rules_sub", link=Link(text=say.plain("rules_link"), to="/orders")),
        blocks=(
            Table(
                caption=say.plain("rules"),
                heads=tuple(
                    say.plain(each) for each in ("rule", "rule_title", "nature", "versions", "cites")
                ),
                rows=rows,
            ),
        ),
    )


def _codes(say: Wording) -> Section:
    rows: list[tuple[Text, ...]] = [
        ((Code(text=code),), (Stated(text=code_in_words(group, code, say.language)),), (Code(text=group),))
        for group in code_groups()
        for code in codes_of(group)
    ]
    return Section(
        id="codes",
        name=say.plain("codes"),
        title=say("codes"),
        blocks=(
            Table(
                caption=say.plain("codes"),
                heads=tuple(say.plain(each) for each in ("code", "in_words", "group")),
                rows=tuple(rows),
            ),
            Paragraph(
                text=say(
                    "missing",
                    link=Link(
                        text=say.plain("missing_link"),
                        to=with_options("/definitions/columns", {"q": "why_missing"}),
                    ),
                )
            ),
        ),
    )
