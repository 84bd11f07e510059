"""A table as it is asked for, as a file: all rows that its filters give, in the same order and columns."""

from __future__ import annotations

from pathlib import Path

from paradero.answers.tables.browsing import Browsed
from paradero.building.tables import open_tables
from paradero.disclosure.gate import profile_for
from paradero.disclosure.marking import note_of_unpublished
from paradero.disclosure.shown import note_of_profile
from paradero.exports.publishing import file_of
from paradero.model.errors import ParaderoError, UnknownName
from paradero.reports.receipts import note_of
from paradero.web.asking import Asking, Sent
from paradero.web.tabular.options import ENDINGS, TABLE_OPTIONS, asked_in

PATH = "/files/tables/{name}"
OPTIONS = TABLE_OPTIONS
IS_ABOUT_ROWS = True

_MEDIA = {
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
}
_MOST_CELLS = 20_000_000  # a larger file is for the command line, which does not hold it in memory


def send(asking: Asking) -> Sent:
    """The file. Raises UnknownName for a table, an ending or a column that there is not, ParaderoError where
    it is too large to send.
    """
    table, dot, ending = asking.name("name").rpartition(".")
    if f"{dot}{ending}" not in ENDINGS:
        raise UnknownName(
            f"`{asking.name('name')}`: its ending names no format. Write one of {', '.join(ENDINGS)}."
        )
    asked = asked_in(asking, table)
    with open_tables(asking.standing.case, table) as built:
        browsed = Browsed(built, asked)
        relation = browsed.relation()
        n_cells = browsed.counted().n_rows * len(browsed.columns)
        if n_cells > _MOST_CELLS:
            raise ParaderoError(
                f"`{table}`: {n_cells:,} cells are more than the site sends at once. Add a filter, choose"
                f" fewer columns, or run `paradero export {table} -o {table}.parquet`."
            )
        note = note_of(built, f"table {table}") | _said(asking)
        if asked.filters:
            note["filters"] = "; ".join(map(str, asked.filters))
        written = "jsonl" if ending == "json" else ending
        content, _ = file_of(relation, Path(f"{table}.{written}"), name=table, note=note)
    if ending == "json":
        content = b"[" + b",\n".join(content.splitlines()) + b"]\n"
    return Sent(content=content, media_type=_MEDIA[f".{ending}"], name=f"{table}.{ending}")


def _said(asking: Asking) -> dict[str, str]:
    """What the file says of disclosure control, where it has room."""
    standing = asking.standing
    if not standing.is_public:
        return note_of_unpublished(standing.case, "en")
    profile, is_default = profile_for(standing.case, None)
    return {"disclosure control": note_of_profile(profile, is_default, [], "en")}
