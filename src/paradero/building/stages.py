"""Which rooms make tables, and how their steps hang together: the one place where stages are wired.

The readers of sources are imported where first needed: who asks for one person does not wait for them.
"""

from __future__ import annotations

import functools
from importlib.resources import files
from typing import Any

from paradero.engines.steps import Step, read_steps

_CUSTODY = (
    *("people", "stints", "stays", "counts", "published", "segregation", "deaths", "terms", "courts"),
    "lookups",
)


@functools.cache
def all_steps() -> dict[str, Step]:
    """Every step of every room by the name of its table."""
    rooms = [folder for folder in files("paradero.sources").iterdir() if folder.is_dir()]
    return read_steps(
        *sorted(rooms, key=lambda folder: folder.name),
        *(files("paradero.custody") / room for room in _CUSTODY),
        files("paradero.money") / "awards",
    )


@functools.cache
def groupings() -> dict[str, Step]:
    """The ways to group a headcount, by the name of the column they group by."""
    found = read_steps(files("paradero.custody") / "groupings")
    return {"detention_facility_code": all_steps()["counted_stints"], **found}


def ingested_name(kind: str) -> str:
    """The name under which steps read the ingested rows of a kind."""
    return f"ingested_{kind}"


def kinds_of_rows() -> list[str]:
    """Every kind of rows that taking sources in can give."""
    from paradero.sources import layouts

    return [*(layout.kind for layout in layouts()), "statistics"]


def empty_of(kind: str) -> Any:
    """The columns of a kind's rows as a pyarrow schema, for a casefile that has no source of it."""
    from paradero.sources import empty_rows, layout_of
    from paradero.sources.ice_statistics import CELLS_SCHEMA

    return CELLS_SCHEMA if kind == "statistics" else empty_rows(layout_of(kind))


def documented_tables() -> set[str]:
    """The tables that a rule or figure of the user's own may read: every table that a step makes, but not the
    ingested cells as they came.
    """
    return set(all_steps())
