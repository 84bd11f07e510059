"""A page on paper, or as a draft to edit: as PDF and DOCX, as `paradero report` writes it."""

from __future__ import annotations

import dataclasses

from paradero.disclosure.asked import Publishing
from paradero.model.errors import UnknownName
from paradero.reports.content.blocks import Page
from paradero.reports.docx.pages import docx_of
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
    page = _on_paper(module, asking, part)
    try:
        import typst  # noqa: F401  pdf_of needs it
    except ImportError as error:
        raise NotServed("This site writes no PDF: the machine it runs on lacks `paradero[print]`.") from error
    return pdf_of(page)


def drafted(module: PageModule, asking: Asking, part: str = "") -> bytes:
    """The page as DOCX, as `printed` gives it as PDF."""
    page = _on_paper(module, asking, part)
    try:
        import docx  # noqa: F401  docx_of needs it
    except ImportError as error:
        raise NotServed(
            "This site writes no DOCX: the machine it runs on lacks `paradero[print]`."
        ) from error
    return docx_of(page)


def _on_paper(module: PageModule, asking: Asking, part: str) -> Page:
    if part or not has_paper(asking.path):
        raise UnknownName(f"`{asking.path}`: this page has no PDF. Print it from the browser.")
    asking = dataclasses.replace(asking, is_on_paper=True)
    publishing = Publishing() if asking.standing.is_public else None
    return labelled(asking.standing.case, page_for(module, asking), publishing)
