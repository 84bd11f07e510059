"""One person's custody history, every line with its row; with `at`, where the person was at that time."""

from __future__ import annotations

from paradero.answers.people.history import TABLES, Histories, history_of, person_numbers
from paradero.answers.people.whereabouts import Asked, whereabouts
from paradero.building.tables import open_tables
from paradero.model.answer import Answer
from paradero.model.time.clock import parse_time
from paradero.web.interface.options import RELEASE, Option
from paradero.web.interface.questions import Question

PATH = "/api/person/{id:path}"
OPTIONS = (Option(name="at"), RELEASE)
SHAPE = Histories


def answer(question: Question) -> Answer:
    """As `paradero person ID --json`."""
    at = question.text("at")
    span = None if at is None else parse_time(at)
    with open_tables(question.standing.case, *TABLES, threads=1) as built:
        found = []
        for one in person_numbers(built, question.names["id"], question.text("release")):
            where = None
            if at is not None and span is not None:
                where = Asked(asked=at, whereabouts=whereabouts(built, one.person_no, *span))
            found.append(history_of(built, one.person_no, at=where))
        return Histories(scope=built.receipt.scope, digest=built.receipt.digest, persons=found)
