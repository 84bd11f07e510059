"""Read a document, a PDF in a process of its own (`paradero.disk.guarding`): ten seconds for each page, and
where pictures are read as long again as their program may take.
"""

from __future__ import annotations

import sys
from pathlib import Path

from paradero.disk.guarding import PAGE_SECONDS, heard_from, say_of
from paradero.disk.pdf_files import needs_pdf
from paradero.documents.pages import tesseract
from paradero.documents.pages.recognising import document_format
from paradero.documents.reading import Document, Progress, read_document


def read_guarded(path: Path, *, name: str, sha256: str, progress: Progress | None = None) -> Document:
    """As read_document, a PDF in a process of its own; raises SourceError where a page takes too long or the
    file more memory than it may.
    """
    if document_format(path, name) != "pdf":
        return read_document(path, name=name, sha256=sha256, progress=progress)
    needs_pdf()
    seconds = PAGE_SECONDS + (tesseract.SECONDS if tesseract.recogniser() else 0)
    read: Document = heard_from(
        __name__, path, name, sha256, name=name, page_seconds=seconds, progress=progress
    )
    return read


if __name__ == "__main__":
    say_of(
        Path(sys.argv[1]),
        lambda say: read_document(Path(sys.argv[1]), name=sys.argv[2], sha256=sys.argv[3], progress=say),
    )
