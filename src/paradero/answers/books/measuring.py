"""What the records and the timeline measure, for costs to multiply: person-days under a named headcount
definition, removals, time between two moments.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction
from functools import cache

import duckdb
import msgspec

from paradero.answers.counts.counting import between, headcount, release_of
from paradero.answers.law.law_files import law_of
from paradero.authored.attribution import Attributed
from paradero.authored.evidence import EVIDENCE, Trust
from paradero.authored.statements import Statement
from paradero.building.tables import Built, define, open_tables
from paradero.casefile.folder import Casefile
from paradero.custody.definitions import Definition, definition_of
from paradero.law.events import happened
from paradero.law.matrix import Matrix
from paradero.model.errors import UnknownName
from paradero.model.naming import unknown
from paradero.model.time.clock import DAY_US, EPOCH, HOUR_US, day_text, parse_time, us_of
from paradero.model.units import Unit, parse_unit
from paradero.money.amounts import Quantity
from paradero.money.cost_files import ElapsedFile, LedgerFile

SECOND_US = 1_000_000  # an instant of release is stated to the second at best
_LENGTHS = {"hour": HOUR_US, "day": DAY_US}  # a day between two instants is 24 hours


def measured_of(case: Casefile) -> Callable[[LedgerFile | ElapsedFile], Quantity]:
    """What gives the quantity of a measure; tables and events are opened when the first is asked for, and
    each measure is taken once.
    """

    @cache
    def matrix() -> Matrix:
        return law_of(case).matrix(Trust())

    @cache
    def measured(asked: LedgerFile | ElapsedFile) -> Quantity:
        if isinstance(asked, ElapsedFile):
            return elapsed(matrix(), asked)
        with open_tables(case, "releases") as built:
            return person_days(built, asked) if asked.counts == "person_days" else removals(built, asked)

    return measured


def person_days(built: Built, asked: LedgerFile) -> Quantity:
    """Days of people held: the counts of every day from `first` to `last` under the definition, added up;
    placement-days where it counts placements.

    lo and hi are the sums of the lower and upper bounds; people of whom the column `by` does not say can be
    of any group, and count once to the upper bound. The likeliest value is the definition's own count. Where
    the release is not stated to cover all the days (`covers_from` in paradero.toml; up to the end of the last
    day), or the definition does not count them, there is no upper bound and no likeliest value.
    """
    definition, (first, last) = definition_of(asked.definition), _days(asked)
    release = release_of_tables(built, asked.release)
    with_zeros = msgspec.structs.replace(
        definition, zeros=True
    )  # else days without a count of their own would lose their upper bound
    relation = between(headcount(built, with_zeros, by=asked.by, release=release), asked.first, asked.last)
    group = duckdb.ColumnExpression(asked.by).cast("VARCHAR")
    unsaid = 0
    if asked.is_one_of:
        groups = {
            row[0]
            for row in (
                built.connection.view("counted_stints")
                .select(duckdb.ColumnExpression("group_value").cast("VARCHAR"))
                .distinct()
                .fetchall()
            )
        }
        for name in asked.is_one_of:
            if name not in groups:
                raise unknown(
                    f"a value of {asked.by} in these records",
                    name,
                    sorted(each for each in groups if each is not None),
                )
        unsaid = relation.filter(group.isnull()).aggregate("coalesce(sum(n_hi), 0)").fetchall()[0][0]
        relation = relation.filter(group.isin(*map(duckdb.ConstantExpression, asked.is_one_of)))
    relation.select(duckdb.StarExpression(), group.isnull().alias("is_unsaid")).create_view("days_asked")
    found = built.rows(
        "SELECT coalesce(sum(n), 0) AS n, coalesce(sum(n_lo), 0) AS lo, coalesce(sum(CASE WHEN is_unsaid THEN"
        " n_hi ELSE n_hi - hi_less_lo_place_unknown END), 0) AS hi FROM days_asked"
    )[0]
    is_covered = _covers(built, release, first, last) and _counts(definition, first, last)
    what = f"{definition.definition} by {asked.by}" + (
        f" ({', '.join(asked.is_one_of)})" if asked.is_one_of else ""
    )
    return _quantity(
        built,
        asked,
        release,
        parse_unit("person*day" if definition.unit == "persons" else "placement*day"),
        lo=found["lo"],
        mode=found["n"] if is_covered else None,
        hi=found["hi"] + unsaid if is_covered else None,
        what=f"person-days, {what}",
        what_es=f"días-persona, {what}",
    )


def release_of_tables(built: Built, release: str) -> str:
    """The release to count in; the table of stints is opened for it."""
    define(built, "stint_spans")
    return release_of(built, release or None)


def _day(date: dt.date) -> int:
    return (date - EPOCH.date()).days


def _counts(definition: Definition, first: int, last: int) -> bool:
    """Whether the definition counts every day from first to last."""
    begin = None if definition.first_day is None else _day(definition.first_day)
    end = None if definition.last_day is None else _day(definition.last_day)
    return (begin is None or begin <= first) and (end is None or last <= end)


def removals(built: Built, asked: LedgerFile) -> Quantity:
    """Removals recorded as departed from `first` to `last`, repeated rows counted once; those without a
    departed date can be among them, and count to the upper bound.
    """
    if asked.by != "everywhere" or asked.is_one_of:
        raise UnknownName(
            f"Removals are counted without `by` and `is_one_of`, and `{asked.by}` is given. Count them"
            " all, or state the number yourself."
        )
    for name in ("removals", "removal_rows"):
        define(built, name)
    first, last = _days(asked)
    rows = built.rows(
        "SELECT r.release AS release, count(*) FILTER (WHERE m.departed >= $first AND m.departed < $after) AS"
        " lo, count(*) FILTER (WHERE m.departed IS NULL) AS undated FROM removals m JOIN removal_rows r ON"
        " r.row_id = m.row_id WHERE m.copy = 1 GROUP BY ALL ORDER BY ALL",
        {"first": first * DAY_US, "after": (last + 1) * DAY_US},
    )
    chosen = [row for row in rows if asked.release in ("", row["release"])]
    if len(chosen) != 1:
        raise UnknownName(
            f"{len(chosen)} data releases have the removals asked for, and one is needed. Name it as"
            f" `release`: {', '.join(row['release'] for row in rows) or 'there is none'}."
        )
    lo, hi = chosen[0]["lo"], chosen[0]["lo"] + chosen[0]["undated"]
    is_covered = _covers(built, chosen[0]["release"], first, last)
    return _quantity(
        built,
        asked,
        chosen[0]["release"],
        parse_unit("removal"),
        lo=lo,
        mode=lo if is_covered else None,
        hi=hi if is_covered else None,
        what="removals recorded",
        what_es="expulsiones registradas",
    )


def elapsed(matrix: Matrix, asked: ElapsedFile) -> Quantity:
    """The time from one moment to another, as all statements bound them; each bound by itself, so that it can
    be wider than what holds between the two.

    No phase of an event comes before the one that precedes it. Raises UnknownName for a moment that nothing
    has, and for an event that is said not to have happened.
    """
    moments = matrix.timeline.moments
    for name in (asked.since, asked.until):
        if name not in moments:
            raise unknown("a moment (`event.phase` or `order.act`)", name, sorted(moments))
    is_sure = _refuse_what_did_not_happen(matrix, asked)
    since, until = moments[asked.since], moments[asked.until]
    length = _LENGTHS[asked.unit]
    lo = None if until.lo is None or since.hi is None else Fraction(until.lo - since.hi, length)
    hi = None if until.hi is None or since.lo is None else Fraction(until.hi - since.lo, length)
    if asked.since == asked.until:
        lo = hi = Fraction(0)
    elif _comes_before(asked.since, asked.until, matrix):
        lo = max(lo or Fraction(0), Fraction(0))
    said = {
        one.id: _attributed(one)
        for name in (asked.since, asked.until)
        for one in matrix.timeline.rests_on(name)
    }
    words = f"from {asked.since} to {asked.until}", f"de {asked.since} a {asked.until}"
    doubt = ("", "") if is_sure else (", if it happened", ", si ocurrió")
    return Quantity(
        symbol=f"[{asked.unit}s {asked.since}..{asked.until}]",
        what=words[0] + doubt[0],
        what_es=words[1] + doubt[1],
        lo=lo,
        mode=lo if lo == hi else None,
        hi=hi,
        unit=parse_unit(asked.unit),
        prices_of=None,
        said=tuple(said.values()),
    )


def _refuse_what_did_not_happen(matrix: Matrix, asked: ElapsedFile) -> bool:
    """Whether both events are said, by all who say it, to have happened; an order's acts are taken to have
    been made.
    """
    is_sure = True
    for event in matrix.events.values():
        if {asked.since, asked.until} & set(event.moment_names().values()):
            outcome = happened(event.file, trusted=EVIDENCE, without=())
            if outcome is False:
                raise UnknownName(
                    f"It is said that the event `{event.id}` did not happen, so nothing lasted from or to it."
                    " Take the cost out."
                )
            is_sure = is_sure and outcome is True
    return is_sure


def _comes_before(since: str, until: str, matrix: Matrix) -> bool:
    for event in matrix.events.values():
        names = list(event.moment_names().values())
        if since in names and until in names:
            return names.index(since) < names.index(until)
    return False


def _attributed(one: Statement) -> Attributed:
    said = one.said
    return Attributed(
        by=said.by,
        evidence=said.evidence,
        seen=said.seen,
        dated=said.time or "unknown",
        fact=said.fact,
        note=said.note,
    )


def _quantity(
    built: Built,
    asked: LedgerFile,
    release: str,
    unit: Unit,
    *,
    lo: int,
    mode: int | None,
    hi: int | None,
    what: str,
    what_es: str,
) -> Quantity:
    kind = "removals" if asked.counts == "removals" else "detentions"
    files = [
        f"{each.file_name} ({each.source})"
        for each in built.receipt.sources
        if each.release == release and any(kind in name for name in each.kinds)
    ]
    uncovered = (
        ""
        if hi is not None
        else (
            f"; paradero.toml does not state that release {release} covers these days (covers_from), so there"
            " is no upper bound"
        )
    )
    said = Attributed(
        by=f"the records of release {release}, as built (digest {built.receipt.digest[:12]})",
        evidence="record",
        seen=files or [release],
        dated=f"{asked.first}/{asked.last}",
        note=what + uncovered,
    )
    bounds = [None if each is None else Fraction(each) for each in (lo, mode, hi)]
    return Quantity(
        symbol=_symbol(asked, release),
        what=what,
        what_es=what_es,
        lo=bounds[0],
        mode=bounds[1],
        hi=bounds[2],
        unit=unit,
        prices_of=None,
        said=(said,),
    )


def _symbol(asked: LedgerFile, release: str) -> str:
    """One measure has one symbol however it is asked for, and another measure another, so that equal numbers
    stay one number and others do not become it.
    """
    first, last = (day_text(day) for day in _days(asked))
    groups = "" if not asked.is_one_of else f" {sorted(set(asked.is_one_of))}"
    how = f" {asked.definition} by {asked.by}{groups}" if asked.counts == "person_days" else ""
    return f"[{asked.counts}{how} {first}..{last} of {release}]"


def _days(asked: LedgerFile) -> tuple[int, int]:
    first, last = parse_time(asked.first)[0] // DAY_US, parse_time(asked.last)[1] // DAY_US
    if first > last:
        raise UnknownName(f"`first` ({asked.first}) is after `last` ({asked.last}). Swap them.")
    return first, last


def _covers(built: Built, release: str, first: int, last: int) -> bool:
    """Whether somebody states that the release covers the first day, and it looks until the end of
    the last.
    """
    stated = built.case.settings().releases.get(release)
    rows = built.rows("SELECT released_at FROM releases WHERE release = $release", {"release": release})
    if stated is None or stated.covers_from is None or not rows:
        return False
    return bool(
        us_of(stated.covers_from) <= first * DAY_US
        and rows[0]["released_at"] >= (last + 1) * DAY_US - SECOND_US
    )
