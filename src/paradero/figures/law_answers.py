"""Verdicts and requests that figures are counted from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from paradero.answers.law.law_files import Law
from paradero.answers.verdicts.audit_reading import Reading, reading
from paradero.answers.verdicts.requests import requests_of
from paradero.answers.verdicts.verdict_values import Citation, LawCitation, VerdictSummary
from paradero.answers.verdicts.verdicts import Wanted, summary, verdicts_of
from paradero.figures.asking import Absent, Answered, Asked, answers
from paradero.model.answer import Answer

_EXAMPLES = 20  # verdicts looked at for rows that a count of them rests on


def _audit(
    command: str, read_rows: Callable[[Reading], Sequence[Answer]]
) -> Callable[[Asked], Answered | Absent]:
    def answer(asked: Asked) -> Answered | Absent:
        if asked.audited is None:
            return Absent(
                why="This casefile holds neither records nor events that a rule could be held against."
            )
        with reading(asked.audited) as read:
            return Answered(rows=read_rows(read), command=command)

    return answer


class CountedVerdicts(VerdictSummary, frozen=True, kw_only=True):
    """How many events have which verdict under the rule or order `what`, and the rows or statements of some
    that are beyond the limit.
    """

    what: str
    what_es: str
    examples: list[Citation]


def _verdict_counts(read: Reading) -> Sequence[Answer]:
    found = []
    for one in summary(read, Wanted()):
        what, what_es = _title_of(read, one)
        found.append(
            CountedVerdicts(
                **msgspec.structs.asdict(one), what=what, what_es=what_es, examples=_examples(read, one)
            )
        )
    return found


def title_of_rule(law: Law, rule: str) -> tuple[str, str]:
    """What a rule is called, in English and Spanish."""
    file = law.rules[rule].file
    return file.title, file.title_es or file.title


def _title_of(read: Reading, one: VerdictSummary) -> tuple[str, str]:
    """What a rule or an order is called, in English and Spanish."""
    law = read.audited.law
    if one.order is None:
        return title_of_rule(law, one.rule)
    order = next(each.file for each in law.orders if each.id == one.order)
    return order.title, order.title_es or order.title


def _examples(read: Reading, one: VerdictSummary) -> list[Citation]:
    """What some of the events beyond the limit rest on; none where there are none."""
    if not one.violated:
        return []
    wanted = Wanted(by=(one.order or one.rule,), construction=one.construction, verdicts=("violated",))
    found = [
        each
        for each in verdicts_of(read, wanted, limit=_EXAMPLES)
        if each.rule == one.rule and each.version == one.version and each.order == one.order
    ]
    return [cited for each in found for cited in each.citations if not isinstance(cited, LawCitation)]


def _on_events(read: Reading) -> Sequence[Answer]:
    """Verdicts of orders on events that files state."""
    return [each for each in verdicts_of(read, Wanted(stated=True)) if each.judged == "order"]


answers("verdict counts")(_audit("paradero audit", _verdict_counts))
answers("verdicts on events")(_audit("paradero audit", _on_events))
answers("requests")(_audit("paradero requests", lambda read: requests_of(read, language="en")))
