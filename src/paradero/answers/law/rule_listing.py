"""The rules as a list."""

from __future__ import annotations

from collections.abc import Mapping

from paradero.law.rules import Rule, Version
from paradero.model.answer import Answer


class ListedRule(Answer, frozen=True, kw_only=True):
    """A rule in a line: its nature, its versions with their periods, its constructions, and what it cites.

    `read` says how many of the texts that it relies on were read in their source, of all; `place` is its
    folder.
    """

    rule: str
    title: str
    title_es: str
    nature: str
    severity: str
    versions: str
    constructions: tuple[str, ...]
    read: str
    citations: tuple[str, ...]
    place: str


def listed_rules(rules: Mapping[str, Rule]) -> list[ListedRule]:
    """One line for each rule."""
    return [_listed(rule) for rule in rules.values()]


def _listed(rule: Rule) -> ListedRule:
    file = rule.file
    texts = [text for each in file.version for text in each.text]
    texts += [text for each in file.construction for text in each.text]
    return ListedRule(
        rule=rule.id,
        title=file.title,
        title_es=file.title_es,
        nature=file.nature,
        severity=file.severity,
        versions=", ".join(map(_version, file.version)),
        constructions=tuple(each.id for each in file.construction),
        read=f"{sum(text.read for text in texts)} of {len(texts)}",
        citations=tuple(
            f"{text.instrument}, {text.pin}{'' if text.read else ' (not read in its source)'}"
            for text in texts
        ),
        place=rule.place,
    )


def _version(version: Version) -> str:
    if version.first_day is None and version.end_day is None:
        return version.id
    return f"{version.id} ({version.first_day or '…'} to {version.end_day or '…'})"
