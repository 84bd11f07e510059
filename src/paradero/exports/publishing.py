"""Files that are registered before they are there: made aside, entered into the log, put in their place."""

from __future__ import annotations

import tempfile
from pathlib import Path

import duckdb

from paradero.building.tables import Built, legible
from paradero.disclosure.asked import Publishing
from paradero.disclosure.gate import check_rows_may_leave, pass_rows, profile_for
from paradero.disclosure.marking import OUT, note_of_unpublished
from paradero.disclosure.shown import note_of_profile
from paradero.disk.whole_files import write_whole
from paradero.exports.files import export
from paradero.model.answer import Answer
from paradero.model.errors import ParaderoError


class WrittenRows(Answer, frozen=True, kw_only=True):
    """A file of rows: how many, what its reader has to know of cells that spreadsheets would run."""

    n_rows: int
    formulas: str | None


class PublishedRows(WrittenRows, frozen=True, kw_only=True):
    """A file of rows that left under a profile, and what it says of disclosure control."""

    disclosure_control: str


def export_rows(
    built: Built,
    table: str,
    output: Path,
    *,
    note: dict[str, str],
    publishing: Publishing | None,
    language: str,
) -> WrittenRows:
    """Write a table to `output`; with `publishing` only under a profile that lets rows leave, registered
    first. Raises what `export` and the gate raise.
    """
    relation = legible(built, table)
    n_rows = relation.count("*").fetchall()[0][0]
    if publishing is None:
        note = note | note_of_unpublished(built.case, language)
        return WrittenRows(n_rows=n_rows, formulas=export(relation, output, name=table, note=note))
    what = f"the table {table}"
    profile = check_rows_may_leave(built.case, publishing.named, what)
    said = note_of_profile(profile, profile_for(built.case, publishing.named)[1], [], language)
    content, formulas = file_of(relation, output, name=table, note=note | {"disclosure control": said})
    pass_rows(built.case, profile, what=what, build=built.receipt.digest, content=content)
    put(output, content, is_out=True)
    return PublishedRows(n_rows=n_rows, formulas=formulas, disclosure_control=said)


def file_of(
    relation: duckdb.DuckDBPyRelation,
    output: Path,
    *,
    name: str,
    note: dict[str, str],
    begins_with_rows: bool = False,
) -> tuple[bytes, str | None]:
    """The bytes of the file that will be at `output`, and what `export` says of formulas in it."""
    with tempfile.TemporaryDirectory(prefix="paradero-") as folder:
        path = Path(folder) / output.name
        formulas = export(relation, path, name=name, note=note, begins_with_rows=begins_with_rows)
        return path.read_bytes(), formulas


def put(output: Path, content: bytes, *, is_out: bool) -> None:
    """Write a file to its place; `is_out`: it is in the log already. Raises ParaderoError where it cannot be
    written.
    """
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        write_whole(output, content)
    except OSError as error:
        raise ParaderoError(
            f"{output}: cannot be written ({error.strerror}). Name another place; what was there before is"
            " unchanged." + (OUT if is_out else "")
        ) from error
