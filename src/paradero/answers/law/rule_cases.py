"""Worked cases of rules: run through the very steps and tests that real records run through, before a rule is
used.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from typing import TypeAlias

import duckdb
import msgspec
import pyarrow as pa

from paradero.authored.declared import AuthoredError, Mistakes, place_in, read_on
from paradero.building.stages import empty_of, kinds_of_rows
from paradero.building.trials import SharedTrials, Trial, can_share, place_in_trial, run_trials
from paradero.engines.duckdb import confine, create_view
from paradero.law.confined import stopped_after
from paradero.law.judging import check_test, define_test
from paradero.law.rules import CaseResult, Rule, case_result, facts_of, law_steps, variants
from paradero.model.naming import unknown
from paradero.model.time.clock import HOUR_US
from paradero.model.verdicts import Verdict

Cells: TypeAlias = dict[str, object]  # of a row, by columns, as a release would print them

# of the verdicts, with their types: tests of rules are written by anybody
_TRIED = "tried_rows"
_FOUND = (
    "SELECT version, construction, verdict, in_force, CAST(subject AS VARCHAR) AS subject,"
    " CAST(event_row AS BIGINT) AS event_row, CAST(other_row AS BIGINT) AS other_row,"
    " CAST(bound_facts AS VARCHAR) AS bound_facts, CAST(shown_facts AS VARCHAR) AS shown_facts"
    " FROM tried_rows"
)
_MOST_SECONDS = 60  # a worked case has a handful of rows


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A verdict that a case has to give: on which row (`detentions 1`), beside which other one, or on which
    subject (a facility's code).
    """

    version: str
    verdict: Verdict
    row: str = ""
    other: str = ""
    subject: str = ""
    construction: str = ""
    facts: list[str] | None = None


class WorkedCase(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Rows as a release would print them, by kind, and every verdict but not_bound that the rule has to give
    on them.
    """

    title: str
    verdicts: list[Expected]
    released_at: dt.datetime | None = None
    detentions: list[Cells] = []
    arrests: list[Cells] = []
    removals: list[Cells] = []
    detainers: list[Cells] = []
    encounters: list[Cells] = []
    segregation: list[Cells] = []
    deaths: list[Cells] = []
    court_bonds: list[Cells] = []
    court_custody: list[Cells] = []
    facilities: list[Cells] = []


class _Found(msgspec.Struct, frozen=True, kw_only=True):
    """A verdict that the rule gives."""

    version: str
    construction: str | None
    subject: str | None
    event_row: int | None
    other_row: int | None
    verdict: Verdict
    in_force: bool | None
    bound_facts: str | None
    shown_facts: str | None

    def facts(self) -> list[str]:
        """The facts that it names as decisive."""
        return facts_of(self.bound_facts, self.shown_facts)


class CasesFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`cases.toml`."""

    case: list[WorkedCase]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tried:
    """A rule whose texts have been read: what its worked cases state, and their rows."""

    rule: Rule
    cases: list[WorkedCase]
    trials: list[Trial]

    @property
    def tables(self) -> list[str]:
        """What its test reads of the tables."""
        return [name for name in self.rule.test.inputs if name != "rule_versions"]


def run_cases(rule: Rule) -> list[CaseResult]:
    """Run a rule's worked cases. Raises AuthoredError where the rule or its cases cannot be run at all: file,
    line and reason.
    """
    (results,) = run_each([rule])
    return results


def run_each(rules: Iterable[Rule]) -> Generator[list[CaseResult], None, None]:
    """Run the worked cases of rules, one after the other, over tables that are made for all of them at once.
    Raises AuthoredError as run_cases does, when it is the rule's turn.
    """
    tried: list[_Tried] = []
    mistaken: AuthoredError | None = None
    for rule in rules:
        try:
            tried.append(_read(rule))
        except AuthoredError as error:
            mistaken = error
            break
    shared = _shared([each for each in tried if can_share(each.tables)])
    try:
        for each in tried:
            yield _results(each, shared if can_share(each.tables) else None)
    finally:
        if shared is not None:
            shared.close()
    if mistaken is not None:
        raise mistaken


def _read(rule: Rule) -> _Tried:
    from paradero.building.stages import documented_tables

    check_test(rule, documented_tables())
    cases = _cases(rule)
    return _Tried(rule=rule, cases=cases, trials=_trials(rule, cases))


def _shared(tried: list[_Tried]) -> SharedTrials | None:
    """The tables of all of them; none where they cannot be made: each then fails or holds by itself."""
    if not tried:
        return None
    try:
        shared = SharedTrials(
            {each.rule.id: each.trials for each in tried}, {name for each in tried for name in each.tables}
        )
    except (duckdb.Error, pa.ArrowException):
        return None
    confine(shared.connection, readable=())
    return shared


def _results(tried: _Tried, shared: SharedTrials | None) -> list[CaseResult]:
    rule, cases = tried.rule, tried.cases
    if shared is None:
        connection = run_trials(tried.trials, tried.tables)
        confine(connection, readable=())
        try:
            found = _found(rule, connection)
        finally:
            connection.close()
        first = 0
    else:
        shared.give(rule.id, tried.tables)
        found = _found(rule, shared.connection)
        first = shared.first(rule.id)
    given = [_given(case) for case in cases]
    by_case = _by_case(found, cases, first)
    return [
        case_result(rule.id, case.title, _differences(rule, given[number], by_case[number]))
        for number, case in enumerate(cases)
    ]


def _found(rule: Rule, connection: duckdb.DuckDBPyConnection) -> list[_Found]:
    """The verdicts that the rule gives on the tables of a connection."""
    with stopped_after(connection, _MOST_SECONDS, what=f"{rule.place}/cases.toml"):
        define_test(connection, rule, variants(rule, shift_us=HOUR_US))
        create_view(connection, _TRIED, law_steps()["verdict_rows"].select)
        result = connection.execute(_FOUND)
        names = [column[0] for column in result.description or ()]
        return [msgspec.convert(dict(zip(names, row, strict=True)), _Found) for row in result.fetchall()]


def trials_of(rule: Rule) -> list[Trial]:
    """The rows of a rule's worked cases, each case a release of its own."""
    return _trials(rule, _cases(rule))


def _cases(rule: Rule) -> list[WorkedCase]:
    file = f"{rule.place}/cases.toml"
    declared, mistakes = read_on(rule.cases, CasesFile, file=file)
    cases = declared.form.case
    if not cases:
        mistakes.add(
            f"{file} line 1: the rule has no [[case]], and is not used before its worked cases hold. Add one."
        )
    versions = [each.id for each in rule.file.version]
    for number, case in enumerate(cases):
        _check_rows(case, rule, file, number, mistakes)
        for which, expected in enumerate(case.verdicts):
            if expected.version not in versions:
                place = declared.place("case", number, "verdicts", which)
                what = f"a version of the rule, in the case `{case.title}`"
                mistakes.add(str(unknown(what, expected.version, versions, place=place)))
    mistakes.settle()
    return cases


def _trials(rule: Rule, cases: list[WorkedCase]) -> list[Trial]:
    return [
        Trial(name=f"{rule.id} {number}", rows=_rows(case), released_at=case.released_at)
        for number, case in enumerate(cases)
    ]


def _rows(case: WorkedCase) -> dict[str, list[Cells]]:
    """The case's rows by kind."""
    return {kind: rows for kind in kinds_of_rows() if (rows := getattr(case, kind, []))}


def _check_rows(case: WorkedCase, rule: Rule, file: str, number: int, mistakes: Mistakes) -> None:
    """Refuse a column that a kind of rows does not have, and a value of the wrong type."""
    for kind, rows in _rows(case).items():
        schema = empty_of(kind)
        for which, row in enumerate(rows):
            for column, value in row.items():
                place = place_in(rule.cases, file, ["case", number, kind, which, column])
                if column not in schema.names:
                    what = f"a column of {kind}, in the case `{case.title}`"
                    listed = f"Name a column of {kind}."
                    mistakes.add(str(unknown(what, column, schema.names, place=place, where_listed=listed)))
                    continue
                wanted = schema.field(column).type
                try:
                    pa.scalar(value, type=wanted)
                except (pa.ArrowException, TypeError, ValueError):
                    mistakes.add(
                        f"{place}: `{column}` of the case `{case.title}` must be of type {wanted}; {value!r}"
                        " is not. Write it so."
                    )


Key = tuple[str, str, str, str, str]


def _given(case: WorkedCase) -> dict[Key, Expected]:
    return {
        (each.version, each.construction, each.row, each.other, each.subject): each for each in case.verdicts
    }


def _by_case(found: list[_Found], cases: list[WorkedCase], first: int) -> list[list[tuple[Key, _Found]]]:
    """The verdicts of each case, under names as the case writes them; those on subjects that no row leads to
    belong to the case that names the subject. `first` is the place of the first case among all trials.
    """
    listed: list[list[tuple[Key, _Found]]] = [[] for _ in cases]
    for row in found:
        at = row.event_row if row.event_row is not None else row.other_row
        number = (
            place_in_trial(at)[0] - first
            if at is not None
            else next(
                (n for n, case in enumerate(cases) if any(v.subject == row.subject for v in case.verdicts)), 0
            )
        )
        key = (
            row.version,
            row.construction or "",
            _name(row.event_row),
            _name(row.other_row),
            row.subject or "",
        )
        listed[number].append((key, row))
    return listed


def _name(row_id: int | None) -> str:
    if row_id is None:
        return ""
    _, kind, number = place_in_trial(row_id)
    return f"{kind} {number}"


def _differences(rule: Rule, given: dict[Key, Expected], found: list[tuple[Key, _Found]]) -> list[str]:
    wrong = [
        f"{_words(key)}: {n} verdicts; there must be one"
        for key, n in Counter(key for key, _ in found).items()
        if n > 1
    ]
    seen = dict(found)
    for key, said in given.items():
        row = seen.get(key)
        if row is None and said.verdict is not Verdict.NOT_BOUND:
            wrong.append(f"{_words(key)}: the case says {said.verdict}; there is no verdict")
        elif row is not None and row.verdict != said.verdict:
            wrong.append(f"{_words(key)}: the case says {said.verdict}; the verdict is {row.verdict}")
        elif row is not None and said.facts is not None and sorted(said.facts) != sorted(row.facts()):
            wrong.append(
                f"{_words(key)}: the case says the decisive facts {', '.join(said.facts) or 'none'}; they are"
                f" {', '.join(row.facts()) or 'none'}"
            )
    for key, row in found:
        if key not in given and row.verdict != Verdict.NOT_BOUND:
            wrong.append(f"{_words(key)}: the verdict is {row.verdict}, which the case does not list")
        declared = {each.id for each in rule.file.fact}
        if not declared.issuperset(row.facts()):
            wrong.append(
                f"{_words(key)}: the facts {', '.join(sorted(set(row.facts()) - declared))} are not"
                " declared in rule.toml"
            )
        if row.verdict == Verdict.UNDETERMINED and row.in_force is not None and not row.facts():
            wrong.append(f"{_words(key)}: undetermined without a decisive fact")
    return wrong


def _words(key: Key) -> str:
    version, construction, row, other, subject = key
    return " ".join(
        part
        for part in (row or subject, f"beside {other}" if other else "", f"version {version}", construction)
        if part
    )
