"""The page on one company."""

from __future__ import annotations

from paradero.reports.content.blocks import Page
from paradero.web.asking import Asking
from paradero.web.parts.subject_pages import page_about

PATH = "/company/{name:path}"


def page(asking: Asking) -> Page:
    """The page. Raises UnknownName where the casefile has no such company."""
    return page_about(asking, "company")
