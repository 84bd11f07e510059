"""figures, report, exhibit, bundle, cite, rows, explain, export, synth, demo: numbers and ways out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from paradero.cli.exporting import export
from paradero.cli.options import (
    AsCsv,
    AsJson,
    Language,
    Limit,
    ProfileName,
    Publish,
    Release,
    case_of,
    engine_named,
    outside,
    publishing_of,
    shown_at_most,
)
from paradero.cli.output import (
    Form,
    form_of,
    print_answer,
    print_csv,
    print_json,
    print_listed,
    print_table,
    say,
    tell,
)
from paradero.disclosure.asked import Publishing
from paradero.model.answer import row_of

_FIGURE_COLUMNS = ["id", "title", "unit", "lo", "hi", "judged", "n_basis", "answer"]
_PUBLISHED_COLUMNS = ["id", "title", "unit", "lo", "hi", "rounding"]

Name = Annotated[str, typer.Argument(help="Of --about: the id, the facility's code.", show_default=False)]
About = Annotated[
    str,
    typer.Option("--about", help="case, person ID, facility CODE, company NAME, order, event or flight ID."),
]


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    for command in (figures, report, exhibit, bundle, cite, rows, explain, export, synth, demo):
        app.command()(command)


def figures(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(help="Only figures of these kinds: unaccounted-people, cost, …")
    ] = None,
    limit: Limit = None,
    publish: Publish = False,
    profile: ProfileName = None,
    language: Language = "en",
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Every published number with its bounds, and how many rows or statements it rests on."""
    from paradero.figures.answered import Asked
    from paradero.figures.computing import figures_of
    from paradero.figures.definitions import definitions
    from paradero.model.naming import unknown

    for name in names or ():
        if name not in definitions():
            raise unknown("a kind of figure", name, definitions())
    form = form_of(as_json, as_csv)
    publishing = publishing_of(publish, profile)
    if publishing is not None:
        _print_published(Asked(case_of(context)), tuple(names or ()), publishing, language, form)
        return
    found = figures_of(Asked(case_of(context)), only=tuple(names or ()))
    most = shown_at_most(limit, form)
    rows = found.rows[: most or None]
    if form is Form.JSON:
        print_json({**found.as_json(), "rows": rows})
    elif form is Form.CSV:
        print_csv(rows, _FIGURE_COLUMNS)
    else:
        print_table([{**row.as_json(), **_printed(row.lo, row.hi)} for row in rows], _FIGURE_COLUMNS[:5])
        if len(rows) < len(found.rows):
            say(f"… {len(found.rows) - len(rows):,} more figures: --limit 0 shows all")
        for why in dict.fromkeys(found.absent.values()):
            say(f"Not here: {why}")
        say(f"\nScope: {found.scope}")


def _print_published(
    asked: Any, names: tuple[str, ...], publishing: Publishing, language: str, form: Form
) -> None:
    """Print figures as they leave: all of them, and what was left out."""
    from paradero.disclosure.figures import printed_bounds, publish_figures

    found, _ = publish_figures(asked, names, publishing, language)
    if form is Form.JSON:
        print_json(found)
    elif form is Form.CSV:
        rows = [{**row.as_json(), "disclosure_control": found.disclosure_control} for row in found.rows]
        print_csv(rows, [*_PUBLISHED_COLUMNS, "disclosure_control"])
    else:
        print_table([{**row.as_json(), **printed_bounds(row)} for row in found.rows], _PUBLISHED_COLUMNS)
        for each in found.refused:
            say(f"Left out: {each}")
        say(f"\n{found.disclosure_control}")
        if found.scope:  # it may say whom a list is about, and then it stays
            say(f"Scope: {found.scope}")


def _printed(lo: float | None, hi: float | None) -> dict[str, str]:
    return {name: "not known" if value is None else f"{value:,}" for name, value in (("lo", lo), ("hi", hi))}


def report(
    context: typer.Context,
    output: Annotated[
        Path,
        typer.Option("-o", "--output", help="The file to write: .html, .pdf or .docx.", callback=outside),
    ],
    name: Name = "",
    about: About = "case",
    release: Release = None,
    language: Language = "en",
    publish: Publish = False,
    profile: ProfileName = None,
    as_json: AsJson = False,
) -> None:
    """Write a report: one file that opens from disk, every number a link to what it rests on."""
    from paradero.reports.written import write_report

    case = case_of(context)
    publishing = publishing_of(publish, profile)
    page = write_report(case, about, name, output, language=language, release=release, publishing=publishing)
    if as_json:
        print_json(
            {
                "scope": case.settings().scope,
                "file": str(output),
                "title": page,
                "bytes": output.stat().st_size,
            }
        )
    else:
        say(f"{output}: {page}")


def exhibit(
    context: typer.Context,
    verdicts: Annotated[list[str], typer.Argument(help="Ids of verdicts, as `paradero audit` prints them.")],
    output: Annotated[
        Path,
        typer.Option("-o", "--output", help="The file to write: .docx, .pdf or .html.", callback=outside),
    ],
    language: Language = "en",
    publish: Publish = False,
    profile: ProfileName = None,
) -> None:
    """Write numbered exhibits on verdicts: each fact with the number of its source, what was not read in its
    source marked, and a form of declaration.
    """
    from paradero.reports.written import write_exhibits

    publishing = publishing_of(publish, profile)
    title = write_exhibits(case_of(context), verdicts, output, language=language, publishing=publishing)
    say(f"{output}: {title}")


def bundle(
    context: typer.Context,
    output: Annotated[Path, typer.Option("-o", "--output", help="The zip file to write.", callback=outside)],
    name: Name = "",
    about: About = "case",
    release: Release = None,
    publish: Publish = False,
    profile: ProfileName = None,
    as_json: AsJson = False,
) -> None:
    """Write a bundle for discovery: the report, the rows it cites as received, hashes, the log, and how to
    check all of it without paradero.
    """
    from paradero.answers.digests import digest_of_case
    from paradero.reports.bundle import write_bundle

    case = case_of(context)
    publishing = publishing_of(publish, profile)
    made = write_bundle(case, output, about=about, name=name, release=release, publishing=publishing)
    if as_json:
        print_answer(made, digest=digest_of_case(case), scope=case.settings().scope)
    else:
        say(f"{output}: {made.n_files} files, {made.n_rows:,} rows as received; hash of hashes {made.sums}")


def cite(
    context: typer.Context,
    what: Annotated[
        str | None, typer.Argument(help="A figure's id or a table; nothing cites the whole casefile.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """The citation of a figure, a table or the casefile, ready to paste."""
    from paradero.answers.digests import digest_of_case
    from paradero.figures.citing import citation_of

    case = case_of(context)
    found = citation_of(case, what)
    if as_json:
        print_answer(found, digest=digest_of_case(case), scope=case.settings().scope)
    else:
        say(found.text)


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
        str | None, typer.Argument(help="A table, a figure's id, or a person's id; nothing lists all tables.")
    ] = None,
    sql: Annotated[bool, typer.Option("--sql/--no-sql", help="Show the steps' SQL.")] = True,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """The steps that made a table, in order, with their SQL, row counts and digests; of a figure what it
    counts and every row and statement it rests on.
    """
    from paradero.answers.digests import digest_of_case
    from paradero.answers.explaining import explained, table_list
    from paradero.cli.figure_text import print_figure
    from paradero.figures.definitions import definitions

    case = case_of(context)
    form = form_of(as_json, as_csv)
    if what is not None and what.partition("/")[0] in definitions():
        print_figure(case, what, form)
        return
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
