"""Three questions put to what was added: who was held longest, which facilities were above capacity, what
changed between two workbooks.
"""

from __future__ import annotations

from typing import Any

from paradero.answers.answered import Answer
from paradero.answers.counts import wanting
from paradero.answers.counts.headcounts import facilities_like
from paradero.building.tables import Built, legible, open_tables
from paradero.casefile.folder import Casefile
from paradero.model.naming import unknown
from paradero.model.time.clock import span_text

Row = dict[str, Any]


def longest(case: Casefile, *, facility: str | None, release: str | None, limit: int) -> Answer:
    """Stints by what the record shows of their length, the longest first; those without a book-out are
    counted, since nothing shows how long they were.

    `facility` is a code, a part of a name, or a part of a type (`hold`). Raises UnknownName where nothing has
    it.
    """
    columns = (
        "unique_identifier",
        "detention_facility_code",
        "detention_facility",
        "book_in",
        "book_out",
        "at_least",
        "at_most",
        "length_lo_us",
        "length_hi_us",
        "release",
        "row_id_address",
    )
    with open_tables(case, "stint_lengths", "facilities", "facility_names") as built:
        judged = wanting.lines(wanting.lacking(built, ("person ids", "book-ins", "book-outs"), release))
        legible(built, "stint_lengths").create_view("lengths")
        codes = _codes(built, facility)
        test = (
            "($codes IS NULL OR list_contains($codes, detention_facility_code)) AND ($release IS NULL OR"
            " release = $release)"
        )
        values = {"codes": codes, "release": release}
        counts = built.rows(
            "SELECT count(*) AS n, count(*) FILTER (WHERE book_out IS NULL) AS n_open FROM lengths WHERE"
            f" {test}",
            values,
        )[0]
        order = "ORDER BY length_lo_us DESC NULLS LAST, length_hi_us DESC NULLS LAST, row_id"
        rows = built.rows(
            f"SELECT * FROM lengths WHERE {test} {order}{f' LIMIT {limit}' if limit else ''}", values
        )
        scope, digest = built.receipt.scope, built.receipt.digest
    for row in rows:
        row["at_least"] = None if row["length_lo_us"] is None else span_text(row["length_lo_us"])
        row["at_most"] = None if row["length_hi_us"] is None else span_text(row["length_hi_us"])
    if counts["n_open"]:
        judged.append(
            f"cannot be judged: how long {counts['n_open']:,} of these {counts['n']:,} stints were (no"
            " book-out)"
        )
    return Answer(
        rows=rows,
        columns=columns,
        total=counts["n"],
        cannot_be_judged=tuple(judged),
        scope=scope,
        digest=digest,
    )


def _codes(built: Built, facility: str | None) -> list[str] | None:
    if facility is None:
        return None
    found = {row["code"] for row in facilities_like(built, facility)}
    typed = built.rows(
        "SELECT detention_facility_code AS code FROM facilities WHERE contains(upper(type_detailed),"
        " upper(trim($text)))",
        {"text": facility},
    )
    found |= {row["code"] for row in typed}
    if not found:
        names = [
            row["name"]
            for row in built.rows(
                "SELECT DISTINCT detention_facility AS name FROM facilities WHERE detention_facility IS NOT"
                " NULL ORDER BY 1"
            )
        ]
        raise unknown(
            "a facility's code, or a part of its name or type",
            facility,
            names,
            where_listed="`paradero export facilities -o facilities.csv` lists them.",
        )
    return sorted(found)


def capacity(case: Casefile, *, all_rows: bool, limit: int) -> Answer:
    """Facilities above their stated capacity, by the records and by published midnights and averages, the
    most people beyond it first.
    """
    columns = (
        "detention_facility_code",
        "detention_facility",
        "capacity",
        "most",
        "over_by",
        "on_date",
        "n_over",
        "counted_by",
        "status",
        "capacity_row_address",
        "published_row_address",
    )
    with open_tables(case, "capacity_comparisons", "facilities") as built:
        legible(built, "capacity_comparisons").create_view("compared")
        wanted = "TRUE" if all_rows else "status = 'above'"
        total = built.rows(f"SELECT count(*) AS n FROM compared WHERE {wanted}")[0]["n"]
        order = "ORDER BY over_by DESC, detention_facility_code, counted_by"
        rows = built.rows(
            f"SELECT * FROM compared WHERE {wanted} {order}{f' LIMIT {limit}' if limit else ''}"
        )
        stated = built.rows("SELECT count(*) AS n, count(capacity) AS n_stated FROM facilities")[0]
        scope, digest = built.receipt.scope, built.receipt.digest
    judged = (
        []
        if stated["n_stated"] == stated["n"]
        else [
            f"cannot be judged: {stated['n'] - stated['n_stated']:,} of {stated['n']:,} facilities (no"
            " capacity stated)"
        ]
    )
    return Answer(
        rows=rows, columns=columns, total=total, cannot_be_judged=tuple(judged), scope=scope, digest=digest
    )


def changes(case: Casefile, *, earlier: str | None, later: str | None, limit: int) -> Answer:
    """What a workbook says of a facility and the next one (or the two named, by file name or source id) does
    not or says otherwise.
    """
    columns = (
        "change",
        "name",
        "city",
        "column_name",
        "earlier_said",
        "later_said",
        "later_less_earlier",
        "earlier_file",
        "later_file",
        "earlier_row_address",
        "later_row_address",
    )
    with open_tables(case, "workbook_changes", "workbook_days", "sources") as built:
        legible(built, "workbook_changes").create_view("changed")
        books = built.rows(
            "SELECT DISTINCT w.source, s.file_name FROM workbook_days w JOIN sources s ON s.source = w.source"
            " ORDER BY ALL"
        )
        one, other = (_book(books, name) for name in (earlier, later))
        wanted = (
            "is_next"
            if earlier is None and later is None
            else "($one IS NULL OR c.source = $one) AND ($other IS NULL OR c.later_source = $other)"
        )
        values = {} if wanted == "is_next" else {"one": one, "other": other}
        total = built.rows(f"SELECT count(*) AS n FROM changed c WHERE {wanted}", values)[0]["n"]
        order = (
            "ORDER BY c.as_of, c.later_as_of, c.change, abs(later_less_earlier) DESC NULLS LAST, c.name,"
            " c.city, c.column_name, c.earlier_row, c.later_row"
        )
        rows = built.rows(
            "SELECT c.*, a.file_name AS earlier_file, b.file_name AS later_file FROM changed c JOIN sources"
            f" a ON a.source = c.source JOIN sources b ON b.source = c.later_source WHERE {wanted}"
            f" {order}{f' LIMIT {limit}' if limit else ''}",
            values,
        )
        scope, digest = built.receipt.scope, built.receipt.digest
    judged = ["cannot be judged: fewer than two workbooks were added"] if len(books) < 2 else []
    return Answer(
        rows=rows, columns=columns, total=total, cannot_be_judged=tuple(judged), scope=scope, digest=digest
    )


def _book(books: list[Row], name: str | None) -> str | None:
    if name is None:
        return None
    found = [row["source"] for row in books if name in (row["source"], row["file_name"])]
    if not found:
        raise unknown("a workbook of detention statistics", name, [row["file_name"] for row in books])
    return str(found[0])
