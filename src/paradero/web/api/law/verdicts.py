"""Events held against rules and orders: how many have which verdict, and the verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from paradero.answers.law.remarks import Remark, remarks_as_json, remarks_of
from paradero.answers.verdicts.audit_reading import reading
from paradero.answers.verdicts.changes import VerdictChange, changes_between
from paradero.answers.verdicts.verdict_values import Verdict, VerdictSummary
from paradero.answers.verdicts.verdicts import Wanted, check_wanted, summary, total, verdicts_of
from paradero.model import verdicts
from paradero.web.interface.audits import BELIEVED, audited_for
from paradero.web.interface.options import RELEASE, NotUnderstood, Option
from paradero.web.interface.questions import Question

PATH = "/api/verdicts"
OPTIONS = (
    Option(name="only", many=True),
    Option(name="reading"),
    Option(name="verdict", kind="choice", choices=tuple(verdicts.Verdict), many=True),
    Option(name="subject"),
    Option(name="event"),
    Option(name="facility"),
    RELEASE,
    *BELIEVED,
)
PAGED = ("rows",)
PAGES_ITSELF = True
IS_OF_LINES = True
_MOST_OFFSET = 100_000  # verdicts are read one by one up to the page that is asked for


class Verdicts(msgspec.Struct, kw_only=True):
    """Verdicts as `paradero audit --json` prints them."""

    scope: str
    digest: str
    changes: list[VerdictChange] | None
    evidence: list[str]
    without: list[str]
    n_remarks: int
    remarks: list[Remark]
    reading: str
    summary: list[VerdictSummary]
    n_rows: int
    rows: list[Verdict]


SHAPE = Verdicts


def answer(question: Question) -> Mapping[str, Any]:
    """As `paradero audit --json`; without `verdict` all of events stated in files, of the records' the
    violated and the undetermined. Raises NotUnderstood beyond the first 100,000.
    """
    if question.offset > _MOST_OFFSET:
        raise NotUnderstood(
            f"`offset={question.offset}`: verdicts are paged up to {_MOST_OFFSET:,}. Ask for one rule"
            " (`only`) or one facility."
        )
    audited = audited_for(question)
    wanted = Wanted(
        by=question.every("only"),
        construction=question.text("reading"),
        verdicts=question.every("verdict") or None,
        subject=question.text("subject"),
        event=question.text("event"),
        facility=question.text("facility"),
        release=question.text("release"),
    )
    changes = None
    if question.text("evidence") or question.every("without"):
        with reading(audited_for(question, everything=True)) as before, reading(audited) as after:
            changes = changes_between(before, after)
    with reading(audited) as read:
        check_wanted(read, wanted)
        found = verdicts_of(read, wanted, limit=question.limit, skipped=question.offset)
        # counted once for all pages of an answer: on millions of verdicts that takes longer than a page
        counted, n_rows = question.standing.shared(
            ("verdicts", audited.receipt.key, wanted), lambda: (summary(read, wanted), total(read, wanted))
        )
        return {
            "scope": audited.case.settings().scope,
            "digest": audited.receipt.key,
            "changes": changes,
            "evidence": audited.receipt.evidence,
            "without": audited.receipt.without,
            **remarks_as_json(remarks_of(audited.law, audited.case.root)),
            "reading": "of the records, not a court's",
            "summary": counted,
            "n_rows": n_rows,
            "rows": list(found),
        }
