"""The headcount definitions that there are, as rows; listing them opens no table."""

from __future__ import annotations

import msgspec

from paradero.answers.digests import digest_of_texts
from paradero.custody.definitions import definitions
from paradero.model.answer import Answer


class DefinitionRow(Answer, frozen=True, kw_only=True):
    """A headcount definition: what it counts, when in the day, and what stands for a missing person id or
    book-out.
    """

    definition: str
    unit: str
    at: str
    without_person: str
    open_until: str
    title: str
    citation: str


class Definitions(Answer, frozen=True, kw_only=True):
    """The definitions there are."""

    scope: str
    digest: str
    n_rows: int
    rows: list[DefinitionRow]


def definition_list() -> Definitions:
    """Every headcount definition that comes with paradero, by name."""
    rows = [
        DefinitionRow(
            definition=each.definition,
            unit=each.unit,
            at=each.at,
            without_person=each.without_person,
            open_until=each.open_until,
            title=each.title,
            citation=each.citation,
        )
        for each in definitions().values()
    ]
    digest = digest_of_texts(msgspec.json.encode(each).decode() for each in definitions().values())
    return Definitions(
        scope="definitions count nothing by themselves", digest=digest, n_rows=len(rows), rows=rows
    )
