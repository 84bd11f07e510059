"""One end of a leg, a take-off or a landing: when (a moment), where (candidate airports with weights) and how
that is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from paradero.model.time.moments import Moment, Precision


class Status(StrEnum):
    """How an end is known."""

    OBSERVED = "observed"  # positions on the ground and in the air lie a minute or less apart
    INFERRED = "inferred"  # it happened, and when and where follows from the positions nearest to it
    UNKNOWN = "unknown"  # where is not known; or not even whether it happened


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An airport at which a leg can have begun or ended.

    `distance_km` is from the position nearest to the end; `height_ft` that position's pressure altitude above
    the field, None on the ground or where no altitude was sent; `weight` is our degree of belief: those of an
    end sum to at most 1, the rest is "none of these".
    """

    icao: str
    name: str
    distance_km: float
    height_ft: float | None
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """A take-off or landing. `basis` says in words what the bounds rest on; `lat`, `lon`, `altitude_ft` are
    the position nearest to it.
    """

    moment: Moment
    status: Status
    basis: str
    candidates: tuple[Candidate, ...]
    n_in_reach: int  # airports that the bounds allow, candidates among them
    is_certain: bool  # whether it happened at all: False for a landing that a gap only allows
    lat: float
    lon: float
    altitude_ft: float | None


def moment_between(lo: int, hi: int) -> Moment:
    """The moment between two instants in UTC microseconds, as aircraft and receivers stamp them: with
    milliseconds at best.
    """
    return Moment(lo=min(lo, hi), hi=hi, precision=Precision.MILLISECOND, zone="Z")


def worst(*statuses: Status) -> Status:
    """The least that is known of any of them."""
    return max(statuses, key=list(Status).index)
