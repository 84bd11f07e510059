"""A request covers the time in which the record that it asks for was made, not that of the event alone; and no
sentence of it lacks its words where an order has no Spanish.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from casefile.made import said
from judged import act, event, order

from paradero.casefile.folder import create

GIVEN = act("given", "binds", "2025-11-03T09:00")
UNLESS = 'forbids = "release"\n[term.unless]\nkind = "notice"\nat_least = "PT48H"'
WITHIN = 'requires = "hearing"\n[term.within]\nafter = "request"\nlength = "P7D"\nrule = "elapsed"'


CASE = '[[case]]\ntitle = "c"\nkind = "{}"\nmoments = {{ done = "2025-01-01T00:00Z" }}\nverdicts = {{ t = "{}" }}\n'
BEFORE = CASE.format("release", "not_bound")


def asked(folder: Path, order_text: str, *events: str, language: str = "en") -> list[dict[str, Any]]:
    made = create(folder / "case")
    for name in ("orders", "events"):
        (made.root / name).mkdir(exist_ok=True)
    (made.root / "orders" / "o.toml").write_text(order_text)
    for number, text in enumerate(events):
        (made.root / "events" / f"e{number}.toml").write_text(text)
    heard = said(made.root, "requests", "--lang", language, "--json")
    assert heard.code == 0, heard.err
    return list(heard.json["rows"])


def one(time: str | None, kind: str, name: str) -> str:
    return event(time, kind=kind, name=name, subject="p", attributes="people_lo = 1\npeople_hi = 1\n")


@pytest.mark.parametrize(
    ("term", "worked", "events"),
    [
        (UNLESS, BEFORE, (one("2025-11-20T10:00", "release", "moved"), one(None, "notice", "told"))),
        (
            WITHIN,
            CASE.format("hearing", 'undetermined", "t@untold-t-those-protected" = "undetermined'),
            (one("2025-11-20T10:00", "hearing", "heard"), one(None, "request", "asked")),
        ),
    ],
)
def test_a_notice_and_a_request_are_sought_from_the_order_on(
    term: str, worked: str, events: tuple[str, ...], tmp_path: Path
) -> None:
    rows = asked(tmp_path, order(GIVEN, term=term, rest=worked), *events)
    of_acts = [
        row
        for row in rows
        if set(row["facts"]) & {"precondition", "precondition_time", "trigger", "trigger_time"}
    ]
    assert of_acts
    assert all(row["period_from"] == "2025-11-03" for row in of_acts), of_acts


def test_an_act_without_spanish_is_named_in_english(tmp_path: Path) -> None:
    bare = act("given", "binds", "2025-11-03") + act("halted", "stays")
    text = order(bare.replace('what_es = "halted"\n', "").replace('what_es = "given"\n', ""), rest=BEFORE)
    rows = asked(tmp_path, text, one("2025-11-20T10:00", "release", "moved"), language="es")
    drafts = "\n".join(row["draft"] + row["what"] for row in rows)
    assert "()" not in drafts
    assert ":  " not in drafts


def test_who_a_partial_stay_reaches_is_asked_for(tmp_path: Path) -> None:
    condition = (
        '[[act.condition]]\nattribute = "plaintiff"\nis_one_of = ["yes"]\nwhat = "who is a plaintiff"\n'
        'what_es = "quién es demandante"\nrecord = "roster"\nfield = "plaintiffs, by code"\n'
    )
    acts = GIVEN + act("halted", "stays", "2025-11-10T09:00") + condition
    rows = asked(tmp_path, order(acts, rest=BEFORE), one("2025-11-20T10:00", "release", "moved"))
    assert [(row["what"], row["settles"]) for row in rows] == [("who is a plaintiff", 1)]
