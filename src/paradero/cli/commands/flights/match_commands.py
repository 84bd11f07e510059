"""flights match: legs of files against the missions, manifests, transfers and removals of a built
casefile.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from paradero.cli.commands.flights.flight_commands import (
    Date,
    From,
    Hex,
    Processes,
    Registers,
    Tail,
    To,
    days_asked,
    flights,
    tell_unread,
)
from paradero.cli.options import AsJson, Limit, case_of, shown_at_most
from paradero.cli.output import Form, print_answer


def register(_app: typer.Typer) -> None:
    """Add these commands to `paradero flights`."""
    flights.command()(match)


def match(
    context: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Files of positions and flight lists; none: only manifests against the books."),
    ] = None,
    within_km: Annotated[
        float, typer.Option("--within-km", help="How far a facility may lie from its airport.", min=0)
    ] = 150,
    within_hours: Annotated[
        float,
        typer.Option(
            "--within-hours",
            help="How long before take-off a book-out, how long after landing a book-in may be.",
            min=0,
        ),
    ] = 24,
    late_minutes: Annotated[
        float,
        typer.Option(
            "--late-minutes",
            help=(
                "How long after take-off a book-out, before landing a book-in may be entered and yet be"
                " possible."
            ),
            min=0,
        ),
    ] = 0,
    hex_code: Hex = None,
    tail: Tail = None,
    date: Date = None,
    from_date: From = None,
    to_date: To = None,
    registers: Registers = None,
    processes: Processes = 1,
    limit: Limit = None,
    as_json: AsJson = False,
) -> None:
    """Which missions, manifests, transfers and removals each leg may have been: with class, distance and
    rivals; and what nothing matches.
    """
    from paradero.answers.digests import digest_of_case
    from paradero.answers.flights.flight_matches import matches
    from paradero.answers.flights.flown import flown_of_files, span_about
    from paradero.cli.match_text import print_matches
    from paradero.flights.files import Wanted
    from paradero.flights.matching.matching import Limits

    days = days_asked(date, from_date, to_date)
    limits = Limits(within_km=within_km, within_hours=within_hours, late_minutes=late_minutes)
    read = flown_of_files(
        files or (),
        days=days,
        wanted=Wanted(hex=hex_code, registration=tail),
        registers=registers or (),
        processes=processes,
    )
    tell_unread(read.unread, None)
    case = case_of(context)
    found = matches(case, read.flown, span=span_about(read.flown, days), limits=limits)
    if as_json:
        print_answer(found, scope=case.settings().scope, digest=digest_of_case(case))
    else:
        print_matches(found, shown_at_most(limit, Form.TEXT) or None)
