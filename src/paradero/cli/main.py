"""The commands' common frame: options, errors as one sentence, exit codes."""

from __future__ import annotations

import functools
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
import typer.main

from paradero import __version__
from paradero.cli.commands import (
    award_commands,
    case_commands,
    company_commands,
    count_commands,
    document_commands,
    fetch_command,
    law_commands,
    layout_commands,
    money_commands,
    order_commands,
    people_commands,
    question_commands,
    table_commands,
    web_commands,
)
from paradero.cli.commands.flights import fetch_commands, flight_commands, match_commands, track_commands
from paradero.cli.menu import GroupedHelp
from paradero.cli.old_spellings import respelled
from paradero.cli.output import Findings, tell
from paradero.engines.not_installed import look_once_for_pandas
from paradero.model.errors import ParaderoError

_FOUND = 2
_STOPPED = 130

app = typer.Typer(
    name="paradero",
    help=(
        "Audits state custody: a double-entry ledger of people held by a state, with the source row behind"
        " every word."
    ),
    cls=GroupedHelp,
    no_args_is_help=True,
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
    case: Annotated[
        Path | None, typer.Option("--case", help="The casefile to work in; else the one this folder lies in.")
    ] = None,
    _version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Keep where to look for the casefile."""
    context.obj = case


for commands in (
    case_commands,
    fetch_command,
    people_commands,
    count_commands,
    flight_commands,
    track_commands,
    match_commands,
    fetch_commands,
    law_commands,
    order_commands,
    money_commands,
    question_commands,
    award_commands,
    company_commands,
    document_commands,
    layout_commands,
    table_commands,
    web_commands,
):
    commands.register(app)


def main() -> None:
    """Run the command line and exit with its code: errors the user can mend are one sentence on standard
    error and code 1.
    """
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    look_once_for_pandas()
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read has seen enough; the interpreter's own flush must not complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


@functools.cache
def _command() -> Any:
    """Every command with its options, read from their signatures once: whoever runs many commands in one
    process does not wait for that each time.
    """
    return typer.main.get_command(app)


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code; what it says goes to standard output and standard error."""
    arguments, notes = respelled(arguments)
    for note in notes:
        tell(f"paradero: note: {note} The old spelling works until version 0.4.")
    try:
        _command()(args=arguments, prog_name="paradero", standalone_mode=True)
    except SystemExit as ended:
        if ended.code == _STOPPED:
            tell("paradero: stopped; what was finished before stays, nothing is left half done")
        # typer says 2 for an option it does not know; here that would mean findings
        return 1 if ended.code == _FOUND else int(ended.code or 0)
    except Findings:
        return _FOUND
    except ParaderoError as error:
        tell(f"paradero: {error}")
    except OSError as error:
        tell(f"paradero: {error.filename or 'the system'}: {error.strerror or error}")
    return 1
