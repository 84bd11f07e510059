"""The headcount definitions: what each counts, when in the day, and what stands for a missing book-out."""

from __future__ import annotations

from paradero.answers.counts.defining import Definitions, definition_list
from paradero.model.answer import Answer
from paradero.web.interface.questions import Question

PATH = "/api/definitions"
SHAPE = Definitions
PAGED = ("rows",)
LEAVES = True  # definitions count nothing


def answer(question: Question) -> Answer:
    """As `paradero definitions --json`."""
    _ = question
    return definition_list()
