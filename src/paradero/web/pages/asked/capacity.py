"""Facilities above the capacity that a list states."""

from __future__ import annotations

from paradero.reports.content.blocks import Page
from paradero.web.asking import Asking
from paradero.web.parts.section_pages import page_of_sections, sections_of

PATH = "/capacity"


def page(asking: Asking) -> Page:
    """Which, by how much, on how many days."""
    material, found = sections_of(asking, ("capacity",))
    return page_of_sections(asking, "capacity", material, found)
