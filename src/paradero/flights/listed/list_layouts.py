"""Layouts of flight lists, one TOML file each in `lists/`: which headers mark it, which column is what, how
dates and clocks are written.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

FIELDS = frozenset(
    [
        "date",
        "takeoff",
        "landing",
        "scheduled",
        "scheduled_arrival",
        "arrived",
        "departed",
        "origin",
        "destination",
        "previous",
        "next",
        "callsign",
        "registration",
        "hex",
        "operator",
        "owner",
        "aircraft",
        "aircraft_type",
        "status",
        "duration",
        "boarded",
        "deplaned",
        "link",
        "kept",
    ]
)
_SEARCHED = 20  # rows in which a header is looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLayout:
    """One layout. A list with `observed_at` has a row a visit, whose legs lead to that airport and away from
    it.
    """

    name: str
    title: str
    marks: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    date_formats: tuple[str, ...]
    early_hours: float
    late_hours: float
    weight: float
    observed_at: str | None
    clock: str | None

    def header_row(self, rows: Sequence[Sequence[str]]) -> int | None:
        """The place of the row that has all the marks, among the first twenty."""
        wanted = {plain(one) for one in self.marks}
        return next(
            (place for place, row in enumerate(rows[:_SEARCHED]) if wanted <= {plain(cell) for cell in row}),
            None,
        )


def plain(header: str) -> str:
    """A header as it is compared: small letters, single spaces."""
    return " ".join(header.replace("\ufeff", "").lower().split())


@cache
def list_layouts() -> tuple[ListLayout, ...]:
    """All layouts, by name."""
    folder = files("paradero.flights.listed") / "lists"
    names = sorted(one.name for one in folder.iterdir() if one.name.endswith(".toml"))
    return tuple(
        _layout(name.removesuffix(".toml"), tomllib.loads((folder / name).read_text(encoding="utf-8")))
        for name in names
    )


def _layout(name: str, found: Mapping[str, object]) -> ListLayout:
    columns = found["columns"]
    assert isinstance(columns, dict)  # noqa: S101 - our own file
    unknown = set(columns) - FIELDS
    assert not unknown, f"{name}: {unknown}"  # noqa: S101 - our own file
    return ListLayout(
        name=name,
        title=str(found["title"]),
        marks=tuple(found["marks"]),  # type: ignore[arg-type]
        columns={field: tuple(headers) for field, headers in columns.items()},
        date_formats=tuple(found["date_formats"]),  # type: ignore[arg-type]
        early_hours=float(found["early_hours"]),  # type: ignore[arg-type]
        late_hours=float(found["late_hours"]),  # type: ignore[arg-type]
        weight=float(found["weight"]),  # type: ignore[arg-type]
        observed_at=str(found["observed_at"]) if "observed_at" in found else None,
        clock=str(found["clock"]) if "clock" in found else None,
    )
