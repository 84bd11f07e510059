"""The report of a whole casefile."""

from __future__ import annotations

from paradero import __version__
from paradero.casefile.folder import Casefile
from paradero.reports.content.blocks import Code, Finding, Page, Section, Stated, Text
from paradero.reports.content.scopes import scope_in
from paradero.reports.content.wording import Wording
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.evidence import evidence
from paradero.reports.pages.parts.section_modules import section_modules

_FINDINGS = 6
FABRICATED = "FABRICATED"


def case_page(material: Material) -> Page:
    """Findings first, then every section that the casefile has something for, then the evidence."""
    say = material.wording("case")
    modules = section_modules("sections")
    found = [part for each in modules if (part := each.write(material)) is not None]
    findings = sorted((one.finding for one in found if one.finding is not None), key=lambda one: one.rank)
    return whole(
        material,
        say,
        kicker=say("kicker"),
        title=(Stated(text=material.case.settings().title),),
        lead=say("lead" if findings else "lead_nothing"),
        findings=tuple(findings[:_FINDINGS]),
        found=found,
    )


def whole(
    material: Material,
    say: Wording,
    *,
    kicker: Text,
    title: Text,
    lead: Text,
    findings: tuple[Finding, ...],
    found: list[Section],
) -> Page:
    """A page with its evidence, its label and its citation."""
    settings = material.case.settings()
    language = material.language
    common = material.wording("page")
    cite = common(
        "cite",
        title=Stated(text=settings.title),
        version=Stated(text=__version__),
        digest=Code(text=material.digest[:12]),
    )
    return Page(
        language=language,
        case=settings.title,
        kicker=kicker,
        title=title,
        lead=lead,
        label=common.plain("fabricated") if is_fabricated(material.case) else "",
        findings=findings,
        sections=tuple(found)
        if material.is_site
        else (*found, *evidence(material.case, found, lead, language)),
        cite=cite,
        foot=(say("foot"), (scope_in(settings.scope, language),)),
    )


def is_fabricated(case: Casefile) -> bool:
    """Whether the casefile says of itself that its records are fabricated."""
    return FABRICATED in case.settings().scope
