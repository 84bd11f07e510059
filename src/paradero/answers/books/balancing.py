"""Balance a casefile: its counts and equations under what is believed, and again without each source that has
a part in a conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from paradero.answers.books.books import balances_of
from paradero.answers.books.solved import Solved
from paradero.authored.evidence import EVIDENCE, Trust
from paradero.balance.balances import Balance
from paradero.balance.balancing import Balanced
from paradero.casefile.folder import Casefile
from paradero.model.errors import CasefileError
from paradero.model.naming import unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseBalance:
    """The balance of a casefile, and by source the bounds of each count as if it had said nothing."""

    balances: tuple[Balance, ...]
    trust: Trust
    balanced: Balanced
    others: Mapping[str, Mapping[str, tuple[int | None, int | None]]]


def balanced_case(case: Casefile, *, trust: str | None = None, without: Sequence[str] = ()) -> CaseBalance:
    """Balance all counts of the casefile. Raises CasefileError where it has none, AuthoredError for a mistake
    in a file, UnknownName for a source that says nothing.
    """
    balances = balances_of(case)
    if not balances:
        raise CasefileError(
            f"{case.root}: no counts of people in balances/. Write one: docs/how-to/write-a-balance.md."
        )
    sources = {each.said.by for one in balances for count in one.counts for each in count.asserted} | {
        each.file.by for one in balances for each in one.equations
    }
    believed = trust_of(trust, without, sources)
    solved = Solved(case, balances)
    balanced = solved.balance(believed)
    in_conflict = sorted({source for clash in balanced.clashes for source in clash.sources})
    others = {source: solved.spans_without({source}, believed) for source in in_conflict}
    solved.save()
    return CaseBalance(balances=balances, trust=believed, balanced=balanced, others=others)


def check_solved(case: Casefile) -> str:
    """Solve again what is kept of the balances; raises CasefileError where one comes out otherwise."""
    return f"{Solved(case, balances_of(case)).check()} answers on balances solved again to the same bounds"


def trust_of(trust: str | None, without: Sequence[str], sources: Iterable[str]) -> Trust:
    """What the options ask to believe; raises UnknownName for a kind of evidence or a source that there is
    none of.
    """
    evidence = tuple(part.strip() for part in trust.split(",")) if trust else EVIDENCE
    for each in evidence:
        if each not in EVIDENCE:
            raise unknown("a kind of evidence", each, EVIDENCE)
    known = sorted(set(sources))
    for each in without:
        if each not in known:
            raise unknown("a source that says something", each, known)
    return Trust(evidence=evidence, without=tuple(without))
