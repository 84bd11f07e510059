"""Verdicts as people and programs read them: who, what, under which reading, by how much, what would settle
it, and where it is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from paradero.answers.verdicts.audit_reading import Reading
from paradero.answers.verdicts.order_verdicts import order_record
from paradero.answers.verdicts.rule_verdicts import rule_record
from paradero.model.addresses import ROWS_A_SHEET, ROWS_A_SOURCE, parse_address
from paradero.model.naming import unknown
from paradero.model.verdicts import Verdict

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which verdicts are asked for; nothing said is everything. `verdicts` None: all of events stated in
    files, of the records' the findings.

    `stated`: only those on events stated in files, or only those on records.
    """

    by: Sequence[str] = ()
    construction: str | None = None
    verdicts: Sequence[str] | None = None
    subject: str | None = None
    event: str | None = None
    release: str | None = None
    stated: bool | None = None


def check_wanted(read: Reading, wanted: Wanted) -> None:
    """Refuse names that nothing has: raises UnknownName with near ones for a rule, an order, a reading, an
    event or a subject.
    """
    audited = read.audited
    rules = [name for name in audited.paths() if not name.startswith("orders")] or list(audited.law.rules)
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
        raise unknown("a construction", wanted.construction, sorted(each for each in readings if each))
    events = [event.id for event in audited.matrix.events.values()]
    if wanted.event is not None and wanted.event not in events and row_of(read, wanted.event) is None:
        raise unknown("the id of an event or the address of a row of this build", wanted.event, events)
    if wanted.subject is not None and not any(
        _has_subject(read, name, wanted.subject) for name in audited.paths()
    ):
        raise unknown(
            "a subject of some verdict",
            wanted.subject,
            [],
            where_listed="`paradero audit` prints the subjects.",
        )


def _has_subject(read: Reading, name: str, subject: str) -> bool:
    query = (
        f'SELECT 1 FROM "verdicts_{name}" v LEFT JOIN persons p ON p.person_no = v.person_no WHERE v.subject'
        " = $subject OR p.unique_identifier = $subject LIMIT 1"
    )
    return bool(read.rows(query, {"subject": subject}))


def summary(read: Reading, wanted: Wanted) -> list[Row]:
    """For each rule or term, version and construction: how many events under each verdict, and the violations
    in the best and in the worst case.
    """
    found: list[Row] = []
    for name in _files(read, wanted):
        keys = "variant" if name.startswith("orders") else "version, construction"
        counted = read.rows(
            f"""SELECT {keys}, count(*) FILTER (verdict = 'violated') AS violated,
              count(*) FILTER (verdict = 'complied') AS complied,
              count(*) FILTER (verdict = 'undetermined') AS undetermined,
                count(*) FILTER (verdict = 'not_bound') AS not_bound,
              count(*) FILTER (verdict = 'violated'
                OR (verdict = 'undetermined' AND may_be_violated)) AS worst_case
            FROM "verdicts_{name}" v
        LEFT JOIN persons p ON p.person_no = v.person_no
              WHERE {_condition(wanted)} AND {_narrowed(read, name, wanted)} GROUP BY {keys}
              ORDER BY {keys}""",
            _parameters(wanted),
        )
        found += [
            _summed(read, name, row)
            for row in _with_silent(read, name, counted, wanted)
            if _fits(read, name, row, wanted)
        ]
    if wanted.subject is not None or wanted.event is not None or wanted.release is not None:
        found = [
            {**row, "cannot_be_judged": None} for row in found
        ]  # a row that lacks its key fields is of nobody in particular
    return found


def _with_silent(read: Reading, name: str, counted: list[Row], wanted: Wanted) -> list[Row]:
    """The counts, and a line without any for what would be judged if its key fields were recorded: none of it
    vanishes uncounted.
    """
    unjudged = read.audited.unjudged(name)
    none = dict.fromkeys(("violated", "complied", "undetermined", "not_bound", "worst_case"), 0)
    if name.startswith("orders"):
        seen = {row["variant"] for row in counted}
        silent = [
            {"variant": v.number, **none}
            for v in read.audited.matrix.variants
            if v.number not in seen and _unjudged_of(read, name, v.number)
        ]
        return sorted([*counted, *silent], key=lambda row: int(row["variant"]))
    is_all = wanted.subject is None and wanted.event is None and wanted.release is None
    return counted or (
        [{"version": None, "construction": wanted.construction, **none}] if unjudged and is_all else []
    )


def _unjudged_of(read: Reading, name: str, number: int) -> int:
    """How many rows cannot be judged under a term of an order, because they lack what would make them an
    event of its kind.
    """
    variant = read.audited.matrix.variants[number]
    of_rule = name.removeprefix("orders-") if name != "orders" else ""
    if variant.term.rule != of_rule or variant.term.requires:
        return 0
    return read.audited.unjudged(name).get(variant.term.rule or str(variant.term.forbids), 0)


def _summed(read: Reading, name: str, row: Row) -> Row:
    counts = {key: row[key] for key in ("violated", "undetermined", "complied", "not_bound")}
    unjudged = (
        _unjudged_of(read, name, row["variant"])
        if name.startswith("orders")
        else sum(read.audited.unjudged(name).values())
    )
    counts |= {"best_case": row["violated"], "worst_case": row["worst_case"], "cannot_be_judged": unjudged}
    if name.startswith("orders"):
        variant = read.audited.matrix.variants[row["variant"]]
        return {
            "rule": variant.term.rule or variant.term.id,
            "order": variant.order.id,
            "version": None,
            "construction": variant.construction,
            **counts,
        }
    return {
        "rule": name,
        "order": None,
        "version": row["version"],
        "construction": row["construction"],
        **counts,
    }


def records(read: Reading, wanted: Wanted, *, limit: int = 0) -> Iterator[Row]:
    """The verdicts asked for, each with everything it rests on, in the order of rule, reading and event;
    `limit` of them, 0 all.
    """
    left = limit or None
    for name in _files(read, wanted):
        for row in _rows(read, name, wanted, left):
            yield order_record(read, row) if name.startswith("orders") else rule_record(read, name, row)
            if left is not None:
                left -= 1
                if left == 0:
                    return


def total(read: Reading, wanted: Wanted) -> int:
    """How many verdicts are asked for."""
    return sum(_count(read, name, wanted) for name in _files(read, wanted))


def _count(read: Reading, name: str, wanted: Wanted) -> int:
    query = (
        f'SELECT count(*) AS n FROM "verdicts_{name}" v LEFT JOIN persons p ON p.person_no = v.person_no'
        f" WHERE {_condition(wanted)} AND {_listed(read, name, wanted)}"
    )
    return int(read.rows(query, _parameters(wanted))[0]["n"])


def _rows(read: Reading, name: str, wanted: Wanted, limit: int | None) -> Iterator[Row]:
    order = (
        "variant, event_no >= 0, abs(event_no), other_row"
        if name.startswith("orders")
        else "variant, event_row, other_row, subject, event_lo"
    )
    most = f" LIMIT {limit}" if limit is not None else ""
    yield from read.stream(
        f"""SELECT v.*, p.release, p.unique_identifier FROM "verdicts_{name}" v
        LEFT JOIN persons p ON p.person_no = v.person_no
        WHERE {_condition(wanted)} AND {_listed(read, name, wanted)} ORDER BY {order}{most}""",
        _parameters(wanted),
    )


def _files(read: Reading, wanted: Wanted) -> list[str]:
    """The files that hold what is asked for; raises UnknownName where a rule or order is none."""
    names = list(read.audited.paths())
    orders = {variant.order.id for variant in read.audited.matrix.variants}
    return [
        name
        for name in names
        if not wanted.by or name in wanted.by or (name.startswith("orders") and orders & set(wanted.by))
    ]


def _fits(read: Reading, name: str, row: Row, wanted: Wanted) -> bool:
    variant = read.audited.matrix.variants[row["variant"]] if name.startswith("orders") else None
    construction = variant.construction if variant else row["construction"]
    if variant and wanted.by and variant.order.id not in wanted.by:
        return False
    return wanted.construction is None or construction == wanted.construction


def _listed(read: Reading, name: str, wanted: Wanted) -> str:
    """The part of the condition that needs the audit: constructions, orders and verdicts by their numbers and
    names, never by what somebody typed.
    """
    parts = ["TRUE"]
    if name.startswith("orders"):
        numbers = [
            str(v.number)
            for v in read.audited.matrix.variants
            if _fits(read, name, {"variant": v.number}, wanted)
        ]
        parts.append(f"v.variant IN ({', '.join(numbers) or '-1'})")
    elif wanted.construction is not None:
        parts.append("v.construction = $construction")
    if wanted.verdicts is None:
        parts.append(
            "(v.verdict IN ('violated', 'undetermined')"
            + (" OR v.event_no < 0)" if name.startswith("orders") else ")")
        )
    else:
        parts.append("v.verdict IN (" + ", ".join(f"'{Verdict(each)}'" for each in wanted.verdicts) + ")")
    if wanted.stated is not None:
        is_stated = "v.event_no < 0" if name.startswith("orders") else "FALSE"
        parts.append(is_stated if wanted.stated else f"NOT ({is_stated})")
    parts.append(_narrowed(read, name, wanted))
    return " AND ".join(parts)


def _narrowed(read: Reading, name: str, wanted: Wanted) -> str:
    return "TRUE" if wanted.event is None else _event_condition(read, name, wanted.event)


def _event_condition(read: Reading, name: str, event: str) -> str:
    if name.startswith("orders"):
        stated = [str(number) for number, each in read.audited.matrix.events.items() if each.id == event]
        if stated:
            return f"v.event_no IN ({', '.join(stated)})"
    row = row_of(read, event)
    return "FALSE" if row is None else f"(v.event_row = {row} OR v.other_row = {row})"


def row_of(read: Reading, address: str) -> int | None:
    """The row number of an address in this build; None where it is none of it."""
    if read.built is None or address.count(":") < 2:
        return None
    place = parse_address(address)
    for source in read.built.receipt.sources:
        if source.source == place.source and place.sheet in source.sheets:
            return source.rank * ROWS_A_SOURCE + source.sheets.index(place.sheet) * ROWS_A_SHEET + place.row
    return None


def _condition(wanted: Wanted) -> str:
    parts = ["TRUE"]
    if wanted.subject is not None:
        parts.append("(v.subject = $subject OR p.unique_identifier = $subject)")
    if wanted.release is not None:
        parts.append("p.release = $release")
    return " AND ".join(parts)


def _parameters(wanted: Wanted) -> Row:
    asked = {"subject": wanted.subject, "release": wanted.release, "construction": wanted.construction}
    return {name: value for name, value in asked.items() if value is not None}
