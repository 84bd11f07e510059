"""The report of the whole casefile, one section after the other."""

from __future__ import annotations

from paradero.reports.content.blocks import Page
from paradero.reports.pages.writing import page_of
from paradero.web.asking import Asking

PATH = "/report"
IS_ABOUT_ROWS = True


def page(asking: Asking) -> Page:
    """The report as `paradero report` writes it, its evidence on pages of its own."""
    standing = asking.standing
    return page_of(
        standing.case,
        "case",
        language=asking.language,
        asked=standing.asked(),
        is_site=not asking.is_on_paper,
    )
