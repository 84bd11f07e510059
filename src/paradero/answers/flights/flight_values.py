"""What matching legs with a casefile gives, as values: links, counts against counts, and what has no link.

Times are ISO 8601 in UTC with milliseconds; a pair of numbers is a lower and an upper bound, None where there
is none.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from paradero.flights.listed.listed import Bounds
from paradero.flights.matching.matching import LinkClass
from paradero.model.answer import Answer

Minutes = tuple[float | None, float | None]


class WeighedAirport(Answer, frozen=True, kw_only=True):
    """An airport where a leg may have begun or ended, and our belief, from 0 to 1, that it was this one."""

    code: str
    weight: float


class FlownLeg(Answer, frozen=True, kw_only=True):
    """A leg that positions show (`source` is `positions`) or that a flight list states.

    `same_flight` names the legs of other sources that may be the same flight; of legs without a link it is
    left out.
    """

    id: str
    source: str
    tail: str | None
    callsigns: tuple[str, ...]
    takeoff_lo: str | None
    takeoff_hi: str | None
    landing_lo: str | None
    landing_hi: str | None
    origins: tuple[WeighedAirport, ...]
    destinations: tuple[WeighedAirport, ...]
    boarded: Bounds
    deplaned: Bounds
    same_flight: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET


class PlannedLeg(Answer, frozen=True, kw_only=True):
    """A leg of a mission or a manifest: `departed` is bounded by the day that it names, `rows` are the
    addresses it rests on.
    """

    id: str
    number: str | None
    tail: str | None
    departed_lo: str | None
    departed_hi: str | None
    origin: str
    destination: str
    persons: Bounds
    is_removal: bool | None
    rows: tuple[str, ...]


class MovedGroup(Answer, frozen=True, kw_only=True):
    """People, `n` of them, whom the records show leaving one facility and arriving at another at the same two
    times.
    """

    id: str
    origin: str
    destination: str
    left_lo: str | None
    left_hi: str | None
    arrived_lo: str | None
    arrived_hi: str | None
    n: int
    rows: tuple[str, ...]


class RemovedGroup(Answer, frozen=True, kw_only=True):
    """People, `n` of them, removed on a day to a country: ISO alpha-2, None where its name is not known.

    `is_assumed`: the record does not say which, and their citizenship is taken.
    """

    id: str
    country: str | None
    country_text: str
    is_assumed: bool
    departed_lo: str | None
    departed_hi: str | None
    n: int
    rows: tuple[str, ...]


class FlightLink(Answer, frozen=True, kw_only=True):
    """A leg and a record that it may be the flight of; `right_kind` is `mission`, `manifest`, `transfer` or
    `removal`.

    `time` is True where the bounds leave no doubt, None where they leave it open. Distances are in
    kilometres. `minutes_before` run from the record's departure to take-off, `minutes_after` from landing to
    the record's arrival; below zero it may be the other way round. `rivals` are other legs or records that
    fit as well or better.
    """

    leg: str
    right_kind: str
    right: str
    time: bool | None
    origin: str | None
    destination: str | None
    origin_km: float | None
    destination_km: float | None
    weight: float
    minutes_before: Minutes
    minutes_after: Minutes
    same_tail: bool | None
    rivals: tuple[str, ...]
    link_class: LinkClass = msgspec.field(name="class")
    n_rivals: int


class ManifestCount(Answer, frozen=True, kw_only=True):
    """The people of a manifest against those whom the records show leaving for it, arriving from it, or
    removed to its country; `should_equal` says which of the three is compared.

    `least_difference` is what no choice within the bounds makes smaller; `rivals` are manifests whose
    passengers the records do not tell apart from these.
    """

    manifest: str
    persons: Bounds
    book_outs: Bounds
    arrivals: Bounds
    removals: Bounds
    should_equal: str
    verdict: str
    least_difference: int | None
    rivals: tuple[str, ...]


class MatchSettings(Answer, frozen=True, kw_only=True):
    """The days whose records were read, None for no bound, and how far apart things may lie and still be
    linked.
    """

    first: dt.date | None = msgspec.field(name="from")
    last: dt.date | None = msgspec.field(name="to")
    within_km: float
    within_hours: float
    late_minutes: float


class Unmatched(Answer, frozen=True, kw_only=True):
    """What has no link, on every side."""

    legs: tuple[FlownLeg, ...]
    missions: tuple[PlannedLeg, ...]
    manifests: tuple[PlannedLeg, ...]
    transfers: tuple[MovedGroup, ...]
    removals: tuple[RemovedGroup, ...]


class FlightMatches(Answer, frozen=True, kw_only=True):
    """Legs matched with the records of a casefile. `left_out` counts what could not be placed, by reason."""

    scope: str
    digest: str
    settings: MatchSettings
    legs: tuple[FlownLeg, ...]
    links: tuple[FlightLink, ...]
    counts: tuple[ManifestCount, ...]
    unmatched: Unmatched
    left_out: dict[str, int]
