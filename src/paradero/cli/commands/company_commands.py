"""exposure and companies: who operates, owns, carries and supplies; graphs of companies in and out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from paradero.cli.menu import VerbsHelp
from paradero.cli.options import AsCsv, AsJson, Language, Limit, case_of, outside, shown_at_most
from paradero.cli.output import Form, form_of, print_csv, print_json, print_rows, say, tell
from paradero.model.answer import columns_of

companies_app = typer.Typer(
    cls=VerbsHelp,
    help="Companies of the casefile: list, write out, take in.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    app.command()(exposure)
    app.add_typer(companies_app, name="companies")


def exposure(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            help="A company, a facility (code or name), a tail, an award, a flight of the casefile's events."
        ),
    ],
    limit: Limit = None,
    language: Language = "en",
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Show the paths from who owns and holds contracts to what is run, carried and supplied, each step with
    its evidence and dates.

    Steps whose times cannot meet make no path. A name that is merely alike is shown as a candidate and joined
    to nothing.
    """
    from paradero.answers.companies.company_graph import graph_of
    from paradero.answers.companies.exposure import exposure_of
    from paradero.answers.digests import digest_of_case
    from paradero.answers.words import Words
    from paradero.reports.text.exposure_text import STEP_COLUMNS, exposure_text, step_lines

    words, form, case = Words(language), form_of(as_json, as_csv), case_of(context)
    graph = graph_of(case)
    found, scope = exposure_of(graph, name), case.settings().scope
    if form is Form.JSON:
        print_json(
            {
                "scope": scope,
                "digest": graph.digest or digest_of_case(case),
                "definitions": words("exposure_definitions"),
                **found.as_json(),
            }
        )
    elif form is Form.CSV:
        print_csv(step_lines(found), STEP_COLUMNS)
    else:
        most = shown_at_most(limit, form) or found.n_paths
        say(
            exposure_text(found, words, most) + "\n\n" + words("exposure_definitions") + f"\n\nScope: {scope}"
        )


@companies_app.command("list")
def companies_list(
    context: typer.Context, limit: Limit = None, as_json: AsJson = False, as_csv: AsCsv = False
) -> None:
    """The companies of the casefile: names, identifiers, how many relations they are in, and where they are
    declared or named.
    """
    from paradero.answers.companies.companies import ListedCompany, listed_companies
    from paradero.answers.companies.company_graph import graph_of
    from paradero.answers.digests import digest_of_case
    from paradero.reports.text.companies_text import company_line

    form, case = form_of(as_json, as_csv), case_of(context)
    every = listed_companies(graph_of(case))
    rows = every[: shown_at_most(limit, form) or None]
    shown = rows if form is Form.JSON else [company_line(one) for one in rows]
    about = {"digest": digest_of_case(case)} if form is Form.JSON else None
    scope = case.settings().scope
    print_rows(shown, columns_of(ListedCompany), form, banner=scope, total=len(every), about=about)


@companies_app.command("export")
def companies_export(
    context: typer.Context,
    form: Annotated[
        str,
        typer.Option(
            "--as",
            help=(
                "ftm (FollowTheMoney entities, JSON lines) or bods (Open Ownership statements, version 0.4)."
            ),
        ),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to write.", callback=outside)],
    name: Annotated[
        str | None,
        typer.Option("--name", help="Only what lies on the paths of this company, facility or tail."),
    ] = None,
    published_on: Annotated[
        str | None,
        typer.Option(
            "--published-on", help="Day that statements say they were published; today unless given."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write the graph of companies for other tools; what a form has no place for is counted and left out."""
    from paradero.answers.companies.company_graph import graph_of
    from paradero.answers.companies.exposure import exposure_of
    from paradero.exports.companies import export_companies

    graph = graph_of(case_of(context))
    starts = tuple(party.key for party in exposure_of(graph, name).matched) if name else ()
    counts = export_companies(graph, form, output, starts=starts, published_on=_day(published_on))
    if as_json:
        print_json({"file": str(output), "form": form, "counts": counts})
    else:
        tell(f"wrote {output}: " + ", ".join(f"{n:,} {what}" for what, n in counts.items()))


def _day(text: str | None) -> str:
    from paradero.model.errors import UnknownName

    try:
        return (dt.datetime.now(dt.UTC).date() if text is None else dt.date.fromisoformat(text)).isoformat()
    except ValueError as error:
        raise UnknownName(f"`{text}` in --published-on is not a day. Write it as 2025-03-15.") from error


@companies_app.command("import")
def companies_import(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            help=(
                "FollowTheMoney entities (JSON lines) or Open Ownership statements (JSON or JSON lines; 0.2,"
                " 0.3, 0.4)."
            )
        ),
    ],
    licence: Annotated[str, typer.Option("--licence", help="Terms of the file.")] = "",
    origin: Annotated[str, typer.Option("--origin", help="Where it was taken from.")] = "",
    by: Annotated[
        str, typer.Option("--by", help="Who says what the file says, where it does not tell.")
    ] = "",
    dated: Annotated[str, typer.Option("--dated", help="Of when it is, where it does not tell.")] = "unknown",
    as_json: AsJson = False,
) -> None:
    """Take a graph of companies into the casefile as one file of companies/, whole or not at all; natural
    persons are left out and counted.
    """
    from paradero.answers.companies.company_imports import import_companies

    done = import_companies(case_of(context), file, licence=licence, origin=origin, by=by, dated=dated)
    if as_json:
        print_json(done)
    else:
        say(f"{file.name}: {done.parties:,} parties and {done.relations:,} relations into {done.written}")
        left_out = "".join(f"; {n:,} {what} left out" for what, n in done.left_out.items())
        say(f"  {done.persons_left_out:,} natural persons left out{left_out}")
