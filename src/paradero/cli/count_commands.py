"""headcount, reconcile: counts with their definition, and published figures held against them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from paradero.cli.options import AsCsv, AsJson, Limit, Output, Release, case_of, shown_at_most
from paradero.cli.output import Findings, Form, form_of, print_rows, print_table, say, tell


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    for command in (headcount, definitions, reconcile):
        app.command()(command)


def headcount(
    context: typer.Context,
    definition: Annotated[str, typer.Option(help="Name of a definition (see `paradero definitions`), or a definition file ending in .toml.")] = "ddp-midnight",
    by: Annotated[
        str, typer.Option(help="Column to group by: detention_facility_code, state, citizenship_country, …, or everywhere.")
    ] = "detention_facility_code",
    release: Release = None,
    first: Annotated[Optional[str], typer.Option("--from", help="First day shown: 2025-01-01.")] = None,  # noqa: UP045
    last: Annotated[Optional[str], typer.Option("--to", help="Last day shown.")] = None,  # noqa: UP045
    output: Output = None,
    limit: Limit = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Persons or placements held per day under a named definition, with lower and upper bounds from missing ends."""
    from paradero.casefile.counting import between, missing_ends
    from paradero.casefile.counting import headcount as count_heads
    from paradero.casefile.tables import open_tables
    from paradero.custody.definitions import definition_of, read_definition
    from paradero.exports import export
    from paradero.reports.receipts import note_of

    chosen = (
        read_definition(Path(definition).read_bytes(), file=definition)
        if definition.endswith(".toml") and Path(definition).is_file()
        else definition_of(definition)
    )
    form = form_of(as_json, as_csv)
    with open_tables(case_of(context)) as built:
        relation = between(count_heads(built, chosen, by=by, release=release), first, last).order(f"{by} NULLS FIRST, date")
        if output is not None:
            formulas = export(relation, output, name="headcount", note=note_of(built, f"headcount {chosen.definition} by {by}: {chosen.title}"))
            if formulas:
                tell(formulas)
            tell(f"wrote {output}: {chosen.definition} by {by} ({chosen.unit})")
            return
        missing = missing_ends(built, release)
        relation.create("counted")
        total = built.rows("SELECT count(*) AS n FROM counted")[0]["n"]
        wanted = shown_at_most(limit, form)
        most = f" LIMIT {wanted}" if wanted else ""
        rows = built.rows(f"SELECT * FROM counted ORDER BY {by} NULLS FIRST, date{most}")
        scope, digest = built.receipt.scope, built.receipt.digest
    if form is Form.TEXT:
        say(f"{chosen.definition}: {chosen.title}\nunit: {chosen.unit}; n_lo and n_hi are what the record shows and what it allows")
        say(_rests_on(missing))
    columns = [by, "date", "n", "n_lo", "n_hi"]
    about = {
        "definition": chosen.definition,
        "title": chosen.title,
        "citation": chosen.citation,
        "unit": chosen.unit,
        "by": by,
        "digest": digest,
        "rests_on": missing,
    }
    print_rows(rows, columns if form is Form.TEXT else [*columns, "definition", "unit", "release"], form, banner=scope, total=total, about=about)


def _rests_on(missing: dict[str, int]) -> str:
    """Say how much of a count is imputed."""
    words = f"rests on {missing['n_rows']:,} detention rows: {missing['without_book_out']:,} without a book-out, {missing['without_book_in']:,} without a book-in, {missing['without_person']:,} without a person id"
    if missing["without_book_out"] == missing["n_rows"]:
        words += "\nWARNING: no row has a book-out. n is what the definition puts in its place, not what anybody recorded"
    return words + "\n"


def definitions(as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    """The headcount definitions: what each counts, when in the day, and what stands for a missing book-out."""
    from paradero.custody.definitions import definitions as all_definitions

    rows = [
        {
            "definition": each.definition,
            "unit": each.unit,
            "at": each.at,
            "without_person": each.without_person,
            "open_until": each.open_until,
            "title": each.title,
            "citation": each.citation,
        }
        for each in all_definitions().values()
    ]
    print_rows(rows, ["definition", "unit", "at", "without_person", "open_until"], form_of(as_json, as_csv), banner="definitions count nothing by themselves")


def reconcile(
    context: typer.Context,
    status: Annotated[Optional[str], typer.Option(help="List the rows whose status begins so: conflict, impossible, explained, not published.")] = None,  # noqa: UP045
    limit: Limit = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Published figures against the records: what agrees, what is explained, what contradicts. Exit code 2 where something contradicts."""
    from paradero.reports.reconciling import reconciled

    form = form_of(as_json, as_csv)
    found = reconciled(case_of(context), status=status, limit=shown_at_most(limit, form))
    if form is Form.TEXT:
        print_table(found.summary, ["what", "file_name", "definition", "release", "status", "n"])
        say()
    columns = ["what", "status", "facility", "when", "against", "definition", "published", "n", "n_lo", "n_hi", "address"]
    about = {"digest": found.digest, "summary": found.summary, "contradictions": found.contradictions}
    print_rows(found.rows, columns, form, banner=found.scope, total=found.total, about=about)
    if found.contradictions:
        raise Findings
