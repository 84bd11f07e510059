"""Records of one person that cannot all be true, graded by size."""

from __future__ import annotations

from paradero.answers.people.listing import CONFLICTS, ConflictCount, GradedConflict, Listed, listed
from paradero.model.answer import Answer
from paradero.web.interface.options import RELEASE, Option
from paradero.web.interface.questions import Question

PATH = "/api/conflicts"
OPTIONS = (
    RELEASE,
    Option(name="kind", kind="choice", choices=CONFLICTS.words["kind"]),
    Option(name="grade", kind="choice", choices=CONFLICTS.words["grade"]),
)
SHAPE = Listed[ConflictCount, GradedConflict]
PAGED = ("rows",)
PAGES_ITSELF = True


def answer(question: Question) -> Answer:
    """As `paradero conflicts --json`."""
    only = {
        "release": question.text("release"),
        "kind": question.text("kind"),
        "grade": question.text("grade"),
    }
    return listed(question.standing.case, CONFLICTS, only=only, limit=question.limit, offset=question.offset)
