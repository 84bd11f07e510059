"""The facilities that records and lists name."""

from __future__ import annotations

from paradero.answers.counts.facilities import ListedFacilities, listed_facilities
from paradero.model.answer import Answer
from paradero.web.interface.questions import Question

PATH = "/api/facilities"
SHAPE = ListedFacilities
PAGED = ("rows",)
PAGES_ITSELF = True


def answer(question: Question) -> Answer:
    """The table `facilities` as `paradero export` has it, by code."""
    return listed_facilities(question.standing.case, limit=question.limit, offset=question.offset)
