"""What lists of the site read from the tables."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

QUERIES = files("paradero.web.parts") / "listed.sql"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A facility as lists have it, and how many stints its rows record."""

    code: str
    name: str | None
    city: str | None
    state: str | None
    kind: str | None
    n_stints: int
