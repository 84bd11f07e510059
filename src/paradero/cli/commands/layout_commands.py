"""layout: what the columns of a release mean that paradero does not know, proposed, tried and written
down."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from paradero.cli.menu import VerbsHelp
from paradero.cli.options import AsJson, outside
from paradero.cli.output import print_json, print_table, say
from paradero.model.errors import CasefileError

layout_app = typer.Typer(
    cls=VerbsHelp,
    help="Layouts for releases of other agencies: which header is which column.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_COLUMNS = ["column", "header", "filled", "unreadable"]

Release = Annotated[
    Path, typer.Argument(metavar="FILE", help="The release: a workbook, Parquet or text table.")
]


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    app.add_typer(layout_app, name="layout")


@layout_app.command("new")
def layout_new(
    file: Release,
    kind: Annotated[
        str | None,
        typer.Option(help="What its rows are: detentions, arrests, removals, …; else the likeliest."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The new file: layouts/mine.toml.", callback=outside)
    ] = None,
) -> None:
    """Propose a layout from a file: printed, or written and tried on it. Nothing is overwritten."""
    from paradero.disk.whole_files import write_whole
    from paradero.sources.proposing import layout_text, proposed

    if output is not None and output.exists():
        raise CasefileError(f"{output} exists. Name a new file.")
    text = layout_text(proposed(file, kind=kind), file=file.name)
    if output is None:
        say(text.rstrip("\n"))
        return
    output.parent.mkdir(parents=True, exist_ok=True)
    write_whole(output, text.encode())
    say(f"Made {output}. What it gives of {file.name}:")
    _try(text, file, str(output))
    say(
        f"Edit it, try it with `paradero layout test {output} FILE`, then `paradero add FILE --layout"
        f" {output}`."
    )


@layout_app.command("test")
def layout_test(
    layout: Annotated[Path, typer.Argument(metavar="LAYOUT", help="The layout's file.")],
    file: Release,
    as_json: AsJson = False,
) -> None:
    """Read a file by a layout without adding it: rows taken, and how much of each column can be read."""
    from paradero.authored.declared import text_of

    _try(text_of(layout), file, str(layout), as_json=as_json)


def _try(text: str, file: Path, place: str, *, as_json: bool = False) -> None:
    """Say what a layout, which stands at `place`, gives of a file."""
    from paradero.answers.layouts import tried_layout

    tried = tried_layout(text, file, place=place)
    if as_json:
        print_json(tried)
        return
    print_table([each.as_json() for each in tried.columns], _COLUMNS)
    say(f"{tried.rows:,} rows of {tried.kind}, {tried.unreadable:,} cells unreadable")
    for word, headers in (("withheld", tried.withheld), ("in extra", tried.others)):
        if headers:
            say(f"  {word}: {', '.join(headers)}")
    for line in tried.lines:
        say(f"  {line}")
