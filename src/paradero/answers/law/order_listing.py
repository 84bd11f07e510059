"""The orders as a list: which forms their terms have, under how many readings, what was read, and what lacks
Spanish.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from paradero.answers.law.remarks import Remark
from paradero.law.events import Event
from paradero.law.forms.terms import Term
from paradero.law.matrix import Matrix
from paradero.law.orders import Order
from paradero.law.shown.silence import within_of
from paradero.model.answer import Answer


class ListedOrder(Answer, frozen=True, kw_only=True):
    """An order in a line: the form of each term and how many readings it has. One that only declares has no
    term, and nothing of it can be judged.

    `read` says how many of the texts that it relies on were read in their source, of all; `no_spanish` how
    many of its texts, and of those of its terms, acts and readings, have no Spanish; `remarks` how much is
    odd in it beside the other files.
    """

    order: str
    title: str
    title_es: str
    court: str
    forms: tuple[str, ...]
    readings: int
    declares: str
    read: str
    no_spanish: int
    remarks: int
    place: str


def listed_orders(
    orders: Sequence[Order], matrix: Matrix, remarks: Sequence[Remark] = ()
) -> list[ListedOrder]:
    """One line for each order, with how many of the remarks are about it."""
    return [_listed(order, matrix, sum(each.order == order.id for each in remarks)) for order in orders]


def without_spanish(files: Sequence[Order | Event]) -> int:
    """How many texts of orders and events have no Spanish."""
    return sum(1 for each in files for _ in _lacking(each.file))


def _listed(order: Order, matrix: Matrix, n_remarks: int) -> ListedOrder:
    file = order.file
    return ListedOrder(
        order=order.id,
        title=file.title,
        title_es=file.title_es,
        court=file.court,
        forms=tuple(f"{term.id}: {form_of_term(term, order)}" for term in file.term),
        readings=sum(each.order.id == order.id for each in matrix.variants),
        declares=file.declares,
        read=f"{sum(text.read for text in file.text)} of {len(file.text)}",
        no_spanish=without_spanish([order]),
        remarks=n_remarks,
        place=order.place,
    )


def form_of_term(term: Term, order: Order) -> str:
    """The name of the form that a term has; `or-else` is owed where another was not done in time."""
    if term.standard:
        return "standard"
    if term.rule:
        return "rule"
    parts = {
        "forbid-unless": term.unless,
        "limit": term.limit,
        "status-quo": term.keeps,
        "report": term.every,
        "count": term.count,
        "require-within": term.within and term.requires,
        "automatic": term.within and term.forbids,
    }
    found = next((name for name, part in parts.items() if part), None)
    if found is None and term.requires and not term.by:
        return "or-else" if within_of(order, term) else "require-by"
    return found or ("forbid" if term.forbids else "require-by")


def _lacking(value: object) -> Iterator[str]:
    """The fields of a file, and of what is in it, that would hold Spanish and hold nothing, though their
    English does.
    """
    if isinstance(value, list):
        for each in value:
            yield from _lacking(each)
    if not isinstance(value, msgspec.Struct):
        return
    for name in value.__struct_fields__:
        english = name.removesuffix("_es")
        if name.endswith("_es") and getattr(value, english, None) and not getattr(value, name):
            yield name
        yield from _lacking(getattr(value, name))
