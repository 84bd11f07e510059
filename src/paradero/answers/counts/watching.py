"""What cannot be in ICE's statistics workbooks: figures that count from 1 October on and shrink, parts of the
same people that differ, facilities that come and go.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Literal

from paradero.answers.answered import Answered
from paradero.building.tables import Built, open_tables
from paradero.casefile.folder import Casefile
from paradero.engines.duckdb import compute
from paradero.engines.queries import query, values_of
from paradero.model.answer import Answer
from paradero.model.naming import unknown

_QUERIES = files("paradero.answers.counts") / "watching.sql"
_CHECKS = ("fewer_person_days", "other_days", "parts", "vanished", "fallen", "not_its_parts")
_TABLES = ("sources", "workbook_days", "facility_statistic_rows", "statistic_cells", "adp_intervals")
WATCH_COLUMNS = ["what", "status", "about", "earlier", "later", "file", "address", "earlier_address"]


class Impossible(Answer, frozen=True, kw_only=True):
    """Two figures that cannot both be right: `later` in `file`, and `earlier` in the workbook before, or in
    the same one where `earlier_file` is None. Of a facility that vanishes, `file` is the workbook that
    lacks it. `doubtful`: right if the facility is only spelt otherwise now.
    """

    what: str
    status: Literal["impossible", "doubtful"]
    about: str
    earlier: float | None
    later: float | None
    file: str
    row_id: int | None
    address: str | None
    earlier_file: str | None
    earlier_row: int | None
    earlier_address: str | None


def watched(case: Casefile, *, file: str | None, all_files: bool, limit: int) -> Answered[Impossible]:
    """What is impossible in the newest workbook, the one named by file name or source id, or all. Raises
    UnknownName for a workbook that is not here.
    """
    with open_tables(case, *_TABLES) as built:
        compute(built.connection, "watched_books", query(_QUERIES, "books"))
        compute(built.connection, "watched_averages", query(_QUERIES, "averages"))
        compute(built.connection, "watched_totals", query(_QUERIES, "totals"))
        books = built.rows("SELECT source, file_name FROM watched_books ORDER BY book_no")
        names = {str(book["source"]): str(book["file_name"]) for book in books}
        wanted = {_named(names, file)} if file or (names and not all_files) else set(names)
        found = [
            row for check in _CHECKS for source, row in _checked(built, check, names) if source in wanted
        ]
        scope, digest = built.receipt.scope, built.receipt.digest
    found.sort(key=lambda one: one.status != "impossible")
    judged = []
    if len(names) < 2:
        judged = ["cannot be judged: what changed, of which fewer than two workbooks tell"]
    return Answered(
        scope=scope, n_rows=len(found), digest=digest, cannot_be_judged=judged, rows=found[: limit or None]
    )


def _checked(built: Built, check: str, names: dict[str, str]) -> list[tuple[str, Impossible]]:
    """What a check finds, each with the workbook that it is found in."""
    rows = built.rows(query(_QUERIES, check))
    for row in rows:
        earlier = built.address(row["earlier_row"])
        row["address"] = built.address(row["row_id"])
        row["earlier_address"] = earlier
        row["file"] = names[row["source"]]
        row["earlier_file"] = names[earlier.partition(":")[0]] if earlier else None
    rows.sort(
        key=lambda row: (row["earlier_row"] or row["row_id"], row["row_id"] or 0, row["what"], row["about"])
    )
    return list(zip([row["source"] for row in rows], values_of(rows, Impossible), strict=True))


def _named(names: dict[str, str], file: str | None) -> str:
    if file is None:
        return list(names)[-1]
    for source, name in names.items():
        if file in (source, name):
            return source
    raise unknown("a workbook of detention statistics", file, names.values())
