"""rows, explain, export, synth, demo: what lies under a figure, and ways out and in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from paradero.cli.options import AsCsv, AsJson, case_of, engine_named, outside
from paradero.cli.output import Form, form_of, print_csv, print_json, print_listed, print_table, say, tell
from paradero.model.answer import row_of


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    for command in (rows, explain, export, synth, demo):
        app.command()(command)


def rows(
    context: typer.Context,
    addresses: Annotated[list[str], typer.Argument(help="source:sheet:row, as printed beside every figure.")],
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """The original rows as received, by their addresses."""
    from paradero.answers.digests import digest_of_case
    from paradero.answers.original import original

    case = case_of(context)
    found = [original(case, address) for address in addresses]
    form = form_of(as_json, as_csv)
    if form is Form.JSON:
        print_listed(found, scope=case.settings().scope, digest=digest_of_case(case))
    elif form is Form.CSV:
        print_csv(
            [
                {"address": row.address, "column": name, "value": value}
                for row in found
                for name, value in row.cells.items()
            ],
            ["address", "column", "value"],
        )
    else:
        for row in found:
            say(
                f"{row.address}\n  {row.file_name}, sheet {row.sheet or '(none)'}, row {row.row};"
                f" SHA-256 {row.sha256}"
            )
            print_table(
                [{"column": name, "value": value} for name, value in row.cells.items()], ["column", "value"]
            )
            say()


def explain(
    context: typer.Context,
    what: Annotated[
        str | None, typer.Argument(help="A table, or a person's id; nothing lists all tables.")
    ] = None,
    sql: Annotated[bool, typer.Option("--sql/--no-sql", help="Show the steps' SQL.")] = True,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """The steps that made a table, in order, with their SQL, row counts and digests."""
    from paradero.answers.digests import digest_of_case
    from paradero.answers.explaining import explained, table_list

    case = case_of(context)
    form = form_of(as_json, as_csv)
    columns = ["table", "kept", "rows", "sha256", "title"]
    steps = table_list(case) if what is None else explained(case, what)
    if form is Form.JSON:
        print_listed(steps, scope=case.settings().scope, digest=digest_of_case(case))
    elif form is Form.CSV:
        print_csv(steps, columns)
    elif what is None:
        print_table([{**row_of(step), "sha256": (step.sha256 or "")[:12]} for step in steps], columns)
    else:
        for step in steps:
            rows_made = (
                "computed when asked for"
                if step.rows is None
                else f"{step.rows:,} rows, digest {step.sha256}"
            )
            say(f"{step.table}: {step.title}\n  from {', '.join(step.inputs) or 'the sources'}; {rows_made}")
            if sql and step.sql:
                say("\n" + step.sql.rstrip() + "\n")


def export(
    context: typer.Context,
    table: Annotated[str, typer.Argument(help="A table; `paradero explain` lists them.")],
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            help="The file; its ending names the format: .parquet .csv .xlsx .jsonl .feather .sqlite",
            callback=outside,
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Write a table to a file, clock readings as timestamps, an address beside every row number."""
    from paradero.building.tables import legible, open_tables
    from paradero.exports import export as write
    from paradero.reports.receipts import note_of

    with open_tables(case_of(context), table) as built:
        relation = legible(built, table)
        note = note_of(built, f"table {table}")
        formulas = write(relation, output, name=table, note=note)
        n_rows = relation.count("*").fetchall()[0][0]
    if as_json:
        print_json({"file": str(output), "table": table, "n_rows": n_rows, "formulas": formulas, **note})
    else:
        tell(f"wrote {output}: {n_rows:,} rows of {table}")
        if formulas:
            tell(formulas)


def synth(
    out: Annotated[Path, typer.Option("-o", "--output", help="Folder to write into.", callback=outside)],
    n_rows: Annotated[int, typer.Option("--rows", help="Detention rows.", min=300)] = 5000,
    seed: Annotated[int, typer.Option(help="The same seed and rows give the same files, byte for byte.")] = 1,
    form: Annotated[
        str, typer.Option("--format", help="xlsx (raw workbook layout) or parquet (as republished).")
    ] = "xlsx",
    as_json: AsJson = False,
) -> None:
    """Write a fabricated release: people who do not exist, with known faults listed in planted.json."""
    from paradero.model.naming import unknown
    from paradero.synthetic import write_release

    if form not in ("xlsx", "parquet"):
        raise unknown("a format of releases", form, ("xlsx", "parquet"))
    write_release(out, rows=n_rows, seed=seed, format="parquet" if form == "parquet" else "xlsx")
    files = [str(path) for path in sorted(out.iterdir())]
    if as_json:
        print_json({"scope": "All of it is fabricated: no person in it exists.", "files": files})
        return
    say("\n".join(files))
    tell("All of it is fabricated: no person in it exists.")


def demo(
    folder: Annotated[
        Path, typer.Argument(help="New folder for the demonstration casefile.", callback=outside)
    ] = Path("demo-case"),
    n_rows: Annotated[int, typer.Option("--rows", help="Detention rows to fabricate.", min=300)] = 5000,
    seed: Annotated[int, typer.Option(help="Seed of the fabricated release.")] = 7,
    engine: Annotated[str, typer.Option(help="duckdb or spark.")] = "duckdb",
) -> None:
    """Build a casefile from a fabricated release and show what it finds, fault by planted fault."""
    from paradero.demo import show_demo

    missed = show_demo(
        folder, rows=n_rows, seed=seed, engine=engine_named(engine), say=say, table=print_table
    )
    if missed:
        raise typer.Exit(1)
