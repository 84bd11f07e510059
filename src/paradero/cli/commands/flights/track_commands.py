"""flights track, flights export: pictures of flights, and files of flights for other tools. They work on
files, without a casefile.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from paradero.cli.commands.flights.flight_commands import (
    SCOPE,
    Date,
    Files,
    From,
    Hex,
    Tail,
    To,
    days_asked,
    flights,
)
from paradero.cli.options import AsJson, outside
from paradero.cli.output import print_json, say, tell
from paradero.model.errors import ParaderoError, UnknownName

_FORMATS = ("png", "svg", "html")


def register(_app: typer.Typer) -> None:
    """Add these commands to `paradero flights`."""
    flights.command()(track)
    flights.command("export")(export_flights)


def track(
    files: Files,
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            help=(
                "A folder for the pictures; or a file ending in .png, .svg or .html where there is one"
                " flight."
            ),
            callback=outside,
        ),
    ],
    formats: Annotated[
        str, typer.Option("--format", help="png, svg, html; several with commas.")
    ] = "png,svg,html",
    width: Annotated[
        int,
        typer.Option(
            "--width",
            help="Width of PNG and SVG in pixels, 320 to 2,400; HTML fits itself to the window.",
            min=320,
            max=2400,
        ),
    ] = 900,
    language: Annotated[str, typer.Option("--lang", help="en or es.")] = "en",
    min_minutes: Annotated[
        float,
        typer.Option("--min-minutes", help="A time without positions longer than this is a gap.", min=0),
    ] = 10,
    speed_kmh: Annotated[
        float, typer.Option("--speed-kmh", help="The speed assumed for the envelope of a gap.", min=1)
    ] = 850,
    ground_minutes: Annotated[
        float,
        typer.Option("--ground-minutes", help="The least time on the ground assumed for a stop.", min=0),
    ] = 30,
    hex_code: Hex = None,
    tail: Tail = None,
    date: Date = None,
    from_date: From = None,
    to_date: To = None,
) -> None:
    """Draw each flight: a map with gaps left open and their reach shaded, over altitude and time. PNG, SVG,
    HTML; offline.
    """
    from paradero.flights.days import may_fall_on
    from paradero.flights.files import Wanted, scenes_of_files
    from paradero.flights.pictures.captions import words

    words(language)  # a wrong language is said before long work
    days = days_asked(date, from_date, to_date)
    wanted_formats = _formats(formats, output)
    needs_charts()
    every = scenes_of_files(
        files,
        wanted=Wanted(hex=hex_code, registration=tail),
        min_minutes=min_minutes,
        speed_kmh=speed_kmh,
        ground_minutes=ground_minutes,
    )
    scenes = [
        one
        for each in every
        for one in each
        if may_fall_on(days, one.leg.takeoff.moment.lo, one.leg.landing.moment.hi)
    ]
    if not scenes:
        tell("paradero: no flight in these files is among those asked for; nothing was drawn")
        return
    is_file = output.suffix.lower().lstrip(".") in _FORMATS
    if is_file and len(scenes) > 1:
        raise UnknownName(
            f"{output}: one file cannot hold {len(scenes)} flights. Name a folder, or choose one flight with"
            " --hex, --tail, --date."
        )
    (output.parent if is_file else output).mkdir(parents=True, exist_ok=True)
    for scene, name in zip(scenes, _names([one.name for one in scenes]), strict=True):
        for kind in wanted_formats:
            path = output if is_file else output / f"{name}.{kind}"
            _write(scene, path, kind, width=width, language=language)
            say(str(path))


def export_flights(
    files: Files,
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            help="The file; its ending names the format: .geojson .kml .timesketch.jsonl",
            callback=outside,
        ),
    ],
    hex_code: Hex = None,
    tail: Tail = None,
    date: Date = None,
    from_date: From = None,
    to_date: To = None,
    as_json: AsJson = False,
) -> None:
    """Write flights for maps, globes and time lines: GeoJSON, KML, Timesketch. Gaps stay gaps, and moments
    that are not exact stay two bounds.
    """
    from paradero.exports.flights.files import check_format, write_flights
    from paradero.flights.days import may_fall_on
    from paradero.flights.files import Wanted, scenes_of_files

    check_format(output)  # a wrong ending is said before long work
    days = days_asked(date, from_date, to_date)
    scenes = [
        one
        for each in scenes_of_files(files, wanted=Wanted(hex=hex_code, registration=tail))
        for one in each
        if may_fall_on(days, one.leg.takeoff.moment.lo, one.leg.landing.moment.hi)
    ]
    n_undated = write_flights(scenes, output, scope=SCOPE)
    if as_json:
        print_json({"file": str(output), "legs": len(scenes), "undated": n_undated, "scope": SCOPE})
        return
    tell(f"wrote {output}: {len(scenes):,} legs")
    if n_undated:
        tell(f"{n_undated:,} moments have no bound and are not in it")


def needs_charts() -> None:
    """Raise ParaderoError saying what to install where the extra is missing."""
    try:
        import altair
        import vl_convert
    except ImportError as error:
        raise ParaderoError(f"Drawing needs {error.name}. Run `pip install 'paradero[charts]'`.") from error
    if int(altair.__version__.split(".")[0]) < 6:
        raise ParaderoError(
            f"Drawing needs altair 6 or later; this is {altair.__version__}. Run `pip install"
            " 'paradero[charts]'`."
        )
    assert vl_convert  # noqa: S101 - imported to see that it is there


def _formats(text: str, output: Path) -> list[str]:
    ending = output.suffix.lower().lstrip(".")
    if ending in _FORMATS:
        return [ending]
    found = [one.strip().lower() for one in text.split(",") if one.strip()]
    unknown = [one for one in found if one not in _FORMATS]
    if unknown or not found:
        raise UnknownName(f"`{text}` is not a format of pictures. Choose among {', '.join(_FORMATS)}.")
    return list(dict.fromkeys(found))


def _names(names: list[str]) -> list[str]:
    """Names for files; a name that comes again gets a number."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return found


def _write(scene: object, path: Path, kind: str, *, width: int, language: str) -> None:
    from paradero.disk.whole_files import write_whole
    from paradero.flights.pictures import charts, pages
    from paradero.flights.pictures.scenes import Scene

    assert isinstance(scene, Scene)  # noqa: S101 - the type is imported where drawing is
    if kind == "png":
        write_whole(path, charts.png(scene, width=width, language=language))
    else:
        drawn = (
            charts.svg(scene, width=width, language=language)
            if kind == "svg"
            else pages.page(scene, language=language)
        )
        write_whole(path, drawn.encode())
