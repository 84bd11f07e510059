"""Whether a PDF is read for its tables or as a document: a table of a known kind makes it one of tables; what
is mostly table, of no known kind, is refused rather than read as prose.
"""

from __future__ import annotations

from pathlib import Path

from paradero.model.errors import SourceError
from paradero.sources import sniff
from paradero.sources.containers.pdf.sheets import is_mostly_table
from paradero.sources.sheets.sniffing import find_table, heads, near_kind, no_table_of_a_pdf


def is_pdf_document(path: Path) -> bool:
    """Whether a PDF is a document: it has no table of a known kind. Raises SourceError for one that is mostly
    table, or has a table that nearly is of a kind, saying of each why it is not.
    """
    try:
        tables = heads(path, "pdf", path.name)
    except SourceError:
        return True  # without tables, or not to be read: reading it as a document says which
    if any(find_table(rows, None) is not None for _, rows in tables):
        sniff(path)
        return False
    if not is_mostly_table(path, path.name) and not any(near_kind(rows) for _, rows in tables):
        return True
    raise SourceError(no_table_of_a_pdf(path.name, tables, None))
