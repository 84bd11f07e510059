"""Headcount definitions as data: one file each in `custody/headcounts/`, or a user's own file."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Collection
from importlib.resources import files
from typing import Any, Literal

import msgspec

from paradero.authored.declared import decoded, read
from paradero.custody.causes import assumed_letters
from paradero.model.errors import UnknownName
from paradero.model.naming import choice_of
from paradero.model.time.clock import DAY_US, EPOCH, us_of

ANY_PART = "any part of the day"

_OPEN_UNTIL = ("latest book-out", "release day", "day after release")
_CLOCK = re.compile(r"([01][0-9]|2[0-4]):([0-5][0-9])")


class Definition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a headcount counts.

    `unit`: distinct persons, or placements (rows). `at`: an instant of the day (`00:00` the midnight that
    begins it, `24:00` the one that ends it) or `any part of the day`. `without_person`: rows without a person
    id are each their own person, or left out. `open_until`: what stands for a missing book-out: a date (its
    start), `latest book-out` of the release, `release day` or `day after release`. `first_day` and `last_day`
    limit the days; `zeros` gives every day of every group a row. `published_as` is the column of facility-day
    tables that is counted so.
    """

    definition: str
    title: str
    citation: str
    unit: Literal["persons", "placements"]
    at: str
    without_person: Literal["each row its own person", "left out"]
    open_until: str
    without_exact_duplicates: bool = False
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    zeros: bool = False
    in_build: bool = False
    published_as: str | None = None

    def __post_init__(self) -> None:
        if self.at != ANY_PART and (_CLOCK.fullmatch(self.at) is None or self.at > "24:00"):
            raise ValueError(
                f"`at` must be a clock time from 00:00 to 24:00 or `{ANY_PART}`; `{self.at}` is not"
            )
        if self.open_until not in _OPEN_UNTIL and _date(self.open_until) is None:
            raise ValueError(
                f"`open_until` must be a date in quotes or one of {', '.join(_OPEN_UNTIL)};"
                f" `{self.open_until}` is not"
            )

    def as_row(self, *, assuming: Collection[str] = ()) -> dict[str, Any]:
        """The definition as one row of the table `headcount_definitions`; times in microseconds, days since
        1970-01-01.

        `assuming` names the assumptions (custody/causes.csv) by which causes of doubt are left out of the
        bounds: none unless asked for.
        """
        hours, minutes = (int(part) for part in self.at.split(":")) if self.at != ANY_PART else (24, 0)
        date = _date(self.open_until)
        return {
            "definition": self.definition,
            "unit": self.unit,
            "any_part": self.at == ANY_PART,
            # the last instant of the day stands for the midnight that ends it
            "at_us": min((hours * 60 + minutes) * 60_000_000, DAY_US - 1),
            "without_exact_duplicates": self.without_exact_duplicates,
            "persons_only": self.without_person == "left out",
            "open_until": "day" if date else self.open_until,
            "open_until_us": us_of(dt.datetime.combine(date, dt.time())) if date else None,
            "first_day": _day(self.first_day),
            "last_day": _day(self.last_day),
            "zeros": self.zeros,
            "assumed": assumed_letters(assuming),
        }


def _day(date: dt.date | None) -> int | None:
    return None if date is None else (date - EPOCH.date()).days


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def read_definition(content: bytes, *, file: str) -> Definition:
    """Read one definition file; raises AuthoredError with every mistake in it, each with its line."""
    return read(decoded(content, file=file), Definition, file=file).form


@functools.cache
def definitions() -> dict[str, Definition]:
    """The definitions that come with paradero, by name."""
    folder = files("paradero.custody") / "headcounts"
    found = [
        read_definition(entry.read_bytes(), file=entry.name)
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    ]
    return {each.definition: each for each in sorted(found, key=lambda each: each.definition)}


def definition_of(name: str) -> Definition:
    """The definition of that name; raises UnknownName listing all."""
    try:
        return definitions()[name]
    except KeyError:
        raise UnknownName(f"`{name}` is not a headcount definition. {choice_of(definitions())}") from None
