"""Events at a facility held against rules: how many are beyond each limit, at least and at most."""

from __future__ import annotations

from paradero.figures.computing import slug
from paradero.figures.facility_answers import FacilityVerdicts
from paradero.figures.figure import Figure
from paradero.reports.charts.marks import bar
from paradero.reports.content.blocks import Bar, Block, Code, Paragraph, Section, Stated, Table
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.places import facility_of
from paradero.reports.pages.sections.law.rules import reading_of

RANK = 60


def section(material: Material) -> Section | None:
    """Limits that law or policy sets first, then irregularities of the record."""
    answered = material.answered("verdicts at a facility")
    rows = material.rows("verdicts at a facility", FacilityVerdicts)
    if answered is None or not rows:
        return None
    say, words = material.wording("facility"), material.wording("rules")
    rules = material.asked.law.rules
    blocks: list[Block] = []
    untold: list[str] = []
    told: set[str] = set()
    for is_indicator, caption in ((False, "caption_limits"), (True, "caption_indicators")):
        of = [one for one in rows if (rules[one.rule].file.nature == "indicator") == is_indicator]
        figures = [(one, _figure(material, one)) for one in of]
        shown = [(one, figure) for one, figure in figures if figure.lo or figure.hi]
        told |= {one.rule for one, _ in shown}
        untold += [one.rule for one, figure in figures if (figure.lo, figure.hi) == (0, None)]
        if not shown:
            continue
        most = max(figure.hi or figure.lo or 0 for _, figure in shown)
        lines = tuple(
            (
                (words.stated(rules[one.rule].file.title, rules[one.rule].file.title_es),),
                (Stated(text=reading_of(rules[one.rule], one, words)),),
                Bar(text=(words.bare(figure),), svg=bar(figure.lo, figure.hi, 0, most)),
            )
            for one, figure in shown
        )
        heads = tuple(words.plain(each) for each in ("rule", "version", "events"))
        blocks.append(Table(caption=words.plain(caption), heads=heads, rows=lines))
    if untold := [each for each in untold if each not in told]:
        titles = [words.of(rules[each].file.title, rules[each].file.title_es) for each in untold]
        named = Stated(text="; ".join(dict.fromkeys(titles)))
        blocks.append(Paragraph(text=say("verdicts_untold", rules=named), kind="source"))
    worst = max(
        ((_figure(material, one), one) for one in rows if rules[one.rule].file.nature != "indicator"),
        key=lambda each: each[0].lo or 0,
        default=None,
    )
    title = say("verdicts_none")
    if worst is not None and worst[0].lo:
        figure, one = worst
        rule = rules[one.rule].file
        reading = reading_of(rules[one.rule], one, words)
        named = Stated(text=f"{words.of(rule.title, rule.title_es)} ({reading})")
        title = say("verdicts", worst=figure, rule=named)
    return Section(
        id="verdicts",
        name=say.plain("verdicts_name"),
        title=title,
        sub=say("verdicts_sub", command=Code(text=answered.command)),
        blocks=tuple(blocks),
    )


def _figure(material: Material, one: FacilityVerdicts) -> Figure:
    parts = [slug(facility_of(material)), slug(one.rule)]
    parts += [slug(each) for each in (one.version, one.construction) if each is not None]
    return material.figure("/".join(["facility-beyond-limit", *parts]))
