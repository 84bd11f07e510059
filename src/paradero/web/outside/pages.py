"""A page before it leaves the site."""

from __future__ import annotations

from paradero.model.errors import UnknownName
from paradero.reports.content.blocks import Page
from paradero.web.asking import Asking
from paradero.web.page_modules import PageModule


def page_for(module: PageModule, asking: Asking) -> Page:
    """The page. Raises UnknownName for what is a file, and what the page does."""
    if module.page is None:
        raise UnknownName(f"`{asking.path}`: a file is no page. Ask for the file itself.")
    return module.page(asking)
