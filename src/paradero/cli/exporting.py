"""export: a table, or counts of it, to a file; or the files that another project publishes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from paradero.casefile.folder import Casefile
from paradero.cli.options import (
    AsJson,
    Language,
    ProfileName,
    Publish,
    Release,
    case_of,
    outside,
    publishing_of,
)
from paradero.cli.output import print_json, print_table, say, tell
from paradero.disclosure.asked import Publishing
from paradero.exports.formats import endings
from paradero.model.errors import UnknownName


def export(
    context: typer.Context,
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            help=f"The file; its ending names the format: {' '.join(endings())}. With --as the folder.",
            callback=outside,
        ),
    ],
    table: Annotated[
        str | None, typer.Argument(help="A table; `paradero explain` lists them.", show_default=False)
    ] = None,
    files_as: Annotated[
        str | None,
        typer.Option(
            "--as",
            help="Write all files that a project publishes, under its names, in its columns and types: ddp"
            " (the Deportation Data Project).",
        ),
    ] = None,
    release: Release = None,
    form: Annotated[
        str, typer.Option("--format", help="Of --as: the format of the files, by its ending.")
    ] = "parquet",
    by: Annotated[
        str | None, typer.Option("--by", help="Count by these columns, a comma between them.")
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option("--where", help="Count only rows with COLUMN=VALUE or COLUMN!=VALUE; may be repeated."),
    ] = None,
    of: Annotated[str, typer.Option("--of", help="What is counted: people or rows.")] = "people",
    publish: Publish = False,
    profile: ProfileName = None,
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Write a table to a file, clock readings as timestamps, an address beside every row number; with --by or
    --where counts of its people or rows, nobody's included; with --as what a project publishes, as it does.
    """
    publishing = publishing_of(publish, profile)
    if files_as is not None:
        if table is not None or by or where:
            raise UnknownName("`--as` writes whole files of its own. Leave out the table, --by and --where.")
        _export_as(case_of(context), files_as, output, form, release, publishing, language, as_json)
    elif table is None:
        raise UnknownName("No table is named. Name one (`paradero explain` lists them), or write --as ddp.")
    elif release is not None:
        raise UnknownName("`--release` is of `--as`. Tables have the column `release`: see --where.")
    else:
        _export_table(
            case_of(context), table, output, of, by or "", where or [], publishing, language, as_json
        )


def _export_table(
    case: Casefile,
    table: str,
    output: Path,
    of: str,
    by: str,
    where: list[str],
    publishing: Publishing | None,
    language: str,
    as_json: bool,
) -> None:
    from paradero.building.tables import open_tables
    from paradero.disclosure.counting import asked_of
    from paradero.exports import FORMATS
    from paradero.exports.counts import export_counts, note_to_leave
    from paradero.exports.formats import ending_of
    from paradero.exports.publishing import export_rows
    from paradero.reports.receipts import note_of

    counts = asked_of(table, of=of, by=by, where=where) if by or where else None
    with open_tables(case, table) as built:
        note = note_of(built, f"table {table}")
        if counts is None:
            rows = export_rows(built, table, output, note=note, publishing=publishing, language=language)
            done, said = f"{rows.n_rows:,} rows of {table}", rows.as_json()
        else:
            cells = export_counts(built, counts, output, note=note, publishing=publishing, language=language)
            done = f"{cells.n_cells:,} cells of {table}, {cells.n_withheld:,} withheld"
            note = note_to_leave(note, cells.publication)  # which has its number, where it has one
            said = {name: each for name, each in cells.as_json().items() if name != "publication"}
    if not FORMATS[ending_of(output.name) or ""].for_spreadsheets:  # told is of names and texts, not of cells
        told = said["formulas"]
        said = {**said, "formulas": None} | ({"changed": told} if told else {})
    if as_json:
        print_json({"file": str(output), "table": table, **said, **note})
        return
    tell(f"wrote {output}: {done}")
    for line in (said.get("disclosure_control"), said["formulas"], said.get("changed")):
        if line:
            tell(line)


def _export_as(
    case: Casefile,
    files_as: str,
    folder: Path,
    form: str,
    release: str | None,
    publishing: Publishing | None,
    language: str,
    as_json: bool,
) -> None:
    from paradero.building.tables import open_tables
    from paradero.exports.ddp.relations import TABLES
    from paradero.exports.ddp.writing import write_ddp
    from paradero.model.naming import unknown
    from paradero.reports.receipts import note_of

    if files_as != "ddp":
        raise unknown("a project whose files are written", files_as, ("ddp",))
    with open_tables(case, *dict.fromkeys(TABLES)) as built:
        note = note_of(built, "")
        done = write_ddp(
            built,
            folder,
            ending=f".{form.removeprefix('.')}",
            release=release,
            note=note,
            publishing=publishing,
            language=language,
        )
    if as_json:
        print_json({"folder": str(folder), **note, **done.as_json()})
        return
    print_table(done.files, ["file", "n_rows", "n_columns"])
    for file in done.files:
        recorded = [name for name in file.null_columns if name not in file.never]
        if recorded:
            say(f"{file.file}: no value in the sources for {', '.join(recorded)}")
        if file.never:
            say(f"{file.file}: never filled here: {', '.join(file.never)}")
        if file.remark:
            tell(f"{file.file}: {file.remark}")
    for left in done.left_out:
        say(f"not written: {left.file} ({left.why})")
    for line in (done.remark, done.disclosure_control):
        if line:
            tell(line)
