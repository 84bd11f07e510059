"""flights legs, flights gaps, flights exits: what positions show of where aircraft were. They work on files,
without a casefile.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from paradero.cli.menu import VerbsHelp
from paradero.cli.options import AsCsv, AsJson, outside
from paradero.cli.output import Form, form_of, print_csv, print_listed, print_table, say, tell
from paradero.flights.days import Days, days_between, may_fall_on
from paradero.flights.listed.listed import Unread
from paradero.model.errors import UnknownName
from paradero.model.safe_text import disarmed

flights = typer.Typer(
    cls=VerbsHelp,
    name="flights",
    help="What the positions of aircraft show: legs and gaps, with bounds.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

SCOPE = "public positions, as received; an aircraft that nobody heard is not in them. Times are UTC."

Files = Annotated[
    list[Path],
    typer.Argument(
        help=(
            "Files of positions: readsb traces, OpenSky state vectors, heatmaps; the content decides, gzip or"
            " not."
        )
    ),
]
Hex = Annotated[
    str | None, typer.Option("--hex", help="Only the aircraft with this ICAO code, six hexadecimal digits.")
]
Tail = Annotated[
    str | None,
    typer.Option("--tail", help="Only the aircraft with this registration, where the files name one."),
]
Date = Annotated[
    str | None, typer.Option("--date", help="Only flights that may fall on this day (UTC), as 2025-03-15.")
]
From = Annotated[
    str | None, typer.Option("--from-date", help="Only flights that may fall on or after this day (UTC).")
]
To = Annotated[
    str | None, typer.Option("--to-date", help="Only flights that may fall on or before this day (UTC).")
]
Field = Annotated[
    str | None,
    typer.Option(
        "--airport", help="Only flights that may have been at this airport: ICAO, IATA or former code."
    ),
]
Registers = Annotated[
    list[Path] | None,
    typer.Option(
        "--register",
        help=(
            "A register of aircraft (CSV: hex, registration, operator, type, dates); several times for"
            " several."
        ),
    ),
]
Processes = Annotated[int, typer.Option("--processes", help="Work on so many aircraft at once.", min=1)]


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    app.add_typer(flights)


@flights.command()
def legs(
    files: Annotated[
        list[Path],
        typer.Argument(
            help=(
                "Files of positions (readsb traces, OpenSky state vectors, heatmaps) and flight lists; the"
                " content decides, gzip or not."
            )
        ),
    ],
    hex_code: Hex = None,
    tail: Tail = None,
    date: Date = None,
    from_date: From = None,
    to_date: To = None,
    airport: Field = None,
    registers: Registers = None,
    unread: Annotated[
        Path | None,
        typer.Option(
            "--unread",
            help="Write the cells of lists and registers that were not read to this CSV file.",
            callback=outside,
        ),
    ] = None,
    results: Annotated[
        Path | None,
        typer.Option(
            "--results",
            help=(
                "For many traces, or folders of them: write a JSON file an aircraft here, skip what is"
                " finished."
            ),
            callback=outside,
        ),
    ] = None,
    processes: Processes = 1,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Take-offs and landings: when at the earliest and latest, at which airports with which weight, and how
    that is known.
    """
    from paradero.answers.digests import digest_of_files
    from paradero.flights.files import Wanted, legs_of_files, parted
    from paradero.flights.list_listing import (
        bounds_of,
        line_with_register,
        stated_leg,
        stated_line,
        with_register,
    )
    from paradero.flights.listed.flight_lists import read_flight_list
    from paradero.flights.listed.registers import read_registers
    from paradero.flights.listing import LEG_COLUMNS, leg_line, of_airport, of_list_airport, shown_leg

    form, days = form_of(as_json, as_csv), days_asked(date, from_date, to_date)
    codes, wanted = _codes(airport), Wanted(hex=hex_code, registration=tail)
    if results is not None:
        _into(
            results,
            files,
            processes=processes,
            is_whole=wanted == Wanted() and days == (None, None) and codes is None and not registers,
        )
        return
    positions, lists = parted(files)
    register = read_registers(registers) if registers else None
    read = [read_flight_list(path) for path in sorted(set(lists))]
    tell_unread(
        [*(one for each in read for one in each.unread), *(register.unread if register else ())], unread
    )
    flown = (
        [one for each in legs_of_files(positions, wanted=wanted, processes=processes) for one in each]
        if positions
        else []
    )
    stated = [one for each in read for one in each.legs if wanted.names(one.hex, one.registration)]
    kept = [
        one
        for one in flown
        if may_fall_on(days, *bounds_of(one)) and (codes is None or of_airport(one, codes))
    ]
    listed = [
        one
        for one in stated
        if may_fall_on(days, *bounds_of(one)) and (codes is None or of_list_airport(one, codes))
    ]
    if form is Form.JSON:
        rows = [
            *(with_register(shown_leg(one), register, *bounds_of(one)) for one in kept),
            *(with_register(stated_leg(one), register, *bounds_of(one)) for one in listed),
        ]
        print_listed(rows, scope=SCOPE, digest=digest_of_files(files))
        return
    lines = [
        *(line_with_register(leg_line(one), register, *bounds_of(one)) for one in kept),
        *(line_with_register(stated_line(one), register, *bounds_of(one)) for one in listed),
    ]
    columns = [*LEG_COLUMNS[:2], "operator", *LEG_COLUMNS[2:]] if register else LEG_COLUMNS
    if form is Form.CSV:
        print_csv(lines, columns)
    else:
        print_table(lines, columns)
        say(
            f"\nLegs: {len(lines):,}. Beside an airport stands its weight; what is missing to 1 is none of"
            " those named."
        )
        say(f"Scope: {SCOPE}" + (" Legs of lists are what their makers state." if listed else ""))


@flights.command()
def gaps(
    files: Files,
    min_minutes: Annotated[
        float, typer.Option("--min-minutes", help="Only gaps longer than this.", min=0)
    ] = 10,
    speed_kmh: Annotated[
        float, typer.Option("--speed-kmh", help="The speed assumed for the envelope.", min=1)
    ] = 850,
    ground_minutes: Annotated[
        float,
        typer.Option("--ground-minutes", help="The least time on the ground assumed for a stop.", min=0),
    ] = 30,
    by_type: Annotated[
        bool,
        typer.Option(
            "--by-type",
            help=(
                "Take cruise, climb and descent of the aircraft's type where they are known, else"
                " --speed-kmh."
            ),
        ),
    ] = False,
    hex_code: Hex = None,
    tail: Tail = None,
    date: Date = None,
    from_date: From = None,
    to_date: To = None,
    airport: Field = None,
    processes: Processes = 1,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Times without positions, and where the aircraft can have stopped meanwhile: a radius, an outline and
    the airports within.
    """
    from paradero.answers.digests import digest_of_files
    from paradero.flights.files import Wanted, gaps_of_files
    from paradero.flights.listing import GAP_COLUMNS, gap_line, shown_gap

    form, days = form_of(as_json, as_csv), days_asked(date, from_date, to_date)
    codes = _codes(airport)
    wanted = Wanted(hex=hex_code, registration=tail)
    every = gaps_of_files(
        files,
        wanted=wanted,
        min_minutes=min_minutes,
        speed_kmh=speed_kmh,
        ground_minutes=ground_minutes,
        by_type=by_type,
        processes=processes,
    )
    found = [
        one
        for each in every
        for one in each
        if may_fall_on(days, one.start.us, one.end.us)
        and (codes is None or any(reached.icao in codes for reached in one.airports))
    ]
    if form is Form.JSON:
        print_listed([shown_gap(one) for one in found], scope=SCOPE, digest=digest_of_files(files))
    elif form is Form.CSV:
        print_csv([gap_line(one) for one in found], GAP_COLUMNS)
    else:
        print_table([gap_line(one) for one in found], GAP_COLUMNS)
        say(
            f"\nGaps longer than {min_minutes:g} minutes: {len(found):,}. radius_km and airports: a stop of"
            f" {ground_minutes:g} minutes or more, at {speed_kmh:g}"
            f" km/h{', or as the type flies' if by_type else ''}."
        )
        say(f"Scope: {SCOPE}")


@flights.command()
def exits(
    files: Files,
    country: Annotated[
        str,
        typer.Option(
            "--country", help="The country, by ISO code or name; several with commas are taken as one: US,PR"
        ),
    ] = "US",
    boundary: Annotated[
        str, typer.Option("--boundary", help="land, or territorial_sea: 12 nautical miles from it.")
    ] = "territorial_sea",
    hex_code: Hex = None,
    tail: Tail = None,
    processes: Processes = 1,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """When aircraft left or entered a country: between which instants they crossed its boundary."""
    from paradero.answers.digests import digest_of_files
    from paradero.flights.files import Wanted, crossings_of_files
    from paradero.flights.legs.crossings import Boundary
    from paradero.flights.listing import CROSSING_COLUMNS, shown_crossing

    form = form_of(as_json, as_csv)
    if boundary not in tuple(Boundary):
        raise UnknownName(f"`{boundary}` is not a boundary. Choose {' or '.join(Boundary)}.")
    wanted = Wanted(hex=hex_code, registration=tail)
    every = crossings_of_files(
        files, country.split(","), wanted=wanted, boundary=Boundary(boundary), processes=processes
    )
    rows = [shown_crossing(*one) for each in every for one in each]
    if form is Form.JSON:
        print_listed(rows, scope=SCOPE, digest=digest_of_files(files))
    elif form is Form.CSV:
        print_csv(rows, CROSSING_COLUMNS)
    else:
        print_table(rows, CROSSING_COLUMNS)
        say(
            f"\nCrossings: {len(rows):,}. Outlines are Natural Earth's, 1:50 million; the bounds allow for"
            " their error. An exit without `hi` may never have happened."
        )
        say(f"Scope: {SCOPE}")


def _into(results: Path, files: list[Path], *, processes: int, is_whole: bool) -> None:
    """Write results to a folder; those of damaged files are told, and are an error at the end."""
    from paradero.flights.runs import files_under, run_legs
    from paradero.model.errors import SourceError

    if not is_whole:
        raise UnknownName(
            "`--results` goes only with files and `--processes`, as results are of whole files. Leave out"
            " what chooses among legs."
        )
    run = run_legs(
        [path for path in files_under(files) if results not in path.parents], results, processes=processes
    )
    say(
        f"{run.done:,} aircraft done, {run.skipped:,} were finished before; {run.legs:,} legs of"
        f" {run.positions:,} positions in {results}"
    )
    for sentence in run.errors:
        tell(f"paradero: {sentence}")
    if run.errors:
        raise SourceError(
            f"{len(run.errors):,} aircraft were left out: their files are damaged. Fetch those again and run"
            " the same command: what is finished stays."
        )


def tell_unread(unread: Sequence[Unread], output: Path | None) -> None:
    """Say how many cells were not read, with the first five; write all of them where asked to."""
    if output is not None:
        import csv

        from paradero.flights.list_listing import UNREAD_COLUMNS, unread_cells

        with output.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, UNREAD_COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(
                {name: disarmed(str(value)) for name, value in row.as_json().items()}
                for row in unread_cells(unread)
            )
    if unread:
        tell(
            f"paradero: {len(unread):,} cells were not read as they"
            f" stand{'' if output else '; --unread FILE writes all of them'}:"
        )
        for one in unread[:5]:
            tell(
                f"  {one.file} row {one.row:,}, {one.column or 'the file'}:"
                f" {f'`{one.value}`' if one.value else 'this'} should be {one.expected}"
            )
        if len(unread) > 5:
            tell(f"  … {len(unread) - 5:,} more")


def days_asked(date: str | None, from_date: str | None, to_date: str | None) -> Days:
    """The days asked for; raises UnknownName where a day is none."""
    if date is not None and (from_date is not None or to_date is not None):
        raise UnknownName("`--date` and `--from-date` or `--to-date` cannot be combined. Choose one.")
    return days_between(date or from_date, date or to_date)


def _codes(airport: str | None) -> set[str] | None:
    """All codes of the airport asked for."""
    if airport is None:
        return None
    from paradero.flights.places.airports import airports

    found = airports().named(airport)
    return {found.icao, *(code for code, _ in found.other_codes)}
