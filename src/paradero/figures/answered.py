"""The answers that figures are counted from, by name: their rows, what they cannot judge, and the command
that prints them.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from paradero.answers.books.agreements import agreement_stated
from paradero.answers.books.answers import (
    BalanceAsked,
    ClaimsAsked,
    CostsAsked,
    balance_answer,
    claims_answer,
    costs_answer,
)
from paradero.answers.books.books import agreements_of, balances_of
from paradero.answers.counts import headcounts
from paradero.answers.counts.reconciling import reconciled
from paradero.answers.law.law_files import Law, law_of
from paradero.answers.people.listing import (
    CONFLICTS,
    TRANSFERS,
    UNACCOUNTED,
    ConflictCount,
    GradedConflict,
    Listing,
    ReasonCount,
    StatusCount,
    Transfer,
    UnaccountedInterval,
    listed,
)
from paradero.answers.status import status_of
from paradero.answers.verdicts.audit_reading import Reading, reading
from paradero.answers.verdicts.auditing import Audited, audit
from paradero.answers.verdicts.requests import requests_of
from paradero.answers.verdicts.verdict_values import Citation, LawCitation, VerdictSummary
from paradero.answers.verdicts.verdicts import Wanted, summary, verdicts_of
from paradero.building.receipts import current
from paradero.building.tables import open_tables
from paradero.casefile.folder import Casefile
from paradero.casefile.originals import sources_of
from paradero.custody.definitions import definition_of, definitions
from paradero.model.answer import Answer

C = TypeVar("C", ReasonCount, ConflictCount, StatusCount)
R = TypeVar("R", UnaccountedInterval, GradedConflict, Transfer)

DRAWN = "ddp-midnight"  # the definition that pages draw by day
_EXAMPLES = 20  # verdicts looked at for rows that a count of them rests on

RECORDS = "This casefile holds no records of people."


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The rows of an answer. `remarks` say what it cannot judge: the count of its rows is then a lower bound,
    and with `is_untold` nothing can be counted at all.
    """

    rows: Sequence[Answer]
    command: str
    table: str | None = None
    remarks: tuple[str, ...] = ()
    is_untold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """The casefile has nothing that the answer is made of: why, as a sentence."""

    why: str


class Asked:
    """A casefile that is asked for the same answers by many figures: each is worked out once. With a
    `facility`, by its code, answers on that facility are there too.
    """

    def __init__(self, case: Casefile, *, facility: str | None = None) -> None:
        self.case = case
        self.facility = facility
        self._found: dict[str, Answered | Absent] = {}

    def answer(self, name: str) -> Answered | Absent:
        """The answer of that name."""
        if name not in self._found:
            self._found[name] = ANSWERS[name](self)
        return self._found[name]

    @functools.cached_property
    def has_records(self) -> bool:
        """Whether there is anything to build tables from, or a build."""
        return bool(sources_of(self.case)) or current(self.case) is not None

    @functools.cached_property
    def law(self) -> Law:
        """The rules, orders and events of the casefile."""
        return law_of(self.case)

    @functools.cached_property
    def audited(self) -> Audited | None:
        """The audit on everything that is said; None where there is nothing that could be judged."""
        if not self.has_records and not self.law.events:
            return None
        return audit(self.case, self.law)


def _listed(listing: Listing[C, R], command: str) -> Callable[[Asked], Answered | Absent]:
    def answer(asked: Asked) -> Answered | Absent:
        if not asked.has_records:
            return Absent(why=RECORDS)
        found = listed(asked.case, listing, only={}, limit=0)
        return Answered(
            rows=found.rows,
            command=command,
            table=found.table,
            remarks=tuple(found.cannot_be_judged),
            is_untold=found.n_rows is None,
        )

    return answer


def _releases(asked: Asked) -> Answered | Absent:
    if not asked.has_records:
        return Absent(why=RECORDS)
    found = status_of(asked.case)
    return Answered(
        rows=found.releases, command="paradero status", table="releases", remarks=tuple(found.warnings)
    )


def _headcounts(asked: Asked) -> Answered | Absent:
    """National counts of every definition, each release by itself."""
    command = "--by everywhere --definition NAME"
    return _counted(asked, definitions(), by="everywhere", facility=None, command=command)


def _of_facility(asked: Asked) -> Answered | Absent:
    """Counts of one facility by the definition that its page draws, each release by itself."""
    if asked.facility is None:
        return Absent(why="Figures of a facility are in its report: `paradero report --about facility CODE`.")
    command = f"--facility {asked.facility}"
    return _counted(asked, [DRAWN], by=headcounts.PLACE, facility=asked.facility, command=command)


def _counted(
    asked: Asked, names: Iterable[str], *, by: str, facility: str | None, command: str
) -> Answered | Absent:
    if not asked.has_records:
        return Absent(why=RECORDS)
    rows: list[Answer] = []
    remarks: dict[str, None] = {}
    for name, release in itertools.product(names, _releases_held(asked)):
        question = headcounts.Asked(
            definition=definition_of(name), by=by, release=release, facility=facility, sort="date"
        )
        with open_tables(asked.case, "sources") as built:
            found = headcounts.counted(built, question)
            remarks.update(dict.fromkeys(found.cannot_be_judged))
            rows += headcounts.shown(built, found, by=by, limit=0, nobody=facility is not None)[0]
    return Answered(
        rows=rows,
        command=f"paradero headcount {command}",
        table="headcounts",
        remarks=tuple(remarks),
        is_untold=not rows,
    )


def _releases_held(asked: Asked) -> list[str]:
    """The releases that have detention rows: their counts must not be added."""
    with open_tables(asked.case, "wanting") as built:
        return [row["release"] for row in built.rows("SELECT release FROM wanting ORDER BY release")]


def _published(asked: Asked) -> Answered | Absent:
    if not asked.has_records:
        return Absent(why=RECORDS)
    rows = reconciled(asked.case, status=None, limit=1).summary
    if not rows:
        return Absent(why="This casefile holds no published figures to compare with its records.")
    return Answered(rows=rows, command="paradero reconcile", table="reconciliation")


def _audit(
    command: str, read_rows: Callable[[Reading], Sequence[Answer]]
) -> Callable[[Asked], Answered | Absent]:
    def answer(asked: Asked) -> Answered | Absent:
        if asked.audited is None:
            return Absent(
                why="This casefile holds neither records nor events that a rule could be held against."
            )
        with reading(asked.audited) as read:
            return Answered(rows=read_rows(read), command=command)

    return answer


class CountedVerdicts(VerdictSummary, frozen=True, kw_only=True):
    """How many events have which verdict, and the rows or statements of some that are beyond the limit."""

    examples: list[Citation]


def _verdict_counts(read: Reading) -> Sequence[Answer]:
    return [
        CountedVerdicts(**msgspec.structs.asdict(one), examples=_examples(read, one))
        for one in summary(read, Wanted())
    ]


def _examples(read: Reading, one: VerdictSummary) -> list[Citation]:
    """What some of the events beyond the limit rest on; none where there are none."""
    if not one.violated:
        return []
    wanted = Wanted(by=(one.order or one.rule,), construction=one.construction, verdicts=("violated",))
    found = [
        each
        for each in verdicts_of(read, wanted, limit=_EXAMPLES)
        if each.rule == one.rule and each.version == one.version and each.order == one.order
    ]
    return [cited for each in found for cited in each.citations if not isinstance(cited, LawCitation)]


def _on_events(read: Reading) -> Sequence[Answer]:
    """Verdicts of orders on events that files state."""
    return [each for each in verdicts_of(read, Wanted(stated=True)) if each.judged == "order"]


def _counts(asked: Asked) -> Answered | Absent:
    if not balances_of(asked.case):
        return Absent(why="This casefile holds no counts of people that must add up (`balances/`).")
    return Answered(rows=balance_answer(asked.case, BalanceAsked()).rows, command="paradero balance")


def _count_conflicts(asked: Asked) -> Answered | Absent:
    if not balances_of(asked.case):
        return Absent(why="This casefile holds no counts of people that must add up (`balances/`).")
    return Answered(rows=balance_answer(asked.case, BalanceAsked()).conflicts, command="paradero balance")


def _has(case: Casefile, folder: str) -> bool:
    return any((case.root / folder).glob("*.toml"))


def _costs(asked: Asked) -> Answered | Absent:
    if not _has(asked.case, "costs"):
        return Absent(why="This casefile holds no costs (`costs/`).")
    return Answered(rows=costs_answer(asked.case, CostsAsked()).rows, command="paradero costs list")


def _claims(asked: Asked) -> Answered | Absent:
    if not _has(asked.case, "claims"):
        return Absent(why="This casefile holds no claims (`claims/`).")
    return Answered(rows=claims_answer(asked.case, ClaimsAsked()).rows, command="paradero claims check")


def _claim_findings(asked: Asked) -> Answered | Absent:
    if not _has(asked.case, "claims"):
        return Absent(why="This casefile holds no claims (`claims/`).")
    return Answered(rows=claims_answer(asked.case, ClaimsAsked()).findings, command="paradero claims check")


def _agreements(asked: Asked) -> Answered | Absent:
    found = [agreement_stated(each) for each in agreements_of(asked.case)]
    if not found:
        return Absent(why="This casefile holds no agreements (`agreements/`).")
    return Answered(rows=[amount for each in found for amount in each.amounts], command="paradero agreements")


ANSWERS: Mapping[str, Callable[[Asked], Answered | Absent]] = {
    "releases": _releases,
    "unaccounted": _listed(UNACCOUNTED, "paradero unaccounted"),
    "conflicts": _listed(CONFLICTS, "paradero conflicts"),
    "transfers": _listed(TRANSFERS, "paradero transfers"),
    "headcounts": _headcounts,
    "headcounts of a facility": _of_facility,
    "published": _published,
    "verdict counts": _audit("paradero audit", _verdict_counts),
    "verdicts on events": _audit("paradero audit", _on_events),
    "requests": _audit("paradero requests", lambda read: requests_of(read, language="en")),
    "counts": _counts,
    "count conflicts": _count_conflicts,
    "costs": _costs,
    "claims": _claims,
    "claim findings": _claim_findings,
    "amounts": _agreements,
}
