"""Pages made of sections of the case report: the same sentences and numbers, on a page of their own."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from paradero.figures.answered import EVERYTHING, Supposing
from paradero.reports.content.blocks import Form, Link, Page, Section, Text
from paradero.reports.content.wording import Wording
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.section_modules import section_modules
from paradero.web.asking import Asking


def sections_of(
    asking: Asking, names: Iterable[str], *, supposing: Supposing = EVERYTHING
) -> tuple[Material, list[Section]]:
    """The sections of the case report by the names of their modules, those that the casefile has something
    for.
    """
    material = Material(asking.standing.asked(supposing=supposing), asking.language, is_site=True)
    written = {each.name: each.write for each in section_modules("sections")}
    found = [written[name](material) for name in names]
    return material, [each for each in found if each is not None]


def page_of_sections(
    asking: Asking,
    name: str,
    material: Material,
    found: Sequence[Section],
    *,
    lead: Text = (),
    form: Form | None = None,
    files: tuple[Link, ...] = (),
) -> Page:
    """A page of sections, titled by the first; the words of page `name` in `asked.toml` are its kicker, its
    lead, and what is said where the casefile has nothing for it.
    """
    say = Wording("asked", asking.language)
    title = found[0].title if found else say(f"{name}_none")
    made = whole(
        material,
        say,
        kicker=say(f"{name}_kicker"),
        title=title,
        lead=lead or say(f"{name}_lead" if found else "none_means"),
        findings=(),
        found=list(found),
    )
    return dataclasses.replace(made, form=form, files=files)
