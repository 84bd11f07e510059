"""What the records and the timeline measure, for costs to multiply: person-days under a named headcount definition, removals, time between two moments."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache

import duckdb

from paradero.casefile.counting import between, headcount
from paradero.casefile.folder import Casefile
from paradero.casefile.law_files import law_of
from paradero.casefile.naming import unknown
from paradero.casefile.tables import Built, define, open_tables
from paradero.custody.definitions import definition_of
from paradero.law.attribution import Attributed
from paradero.law.matrix import Matrix, Trust, matrix_of
from paradero.law.statements import Statement
from paradero.model.clock import DAY_US, HOUR_US, parse_time
from paradero.model.errors import UnknownName
from paradero.model.units import Unit, parse_unit
from paradero.money.amounts import Quantity
from paradero.money.costs import ElapsedFile, LedgerFile

_LENGTHS = {"hour": HOUR_US, "day": DAY_US}  # a day between two instants is 24 hours


def measured_of(case: Casefile) -> Callable[[LedgerFile | ElapsedFile], Quantity]:
    """What gives the quantity of a measure; tables and events are opened when the first is asked for, and each measure is taken once."""

    @cache
    def matrix() -> Matrix:
        law = law_of(case)
        return matrix_of(law.orders, law.events, Trust())

    @cache
    def measured(asked: LedgerFile | ElapsedFile) -> Quantity:
        if isinstance(asked, ElapsedFile):
            return elapsed(matrix(), asked)
        with open_tables(case, "releases") as built:
            return person_days(built, asked) if asked.counts == "person_days" else removals(built, asked)

    return measured


def person_days(built: Built, asked: LedgerFile) -> Quantity:
    """Days of people held: the counts of every day from `first` to `last` under the definition, added up; placement-days where it counts placements.

    lo and hi are the sums of the lower and upper bounds; the likeliest value is the definition's own count. Days before the release's first event and after its
    release instant are not in the records: with such days there is no upper bound and no likeliest value.
    """
    definition, (first, last) = definition_of(asked.definition), _days(asked)
    relation = between(headcount(built, definition, by=asked.by, release=asked.release or None), asked.first, asked.last)
    group = duckdb.ColumnExpression(asked.by).cast("VARCHAR")
    if asked.is_one_of:
        groups = {row[0] for row in relation.select(group).distinct().fetchall()}
        for name in asked.is_one_of:
            if name not in groups:
                raise unknown(f"a value of {asked.by} with counts in these days", name, sorted(each for each in groups if each is not None))
        relation = relation.filter(group.isin(*map(duckdb.ConstantExpression, asked.is_one_of)))
    relation.create_view("days_asked")
    found = built.rows("SELECT sum(n) AS n, sum(n_lo) AS lo, sum(n_hi) AS hi, any_value(release) AS release FROM days_asked")[0]
    release = asked.release or found["release"] or ""
    is_covered = _covers(built, release, first, last)
    unit = parse_unit("person*day" if definition.unit == "persons" else "placement*day")
    what = f"{definition.definition} by {asked.by}" + (f" ({', '.join(asked.is_one_of)})" if asked.is_one_of else "")
    return _quantity(
        built, asked, unit, lo=found["lo"] or 0, mode=(found["n"] or 0) if is_covered else None, hi=(found["hi"] or 0) if is_covered else None,
        what=f"person-days, {what}", what_es=f"días-persona, {what}", release=release,
    )  # fmt: skip


def removals(built: Built, asked: LedgerFile) -> Quantity:
    """Removals recorded as departed from `first` to `last`, repeated rows counted once; those without a departed date can be among them, and count to the upper bound."""
    if asked.by != "everywhere" or asked.is_one_of:
        raise UnknownName(f"Expected removals without `by` and `is_one_of`, found {asked.by}. Count them all, or state the number yourself.")
    for name in ("removals", "removal_rows"):
        define(built, name)
    first, last = _days(asked)
    rows = built.rows(
        "SELECT r.release AS release, count(*) FILTER (WHERE m.departed >= $first AND m.departed < $after) AS lo, count(*) FILTER (WHERE m.departed IS NULL) AS undated"
        " FROM removals m JOIN removal_rows r ON r.row_id = m.row_id WHERE m.copy = 1 GROUP BY ALL ORDER BY ALL",
        {"first": first * DAY_US, "after": (last + 1) * DAY_US},
    )
    chosen = [row for row in rows if asked.release in ("", row["release"])]
    if len(chosen) != 1:
        raise UnknownName(
            f"Expected one release with removals, found {len(chosen)}. Name one as `release`: {', '.join(row['release'] for row in rows) or 'there is none'}."
        )
    lo, hi = chosen[0]["lo"], chosen[0]["lo"] + chosen[0]["undated"]
    is_covered = _covers(built, chosen[0]["release"], first, last)
    return _quantity(
        built, asked, parse_unit("removal"), lo=lo, mode=lo if is_covered else None, hi=hi if is_covered else None,
        what="removals recorded", what_es="expulsiones registradas", release=chosen[0]["release"],
    )  # fmt: skip


def elapsed(matrix: Matrix, asked: ElapsedFile) -> Quantity:
    """The time from one moment to another, as all statements bound them; each bound by itself, so that it can be wider than what holds between the two."""
    moments = matrix.timeline.moments
    for name in (asked.since, asked.until):
        if name not in moments:
            raise unknown("a moment, `event.phase` or `order.act`,", name, sorted(moments))
    since, until = moments[asked.since], moments[asked.until]
    length = _LENGTHS[asked.unit]
    lo = None if until.lo is None or since.hi is None else Fraction(until.lo - since.hi, length)
    hi = None if until.hi is None or since.lo is None else Fraction(until.hi - since.lo, length)
    said = {one.id: _attributed(one) for name in (asked.since, asked.until) for one in matrix.timeline.rests_on(name)}
    words = f"from {asked.since} to {asked.until}", f"de {asked.since} a {asked.until}"
    return Quantity(
        symbol=f"({asked.until} - {asked.since})", what=words[0], what_es=words[1], lo=lo, mode=lo if lo == hi else None, hi=hi,
        unit=parse_unit(asked.unit), prices_of=None, said=tuple(said.values()),
    )  # fmt: skip


def _attributed(one: Statement) -> Attributed:
    said = one.said
    return Attributed(by=said.by, evidence=said.evidence, seen=said.seen, dated=said.time or "unknown", fact=said.fact, note=said.note)


def _quantity(
    built: Built, asked: LedgerFile, unit: Unit, *, lo: int, mode: int | None, hi: int | None, what: str, what_es: str, release: str
) -> Quantity:  # fmt: skip
    kind = "removals" if asked.counts == "removals" else "detentions"
    files = [f"{each.file_name} ({each.source})" for each in built.receipt.sources if each.release == release and any(kind in name for name in each.kinds)]
    said = Attributed(
        by=f"the records of release {release}, as built (digest {built.receipt.digest[:12]})", evidence="record", seen=files or [release],
        dated=f"{asked.first}/{asked.last}", note=what,
    )  # fmt: skip
    lo_, mode_, hi_ = (None if each is None else Fraction(each) for each in (lo, mode, hi))
    return Quantity(symbol=_symbol(asked), what=what, what_es=what_es, lo=lo_, mode=mode_, hi=hi_, unit=unit, prices_of=None, said=(said,))


def _symbol(asked: LedgerFile) -> str:
    """One measure has one symbol wherever it is asked for, so that it stays one number."""
    of = "" if not asked.is_one_of else f" {'+'.join(asked.is_one_of)}"
    how = f" {asked.definition}" if asked.counts == "person_days" else ""
    return f"[{asked.counts}{how}{of} {asked.first}..{asked.last}{' ' + asked.release if asked.release else ''}]"


def _days(asked: LedgerFile) -> tuple[int, int]:
    first, last = parse_time(asked.first)[0] // DAY_US, parse_time(asked.last)[1] // DAY_US
    if first > last:
        raise UnknownName(f"Expected `first` not after `last`, found {asked.first} and {asked.last}. Turn them about.")
    return first, last


def _covers(built: Built, release: str, first: int, last: int) -> bool:
    """Whether the release's own events begin on or before the first day and its release instant lies on or after the last."""
    rows = built.rows("SELECT first_event, released_at FROM releases WHERE release = $release", {"release": release})
    return bool(rows) and rows[0]["first_event"] // DAY_US <= first and rows[0]["released_at"] // DAY_US >= last
