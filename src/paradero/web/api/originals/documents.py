"""The documents of the casefile: how each was read, and how many of its mentions are confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from paradero.answers.documents.document_values import ListedDocument
from paradero.answers.documents.documents import listed_documents
from paradero.web.interface.questions import Question, listing_of

PATH = "/api/documents"
SHAPE = listing_of(ListedDocument, "Documents")
PAGED = ("rows",)


def answer(question: Question) -> Mapping[str, Any]:
    """As `paradero documents list --json`."""
    standing = question.standing
    rows = listed_documents(standing.case)
    scope = standing.case.settings().scope
    return {"scope": scope, "digest": standing.digest, "n_rows": len(rows), "rows": rows}
