"""One row of an original as received, by its address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from paradero.answers.original import OriginalRow, is_kept_in, original, source_taken_in
from paradero.casefile.folder import Casefile
from paradero.model.addresses import parse_address
from paradero.sources.originals import HIDDEN
from paradero.web.interface.questions import Question, listing_of

PATH = "/api/rows/{address:path}"
SHAPE = listing_of(OriginalRow, "OriginalRows")


def answer(question: Question) -> Mapping[str, Any]:
    """As `paradero rows ADDRESS --json`, but for cells of columns that were kept although they hold direct
    identifiers: no page and no answer of the site shows them.
    """
    standing = question.standing
    rows = [_shown(standing.case, original(standing.case, question.names["address"]))]
    scope = standing.case.settings().scope
    return {"scope": scope, "digest": standing.digest, "n_rows": len(rows), "rows": rows}


def _shown(case: Casefile, row: OriginalRow) -> OriginalRow:
    source = source_taken_in(case, parse_address(row.address).source)
    cells = {
        name: HIDDEN if value is not None and is_kept_in(source, name) else value
        for name, value in row.cells.items()
    }
    return replace(row, cells=cells)
