"""Named standards, such as the Nelson Mandela Rules, as data: what a provision says, its limit where its text
has a number, and what a claim, if it is true, is beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import msgspec

from paradero.authored.attribution import number, unit_at
from paradero.authored.declared import AuthoredError, Mistakes, check_ids, read, seen_from
from paradero.claims.statements import Claim, HeldFile
from paradero.law.rules import Text
from paradero.model.formulas import FormulaError, exact, parse_formula, shown, unit_of
from paradero.model.ranges import Interval, bounded, point, range_of
from paradero.model.units import Unit, UnitError, parse_unit

Told = tuple[str, str]  # in English and in Spanish

Beside = Literal["beyond", "within", "open", "no_number", "no_claim"]

# What is said of a claim beside a provision; in the order in which answers list them.
BESIDE: Mapping[Beside, Told] = {
    "beyond": ("beyond the limit, if the claim is true", "fuera del límite, si la afirmación es cierta"),
    "within": ("within the limit, if the claim is true", "dentro del límite, si la afirmación es cierta"),
    "open": ("the claim allows either side of the limit", "la afirmación permite ambos lados del límite"),
    "no_number": (
        "the text states no number, so nothing can be computed against it",
        "el texto no fija ningún número, así que nada se puede calcular frente a él",
    ),
    "no_claim": (
        "the text states a number, and no claim here says what it measures",
        "el texto fija un número, y ninguna afirmación aquí dice lo que mide",
    ),
}

# The same of a claim beside a definition, which allows and forbids nothing.
DEFINED: Mapping[Beside, Told] = {
    **BESIDE,
    "beyond": (
        "outside the definition, if the claim is true",
        "fuera de la definición, si la afirmación es cierta",
    ),
    "within": (
        "within the definition, if the claim is true",
        "dentro de la definición, si la afirmación es cierta",
    ),
    "open": (
        "the claim allows either side of the definition",
        "la afirmación permite ambos lados de la definición",
    ),
}


class LimitFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The number of a provision's text: what it measures, in which unit, and one of `at_least`, `at_most`,
    `over`, `under`. A definition limits nothing: `called` is what it calls that which has the number.
    """

    of: str
    of_es: str
    unit: str
    at_least: float | None = None
    at_most: float | None = None
    over: float | None = None
    under: float | None = None
    called: str = ""
    called_es: str = ""


class ProvisionFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One provision: its text in our words, and where it was read; no `limit` where it has no number. `note`
    is a remark of whoever wrote the file, and no part of the provision.
    """

    id: str
    text: Text
    note: str = ""
    note_es: str = ""
    limit: LimitFile | None = None


class StandardFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`standards/*.toml`. `force` says whom the standard binds, and how."""

    id: str
    title: str
    title_es: str
    force: str
    force_es: str
    provision: list[ProvisionFile]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """A provision read: its id as `standard/provision`, and the numbers that its limit allows."""

    id: str
    standard: StandardFile
    file: ProvisionFile
    unit: Unit | None
    sign: str
    value: Fraction | None
    place: str

    @property
    def limit(self) -> str:
        """The limit as text: `at least 1`, `at most 15`; blank where there is none."""
        return "" if self.value is None else f"{self.sign} {shown(self.value)}"

    @property
    def limit_es(self) -> str:
        """The limit as text, in Spanish."""
        return "" if self.value is None else f"{_SIGNS[self.sign]} {shown(self.value)}"


_SIGNS = {"at least": "al menos", "at most": "como máximo", "over": "más de", "under": "menos de"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """A file of a standard, read."""

    id: str
    file: StandardFile
    place: str
    provisions: tuple[Provision, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A provision with a claim beside it: what the claim gives of what the provision measures (None: no
    bound, or the text has no number and nothing is computed), and the claims that this takes to be true as
    well.
    """

    provision: Provision
    beside: Beside
    claim: Claim | None = None
    held: HeldFile | None = None
    lo: Fraction | None = None
    hi: Fraction | None = None
    given: tuple[Claim, ...] = ()


def read_standard(text: str, *, file: str) -> Standard:
    """Read one file; raises AuthoredError naming file, line and what is wrong."""
    declared, mistakes = read(text, StandardFile, file=file), Mistakes()
    form = declared.form
    with mistakes.gathered():
        check_ids(text, file, [(form.id, ["id"])], {"provision": [each.id for each in form.provision]})
    found: list[Provision] = []
    for at, each in enumerate(form.provision):
        place = declared.place("provision", at, "id")
        with mistakes.gathered():
            found.append(_provision(each, form, place=place))
    mistakes.settle()
    return Standard(id=form.id, file=form, place=f"{file} line 1", provisions=tuple(found))


def held_against(claims: Sequence[Claim], standards: Sequence[Standard]) -> list[Held]:
    """Each provision with the claims in figures whose subject names it, or alone where none is beside it.

    Raises AuthoredError for a provision, a claim or a unit that is not there. No verdict on the claim or the
    prison: whether it is true is what `check` asks, and whom a standard binds is no sum.
    """
    provisions = {each.id: each for standard in standards for each in standard.provisions}
    by_id = {each.id: each for each in claims}
    found: dict[str, list[Held]] = {name: [] for name in provisions}
    mistakes = Mistakes()
    for claim in claims:
        for held in claim.subject.held:
            with mistakes.gathered():
                one = _held(claim, held, provisions, by_id)
                found[held.provision].append(one)
    mistakes.settle()
    ranks = list(BESIDE)
    listed: list[Held] = []
    for name, provision in provisions.items():
        beside_it = sorted(found[name], key=lambda each: ranks.index(each.beside))
        nothing: Beside = "no_number" if provision.value is None else "no_claim"
        listed += beside_it or [Held(provision=provision, beside=nothing)]
    return listed


def _provision(file: ProvisionFile, standard: StandardFile, *, place: str) -> Provision:
    sign, value, unit = "", None, None
    if file.limit is not None:
        unit = unit_at(file.limit.unit, place=place)
        stated = [
            (name.replace("_", " "), getattr(file.limit, name))
            for name in ("at_least", "at_most", "over", "under")
            if getattr(file.limit, name) is not None
        ]
        if len(stated) != 1:
            raise AuthoredError(
                f"{place}: the limit of `{file.id}` must have exactly one of `at_least`, `at_most`, `over`"
                " and `under`. Leave one; a text without a number has no limit."
            )
        if bool(file.limit.called) != bool(file.limit.called_es):
            raise AuthoredError(
                f"{place}: the limit of `{file.id}` needs `called` in both languages. Write both,"
                " `called` and `called_es`."
            )
        sign, value = stated[0][0], number(stated[0][1], place=place)
    return Provision(
        id=f"{standard.id}/{file.id}",
        standard=standard,
        file=file,
        unit=unit,
        sign=sign,
        value=value,
        place=place,
    )


def _held(
    claim: Claim, held: HeldFile, provisions: Mapping[str, Provision], claims: Mapping[str, Claim]
) -> Held:
    """The claim beside a provision; beside a text without a number nothing is computed of it."""
    where = f"{claim.place}: `{claim.subject.id}`"
    provision = provisions.get(held.provision)
    if provision is None:
        raise AuthoredError(
            f"{where} is held against `{held.provision}`, which is no provision in standards/. Name one as"
            " `standard/provision`."
        )
    if provision.value is None:
        if held.gives:
            raise AuthoredError(
                f"{where} is computed against `{provision.id}`, whose text has no number"
                f" ({seen_from(claim.place, provision.place)}). Take `gives` out."
            )
        return Held(provision=provision, beside="no_number", claim=claim, held=held)
    if not held.gives or claim.interval is None:
        raise AuthoredError(
            f"{where} is held against the number of `{provision.id}` and gives none. Write `gives`, a formula"
            " over `said`, for claims in figures."
        )
    given = [claims[one.claim] for one in held.given.values() if one.claim in claims]
    box, units = {"said": claim.interval}, {"said": unit_at(claim.subject.unit, place=claim.place)}
    for name, one in held.given.items():
        box[name], units[name] = _given(name, one.claim, one.value, one.unit, claims, where=where)
    try:
        formula = parse_formula(held.gives)
        if (unit := unit_of(formula, units)) != provision.unit:
            raise AuthoredError(
                f"{where} gives {unit} where `{provision.id}` measures {provision.unit}. Correct `gives`."
            )
    except FormulaError as error:
        raise AuthoredError(f"{where}: {error}.") from error
    try:
        found = range_of(formula, box).interval
    except FormulaError:  # it divides by what the claims allow to be zero: nothing follows
        found = bounded(None, None)
    found = Interval(
        found.lo if held.bound != "at_most" else bounded(None, None).lo,
        found.hi if held.bound != "at_least" else bounded(None, None).hi,
    )
    return Held(
        provision=provision,
        beside=beside(found, provision.sign, provision.value),
        claim=claim,
        held=held,
        lo=found.lo if isinstance(found.lo, Fraction) else None,
        hi=found.hi if isinstance(found.hi, Fraction) else None,
        given=tuple(given),
    )


def _given(
    name: str, of: str, value: float | None, unit: str, claims: Mapping[str, Claim], *, where: str
) -> tuple[Interval, Unit]:
    """A number that a formula takes besides the claim: another claim's, or one that is written."""
    if bool(of) == (value is not None) or bool(unit) != (value is not None):
        raise AuthoredError(
            f"{where}: `given.{name}` must be either `claim` or a `value` with its `unit`. Leave one."
        )
    if value is not None:
        try:
            return point(exact(value)), parse_unit(unit)
        except (FormulaError, UnitError) as error:
            raise AuthoredError(f"{where}: {error}.") from error
    if of not in claims or claims[of].interval is None:
        raise AuthoredError(f"{where}: `{of}` in `given.{name}` is not a claim in figures. Name one that is.")
    interval = claims[of].interval
    assert interval is not None  # noqa: S101 (asked above)
    return interval, unit_at(claims[of].subject.unit, place=claims[of].place)


def beside(found: Interval, sign: str, value: Fraction) -> Beside:
    """Where a measure that lies in `found` is to a limit: all of it allowed, none of it, or neither."""
    if sign in ("at least", "over"):
        is_within = found.lo >= value if sign == "at least" else found.lo > value
        is_beyond = found.hi < value if sign == "at least" else found.hi <= value
    else:
        is_within = found.hi <= value if sign == "at most" else found.hi < value
        is_beyond = found.lo > value if sign == "at most" else found.lo >= value
    return "within" if is_within else "beyond" if is_beyond else "open"
