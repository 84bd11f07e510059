"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from paradero.casefile.folder import Casefile, find
from paradero.cli.output import Form
from paradero.disclosure.asked import Publishing
from paradero.model.errors import CasefileError


def outside(context: typer.Context, path: Path | None) -> Path | None:
    """A path that a command writes to; raises CasefileError where that would change a part of a casefile."""
    if path is not None:
        from paradero.casefile.outside import check_outside

        check_outside(path, case_root=case.root if (case := _case_or_none(context)) else None)
    return path


def into_casefile(context: typer.Context, path: Path | None) -> Path | None:
    """The folder of a casefile, or of one to be made; raises CasefileError where a new one would lie in a
    part of another.
    """
    from paradero.casefile.folder import SETTINGS

    return path if path is not None and (path / SETTINGS).is_file() else outside(context, path)


def into_orders(context: typer.Context, path: Path) -> Path:
    """A new file of an order; raises CasefileError where one is there, or it would lie in another part."""
    return _new(context, path, "orders")


def into_events(context: typer.Context, path: Path) -> Path:
    """A new file of an event; raises CasefileError where one is there, or it would lie in another part."""
    return _new(context, path, "events")


def _new(context: typer.Context, path: Path, folder: str) -> Path:
    from paradero.casefile.outside import check_new

    return check_new(path, within=folder, case_root=case.root if (case := _case_or_none(context)) else None)


AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print comma-separated text.")]
Limit = Annotated[
    int | None,
    typer.Option(
        "--limit",
        help="Show at most this many rows, 0 all; 20 unless --json or --csv.",
        min=0,
        max=1_000_000_000,
    ),
]
Release = Annotated[
    str | None, typer.Option("--release", help="The release meant, where the casefile has several.")
]
Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", help="Write to this file; its ending names the format.", callback=outside),
]

Language = Annotated[str, typer.Option("--lang", help="en or es.")]
Publish = Annotated[bool, typer.Option("--publish", help="Pass disclosure control, and register it.")]
ProfileName = Annotated[
    str | None,
    typer.Option(
        "--profile",
        help="Of --publish: private (the strictest, if none is named), public, court.",
        show_default=False,
    ),
]


def publishing_of(publish: bool, profile: str | None) -> Publishing | None:
    """How something is published; None where it is not. Raises UnknownName for a profile that there is none
    of, and for one without `--publish`.
    """
    from paradero.disclosure.profiles import profile_of
    from paradero.model.errors import UnknownName

    if profile is not None:
        profile_of(profile)
        if not publish:
            raise UnknownName(f"`--profile {profile}` is of `--publish`. Give both, or neither.")
    return Publishing(named=profile) if publish else None


def shown_at_most(limit: int | None, form: Form) -> int:
    """How many rows a listing shows, 0 for all: as many as asked for, else a screenful of text and all of the
    rest.
    """
    return limit if limit is not None else 20 if form is Form.TEXT else 0


def engine_named(name: str) -> Literal["duckdb", "spark"]:
    """The engine of that name; raises UnknownName for another."""
    from paradero.model.naming import unknown

    if name == "duckdb":
        return "duckdb"
    if name == "spark":
        return "spark"
    raise unknown("an engine", name, ("duckdb", "spark"))


def _case_or_none(context: typer.Context) -> Casefile | None:
    try:
        return find(context.find_root().obj or Path.cwd())
    except CasefileError:
        return None


def case_of(context: typer.Context) -> Casefile:
    """The casefile of this call: the one given with --case, else the one the working folder lies in."""
    return find(context.obj or Path.cwd())
