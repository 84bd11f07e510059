"""Balances as data: counts of people with everything that is said of each, and the equations between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

import msgspec

from paradero.authored.attribution import Attributed, check_attributed, unit_at
from paradero.authored.declared import AuthoredError, Declared, Mistakes, read, seen_from
from paradero.model.formulas import FormulaError, linear, parse_relation

_NAME = re.compile(r"[a-z][a-z0-9_]*")


class SaidCount(Attributed, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What somebody says a count is: `value` exactly, or at least `lo`, at most `hi`."""

    value: int | None = None
    lo: int | None = None
    hi: int | None = None


class CountFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A counted group: `of` is the day or period it is counted at. `unaccounted` marks a count of people whom
    no other count accounts for.
    """

    id: str
    what: str
    what_es: str
    of: str
    unit: str = "people"
    unaccounted: bool = False
    said: list[SaidCount] = []
    note: str = ""


class EquationFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`holds` is a sum of counts, `=`, `<=` or `>=`, and another: why it must be so, in `because`, and who
    says so, in `by`.
    """

    id: str
    holds: str
    because: str
    because_es: str
    by: str


class BalanceFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`balances/*.toml`. All balances of a casefile are one system: an equation may name the counts of
    another file.
    """

    id: str
    title: str
    title_es: str
    count: list[CountFile]
    equation: list[EquationFile] = []
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asserted:
    """One statement of a count: bounds as said, None where it gives none."""

    id: str
    count: str
    lo: int | None
    hi: int | None
    said: SaidCount
    place: str

    def meets(self, other: Asserted) -> bool:
        """Whether two statements share a number."""
        return not (_below(self.hi, other.lo) or _below(other.hi, self.lo))


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A count read: its statements in the order of the file."""

    id: str
    file: CountFile
    asserted: tuple[Asserted, ...]
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Equation:
    """`factors` times counts lie between lo and hi."""

    id: str
    file: EquationFile
    factors: tuple[tuple[str, Fraction], ...]
    lo: Fraction | None
    hi: Fraction | None
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """A balance read."""

    id: str
    file: BalanceFile
    place: str
    text: str
    counts: tuple[Count, ...]
    equations: tuple[Equation, ...]


def read_balance(text: str, *, file: str) -> Balance:
    """Read one balance; raises AuthoredError naming file, line and what is wrong."""
    declared, mistakes = read(text, BalanceFile, file=file), Mistakes()
    counts, equations = [], []
    for number, count in enumerate(declared.form.count):
        with mistakes.gathered():
            counts.append(_count(count, number, declared))
    for number, equation in enumerate(declared.form.equation):
        with mistakes.gathered():
            equations.append(
                _equation(equation, declared.form.id, place=declared.place("equation", number, "holds"))
            )
    mistakes.settle()
    return Balance(
        id=declared.form.id,
        file=declared.form,
        place=file,
        text=text,
        counts=tuple(counts),
        equations=tuple(equations),
    )


def check_balances(balances: tuple[Balance, ...]) -> None:
    """Raises AuthoredError where an id stands twice, or an equation names a count that no file has."""
    counts: dict[str, str] = {}
    equations: dict[str, str] = {}
    mistakes = Mistakes()
    for count in (each for balance in balances for each in balance.counts):
        if count.id in counts:
            mistakes.add(
                f"{count.place}: the id `{count.id}` is taken by"
                f" {seen_from(count.place, counts[count.id])}. Choose another."
            )
        counts.setdefault(count.id, count.place)
    for equation in (each for balance in balances for each in balance.equations):
        if equation.id in equations:
            mistakes.add(
                f"{equation.place}: the id `{equation.id}` is taken by"
                f" {seen_from(equation.place, equations[equation.id])}. Choose another."
            )
        equations.setdefault(equation.id, equation.place)
        for name, _ in equation.factors:
            if name not in counts:
                mistakes.add(
                    f"{equation.place}: `{equation.file.holds}` names `{name}`, which is not the id of a"
                    " count. Add the count or correct the name."
                )
    mistakes.settle()


def _count(declared: CountFile, which: int, within: Declared[BalanceFile]) -> Count:
    place, mistakes = within.place("count", which, "id"), Mistakes()
    if not _NAME.fullmatch(declared.id):
        raise AuthoredError(
            f"{place}: the id `{declared.id}` may hold only small letters, digits and `_`, so that equations"
            " can name it. Rename it."
        )
    if not declared.unit.strip() or not declared.of.strip():
        raise AuthoredError(
            f"{place}: `{declared.id}` lacks its unit, or its day or period (`of`). Fill in both."
        )
    asserted = []
    with mistakes.gathered():
        unit_at(declared.unit, place=place)
    for number, said in enumerate(declared.said):
        with mistakes.gathered():
            asserted.append(
                _asserted(said, declared.id, number, place=within.place("count", which, "said", number))
            )
    mistakes.settle()
    return Count(id=declared.id, file=declared, asserted=tuple(asserted), place=place)


def _asserted(said: SaidCount, count: str, which: int, *, place: str) -> Asserted:
    check_attributed(said, what=f"what is said of `{count}`", place=place)
    if (said.value is None) == (said.lo is None and said.hi is None):
        fault = (
            "has no number. Write `value`, or `lo`, `hi` or both."
            if said.value is None
            else "has both `value` and `lo` or `hi`. Leave one of the two."
        )
        raise AuthoredError(f"{place}: what {said.by} says of `{count}` {fault}")
    lo, hi = (said.value, said.value) if said.value is not None else (said.lo, said.hi)
    if (
        (lo is not None and lo < 0)
        or (hi is not None and hi < 0)
        or (lo is not None and hi is not None and lo > hi)
    ):
        given = ", ".join(str(each) for each in (lo, hi) if each is not None)
        raise AuthoredError(
            f"{place}: what {said.by} says of `{count}` ({given}) is below 0, or `lo` is above `hi`. Correct"
            " it."
        )
    return Asserted(id=f"{count}#{which + 1}", count=count, lo=lo, hi=hi, said=said, place=place)


def _equation(declared: EquationFile, balance: str, *, place: str) -> Equation:
    try:
        left, sign, right = parse_relation(declared.holds)
        (left_factors, left_constant), (right_factors, right_constant) = linear(left), linear(right)
    except FormulaError as error:
        raise AuthoredError(f"{place}: {error}.") from error
    if not declared.because.strip() or not declared.by.strip():
        raise AuthoredError(
            f"{place}: `because` or `by` is blank. Write why the equation holds and who says so."
        )
    names = dict.fromkeys((*left_factors, *right_factors))
    factors = tuple(
        (name, by)
        for name in names
        if (by := left_factors.get(name, Fraction(0)) - right_factors.get(name, Fraction(0)))
    )
    if not factors:
        raise AuthoredError(
            f"{place}: the counts of the equation `{declared.holds}` cancel each other. Name counts that"
            " stay."
        )
    constant = right_constant - left_constant
    lo = None if sign == "<=" else constant
    hi = None if sign == ">=" else constant
    return Equation(id=f"{balance}/{declared.id}", file=declared, factors=factors, lo=lo, hi=hi, place=place)


def _below(hi: int | None, lo: int | None) -> bool:
    return hi is not None and lo is not None and hi < lo
