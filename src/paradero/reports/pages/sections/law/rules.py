"""Records held against rules: how many events are beyond each limit, at least and at most."""

from __future__ import annotations

from collections.abc import Sequence

from paradero.answers.verdicts.verdict_values import VerdictSummary
from paradero.figures.computing import slug
from paradero.figures.figure import Figure
from paradero.law.rules import Rule
from paradero.reports.charts.marks import bar
from paradero.reports.content.blocks import Bar, Code, Finding, Section, Stated, Table, Text
from paradero.reports.content.wording import Wording
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.pictured import pictured

RANK = 70


def section(material: Material) -> Section | None:
    """A line for each rule, version and reading. Indicators are called irregularities: no law forbids them by
    itself.
    """
    answered = material.answered("verdict counts")
    audited = material.asked.audited
    rows = [one for one in material.rows("verdict counts", VerdictSummary) if one.order is None]
    if answered is None or audited is None or not rows:
        return None
    say = material.wording("rules")
    rules = material.asked.law.rules
    limits = [one for one in rows if rules[one.rule].file.nature != "indicator"]
    blocks = tuple(
        _table(material, say, of, rules, caption)
        for of, caption in (
            (limits, "caption_limits"),
            ([one for one in rows if one not in limits], "caption_indicators"),
        )
        if of
    )
    shown = [figure for one in limits if (figure := _figure(material, one)).lo]
    worst = max(shown, key=lambda one: one.lo or 0, default=None)
    if worst is None:
        title, finding = say("title_none"), None
    else:
        rule = rules[worst.id.split("/")[1]].file
        version = ", ".join(part.replace(":", "/") for part in worst.id.split("/")[2:])
        named: Text = (Stated(text=f"{say.of(rule.title, rule.title_es)} ({version})"),)
        title = say("title", worst=worst, rule=named)
        drawn = [(" ".join(each.id.split("/")[2:]).replace(":", "/"), each) for each in shown]
        finding = Finding(
            rank=10,
            title=title,
            text=say("rest", command=Code(text=answered.command)),
            picture=pictured("rules", drawn, say),
        )
    return Section(
        id="rules", name=say.plain("name"), title=title, sub=say("sub"), blocks=blocks, finding=finding
    )


def _figure(material: Material, one: VerdictSummary) -> Figure:
    parts = [slug(each) for each in (one.rule, one.version, one.construction) if each is not None]
    return material.figure("/".join(["beyond-limit", *parts]))


def _table(
    material: Material, say: Wording, rows: Sequence[VerdictSummary], rules: dict[str, Rule], caption: str
) -> Table:
    most = max((_figure(material, one).hi or 0 for one in rows), default=0)
    lines = []
    for one in rows:
        rule, figure = rules[one.rule].file, _figure(material, one)
        version = " ".join(each for each in (one.version, one.construction) if each)
        lines.append(
            (
                (Stated(text=say.of(rule.title, rule.title_es)),),
                (Stated(text=version),),
                Bar(text=(say.bare(figure),), svg=bar(figure.lo, figure.hi, 0, most)),
            )
        )
    heads = tuple(say.plain(each) for each in ("rule", "version", "events"))
    return Table(caption=say.plain(caption), heads=heads, rows=tuple(lines))
