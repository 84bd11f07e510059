"""Counts of people by day that figures and charts are made of, from each release's first event to its end;
published figures beside them.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections.abc import Callable, Iterable, Sequence
from importlib.resources import files
from typing import cast

import duckdb
import msgspec

from paradero.answers.counts import headcounts
from paradero.answers.counts.counting import WIDTHS, count_together
from paradero.answers.counts.reconciling import reconciled
from paradero.answers.counts.wanting import NO_ROWS
from paradero.building.tables import Built, define, open_tables
from paradero.custody.definitions import Definition, definition_of, definitions
from paradero.engines.queries import query
from paradero.figures.asking import RECORDS, Absent, Answered, Asked, answers
from paradero.model.answer import Answer, columns_of
from paradero.model.time.clock import EPOCH

_QUERIES = files("paradero.figures") / "day_answers.sql"
DRAWN = "vera-midnight"  # what pages draw by day: it has no first and last day of its own


def _headcounts(asked: Asked) -> Answered | Absent:
    """National counts of every definition, each release by itself."""
    command = "--by everywhere --definition NAME"
    return _counted(asked, definitions(), by="everywhere", facility=None, command=command)


def _of_facility(asked: Asked) -> Answered | Absent:
    """Counts of one facility by the definition that its page draws, each release by itself."""
    if asked.facility is None:
        return Absent(why="Figures of a facility are in its report: `paradero report --about facility CODE`.")
    command = f"--facility {asked.facility}"
    return _counted(asked, [DRAWN], by=headcounts.PLACE, facility=asked.facility, command=command)


def _counted(
    asked: Asked, names: Iterable[str], *, by: str, facility: str | None, command: str
) -> Answered | Absent:
    """Counts from each release's first event to its end, one row a day: where nobody can have been held, a
    zero.
    """
    if not asked.has_records:
        return Absent(why=RECORDS)
    rows: list[Answer] = []
    remarks: dict[str, None] = {}
    counts = []
    addresses: dict[int, str] = {}
    for definition, cover in itertools.product(map(definition_of, names), _covers(asked)):
        release, first, last = cover
        if _ends_before(definition, first, last):
            until = f"`{definition.definition}` counts days only up to {definition.last_day}"
            remarks[f"{until}; {release} covers later ones"] = None
        else:
            counts.append((definition, cover))
    with open_tables(asked.case, "sources") as built:
        together = {definition.definition: definition for definition, _ in counts}
        is_made = built.is_small and len(together) > 1
        if is_made:
            count_together(built, together.values(), by=by)
        for definition, (release, first, last) in counts:
            question = headcounts.Asked(
                definition=definition,
                by=by,
                release=release,
                facility=facility,
                sort="date",
                first=first.isoformat(),
                last=last.isoformat(),
            )
            found = headcounts.counted(built, question, is_made=is_made)
            remarks.update(dict.fromkeys(found.cannot_be_judged))
            there = headcounts.shown(built, found, by=by, limit=0)[0]
            group = by if facility is None else facility
            if not there and facility is not None and _may_be_there(built, release, facility):
                remarks["cannot be judged: rows that name no facility may be of this one"] = None
                continue
            if not found.cannot_be_judged:
                there = _whole(there, definition, release, by, group, first, last)
            rows += _cited(built, there, release, facility, addresses)
    return Answered(
        rows=rows,
        command=f"paradero headcount {command}",
        table="headcounts",
        remarks=tuple(remarks) or (() if rows else (f"cannot be judged: {NO_ROWS}",)),
        is_untold=not rows,
    )


def _may_be_there(built: Built, release: str, facility: str) -> bool:
    """Whether no row of a release names the facility and some name none: each of those may be of it."""
    define(built, "facility_counts")
    asked = {"release": release, "facility": facility}
    named = built.rows(query(_QUERIES, "places"), asked)[0]
    return bool(named["n_here"] == 0 and named["n_nowhere"] > 0)


def _cited(
    built: Built,
    rows: Sequence[headcounts.Headcount],
    release: str,
    facility: str | None,
    addresses: dict[int, str],
) -> list[Answer]:
    """The counts; those of the fullest days and of the last one, of which figures are made, with the rows
    that may count on them: their `addresses` are made once, as the days of several definitions have hundreds
    of thousands of them in common.
    """
    if not rows:
        return []
    fullest = max(rows, key=lambda row: row.n_hi)
    wanted = {rows[-1].date, fullest.date}
    kind = _cited_kind(type(rows[0]))
    _give_rows(built, release, facility)
    doubted = {"release": release, "definition": rows[0].definition, "everywhere": facility is None}
    doubts = built.connection.execute(query(_QUERIES, "doubts_there"), doubted).to_arrow_table()
    built.connection.register("doubts_there", doubts)
    found: list[Answer] = []
    for row in rows:
        if row.date not in wanted:
            found.append(row)
            continue
        asked = {"release": release, "definition": row.definition, "day": (row.date - EPOCH.date()).days}
        counted = built.rows(query(_QUERIES, "rows_of_a_day"), asked)
        for each in counted:
            if each["row_id"] not in addresses:
                addresses[each["row_id"]] = built.address_of(each["row_id"])
        cites = [addresses[each["row_id"]] for each in counted]
        found.append(kind(**msgspec.structs.asdict(row), row_addresses=cites))
    return found


def _give_rows(built: Built, release: str, facility: str | None) -> None:
    """Give the rows of a release that may count, at a facility or anywhere, the name `rows_there`."""
    if facility is None:
        of_release = duckdb.ColumnExpression("release") == duckdb.ConstantExpression(release)
        everywhere = built.connection.view("counted_stints").filter(of_release)
        everywhere.create_view("rows_there", replace=True)
        return
    define(built, "facility_stints")
    there = {"release": release, "facility": facility}
    found = built.connection.execute(query(_QUERIES, "at_a_place"), there).to_arrow_table()
    built.connection.register("rows_there", found)


@functools.cache
def _cited_kind(kind: type[headcounts.Headcount]) -> Callable[..., headcounts.Headcount]:
    """Such a count with the addresses of the rows that may count on its day."""
    made = msgspec.defstruct(
        "CitedHeadcount", [("row_addresses", list[str])], bases=(kind,), frozen=True, kw_only=True
    )
    return cast(Callable[..., headcounts.Headcount], made)


def _ends_before(definition: Definition, first: dt.date, last: dt.date) -> bool:
    """Whether a definition has a first or last day of its own inside the days that are covered."""
    begins, ends = definition.first_day or first, definition.last_day or last
    return begins > first or ends < last


def _whole(
    found: Sequence[headcounts.Headcount],
    definition: Definition,
    release: str,
    by: str,
    group: str,
    first: dt.date,
    last: dt.date,
) -> list[headcounts.Headcount]:
    """The counts with a row for every day: on a day without one nobody can have been held."""
    by_day = {row.date: row for row in found}
    kind = headcounts.kind_by(by)
    nobody = dict.fromkeys(("n", "n_lo", "n_hi", *WIDTHS), 0)
    named = {"definition": definition.definition, "unit": definition.unit, "release": release}
    column = columns_of(kind)[0]
    days = (first + dt.timedelta(days=at) for at in range((last - first).days + 1))
    return [
        by_day.get(day) or msgspec.convert({column: group, "date": day, **nobody, **named}, kind)
        for day in days
    ]


def _covers(asked: Asked) -> list[tuple[str, dt.date, dt.date]]:
    """The releases with detention rows, each from the day of its first event to the last day that it looks
    at; without either there are no days that a page could count.
    """
    with open_tables(asked.case, "wanting") as built:
        held = {row["release"] for row in built.rows("SELECT release FROM wanting ORDER BY release")}
    return [
        (
            one.release,
            dt.date.fromisoformat(one.first_event[:10]),
            dt.date.fromisoformat(one.released_at[:10]),
        )
        for one in asked.status.releases
        if one.release in held
        and one.first_event is not None
        and one.released_at is not None
        and one.first_event <= one.released_at
    ]


def _contradicting(asked: Asked) -> Answered | Absent:
    """Published figures that contradict the records or each other, the largest difference first."""
    if not asked.has_records:
        return Absent(why=RECORDS)
    rows = reconciled(asked.case, status=None, limit=0).rows
    return Answered(rows=rows, command="paradero reconcile", table="reconciliation")


def _published(asked: Asked) -> Answered | Absent:
    if not asked.has_records:
        return Absent(why=RECORDS)
    rows = reconciled(asked.case, status=None, limit=1).summary
    if not rows:
        return Absent(why="This casefile holds no published figures to compare with its records.")
    return Answered(rows=rows, command="paradero reconcile", table="reconciliation")


answers("headcounts")(_headcounts)
answers("headcounts of a facility", of_a_subject=True)(_of_facility)
answers("published")(_published)
answers("contradicting figures")(_contradicting)
