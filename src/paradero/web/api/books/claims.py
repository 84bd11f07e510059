"""What was said, held against counts, costs, moments and its own figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from paradero.answers.books.answers import ClaimsAnswer, ClaimsAsked, claims_answer
from paradero.web.interface.answering import stated
from paradero.web.interface.questions import Question, with_digest

PATH = "/api/claims"
SHAPE = with_digest(ClaimsAnswer, "Claims")
PAGED = ("rows",)


def answer(question: Question) -> Mapping[str, Any]:
    """As `paradero claims check --json`."""
    standing = question.standing
    found = standing.shared("claims", lambda: claims_answer(standing.case, ClaimsAsked()))
    return stated(found, standing.digest)
