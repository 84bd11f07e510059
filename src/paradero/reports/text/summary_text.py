"""The counts of an audit as tables: what law, policy and orders forbid apart from what is only irregular."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from paradero.answers.verdicts.verdict_values import VerdictSummary
from paradero.law.rules import Rule
from paradero.model.answer import Row

Table = tuple[Sequence[Row], list[str]]

_WHAT = ["rule", "order", "version", "construction"]
_OF_LAW = ["violated", "undetermined", "complied", "not_bound", "best_case", "worst_case"]
_UNJUDGED = "cannot_be_judged"
# a rule of nature `indicator` names an irregularity that no law forbids by itself: it is never *violated*
_OF_RECORD = {"violated": "irregular", "complied": "regular"}


def summary_tables(counted: Sequence[VerdictSummary], rules: Mapping[str, Rule]) -> list[Table]:
    """The table of rules and orders, and that of indicators, each where it has a row."""
    rows = [each.as_json() for each in counted]
    is_indicator = [_is_indicator(each, rules) for each in counted]
    of_law = [row for row, other in zip(rows, is_indicator, strict=True) if not other]
    of_record = [_renamed(row) for row, is_one in zip(rows, is_indicator, strict=True) if is_one]
    renamed = [_OF_RECORD.get(column, column) for column in _OF_LAW]
    found: list[Table] = []
    for listed, columns in ((of_law, _OF_LAW), (of_record, renamed)):
        unjudged = [_UNJUDGED] if any(row[_UNJUDGED] for row in listed) else []
        found.append((listed, [*_WHAT, *columns, *unjudged]))
    return [table for table in found if table[0]]


def _is_indicator(one: VerdictSummary, rules: Mapping[str, Rule]) -> bool:
    rule = rules.get(one.rule) if one.judged == "rule" else None
    return rule is not None and rule.file.nature == "indicator"


def _renamed(row: Row) -> Row:
    return {_OF_RECORD.get(name, name): value for name, value in row.items()}
