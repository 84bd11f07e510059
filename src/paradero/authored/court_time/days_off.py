"""Which days are off by a calendar: for certain, or only as some hold.

Federal holidays, declared days and those of the states come from the package `holidays`; `state_days.toml`
has what was read in statutes, `courts.toml` the calendars of courts. Two sources must agree before a
state's day is off for certain.
"""

from __future__ import annotations

import datetime as dt
import functools
from importlib.resources import files
from typing import Literal

import msgspec
from dateutil.easter import easter

from paradero.model.naming import nearest
from paradero.model.time.moments import MomentError

FEDERAL = "us-federal"

# Whether the days off of the states count: Fed. R. Civ. P. 6(a)(6)(C) counts them only "for periods that are
# measured after an event".
StateDays = Literal["forward", "always", "never"]

_PACIFIC = frozenset({"AS", "GU", "MP"})  # territories in which no clock shows a zone of the Americas


class Court(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A calendar that has a name: a court's or an agency's."""

    id: str
    title: str
    states: list[str] = []
    federal: bool = True
    zone: str = ""
    closing: str = ""
    note: str = ""


class _StateDay(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A day that a state keeps, by its date, its weekday within a month or its distance from Easter."""

    states: list[str]
    name: str
    source: str
    read: bool
    of_part: bool = False
    month: int = 0
    day: int = 0
    weekday: int = 0
    nth: int = 0
    days_after: int = 0
    days_from_easter: int = 0
    every_years: int = 1
    since: int = 0

    def in_year(self, year: int) -> dt.date | None:
        """The day of a year on which it falls; None where it does not."""
        if year < self.since or (year - self.since) % self.every_years:
            return None
        if self.days_from_easter:
            sunday: dt.date = easter(year)
            return sunday + dt.timedelta(days=self.days_from_easter)
        if self.day:
            return dt.date(year, self.month, self.day)
        first = dt.date(year, self.month + (self.nth < 0), 1) - dt.timedelta(days=7 if self.nth < 0 else 0)
        ahead = (self.weekday - first.weekday()) % 7 + 7 * max(self.nth - 1, 0)
        return first + dt.timedelta(days=ahead + self.days_after)


class _Courts(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    court: list[Court]


class _StateDays(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    day: list[_StateDay]


class Calendar(msgspec.Struct, frozen=True, kw_only=True):
    """Whose days off count. `states` empty and `is_open`: nobody says which state's, so every state's may."""

    text: str
    states: tuple[str, ...] = ()
    is_open: bool = False
    is_federal: bool = True
    zone: str = ""
    closing: str = ""

    def is_off(
        self,
        day: dt.date,
        *,
        zone: str = "",
        states: StateDays = "forward",
        back: bool = False,
        saturdays: bool = True,
    ) -> bool | str:
        """Whether a day is off; where only some hold so, what the day is called and who keeps it."""
        if day.weekday() == 6 or (saturdays and day.weekday() == 5):
            return True
        certain, disputed = self._days(day.year, zone, states, back=back)
        return day in certain or disputed.get(day, False)

    def _days(
        self, year: int, zone: str, states: StateDays, *, back: bool
    ) -> tuple[frozenset[dt.date], dict[dt.date, str]]:
        if states == "never" or (states == "forward" and back):
            return _of_year(year, (), False, True, False)
        return _of_year(year, self.states, self.is_open, self.is_federal, zone.startswith("America/"))


def calendar_of(text: str) -> Calendar:
    """Read the name of a calendar: `us-federal`, `us-federal+MD`, a court of `courts.toml` such as `d-md`,
    or a court and states besides, `ca1+ME`. Blank: nobody says whose days count. Raises MomentError with
    what there is.
    """
    if not text:
        return Calendar(text="", is_open=True)
    first, *states = text.split("+")
    court = _courts().get(first)
    unknown = [each for each in states if each not in _states()]
    if (court is None and first != FEDERAL) or unknown:
        wrong = unknown[0] if unknown else first
        among = _states() if unknown else [FEDERAL, *_courts()]
        near = nearest(wrong, among)
        hint = f" Did you mean {' or '.join(f'`{each}`' for each in near)}?" if near else ""
        raise MomentError(
            f"`{wrong}` in the calendar `{text}` is not {'a state' if unknown else 'a calendar'}.{hint} Write"
            f" `{FEDERAL}`, a state behind it as in `{FEDERAL}+MD`, or one of {', '.join(_courts())}."
        )
    if court is None:
        return Calendar(text=text, states=tuple(states))
    return Calendar(
        text=text,
        states=(*court.states, *states),
        is_federal=court.federal,
        zone=court.zone,
        closing=court.closing,
    )


@functools.cache
def _courts() -> dict[str, Court]:
    text = (files("paradero.authored.court_time") / "courts.toml").read_bytes()
    return {each.id: each for each in msgspec.toml.decode(text, type=_Courts).court}


@functools.cache
def _state_days() -> list[_StateDay]:
    text = (files("paradero.authored.court_time") / "state_days.toml").read_bytes()
    return msgspec.toml.decode(text, type=_StateDays).day


@functools.cache
def _states() -> tuple[str, ...]:
    import holidays

    return tuple(each for each in holidays.list_supported_countries()["US"] if each != "UM")


@functools.cache
def _of_year(
    year: int, states: tuple[str, ...], is_open: bool, is_federal: bool, of_america: bool
) -> tuple[frozenset[dt.date], dict[dt.date, str]]:
    """The days off of a year for certain, and those that are disputed, with their names. In a court of a
    state, a federal day is off for certain where the states keep it too.
    """
    statutory, declared = _federal(year)
    certain, disputed = set(statutory), dict(declared)
    if not is_federal:
        kept = set.intersection(*(_kept(year, state) for state in states))
        disputed |= dict.fromkeys(statutory - kept, "a federal holiday that the state may not keep")
        certain &= kept
    kept_by = [each for each in _states() if not (of_america and each in _PACIFIC)] if is_open else states
    for state in kept_by:
        read = {
            day: each
            for each in _state_days()
            if state in each.states and not (is_open and each.of_part) and (day := each.in_year(year))
        }
        listed = _listed(year, state)
        for day in {*read, *listed}:
            if not is_open and day in listed and day in read and read[day].read:
                certain.add(day)
            disputed.setdefault(day, f"{read[day].name if day in read else listed[day]} ({state})")
    return frozenset(certain), {day: name for day, name in disputed.items() if day not in certain}


@functools.cache
def _federal(year: int) -> tuple[frozenset[dt.date], dict[dt.date, str]]:
    """The days of 5 U.S.C. 6103(a) on their own dates; and, disputed, those kept on the Friday or the Monday
    beside a weekend, and those that the President declared.
    """
    import holidays

    own = holidays.country_holidays("US", years=[year], observed=False)
    kept = holidays.country_holidays("US", years=[year], categories=("public", "government"))
    return frozenset(own), {day: name for day, name in kept.items() if day not in own}


@functools.cache
def _kept(year: int, state: str) -> set[dt.date]:
    """The days that the package has of a state, federal ones among them; Columbus Day and Juneteenth it has
    for every state, though not all keep them: these two do not count.
    """
    import holidays

    of_state = holidays.country_holidays("US", years=[year], subdiv=state, observed=False)
    return {day for day, name in of_state.items() if "Columbus" not in name and "Juneteenth" not in name}


@functools.cache
def _listed(year: int, state: str) -> dict[dt.date, str]:
    """The days of a state that the package has beyond the federal ones."""
    import holidays

    federal = holidays.country_holidays("US", years=[year], observed=False)
    of_state = holidays.country_holidays(
        "US", years=[year], subdiv=state, categories=("public", "government")
    )
    return {day: name for day, name in of_state.items() if day not in federal}
