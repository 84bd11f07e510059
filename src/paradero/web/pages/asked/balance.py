"""Counts of people that must add up."""

from __future__ import annotations

from paradero.reports.content.blocks import Page
from paradero.web.asking import Asking
from paradero.web.parts.section_pages import opened, page_of_sections, sections_of

PATH = "/balance"
OPTIONS = ("open",)


def page(asking: Asking) -> Page:
    """Every count with its bounds, who is in none, what cannot all be true."""
    material, found = sections_of(asking, ("counts",))
    return page_of_sections(asking, "balance", material, [opened(asking, one) for one in found])
