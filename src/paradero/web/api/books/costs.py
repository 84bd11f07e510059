"""What things cost, with bounds, under assumptions that the question switches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from paradero.answers.books.answers import CostsAnswer, CostsAsked, costs_answer
from paradero.web.interface.answering import stated
from paradero.web.interface.options import Option
from paradero.web.interface.questions import Question, with_digest

PATH = "/api/costs"
OPTIONS = (
    Option(name="result", many=True),
    Option(name="with", many=True),
    Option(name="without", words="assumption_off", many=True),
    Option(name="prices-of", words="prices_of", kind="whole", least=1900, most=2200),
    Option(name="index"),
)
SHAPE = with_digest(CostsAnswer, "Costs")
PAGED = ("rows",)


def answer(question: Question) -> Mapping[str, Any]:
    """As `paradero costs list --json`."""
    prices_of = question.options["prices-of"]
    asked = CostsAsked(
        results=question.every("result"),
        switched_on=question.every("with"),
        switched_off=question.every("without"),
        prices_of=prices_of if isinstance(prices_of, int) else None,
        index=question.text("index"),
    )
    return stated(costs_answer(question.standing.case, asked), question.standing.digest)
