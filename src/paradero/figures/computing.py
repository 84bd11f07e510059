"""From an answer's rows to figures, by their definitions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from paradero import __version__
from paradero.answers.companies.companies import listed_companies
from paradero.answers.companies.company_graph import graph_of
from paradero.answers.digests import digest_of_case
from paradero.building.tables import open_tables
from paradero.casefile.folder import Casefile
from paradero.custody.causes import causes
from paradero.figures.answered import Absent, Answered, Asked
from paradero.figures.asking import OF_A_SUBJECT
from paradero.figures.codes import code_in_words
from paradero.figures.definitions import Definition, definitions
from paradero.figures.figure import Basis, Cause, Figure, Figures
from paradero.figures.measures import Bound, Row, measured, values_of_field
from paradero.figures.transfer_rows import TransferRows
from paradero.model.errors import ParaderoError
from paradero.model.naming import unknown

SHOWN = 5
_NOT_OF_IDS = re.compile(r"[^A-Za-z0-9_.@,-]")
_UNJUDGED = "cannot be judged"
_UNRECORDED = "(not-recorded)"
_SLUGS = {" ": "+", "/": ":"}


def figures_of(asked: Asked, *, only: Sequence[str] = (), most_basis: int | None = SHOWN) -> Figures:
    """The figures of a casefile by their definitions, all or `only` those of these names, in the order of
    their ids; each with at most `most_basis` of the things that it rests on (None: all).
    """
    digest = digest_of_case(asked.case)
    found: list[Figure] = []
    absent: dict[str, str] = {}
    for name, definition in definitions().items():
        if only and name not in only:
            continue
        answered = asked.answer(definition.answer)
        if isinstance(answered, Absent):
            absent[name] = answered.why
        else:
            found += _figures(name, definition, answered, digest, most_basis)
    _check_ids(found)
    return Figures(
        scope=asked.case.settings().scope,
        digest=digest,
        n_rows=len(found),
        absent=absent,
        rows=sorted(found, key=lambda each: each.id),
    )


def figures_by_id(asked: Asked, name: str) -> Mapping[str, Figure]:
    """The figures of a definition by their ids, worked out once of what is asked for; those that are of no
    subject once for all pages that share their answers.
    """
    definition = definitions().get(name)
    is_shared = definition is not None and definition.answer not in OF_A_SUBJECT
    return asked.worked_out(("figures", name), lambda it: figures_of(it, only=(name,)).by_id(), is_shared)


def figure_of(case: Casefile, figure_id: str) -> Figure:
    """One figure with everything it rests on. Raises UnknownName with near names where there is none."""
    facility, company = subject_of(case, figure_id)
    asked = Asked(case, facility=facility, company=company)
    only = figure_id.partition("/")[0]
    return found_figure(figures_of(asked, only=(only,), most_basis=None), figure_id)


def subject_of(case: Casefile, figure_id: str) -> tuple[str | None, str | None]:
    """The facility, by its code, and the company, by its key, that a figure's id speaks of, as `Asked` takes
    them. Raises UnknownName with near names for an id of no definition.
    """
    name, _, rest = figure_id.partition("/")
    if name not in definitions():
        raise unknown("a figure", name, definitions())
    part = rest.partition("/")[0]
    return (
        _facility(case, part) if name.startswith("facility-") else None,
        _company(case, part) if name.startswith("company-") else None,
    )


def _facility(case: Casefile, part: str) -> str | None:
    """The code that stands so in an id; None where the records have none."""
    with open_tables(case, "facilities") as built:
        rows = built.rows("SELECT detention_facility_code AS code FROM facilities ORDER BY code")
        return next((str(row["code"]) for row in rows if row["code"] and slug(row["code"]) == part), None)


def _company(case: Casefile, part: str) -> str | None:
    """The key that stands so in an id; None where no company of the casefile has it."""
    return next((one.key for one in listed_companies(graph_of(case)) if slug(one.key) == part), None)


def found_figure(figures: Figures, figure_id: str) -> Figure:
    """The figure of that id. Raises UnknownName with near names, or with why its answer is absent."""
    found = figures.by_id().get(figure_id)
    if found is None:
        why = figures.absent.get(figure_id.partition("/")[0])
        raise (
            unknown("a figure of this casefile", figure_id, [*figures.by_id()])
            if why is None
            else (ParaderoError(f"`{figure_id}`: this casefile has no such figure. {why}"))
        )
    return found


def _check_ids(found: Iterable[Figure]) -> None:
    seen: set[str] = set()
    for each in found:
        if each.id in seen:
            raise ParaderoError(f"Two figures have the id `{each.id}`. Give their definition another `each`.")
        seen.add(each.id)


def _figures(
    name: str, definition: Definition, answered: Answered, digest: str, most_basis: int | None
) -> list[Figure]:
    """The figures of a definition: one, or one for every combination of the fields that it is made `each`
    of.
    """
    if isinstance(answered.rows, TransferRows):
        return [_of_transfers(name, definition, answered, answered.rows, digest, most_basis)]
    rows = [row.as_json() for row in answered.rows]
    of_lo = _grouped(definition, rows, definition.where)
    of_hi = _grouped(definition, rows, definition.hi_where) if definition.hi_where else of_lo
    keys = list(dict.fromkeys([*of_lo, *of_hi])) if definition.each else [()]
    return [
        _figure(name, definition, answered, digest, most_basis, key, of_lo.get(key, []), of_hi.get(key, []))
        for key in keys
    ]


def _figure(
    name: str,
    definition: Definition,
    answered: Answered,
    digest: str,
    most_basis: int | None,
    key: tuple[Any, ...],
    of_lo: Sequence[Row],
    of_hi: Sequence[Row],
) -> Figure:
    lo = None if answered.is_untold else measured(definition.lo, of_lo)
    hi = None if answered.is_untold else measured(definition.hi or definition.lo, of_hi)
    rests_on = list(dict.fromkeys(_basis(_widest(definition, of_hi), definition.rests_on)))
    return _figure_of(
        name,
        definition,
        answered,
        digest,
        key=key,
        first=(of_lo or of_hi or [{}])[0],
        bounds=(lo, hi),
        of_hi=of_hi,
        n_basis=len(rests_on),
        basis=rests_on[:most_basis],
    )


def _of_transfers(
    name: str,
    definition: Definition,
    answered: Answered,
    rows: TransferRows,
    digest: str,
    most_basis: int | None,
) -> Figure:
    """The one figure of a definition that counts transfers, each of which rests on one row at most."""
    if definition.each or definition.empty or {definition.lo, definition.hi or "rows"} != {"rows"}:
        raise ParaderoError(f"`{name}`: transfers are only counted, all or those `where`. Correct the file.")
    of_hi = definition.hi_where or definition.where
    untold = answered.is_untold
    n_basis, basis = 0, list[str]()
    for field in definition.rests_on[:1]:
        n_basis, basis = rows.addresses(of_hi, field, most_basis)
    return _figure_of(
        name,
        definition,
        answered,
        digest,
        key=(),
        first={},
        bounds=(None, None) if untold else (rows.n_where(definition.where), rows.n_where(of_hi)),
        of_hi=(),
        n_basis=n_basis,
        basis=[Basis(address=each) for each in basis],
    )


def _figure_of(
    name: str,
    definition: Definition,
    answered: Answered,
    digest: str,
    *,
    key: tuple[Any, ...],
    first: Row,
    bounds: tuple[Bound, Bound],
    of_hi: Sequence[Row],
    n_basis: int,
    basis: Sequence[Basis],
) -> Figure:
    lo, hi = bounds
    counts_rows = definition.lo.split()[0] in ("rows", "distinct")
    if definition.nobody_may_be and lo is not None:
        lo = max(0, lo - answered.n_nobody)  # each row without an id may be of one of them
    if counts_rows and not definition.as_listed and any(_UNJUDGED in remark for remark in answered.remarks):
        hi = None  # what cannot be judged may be more of it

    def said(text: str, language: str) -> str:
        return _filled(text, _worded(first, definition.codes, language), definition.each)

    return Figure(
        id="/".join([name, *(slug(value) for value in key if value is not None or len(key) == 1)]),
        title=said(definition.title, "en"),
        title_es=said(definition.title_es, "es"),
        definition=said(definition.definition, "en"),
        definition_es=said(definition.definition_es, "es"),
        population=said(definition.population, "en"),
        population_es=said(definition.population_es, "es"),
        unit=_unit(definition.unit, first),
        lo=lo,
        hi=hi,
        judged=not answered.is_untold,
        causes=tuple(_causes(definition, lo, hi, of_hi)),
        remarks=answered.remarks,
        rounding=definition.rounding,
        answer=_filled(definition.command, first, definition.each) or answered.command,
        table=answered.table,
        n_basis=n_basis,
        basis=tuple(basis),
        basis_is_whole=n_basis > 0 and not definition.by_example,
        version=__version__,
        digest=digest,
    )


def _widest(definition: Definition, rows: Sequence[Row]) -> Sequence[Row]:
    """The rows that a figure rests on: of the greatest of a field those that have it, else all."""
    how, *fields = (definition.hi or definition.lo).split()
    if how != "most" or not rows or None in values_of_field(rows, fields[0]):
        return rows
    greatest = max(row[fields[0]] for row in rows)
    return [row for row in rows if row[fields[0]] == greatest][:1]


def _grouped(
    definition: Definition, rows: Iterable[Row], where: Mapping[str, Sequence[str]]
) -> dict[tuple[Any, ...], list[Row]]:
    """The rows that count, by the values of the fields that the definition is made `each` of."""
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        if all(row[field] in values for field, values in where.items()) and all(
            row[field] is None for field in definition.empty
        ):
            found.setdefault(tuple(row[field] for field in definition.each), []).append(row)
    return {key: _latest(of, definition.latest) for key, of in found.items()} if definition.latest else found


def _latest(rows: list[Row], field: str) -> list[Row]:
    last = max(row[field] for row in rows)
    return [row for row in rows if row[field] == last]


def _causes(definition: Definition, lo: Bound, hi: Bound, rows: Sequence[Row]) -> list[Cause]:
    """Why the bounds are apart: one cause for the whole width, or the causes of doubt of headcounts, where
    one row has both bounds.
    """
    if lo == hi:
        return []
    if definition.cause:
        width = None if lo is None or hi is None else hi - lo
        return [Cause(name=definition.cause, name_es=definition.cause_es, width=width)]
    if not definition.widths:
        return []
    highest = max((row["n_hi"] for row in rows), default=0)
    widest = [row for row in rows if row["n_hi"] == highest]
    return [
        Cause(name=each.words, name_es=each.words_es, width=None)
        for each in causes()
        if any(row[each.column] for row in widest)
    ]


def _basis(rows: Iterable[Row], fields: Sequence[str]) -> Iterable[Basis]:
    for row in rows:
        for field in fields:
            values = row.get(field)
            for value in values if isinstance(values, list | tuple) else [values]:
                if isinstance(value, str):
                    yield Basis(address=value)
                elif isinstance(value, Mapping):
                    yield from _cited(value)


def _cited(value: Mapping[str, Any]) -> Iterable[Basis]:
    """A citation of an answer: a row, a text of the law, a statement; or a quantity with who says it."""
    if "address" in value:
        yield Basis(address=value["address"])
    elif "instrument" in value:
        seen = [each for each in (value.get("url"), value.get("seen")) if each]
        yield Basis(by=f"{value['instrument']} {value.get('pin', '')}".strip(), seen=tuple(seen))
    elif "by" in value:
        yield Basis(
            by=value["by"],
            evidence=value.get("evidence"),
            dated=value.get("dated") or value.get("time") or None,
            seen=tuple(value.get("seen", ())),
        )
    for said in value.get("said", ()) if isinstance(value.get("said"), list) else ():
        if isinstance(said, Mapping):
            yield from _cited(said)


def _unit(unit: str, row: Row) -> str:
    how, _, field = unit.partition(" ")
    return str(row.get(field, "")) if how == "of" else unit


def _worded(row: Row, codes: Mapping[str, str], language: str) -> Row:
    """A row with its codes in words beside them."""
    if not row:
        return row
    words = {
        f"{field}_words": None if row[field] is None else code_in_words(group, str(row[field]), language)
        for field, group in codes.items()
    }
    return {**row, **words}


def _filled(text: str, row: Row, each: Sequence[str] = ()) -> str:
    """A text with the fields of a row in it; a field that is empty leaves nothing."""
    if not row:
        return text
    values = {name: "" if value is None else value for name, value in row.items()}
    if len(each) == 1 and row.get(each[0]) is None:
        values[each[0]] = _UNRECORDED.strip("()").replace("-", " ")
    return " ".join(text.format_map(values).split()).rstrip(" ,")


def slug(value: object) -> str:
    """A value as it stands in an id, two values never alike: a blank is `+`, a slash `:`, what else a shell
    or an address might take for its own its code between `~`.
    """
    if value is None:
        return _UNRECORDED
    return _NOT_OF_IDS.sub(lambda found: _SLUGS.get(found[0], f"~{ord(found[0]):x}~"), str(value))
