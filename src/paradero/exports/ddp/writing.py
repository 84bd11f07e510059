"""Write the published files into a folder, each whole or not at all, and say what is in them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb

from paradero.building.tables import Built
from paradero.disclosure.asked import Publishing
from paradero.disclosure.gate import check_rows_may_leave, pass_rows, profile_for
from paradero.disclosure.marking import note_of_unpublished
from paradero.disclosure.shown import note_of_profile
from paradero.exports.ddp.published import published_files
from paradero.exports.ddp.relations import is_empty, null_columns, prepare, relation_of, release_of, window_of
from paradero.exports.files import FORMATS, export
from paradero.exports.publishing import file_of, put
from paradero.model.answer import Answer
from paradero.model.naming import unknown

_PARQUET = ".parquet"


class DropInFile(Answer, frozen=True, kw_only=True):
    """A file that was written: rows, columns, those that are null throughout (`never` of them whatever the
    casefile holds), and what its reader has to know of names and texts.
    """

    file: str
    title: str
    n_rows: int
    n_columns: int
    null_columns: list[str]
    never: list[str]
    remark: str | None


class LeftOut(Answer, frozen=True, kw_only=True):
    """A file that was not written, and why: an empty one would say that nobody was counted."""

    file: str
    why: str


class DropIn(Answer, frozen=True, kw_only=True):
    """What was written into a folder, of which data release, and what was not; the days of the facility-days,
    and what is to be set for them.
    """

    release: str
    first_day: dt.date
    last_day: dt.date
    files: list[DropInFile]
    left_out: list[LeftOut]
    remark: str | None
    disclosure_control: str | None


def write_ddp(
    built: Built,
    folder: Path,
    *,
    ending: str,
    release: str | None,
    note: dict[str, str],
    publishing: Publishing | None,
    language: str,
) -> DropIn:
    """Write the files of one data release; with `publishing` only under a profile that lets rows leave, each
    registered first. Raises what `export` and the gate raise, UnknownName and CasefileError over the release.
    """
    if ending not in FORMATS:
        raise unknown("an ending that names a format", ending, FORMATS)
    said = None
    if publishing is None:
        note = note | note_of_unpublished(built.case, language)
    else:
        profile = check_rows_may_leave(built.case, publishing.named, "what DDP publishes")
        is_default = profile_for(built.case, publishing.named)[1]
        said = note_of_profile(profile, is_default, [], language)
        note = note | {"disclosure control": said}
    chosen = release_of(built, release)
    prepare(built, chosen)
    window = window_of(built)
    written, left_out = [], []
    for file in published_files():
        name = f"{file.name}{ending}"
        missing = [table for table in file.of if is_empty(built, table, chosen)]
        what = " and no ".join(f"{table.removesuffix('_rows')}s" for table in missing)
        why = f"no {what} in this data release"
        if not missing:
            relation = relation_of(built, file, has_zones=ending == _PARQUET)
            n_rows, nothing = null_columns(relation)
            why = f"no row of it from {window.first_day} to {window.last_day}"
        if missing or not n_rows:
            is_there = (folder / name).exists()
            stale = "; the file of that name that is there is not of this export" if is_there else ""
            left_out.append(LeftOut(file=name, why=why + stale))
            continue
        about = note | {"what": f"{file.title}, in the columns of the Deportation Data Project"}
        remark = _write(built, relation, folder / name, file.title, about, publishing)
        written.append(
            DropInFile(
                file=name,
                title=file.title,
                n_rows=n_rows,
                n_columns=len(relation.columns),
                null_columns=nothing,
                never=[column for column in nothing if column in file.never],
                remark=remark,
            )
        )
    return DropIn(
        release=chosen,
        first_day=window.first_day,
        last_day=window.last_day,
        files=written,
        left_out=left_out,
        remark=window.remark,
        disclosure_control=said,
    )


def _write(
    built: Built,
    relation: duckdb.DuckDBPyRelation,
    path: Path,
    title: str,
    note: dict[str, str],
    publishing: Publishing | None,
) -> str | None:
    if publishing is None:
        return export(relation, path, name=title, note=note, begins_with_rows=True)
    profile = check_rows_may_leave(built.case, publishing.named, path.name)
    content, remark = file_of(relation, path, name=title, note=note, begins_with_rows=True)
    pass_rows(built.case, profile, what=path.name, build=built.receipt.digest, content=content)
    put(path, content, is_out=True)
    return remark
