"""The commands' common frame: options, errors as one sentence, exit codes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from paradero import __version__
from paradero.cli import case_commands, chain_commands, count_commands, table_commands
from paradero.model.errors import ParaderoError

app = typer.Typer(
    name="paradero",
    help="Audits state custody: a double-entry ledger of people held by a state, with the source row behind every word.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 fine, 1 an error (said in one sentence), 2 findings or failed verification.",
)


def _show_version(value: bool) -> None:
    if value:
        typer.echo(f"paradero {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    context: typer.Context,
    case: Annotated[Optional[Path], typer.Option("--case", help="The casefile to work in; else the one this folder lies in.")] = None,  # noqa: UP045
    version: Annotated[bool, typer.Option("--version", help="Print the version.", callback=_show_version, is_eager=True)] = False,
) -> None:
    """Keep where to look for the casefile."""
    context.obj = case


for commands in (case_commands, chain_commands, count_commands, table_commands):
    commands.register(app)


def main() -> None:
    """Run the command line; errors the user can mend are one sentence on standard error and exit code 1."""
    try:
        app(standalone_mode=True)
    except ParaderoError as error:
        sys.stderr.write(f"paradero: {error}\n")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.stderr.write("paradero: stopped; the casefile is as it was before this command\n")
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()

