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


# a request, and what is owed after it or else; who and which days a request for the record names
OR_ELSE = (
    'requires = "hearing"\n[term.within]\nafter = "request"\nlength = "P3D"\nrule = "elapsed"\nor_else = "rel"\n'
    '[[term]]\nid = "rel"\nrequires = "release"\nsays = "Else release."\nsays_es = "Si no, salida."\n'
)
BY = 'requires = "hearing"\nby = "due"\n'
COUNT = 'requires = "hearing"\nby = "due"\n[term.count]\nat_least = 3\n'
DUE = GIVEN + act("due", "deadline", "2025-11-20T12:00")
ASKED = one("2025-11-10T10:00", "request", "asked").replace('what = "somebody"', 'what = "Ana"')
OTHER = one("2025-11-05T10:00", "notice", "told")
UNDONE = CASE.format("hearing", "undetermined")
COUNTED = UNDONE.replace("t = ", '"t@how-many-t" = ')


@pytest.mark.parametrize(
    ("acts", "term", "worked", "events", "days", "people"),
    [
        (GIVEN, WITHIN, UNDONE, (ASKED,), ("2025-11-10", "2025-11-17"), "Ana"),
        (GIVEN, OR_ELSE, UNDONE, (ASKED,), ("2025-11-10", "2025-11-13"), "Ana"),
        (DUE, BY, UNDONE, (OTHER,), ("2025-11-03", "2025-11-20"), "everybody"),
        (DUE, COUNT, COUNTED, (OTHER,), ("2025-11-03", "2025-11-20"), "everybody"),
    ],
)
def test_what_is_owed_in_silence_is_sought_in_the_time_in_which_it_was_due(
    acts: str,
    term: str,
    worked: str,
    events: tuple[str, ...],
    days: tuple[str, str],
    people: str,
    tmp_path: Path,
) -> None:
    rows = asked(tmp_path, order(acts, term=term, rest=worked), *events)
    assert rows
    assert {(row["period_from"], row["period_until"]) for row in rows} == {days}
    assert all(people in row["draft"] for row in rows), [row["draft"] for row in rows]


def test_what_somebody_is_may_stand_in_a_record_of_any_time_before(tmp_path: Path) -> None:
    scope = (
        '[[scope.condition]]\nattribute = "entry_day"\nbefore = "2025-01-01"\nwhat = "the day of entry"\n'
        'what_es = "el día de entrada"\nrecord = "file"\nfield = "entry"\n'
    )
    text = order(GIVEN, scope=scope, rest=BEFORE)
    for language, says in (
        ("en", "at any time up to 20 November 2025"),
        ("es", "en cualquier momento hasta"),
    ):
        (row,) = asked(
            tmp_path / language, text, one("2025-11-20T10:00", "release", "moved"), language=language
        )
        assert says in row["draft"]
        assert row["period_from"].startswith("…")


def test_of_two_duties_the_other_decides_whether_this_was_owed(tmp_path: Path) -> None:
    heard = one("2025-11-16T10:00", "hearing", "heard")
    (row,) = asked(tmp_path, order(GIVEN, term=OR_ELSE, rest=UNDONE), ASKED, heard)
    assert (row["what"], row["settles"]) == ("whether and when this was done: Else release", 2)
    why = {
        language: said(tmp_path / "case", "why", "o/t@heard", "--lang", language).out
        for language in ("en", "es")
    }
    for language, says in (("en", "was done: Else release."), ("es", "ni cuándo: Si no, salida.")):
        assert says in why[language]
    assert "is, or is among" not in why["en"]
    assert "What would settle it" in why["en"]
