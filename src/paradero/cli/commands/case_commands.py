"""new, add, build, status, verify: the casefile itself."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from paradero.casefile.folder import Casefile
from paradero.cli.commands.add_command import add
from paradero.cli.options import AsCsv, AsJson, case_of, engine_named, outside
from paradero.cli.output import Findings, Form, form_of, print_csv, print_json, print_table, progress_bar, say
from paradero.model.answer import Answer, row_of

_RELEASES = [
    "release",
    "first_event",
    "covered_from",
    "released_at",
    "released_at_from",
    "persons",
    "stays",
    "unaccounted",
    "conflicts",
]
_WIDEST = 100  # letters of a listing's cell; --json has them all


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    for command in (new, add, build, status, verify):
        app.command()(command)


def new(
    folder: Annotated[Path, typer.Argument(help="The new folder.", callback=outside)],
    title: Annotated[str | None, typer.Option(help="What the case is about.")] = None,
    scope: Annotated[
        str | None, typer.Option(help="The scope banner: what the records cover and what not.")
    ] = None,
    example: Annotated[
        str | None, typer.Option("--from", help="Begin with a case that comes with paradero: cecot-2025.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make an empty casefile, or one that begins with a case that comes with paradero."""
    from paradero.casefile.examples import create_from
    from paradero.casefile.folder import DEFAULT_SCOPE, create

    case = (
        create_from(folder, example, title=title)
        if example
        else create(folder, title=title, scope=scope or DEFAULT_SCOPE)
    )
    if as_json:
        settings = case.settings()
        print_json({"root": str(case.root.resolve()), "title": settings.title, "scope": settings.scope})
    elif example:
        say(f"Made a casefile from {example} in {folder}. Next: cd {folder}; paradero audit")
    else:
        say(f"Made an empty casefile in {folder}. Next: cd {folder}; paradero add FILE...; paradero build")


def build(
    context: typer.Context,
    engine: Annotated[str, typer.Option(help="Where the steps run: duckdb or spark.")] = "duckdb",
    master: Annotated[str | None, typer.Option(help="Spark's master; else this machine.")] = None,
    threads: Annotated[int | None, typer.Option(help="Cores to use; else all.", min=1)] = None,
    memory: Annotated[str | None, typer.Option(help="Memory to use, such as 2GB; else most of it.")] = None,
    as_json: AsJson = False,
) -> None:
    """Rebuild every table that its sources, settings or steps have changed."""
    from paradero.building.building import build as build_all

    chosen = engine_named(engine)
    advance, finish = progress_bar("building")
    try:
        receipt, changed = build_all(
            case_of(context), engine=chosen, master=master, threads=threads, memory=memory, progress=advance
        )
    finally:
        finish()
    if as_json:
        tables = {table.name: {"rows": table.rows, "sha256": table.sha256} for table in receipt.tables}
        print_json(
            {
                "scope": receipt.scope,
                "digest": receipt.digest,
                "changed": changed,
                "engine": receipt.engine,
                "seconds": receipt.seconds,
                "tables": tables,
            }
        )
        return
    done = (
        f"built {len(receipt.tables)} tables on {receipt.engine} in {receipt.seconds:.1f} s"
        if changed
        else "nothing changed since the last build"
    )
    say(f"{done}\nbuild digest {receipt.digest}")


def status(context: typer.Context, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    """Sources, releases, rows in, kept, flagged and rejected, coverage, schema drift, digest."""
    from paradero.answers.status import status_of

    case = case_of(context)
    found = status_of(case)
    form = form_of(as_json, as_csv)
    if form is Form.JSON:
        print_json(found)
        return
    columns = [
        "source",
        "file_name",
        "kinds",
        "release",
        "rows_in",
        "rows_kept",
        "rows_blank",
        "rows_outside",
        "rows_flagged",
        "cells_rejected",
        "first",
        "last",
    ]
    if form is Form.CSV:
        print_csv(found.sources, columns)
        return
    say(f"{found.title}\n")
    print_table(found.sources, columns)
    _say_published(case)
    _say_reading([source.as_json() for source in found.sources])
    if found.documents:
        say("\nDocuments")
        print_table(
            [
                {**row_of(row), "pages_without_text": len(row.pages_without_text or ())}
                for row in found.documents
            ],
            ["document", "file_name", "format", "pages", "pages_without_text", "mentions"],
        )
    _say_rows("Releases", found.releases, _RELEASES)
    _say_rows("Schema drift", found.drift, ["source", "what", "columns", "sheets"])
    _say_rows("Rejects", found.rejects, ["source", "column", "problem", "cells"])
    _say_rows(
        "Withheld by paradero: what names or numbers a person",
        found.withheld,
        ["source", "sheet", "header", "kind", "cells"],
    )
    for warning in found.warnings:
        say(f"\nNote: {warning}")
    say(f"\nbuild: {found.build}")
    say(
        f"casefile digest: {found.casefile_digest}\n  of every file of the casefile and its build; pages and"
        " citations carry its first 12 letters"
    )
    built = (
        f"{found.digest}\n  of the tables alone, as `build` and `verify` print it" if found.digest else "none"
    )
    say(f"build digest: {built}\n\nScope: {found.scope}")


def _say_published(case: Casefile) -> None:
    """How many publications are registered, where there are any; what is wrong with them is a warning."""
    from paradero.casefile.published import check_published, has_published
    from paradero.model.errors import CasefileError

    with contextlib.suppress(CasefileError):
        if has_published(case):
            say(f"Published: {check_published(case)}")


def _say_rows(title: str, rows: Sequence[Answer], columns: list[str]) -> None:
    if rows:
        say(f"\n{title}")
        print_table(rows, columns, widest=_WIDEST)


def _say_reading(sources: list[dict[str, Any]]) -> None:
    """File by file: what became of its rows, and what was assumed in reading it."""
    from paradero.reports.text.reading import reading_lines

    for source in sources:
        lines = reading_lines(source)
        if lines:
            say(f"\n{source['file_name']}")
        for line in lines:
            say(f"  {line}")


def verify(
    context: typer.Context,
    quick: Annotated[
        bool,
        typer.Option(
            "--quick", help="Hash every file and compare; build, judge and ask nothing again. Seconds."
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check every file against its hash, build again from nothing to the same digest, judge and answer again
    what was kept.
    """
    from paradero.answers.digests import digest_of_case
    from paradero.answers.verification.verifying import verify as verify_all

    case = case_of(context)
    done = verify_all(case, quick=quick)
    if as_json:
        # of a casefile that is not what it was nothing is asked
        digest = digest_of_case(case) if done.verified else None
        print_json({"scope": case.settings().scope, "digest": digest, **done.as_json()})
    else:
        for one in done.checks:
            say(f"{'FAILED' if one.failed else 'ok    '} {one.check}: {one.found}")
    if not done.verified:
        raise Findings
