"""Transfers, with both their sides."""

from __future__ import annotations

from paradero.reports.content.blocks import Page
from paradero.web.asking import Asking
from paradero.web.parts.section_pages import page_of_sections, sections_of

PATH = "/transfers"
IS_ABOUT_ROWS = True


def page(asking: Asking) -> Page:
    """How many are signed for, how many are not."""
    material, found = sections_of(asking, ("transfers",))
    return page_of_sections(asking, "transfers", material, found)
