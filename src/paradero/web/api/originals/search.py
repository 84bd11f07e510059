"""What words can mean in this casefile, typing errors forgiven."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from paradero.answers.finding import Found, find, nameable
from paradero.web.interface.options import Option
from paradero.web.interface.questions import Question, listing_of

PATH = "/api/search"
OPTIONS = (Option(name="q", words="search"),)
SHAPE = listing_of(Found, "FoundThings")
PAGED = ("rows",)


def answer(question: Question) -> Mapping[str, Any]:
    """What the search page finds, the nearest first; nothing where nothing is asked for."""
    standing = question.standing
    known = standing.shared(("nameable",), lambda: nameable(standing.case, standing.asked().law))
    rows = find(standing.case, question.text("q") or "", known)
    scope = standing.case.settings().scope
    return {"scope": scope, "digest": standing.digest, "n_rows": len(rows), "rows": rows}
