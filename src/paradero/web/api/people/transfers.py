"""Both sides of each move: who booked out, who booked in, whether the books meet."""

from __future__ import annotations

from paradero.answers.people.listing import TRANSFERS, Listed, StatusCount, Transfer, listed
from paradero.model.answer import Answer
from paradero.web.interface.options import RELEASE, Option
from paradero.web.interface.questions import Question

PATH = "/api/transfers"
OPTIONS = (RELEASE, Option(name="status", kind="choice", choices=TRANSFERS.words["status"]))
SHAPE = Listed[StatusCount, Transfer]
PAGED = ("rows",)
PAGES_ITSELF = True


def answer(question: Question) -> Answer:
    """As `paradero transfers --json`."""
    only = {"release": question.text("release"), "status": question.text("status")}
    return listed(question.standing.case, TRANSFERS, only=only, limit=question.limit, offset=question.offset)
