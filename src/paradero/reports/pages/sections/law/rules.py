"""Records held against rules: how many events are beyond each limit, at least and at most."""

from __future__ import annotations

from collections.abc import Sequence

from paradero.answers.verdicts.verdict_values import Verdict, VerdictSummary
from paradero.figures.computing import slug
from paradero.figures.figure import Figure
from paradero.law.rules import Rule
from paradero.reports.charts.marks import bar
from paradero.reports.content.blocks import Bar, Code, Finding, Section, Stated, Table, Text
from paradero.reports.content.numbers import number
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
        of = next(one for one in limits if _figure(material, one) == worst)
        rule = rules[of.rule].file
        named: Text = (
            Stated(text=f"{say.of(rule.title, rule.title_es)} ({reading_of(rules[of.rule], of, say)})"),
        )
        title = say("title", worst=worst, rule=named)
        same = [(one, _figure(material, one)) for one in limits if one.rule == of.rule]
        least_one, least = min(same, key=lambda each: (each[1].hi or 0, each[1].lo or 0))
        text = say("rest", command=Code(text=answered.command))
        if least != worst:
            reading = Stated(text=reading_of(rules[of.rule], least_one, say))
            text = (*say("rest_least", least=least, reading=reading), " ", *text)
        # the reading that says most and the one that says least are both among those drawn
        others = [each for each in same if each[1] not in (worst, least)]
        drawn = [
            (reading_of(rules[of.rule], one, say), each)
            for one, each in [(of, worst), *others[:1], (least_one, least)]
        ]
        finding = Finding(
            rank=10, title=title, text=text, picture=pictured("rules", list(dict.fromkeys(drawn)), say)
        )
    return Section(
        id="rules", name=say.plain("name"), title=title, sub=say("sub"), blocks=blocks, finding=finding
    )


def reading_of(rule: Rule, one: VerdictSummary | Verdict, say: Wording) -> str:
    """A version of a rule and its reading, in words where it has a title."""
    reading = rule.construction(one.construction) if one.construction else None
    said = say.of(reading.title, reading.title_es) if reading is not None else ""
    return ": ".join(each for each in (say.code("version", one.version or ""), said) if each)


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
        lines.append(
            (
                (say.stated(rule.title, rule.title_es),),
                (Stated(text=reading_of(rules[one.rule], one, say)),),
                Bar(text=(say.bare(figure),), svg=bar(figure.lo, figure.hi, 0, most)),
                (Stated(text=number(one.cannot_be_judged or 0, say.language)),),
            )
        )
    heads = tuple(say.plain(each) for each in ("rule", "version", "events", "lacking"))
    return Table(caption=say.plain(caption), heads=heads, rows=tuple(lines), right=(3,))
