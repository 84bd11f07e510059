"""What is asked for, of whom and in which form: a table of small cases. Nothing that is known or public is
asked for, what cannot be a violation comes last, and depositions and subpoenas are proposed by rule.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from casefile.made import said
from judged import act, event, order

from paradero.answers.verdicts.asking.proposing import proposed, who_alone_says
from paradero.answers.verdicts.verdict_values import DecisiveFact
from paradero.answers.words import Words
from paradero.authored.statements import Said
from paradero.casefile.folder import create

GIVEN = act("given", "binds", "2025-11-03T09:00")
LATER = act("given", "binds", "2025-11-20T10:00")
DUE = GIVEN + act("due", "deadline", "2025-11-20T12:00")
CASE = '[[case]]\ntitle = "c"\nkind = "{}"\nmoments = {{ done = "2025-01-01T00:00Z" }}\nverdicts = {{ t = "{}" }}\n'
CLASS = '[[scope.condition]]\nattribute = "ground"\nis_one_of = ["A"]\nwhat = "the ground"\nrecord = "{}"\nfield = "ground"\n'
FILED = 'requires = "production"\nby = "due"\n'
SERVED = 'requires = "notice"\nby = "due"\n'
NOT_BOUND, OPEN = CASE.format("release", "not_bound"), CASE.format("production", "undetermined")


def wanted(folder: Path, text: str, *events: str) -> dict[str, Any]:
    made = create(folder / "case")
    for name in ("orders", "events"):
        (made.root / name).mkdir(exist_ok=True)
    (made.root / "orders" / "o.toml").write_text(text)
    for number, each in enumerate(events):
        (made.root / "events" / f"e{number}.toml").write_text(each)
    heard = said(made.root, "requests", "--json", "--limit", "0")
    assert heard.code == 0, heard.err
    found: dict[str, Any] = heard.json
    return found


def one(time: str | None, kind: str, more: str = "", name: str = "e", **changes: str) -> str:
    text = event(time, name=name, kind=kind, subject="p", attributes="people_hi = 1\n" + more)
    for old, new in changes.values() if changes else ():
        text = text.replace(old, new)
    return text


def asked(found: dict[str, Any]) -> list[tuple[str, str]]:
    return [(row["form"], row["field"]) for row in found["rows"]]


def read(found: dict[str, Any]) -> list[str]:
    return [row["field"] for row in found["to_read"]]


# what is judged; what is asked for: form and field; what is to be read
TABLE: dict[str, tuple[tuple[str, ...], list[tuple[str, str]], list[str]]] = {
    "an hour that is not stated is asked for": (
        (order(LATER, rest=NOT_BOUND), one("2025-11-20", "release")),
        [("admission", "date, hour and minute of completion, with the time zone")],
        [],
    ),
    "of an hour that is stated to the minute, the second alone": (
        (order(LATER, rest=NOT_BOUND), one("2025-11-20T10:00", "release")),
        [("admission", "second of completion")],
        ["second of entry and of notice"],
    ),
    "an hour that is stated, beside an act of an untold hour, is not": (
        (order(act("given", "binds", "2025-11-20"), rest=NOT_BOUND), one("2025-11-20T10:00", "release")),
        [],
        ["date, hour and minute of entry and of notice"],
    ),
    "what is filed is read": (
        (order(DUE, term=FILED, rest=OPEN), one("2025-11-20", "production")),
        [],
        ["date, hour and minute of filing"],
    ),
    "its stamp, too": (
        (order(DUE, term=FILED, rest=OPEN), one("2025-11-20T12:00", "production")),
        [],
        ["second of filing"],
    ),
    "what it says, too": (
        (order(DUE, term=FILED + 'items = ["names"]', rest=OPEN), one("2025-11-19", "production")),
        [],
        ["its words, and to whom"],
    ),
    "what is served is asked of the party": (
        (
            order(DUE, term=SERVED + 'items = ["names"]', rest=CASE.format("notice", "undetermined")),
            one("2025-11-19", "notice"),
        ),
        [("production", "its words, and to whom")],
        [],
    ),
    "unless its copy was filed in court": (
        (
            order(DUE, term=SERVED + 'items = ["names"]', rest=CASE.format("notice", "undetermined")),
            one("2025-11-19", "notice", filed=("seen = []", 'seen = ["ECF No. 31-2"]')),
        ),
        [],
        ["its words, and to whom"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLE)
def test_what_is_asked_for_and_what_is_read(name: str, tmp_path: Path) -> None:
    (text, *events), rows, public = TABLE[name]
    found = wanted(tmp_path, text, *events)
    assert [each for each in asked(found) if each[0] != "clarification"] == rows
    assert [each for each in read(found) if "entry" not in each or each in public] == public


def test_what_can_be_no_violation_comes_last_and_says_so(tmp_path: Path) -> None:
    text = order(GIVEN, scope=CLASS.format("list"), term='forbids = "release"', rest=NOT_BOUND)
    not_done = one("2025-11-20", "release").replace("happened = true", "happened = false")
    found = wanted(tmp_path, text, not_done)
    (row,) = found["rows"]
    assert (row["what"], row["settles"], row["helps"], row["milder"]) == ("the ground", 0, 0, 1)
    shown = said(tmp_path / "case", "requests").out
    assert "Of lower rank: 1 verdicts on 1 events are open only between `complied` and `not_bound`" in shown
    both = wanted(
        tmp_path / "both",
        text.replace("[[term]]", '[[act]]\nid = "x"\ndoes = "deadline"\nwhat = "x"\n\n[[term]]'),
        not_done,
        one("2025-11-21", "release").replace('id = "e"', 'id = "f"'),
    )
    assert [(row["settles"], row["milder"]) for row in both["rows"]] == [(1, 1)]


def fact(record: str, said_by: str = "", ask: Any = "discovery") -> DecisiveFact:
    return DecisiveFact(
        fact="f", what="w", what_es="w", record=record, field="f", ask=ask, exemption="", of="e", turns_at=None,
        said_by=said_by,
    )  # fmt: skip


LOG = "flight log"
PROPOSED = [
    (fact("custody record"), "the defendants", []),
    (fact("custody record", "Declarant A"), "the defendants", ["witness"]),
    (fact(LOG), "the defendants", ["subpoena"]),
    (fact(LOG, "Declarant A"), "the defendants", ["witness", "subpoena"]),
    (fact(LOG), "the Secretary and the Carrier", []),
    (fact("housing log"), "the Secretary", ["subpoena"]),
    (fact("housing log"), "the Sheriff of Example County", []),
    (fact("manifest"), "the defendants", ["subpoena"]),
    (fact(LOG, "Declarant A", "clarification"), "the defendants", []),
    (fact(LOG, "Declarant A", "argument"), "the defendants", []),
]


@pytest.mark.parametrize(("found", "binds", "forms"), PROPOSED)
def test_other_forms_are_proposed_by_rule(found: DecisiveFact, binds: str, forms: list[str]) -> None:
    assert [form for form, _ in proposed([found], [binds], "production", Words("en"))] == forms
    assert not {form for form, _ in proposed([found], [binds], "subpoena", Words("es"))} & {"subpoena"}


@pytest.mark.parametrize(
    ("said_so", "alone"),
    [
        ([("A", "sworn")], "A"),
        ([("A", "sworn"), ("A", "sworn")], "A"),
        ([("A", "sworn"), ("B", "sworn")], ""),
        ([("A", "sworn"), ("A", "press")], ""),
        ([("A", "record")], ""),
        ([], ""),
    ],
)
def test_who_alone_says_so(said_so: list[tuple[str, Any]], alone: str) -> None:
    assert who_alone_says(Said(by=by, evidence=how, seen=[], time="2025") for by, how in said_so) == alone


def test_a_person_who_alone_swears_to_an_hour_is_deposed(tmp_path: Path) -> None:
    text = one("2025-11-20", "release").replace(
        'by = "source"\nevidence = "record"', 'by = "Declarant A"\nevidence = "sworn"'
    )
    found = wanted(tmp_path, order(LATER, rest=NOT_BOUND), text)
    (row,) = found["rows"]
    assert [each["form"] for each in row["besides"]] == ["witness"]
    assert "only Declarant A says so, under oath" in row["besides"][0]["why"]
    assert "To: Declarant A" in row["besides"][0]["draft"]
    assert "Proposed besides: deposition of a person" in said(tmp_path / "case", "requests").out
    assert "Se propone además" in said(tmp_path / "case", "requests", "--lang", "es").out


NOTICED = GIVEN + act("told", "notice", *(f"2025-11-20T{each}" for each in ("10:00", "18:00")))
BINDINGS = '[[binding]]\nid = "noticed"\nfrom = "told"\ntitle = "notice"\ntitle_es = "aviso"\n'


def test_no_docket_shows_when_notice_was_received(tmp_path: Path) -> None:
    """Two sources give different hours of a notice, and the removal lies between them."""
    worked = BINDINGS + NOT_BOUND.replace("t =", '"t/noticed" =')
    found = wanted(tmp_path, order(NOTICED, rest=worked), one("2025-11-20T14:00", "release"))
    (row,) = [each for each in found["rows"] if "told" in each["facts"]]
    assert row["record"].startswith("e-mail with its headers")
    assert {"deposition", "interrogatory"} <= set(row["also"])
    assert not any("notice" in each["what"] or "told" in each["what"] for each in found["to_read"])


DAYS = 'requires = "hearing"\n[term.within]\nafter = "request"\nlength = "3 business days"\n'


@pytest.mark.parametrize(
    ("asked_at", "heard_at", "form"),
    [
        ("2025-11-12T15:00", "2025-11-17T16:00", "clarification"),  # between the ends of the ways of counting
        ("2025-11-12", "2025-11-17T16:00", "production"),  # from when it ran is open, too
        ("2025-11-12T15:00", "2025-11-17", "clarification"),
    ],
)
def test_a_start_that_is_known_is_not_asked_for(
    asked_at: str, heard_at: str, form: str, tmp_path: Path
) -> None:
    events = (one(asked_at, "request", name="r"), one(heard_at, "hearing", name="h"))
    found = wanted(tmp_path, order(GIVEN, term=DAYS, rest=CASE.format("hearing", "undetermined")), *events)
    of_counting = [row for row in found["rows"] if "which way of counting 3 business days" in row["what"]]
    of_start = [row for row in found["rows"] if "began to run" in row["what"]]
    assert [row["form"] for row in of_counting or of_start] == [form]
    assert bool(of_counting) != bool(of_start)
    for row in of_counting:
        assert "each to its end" in row["field"]
        assert "to the same clock time" in row["field"]


def test_a_failing_case_is_told_in_one_sentence_and_a_deadline_in_one_way(tmp_path: Path) -> None:
    counted = order(DUE, term='requires = "hearing"\nby = "due"\n[term.count]\nat_least = 3\n', rest=OPEN)
    case = create(tmp_path / "failing")
    (case.root / "orders").mkdir(exist_ok=True)
    (case.root / "orders" / "o.toml").write_text(counted.replace('kind = "production"', 'kind = "hearing"'))
    (case.root / "events").mkdir(exist_ok=True)
    (case.root / "events" / "e.toml").write_text(one("2025-11-05T10:00", "notice"))
    refused = said(case.root, "audit").err
    assert "t@how-many-t. See" in refused

    elapsed = DAYS.replace("3 business days", "P3D") + 'rule = "frcp-6"\n'
    text = order(GIVEN, term=elapsed, rest=CASE.format("hearing", "undetermined"))
    wanted(tmp_path, text, one("2025-11-04T15:00", "request", name="r"))
    why = said(tmp_path / "case", "why", "o/t@untold-t-after-r").out
    assert "Due by: 00:00 on 8 November 2025 (UTC)." in why
    assert "when it was due: 00:00 on 8 November 2025 (UTC)" in why
