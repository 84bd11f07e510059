"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from paradero.casefile.folder import Casefile, find

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print comma-separated text.")]
Limit = Annotated[int, typer.Option("--limit", help="Show at most this many rows; 0 shows all.", min=0)]
Release = Annotated[Optional[str], typer.Option("--release", help="The release meant, where the casefile has several.")]  # noqa: UP045
Output = Annotated[Optional[Path], typer.Option("-o", "--output", help="Write to this file; its ending names the format.")]  # noqa: UP045


def case_of(context: typer.Context) -> Casefile:
    """The casefile of this call: the one given with --case, else the one the working folder lies in."""
    return find(context.obj or Path.cwd())
