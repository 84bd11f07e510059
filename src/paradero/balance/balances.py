"""Balances as data: counts of people with everything that is said of each, and the equations between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

import msgspec

from paradero.authored.attribution import Attributed, check_attributed, unit_at
from paradero.authored.declared import AuthoredError, line_of, read_toml
from paradero.model.formulas import FormulaError, linear, parse_relation

_NAME = re.compile(r"[a-z][a-z0-9_]*")


class SaidCount(Attributed, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What somebody says a count is: `value` exactly, or at least `lo`, at most `hi`."""

    value: int | None = None
    lo: int | None = None
    hi: int | None = None


class CountFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A counted group: `of` is the day or period it is counted at. `unaccounted` marks a count of people whom no other count accounts for."""

    id: str
    what: str
    what_es: str
    of: str
    unit: str = "people"
    unaccounted: bool = False
    said: list[SaidCount] = []
    note: str = ""


class EquationFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`holds` is a sum of counts, `=`, `<=` or `>=`, and another: why it must be so, in `because`, and who says so, in `by`."""

    id: str
    holds: str
    because: str
    because_es: str
    by: str


class BalanceFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`balances/*.toml`. All balances of a casefile are one system: an equation may name the counts of another file."""

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
    """Read one balance; raises AuthoredError naming file, line and what was expected."""
    declared = read_toml(text, BalanceFile, file=file)
    counts = tuple(_count(each, number, text=text, file=file) for number, each in enumerate(declared.count))
    equations = tuple(
        _equation(each, declared.id, place=f"{file} line {line_of(text, ['equation', number, 'holds'])}") for number, each in enumerate(declared.equation)
    )
    return Balance(id=declared.id, file=declared, place=file, text=text, counts=counts, equations=equations)


def check_balances(balances: tuple[Balance, ...]) -> None:
    """Raises AuthoredError where an id stands twice, or an equation names a count that no file has."""
    counts: dict[str, str] = {}
    for balance in balances:
        for count in balance.counts:
            if count.id in counts:
                raise AuthoredError(
                    f"{count.place}: expected a name of its own, found `{count.id}`, which is the count of {counts[count.id]}. Name one otherwise."
                )
            counts[count.id] = count.place
    equations: dict[str, str] = {}
    for balance in balances:
        for equation in balance.equations:
            if equation.id in equations:
                raise AuthoredError(f"{equation.place}: expected an id of its own, found `{equation.id}`, which is that of {equations[equation.id]}.")
            equations[equation.id] = equation.place
            for name, _ in equation.factors:
                if name not in counts:
                    raise AuthoredError(
                        f"{equation.place}: expected the id of a count in `{equation.file.holds}`, found `{name}`. Add the count or correct the name."
                    )


def _count(declared: CountFile, which: int, *, text: str, file: str) -> Count:
    place = f"{file} line {line_of(text, ['count', which, 'id'])}"
    if not _NAME.fullmatch(declared.id):
        raise AuthoredError(f"{place}: expected an id of small letters, digits and `_`, so that equations can name it, found `{declared.id}`.")
    if not declared.unit.strip() or not declared.of.strip():
        raise AuthoredError(f"{place}: expected the unit and the day or period (`of`) of `{declared.id}`, found a blank.")
    unit_at(declared.unit, place=place)
    asserted = tuple(_asserted(said, declared.id, number, place=_said_place(text, file, which, number)) for number, said in enumerate(declared.said))
    return Count(id=declared.id, file=declared, asserted=asserted, place=place)


def _asserted(said: SaidCount, count: str, which: int, *, place: str) -> Asserted:
    check_attributed(said, what=f"what is said of `{count}`", place=place)
    if (said.value is None) == (said.lo is None and said.hi is None):
        raise AuthoredError(f"{place}: expected `value`, or `lo` and `hi` or one of them, in what {said.by} says of `{count}`.")
    lo, hi = (said.value, said.value) if said.value is not None else (said.lo, said.hi)
    if (lo is not None and lo < 0) or (hi is not None and hi < 0) or (lo is not None and hi is not None and lo > hi):
        raise AuthoredError(f"{place}: expected 0 <= lo <= hi in what {said.by} says of `{count}`, found {lo} and {hi}.")
    return Asserted(id=f"{count}#{which + 1}", count=count, lo=lo, hi=hi, said=said, place=place)


def _equation(declared: EquationFile, balance: str, *, place: str) -> Equation:
    try:
        left, sign, right = parse_relation(declared.holds)
        (left_factors, left_constant), (right_factors, right_constant) = linear(left), linear(right)
    except FormulaError as error:
        raise AuthoredError(f"{place}: {error}.") from error
    if not declared.because.strip() or not declared.by.strip():
        raise AuthoredError(f"{place}: expected why the equation holds (`because`) and who says so (`by`), found a blank.")
    names = dict.fromkeys((*left_factors, *right_factors))
    factors = tuple((name, by) for name in names if (by := left_factors.get(name, Fraction(0)) - right_factors.get(name, Fraction(0))))
    if not factors:
        raise AuthoredError(f"{place}: expected counts in the equation `{declared.holds}`, found none that stays.")
    constant = right_constant - left_constant
    lo = None if sign == "<=" else constant
    hi = None if sign == ">=" else constant
    return Equation(id=f"{balance}/{declared.id}", file=declared, factors=factors, lo=lo, hi=hi, place=place)


def _said_place(text: str, file: str, count: int, which: int) -> str:
    """File and line of a statement: the headers of statements after the header of their count."""
    lines = text.splitlines()
    start = line_of(text, ["count", count, "id"])
    headers = [at for at, line in enumerate(lines, 1) if at > start and line.strip() == "[[count.said]]"]
    return f"{file} line {headers[which] if which < len(headers) else start}"


def _below(hi: int | None, lo: int | None) -> bool:
    return hi is not None and lo is not None and hi < lo
