"""The page on one order."""

from __future__ import annotations

from paradero.reports.content.blocks import Page
from paradero.web.asking import BELIEVING, Asking
from paradero.web.parts.subject_pages import page_about

PATH = "/order/{name:path}"
OPTIONS = BELIEVING


def page(asking: Asking) -> Page:
    """The page. Raises UnknownName where the casefile has no such order."""
    return page_about(asking, "order")
