"""fetch: public releases from their publishers. Beside `flights fetch` the only command that uses the
network.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from paradero.cli.options import AsJson, into_casefile, outside
from paradero.cli.output import print_json, print_table, progress_bar, say, tell
from paradero.model.errors import UnknownName


def register(app: typer.Typer) -> None:
    """Add this command to the application."""
    app.command()(fetch)


def fetch(
    context: typer.Context,
    publisher: Annotated[
        str | None,
        typer.Argument(
            help="ddp, ice-statistics, usaspending, courtlistener, ourairports; `--list` shows their files.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            help="The folder for the files and their manifest.json; else downloads/PUBLISHER here.",
            callback=outside,
        ),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="A file of the publisher; several times for several.")
    ] = None,
    of: Annotated[
        str | None,
        typer.Option("--of", help="Of files that are of one docket or year: which, as `--list` says."),
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option(
            "--into",
            help="Add the files to this casefile, made where there is none, and build it.",
            callback=into_casefile,
        ),
    ] = None,
    lists: Annotated[
        bool, typer.Option("--list", help="List publishers, files, addresses and terms; fetch nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Fetch public releases: one request at a time, going on where an earlier run stopped, each held against
    what it should be before it replaces anything, with its SHA-256 in manifest.json.

    A token is taken from the environment alone, and told to the publisher's own server alone.
    """
    from dataclasses import asdict

    from paradero.building.fetched.releases import fetch_releases
    from paradero.fetching.publishers import publisher_of, publishers

    if lists or publisher is None:
        if publisher is None and not lists:
            raise UnknownName("No publisher is named. `paradero fetch --list` shows them.")
        _list([publisher] if publisher else [*publishers()], as_json)
        return
    found = publisher_of(publisher)
    folder = output or Path("downloads") / publisher
    outside(context, folder)
    tell(f"paradero: {found.title}. Terms: {found.licence}.")
    releases = fetch_releases(publisher, folder, only=only or [], of=of, manners=None, tell=tell)
    files = [folder / release.fetched.file for release in releases]
    said: dict[str, Any] = {
        "publisher": publisher,
        "folder": str(folder),
        "licence": found.licence,
        "citation": found.citation,
        "files": [asdict(release.fetched) for release in releases],
    }
    if into is not None:
        said["casefile"] = _take_in(into, publisher, folder, releases, as_json)
    if as_json:
        print_json(said)
        return
    for path in files:
        say(str(path))
    say(f"Cite as: {found.citation}")
    if into is not None:
        say(f"Built. Next: cd {into}; paradero status")


def _take_in(into: Path, publisher: str, folder: Path, releases: list[Any], as_json: bool) -> dict[str, Any]:
    from paradero.building.building import build
    from paradero.building.fetched.releases import take_in_releases
    from paradero.casefile.folder import SETTINGS, Casefile, create

    case = Casefile(into) if (into / SETTINGS).exists() else create(into)
    sources = take_in_releases(case, publisher, folder, releases)
    if not sources:
        raise UnknownName(f"Nothing of `{publisher}` is a source of a casefile. The files are in {folder}.")
    advance, finish = progress_bar("building")
    try:
        receipt, _ = build(case, progress=advance)
    finally:
        finish()
    if not as_json:
        for source in sources:
            say(f"{source.file_name}: added as {source.source}, {', '.join(source.kinds)}")
    return {"root": str(into), "digest": receipt.digest, "sources": [each.source for each in sources]}


def _list(names: list[str], as_json: bool) -> None:
    from paradero.fetching.publishers import publisher_of

    found = {name: publisher_of(name) for name in names}
    if as_json:
        import msgspec

        print_json({"publishers": msgspec.to_builtins(found)})
        return
    for name, one in found.items():
        say(f"{name}: {one.title}, {one.home}")
        say(f"  terms: {one.licence}")
        say(f"  cite as: {one.citation}")
        if one.token:
            need = "needs" if one.token.is_needed else "takes"
            say(f"  {need} a token in the environment variable {one.token.env}")
        if not one.is_tried:
            say("  these addresses were written down and not tried: what arrives is checked all the same")
        rows = [
            {
                "file": item.name,
                "what": item.title,
                "source": item.kind or "none",
                "--of": item.of.what if item.of else "",
                "address": item.url
                or (item.links.page if item.links else item.order.url if item.order else ""),
            }
            for item in one.item
        ]
        print_table(rows, ["file", "what", "source", "--of", "address"])
