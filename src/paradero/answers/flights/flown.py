"""The legs of files, of positions and of lists alike, as they are matched with the records of a casefile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from paradero.answers.flights.flight_records import Span
from paradero.flights.days import DAY_US, Days, may_fall_on
from paradero.flights.files import Wanted, legs_of_files, parted
from paradero.flights.legs.legs import Leg
from paradero.flights.listed.flight_lists import read_flight_list
from paradero.flights.listed.listed import Unread
from paradero.flights.listed.registers import Register, read_registers
from paradero.flights.matching.movements import Flown, flown_of, flown_of_list, numbered
from paradero.flights.tracks.us_marks import mark_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FlownFiles:
    """The legs of files in order of time, and the cells of lists and registers that could not be read."""

    flown: tuple[Flown, ...]
    unread: tuple[Unread, ...]


def flown_of_files(
    files: Sequence[Path],
    *,
    days: Days,
    wanted: Wanted | None = None,
    registers: Sequence[Path] = (),
    processes: int = 1,
) -> FlownFiles:
    """The legs that may have fallen on these days, with the registrations that registers give or that follow
    from addresses; rows of a list that repeat another are left out.

    Raises SourceError where a file cannot be read.
    """
    asked = wanted or Wanted()
    positions, lists = parted(files)
    register = read_registers(registers) if registers else None
    read = [read_flight_list(path) for path in sorted(set(lists))]
    of_positions = legs_of_files(positions, wanted=asked, processes=processes) if positions else ()
    stated = [
        one
        for each in read
        for one in each.legs
        if one.repeats is None and asked.names(one.hex, one.registration)
    ]
    flown = [
        *(flown_of(_registered(one, register)) for each in of_positions for one in each),
        *(flown_of_list(one) for one in stated),
    ]
    unread = [one for each in read for one in each.unread]
    return FlownFiles(
        flown=tuple(numbered([one for one in flown if may_fall_on(days, one.takeoff.lo, one.landing.hi)])),
        unread=(*unread, *(register.unread if register else ())),
    )


def span_about(flown: Sequence[Flown], days: Days) -> Span:
    """The days whose records are matched: those asked for, else those of the legs.

    A day on a clock west or east of Greenwich begins on the day before or ends on the day after.
    """
    begin, end = days
    ends = [us for one in flown for us in (one.takeoff.lo, one.takeoff.hi) if us is not None]
    first = begin if begin is not None else min(ends, default=None)
    last = end - 1 if end is not None else max(ends, default=None)
    return (None if first is None else _date(first - DAY_US), None if last is None else _date(last + DAY_US))


def _date(us: int) -> dt.date:
    return dt.date(1970, 1, 1) + dt.timedelta(days=us // DAY_US)


def _registered(leg: Leg, register: Register | None) -> Leg:
    """The leg with the registration that it names, that a register gives, or that follows from the
    address.
    """
    if leg.registration:
        return leg
    found = (
        None
        if register is None
        else register.identity(
            hex_code=leg.hex, registration=None, lo=leg.takeoff.moment.lo, hi=leg.landing.moment.hi
        )
    )
    return replace(leg, registration=(found.registration if found else None) or mark_of(leg.hex))
