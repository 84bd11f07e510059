"""Rules as data: a folder each, with the texts relied on, the versions and when they were in force, the test,
and worked cases.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

import msgspec

from paradero.authored.declared import AuthoredError, Declared, Mistakes, check_ids, decoded, read
from paradero.engines.steps import Step, StepError, parse_step, read_steps
from paradero.model.answer import Answer
from paradero.model.time.clock import DAY_US, us_of
from paradero.model.time.moments import MomentError
from paradero.model.time.reading import duration_us

# Where a version has no first or no last day: before and after every date that can be written.
ALWAYS_US, NEVER_US = us_of(dt.datetime(1, 1, 1)), us_of(dt.datetime(9999, 12, 31, 23, 59, 59))


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A text relied on. `read`: its words were read in the source itself, at `seen`; where not, every
    citation says so.

    `says` is the sentence in our words, `quote` at most a few of its own.
    """

    instrument: str
    pin: str
    says: str
    url: str
    read: bool
    says_es: str = ""
    quote: str = ""
    seen: str = ""
    note: str = ""


class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a test measures by: `limit` and `window` are ISO 8601 durations of fixed length (`PT12H`,
    `P180D`), `count` a number.
    """

    limit: str = ""
    window: str = ""
    count: int | None = None


class Version(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    kw_only=True,
    rename={"first_day": "from", "end_day": "until"},
):
    """A rule as it stood from the day `from` (taken in any hour of it) to the day `until`, when it had
    ceased; either may be left out.
    """

    id: str
    text: list[Text]
    first_day: dt.date | None = None
    end_day: dt.date | None = None
    parameters: Parameters = Parameters()


class Construction(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One reading of the rule where the law is disputed; its parameters stand in for the version's."""

    id: str
    title: str
    title_es: str
    parameters: Parameters = Parameters()
    text: list[Text] = []


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A value that can decide: which record and field holds it, how it is asked for, which exemption will be
    claimed.
    """

    id: str
    what: str
    what_es: str
    record: str
    field: str
    ask: Literal["foia", "discovery", "subject_access"]
    exemption: str = ""


class Needs(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The columns of a documented table without which a row is no event that can be judged. Rows that lack
    one of them are counted beside the verdicts.
    """

    table: str
    columns: list[str]


class RuleFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`rule.toml`. `nature`: `law` and `policy` are limits that a text sets; an `indicator` is an
    irregularity that no text forbids by itself.

    `shown` and `not_shown` are sentences for `paradero why`; `{limit}`, `{window}`, `{count}` stand for the
    parameters.
    """

    title: str
    title_es: str
    nature: Literal["law", "policy", "indicator"]
    severity: Literal["note", "minor", "serious", "severe"]
    event: str
    event_es: str
    unit: Literal["minutes", "people", "moves", "years"]
    shown: str
    shown_es: str
    not_shown: str
    not_shown_es: str
    version: list[Version]
    fact: list[Fact]
    construction: list[Construction] = []
    needs: list[Needs] = []
    author: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule ready to be used: its file, its test as a step, its worked cases as text."""

    id: str
    file: RuleFile
    test: Step
    cases: str
    place: str

    @property
    def table(self) -> str:
        """The name of the table of its test."""
        return table_name(self.id)

    def fact(self, fact_id: str) -> Fact:
        """The declared fact of that id."""
        return next(each for each in self.file.fact if each.id == fact_id)

    def version(self, version_id: str) -> Version:
        """The declared version of that id."""
        return next(each for each in self.file.version if each.id == version_id)

    def construction(self, construction_id: str | None) -> Construction | None:
        """The declared construction of that id; None for None."""
        return next((each for each in self.file.construction if each.id == construction_id), None)


class CaseResult(Answer, frozen=True, kw_only=True):
    """A worked case of a rule or an order: whether it holds, and what was wrong, in words. `unlisted` are
    verdicts of an order besides, of which the case says nothing.
    """

    rule: str
    case: str
    holds: bool
    wrong: tuple[str, ...]
    unlisted: tuple[str, ...] = ()


def case_result(rule: str, case: str, wrong: Sequence[str], unlisted: Sequence[str] = ()) -> CaseResult:
    """What a worked case came to: it holds where nothing was wrong."""
    return CaseResult(rule=rule, case=case, holds=not wrong, wrong=tuple(wrong), unlisted=tuple(unlisted))


def facts_of(bound_facts: str | None, shown_facts: str | None) -> list[str]:
    """The decisive facts that a row of verdicts names, those of the bound first."""
    texts = [bound_facts, shown_facts]
    return list(
        dict.fromkeys(part.strip() for text in texts if text for part in text.split(";") if part.strip())
    )


def table_name(rule_id: str) -> str:
    """A rule's id as the name of a table."""
    return rule_id.replace("-", "_")


def read_rule(folder: Traversable) -> Rule:
    """Read a rule's folder; raises AuthoredError naming file, line and reason where it is not as it has to
    be.
    """
    place = str(folder)
    declared = read(_text_of(folder, "rule.toml"), RuleFile, file=f"{place}/rule.toml")
    _check(declared)
    try:
        test = parse_step(_text_of(folder, "test.sql"), file=f"{table_name(folder.name)}.sql")
    except StepError as error:
        raise AuthoredError(f"{place}/test.sql: {error}") from error
    return Rule(
        id=folder.name, file=declared.form, test=test, cases=_text_of(folder, "cases.toml"), place=place
    )


def read_rules(folder: Traversable) -> dict[str, Rule]:
    """Every rule in a folder of folders, by id."""
    return {
        entry.name: read_rule(entry)
        for entry in sorted(folder.iterdir(), key=lambda each: each.name)
        if entry.is_dir() and not entry.name.startswith(("_", "."))
    }


@functools.cache
def law_steps() -> dict[str, Step]:
    """The steps that rules and orders share, by the name of their table."""
    return read_steps(files("paradero.law") / "steps")


@functools.cache
def built_in_rules() -> dict[str, Rule]:
    """The rules that come with paradero."""
    return read_rules(files("paradero.law") / "rules")


def variants(rule: Rule, *, shift_us: int) -> list[dict[str, Any]]:
    """The rows of the table `rule_versions` for a rule: every version under every construction, numbered from
    0.

    `shift_us` is what a change of the clocks may have added or taken between two readings: an hour, or 0
    where the clocks are known not to change.
    """
    rows: list[dict[str, Any]] = []
    no_construction: list[Construction | None] = [None]
    for version in rule.file.version:
        for construction in rule.file.construction or no_construction:
            parameters = _merged(
                version.parameters, construction.parameters if construction else Parameters()
            )
            rows.append(
                {
                    "variant": len(rows),
                    "version": version.id,
                    "construction": construction.id if construction else None,
                    "order_id": None,
                    **_in_force(version),
                    **measures(parameters),
                    "shift_us": shift_us,
                }
            )
    return rows


def measures(parameters: Parameters) -> dict[str, int | None]:
    """Parameters as the columns of `rule_versions`."""
    return {
        "limit_us": duration_us(parameters.limit) if parameters.limit else None,
        "window_us": duration_us(parameters.window) if parameters.window else None,
        "limit_n": parameters.count,
    }


def _merged(below: Parameters, above: Parameters) -> Parameters:
    return Parameters(
        limit=above.limit or below.limit,
        window=above.window or below.window,
        count=below.count if above.count is None else above.count,
    )


def _in_force(version: Version) -> dict[str, int]:
    """The day's hour is not known: a version may begin or cease at any instant of its day."""
    begin = ALWAYS_US if version.first_day is None else _day(version.first_day)
    end = NEVER_US if version.end_day is None else _day(version.end_day)
    return {
        "begin_lo": begin,
        "begin_hi": begin if version.first_day is None else begin + DAY_US - 1,
        "end_lo": end,
        "end_hi": end if version.end_day is None else end + DAY_US - 1,
    }


def _day(day: dt.date) -> int:
    return us_of(dt.datetime(day.year, day.month, day.day))


def _text_of(folder: Traversable, name: str) -> str:
    try:
        return decoded((folder / name).read_bytes(), file=f"{folder}/{name}")
    except FileNotFoundError as error:
        raise AuthoredError(
            f"{folder}: the file {name} is missing. A rule is a folder with rule.toml, test.sql and"
            " cases.toml; add it."
        ) from error


def _check(declared: Declared[RuleFile]) -> None:
    """What the form alone cannot say: ids once, at least one version and fact, durations that can be read,
    days in order.
    """
    form, mistakes = declared.form, Mistakes()
    tables = {
        "version": [each.id for each in form.version],
        "construction": [each.id for each in form.construction],
        "fact": [each.id for each in form.fact],
    }
    for name in ("version", "fact"):
        if not tables[name]:
            mistakes.add(f"{declared.place()}: the rule has no [[{name}]]. Add at least one.")
    with mistakes.gathered():
        check_ids(declared.text, declared.file, [], tables)
    for number, version in enumerate(form.version):
        place = declared.place("version", number, "id")
        if not version.text:
            mistakes.add(
                f"{place}: the version `{version.id}` relies on no [[version.text]]. Add at least one."
            )
        if version.first_day and version.end_day and version.first_day >= version.end_day:
            mistakes.add(
                f"{place}: `from` ({version.first_day}) of the version `{version.id}` is not before `until`"
                f" ({version.end_day}). Correct one of them."
            )
    measured = [("version", number, each.parameters) for number, each in enumerate(form.version)]
    measured += [("construction", number, each.parameters) for number, each in enumerate(form.construction)]
    for kind, number, parameters in measured:
        try:
            measures(parameters)
        except MomentError as error:
            mistakes.add(f"{declared.place(kind, number, 'id')}: {error}")
    mistakes.settle()
