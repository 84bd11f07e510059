"""What is asked for can settle: each request of a casefile is answered in the casefile itself, every answer
that its record could give, and everything is judged again.

The answers are written here by hand as TOML, from what the request asks; nothing here reads how requests or
verdicts are worked out.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from casefile.made import copied, new_reference, said
from judged import act, event, order

from paradero.casefile.folder import Casefile, create
from paradero.model.time.clock import EPOCH

WHO = 'by = "the answer"\nevidence = "record"\nseen = []\n'
GIVEN = act("given", "binds", "2025-04-04T14:15Z")
CASE = (
    '[[case]]\ntitle = "c"\nkind = "{kind}"\nmoments = {{ done = "{time}" }}\n{who}verdicts = {{ {term} ='
    ' "{verdict}" }}\n'
)
RELEASED = CASE.format(kind="release", time="2025-04-20T10:00Z", who="", term="t", verdict="violated")
COUNTRY = (
    '[[scope.condition]]\nattribute = "country"\nis_one_of = ["Ruritania"]\nwhat = "which country"\n'
    'what_es = "qué país"\nrecord = "travel document"\nfield = "country"\nexemption = "(b)(6)"\n'
)


def of_country(*countries: str) -> str:
    """What a record says of the country of everybody in an event."""
    return (
        f'people_lo = 1\npeople_hi = 1\n[[subject.attribute]]\nname = "country"\neach_is_one_of = {list(countries)}\n'
        + WHO
    )


def timed(time: str) -> str:
    """A release of one person at a time."""
    return event(time, attributes="people_lo = 1\npeople_hi = 1\n")


def untold(**more: Any) -> str:
    """A release of one person of which nobody says whether it happened."""
    text = event("2025-04-20T10:00Z", attributes="people_lo = 1\npeople_hi = 1\n", **more)
    begin, end = text.index("[[outcome]]"), text.index("[[moment]]")
    return text[:begin] + text[end:]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """An order and an event as they are, the fact and the form in which it is asked for, and the order and
    event once the record has answered: with each answer the verdict that a reader gives.
    """

    order: str
    event: str
    fact: str
    form: str
    answers: dict[str, tuple[str, str, str]] = field(default_factory=dict)


SIMPLE = order(GIVEN, rest=RELEASED)
OF_COUNTRY = order(
    GIVEN,
    scope=COUNTRY,
    rest=CASE.format(
        kind="release",
        time="2025-04-20T10:00Z",
        who='attributes = { country = ["Ruritania"] }\n',
        term="t",
        verdict="violated",
    ),
)
DUE = (
    GIVEN
    + act("due", "deadline")
    + '[[relation]]\nof = "due"\nsince = "given"\nat_least = "P14D"\nat_most = "P14D"\n{rule}by = "the order"\n'
    'evidence = "court"\nseen = ["https://example.org"]\n'
)
EXPIRES = (
    GIVEN
    + act("over", "expires")
    + '[[relation]]\nof = "over"\nsince = "given"\nat_least = "P14D"\nat_most = "P14D"\n{rule}by = "the order"\n'
    'evidence = "court"\nseen = ["https://example.org"]\n'
)


def expiring(rule: str = "") -> str:
    """An order of fourteen days from a Friday, so that they end on Good Friday or in the week after."""
    return order(EXPIRES.format(rule=rule), rest=RELEASED.replace("2025-04-20", "2025-04-05"))


RETURN = order(
    GIVEN + act("due", "deadline", "2025-04-07T23:59Z"),
    term='requires = "return"\nby = "due"',
    scope='individuals = ["p"]',
    rest=CASE.format(
        kind="return",
        time="2025-04-06",
        who='attributes = { individual = ["p"] }\n',
        term="t",
        verdict="complied",
    ),
)


def returned(time: str) -> str:
    """The return of the person whom the order names."""
    return event(time, kind="return", subject="p", attributes="people_lo = 1\npeople_hi = 1\n")


SCENARIOS = {
    "a deadline's last day": Asked(
        order=RETURN,
        event=returned("2025-04-07T22:00/2025-04-08T02:00Z"),
        fact="done",
        form="admission",
        answers={
            "in time": (RETURN, returned("2025-04-07T22:30Z"), "complied"),
            "late": (RETURN, returned("2025-04-08T01:00Z"), "violated"),
        },
    ),
    "the side of an hour": Asked(
        order=SIMPLE,
        event=timed("2025-04-04T14:00/15:00Z"),
        fact="done",
        form="admission",
        answers={
            "before": (SIMPLE, timed("2025-04-04T14:05Z"), "not_bound"),
            "after": (SIMPLE, timed("2025-04-04T14:30Z"), "violated"),
        },
    ),
    "a country": Asked(
        order=OF_COUNTRY,
        event=event("2025-04-20T10:00Z", attributes="people_lo = 1\npeople_hi = 1\n"),
        fact="country",
        form="production",
        answers={
            "covered": (
                OF_COUNTRY,
                event("2025-04-20T10:00Z", attributes=of_country("Ruritania")),
                "violated",
            ),
            "another": (
                OF_COUNTRY,
                event("2025-04-20T10:00Z", attributes=of_country("Otherland")),
                "not_bound",
            ),
            "still mixed": (
                OF_COUNTRY,
                event("2025-04-20T10:00Z", attributes=of_country("Otherland", "Ruritania")),
                "undetermined",
            ),
        },
    ),
    "how many": Asked(
        order=SIMPLE,
        event=event("2025-04-20T10:00Z", attributes="people_lo = 0\npeople_hi = 3\n"),
        fact="people",
        form="interrogatory",
        answers={
            "some": (
                SIMPLE,
                event("2025-04-20T10:00Z", attributes="people_lo = 2\npeople_hi = 2\n"),
                "violated",
            ),
            "nobody": (
                SIMPLE,
                event("2025-04-20T10:00Z", attributes="people_lo = 0\npeople_hi = 0\n"),
                "not_bound",
            ),
        },
    ),
    "whether it happened": Asked(
        order=SIMPLE,
        event=untold(),
        fact="happened",
        form="production",
        answers={
            "it did": (SIMPLE, timed("2025-04-20T10:00Z"), "violated"),
            "it did not": (
                SIMPLE,
                event("2025-04-20T10:00Z", attributes="people_lo = 1\npeople_hi = 1\n", happened=False),
                "complied",
            ),
        },
    ),
    "which way of counting": Asked(
        order=expiring(),
        event=timed("2025-04-18T20:00Z"),
        fact="counting-over",
        form="argument",
        answers={
            "whole days": (
                expiring('rule = "frcp-6"\ncalendar = "us-federal"\n'),
                timed("2025-04-18T20:00Z"),
                "violated",
            ),
            "hours": (expiring('rule = "elapsed"\n'), timed("2025-04-18T20:00Z"), "not_bound"),
        },
    ),
}


def judge(folder: Path, orders: list[str], events: list[str]) -> tuple[dict[str, dict[str, Any]], list[Any]]:
    """The verdicts of a casefile by their ids, and its requests."""
    folder.mkdir(parents=True)
    case = create(folder / "case", title="t", scope="")
    for kind, texts in (("orders", orders), ("events", events)):
        (case.root / kind).mkdir(exist_ok=True)
        for number, each in enumerate(texts):
            (case.root / kind / f"{kind}{number}.toml").write_text(each, encoding="utf-8")
    audited = said(case.root, "audit", "--json")
    assert audited.code in (0, 2), audited.err
    asked = said(case.root, "requests", "--json").json
    return {row["id"]: row for row in audited.json["rows"]}, asked["rows"]


BYSTANDER = event(
    "2025-05-20T10:00Z", name="bystander", subject="other", attributes="people_lo = 1\npeople_hi = 1\n"
)


@pytest.mark.parametrize("name", sorted(SCENARIOS))
def test_what_is_asked_for_settles_once_it_is_answered_and_nothing_else_moves(
    tmp_path: Path, name: str
) -> None:
    one = SCENARIOS[name]
    before, requests = judge(tmp_path / "before", [one.order], [one.event, BYSTANDER])
    (asked,) = [each for each in requests if one.fact in each["facts"]]
    assert asked["form"] == one.form
    mine = {
        key: row for key, row in before.items() if row["event"] == "e" and row["verdict"] == "undetermined"
    }
    whole = next(key for key in mine if key.startswith("o/t@"))
    found = set()
    for number, (order_text, event_text, expected) in enumerate(one.answers.values()):
        after, _ = judge(tmp_path / str(number), [order_text], [event_text, BYSTANDER])
        assert after[whole]["verdict"] == expected
        assert expected == "undetermined" or expected in mine[whole]["possible"]
        found.add(expected)
        for key, row in before.items():
            if row["event"] == "bystander" and row["verdict"] != "undetermined" and key in after:
                assert after[key]["verdict"] == row["verdict"]
    assert len(found - {"undetermined"}) > 1  # some answer makes it one verdict, some other the other


MOMENTS = {"departure", "leaves_airspace", "landing", "hand_over"}


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    return new_reference(tmp_path_factory.mktemp("settles") / "case")


def test_every_hour_that_the_reference_case_asks_for_can_change_a_verdict(
    reference: Casefile, tmp_path: Path
) -> None:
    """Of each event and hour asked for, one answer is written: a minute before everything that the hour is
    held against, or the last minute that it may have been.
    """
    rows = said(reference.root, "audit", "--json").json["rows"]
    requests = said(reference.root, "requests", "--json").json["rows"]
    wanted = [
        (fact["fact"], row["event"], fact["known_between"], fact["turns"], row["id"])
        for row in rows
        if row["verdict"] == "undetermined" and "violated" in row["possible"]
        for fact in row["decisive_facts"]
        if fact["fact"] in MOMENTS and fact["turns"]
    ]
    asked = {(fact, event) for one in requests for fact in one["facts"] for event in one["about"]}
    assert {(each[0], each[1]) for each in wanted} <= asked
    case = copied(reference, tmp_path / "case")
    phase, of, known, turns, verdict = next(each for each in wanted if each[2]["lo"] is not None)
    minute = 60_000_000
    answer = max(known["lo"], min(turns[0]["lo"] - minute, known["hi"]))
    clock = f"{EPOCH + dt.timedelta(microseconds=answer):%Y-%m-%dT%H:%MZ}"
    path = next((case.root / "events").glob(f"{of}.toml"))
    text = path.read_text(encoding="utf-8")
    told = f'[[moment.said]]\ntime = "{clock}"\n{WHO}'
    head = f'phase = "{phase}"\n'
    assert head in text
    path.write_text(text.replace(head, f"{head}\n{told}\n", 1), encoding="utf-8")
    after = {row["id"]: row["verdict"] for row in said(case.root, "audit", "--json").json["rows"]}
    assert after[verdict] == "not_bound"
    settled = {row["id"]: row["verdict"] for row in rows if row["verdict"] != "undetermined"}
    assert {key: after[key] for key in settled if key in after} == {
        key: settled[key] for key in settled if key in after
    }


CLOSED = (
    '[[closed]]\nday = 2025-04-18\noffice = "inaccessible"\nby = "the clerk"\nevidence = "official"\n'
    'seen = ["https://example.org"]\n'
)


def test_an_office_that_was_not_open_lengthens_a_term_only_where_somebody_says_so(tmp_path: Path) -> None:
    """Friday 4 April and fourteen days: to the end of Friday 18 April, or of Monday if the clerk was not
    there. With the clerk's word left out there is one reading again.
    """
    rule = 'rule = "frcp-6"\ncalendar = "us-federal"\n'
    release = timed("2025-04-20T10:00Z")
    plain, _ = judge(tmp_path / "plain", [expiring(rule)], [release])
    assert {row["verdict"] for row in plain.values()} == {"not_bound"}
    with_closing = expiring(rule).replace("[[relation]]", f"{CLOSED}\n[[relation]]")
    both, requests = judge(tmp_path / "closed", [with_closing], [release])
    assert {key: row["verdict"] for key, row in both.items()} == {
        "o/t@e": "undetermined",
        "o/t/frcp-6@e": "not_bound",
        "o/t/frcp-6-inaccessible@e": "violated",
    }
    assert [each["form"] for each in requests] == ["argument"]
    assert "00:00 on 19 April 2025" in requests[0]["field"]
    assert "00:00 on 22 April 2025" in requests[0]["field"]
    why = said(tmp_path / "closed" / "case", "why", "o/t/frcp-6-inaccessible@e", "--lang", "es").out
    assert "la oficina no estuvo accesible el 18 de abril de 2025" in why
    without = said(tmp_path / "closed" / "case", "audit", "--json", "--without", "the clerk").json["rows"]
    assert [row["verdict"] for row in without] == ["not_bound"]


def test_a_closing_says_which_day_and_what_the_office_was(tmp_path: Path) -> None:
    wrong = expiring().replace("[[relation]]", f"{CLOSED}\n[[relation]]".replace("inaccessible", "shut"))
    case = create(tmp_path / "case", title="t", scope="")
    (case.root / "orders").mkdir(exist_ok=True)
    (case.root / "orders" / "o.toml").write_text(wrong, encoding="utf-8")
    told = said(case.root, "audit")
    assert told.code == 1
    assert "shut" in told.err
    assert "closed" in told.err
