"""Whether counts of people add up: each with the bounds that follow, and what cannot all be true."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from paradero.answers.books.answers import BalanceAnswer, BalanceAsked, balance_answer
from paradero.web.interface.answering import stated
from paradero.web.interface.audits import BELIEVED, believed
from paradero.web.interface.options import LANGUAGE
from paradero.web.interface.questions import Question, with_digest

PATH = "/api/balance"
OPTIONS = (LANGUAGE, *BELIEVED)
SHAPE = with_digest(BalanceAnswer, "Balance")
PAGED = ("rows",)


def answer(question: Question) -> Mapping[str, Any]:
    """As `paradero balance --json`."""
    evidence, without = believed(question)
    asked = BalanceAsked(trust=evidence, without=without)
    found = balance_answer(question.standing.case, asked, str(question.text("lang")))
    return stated(found, question.standing.digest)
