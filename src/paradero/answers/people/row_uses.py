"""What was made of a row of an original: the tables in which it stands, the person whose row it is, the
published figures read from it, the cells that could not be read.
"""

from __future__ import annotations

import datetime as dt
from importlib.resources import files

from paradero.building.tables import open_tables
from paradero.casefile.folder import Casefile
from paradero.engines.queries import query, values_of
from paradero.model.addresses import ROWS_A_SHEET, ROWS_A_SOURCE, parse_address
from paradero.model.answer import Answer

_QUERIES = files("paradero.answers.people") / "row_uses.sql"
_TABLES = (
    "row_persons",
    "stint_spans",
    "stay_spans",
    "arrests",
    "removals",
    "transfers",
    "unaccounted",
    "conflicts",
    "contradictions",
    "persons",
    "rejects",
    "facility_day_rows",
    "facility_day_comparisons",
    "adp_comparisons",
)


class RowUse(Answer, frozen=True, kw_only=True):
    """A table and a column of it in which the row stands, and in how many rows."""

    table_name: str
    column_name: str
    n: int


class PersonOfRow(Answer, frozen=True, kw_only=True):
    """The person whose row it is, by the id of the release."""

    release: str
    unique_identifier: str


class RejectedCell(Answer, frozen=True, kw_only=True):
    """A cell of the row that is in no table, what should be there, and why it was not taken."""

    column_name: str | None
    value: str | None
    expected: str | None
    problem: str


class FigureOfRow(Answer, frozen=True, kw_only=True):
    """A published figure that was read from the row, beside what a release allows under the definition that
    fits it (bounds are None where it counts nothing there), with the outcome. `day` is None of an average.
    """

    facility: str | None
    day: dt.date | None
    definition: str | None
    release: str | None
    published: float
    n_lo: float | None
    n_hi: float | None
    status: str


class RowUses(Answer, frozen=True, kw_only=True):
    """What was made of a row; `is_built` is false where the source came after the build."""

    address: str
    is_built: bool
    uses: list[RowUse]
    persons: list[PersonOfRow]
    rejects: list[RejectedCell]
    figures: list[FigureOfRow]


def row_uses(case: Casefile, text: str) -> RowUses:
    """What was made of the row of an address. Raises CasefileError where nothing was built."""
    address = parse_address(text)
    with open_tables(case, *_TABLES) as built:
        source = next((one for one in built.receipt.sources if one.source == address.source), None)
        if source is None or address.sheet not in source.sheets:
            return RowUses(address=str(address), is_built=False, uses=[], persons=[], rejects=[], figures=[])
        sheet = source.sheets.index(address.sheet)
        row = source.rank * ROWS_A_SOURCE + sheet * ROWS_A_SHEET + address.row
        found = built.rows(query(_QUERIES, "person"), {"row": row})
        person = found[0]["person_no"] if found else None
        uses = values_of(built.rows(query(_QUERIES, "uses"), {"row": row, "person": person}), RowUse)
        printed = [
            figure
            for of_day in built.rows(query(_QUERIES, "printed"), {"row": row})
            for figure in built.rows(query(_QUERIES, "compared_days"), of_day | {"row": row})
        ]
        printed += built.rows(query(_QUERIES, "compared_averages"), {"row": row})
        placed = {"source": address.source, "sheet": address.sheet, "row": address.row}
        return RowUses(
            address=str(address),
            is_built=True,
            uses=[one for one in uses if one.n],
            persons=values_of(built.rows(query(_QUERIES, "persons"), {"person": person}), PersonOfRow),
            rejects=values_of(built.rows(query(_QUERIES, "rejects"), placed), RejectedCell),
            figures=values_of(printed, FigureOfRow),
        )
