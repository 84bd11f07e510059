"""Times without a custodian on record."""

from __future__ import annotations

from paradero.reports.content.blocks import Page
from paradero.web.asking import Asking
from paradero.web.parts.section_pages import page_of_sections, sections_of

PATH = "/unaccounted"
IS_ABOUT_ROWS = True


def page(asking: Asking) -> Page:
    """How many there are, of whom, why; where no row follows."""
    material, found = sections_of(asking, ("unaccounted",))
    return page_of_sections(asking, "unaccounted", material, found)
