"""The audit that questions on verdicts read."""

from __future__ import annotations

from paradero.answers.books.balancing import trust_of
from paradero.answers.law.law_files import law_of
from paradero.answers.verdicts.auditing import Audited, audit
from paradero.web.asking import NotServed, check_left_out
from paradero.web.interface.options import Option
from paradero.web.interface.questions import Question

BELIEVED = (Option(name="evidence"), Option(name="without", many=True))


def believed(question: Question) -> tuple[str | None, tuple[str, ...]]:
    """The kinds of evidence that are believed and the sources left out. Raises NotServed in public, where
    each such choice would be worked out, and kept, for anybody.
    """
    evidence, without = question.text("evidence"), question.every("without")
    check_left_out(without)
    if question.standing.is_public and (evidence or without):
        raise NotServed("`evidence` and `without` are not answered in public. Leave them out.")
    return evidence, without


def audited_for(question: Question, *, everything: bool = False) -> Audited:
    """The audit under what the question believes, or `everything`. Raises what `paradero audit` does."""
    evidence, without = (None, ()) if everything else believed(question)
    case = question.standing.case

    def work() -> Audited:
        law = law_of(case)
        trust = trust_of(evidence, without, law.sources())
        return audit(case, law, trust=trust, is_kept=not (evidence or without))

    return question.standing.shared(("audited", evidence, without), work)
