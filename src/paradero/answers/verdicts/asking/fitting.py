"""In which forms a fact can be asked for, the one that fits best first."""

from __future__ import annotations

from collections.abc import Sequence

from paradero.answers.verdicts.asking.custodians import custodian_of
from paradero.answers.verdicts.asking.draft_forms import FormName
from paradero.answers.verdicts.verdict_values import Between, DecisiveFact

_PERSONAL = "(b)(6)"  # an exemption for files about persons: who they are about may ask for them


def fits(facts: Sequence[DecisiveFact], n_events: int) -> tuple[FormName, ...]:
    """The forms in which facts of one field of one record can be asked for of so many events. A number is
    stated on interrogatory; of one event, on which side of an instant its hour lies is admitted or denied;
    else the record is produced, or subpoenaed where a carrier or an operator has it too. What is asked
    under FOIA can be asked for in a case too, and the other way round.
    """
    first = facts[0]
    if first.ask == "clarification":
        return ("clarification",)
    if first.ask == "argument":
        return ("argument",)
    forms: dict[FormName, None] = {}
    if first.ask == "subject_access":
        forms["own-data"] = None
    if first.ask == "foia":
        forms["foia"] = None
    if first.field.startswith("number of "):
        forms["interrogatory"] = None
    has_side = all(turning(each) for each in facts)
    if has_side and n_events == 1 and all(_is_bounded(each) for each in facts):
        forms["admission"] = None
    forms["production"] = None
    if has_side:
        forms["admission"] = None
    if custodian_of(first.record).keeper:
        forms["subpoena"] = None
    if first.said_by:
        forms["witness"] = None
    forms |= dict.fromkeys(("interrogatory", "deposition", "foia"))
    if any(_PERSONAL in each.exemption for each in facts):
        forms["own-data"] = None
    return tuple(forms)


def _is_bounded(fact: DecisiveFact) -> bool:
    """Whether anything is known of the hour yet; what may never have been done has none, and
    its record is better asked for.
    """
    known = fact.known_between
    return isinstance(known, Between) and (known.lo is not None or known.hi is not None)


def turning(fact: DecisiveFact) -> list[Between]:
    """The instants of which it decides on which side a moment lies, as far as they are known from both
    sides.
    """
    return [each for each in fact.turns if each.lo is not None and each.hi is not None]
