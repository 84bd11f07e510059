"""The rules as a list."""

from __future__ import annotations

from typing import Any

from paradero.law.rules import Rule


def rule_rows(rules: dict[str, Rule]) -> list[dict[str, Any]]:
    """One row per rule: its nature, its versions with their periods, how many of the texts it relies on were
    read in their source.
    """
    rows = []
    for rule in rules.values():
        texts = [text for version in rule.file.version for text in version.text] + [
            text for each in rule.file.construction for text in each.text
        ]
        rows.append(
            {
                "rule": rule.id,
                "title": rule.file.title,
                "title_es": rule.file.title_es,
                "nature": rule.file.nature,
                "severity": rule.file.severity,
                "versions": ", ".join(
                    _version(each.id, each.first_day, each.end_day) for each in rule.file.version
                ),
                "constructions": [each.id for each in rule.file.construction],
                "read": f"{sum(text.read for text in texts)} of {len(texts)}",
                "citations": [
                    f"{text.instrument}, {text.pin}{'' if text.read else ' (not read in its source)'}"
                    for text in texts
                ],
                "place": rule.place,
            }
        )
    return rows


def _version(name: str, first: Any, end: Any) -> str:
    if first is None and end is None:
        return name
    return f"{name} ({first or '…'} to {end or '…'})"
