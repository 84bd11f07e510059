"""One original row as received, by its address."""

from __future__ import annotations

import re

from paradero.building.ingested import ingested_folder
from paradero.building.taking_in import take_in
from paradero.casefile.folder import Casefile, locked
from paradero.casefile.originals import Source, original_path, sources_of
from paradero.casefile.seals import is_sealed, sha256_as_it_stands
from paradero.model.addresses import parse_address
from paradero.model.answer import Answer
from paradero.model.naming import unknown
from paradero.sources import original_row
from paradero.sources.layouts import normal
from paradero.sources.sheet_rows import row_as_taken_in


class OriginalRow(Answer, frozen=True, kw_only=True):
    """A row as received: where it stands, the SHA-256 of its file, the cells as header → text."""

    address: str
    file_name: str
    sheet: str
    row: int
    sha256: str
    cells: dict[str, str | None]


def original(case: Casefile, text: str) -> OriginalRow:
    """The row of an address. Raises UnknownName or SourceError where there
    is no such row.
    """
    address = parse_address(text)
    source = source_taken_in(case, address.source)
    ingested = ingested_folder(case, source)
    cells = original_row(original_path(case, source), ingested, address.sheet, address.row)
    return OriginalRow(
        address=str(address),
        file_name=source.file_name,
        sheet=address.sheet,
        row=address.row,
        sha256=source.sha256,
        cells=row_as_taken_in(ingested, address.sheet, cells),
    )


def is_kept_in(source: Source, column: str) -> bool:
    """Whether a column, by the name that rows give it, was kept although it holds direct identifiers (`add
    --keep`): such a one is for `paradero rows` alone. Headers are the same in whatever case and spacing, as
    where they are kept.
    """
    # a header that stands twice is told apart by its column: `Case Number (column 5)`
    names = {normal(column), normal(re.sub(r" \(column [0-9]+\)$", "", column))}
    return any(normal(each) in names for each in source.keep)


def source_taken_in(case: Casefile, name: str) -> Source:
    """The source of that short id, its rows read if they were not. Raises UnknownName with near ids."""
    sources = {source.source: source for source in sources_of(case)}
    if name not in sources:
        raise unknown("a source of this casefile", name, sources)
    source = sources[name]
    if not is_sealed(ingested_folder(case, source), hashed=sha256_as_it_stands):
        with locked(case):
            take_in(case, source)
    return source
