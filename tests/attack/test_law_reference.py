"""The reference case attacked: every statement left out, every time cut to its day or withheld, one at a
time; nothing more is claimed than before.

The files are changed as text, block by block. A moment on which sources contradict each other may be settled
by leaving one of them out, and that is told where it is read; it is not touched here.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from importlib.resources import files

import pytest

from attack.scale import draws
from paradero.authored.evidence import Trust
from paradero.engines.duckdb import connect
from paradero.law.events import read_event
from paradero.law.identities import read_identities
from paradero.law.matrix import matrix_of
from paradero.law.order_judging import give_matrix, judge_events
from paradero.law.orders import read_order

TEXTS = {
    entry.name if kind != "orders" else f"order {entry.name}": entry.read_text(encoding="utf-8")
    for kind in ("orders", "events")
    for entry in sorted(
        (files("paradero") / "cases" / "cecot-2025" / kind).iterdir(), key=lambda each: each.name
    )
}
IDENTITIES = (files("paradero") / "cases" / "cecot-2025" / "hand" / "identities.toml").read_text(
    encoding="utf-8"
)
SAID = re.compile(
    r"\n\[\[(moment\.said|act\.said|outcome|subject\.attribute|subject\.excludes|relation)\]\]\n(?:(?!\n\[).)*",
    re.DOTALL,
)
TIME = re.compile(r'\ntime = "(\d{4}-\d\d-\d\d)T[^"]*"')

Verdicts = dict[tuple[str, str, str, str], str]


@dataclass(frozen=True)
class Change:
    """One change of one file, and what it is about."""

    name: str
    how: str
    text: str
    block: str


def judged(texts: dict[str, str], identities: str) -> tuple[Verdicts, set[str]]:
    """The verdict of every term and reading on every event, and the statements that contradict another."""
    orders = [read_order(text, file=name) for name, text in texts.items() if name.startswith("order ")]
    events = [read_event(text, file=name) for name, text in texts.items() if not name.startswith("order ")]
    matrix = matrix_of(
        orders, events, Trust(), read_identities(identities, file="i.toml").said if identities else ()
    )
    connection = connect(threads=1)
    try:
        give_matrix(connection, matrix, with_records=False)
        rows = judge_events(connection).project("variant, event_no, verdict").fetchall()
    finally:
        connection.close()
    named = [(matrix.variants[variant], matrix.events[event].id, verdict) for variant, event, verdict in rows]
    disputed = {one.said.by for each in matrix.timeline.disagreements for one in each.statements} | {
        one.relation.by for each in matrix.timeline.disagreements for one in each.relations
    }
    return {
        (each.order.id, each.term.id, each.construction or "", event): verdict
        for each, event, verdict in named
    }, disputed


def changes() -> list[Change]:
    """Every block left out, every time in it cut to its day or withheld."""
    found = []
    for name, text in TEXTS.items():
        body = text.split("\n[[case]]")[0]
        for match in SAID.finditer(body):
            block = match[0]
            found.append(Change(name, "left out", text.replace(block, "", 1), block))
            if time := TIME.search(block):
                for how, other in (
                    ("cut to its day", f'\ntime = "{time[1]}"'),
                    ("withheld", '\nwithheld = "(b)(7)(E)"'),
                ):
                    found.append(
                        Change(name, how, text.replace(block, TIME.sub(other, block, count=1), 1), block)
                    )
    return found


def several_said(change: Change) -> bool:
    """Whether the same file says several things of the same attribute, which may contradict each other."""
    name = re.search(r'\nname = "([^"]+)"', change.block)
    return (
        "[[subject.attribute]]" in change.block
        and name is not None
        and TEXTS[change.name].count(f'\nname = "{name[1]}"') > 1
    )


@pytest.fixture(scope="module")
def as_written() -> tuple[Verdicts, set[str]]:
    return judged(TEXTS, IDENTITIES)


def test_leaving_out_or_knowing_less_claims_nothing_more(as_written: tuple[Verdicts, set[str]]) -> None:
    before, disputed = as_written
    every = [
        each
        for each in changes()
        if not any(f'by = "{by}"' in each.block for by in disputed) and not several_said(each)
    ]
    chosen = random.Random(15).sample(every, min(len(every), draws(25, len(every))))
    wrong = []
    for change in chosen:
        after, _ = judged({**TEXTS, change.name: change.text}, IDENTITIES)
        for key, was in before.items():
            now = after.get(key)
            if now not in (was, "undetermined"):
                wrong.append(f"{change.name}, {change.how}:{change.block[:200]}\n  {key}: {was} became {now}")
    assert not wrong, f"{len(wrong)} claims too many after {len(chosen)} changes, the first:\n" + "\n".join(
        wrong[:4]
    )
    assert len(chosen) > 20


def test_without_a_word_on_who_is_who_nobody_is_another(as_written: tuple[Verdicts, set[str]]) -> None:
    before, _ = as_written
    after, _ = judged(TEXTS, "")
    assert {(was, after[key]) for key, was in before.items() if after[key] != was} == {
        ("not_bound", "undetermined")
    }
