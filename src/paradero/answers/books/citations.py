"""Numbers as books cite them: within bounds, in a unit, with everyone who says them."""

from __future__ import annotations

from fractions import Fraction

from paradero.authored.attribution import Attributed
from paradero.authored.evidence import Evidence
from paradero.model.answer import Answer
from paradero.money.amounts import Quantity


class Citation(Answer, frozen=True, kw_only=True):
    """Who says something, by what kind of evidence, of what time, and where it was seen; `fact` is its number
    in the material that the file was written from.
    """

    by: str
    evidence: Evidence
    dated: str
    seen: list[str]
    fact: str
    note: str


class CitedQuantity(Answer, frozen=True, kw_only=True):
    """A number in `unit` with all who say it: None is no bound, and for `mode` no likeliest value;
    `prices_of` is the year of money's prices.
    """

    id: str
    what: str
    what_es: str
    lo: int | float | None
    mode: int | float | None
    hi: int | float | None
    unit: str
    prices_of: int | None
    said: list[Citation]


def citation(one: Attributed) -> Citation:
    """An attribution as an answer cites it."""
    return Citation(**one.cited())


def cited_quantity(one: Quantity) -> CitedQuantity:
    """A quantity with who says it."""
    return CitedQuantity(
        id=one.symbol,
        what=one.what,
        what_es=one.what_es,
        lo=plain(one.lo),
        mode=plain(one.mode),
        hi=plain(one.hi),
        unit=str(one.unit),
        prices_of=one.prices_of,
        said=[citation(each) for each in one.said],
    )


def plain(value: Fraction | None) -> int | float | None:
    """A number for JSON: whole where it is whole."""
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)
