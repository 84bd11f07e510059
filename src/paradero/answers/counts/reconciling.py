"""Published figures against the records, summed up and row by row."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import msgspec

from paradero.building.tables import Built, open_tables
from paradero.casefile.folder import Casefile
from paradero.engines.duckdb import create_view
from paradero.engines.queries import query
from paradero.model.answer import Answer
from paradero.model.naming import unknown

_QUERIES = files("paradero.answers.counts") / "reconciling.sql"

CONTRADICTIONS = ("conflict", "impossible")
STATUSES = (
    "agrees",
    "conflict",
    "explained: missing ends",
    "explained: place unknown",
    "explained: outside the release",
    "explained: facility not in the records",
    "explained: no average stated",
    "explained: name not in the records",
    "explained: name fits several codes",
    "not published",
    "not comparable: no more days",
    "impossible: fewer person-days than before",
    "possible",
    "adds up",
    "impossible: does not add up",
    "impossible: fewer in the day than at its midnight",
    "cannot be judged: no day before",
    "cannot be judged: no book-ins and book-outs",
    "differs",
    "differs: a day later",
    "differs: a day earlier",
    "cannot be judged: published twice, with different numbers",
    "impossible: published twice, with different numbers",
    "cannot be judged: the release may lack people held since before it",
    "explained: outside the series",
    "explained: name fits no or several codes",
    "agrees: a day later",
    "agrees: a day earlier",
)


class Outcome(Answer, frozen=True, kw_only=True):
    """How many published figures of a source have a status beside a definition, and one of them."""

    what: str
    source: str | None
    file_name: str | None
    release: str | None
    definition: str | None
    status: str
    n: int
    person_days_apart: int | None
    example_address: str | None


class Comparison(Answer, frozen=True, kw_only=True):
    """A published figure beside the one it is held against, `n` with its bounds."""

    what: str
    status: str
    facility: str | None
    when: str | None
    against: str | None
    definition: str | None
    published: int | float | None
    n: int | float | None
    n_lo: int | float | None
    n_hi: int | float | None
    release: str | None
    address: str | None
    other_address: str | None


class Reconciliation(Answer, frozen=True, kw_only=True):
    """`summary`: counts by status; `contradictions`: conflicts and impossible figures; `rows`: the
    comparisons listed, of `n_rows`.
    """

    scope: str
    n_rows: int
    digest: str
    summary: list[Outcome]
    contradictions: int
    rows: list[Comparison]


def reconciled(case: Casefile, *, status: str | None, limit: int, offset: int = 0) -> Reconciliation:
    """Compare; lists the rows whose status begins with `status`, or all that contradict, the largest
    difference first: at most `limit` (0 for all) after the first `offset`.
    """
    if status is not None and not any(known.startswith(status) for known in STATUSES):
        raise unknown("the start of a status", status, STATUSES)
    with open_tables(
        case,
        "reconciliation",
        "sources",
        "facility_day_comparisons",
        "adp_comparisons",
        "adp_intervals",
        "series_comparisons",
        "series_identities",
        "average_comparisons",
        "repeated_figures",
    ) as built:
        summary = [_outcome(built, row) for row in built.rows(query(_QUERIES, "summary"))]
        create_view(built.connection, "comparisons", query(_QUERIES, "comparisons"))
        first, second = (status, None) if status else CONTRADICTIONS
        wanted = {"status": first, "or_status": second}
        total = built.rows(query(_QUERIES, "comparisons_counted"), wanted)[0]["n"]
        rows = built.rows(
            query(_QUERIES, "comparisons_listed"), wanted | {"limit": limit or None, "offset": offset}
        )
        return Reconciliation(
            scope=built.receipt.scope,
            n_rows=total,
            digest=built.receipt.digest,
            summary=summary,
            contradictions=sum(one.n for one in summary if one.status.startswith(CONTRADICTIONS)),
            rows=[_comparison(built, row) for row in rows],
        )


def _outcome(built: Built, row: Mapping[str, Any]) -> Outcome:
    return msgspec.convert({**row, "example_address": built.address(row["example_row"])}, Outcome)


def _comparison(built: Built, row: Mapping[str, Any]) -> Comparison:
    shown = {name: _short(row[name]) for name in ("published", "n", "n_lo", "n_hi")}
    cited = {"address": built.address(row["published_row"]), "other_address": built.address(row["other_row"])}
    return msgspec.convert({**row, **shown, **cited}, Comparison)


def _short(number: float | None) -> float | int | None:
    if number is None:
        return None
    return int(number) if number == int(number) else round(number, 2)
