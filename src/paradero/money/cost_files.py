"""The form of a cost's file: inputs, assumptions, results, as they are written."""

from __future__ import annotations

from typing import Literal

import msgspec

from paradero.authored.attribution import Attributed
from paradero.authored.evidence import Evidence


class LedgerFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the records of the casefile count from `first` to `last` (days or months, both included):
    `person_days` held, under a headcount definition and of the groups `is_one_of` of the column `by`; or
    `removals`. `release` where the casefile has several.
    """

    counts: Literal["person_days", "removals"]
    first: str
    last: str
    definition: str = "ddp-midnight"
    by: str = "everywhere"
    is_one_of: tuple[str, ...] = ()
    release: str = ""


class ElapsedFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The time from the moment `since` to the moment `until` (`event.phase` or `order.act`), in hours, or in
    days of 24 hours.
    """

    since: str
    until: str
    unit: Literal["hour", "day"]


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """Where a number comes from, exactly one of: bounds, an `amount` of an agreement (`agreement/amount`), a
    `count` of the balance, a `formula` over other inputs, what the `ledger` counts, the time `elapsed`
    between two moments.
    """

    value: float | None = None
    lo: float | None = None
    mode: float | None = None
    hi: float | None = None
    amount: str = ""
    count: str = ""
    formula: str = ""
    ledger: LedgerFile | None = None
    elapsed: ElapsedFile | None = None


class InputFile(Given, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A named input. With bounds it needs who says so; an amount or a count brings that with it."""

    id: str
    what: str
    what_es: str
    unit: str
    prices_of: int | None = None
    by: str = ""
    evidence: Evidence | None = None
    seen: list[str] = []
    dated: str = ""
    fact: str = ""
    note: str = ""


class SetsFile(Given, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an assumption makes of an input; money needs the year of its prices where the input itself states
    none.
    """

    input: str
    prices_of: int | None = None


class AssumptionFile(Attributed, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Something taken to be so: `on` unless switched off; while it is on, it sets inputs."""

    id: str
    says: str
    says_es: str
    sets: list[SetsFile]
    on: bool = True


class ResultFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A result: its formula, the unit it must come out in, and assumptions that it switches for itself
    (`with`, `without`).

    `estimate` marks what nobody paid or counted, such as unpaid labour valued at a wage: it is never shown
    without that word.
    """

    id: str
    what: str
    what_es: str
    formula: str
    unit: str
    with_: list[str] = msgspec.field(name="with", default_factory=list)
    without: list[str] = []
    estimate: bool = False
    fact: str = ""
    note: str = ""


class CostFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`costs/*.toml`."""

    id: str
    title: str
    title_es: str
    input: list[InputFile]
    result: list[ResultFile]
    assumption: list[AssumptionFile] = []
    note: str = ""
