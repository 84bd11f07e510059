"""Show the reference case: each flight under each reading, what would settle it, and which statements
contradict each other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from paradero.answers.law.law_files import law_of
from paradero.answers.verdicts.audit_reading import Reading, reading
from paradero.answers.verdicts.auditing import audit
from paradero.answers.verdicts.requests import requests_of
from paradero.answers.verdicts.verdicts import Wanted, verdicts_of
from paradero.authored.evidence import Trust
from paradero.casefile.examples import create_from
from paradero.model.answer import Answer, Row
from paradero.reports.text.matrix_text import EVENT, matrices

NAME = "cecot-2025"
LEGS = ("leg-1", "leg-2", "leg-3")

Say = Callable[[str], None]
Table = Callable[[Sequence[Answer | Row], list[str]], None]


def show_reference(folder: Path, *, say: Say, table: Table) -> None:
    """Copy the reference case into `folder`, audit it, and print its matrices, first on everything said, then
    on the government's sworn statements alone.
    """
    case = create_from(folder, NAME)
    law = law_of(case)
    with reading(audit(case, law)) as read:
        for each in matrices(read, list(verdicts_of(read, Wanted()))):
            say(f"\n{each.name}: {each.title}")
            table(each.rows(but_bound_nowhere=True), each.columns())
        say(
            "\nMargins run from the beginning of the order, or from the deadline, to the event; a clock time"
            " of a minute is any second of that minute."
        )
        say(
            "\nWhat would settle the undetermined, by how many of them each fact settles alone and together"
            " with others:"
        )
        table(*_asked(read))
        say(
            "\nStatements that cannot all be true; none is preferred, and by themselves they leave open all"
            " that they span:"
        )
        table(*_disagreements(read))
    with reading(audit(case, law, trust=Trust(evidence=("sworn",)))) as read:
        say("\nThe first of these orders on the government's sworn statements about the flights alone:")
        for each in matrices(read, list(verdicts_of(read, Wanted(by=("jgg-class",))))):
            table([row for row in each.rows() if row[EVENT] in LEGS], each.columns())
        say(
            "and what would settle it, the five facts that the court ordered to be stated for each flight on"
            " 18 March 2025:"
        )
        table(*_asked(read, by=("jgg-class",), events=LEGS))
    say(
        f"\nThe reference case is in {folder}: cd {folder}; paradero audit; paradero why"
        " jgg-class/no-removal/airspace/oral@leg-1 --lang es; paradero requests"
    )


def _asked(
    read: Reading, by: tuple[str, ...] = (), events: tuple[str, ...] = ()
) -> tuple[list[dict[str, object]], list[str]]:
    rows: list[dict[str, object]] = [
        {
            "rank": each.rank,
            "fact": each.what,
            "of": ", ".join(each.about),
            "settles": each.settles,
            "helps": each.helps,
        }
        for each in requests_of(read, language="en", by=by, events=events)
    ]
    return rows, ["rank", "fact", "settles", "helps", "of"]


def _disagreements(read: Reading) -> tuple[list[dict[str, object]], list[str]]:
    rows: list[dict[str, object]] = [
        {
            "moment": one.of,
            "says": one.said.time,
            "by": one.said.by,
            "evidence": one.said.evidence,
            "fact": one.said.fact,
        }
        for each in read.audited.matrix.timeline.disagreements
        for one in each.statements
        if one.said.time
    ]
    return rows, ["moment", "says", "by", "evidence", "fact"]
