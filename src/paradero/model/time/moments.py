"""Moments: instants known only to lie between two bounds, and how they are known.

Bounds are BIGINT microseconds since 1970-01-01 00:00 UTC and both belong to the moment: `lo` is the earliest
and `hi` the latest instant it can be. An exact instant has `lo == hi`; "17:42" as a clock shows it is
17:42:00.000000 to 17:42:59.999999. None is no bound.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from paradero.model.errors import ParaderoError


class MomentError(ParaderoError):
    """A text is not a moment, or says something that cannot be; the message says what to write."""


class Precision(StrEnum):
    """The unit in which the source states the time, finest first."""

    MICROSECOND = "microsecond"
    MILLISECOND = "millisecond"
    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"  # and the other parts of a year: quarter, four months, half
    YEAR = "year"


_FINEST_FIRST = tuple(Precision)


def coarsest(*precisions: Precision | None) -> Precision | None:
    """The coarsest of the precisions given; None where there is none."""
    return max((one for one in precisions if one is not None), key=_FINEST_FIRST.index, default=None)


class Reason(StrEnum):
    """Why a bound is missing."""

    WITHHELD = "withheld"  # the agency redacted it; the words are the exemption
    BLANK = "blank"  # the source has the field and left it empty
    NOT_IN_RELEASE = "not_in_release"  # the release has no such field
    CENSORED = "censored"  # had not happened, or was not known, when the release was made
    NOT_RECORDED = "not_recorded"  # the source states no bound on this side
    INEXACT = (  # stated as approximate or uncertain without saying by how much; the words are what it states
        "inexact"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Why one side has no bound, with the source's words for it where there are some (`b(6), b(7)(C)`)."""

    reason: Reason
    words: str = ""


class ClockChange(StrEnum):
    """What a change of the clocks did to a reading."""

    FOLD = "fold"  # the clock showed it twice: the bounds span both
    GAP = "gap"  # the clock never showed it: the bounds span the hole


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """The zones assumed where the source names none. No zones: any offset in civil use, UTC-12:00 to
    UTC+14:00.

    `lo_us` and `hi_us` say by how much the zones differ about each bound; the bounds of the moment span all
    of them.
    """

    zones: tuple[str, ...] = ()
    lo_us: int = 0
    hi_us: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """An instant between `lo` and `hi`, both included; None where there is no bound, and then `*_why_missing`
    says why.

    `zone` is the zone or offset as read: an IANA name, `-04:00`, or `Z` (also where two sides name different
    ones). It is None where none is stated; `assumed` then says what was assumed. `text` is the source's own
    and does not count when moments are compared for equality.
    """

    lo: int | None
    hi: int | None
    precision: Precision | None = None
    zone: str | None = None
    assumed: Assumption | None = None
    clock_change: ClockChange | None = None
    lo_why_missing: Missing | None = None
    hi_why_missing: Missing | None = None
    text: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if (self.lo is None) != (self.lo_why_missing is not None) or (self.hi is None) != (
            self.hi_why_missing is not None
        ):
            raise MomentError(
                f"The moment `{self.text}` has bounds {self.lo}, {self.hi} and reasons {self.lo_why_missing},"
                f" {self.hi_why_missing}. Give a reason exactly where a bound is missing."
            )
        if self.lo is not None and self.hi is not None and self.lo > self.hi:
            raise MomentError(f"The moment `{self.text}` ends before it begins. Swap its bounds.")
        if self.zone is not None and self.assumed is not None:
            raise MomentError(
                f"`{self.text}` has both a zone and an assumption about it. Leave one of them out."
            )


def exact(us: int, *, text: str = "") -> Moment:
    """The moment that is one instant, in UTC microseconds."""
    return Moment(lo=us, hi=us, precision=Precision.MICROSECOND, zone="Z", text=text)


def unknown(reason: Reason, *, words: str = "", text: str = "") -> Moment:
    """The moment of which nothing is known, and why: `unknown(Reason.WITHHELD, words="b(6)")`."""
    missing = Missing(reason=reason, words=words)
    return Moment(lo=None, hi=None, lo_why_missing=missing, hi_why_missing=missing, text=text)
