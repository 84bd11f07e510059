"""flights fetch: files of positions from the public archives. The only flights command that uses the
network.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from paradero.cli.commands.flights.flight_commands import flights
from paradero.cli.options import AsJson, outside
from paradero.cli.output import print_json, say, tell
from paradero.model.errors import UnknownName


def register(_app: typer.Typer) -> None:
    """Add these commands to `paradero flights`."""
    flights.command()(fetch)


def fetch(
    source: Annotated[
        str,
        typer.Option(
            "--from",
            help=(
                "adsblol, adsbexchange, adsblol-day, opensky; or an address, with {y} {m} {d} {hex} {last2}"
                " for what is filled in."
            ),
        ),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", help="The folder for the files and their manifest.json.", callback=outside
        ),
    ],
    dates: Annotated[
        list[str] | None,
        typer.Option(
            "--date",
            help=(
                "A day (UTC), as 2025-03-15; or first and last, as 2025-03-15/2025-03-17. Several times for"
                " several."
            ),
        ),
    ] = None,
    hexes: Annotated[
        list[str] | None, typer.Option("--hex", help="An aircraft's ICAO code; several times for several.")
    ] = None,
    tails: Annotated[
        list[str] | None,
        typer.Option("--tail", help="A registration of the United States (N278GX), in place of its code."),
    ] = None,
    pause: Annotated[
        float | None,
        typer.Option(
            "--pause", help="Seconds between two requests, if more than the archive is left anyway.", min=0
        ),
    ] = None,
    unpack: Annotated[
        bool,
        typer.Option("--unpack", help="Take the traces (of --hex, or all) and tables out of fetched tars."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Fetch files of positions: one request at a time, going on where an earlier run stopped, each with its
    SHA-256 in manifest.json.
    """
    from dataclasses import asdict

    from paradero.fetching.downloading import Manners, fetch
    from paradero.flights.tracks.archives import archives, wishes
    from paradero.flights.tracks.unpacking import unpacked

    codes = [*(hexes or []), *(_address(tail) for tail in tails or [])]
    wanted = wishes(source, days=[day for text in dates or [] for day in _days(text)], hexes=codes)
    archive = archives().get(source)
    least = archive.pause_seconds if archive else 0.0
    seconds = max(least, pause if pause is not None else 0.0 if archive else 2.0)
    if archive is not None:
        tell(
            f"paradero: {archive.title}. Terms: {archive.terms}. {len(wanted):,} files at most, {seconds:g} s"
            " between two"
        )
    found = fetch(wanted, output, Manners(pause_seconds=seconds), tell)
    files = (
        unpacked([output / one.file for one in found if one.sha256], output, hexes=codes) if unpack else []
    )
    if as_json:
        print_json(
            {
                "folder": str(output),
                "files": [asdict(one) for one in found],
                "unpacked": [str(path) for path in files],
            }
        )
        return
    for path in [output / one.file for one in found if one.sha256] + files:
        say(str(path))


def _address(tail: str) -> str:
    from paradero.flights.tracks.us_marks import address_of

    found = address_of(tail)
    if found is None:
        raise UnknownName(
            f"`{tail}` is not a registration of the United States, such as N278GX; only these give the code."
            " Name the aircraft with --hex."
        )
    return found


def _days(text: str) -> list[dt.date]:
    first, _, last = text.partition("/")
    try:
        begin, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last or first)
    except ValueError as error:
        raise UnknownName(
            f"`{text}` is not a day or two. Write 2025-03-15, or 2025-03-15/2025-03-17."
        ) from error
    if end < begin:
        raise UnknownName(f"`{text}` ends before it begins. Swap the days.")
    return [begin + dt.timedelta(days=number) for number in range((end - begin).days + 1)]
