"""Pages made of sections of the case report: the same sentences and numbers, on a page of their own."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from paradero.figures.answered import EVERYTHING, Supposing
from paradero.model.errors import UnknownName
from paradero.reports.content.blocks import Folded, Form, Link, Page, Points, Section, Text
from paradero.reports.content.wording import Wording
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.section_modules import section_modules
from paradero.web.addresses import with_options
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


def opened(asking: Asking, section: Section, option: str = "open") -> Section:
    """The section with what is folded in it as links, each to the same page with that alone under the title:
    a page stays small, whatever it leads to. Raises UnknownName where the address opens what is not there.
    """
    folded = [one for one in section.blocks if isinstance(one, Folded)]
    at = asking.whole_number(option, 0, most=max(len(folded), 1))
    if at:
        if at > len(folded):
            raise UnknownName(f"`{option}={at}`: nothing is folded here. Leave it out.")
        return dataclasses.replace(section, blocks=folded[at - 1].blocks)
    links = tuple(
        (Link(text=one.summary, to=with_options(asking.path, {option: str(number)})),)
        for number, one in enumerate(folded, 1)
    )
    rest = tuple(one for one in section.blocks if not isinstance(one, Folded))
    return dataclasses.replace(section, blocks=(*rest, Points(items=links)) if links else rest)


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
    # the first section's finding is the page's title: under it stands what the section is called
    shown = [
        dataclasses.replace(one, title=(one.name,)) if number == 0 else one
        for number, one in enumerate(found)
    ]
    made = whole(
        material,
        say,
        kicker=say(f"{name}_kicker"),
        title=title,
        lead=lead or say(f"{name}_lead" if found else "none_means"),
        findings=(),
        found=shown,
    )
    return dataclasses.replace(made, form=form, files=files)
