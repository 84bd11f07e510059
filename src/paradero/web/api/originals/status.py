"""What the casefile holds: sources, releases, rows in, kept and rejected, drift, build."""

from __future__ import annotations

from paradero.answers.status import Status, status_of
from paradero.model.answer import Answer
from paradero.web.interface.questions import Question

PATH = "/api/status"
SHAPE = Status


def answer(question: Question) -> Answer:
    """As `paradero status --json`."""
    return question.standing.shared("status", lambda: status_of(question.standing.case))
