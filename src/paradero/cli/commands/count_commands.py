"""headcount, reconcile: counts with their definition, and published figures held against them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from paradero.cli.options import AsCsv, AsJson, Limit, Output, Release, case_of, shown_at_most
from paradero.cli.output import (
    Findings,
    Form,
    form_of,
    print_csv,
    print_json,
    print_rows,
    print_table,
    say,
    tell,
)
from paradero.custody.definitions import Definition
from paradero.model.errors import UnknownName


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    for command in (headcount, definitions, reconcile):
        app.command()(command)


def headcount(
    context: typer.Context,
    definition: Annotated[
        str,
        typer.Option(
            help="Name of a definition (see `paradero definitions`), or a definition file ending in .toml."
        ),
    ] = "ddp-midnight",
    by: Annotated[
        str,
        typer.Option(
            help="Column to group by: detention_facility_code, state, citizenship_country, …, or everywhere."
        ),
    ] = "detention_facility_code",
    facility: Annotated[
        str | None, typer.Option(help="Only these facilities: a code, or a part of a name.")
    ] = None,
    on: Annotated[str | None, typer.Option(help="Only this day: 2025-01-01.")] = None,
    release: Release = None,
    first: Annotated[str | None, typer.Option("--from", help="First day shown: 2025-01-01.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last day shown.")] = None,
    assuming: Annotated[
        list[str] | None,
        typer.Option(
            help=(
                "Leave a cause of doubt out of the bounds (placed, identified, held, …); it is printed beside"
                " every number."
            )
        ),
    ] = None,
    sort: Annotated[
        str | None, typer.Option(help="Order of the rows: place, n (largest first) or date; n with --on.")
    ] = None,
    output: Output = None,
    limit: Limit = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Persons or placements held per day under a named definition, with lower and upper bounds and what makes
    them wide.
    """
    from paradero.answers.counts import headcounts
    from paradero.building.tables import open_tables
    from paradero.cli.headcount_text import print_headcount
    from paradero.disclosure.marking import note_of_unpublished
    from paradero.exports import export
    from paradero.reports.receipts import note_of

    if on is not None and (first is not None or last is not None):
        raise UnknownName("`--on` and `--from` or `--to` cannot be combined. Choose one.")
    chosen, form = _definition(definition), form_of(as_json, as_csv)
    asked = headcounts.Asked(
        definition=chosen,
        by=by,
        release=release,
        first=on or first,
        last=on or last,
        facility=facility,
        assuming=tuple(assuming or ()),
        sort=sort or ("n" if on else "place"),
    )
    with open_tables(case_of(context), "sources") as built:
        found = headcounts.counted(built, asked)
        if output is not None and found.relation is not None:
            scope = " ".join(part for part in (built.receipt.scope, found.scope) if part)
            note = note_of(built, f"headcount {chosen.definition} by {by}: {chosen.title}") | {"scope": scope}
            note |= note_of_unpublished(built.case, "en")
            formulas = export(found.relation, output, name="headcount", note=note)
            if formulas:
                tell(formulas)
            tell(
                f"wrote {output}: {chosen.definition} by {by} ({chosen.unit})"
                + (f". {found.scope}" if found.scope else "")
            )
            return
        is_named = facility is not None or on is not None
        answer, totals = headcounts.headcounts(
            built,
            found,
            asked,
            limit=shown_at_most(limit, form),
            nobody=form is not Form.TEXT or first is not None or on is not None,
            most_published=(10 if form is Form.TEXT else 0) if is_named else None,
        )
    if form is Form.JSON:
        print_json(answer)
    elif form is Form.CSV:
        print_csv(answer.rows, found.columns)
    else:
        print_headcount(answer, found, totals)


def _definition(name: str) -> Definition:
    from paradero.custody.definitions import definition_of, read_definition

    if name.endswith(".toml") and Path(name).is_file():
        return read_definition(Path(name).read_bytes(), file=name)
    return definition_of(name)


def definitions(as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    """The headcount definitions: what each counts, when in the day, and what stands for a missing
    book-out.
    """
    from paradero.answers.counts.defining import definition_list

    found = definition_list()
    form = form_of(as_json, as_csv)
    if form is Form.JSON:
        print_json(found)
        return
    columns = ["definition", "unit", "at", "without_person", "open_until"]
    print_rows(found.rows, columns, form, banner=found.scope)


def reconcile(
    context: typer.Context,
    status: Annotated[
        str | None,
        typer.Option(
            help="List the rows whose status begins so: conflict, impossible, explained, not published."
        ),
    ] = None,
    limit: Limit = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Published figures against the records: what agrees, what is explained, what contradicts. Exit code 2
    where something contradicts.
    """
    from paradero.answers.counts.reconciling import reconciled

    form = form_of(as_json, as_csv)
    found = reconciled(case_of(context), status=status, limit=shown_at_most(limit, form))
    if form is Form.TEXT:
        print_table(found.summary, ["what", "file_name", "definition", "release", "status", "n"])
        say()
    columns = [
        "what",
        "status",
        "facility",
        "when",
        "against",
        "definition",
        "published",
        "n",
        "n_lo",
        "n_hi",
        "address",
    ]
    if form is Form.JSON:
        print_json(found)
    else:
        print_rows(found.rows, columns, form, banner=found.scope, total=found.n_rows)
    if found.contradictions:
        raise Findings
