"""person, unaccounted, conflicts, transfers: custody histories and what does not balance in them."""

from __future__ import annotations

from typing import Annotated

import typer

from paradero.cli.options import AsCsv, AsJson, Limit, Release, case_of
from paradero.cli.output import Form, form_of, print_csv, print_json, say
from paradero.model.time.clock import parse_time

_WHEREABOUTS = [
    "release",
    "unique_identifier",
    "state",
    "since",
    "until",
    "facility",
    "to_facility",
    "reason",
    "address",
    "next_address",
]
_EVENTS = ["release", "unique_identifier", "event", "at", "facility", "detail", "address"]
ARREST_RULES = ("ddp-window", "strictly-preceding", "episode")


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    for command in (person, unaccounted, conflicts, transfers):
        app.command()(command)


def person(
    context: typer.Context,
    identifier: Annotated[str, typer.Argument(help="The person's id in the release (unique_identifier).")],
    at: Annotated[
        str | None,
        typer.Option("--at", help="Where was the person at this time: 2025-03-15, 2025-03-15T17:42."),
    ] = None,
    release: Release = None,
    arrest_rule: Annotated[
        str, typer.Option(help=f"How arrests are joined to stays: {', '.join(ARREST_RULES)}.")
    ] = "ddp-window",
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """One person's custody history, every line with its source row."""
    from paradero.answers.people.events import events_of, placed_of
    from paradero.answers.people.history import TABLES, Histories, history_of, person_numbers
    from paradero.answers.people.whereabouts import Asked, whereabouts
    from paradero.building.tables import open_tables
    from paradero.model.naming import unknown
    from paradero.reports.text.person_text import history_text, whereabouts_text

    if arrest_rule not in ARREST_RULES:
        raise unknown("a rule by which arrests are joined to stays", arrest_rule, ARREST_RULES)
    span = None if at is None else parse_time(at)
    form = form_of(as_json, as_csv)
    with open_tables(case_of(context), *TABLES, threads=1) as built:
        found = []
        for one in person_numbers(built, identifier, release):
            where = None
            if at is not None and span is not None:
                where = Asked(asked=at, whereabouts=whereabouts(built, one.person_no, *span))
            found.append(history_of(built, one.person_no, at=where))
        answer = Histories(scope=built.receipt.scope, digest=built.receipt.digest, persons=found)
    if form is Form.JSON:
        print_json(answer)
    elif form is Form.CSV and span:
        print_csv([row for history in found for row in placed_of(history)], _WHEREABOUTS)
    elif form is Form.CSV:
        print_csv([event for history in found for event in events_of(history)], _EVENTS)
    else:
        for history in found:
            say(whereabouts_text(history) if span else history_text(history, arrest_rule=arrest_rule))
            say()
        if len(found) > 1:
            say(
                "This id occurs in several releases; ids of different releases are different people until"
                " linked."
            )
        say(f"Scope: {answer.scope}")


def unaccounted(
    context: typer.Context,
    release: Release = None,
    limit: Limit = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Intervals in which the records name no custodian though nothing ended custody."""
    from paradero.answers.people.listing import UNACCOUNTED
    from paradero.cli.listing_text import print_listed

    columns = [
        "unique_identifier",
        "since",
        "until",
        "length",
        "reason",
        "detention_facility_code",
        "last_row_address",
        "next_row_address",
    ]
    print_listed(
        case_of(context), UNACCOUNTED, columns, {"release": release}, limit, form_of(as_json, as_csv)
    )


def conflicts(
    context: typer.Context,
    release: Release = None,
    kind: Annotated[
        str | None, typer.Option(help="Only this kind: overlap, inversion, two_places, …")
    ] = None,
    grade: Annotated[str | None, typer.Option(help="Only this grade: trace, minor, serious, severe.")] = None,
    limit: Limit = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Records of one person that cannot all be true, graded by size."""
    from paradero.answers.people.listing import CONFLICTS
    from paradero.cli.listing_text import print_listed

    columns = ["kind", "grade", "size", "unique_identifier", "row_a_address", "row_b_address"]
    print_listed(
        case_of(context),
        CONFLICTS,
        columns,
        {"release": release, "kind": kind, "grade": grade},
        limit,
        form_of(as_json, as_csv),
    )


def transfers(
    context: typer.Context,
    release: Release = None,
    status: Annotated[
        str | None,
        typer.Option(
            help="Only this status: signed, late, early, no book-out, no book-in, cannot be judged, unsigned."
        ),
    ] = None,
    limit: Limit = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Both sides of each move: who booked out, who booked in, whether the books meet."""
    from paradero.answers.people.listing import TRANSFERS
    from paradero.cli.listing_text import print_listed

    columns = [
        "status",
        "from_facility_code",
        "to_facility_code",
        "left_at",
        "arrived_at",
        "length",
        "detention_release_reason",
        "from_row_address",
        "to_row_address",
    ]
    print_listed(
        case_of(context),
        TRANSFERS,
        columns,
        {"release": release, "status": status},
        limit,
        form_of(as_json, as_csv),
    )
