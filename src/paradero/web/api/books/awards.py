"""Federal awards, each once: obligated, paid out, ceiling, with source rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from paradero.answers.companies.award_values import Award, AwardsTotal, Recipient
from paradero.answers.companies.awards import awards_of
from paradero.answers.words import Words
from paradero.reports.text.awards_text import definitions
from paradero.web.interface.options import LANGUAGE, Option
from paradero.web.interface.questions import Question

PATH = "/api/awards"
OPTIONS = (Option(name="name", words="award_name", many=True), LANGUAGE)
PAGED = ("rows", "recipients")


class ListedAwards(msgspec.Struct, kw_only=True):
    """Awards as `paradero awards --json` prints them."""

    scope: str
    digest: str
    unit: str
    definitions: dict[str, str]
    total: AwardsTotal
    n_rows: int
    rows: list[Award]
    recipients: list[Recipient]


SHAPE = ListedAwards


def answer(question: Question) -> Mapping[str, Any]:
    """As `paradero awards --json`."""
    standing, names = question.standing, question.every("name")
    found = standing.shared(("awards", names), lambda: awards_of(standing.case, names))
    head = {"scope": found.scope, "digest": found.digest, "unit": found.unit}
    said = {"definitions": definitions(Words(str(question.text("lang")))), "total": found.total}
    return {**head, **said, "n_rows": len(found.rows), "rows": found.rows, "recipients": found.recipients}
