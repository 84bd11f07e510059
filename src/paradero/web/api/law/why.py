"""One verdict step by step, with every text, statement and row it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from paradero.answers.verdicts.audit_reading import reading
from paradero.answers.verdicts.verdict_values import Verdict
from paradero.answers.verdicts.why import find_verdict, why_text
from paradero.web.interface.audits import BELIEVED, audited_for
from paradero.web.interface.options import LANGUAGE
from paradero.web.interface.questions import Question, with_digest

PATH = "/api/why/{verdict:path}"
OPTIONS = (LANGUAGE, *BELIEVED)
SHAPE = with_digest(Verdict, "ExplainedVerdict", explanation=str)


def answer(question: Question) -> Mapping[str, Any]:
    """As `paradero why ID --json`."""
    audited = audited_for(question)
    with reading(audited) as read:
        found = find_verdict(read, question.names["verdict"])
        text = why_text(read, found, str(question.text("lang")))
    head = {"scope": audited.case.settings().scope, "digest": audited.receipt.key}
    return {**head, **found.as_json(), "explanation": text}
