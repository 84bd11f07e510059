"""Read a document in a process of its own that may be stopped: a PDF of 180 kB can be made to fill a machine
or to never end.

The process gets the memory that an honest file of its size needs and one gigabyte more, and ten seconds for
each page; where pictures are read, as long again as their program may take.
"""

from __future__ import annotations

import os
import pickle
import select
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

from paradero.documents.pages import tesseract
from paradero.documents.pages.pdf_pages import needs_pdf
from paradero.documents.pages.recognising import document_format
from paradero.documents.reading import Document, Progress, read_document
from paradero.model import errors
from paradero.model.errors import ParaderoError, SourceError

PAGE_SECONDS = 10
_SPARE = 1_000_000_000
_START_SECONDS = 60  # a slow machine may take long to start Python at all


def read_guarded(path: Path, *, name: str, sha256: str, progress: Progress | None = None) -> Document:
    """As read_document, a PDF in a process of its own; raises SourceError where a page takes too long or the
    file more memory than it may.
    """
    if document_format(path, name) != "pdf":
        return read_document(path, name=name, sha256=sha256, progress=progress)
    needs_pdf()
    folders = os.pathsep.join(part for part in sys.path if part)
    with subprocess.Popen(  # noqa: S603 - this very program
        [sys.executable, "-m", "paradero.documents.guarded", str(path.resolve()), name, sha256],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": folders},
    ) as process:
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        try:
            return _heard(process.stdout, name, progress)
        finally:
            process.kill()


def _heard(stream: IO[bytes], name: str, progress: Progress | None) -> Document:
    page, patience = 0, _START_SECONDS
    while True:
        if not select.select([stream], [], [], patience)[0]:
            raise SourceError(
                f"{name}: page {page + 1:,} takes more than {patience:g} seconds to read, which no page of"
                " a document does. Split the file."
            )
        try:
            what, value = pickle.load(stream)  # noqa: S301 - from our own process
        except (EOFError, pickle.UnpicklingError):
            raise SourceError(
                f"{name}: reading it takes more memory than a document of its size should. Split the file, or"
                " save it anew."
            ) from None
        if what == "document":
            return value  # type: ignore[no-any-return]
        if what == "error":
            kind, text = value
            raise getattr(errors, kind, SourceError)(text)
        page, patience = value[0], PAGE_SECONDS + (tesseract.SECONDS if tesseract.recogniser() else 0)
        if progress:
            progress(*value)


def _read(path: Path, name: str, sha256: str) -> None:
    """In the process: say each page that is done, and then the document or the error."""
    _limit_memory(path)

    def say(what: str, value: Any) -> None:
        pickle.dump((what, value), sys.stdout.buffer)
        sys.stdout.buffer.flush()

    say("page", (0, 1))
    try:
        document = read_document(
            path, name=name, sha256=sha256, progress=lambda page, of: say("page", (page, of))
        )
    except ParaderoError as error:
        say("error", (type(error).__name__, str(error)))
    except MemoryError:
        sys.exit(1)
    else:
        say("document", document)


def _limit_memory(path: Path) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    now = (
        int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        if Path("/proc/self/statm").exists()
        else _SPARE
    )
    most = now + _SPARE + 8 * path.stat().st_size
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    _read(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
