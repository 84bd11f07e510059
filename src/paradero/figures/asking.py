"""What figures are counted from: answers by name, each worked out once of a casefile."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from paradero.answers.books.balancing import trust_of
from paradero.answers.companies.standing import Standing, standing_of
from paradero.answers.law.law_files import Law, law_of
from paradero.answers.status import Status, status_of
from paradero.answers.verdicts.auditing import Audited, audit
from paradero.building.receipts import current
from paradero.casefile.folder import Casefile
from paradero.casefile.originals import sources_of
from paradero.model.answer import Answer

T = TypeVar("T")

Answering: TypeAlias = "Callable[[Asked], Answered | Absent]"

ANSWERS: dict[str, Answering] = {}
OF_A_SUBJECT: set[str] = set()  # answers that differ with the facility or company that is asked about

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposing:
    """What answers suppose: statements of these kinds of `evidence` alone are believed (none named: all),
    `without` those of some sources; assumptions of costs switched `on` and `off`.
    """

    evidence: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    off: tuple[str, ...] = ()

    @property
    def trust(self) -> str | None:
        """The kinds of evidence as `--trust` takes them; None: all."""
        return ",".join(self.evidence) or None


EVERYTHING = Supposing()  # that is said is believed, and every assumption as its file has it


class Asked:
    """A casefile that is asked for the same answers by many figures: each is worked out once. With a
    `facility`, by its code, or a `company`, by its key or a name that is nobody else's, answers on it are
    there too; answers that are on neither are taken from `shared`. All are worked out as `supposing` says.
    """

    def __init__(
        self,
        case: Casefile,
        *,
        facility: str | None = None,
        company: str | None = None,
        supposing: Supposing = EVERYTHING,
        shared: Asked | None = None,
    ) -> None:
        self.case = case
        self.facility = facility
        self.company = company
        self.supposing = supposing
        self._shared = shared
        self._found: dict[str, Answered | Absent] = {}
        self._worked_out: dict[object, object] = {}

    def answer(self, name: str) -> Answered | Absent:
        """The answer of that name."""
        if self._shared is not None and name not in OF_A_SUBJECT:
            return self._shared.answer(name)
        if name not in self._found:
            self._found[name] = ANSWERS[name](self)
        return self._found[name]

    def worked_out(self, key: object, work: Callable[[Asked], T], is_shared: bool) -> T:
        """What `work` makes of these answers, once; what `is_shared` once for all that share them."""
        if self._shared is not None and is_shared:
            return self._shared.worked_out(key, work, is_shared)
        if key not in self._worked_out:
            self._worked_out[key] = work(self)
        return self._worked_out[key]  # type: ignore[return-value]

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
        if self._shared is not None:
            return self._shared.status
        return status_of(self.case)

    @functools.cached_property
    def law(self) -> Law:
        """The rules, orders and events of the casefile."""
        if self._shared is not None:
            return self._shared.law
        return law_of(self.case)

    @functools.cached_property
    def audited(self) -> Audited | None:
        """The audit on everything that is believed; None where there is nothing that could be judged. What is
        supposed for once is not kept in the casefile. Raises UnknownName for a kind of evidence or a source
        that there is none of.
        """
        if self._shared is not None:
            return self._shared.audited
        if not self.has_records and not self.law.events:
            return None
        supposing = self.supposing
        trust = trust_of(supposing.trust, supposing.without, self.law.sources())
        is_kept = not (supposing.evidence or supposing.without)
        return audit(self.case, self.law, trust=trust, is_kept=is_kept)


def answers(name: str, *, of_a_subject: bool = False) -> Callable[[Answering], Answering]:
    """Give an answer its name, by which definitions of figures ask for it; say of one that looks at the
    facility or company that is asked about that it is `of_a_subject`.
    """

    def named(work: Answering) -> Answering:
        ANSWERS[name] = work
        if of_a_subject:
            OF_A_SUBJECT.add(name)
        return work

    return named
