"""Ways of counting a term, as data: what each rule, court or reading makes of days off, hours and months."""

from __future__ import annotations

import functools
from importlib.resources import files
from typing import Literal

import msgspec

from paradero.authored.court_time.days_off import StateDays
from paradero.model.naming import nearest
from paradero.model.time.moments import MomentError

Unit = Literal["day", "month", "hour", "business_day"]


class Method(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One way of counting; the fields are explained at the head of `methods.toml`."""

    id: str
    title: str
    title_es: str
    source: str
    read: bool
    days: Literal["roll", "keep", "elapse", "clock", "clear"] = "roll"
    back: Literal["before", "after", "keep"] = "before"
    hours: Literal["roll", "elapse", "clock", "skip"] = "roll"
    months: Literal["calendar", "over", "thirty"] = "calendar"
    working: Literal["day", "clock"] = "day"
    states: StateDays = "forward"
    more: int = 0
    saturdays: bool = True
    closings: Literal["ignore", "days", "last"] = "ignore"
    beside: list[str] = []
    readings: list[str] = []

    def keeps_whole_days(self, unit: Unit) -> bool:
        """Whether a term of that unit ends with a day, and not at the clock time at which it began."""
        return (
            self.working == "day"
            if unit == "business_day"
            else unit != "hour" and self.days in ("roll", "keep", "clear")
        )


class _Unstated(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is held to be meant where nobody states the rule."""

    unit: Unit
    readings: list[str]
    back: bool = False


class _Methods(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    method: list[Method]
    unstated: list[_Unstated]


def method_ids() -> tuple[str, ...]:
    """The names by which an order can state a rule of time."""
    return tuple(each.id for each in _declared().method)


def methods_of(rule: str, unit: Unit, *, back: bool, has_closings: bool = False) -> tuple[Method, ...]:
    """The methods that a stated rule can mean: one, or the readings of one that is disputed; of no rule, all
    that are held to be meant; and where somebody states that an office was not open, those held besides.
    Raises MomentError where there is no such rule.
    """
    found = _meant(rule, unit, back=back)
    known = {each.id: each for each in _declared().method}
    besides = [known[name] for each in found for name in each.beside] if has_closings else []
    return tuple({each.id: each for each in (*found, *besides)}.values())


def _meant(rule: str, unit: Unit, *, back: bool) -> tuple[Method, ...]:
    known = {each.id: each for each in _declared().method}
    if not rule:
        names = next(
            each.readings
            for each in _declared().unstated
            if each.unit == unit and (each.back == back or unit == "business_day")
        )
        return tuple(known[each] for each in names)
    if rule not in known:
        near = nearest(rule, known)
        hint = f" Did you mean {' or '.join(f'`{each}`' for each in near)}?" if near else ""
        raise MomentError(
            f"`rule` must be one of {', '.join(f'`{each}`' for each in known)}; `{rule}` is not.{hint} Write"
            " one of these."
        )
    return tuple(known[each] for each in known[rule].readings) or (known[rule],)


@functools.cache
def _declared() -> _Methods:
    text = (files("paradero.authored.court_time") / "methods.toml").read_bytes()
    return msgspec.toml.decode(text, type=_Methods)
