"""person, unaccounted, conflicts, transfers: chains of custody and what does not balance in them."""

from __future__ import annotations

from typing import Annotated, Any, Optional

import typer

from paradero.cli.options import AsCsv, AsJson, Limit, Release, case_of
from paradero.cli.output import Form, form_of, print_csv, print_json, print_rows, say
from paradero.model.clock import parse_time, span_text
from paradero.model.errors import UnknownName

# what makes the order of a listing total
_ROWS = {"unaccounted": "last_row, since", "conflicts": "row_a, kind, row_b", "transfers": "from_row, to_row"}
ARREST_RULES = ("ddp-window", "strictly-preceding", "episode")


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    for command in (person, unaccounted, conflicts, transfers):
        app.command()(command)


def person(
    context: typer.Context,
    identifier: Annotated[str, typer.Argument(help="The person's id in the release (unique_identifier).")],
    at: Annotated[Optional[str], typer.Option("--at", help="Where was the person at this time: 2025-03-15, 2025-03-15T17:42.")] = None,  # noqa: UP045
    release: Release = None,
    arrest_rule: Annotated[str, typer.Option(help=f"How arrests are joined to stays: {', '.join(ARREST_RULES)}.")] = "ddp-window",
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """One person's chain of custody, every line with its source row."""
    from paradero.casefile.tables import open_tables
    from paradero.reports import person as chains
    from paradero.reports.person_text import chain_text, whereabouts_text
    from paradero.reports.whereabouts import whereabouts

    if arrest_rule not in ARREST_RULES:
        raise UnknownName(f"Expected one of the rules {', '.join(ARREST_RULES)}, found `{arrest_rule}`.")
    span = parse_time(at) if at else None
    form = form_of(as_json, as_csv)
    with open_tables(case_of(context), *chains.TABLES, threads=1) as built:
        found = []
        for row in chains.person_numbers(built, identifier, release):
            chain = chains.chain_of(built, row["person_no"])
            chain["at"] = {"asked": at, "whereabouts": whereabouts(built, row["person_no"], *span)} if span else None
            found.append(chain)
        scope = built.receipt.scope
        digest = built.receipt.digest
    if form is Form.JSON:
        print_json({"scope": scope, "digest": digest, "persons": found})
    elif form is Form.CSV:
        print_csv([event for chain in found for event in _events(chain)], ["release", "unique_identifier", "event", "at", "facility", "detail", "address"])
    else:
        for chain in found:
            say(whereabouts_text(chain["at"]["whereabouts"], at or "") if span else chain_text(chain, arrest_rule=arrest_rule))
            say()
        if len(found) > 1:
            say("This id occurs in several releases; ids of different releases are different people until linked.")
        say(f"Scope: {scope}")


def _events(chain: dict[str, Any]) -> list[dict[str, Any]]:
    base = {"release": chain["release"], "unique_identifier": chain["unique_identifier"]}
    events = [base | {"event": "arrest", "at": row["arrested_at"], "detail": row["apprehension_method"], "address": row["address"]} for row in chain["arrests"]]
    for stay in chain["stays"]:
        for stint in stay["stints"]:
            place = base | {"facility": stint["detention_facility_code"], "address": stint["address"]}
            events.append(place | {"event": "book_in", "at": stint["book_in"], "detail": stint["detention_facility"]})
            if stint["book_out"]:
                events.append(place | {"event": "book_out", "at": stint["book_out"], "detail": stint["detention_release_reason"]})
        end = stay["end"]
        events.append(base | {"event": f"end: {end['kind']}", "at": end["lo"] or end["unaccounted_since"], "detail": end["reason"], "address": stay["stints"][-1]["address"]})
    events += [base | {"event": "departure", "at": row["departed"], "detail": row["departure_country"], "address": row["address"]} for row in chain["removals"]]
    return sorted(events, key=lambda event: (event["at"] or "", event["event"], event["address"]))


def unaccounted(context: typer.Context, release: Release = None, limit: Limit = 20, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    """Intervals in which the records name no custodian though nothing ended custody."""
    columns = ["unique_identifier", "since", "until", "length", "reason", "detention_facility_code", "last_row_address", "next_row_address"]
    _list_table(context, "unaccounted", columns, release, limit, form_of(as_json, as_csv), length="length_us", by="reason")


def conflicts(
    context: typer.Context,
    release: Release = None,
    kind: Annotated[Optional[str], typer.Option(help="Only this kind: overlap, inversion, two_places, …")] = None,  # noqa: UP045
    grade: Annotated[Optional[str], typer.Option(help="Only this grade: trace, minor, serious, severe.")] = None,  # noqa: UP045
    limit: Limit = 20,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Records of one person that cannot all be true, graded by size."""
    columns = ["kind", "grade", "size", "unique_identifier", "row_a_address", "row_b_address"]
    _list_table(context, "conflicts", columns, release, limit, form_of(as_json, as_csv), length="size_us", by="kind, grade", only={"kind": kind, "grade": grade})


def transfers(
    context: typer.Context,
    release: Release = None,
    status: Annotated[Optional[str], typer.Option(help="Only this status: signed, late, early, no book-out, unsigned.")] = None,  # noqa: UP045
    limit: Limit = 20,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Both sides of each move: who booked out, who booked in, whether the books meet."""
    columns = ["status", "from_facility_code", "to_facility_code", "left_at", "arrived_at", "length", "detention_release_reason", "from_row_address", "to_row_address"]
    _list_table(context, "transfers", columns, release, limit, form_of(as_json, as_csv), length="gap_us", by="status", only={"status": status})


def _list_table(
    context: typer.Context, name: str, columns: list[str], release: str | None, limit: int, form: Form, *,
    length: str, by: str, only: dict[str, str | None] | None = None,
) -> None:  # fmt: skip
    """Print a built table, the longest first, and how many there are of each sort."""
    from paradero.casefile.tables import legible, open_tables

    wanted = {column: value for column, value in {"release": release, **(only or {})}.items() if value is not None}
    with open_tables(case_of(context), name) as built:
        legible(built, name).create_view("listed")
        test = " AND ".join(f"{column} = ${column}" for column in wanted) or "TRUE"
        counts = built.rows(f"SELECT {by}, count(*) AS n FROM listed WHERE {test} GROUP BY ALL ORDER BY ALL", wanted)
        most = f" LIMIT {limit}" if limit and form is Form.TEXT else ""
        rows = built.rows(f"SELECT * FROM listed WHERE {test} ORDER BY {length} DESC NULLS FIRST, {_ROWS[name]}{most}", wanted)
        scope = built.receipt.scope
    total = sum(count["n"] for count in counts)
    for row in rows:
        row["length" if length != "size_us" else "size"] = None if row[length] is None else span_text(row[length])
    if form is Form.TEXT:
        for count in counts:
            say(f"{count['n']:>9,}  {', '.join(str(value) for key, value in count.items() if key != 'n')}")
        say(f"{total:>9,}  {name} in all\n")
    print_rows(rows, columns if form is Form.TEXT else _all_columns(rows, columns), form, banner=scope, total=total, about={"table": name, "counts": counts})


def _all_columns(rows: list[dict[str, Any]], columns: list[str]) -> list[str]:
    return list(rows[0]) if rows else columns
