"""Exhibits on verdicts: what is shown, each fact with the number of its source."""

from __future__ import annotations

from paradero.model.errors import UnknownName
from paradero.reports.content.blocks import Page
from paradero.reports.pages.exhibit_page import exhibit_page
from paradero.reports.pages.material import Material
from paradero.web.asking import BELIEVING, Asking, supposing_of

PATH = "/exhibit"
OPTIONS = ("verdict", *BELIEVING)
IS_ABOUT_ROWS = True


def page(asking: Asking) -> Page:
    """An exhibit for each verdict named, numbered in their order. Raises UnknownName where none is."""
    ids = asking.all_of("verdict")
    if not ids:
        raise UnknownName(
            "An exhibit is of verdicts. Open one from the grid of an order and follow its link."
        )
    asked = asking.standing.asked(supposing=supposing_of(asking))
    return exhibit_page(Material(asked, asking.language, is_site=True), ids)
