"""The page on one person."""

from __future__ import annotations

from paradero.reports.content.blocks import Page
from paradero.web.asking import Asking
from paradero.web.parts.subject_pages import page_about

PATH = "/person/{name:path}"
OPTIONS = ("release",)
IS_ABOUT_ROWS = True


def page(asking: Asking) -> Page:
    """The page. Raises UnknownName where the casefile has no such person."""
    return page_about(asking, "person")
