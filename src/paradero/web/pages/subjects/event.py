"""The page on one event."""

from __future__ import annotations

from paradero.reports.content.blocks import Page
from paradero.web.asking import BELIEVING, Asking
from paradero.web.parts.subject_pages import page_about

PATH = "/event/{name:path}"
OPTIONS = BELIEVING


def page(asking: Asking) -> Page:
    """The page. Raises UnknownName where the casefile has no such event."""
    return page_about(asking, "event")
