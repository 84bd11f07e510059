"""Verdicts as people and programs read them: who, what, under which reading, by how much, what would settle
it, and where it is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

import msgspec
from msgspec.structs import replace

from paradero.answers.verdicts.audit_reading import Bound, Reading, Shape
from paradero.answers.verdicts.order_verdicts import OrderRow, order_verdict
from paradero.answers.verdicts.rule_verdicts import RuleRow, rule_verdict
from paradero.answers.verdicts.verdict_files import VerdictCount, VerdictFile
from paradero.answers.verdicts.verdict_values import Verdict, VerdictSummary
from paradero.law.shown.variants import Variant
from paradero.model import verdicts
from paradero.model.addresses import ROWS_A_SHEET, ROWS_A_SOURCE, parse_address
from paradero.model.naming import unknown

_FINDINGS = (verdicts.Verdict.VIOLATED, verdicts.Verdict.UNDETERMINED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which verdicts are asked for; nothing said is everything. `verdicts` None: all of events stated in
    files, of the records' the findings.

    `stated`: only those on events stated in files, or only those on records. `facility`: only those on that
    facility, by its code, or with a row of it.
    """

    by: Sequence[str] = ()
    construction: str | None = None
    verdicts: Sequence[str] | None = None
    subject: str | None = None
    event: str | None = None
    release: str | None = None
    stated: bool | None = None
    facility: str | None = None

    @property
    def is_of_some(self) -> bool:
        """Whether only some of the people and events are asked about."""
        named = (self.subject, self.event, self.release, self.facility)
        return any(each is not None for each in named)


class _Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How many events have which verdict."""

    violated: int = 0
    undetermined: int = 0
    complied: int = 0
    not_bound: int = 0
    worst_case: int = 0


class _RuleCounts(_Counts, frozen=True, kw_only=True):
    """Of a rule: for a version and a construction."""

    version: str | None
    construction: str | None


class _OrderCounts(_Counts, frozen=True, kw_only=True):
    """Of orders: for a term and a construction."""

    variant: int


def check_wanted(read: Reading, wanted: Wanted) -> None:
    """Refuse names that nothing has: raises UnknownName with near ones for a rule, an order, a reading, an
    event, a facility or a subject.
    """
    audited = read.audited
    rules = audited.rules_judged() or list(audited.law.rules)
    orders = [order.id for order in audited.law.orders]
    for each in wanted.by:
        if each not in (*rules, *orders):
            raise unknown(
                "a rule or an order",
                each,
                [*rules, *orders],
                where_listed="`paradero rules list` lists the rules, `paradero audit` the orders.",
            )
    readings = {variant.construction for variant in audited.matrix.variants} | {
        c.id for rule in audited.law.rules.values() for c in rule.file.construction
    }
    if wanted.construction is not None and wanted.construction not in readings:
        raise unknown("a reading", wanted.construction, sorted(each for each in readings if each))
    events = [event.id for event in audited.matrix.events.values()]
    if wanted.event is not None and wanted.event not in events and row_of(read, wanted.event) is None:
        raise unknown("the id of an event or the address of a row of this build", wanted.event, events)
    codes = _facilities(read) if wanted.facility is not None else []
    if wanted.facility is not None and wanted.facility not in codes:
        raise unknown("a facility of these records, by its code", wanted.facility, codes)
    if wanted.subject is not None and not read.places(wanted.subject, None):
        raise unknown(
            "a subject of some verdict",
            wanted.subject,
            [],
            where_listed="`paradero audit` prints the subjects.",
        )


def _facilities(read: Reading) -> list[str]:
    found = read.connection.execute(
        "SELECT DISTINCT detention_facility_code FROM facility_stints"
        " WHERE detention_facility_code IS NOT NULL"
    )
    return sorted(str(row[0]) for row in found.fetchall())


def summary(read: Reading, wanted: Wanted) -> list[VerdictSummary]:
    """For each rule or term, version and construction: how many events under each verdict, and the violations
    in the best and in the worst case.
    """
    found: list[VerdictSummary] = []
    for file in _files(read, wanted):
        found += (
            _rule_summary(read, file, wanted) if file.judged == "rule" else _order_summary(read, file, wanted)
        )
    if wanted.is_of_some:
        # a row that lacks its key fields is of nobody and of no place in particular
        found = [replace(each, cannot_be_judged=None) for each in found]
    return found


def _rule_summary(read: Reading, file: VerdictFile, wanted: Wanted) -> list[VerdictSummary]:
    """A line for each version and construction, and one without any counts for a rule whose events lack
    their key fields: none of it vanishes uncounted.
    """
    unjudged = sum(file.unjudged.values())
    if wanted.is_of_some:
        counted = _rows(read, "rule_counts", _RuleCounts, file, wanted)
    else:
        kept = file.summed(lambda each: (each.version, each.construction))
        counted = [
            _RuleCounts(version=version, construction=construction, **summed)
            for (version, construction), summed in sorted(kept.items(), key=_none_last)
        ]
    if not counted and file.unjudged and not wanted.is_of_some:
        counted = [_RuleCounts(version=None, construction=wanted.construction)]
    return [
        _summed(
            each,
            rule=file.rule,
            order=None,
            version=each.version,
            construction=each.construction,
            unjudged=unjudged,
        )
        for each in counted
        if wanted.construction is None or each.construction == wanted.construction
    ]


def _none_last(counted: tuple[tuple[str | None, ...], object]) -> list[tuple[bool, str]]:
    """The place of a version and a construction among others, as the queries have them."""
    return [(each is None, each or "") for each in counted[0]]


def _order_summary(read: Reading, file: VerdictFile, wanted: Wanted) -> list[VerdictSummary]:
    """A line for each term and construction, also where every event lacks its key fields."""
    variants = read.audited.matrix.variants
    if wanted.is_of_some:
        counted = _rows(read, "order_counts", _OrderCounts, file, wanted)
    else:
        kept = file.summed(lambda each: each.variant)
        counted = [_OrderCounts(variant=variant, **summed) for variant, summed in kept.items()]
    seen = {each.variant for each in counted}
    counted += [
        _OrderCounts(variant=each.number)
        for each in variants
        if each.number not in seen and _unjudged_of(file, each)
    ]
    return [
        _summed(
            each,
            rule=variant.term.rule or variant.term.id,
            order=variant.order.id,
            version=None,
            construction=variant.construction,
            unjudged=_unjudged_of(file, variant),
        )
        for each in sorted(counted, key=lambda each: each.variant)
        for variant in [variants[each.variant]]
        if _fits(variant, wanted)
    ]


def _summed(
    counts: _Counts,
    *,
    rule: str,
    order: str | None,
    version: str | None,
    construction: str | None,
    unjudged: int,
) -> VerdictSummary:
    return VerdictSummary(
        rule=rule,
        order=order,
        version=version,
        construction=construction,
        violated=counts.violated,
        undetermined=counts.undetermined,
        complied=counts.complied,
        not_bound=counts.not_bound,
        best_case=counts.violated,
        worst_case=counts.worst_case,
        cannot_be_judged=unjudged,
    )


def _unjudged_of(file: VerdictFile, variant: Variant) -> int:
    """How many rows cannot be judged under a term of an order, because they lack what would make them an
    event of its kind.
    """
    if variant.term.rule != file.rule or variant.term.requires:
        return 0
    return file.unjudged.get(variant.term.rule or str(variant.term.forbids), 0)


def verdicts_of(read: Reading, wanted: Wanted, *, limit: int = 0, skipped: int = 0) -> Iterator[Verdict]:
    """The verdicts asked for, each with everything it rests on, in the order of rule, reading and event;
    `limit` of them, 0 all, after the first `skipped`.
    """
    left = limit or None
    for file in _files(read, wanted):
        if skipped and (n := _total_in(read, file, wanted)) <= skipped:
            skipped -= n
            continue
        passed, skipped = skipped, 0
        for verdict in _verdicts_in(read, file, wanted, most=left, skipped=passed):
            yield verdict
            if left is not None:
                left -= 1
                if left == 0:
                    return


def _verdicts_in(
    read: Reading, file: VerdictFile, wanted: Wanted, *, most: int | None, skipped: int
) -> Iterator[Verdict]:
    asked = {**_asked(read, file, wanted), "most": most, "skipped": skipped}
    if asked["places"] == []:
        return
    if file.judged == "rule":
        rule = read.audited.law.rules[file.rule]
        for row in read.stream("rule_listed", RuleRow, file, asked):
            yield rule_verdict(read, rule, row)
    else:
        for each in read.stream("order_listed", OrderRow, file, asked):
            yield order_verdict(read, each)


def total(read: Reading, wanted: Wanted) -> int:
    """How many verdicts are asked for."""
    return sum(_total_in(read, file, wanted) for file in _files(read, wanted))


def _total_in(read: Reading, file: VerdictFile, wanted: Wanted) -> int:
    """As many as the list of that file has; those of everybody were counted when they were judged."""
    if wanted.is_of_some:
        asked = _asked(read, file, wanted)
        return 0 if asked["places"] == [] else read.number(f"{file.judged}_listed", file, asked)
    fitting = {each.number for each in read.audited.matrix.variants if _fits(each, wanted)}
    return sum(each.n for each in file.counts if _is_counted(each, file, wanted, fitting))


def _is_counted(each: VerdictCount, file: VerdictFile, wanted: Wanted, fitting: Set[int]) -> bool:
    """Whether verdicts that are alike are asked for; `fitting` are the variants of orders that are."""
    if wanted.stated not in (None, each.is_stated):
        return False
    if file.judged == "rule":
        fits = wanted.construction in (None, each.construction)
    else:
        fits = each.variant in fitting
    if wanted.verdicts is None:
        return fits and (each.is_stated or each.verdict in _FINDINGS)
    return fits and each.verdict in wanted.verdicts


def _rows(read: Reading, query: str, shape: type[Shape], file: VerdictFile, wanted: Wanted) -> list[Shape]:
    """What a query gives of a file; nothing where that has none on the subject that is asked for."""
    asked = _asked(read, file, wanted)
    return [] if asked["places"] == [] else read.rows(query, shape, file, asked)


def _files(read: Reading, wanted: Wanted) -> list[VerdictFile]:
    """The files that hold what is asked for."""
    asked = set(wanted.by)
    is_of_order = any(variant.order.id in asked for variant in read.audited.matrix.variants)
    return [
        file
        for file in read.audited.receipt.files
        if not asked or (file.rule in asked if file.judged == "rule" else is_of_order)
    ]


def _fits(variant: Variant, wanted: Wanted) -> bool:
    """Whether a term of an order under a construction is asked for."""
    if wanted.by and variant.order.id not in wanted.by:
        return False
    return wanted.construction is None or variant.construction == wanted.construction


def _asked(read: Reading, file: VerdictFile, wanted: Wanted) -> dict[str, Bound]:
    """What is asked for, as the queries name it: orders and their readings by the numbers of their variants,
    an event by its number where a file states it, else by its row.
    """
    places = None
    if wanted.subject is not None:
        places = read.places(wanted.subject, wanted.release).get(file.name, [])
    stated = [
        number
        for number, event in read.audited.matrix.events.items()
        if file.judged == "order" and event.id == wanted.event
    ]
    return {
        "places": places,
        # those of a subject were found of that release
        "release": wanted.release if wanted.subject is None else None,
        "facility": wanted.facility,
        "construction": wanted.construction,
        "verdicts": None if wanted.verdicts is None else [str(each) for each in wanted.verdicts],
        "stated": wanted.stated,
        "event": wanted.event,
        "stated_events": stated,
        "row": row_of(read, wanted.event) if wanted.event is not None and not stated else None,
        "variants": [each.number for each in read.audited.matrix.variants if _fits(each, wanted)],
    }


def row_of(read: Reading, address: str) -> int | None:
    """The row number of an address in this build; None where it is none of it."""
    if read.built is None or address.count(":") < 2:
        return None
    place = parse_address(address)
    for source in read.built.receipt.sources:
        if source.source == place.source and place.sheet in source.sheets:
            return source.rank * ROWS_A_SOURCE + source.sheets.index(place.sheet) * ROWS_A_SHEET + place.row
    return None
