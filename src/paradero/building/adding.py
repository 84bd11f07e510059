"""Route a file that is added: tables to the rows, positions and flight lists to the legs, documents to the mentions, by what is in it."""

from __future__ import annotations

from pathlib import Path

from paradero.casefile import flight_sources
from paradero.casefile.originals import check_name
from paradero.documents.pages.recognising import clear_format, document_format
from paradero.model.errors import SourceError
from paradero.sources import is_tabular, sniff
from paradero.sources.containers.first_bytes import check_pointer

DOCUMENT = "document"

_TABLES = (".csv", ".tsv", ".psv", ".tab", ".xls", ".xlsx", ".parquet", ".feather", ".gz")


def is_document(path: Path, *, as_kind: str | None = None) -> bool:
    """Whether a file is added as a document: it is a PDF or HTML, or text that is no table of a known kind, no positions or flight list, and has not the shape of a table.

    What has the name of a table is held to it. A declared kind decides by itself, `document` among them. Raises SourceError for what is neither, saying what it lacks to be a table.
    """
    if as_kind is not None:
        return as_kind == DOCUMENT
    check_name(path)
    with path.open("rb") as stream:
        check_pointer(stream.read(200), path.name)
    found = clear_format(path)
    if found == "pdf" or (found == "html" and path.suffix.lower() not in _TABLES):  # HTML under the name of a table is a failed download
        return True
    try:
        sniff(path)
    except SourceError as error:
        return flight_sources.kind_of(path) is None and _is_prose(path, error)
    return False


def _is_prose(path: Path, as_table: SourceError) -> bool:
    """Whether what is no table is text; raises the error over the table where it was meant to be one, or is no document either."""
    try:
        document_format(path, path.name)
    except SourceError:
        raise as_table from None
    if path.suffix.lower() in _TABLES or is_tabular(path, path.name):
        raise SourceError(f"{as_table} If it is a text to be read, name it a document with --as document.") from as_table
    return True
