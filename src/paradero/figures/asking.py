"""What figures are counted from: answers by name, each worked out once of a casefile."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from paradero.answers.companies.standing import Standing, standing_of
from paradero.answers.law.law_files import Law, law_of
from paradero.answers.status import Status, status_of
from paradero.answers.verdicts.auditing import Audited, audit
from paradero.building.receipts import current
from paradero.casefile.folder import Casefile
from paradero.casefile.originals import sources_of
from paradero.model.answer import Answer

Answering: TypeAlias = "Callable[[Asked], Answered | Absent]"

ANSWERS: dict[str, Answering] = {}

RECORDS = "This casefile holds no records of people."


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The rows of an answer. `remarks` say what it cannot judge: the count of its rows is then a lower bound,
    and with `is_untold` nothing can be counted at all. `n_nobody` rows have no person id: each may be the
    row of somebody who is counted for lacking one.
    """

    rows: Sequence[Answer]
    command: str
    table: str | None = None
    remarks: tuple[str, ...] = ()
    is_untold: bool = False
    n_nobody: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """The casefile has nothing that the answer is made of: why, as a sentence."""

    why: str


class Asked:
    """A casefile that is asked for the same answers by many figures: each is worked out once. With a
    `facility`, by its code, or a `company`, by its key or a name that is nobody else's, answers on it are
    there too.
    """

    def __init__(self, case: Casefile, *, facility: str | None = None, company: str | None = None) -> None:
        self.case = case
        self.facility = facility
        self.company = company
        self._found: dict[str, Answered | Absent] = {}

    def answer(self, name: str) -> Answered | Absent:
        """The answer of that name."""
        if name not in self._found:
            self._found[name] = ANSWERS[name](self)
        return self._found[name]

    @functools.cached_property
    def standing(self) -> Standing | None:
        """What the company stands behind; None where none is asked about. Raises what `standing_of` does."""
        return None if self.company is None else standing_of(self.case, self.company)

    @functools.cached_property
    def has_records(self) -> bool:
        """Whether there is anything to build tables from, or a build."""
        return bool(sources_of(self.case)) or current(self.case) is not None

    @functools.cached_property
    def status(self) -> Status:
        """The state of the casefile."""
        return status_of(self.case)

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


def answers(name: str) -> Callable[[Answering], Answering]:
    """Give an answer its name, by which definitions of figures ask for it."""

    def named(work: Answering) -> Answering:
        ANSWERS[name] = work
        return work

    return named
