"""Exhibits on verdicts: what is shown, each fact with the number of its source."""

from __future__ import annotations

from collections.abc import Sequence

from paradero.model.errors import UnknownName
from paradero.reports.content.blocks import Link, Page
from paradero.reports.pages.exhibit_page import exhibit_page
from paradero.reports.pages.material import Material
from paradero.web.addresses import with_options
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
    material = Material(asked, asking.language, is_site=not asking.is_on_paper)
    return exhibit_page(material, ids, as_files(asking, ids))


def as_files(asking: Asking, ids: Sequence[str]) -> tuple[Link, ...]:
    """The exhibit on these verdicts as files, under what the page believes; none on paper and on a site
    without a server.
    """
    if asking.is_on_paper or asking.is_of_files:
        return ()
    believed = {name: list(values) for name, values in asking.options.items() if name in BELIEVING}
    at = with_options("/exhibit", {"verdict": list(ids), **believed})
    return tuple(
        Link(text=form.upper(), to=f"/{way}{at}") for form, way in (("pdf", "print"), ("docx", "docx"))
    )
