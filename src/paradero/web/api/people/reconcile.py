"""Published figures held against the records: what agrees, what is explained, what contradicts."""

from __future__ import annotations

from paradero.answers.counts.reconciling import Reconciliation, reconciled
from paradero.model.answer import Answer
from paradero.web.interface.options import Option
from paradero.web.interface.questions import Question

PATH = "/api/reconcile"
OPTIONS = (Option(name="status", words="status_of_figures"),)
SHAPE = Reconciliation
PAGED = ("rows",)
PAGES_ITSELF = True


def answer(question: Question) -> Answer:
    """As `paradero reconcile --json`."""
    status = question.text("status")
    return reconciled(question.standing.case, status=status, limit=question.limit, offset=question.offset)
