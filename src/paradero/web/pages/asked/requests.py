"""What to ask for: the facts that would settle most."""

from __future__ import annotations

from paradero.reports.content.blocks import Page
from paradero.web.asking import Asking
from paradero.web.parts.section_pages import page_of_sections, sections_of

PATH = "/requests"


def page(asking: Asking) -> Page:
    """Requests, the one that settles most first."""
    material, found = sections_of(asking, ("requests",))
    return page_of_sections(asking, "requests", material, found)
