"""export: a table, or counts of it, to a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from paradero.cli.options import AsJson, Language, ProfileName, Publish, case_of, outside, publishing_of
from paradero.cli.output import print_json, tell
from paradero.exports.formats import endings


def export(
    context: typer.Context,
    table: Annotated[str, typer.Argument(help="A table; `paradero explain` lists them.")],
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            help=f"The file; its ending names the format: {' '.join(endings())}",
            callback=outside,
        ),
    ],
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
    --where counts of its people or rows, nobody's included.
    """
    from paradero.building.tables import open_tables
    from paradero.disclosure.counting import asked_of
    from paradero.exports import FORMATS
    from paradero.exports.counts import export_counts, note_to_leave
    from paradero.exports.formats import ending_of
    from paradero.exports.publishing import export_rows
    from paradero.reports.receipts import note_of

    publishing = publishing_of(publish, profile)
    counts = asked_of(table, of=of, by=by or "", where=where or []) if by or where else None
    with open_tables(case_of(context), table) as built:
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
