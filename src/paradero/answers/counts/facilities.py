"""The facilities that records and lists name, each with what most lists say of it."""

from __future__ import annotations

from importlib.resources import files

from paradero.building.tables import legible, open_tables
from paradero.casefile.folder import Casefile
from paradero.engines.queries import query, values_of
from paradero.model.answer import Answer

_QUERIES = files("paradero.answers.counts") / "facilities.sql"


class ListedFacility(Answer, frozen=True, kw_only=True):
    """A row of the table `facilities`, legible: `n_rows` are rows of lists that name the code, `n_states` the
    different states these give, `n_stints` the stints there.
    """

    detention_facility_code: str | None
    detention_facility: str | None
    recorded_name: str | None
    city: str | None
    state: str | None
    area_of_responsibility: str | None
    type_detailed: str | None
    capacity: float | None
    n_rows: int
    n_states: int | None
    first_row: int | None
    first_row_address: str | None
    n_stints: int | None


class ListedFacilities(Answer, frozen=True, kw_only=True):
    """The facilities of a build by their codes: at most as many as asked for of `n_rows`."""

    scope: str
    digest: str
    n_rows: int
    rows: list[ListedFacility]


def listed_facilities(case: Casefile, *, limit: int = 0, offset: int = 0) -> ListedFacilities:
    """The facilities in the order of their codes, at most `limit` (0 for all) after the first `offset`.
    Raises CasefileError where nothing is built.
    """
    with open_tables(case, "facilities") as built:
        legible(built, "facilities").create_view("listed_facilities")
        n_rows = built.rows(query(_QUERIES, "counted"))[0]["n"]
        rows = built.rows(query(_QUERIES, "listed"), {"limit": limit or None, "offset": offset})
        return ListedFacilities(
            scope=built.receipt.scope,
            digest=built.receipt.digest,
            n_rows=n_rows,
            rows=values_of(rows, ListedFacility),
        )
