"""What was said, held against records, counts and itself."""

from __future__ import annotations

from paradero.reports.content.blocks import Page
from paradero.web.asking import Asking
from paradero.web.parts.section_pages import opened, page_of_sections, sections_of

PATH = "/claims"
OPTIONS = ("open",)


def page(asking: Asking) -> Page:
    """Four lists, and the claims that do not go together."""
    material, found = sections_of(asking, ("claims",))
    return page_of_sections(asking, "claims", material, [opened(asking, one) for one in found])
