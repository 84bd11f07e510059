"""flights match: legs of files against the missions, manifests, transfers and removals of a built
casefile.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

import typer

from paradero.cli.commands.flight_commands import (
    Date,
    From,
    Hex,
    Processes,
    Registers,
    Tail,
    To,
    days_asked,
    flights,
    meets,
    tell_unread,
)
from paradero.cli.options import AsJson, Limit, case_of, shown_at_most
from paradero.cli.output import Form, print_answer, print_table, say

_DAY_US = 86_400_000_000


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
    from paradero.answers.flights.flight_matches import (
        LINK_COLUMNS,
        TALLY_COLUMNS,
        link_line,
        matches,
        summary,
        tally_line,
    )
    from paradero.answers.flights.flight_matches import as_json as everything
    from paradero.flights.matching.matching import Limits

    asked, limits = (
        days_asked(date, from_date, to_date),
        Limits(within_km=within_km, within_hours=within_hours, late_minutes=late_minutes),
    )
    flown = _flown(
        files or [], hex_code=hex_code, tail=tail, asked=asked, registers=registers, processes=processes
    )
    ends = [us for one in flown for us in (one.takeoff.lo, one.takeoff.hi) if us is not None]
    first = asked[0] if asked[0] is not None else min(ends, default=None)
    last = asked[1] - 1 if asked[1] is not None else max(ends, default=None)
    # a day on a clock west or east of Greenwich begins on the day before or ends on the day after
    span = (
        None if first is None else _date(first - _DAY_US),
        None if last is None else _date(last + _DAY_US),
    )
    case = case_of(context)
    found = matches(case, flown, span=span, limits=limits)
    if as_json:
        whole = everything(found, span=span, limits=limits)
        print_answer(whole, scope=case.settings().scope, digest=digest_of_case(case))
        return
    most = shown_at_most(limit, Form.TEXT) or None
    print_table([link_line(one) for one in found.links[:most]], LINK_COLUMNS)
    _more(len(found.links), most)
    if found.tallies:
        odd = sorted(found.tallies, key=lambda one: -(one.least_difference or 0))
        say()
        print_table([tally_line(one) for one in odd[:most]], TALLY_COLUMNS)
        _more(len(odd), most)
    say()
    for line in summary(found):
        say(line)
    say(
        "\nrecorded: the records name the aircraft; inferred: place and time leave no doubt, and nothing else"
        " fits; assumed: possible, no more."
    )
    say(f"Scope: {found.scope}")


def _more(n: int, most: int | None) -> None:
    if most is not None and n > most:
        say(f"… {n - most:,} more rows: --limit 0 shows all, --json has all")


def _date(us: int) -> dt.date:
    return dt.date(1970, 1, 1) + dt.timedelta(days=us // _DAY_US)


def _flown(
    files: list[Path],
    *,
    hex_code: str | None,
    tail: str | None,
    asked: tuple[int | None, int | None],
    registers: list[Path] | None,
    processes: int,
) -> list[Any]:
    """The legs of the files, with the registrations that registers give or that follow from addresses; rows
    of a list that repeat another are left out.
    """
    from dataclasses import replace

    from paradero.flights.files import Wanted, legs_of_files, parted
    from paradero.flights.listed.flight_lists import read_flight_list
    from paradero.flights.listed.registers import read_registers
    from paradero.flights.matching.movements import flown_of, flown_of_list, numbered

    wanted = Wanted(hex=hex_code, registration=tail)
    positions, lists = parted(files)
    register = read_registers(registers) if registers else None
    read = [read_flight_list(path) for path in sorted(set(lists))]
    tell_unread(
        [*(one for each in read for one in each.unread), *(register.unread if register else ())], None
    )
    legs = (
        [one for each in legs_of_files(positions, wanted=wanted, processes=processes) for one in each]
        if positions
        else []
    )
    legs = [one if one.registration else replace(one, registration=_tail(register, one)) for one in legs]
    stated = [
        one
        for each in read
        for one in each.legs
        if one.repeats is None and wanted.names(one.hex, one.registration)
    ]
    flown = [*(flown_of(one) for one in legs), *(flown_of_list(one) for one in stated)]
    return numbered([one for one in flown if meets(asked, one.takeoff.lo, one.landing.hi)])


def _tail(register: Any, leg: Any) -> str | None:
    """The registration that a register gives, else the one that follows from the address."""
    from paradero.flights.tracks.us_marks import mark_of

    if register is None:
        return mark_of(leg.hex)
    found = register.identity(
        hex_code=leg.hex, registration=None, lo=leg.takeoff.moment.lo, hi=leg.landing.moment.hi
    )
    name: str | None = found.registration if found is not None else None
    return name or mark_of(leg.hex)
