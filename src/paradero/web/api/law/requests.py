"""What to ask for: the facts that would settle open verdicts, each with a draft."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from paradero.answers.verdicts.asking.draft_forms import FORM_NAMES, form_named
from paradero.answers.verdicts.asking.request_values import LookUp, Request
from paradero.answers.verdicts.audit_reading import reading
from paradero.answers.verdicts.requests import wanting_of
from paradero.answers.verdicts.verdicts import Wanted, check_wanted
from paradero.web.interface.audits import BELIEVED, audited_for
from paradero.web.interface.options import LANGUAGE, Option
from paradero.web.interface.questions import Question

PATH = "/api/requests"
OPTIONS = (
    Option(name="only", many=True),
    Option(name="event", words="events", many=True),
    Option(name="form", words="request_form", kind="choice", choices=FORM_NAMES),
    LANGUAGE,
    *BELIEVED,
)
PAGED = ("rows",)


class Requests(msgspec.Struct, kw_only=True):
    """Requests as `paradero requests --json` prints them."""

    scope: str
    n_rows: int
    digest: str
    to_read: list[LookUp]
    rows: list[Request]


SHAPE = Requests


def answer(question: Question) -> Mapping[str, Any]:
    """As `paradero requests --json`."""
    audited = audited_for(question)
    only, events, language = question.every("only"), question.every("event"), str(question.text("lang"))
    form = form_named(name) if (name := question.text("form")) else None
    with reading(audited) as read:
        check_wanted(read, Wanted(by=only))
        for each in events:
            check_wanted(read, Wanted(event=each))
        found = wanting_of(read, language=language, by=only, events=events, form=form)
    scope = audited.case.settings().scope
    return {
        "scope": scope,
        "n_rows": len(found.requests),
        "digest": audited.receipt.key,
        "to_read": found.lookups,
        "rows": found.requests,
    }
