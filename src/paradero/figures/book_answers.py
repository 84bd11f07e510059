"""Counts of people, costs, claims and amounts that figures are made of."""

from __future__ import annotations

from paradero.answers.books.agreements import agreement_stated
from paradero.answers.books.answers import (
    BalanceAnswer,
    BalanceAsked,
    ClaimsAsked,
    CostsAsked,
    balance_answer,
    claims_answer,
    costs_answer,
)
from paradero.answers.books.books import agreements_of, balances_of
from paradero.casefile.folder import Casefile
from paradero.figures.asking import Absent, Answered, Asked, answers


def _counts(asked: Asked) -> Answered | Absent:
    if not balances_of(asked.case):
        return Absent(why="This casefile holds no counts of people that must add up (`balances/`).")
    return Answered(rows=_balance(asked).rows, command="paradero balance")


def _count_conflicts(asked: Asked) -> Answered | Absent:
    if not balances_of(asked.case):
        return Absent(why="This casefile holds no counts of people that must add up (`balances/`).")
    return Answered(rows=_balance(asked).conflicts, command="paradero balance")


def _balance(asked: Asked) -> BalanceAnswer:
    believed = BalanceAsked(trust=asked.supposing.trust, without=asked.supposing.without)
    return balance_answer(asked.case, believed)


def _has(case: Casefile, folder: str) -> bool:
    return any((case.root / folder).glob("*.toml"))


def _costs(asked: Asked) -> Answered | Absent:
    if not _has(asked.case, "costs"):
        return Absent(why="This casefile holds no costs (`costs/`).")
    switched = CostsAsked(switched_on=asked.supposing.on, switched_off=asked.supposing.off)
    return Answered(rows=costs_answer(asked.case, switched).rows, command="paradero costs list")


def _claims(asked: Asked) -> Answered | Absent:
    if not _has(asked.case, "claims"):
        return Absent(why="This casefile holds no claims (`claims/`).")
    return Answered(rows=claims_answer(asked.case, ClaimsAsked()).rows, command="paradero claims check")


def _claim_findings(asked: Asked) -> Answered | Absent:
    if not _has(asked.case, "claims"):
        return Absent(why="This casefile holds no claims (`claims/`).")
    return Answered(rows=claims_answer(asked.case, ClaimsAsked()).findings, command="paradero claims check")


def _claim_standards(asked: Asked) -> Answered | Absent:
    if not _has(asked.case, "claims"):
        return Absent(why="This casefile holds no claims (`claims/`).")
    return Answered(rows=claims_answer(asked.case, ClaimsAsked()).standards, command="paradero claims check")


def _agreements(asked: Asked) -> Answered | Absent:
    found = [agreement_stated(each) for each in agreements_of(asked.case)]
    if not found:
        return Absent(why="This casefile holds no agreements (`agreements/`).")
    return Answered(rows=[amount for each in found for amount in each.amounts], command="paradero agreements")


answers("counts")(_counts)
answers("count conflicts")(_count_conflicts)
answers("costs")(_costs)
answers("claims")(_claims)
answers("claim findings")(_claim_findings)
answers("claim standards")(_claim_standards)
answers("amounts")(_agreements)
