"""Lists of what does not balance: intervals unaccounted for, conflicts, transfers; the longest first, how
many of each sort.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from paradero.answers.counts import wanting
from paradero.building.tables import Built, define, legible, open_tables
from paradero.casefile.folder import Casefile
from paradero.model.naming import unknown
from paradero.model.time.clock import span_text, spans_text

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A table that is listed: `length` orders it and is shown in words as `shown_as`, `key` makes the order
    total, `by` sorts it; `words` are what its filters know.

    `needs` are what a release must have for the question to be judged at all.
    """

    table: str
    length: str
    shown_as: str
    key: str
    by: tuple[str, ...]
    words: dict[str, tuple[str, ...]]
    needs: tuple[str, ...]


UNACCOUNTED = Listing(
    table="unaccounted",
    length="length_us",
    shown_as="length",
    key="last_row, since",
    by=("reason",),
    words={},
    needs=("person ids", "book-ins", "book-outs", "reasons of book-outs"),
)
CONFLICTS = Listing(
    table="conflicts",
    length="size_us",
    shown_as="size",
    key="row_a, kind, row_b",
    by=("kind", "grade"),
    words={
        "kind": (
            "inversion",
            "overlap",
            "two_places",
            "two_ends",
            "custody_after_removal",
            "no_book_out_at_removal",
            "custody_after_death",
            "birth_year",
            "stay_window",
            "stays_overlap",
            "stint_two_stays",
        ),
        "grade": ("trace", "minor", "serious", "severe"),
    },
    needs=("person ids", "book-ins"),
)
TRANSFERS = Listing(
    table="transfers",
    length="gap_us",
    shown_as="length",
    key="from_row, to_row",
    by=("status",),
    words={
        "status": ("signed", "late", "early", "no book-out", "no book-in", "cannot be judged", "unsigned")
    },
    needs=("person ids", "book-ins", "book-outs"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """`counts`: how many of each sort; `rows` with their `columns`, at most as many as asked for of `total`;
    from which build.

    `cannot_be_judged`: what no count of these rows holds, and why. `total` is None where that is all there is
    to say: nothing was found because nothing can be.
    """

    counts: list[Row]
    columns: list[str]
    rows: list[Row]
    total: int | None
    cannot_be_judged: list[str]
    scope: str
    digest: str


def listed(case: Casefile, listing: Listing, *, only: dict[str, str | None], limit: int) -> Listed:
    """The rows of a listing with the values `only` asks for (`release` or a word of the listing), at most
    `limit` of them, 0 for all.

    Raises UnknownName for a value that the column never has.
    """
    wanted = {column: value for column, value in only.items() if value is not None}
    for column, value in wanted.items():
        if column in listing.words and value not in listing.words[column]:
            raise unknown(f"a {column} of {listing.table}", value, listing.words[column])
    with open_tables(case, listing.table, "releases") as built:
        if "release" in wanted:
            _check_release(built, wanted["release"])
        legible(built, listing.table).create_view("listed")
        test = " AND ".join(f"{column} = ${column}" for column in wanted) or "TRUE"
        counts = built.rows(
            f"SELECT {', '.join(listing.by)}, count(*) AS n FROM listed WHERE {test} GROUP BY ALL ORDER"
            " BY ALL",
            wanted,
        )
        most = f" LIMIT {limit}" if limit else ""
        rows = built.rows(
            f"SELECT * FROM listed WHERE {test} ORDER BY {listing.length} DESC NULLS FIRST,"
            f" {listing.key}{most}",
            wanted,
        )
        columns = [*built.connection.view("listed").columns, listing.shown_as]
        lacking = wanting.lacking(built, listing.needs, wanted.get("release"))
        judged = wanting.lines(lacking) + (
            _ends_untold(built, wanted.get("release")) if listing is UNACCOUNTED else []
        )
        without = {row["release"] for row in lacking}
        asked = {
            row["release"]
            for row in built.rows("SELECT release FROM wanting")
            if wanted.get("release") in (None, row["release"])
        }
        scope, digest = built.receipt.scope, built.receipt.digest
    for row in rows:
        row[listing.shown_as] = _length(row, listing)
    total = sum(count["n"] for count in counts)
    is_untold = total == 0 and bool(lacking) and asked <= without
    return Listed(
        counts=counts,
        columns=columns,
        rows=rows,
        total=None if is_untold else total,
        cannot_be_judged=judged,
        scope=scope,
        digest=digest,
    )


def _length(row: Row, listing: Listing) -> str | None:
    if listing is UNACCOUNTED:
        return None if row["length_lo_us"] is None else spans_text(row["length_lo_us"], row["length_hi_us"])
    return None if row[listing.length] is None else span_text(row[listing.length])


def _ends_untold(built: Built, release: str | None) -> list[str]:
    """Stays of which the record hides how they ended, and rows that may be the arrival of somebody
    unaccounted for, as sentences.
    """
    for name in ("stay_ends", "persons", "wanting"):
        define(built, name)
    only = {"release": release}
    ends = built.rows(
        "SELECT e.end_reason, count(*) AS n FROM stay_ends e JOIN persons p ON p.person_no = e.person_no"
        " WHERE e.end_kind = 'cannot be judged' AND ($release IS NULL OR p.release = $release) GROUP BY ALL"
        " ORDER BY n DESC, e.end_reason",
        only,
    )
    nobody = built.rows(
        "SELECT coalesce(sum(n_rows - n_with_person), 0) AS n FROM wanting WHERE $release IS NULL OR release"
        " = $release",
        only,
    )[0]["n"]
    said = [f"cannot be judged: how {row['n']:,} stay(s) ended ({row['end_reason']})" for row in ends]
    return said + ([f"{nobody:,} rows without a person id may be of people listed here"] if nobody else [])


def _check_release(built: Built, release: str) -> None:
    names = [row["release"] for row in built.rows("SELECT release FROM releases ORDER BY release")]
    if release not in names:
        raise unknown("a release of this casefile", release, names)
