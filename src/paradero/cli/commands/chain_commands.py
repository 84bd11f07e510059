"""person, unaccounted, conflicts, transfers: chains of custody and what does not balance in them."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from paradero.cli.options import AsCsv, AsJson, Limit, Release, case_of, shown_at_most
from paradero.cli.output import Form, form_of, print_csv, print_json, print_rows, say
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
    from paradero.answers.people import person as chains
    from paradero.answers.people.whereabouts import whereabouts
    from paradero.building.tables import open_tables
    from paradero.model.naming import unknown
    from paradero.reports.text.person_text import chain_text, whereabouts_text

    if arrest_rule not in ARREST_RULES:
        raise unknown("a rule by which arrests are joined to stays", arrest_rule, ARREST_RULES)
    span = None if at is None else parse_time(at)
    form = form_of(as_json, as_csv)
    with open_tables(case_of(context), *chains.TABLES, threads=1) as built:
        found = []
        for row in chains.person_numbers(built, identifier, release):
            chain = chains.chain_of(built, row["person_no"])
            chain["at"] = (
                {"asked": at, "whereabouts": whereabouts(built, row["person_no"], *span)} if span else None
            )
            found.append(chain)
        scope = built.receipt.scope
        digest = built.receipt.digest
    if form is Form.JSON:
        print_json({"scope": scope, "digest": digest, "persons": found})
    elif form is Form.CSV:
        columns = _WHEREABOUTS if span else _EVENTS
        print_csv([row for chain in found for row in (_places(chain) if span else _events(chain))], columns)
    else:
        for chain in found:
            say(whereabouts_text(chain) if span else chain_text(chain, arrest_rule=arrest_rule))
            say()
        if len(found) > 1:
            say(
                "This id occurs in several releases; ids of different releases are different people until"
                " linked."
            )
        say(f"Scope: {scope}")


def _places(chain: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"release": chain["release"], "unique_identifier": chain["unique_identifier"], **row}
        for row in chain["at"]["whereabouts"]
    ]


def _events(chain: dict[str, Any]) -> list[dict[str, Any]]:
    base = {"release": chain["release"], "unique_identifier": chain["unique_identifier"]}
    events = [
        base
        | {
            "event": "arrest",
            "at": row["arrested_at"],
            "detail": row["apprehension_method"],
            "address": row["address"],
        }
        for row in chain["arrests"]
    ]
    for stay in chain["stays"]:
        for stint in stay["stints"]:
            place = base | {"facility": stint["detention_facility_code"], "address": stint["address"]}
            events.append(
                place | {"event": "book_in", "at": stint["book_in"], "detail": stint["detention_facility"]}
            )
            if stint["book_out"]:
                events.append(
                    place
                    | {
                        "event": "book_out",
                        "at": stint["book_out"],
                        "detail": stint["detention_release_reason"],
                    }
                )
        end = stay["end"]
        events.append(
            base
            | {
                "event": f"end: {end['kind']}",
                "at": end["lo"] or end["unaccounted_since"],
                "detail": end["reason"],
                "address": stay["stints"][-1]["address"],
            }
        )
    events += [
        base
        | {
            "event": "departure",
            "at": row["departed"],
            "detail": row["departure_country"],
            "address": row["address"],
        }
        for row in chain["removals"]
    ]
    return sorted(events, key=lambda event: (event["at"] or "", event["event"], event["address"]))


def unaccounted(
    context: typer.Context,
    release: Release = None,
    limit: Limit = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Intervals in which the records name no custodian though nothing ended custody."""
    from paradero.answers.people.listing import UNACCOUNTED

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
    _print_listed(context, UNACCOUNTED, columns, {"release": release}, limit, form_of(as_json, as_csv))


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

    columns = ["kind", "grade", "size", "unique_identifier", "row_a_address", "row_b_address"]
    _print_listed(
        context,
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
    _print_listed(
        context, TRANSFERS, columns, {"release": release, "status": status}, limit, form_of(as_json, as_csv)
    )


def _print_listed(
    context: typer.Context,
    listing: Any,
    columns: list[str],
    only: dict[str, str | None],
    limit: int | None,
    form: Form,
) -> None:
    from paradero.answers.people.listing import listed

    found = listed(case_of(context), listing, only=only, limit=shown_at_most(limit, form))
    if form is Form.TEXT:
        for count in found.counts:
            say(f"{count['n']:>9,}  {', '.join(str(value) for key, value in count.items() if key != 'n')}")
        if found.total is not None:
            say(f"{found.total:>9,}  {listing.table} in all")
        for line in found.cannot_be_judged:
            say(f"           {line}")
        say()
    about = {
        "table": listing.table,
        "digest": found.digest,
        "counts": found.counts,
        "cannot_be_judged": found.cannot_be_judged,
    }
    if found.total is None:
        about["n_rows"] = None
    print_rows(
        found.rows,
        columns if form is Form.TEXT else found.columns,
        form,
        banner=found.scope,
        total=found.total,
        about=about,
    )
