"""A page as PDF, by Typst: it needs no system package, and no font but those that it brings."""

from __future__ import annotations

import tempfile
from pathlib import Path

from paradero.model.errors import ParaderoError
from paradero.reports.content.blocks import Page
from paradero.reports.pdf.source import source_of


def pdf_of(page: Page) -> bytes:
    """The page as tagged PDF (PDF/A-2a, PDF/UA-1); the same page gives the same bytes. Raises
    ParaderoError where typst is not installed.
    """
    try:
        import typst
    except ImportError as error:
        raise ParaderoError("A PDF needs typst. Run `pip install 'paradero[print]'`.") from error
    with tempfile.TemporaryDirectory() as alone:  # it reads nothing but what lies here
        source = Path(alone) / "page.typ"
        source.write_text(source_of(page), encoding="utf-8")
        return typst.compile(
            source,
            root=Path(alone),
            format="pdf",
            ignore_system_fonts=True,
            pdf_standards=["ua-1", "a-2a"],
            timestamp=0,
        )
