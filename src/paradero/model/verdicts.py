"""Verdicts: what a record shows of an event under a rule or an order. The engines' preludes define
`verdict_of` under the same name.
"""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """Our reading of the record, not a court's."""

    VIOLATED = "violated"
    COMPLIED = "complied"
    UNDETERMINED = "undetermined"
    NOT_BOUND = "not_bound"


def verdict_of(is_bound: bool | None, in_force: bool | None, is_shown: bool | None) -> Verdict:
    """Combine three answers: is the subject bound, is the rule in force at the event, is the forbidden thing
    shown.

    ============  =====================================
    not_bound     one of the first two is false
    violated      all three are true
    complied      the first two true, the third false
    undetermined  otherwise
    ============  =====================================
    """
    if is_bound is False or in_force is False:
        return Verdict.NOT_BOUND
    if is_bound is None or in_force is None or is_shown is None:
        return Verdict.UNDETERMINED
    return Verdict.VIOLATED if is_shown else Verdict.COMPLIED


def possible(is_bound: bool | None, in_force: bool | None, is_shown: bool | None) -> tuple[Verdict, ...]:
    """The verdicts that the unknown answers leave open, one where none is unknown."""
    choices = [
        (answer,) if answer is not None else (True, False) for answer in (is_bound, in_force, is_shown)
    ]
    found = {
        verdict_of(bound, force, shown)
        for bound in choices[0]
        for force in choices[1]
        for shown in choices[2]
    }
    return tuple(verdict for verdict in Verdict if verdict in found)
