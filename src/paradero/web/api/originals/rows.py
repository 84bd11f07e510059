"""One row of an original as received, by its address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from paradero.answers.original import OriginalRow, original
from paradero.web.interface.questions import Question, listing_of

PATH = "/api/rows/{address:path}"
SHAPE = listing_of(OriginalRow, "OriginalRows")


def answer(question: Question) -> Mapping[str, Any]:
    """As `paradero rows ADDRESS --json`."""
    standing = question.standing
    rows = [original(standing.case, question.names["address"])]
    scope = standing.case.settings().scope
    return {"scope": scope, "digest": standing.digest, "n_rows": len(rows), "rows": rows}
