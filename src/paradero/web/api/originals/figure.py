"""One figure with everything it rests on, and the steps that made its table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from paradero.answers.explaining import explained
from paradero.figures.computing import figure_of
from paradero.figures.figure import Figure
from paradero.model.answer import Answer
from paradero.web.interface.questions import Question, with_digest

PATH = "/api/figures/{id:path}"


class MadeBy(Answer, frozen=True, kw_only=True):
    """A table that a figure's own is made from, its rows and their digest."""

    table: str
    rows: int | None
    sha256: str | None


SHAPE = with_digest(Figure, "ExplainedFigure", steps=list[MadeBy])
PAGED = ("basis",)


def answer(question: Question) -> Mapping[str, Any]:
    """As `paradero explain FIGURE --json`."""
    case = question.standing.case
    figure = figure_of(case, question.names["id"])
    steps = explained(case, figure.table) if figure.table else []
    made = [MadeBy(table=step.table, rows=step.rows, sha256=step.sha256) for step in steps]
    return {"scope": case.settings().scope, "digest": figure.digest, **figure.as_json(), "steps": made}
