"""Whether the amounts of an agreement go together: the sums that somebody states of them, and what may not
lie above what.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from paradero.authored.attribution import Attributed
from paradero.authored.declared import AuthoredError
from paradero.model.formulas import FormulaError, Node
from paradero.model.ranges import bounded, end_or_none, range_of
from paradero.model.units import Unit
from paradero.money.agreements import Agreement, AmountFile
from paradero.money.amounts import Quantity

Verdict = Literal["holds", "can hold", "cannot hold"]

# of two amounts of these kinds in one agreement the first may not lie above the second
_NOT_ABOVE = (("paid", "granted"), ("paid", "ceiling"), ("granted", "ceiling"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A relation between amounts of one agreement: left side less right side lies between lo and hi (None: no
    bound), in `unit`.

    `is_stated` tells a relation of the file from one that follows from the kinds of two amounts; `prices_of`
    are the years whose prices meet in it, several being money that is no one sum; `said` are all who say its
    amounts, and the relation.
    """

    id: str
    holds: str
    verdict: Verdict
    lo: Fraction | None
    hi: Fraction | None
    unit: Unit
    is_stated: bool
    prices_of: tuple[int, ...]
    said: tuple[Attributed, ...]


def sums_of(agreement: Agreement) -> list[Sum]:
    """Every stated relation with its verdict, and the pairs of amounts that cannot both be as they are said:
    paid above granted, or above the ceiling.
    """
    by_id = {file.id: amount for file, amount in zip(agreement.file.amount, agreement.amounts, strict=True)}
    stated = [
        _judged(
            agreement,
            each.file.id,
            each.file.holds,
            each.sign,
            each.difference,
            {name: by_id[name] for name in each.difference.names()},
            each.unit,
            each.file,
        )
        for each in agreement.equations
    ]
    return [*stated, *(each for each in _pairs(agreement) if each.verdict == "cannot hold")]


def _pairs(agreement: Agreement) -> Iterator[Sum]:
    """Amounts that may not lie above another, where there is only one such other of the same facility, unit
    and year: several can be parts of one limit.
    """
    amounts: list[tuple[AmountFile, Quantity]] = list(
        zip(agreement.file.amount, agreement.amounts, strict=True)
    )
    for lower, upper in _NOT_ABOVE:
        for first, one in amounts:
            limits = [
                (second, other)
                for second, other in amounts
                if second.kind == upper and _alike(first, one) == _alike(second, other)
            ]
            if first.kind == lower and len(limits) == 1:
                second, other = limits[0]
                difference = Node("-", (Node("name", name=first.id), Node("name", name=second.id)))
                yield _judged(
                    agreement,
                    f"{first.id}-{second.id}",
                    f"{first.id} <= {second.id}",
                    "<=",
                    difference,
                    {first.id: one, second.id: other},
                    one.unit,
                    None,
                )


def _alike(file: AmountFile, amount: Quantity) -> tuple[str, Unit, int | None]:
    return file.facility, amount.unit, amount.prices_of


def _judged(
    agreement: Agreement,
    name: str,
    holds: str,
    sign: str,
    difference: Node,
    amounts: dict[str, Quantity],
    unit: Unit,
    stated: Attributed | None,
) -> Sum:
    try:
        found = range_of(
            difference, {each: bounded(amount.lo, amount.hi) for each, amount in amounts.items()}
        ).interval
    except FormulaError as error:
        raise AuthoredError(f"{agreement.place}: in `{holds}`, {error}.") from error
    if sign == ">=":
        can, must = found.hi >= 0, found.lo >= 0
    elif sign == "<=":
        can, must = found.lo <= 0, found.hi <= 0
    else:
        can, must = found.holds(Fraction(0)), found.lo == found.hi == 0
    said = [one for amount in amounts.values() for one in amount.said] + (
        [stated] if stated is not None else []
    )
    return Sum(
        id=f"{agreement.id}/{name}",
        holds=holds,
        verdict="holds" if must else "can hold" if can else "cannot hold",
        lo=end_or_none(found.lo),
        hi=end_or_none(found.hi),
        unit=unit,
        is_stated=stated is not None,
        prices_of=tuple(sorted({each.prices_of for each in amounts.values() if each.prices_of is not None})),
        said=tuple(said),
    )
