"""Published figures against the records, summed up and row by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from paradero.building.tables import Built, open_tables
from paradero.casefile.folder import Casefile
from paradero.model.naming import unknown

Row = dict[str, Any]

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

# every comparison in the same columns; published_row makes the order total
_LISTED = """
SELECT 'facility-day' AS what, status, detention_facility_code AS facility, CAST(date AS VARCHAR) AS "when",
  'records' AS against, definition, CAST(published AS DOUBLE) AS published,
  CAST(n AS DOUBLE) AS n, CAST(n_lo AS DOUBLE) AS n_lo, CAST(n_hi AS DOUBLE) AS n_hi, published_row,
    NULL AS other_row, release
FROM facility_day_comparisons
UNION ALL
SELECT 'average daily population', status, name, 'FY' || fiscal_year || ', ' || days || ' days', 'records',
  definition, adp, person_days / days, person_days_lo / days,
  person_days_hi / days, published_row, NULL, release
FROM adp_comparisons
UNION ALL
SELECT 'interval', status, name, earlier_as_of || ' to ' || as_of, 'earlier workbook', 'person-days',
  adp * days, earlier_adp * earlier_days, NULL, NULL, published_row, earlier_row, NULL
FROM adp_intervals
UNION ALL
SELECT 'average and series', status, name, 'FY' || fiscal_year || ', ' || days || ' days',
  other_source || ' ' || other_series, 'midnight', adp, series_average, NULL, NULL,
  published_row, NULL, NULL
FROM average_comparisons
UNION ALL
SELECT 'identity', status, at_place, CAST(date AS VARCHAR), 'yesterday + in - out', 'midnight', at_midnight,
  yesterday + book_in - book_out, NULL, NULL, published_row, NULL, NULL
FROM series_identities
UNION ALL
SELECT 'series', status, 'all', first_date || ' to ' || last_date, other_source || ' ' || other_series,
  what || ', ' || series, n, n_equal, NULL, NULL, example_row, NULL, NULL
FROM series_comparisons WHERE is_best
UNION ALL
SELECT 'repeated figure', status, at_place, CAST(date AS VARCHAR), 'another row of its source', series,
  published, other_published, NULL, NULL, published_row, other_row, NULL
FROM repeated_figures
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """`summary`: counts by status; `rows`: the comparisons listed, `total` how many there are;
    `contradictions`: conflicts and impossible figures.
    """

    summary: list[Row]
    rows: list[Row]
    total: int
    contradictions: int
    scope: str
    digest: str


def reconciled(case: Casefile, *, status: str | None, limit: int) -> Reconciled:
    """Compare; lists the rows whose status begins with `status`, or all that contradict, the largest
    difference first.
    """
    if status is not None and not any(known.startswith(status) for known in STATUSES):
        raise unknown("the begin of a status", status, STATUSES)
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
        summary = built.rows(
            "SELECT r.what, r.source, s.file_name, r.release, r.definition, r.status, r.n,"
            " r.person_days_apart, r.example_row FROM reconciliation r LEFT JOIN sources s ON s.source ="
            " r.source ORDER BY r.what, s.file_name, r.source, r.release, r.definition, r.status"
        )
        for row in summary:
            row["example_address"] = built.address(row.pop("example_row"))
        contradictions = sum(row["n"] for row in summary if row["status"].startswith(CONTRADICTIONS))
        wanted = (status,) if status else CONTRADICTIONS
        rows, total = _listed(built, wanted, limit)
        return Reconciled(
            summary=summary,
            rows=rows,
            total=total,
            contradictions=contradictions,
            scope=built.receipt.scope,
            digest=built.receipt.digest,
        )


def _listed(built: Built, wanted: tuple[str, ...], limit: int) -> tuple[list[Row], int]:
    tests = " OR ".join(f"starts_with(status, $w{place})" for place in range(len(wanted)))
    values = {f"w{place}": word for place, word in enumerate(wanted)}
    total = built.rows(f"SELECT count(*) AS n FROM ({_LISTED}) WHERE {tests}", values)[0]["n"]
    most = f"LIMIT {limit}" if limit else ""
    order = (
        'ORDER BY abs(coalesce(published, 0) - coalesce(n, 0)) DESC, what, facility, "when", definition,'
        " release, published_row"
    )
    rows = built.rows(f"SELECT * FROM ({_LISTED}) WHERE {tests} {order} {most}", values)
    for row in rows:
        row["address"] = built.address(row.pop("published_row"))
        row["other_address"] = built.address(row.pop("other_row"))
        for name in ("published", "n", "n_lo", "n_hi"):
            row[name] = _short(row[name])
    return rows, total


def _short(number: float | None) -> float | int | None:
    if number is None:
        return None
    return int(number) if number == int(number) else round(number, 2)
