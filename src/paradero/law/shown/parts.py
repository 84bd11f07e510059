"""Parts of what is required: how many were given, and whether that is enough."""

from __future__ import annotations

from collections.abc import Sequence

from paradero.law.events import Event
from paradero.law.forms.terms import Term
from paradero.law.shown.values import Told, both, either


def parts_given(term: Term, act: Event, told: Told) -> bool | None:
    """Whether the act has the parts that the term asks for, all or any; true where it asks for none."""
    return parts_of(term, [told.given(act, item) for item in term.items])


def parts_together(term: Term, acts: Sequence[Event], told: Told) -> bool | None:
    """The same of several acts together: what one lacked another may have had."""
    return parts_of(term, [either(told.given(act, item) for act in acts) for item in term.items])


def parts_of(term: Term, given: Sequence[bool | None]) -> bool | None:
    """The same of what is said of each of the term's parts, one after the other."""
    if not term.items:
        return True
    return both(given) if term.items_needed == "all" else either(given)


def parts_counted(term: Term, act: Event, told: Told) -> tuple[int, int]:
    """How many parts are said to have been given, of how many."""
    return sum(told.given(act, item) is True for item in term.items), len(term.items)
