"""The page on one facility."""

from __future__ import annotations

from paradero.reports.content.blocks import Page
from paradero.web.asking import Asking
from paradero.web.subject_pages import page_about

PATH = "/facility/{name:path}"


def page(asking: Asking) -> Page:
    """The page. Raises UnknownName where the casefile has no such facility."""
    return page_about(asking, "facility")
