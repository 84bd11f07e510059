"""A page on paper: as PDF, as `paradero report` writes it."""

from __future__ import annotations

import dataclasses

from paradero.disclosure.asked import Publishing
from paradero.model.errors import UnknownName
from paradero.reports.leaving import labelled
from paradero.reports.pdf.pages import pdf_of
from paradero.web.asking import Asking, NotServed
from paradero.web.outside.pages import page_for
from paradero.web.page_modules import PageModule
from paradero.web.writing import has_paper


def printed(module: PageModule, asking: Asking, part: str = "") -> bytes:
    """The page as PDF, whole (`part` is empty), the rows it rests on at its end. Raises UnknownName for a
    page that has none, NotServed where this machine cannot write any.
    """
    if part or not has_paper(asking.path):
        raise UnknownName(f"`{asking.path}`: this page has no PDF. Print it from the browser.")
    asking = dataclasses.replace(asking, is_on_paper=True)
    page = labelled(
        asking.standing.case, page_for(module, asking), Publishing() if asking.standing.is_public else None
    )
    try:
        import typst  # noqa: F401  pdf_of needs it
    except ImportError as error:
        raise NotServed("This site writes no PDF: the machine it runs on lacks `paradero[print]`.") from error
    return pdf_of(page)
