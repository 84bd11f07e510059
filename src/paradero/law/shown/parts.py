"""Parts of what is required: how many were given, and whether that is enough."""

from __future__ import annotations

from paradero.law.events import Event
from paradero.law.forms.terms import Term
from paradero.law.shown.values import Told, both, either


def parts_given(term: Term, act: Event, told: Told) -> bool | None:
    """Whether the act has the parts that the term asks for, all or any; true where it asks for none."""
    if not term.items:
        return True
    answers = [told.given(act, item) for item in term.items]
    return both(answers) if term.items_needed == "all" else either(answers)


def parts_counted(term: Term, act: Event, told: Told) -> tuple[int, int]:
    """How many parts are said to have been given, of how many."""
    return sum(told.given(act, item) is True for item in term.items), len(term.items)
