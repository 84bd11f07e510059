"""The terms of an order as its file declares them: what is forbidden or required, on which condition, within
which time, up to which limit.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from paradero.authored.evidence import Sourced
from paradero.law.forms.kinds import Kind
from paradero.law.rules import Parameters


class Unless(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What has to come first, so that the forbidden thing may be done: an act of `kind`, `at_least` so long
    before it, with these `items` in it, given `to` each of these.

    `rule` is how the lead is counted (by the hours that pass, where nothing is said); `received`: it has to
    have been received before, too.
    """

    kind: Kind
    at_least: str = "PT0S"
    rule: str = "elapsed"
    items: list[str] = []
    to: list[str] = []
    received: bool = False


class Within(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The time after a trigger of each person's own: an event of the kind `after`. What is required has to be
    done within `length` of it; what is forbidden is forbidden for that long.

    `or_else`: the id of the term that is owed where this one was not done in time. `excuse`: the attribute in
    which an event says why it was not; one of `excuses` frees from the duty where a court says so, and leaves
    it open where one side says so.
    """

    after: Kind
    length: str
    rule: str = ""
    or_else: str = ""
    excuse: str = ""
    excuses: list[str] = []


_EVERY = re.compile(r"P(?:(?P<days>\d+)D|(?P<weeks>\d+)W|(?P<months>\d+)M|T(?P<hours>\d+)H)")


class Every(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is due again and again: the `first` time on the court's clock, then after each `length` (`P1D`,
    `P1W`, `P1M`, `PT12H`), so many `times` or until the act `until`.

    `each`: so many of them by each of these times. `skips = "days_off"`: nothing is due on a day that is off
    by the order's calendar.
    """

    first: str
    length: str
    times: int | None = None
    until: str = ""
    each: int = 1
    skips: Literal["", "days_off"] = ""

    @property
    def is_read(self) -> bool:
        """Whether the length is one that is counted: days, weeks, months or hours, at least one."""
        return bool(self.days or self.months or self.hours)

    @property
    def days(self) -> int:
        """The length in days; 0 where it is in months or hours."""
        return self._part("days") + 7 * self._part("weeks")

    @property
    def months(self) -> int:
        """The length in months; 0 where it is in days or hours."""
        return self._part("months")

    @property
    def hours(self) -> int:
        """The length in hours that pass; 0 where it is in days or months."""
        return self._part("hours")

    def _part(self, name: str) -> int:
        found = _EVERY.fullmatch(self.length)
        return int(found[name] or 0) if found else 0


class Count(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Of how many people something has to be done: `at_least` so many, of all where nothing is said. The
    class has `people_lo` to `people_hi` of them.
    """

    at_least: int | None = None
    people_lo: int | None = None
    people_hi: int | None = None


class Limit(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A number that a measure has to keep to: exactly one of `at_most`, `under`, `at_least` and `over`, in
    `unit`. A `holding` is measured by its length (`PT12H`), in `unit = "duration"`.
    """

    measure: str
    unit: str
    at_most: str = ""
    under: str = ""
    at_least: str = ""
    over: str = ""

    def bounds(self) -> dict[str, str]:
        """The number by what it is, of those that are given."""
        given = {"at_most": self.at_most, "under": self.under, "at_least": self.at_least, "over": self.over}
        return {name: text for name, text in given.items() if text}


class Keeps(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What may not change: the `attribute` of a person (country, district, custody, status) stays one of
    `values`. An event says it before and after, as `from_…` and `to_…`.

    `literal`: who had left before is no longer protected by it; `purposive`: nor may they be moved on. Where
    nothing is said, both are readings.
    """

    attribute: str
    values: list[str]
    reading: Literal["", "literal", "purposive"] = ""


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What has to come before a breach counts: an act of `kind` that tells of it, with these `items`. Where
    it may be cured by an act of the kind `cured_by`, it counts only if that was not done within `length` of
    the notice.
    """

    kind: Kind = "notice"
    length: str = "PT0S"
    rule: str = "elapsed"
    items: list[str] = []
    cured_by: Kind | None = None


class Finding(Sourced, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A court's own statement of whether a standard was kept, made at `time`. One that was set aside stays,
    with the reason in `withdrawn`.
    """

    answer: Literal["kept", "breached"]
    time: str = ""
    withdrawn: str = ""


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is ordered: `forbids` or `requires` a kind of event, sets a `standard` that only a court can say
    was kept, or binds to a `rule` with parameters of its own.

    What is required is due `by` an act, `within` a time of each person's own, or `every` so often; what is
    forbidden may be so `unless` something came first. `items` are the parts of what is required, `all` of
    them or `any`. `filed`: the act stands on the court's docket. `step`: what comes before a breach counts.
    """

    id: str
    says: str
    says_es: str = ""
    pin: str = ""
    forbids: Kind | None = None
    requires: Kind | None = None
    by: str = ""
    standard: str = ""
    standard_es: str = ""
    finding: list[Finding] = []
    rule: str = ""
    parameters: Parameters = Parameters()
    unless: Unless | None = None
    within: Within | None = None
    every: Every | None = None
    count: Count | None = None
    limit: Limit | None = None
    keeps: Keeps | None = None
    step: Step | None = None
    items: list[str] = []
    items_needed: Literal["all", "any"] = "all"
    filed: bool | None = None

    @property
    def kind(self) -> Kind | None:
        """The kind of event that it speaks of; None where it binds to a rule."""
        return "finding" if self.standard else self.forbids or self.requires

    @property
    def is_simple(self) -> bool:
        """Whether one event, or one act by one date, says all that there is to say."""
        parts = (self.standard, self.unless, self.within, self.every, self.count, self.limit, self.keeps)
        return not any((*parts, self.step))

    @property
    def is_filed(self) -> bool:
        """Whether its act would stand on the docket: a production does, unless the term says otherwise."""
        return self.requires == "production" if self.filed is None else self.filed

    @property
    def lengths(self) -> list[str]:
        """The lengths of time in it that a rule of time counts."""
        return [self.unless.at_least] if self.unless else [self.within.length] if self.within else []
