"""Write the published files into a folder, each whole or not at all, and say what is in them."""

from __future__ import annotations

from pathlib import Path

import duckdb

from paradero.building.tables import Built
from paradero.disclosure.asked import Publishing
from paradero.disclosure.gate import check_rows_may_leave, pass_rows, profile_for
from paradero.disclosure.marking import note_of_unpublished
from paradero.disclosure.shown import note_of_profile
from paradero.exports.ddp.published import PublishedFile, published_files
from paradero.exports.ddp.relations import is_empty, null_columns, prepare, relation_of, release_of
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
    """What was written into a folder, of which data release, and what was not."""

    release: str
    files: list[DropInFile]
    left_out: list[LeftOut]
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
    written, left_out = [], []
    for file in published_files():
        name = f"{file.name}{ending}"
        missing = [table for table in file.of if is_empty(built, table, chosen)]
        if missing:
            left_out.append(LeftOut(file=name, why=_why_not(missing, folder / name)))
            continue
        relation = relation_of(built, file, has_zones=ending == _PARQUET)
        about = note | {"what": f"{file.title}, in the columns of the Deportation Data Project"}
        remark = _write(built, relation, folder / name, file.title, about, publishing)
        written.append(_described(file, name, relation, remark))
    return DropIn(release=chosen, files=written, left_out=left_out, disclosure_control=said)


def _why_not(missing: list[str], path: Path) -> str:
    what = " and no ".join(f"{table.removesuffix('_rows')}s" for table in missing)
    stale = "; the file of that name that is there is not of this export" if path.exists() else ""
    return f"no {what} in this data release{stale}"


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


def _described(
    file: PublishedFile, name: str, relation: duckdb.DuckDBPyRelation, remark: str | None
) -> DropInFile:
    n_rows, nothing = null_columns(relation)
    return DropInFile(
        file=name,
        title=file.title,
        n_rows=n_rows,
        n_columns=len(relation.columns),
        null_columns=nothing,
        never=[column for column in nothing if column in file.never],
        remark=remark,
    )
