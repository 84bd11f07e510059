"""Read the tables of a PDF in a process of its own (`paradero.disk.guarding`)."""

from __future__ import annotations

import sys
from pathlib import Path

from paradero.disk.guarding import heard_from, say_of
from paradero.disk.pdf_files import needs_pdf
from paradero.sources.containers.pdf.tables import PdfTables, read_tables


def pdf_tables(path: Path, name: str) -> PdfTables:
    """The tables of a PDF. Raises SourceError for one that is locked, damaged, too large or takes too long,
    ParaderoError where the extra is missing.
    """
    needs_pdf()
    read: PdfTables = heard_from(__name__, path, name, name=name)
    return read


if __name__ == "__main__":
    say_of(Path(sys.argv[1]), lambda say: read_tables(Path(sys.argv[1]), sys.argv[2], say))
