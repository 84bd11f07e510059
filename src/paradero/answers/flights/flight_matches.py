"""Legs against the records of a casefile: links with their classes, distances and rivals; manifests against
the books; what no side could match.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from paradero.answers.flights.flight_records import TABLES, Records, Span, records_of
from paradero.building.tables import open_tables
from paradero.casefile.folder import Casefile
from paradero.flights.listing import instant
from paradero.flights.matching.matching import (
    Limits,
    Link,
    link_moved,
    link_planned,
    link_removed,
    same_flights,
)
from paradero.flights.matching.movements import Flown, Moved, Place, Planned, Removed
from paradero.flights.matching.tallies import Tally, by_verdict, tallies
from paradero.model.time.moments import Moment

Row = dict[str, Any]
LINK_COLUMNS = [
    "leg",
    "right_kind",
    "right",
    "class",
    "time",
    "origin",
    "destination",
    "origin_km",
    "destination_km",
    "minutes_before",
    "minutes_after",
    "n_rivals",
]
TALLY_COLUMNS = [
    "manifest",
    "persons",
    "should_equal",
    "book_outs",
    "arrivals",
    "removals",
    "verdict",
    "least_difference",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """All of it; `same` are the legs of other sources that can be the same flight."""

    flown: tuple[Flown, ...]
    records: Records
    links: tuple[Link, ...]
    same: dict[str, tuple[str, ...]]
    tallies: tuple[Tally, ...]
    scope: str
    digest: str


def matches(case: Casefile, flown: Sequence[Flown], *, span: Span, limits: Limits) -> Matches:
    """Match legs with the records between two days. Raises CasefileError where nothing was built."""
    with open_tables(case, *TABLES) as built:
        records = records_of(built, span)
        scope, digest = built.receipt.scope, built.receipt.digest
    same = same_flights(flown)
    links = [
        *link_planned(flown, records.missions, same),
        *link_planned(flown, records.manifests, same),
        *link_moved(flown, records.moved, same, limits),
        *link_removed(flown, records.removed, same),
    ]
    return Matches(
        flown=tuple(flown),
        records=records,
        links=tuple(sorted(links, key=lambda one: (one.leg, one.right_kind))),
        same={leg: tuple(sorted(others)) for leg, others in sorted(same.items()) if others},
        tallies=tuple(tallies(records.manifests, records.moved, records.removed, records.facilities, limits)),
        scope=scope,
        digest=digest,
    )


def link_row(link: Link) -> Row:
    """A link as a row."""
    row = asdict(link)
    row["class"] = str(row.pop("link_class"))
    return (
        row
        | {name: list(row[name]) for name in ("minutes_before", "minutes_after", "rivals")}
        | {"n_rivals": len(link.rivals)}
    )


def link_line(link: Link) -> Row:
    """A link as a line of a table."""
    row = link_row(link)
    return (
        row
        | {name: _span(row[name]) for name in ("minutes_before", "minutes_after")}
        | {"time": {True: "yes", None: "possible"}[link.time]}
    )


def tally_row(one: Tally) -> Row:
    """A tally as a row."""
    row = asdict(one)
    return row | {
        name: list(row[name]) for name in ("persons", "book_outs", "arrivals", "removals", "rivals")
    }


def tally_line(one: Tally) -> Row:
    """A tally as a line of a table."""
    row = tally_row(one)
    return row | {name: _span(row[name]) for name in ("persons", "book_outs", "arrivals", "removals")}


def unmatched(found: Matches) -> dict[str, list[Row]]:
    """What has no link, on every side."""
    linked = {(link.right_kind, link.right) for link in found.links}
    legs = {link.leg for link in found.links}
    return {
        "legs": [_flown_row(one) for one in found.flown if one.id not in legs],
        "missions": [
            _planned_row(one) for one in found.records.missions if ("mission", one.id) not in linked
        ],
        "manifests": [
            _planned_row(one) for one in found.records.manifests if ("manifest", one.id) not in linked
        ],
        "transfers": [_moved_row(one) for one in found.records.moved if ("transfer", one.id) not in linked],
        "removals": [_removed_row(one) for one in found.records.removed if ("removal", one.id) not in linked],
    }


def as_json(found: Matches, *, span: Span, limits: Limits) -> Row:
    """Everything, for programs."""
    return {
        "scope": found.scope,
        "digest": found.digest,
        "settings": {
            "from": span[0],
            "to": span[1],
            "within_km": limits.within_km,
            "within_hours": limits.within_hours,
            "late_minutes": limits.late_minutes,
        },
        "legs": [_flown_row(one) | {"same_flight": list(found.same.get(one.id, ()))} for one in found.flown],
        "links": [link_row(one) for one in found.links],
        "counts": [tally_row(one) for one in found.tallies],
        "unmatched": unmatched(found),
        "left_out": found.records.left_out,
    }


def summary(found: Matches) -> list[str]:
    """A sentence for each side: how many there are, and how many have no link."""
    missing = unmatched(found)
    sizes = {
        "legs": len(found.flown),
        "missions": len(found.records.missions),
        "manifests": len(found.records.manifests),
        "transfers": len(found.records.moved),
        "removals": len(found.records.removed),
    }
    names = {
        "missions": "legs of missions",
        "transfers": "groups of people who moved",
        "removals": "groups of removals",
    }
    lines = [
        f"{names.get(name, name)}: {size:,}, {len(missing[name]):,} of them without a link"
        for name, size in sizes.items()
    ]
    lines += [
        f"manifests against the books, {verdict}: {n:,}" for verdict, n in by_verdict(found.tallies).items()
    ]
    return lines + [f"left out: {n:,} {name}" for name, n in found.records.left_out.items()]


def _span(bounds: Sequence[float | None]) -> str:
    lo, hi = (("…" if one is None else f"{one:,.0f}") for one in bounds)
    return lo if lo == hi else f"{lo} to {hi}"


def _bounds(name: str, moment: Moment) -> Row:
    return {f"{name}_lo": instant(moment.lo), f"{name}_hi": instant(moment.hi)}


def _codes(places: Sequence[Place]) -> list[Row]:
    return [{"code": one.code, "weight": one.weight} for one in places]


def _flown_row(one: Flown) -> Row:
    row: Row = {
        "id": one.id,
        "source": one.source,
        "tail": one.tail,
        "callsigns": list(one.callsigns),
        **_bounds("takeoff", one.takeoff),
        **_bounds("landing", one.landing),
    }
    return row | {
        "origins": _codes(one.origins),
        "destinations": _codes(one.destinations),
        "boarded": list(one.boarded),
        "deplaned": list(one.deplaned),
    }


def _planned_row(one: Planned) -> Row:
    row: Row = {
        "id": one.id,
        "number": one.number,
        "tail": one.tail,
        **_bounds("departed", one.departed),
        "origin": one.origin.code,
    }
    return row | {
        "destination": one.destination.code,
        "persons": list(one.persons),
        "is_removal": one.is_removal,
        "rows": list(one.rows),
    }


def _moved_row(one: Moved) -> Row:
    row: Row = {
        "id": one.id,
        "origin": one.origin.code,
        "destination": one.destination.code,
        **_bounds("left", one.left),
        **_bounds("arrived", one.arrived),
    }
    return row | {"n": one.n, "rows": list(one.rows)}


def _removed_row(one: Removed) -> Row:
    return {
        "id": one.id,
        "country": one.country,
        "country_text": one.country_text,
        "is_assumed": one.is_assumed,
        **_bounds("departed", one.departed),
        "n": one.n,
        "rows": list(one.rows),
    }
