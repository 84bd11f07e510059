"""Names that an order asks about and an event states, and that differ by a slip of the pen: what is meant is
then looked for in vain, and its absence would be taken for an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from paradero.authored.declared import Mistakes, place_in
from paradero.authored.lines import Step
from paradero.law.events import Event
from paradero.law.orders import Order

_NEAR = 80  # of 100 letters


def check_names_alike(orders: Sequence[Order], events: Sequence[Event]) -> None:
    """Raises AuthoredError where an event states an attribute, a part or a measure that no order asks about,
    and an order asks about one that no event states and that is spelled nearly so.
    """
    mistakes = Mistakes()
    asked = [(order, kind, name) for order in orders for kind, name, _ in asked_in_order(order)]
    stated = [(event, kind, name, place) for event in events for kind, name, place in stated_by_event(event)]
    names_asked = {(kind, name) for _, kind, name in asked}
    names_stated = {(kind, name) for _, kind, name, _ in stated}
    loose = [each for each in stated if (each[1], each[2]) not in names_asked]
    free = {(kind, name): order for order, kind, name in asked if (kind, name) not in names_stated}
    for _, kind, name, place in loose:
        for (other_kind, other), order in free.items():
            if kind == other_kind and _are_near(name, other):
                mistakes.add(
                    f"{place}: no order asks about the {kind} `{name}`; {order.place} asks about `{other}`,"
                    " which no event states. Write both alike, or tell them further apart."
                )
    mistakes.settle()


def _are_near(one: str, other: str) -> bool:
    from rapidfuzz import fuzz  # only where a name stands alone

    return fuzz.ratio(one.casefold(), other.casefold()) >= _NEAR


def asked_in_order(order: Order) -> Iterator[tuple[str, str, Sequence[Step]]]:
    """What an order's class and terms ask about, by kind, and what leads to it in the file."""
    for number, condition in enumerate(order.file.scope.condition):
        yield "attribute", condition.attribute, ("scope", "condition", number, "attribute")
    for number, act in enumerate(order.file.act):
        for which, condition in enumerate(act.condition):
            yield "attribute", condition.attribute, ("act", number, "condition", which, "attribute")
    for number, term in enumerate(order.file.term):
        at = ("term", number)
        for part in (term, term.unless, term.step):
            for item in part.items if part is not None else ():
                yield "part", item, at
        if term.within is not None and term.within.excuse:
            yield "attribute", term.within.excuse, (*at, "within", "excuse")
        if term.keeps is not None:
            for name in (term.keeps.attribute, f"from_{term.keeps.attribute}", f"to_{term.keeps.attribute}"):
                yield "attribute", name, (*at, "keeps", "attribute")
        if term.limit is not None:
            yield "measure", f"{term.limit.measure} in {term.limit.unit}", (*at, "limit")


def stated_by_event(event: Event) -> Iterator[tuple[str, str, str]]:
    """What an event states of its subject and itself, by kind, with its place."""

    def at(*steps: str | int) -> str:
        return place_in(event.text, event.place, list(steps))

    for number, attribute in enumerate(event.file.subject.attribute):
        yield "attribute", attribute.name, at("subject", "attribute", number, "name")
    for number, item in enumerate(event.file.item):
        yield "part", item.name, at("item", number, "name")
    for number, value in enumerate(event.file.value):
        yield "measure", f"{value.measure} in {value.unit}", at("value", number, "measure")
