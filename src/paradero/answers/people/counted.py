"""The people behind a count of a facility and day, one by one: those whom rows show there under the very
definition of the count, and those whom they allow, each with its rows and with what leaves it open.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from importlib.resources import files

from paradero.answers.counts.counting import KEPT_BY, headcount, release_of
from paradero.building.tables import Built
from paradero.custody.causes import Cause, causes
from paradero.custody.definitions import Definition
from paradero.engines.queries import query, values_of
from paradero.model.answer import Answer
from paradero.model.time.clock import EPOCH

COUNTED_TABLES = ("releases", "facility_counts", "persons")

_QUERIES = files("paradero.answers.people") / "counted.sql"
_BEYOND, _ANYWHERE = 3, 10  # levels: not in the release, place unknown


class CountedEntry(Answer, frozen=True, kw_only=True):
    """A person (under a definition of placements, a row; of a row without a person id, that row) whom a count
    takes or may take: whether a row names the facility (`is_here`), else none says where; `level` is 0 where
    rows show the person at the counted time, else it names the cause of the doubt; whether the definition's
    own number takes it (`is_counted`). Times of the row that decides, in microseconds on the clock as
    recorded; `rows` are addresses.
    """

    unique_identifier: str | None
    is_here: bool
    level: int | None
    is_counted: bool
    is_unaccounted: bool
    book_in: int | None
    book_out: int | None
    rows: list[str]

    @property
    def is_sure(self) -> bool:
        """Whether rows show it."""
        return self.is_here and self.level == 0

    @property
    def cause(self) -> Cause | None:
        """What leaves it open; None where nothing does."""
        if self.is_sure:
            return None
        level = _BEYOND if self.level is None else self.level if self.is_here else _ANYWHERE
        return causes()[level - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedPeople:
    """All of them, the sure first, and the bounds of the count, as the headcount has them: no lower bound is
    above what the definition itself counts, and no upper bound below it.
    """

    release: str
    entries: tuple[CountedEntry, ...]
    n_lo: int
    n_hi: int

    @property
    def n_sure(self) -> int:
        """How many rows show."""
        return sum(one.is_sure for one in self.entries)


def counted_people(
    built: Built, definition: Definition, facility: str, day: dt.date, release: str | None
) -> CountedPeople:
    """Everybody whom the count at the facility of that code takes or may take on that day. `built` has
    `COUNTED_TABLES` open. Raises UnknownName for a release that there is not, and where several have
    detention rows and none is named.
    """
    chosen = release_of(built, release)
    headcount(built, definition, by=KEPT_BY, release=chosen)
    asked = {
        "definition": definition.definition,
        "release": chosen,
        "facility": facility,
        "day": (day - EPOCH.date()).days,
    }
    found = built.rows(query(_QUERIES, "entries"), asked)
    addressed = [row | {"rows": [built.address_of(each) for each in row["rows"]]} for row in found]
    entries = tuple(values_of(addressed, CountedEntry))
    n = sum(one.is_counted and one.is_here for one in entries)
    sure = sum(one.is_sure for one in entries)
    allowed = sum(one.level is not None for one in entries)
    return CountedPeople(release=chosen, entries=entries, n_lo=min(sure, n), n_hi=max(allowed, n))
