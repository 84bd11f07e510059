"""Intervals in which the records name no custodian though nothing ended custody."""

from __future__ import annotations

from paradero.answers.people.listing import UNACCOUNTED, Listed, ReasonCount, UnaccountedInterval, listed
from paradero.model.answer import Answer
from paradero.web.interface.options import RELEASE
from paradero.web.interface.questions import Question

PATH = "/api/unaccounted"
OPTIONS = (RELEASE,)
SHAPE = Listed[ReasonCount, UnaccountedInterval]
PAGED = ("rows",)
PAGES_ITSELF = True


def answer(question: Question) -> Answer:
    """As `paradero unaccounted --json`."""
    only = {"release": question.text("release")}
    return listed(
        question.standing.case, UNACCOUNTED, only=only, limit=question.limit, offset=question.offset
    )
