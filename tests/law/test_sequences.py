"""Sequences that cannot be are reported where no instants within the bounds agree with them, and nowhere
else: a table, and an oracle that tries every instant.
"""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest
from attack.scale import draws
from casefile.made import said
from judged import act, event, judged, order

from paradero.authored.evidence import Trust
from paradero.casefile.folder import create
from paradero.law.events import read_event
from paradero.law.matrix import matrix_of
from paradero.law.orders import read_order
from paradero.law.shown.sequences import impossible_sequences

GIVEN = act("given", "binds", "2025-05-02")
ANSWERS = '\n[[answers]]\nterms = ["o/t"]\nby = "source"\nevidence = "record"\nseen = []\n'
CASE = """
[[case]]
title = "After both"
kind = "release"
moments = { done = "2025-05-03" }
verdicts = { t = "undetermined" }
"""


def found(acts: str, *events: str) -> list[tuple[str, str, str]]:
    """The kinds found, with the names of their two moments."""
    read = [read_event(text, file=f"{number}.toml") for number, text in enumerate(events)]
    matrix = matrix_of([read_order(order(acts), file="o.toml")], read, Trust(), ())
    happened = [each for each in matrix.events.values() if each.text]
    return [
        (each.kind, each.early, each.late)
        for each in impossible_sequences(
            [one.file for one in matrix.orders.values()], happened, matrix.timeline
        )
    ]


def journey(name: str, departure: str, landing: str, subject: str = "s", people: int | None = 1) -> str:
    """Write a transfer with both ends."""
    text = event(None, name=name, kind="transfer", subject=subject).replace('phase = "done"', "")
    said = "".join(
        f'[[moment]]\nphase = "{phase}"\n[[moment.said]]\ntime = "{time}"\nby = "source"\n'
        'evidence = "record"\nseen = []\n'
        for phase, time in (("departure", departure), ("landing", landing))
    )
    text = text[: text.index("[[moment]]")] + said
    return (
        text
        if people is None
        else text.replace('what = "somebody"', f'what = "somebody"\npeople_hi = {people}')
    )


@pytest.mark.parametrize(
    ("acts", "kinds"),
    [
        (act("stay", "stays", "2025-05-05") + act("lift", "resumes", "2025-05-05", more='of = "stay"'), []),
        (act("stay", "stays", "2025-05-05T12:00") + act("lift", "resumes", "2025-05-05T12:00", more='of = "stay"'), []),
        (act("stay", "stays") + act("lift", "resumes", "2025-05-04", more='of = "stay"'), []),
        (act("over", "expires", "2025-05-10") + act("more", "extends", "2025-05-11", more='until = "last"') + act("last", "expires", "2025-05-20"), ["extended_after_the_end"]),
        (act("over", "expires", "2025-05-10") + act("more", "extends", "2025-05-10", more='until = "last"') + act("last", "expires", "2025-05-20"), []),
        (act("over", "expires", "2025-05-10") + act("more", "extends", "2025-05-09", more='until = "mid"') + act("mid", "expires", "2025-05-20")
         + act("again", "extends", "2025-05-15", more='until = "last"') + act("last", "expires", "2025-05-30"), []),
        (act("over", "expires", "2025-05-10/2025-05-20") + act("more", "extends", "2025-05-15", more='until = "last"') + act("last", "expires", "2025-05-25"), []),
        (act("new", "supersedes", "2025-05-01"), ["ended_before_it_was_given"]),
        (act("new", "supersedes", "2025-05-02"), []),
        (act("known", "notice", "2025-05-01T23:59"), ["ended_before_it_was_given"]),
        (act("void", "vacates", "2025-04-30/2025-05-03"), []),
    ],
    ids=range(11),
)  # fmt: skip
def test_what_happens_to_an_order_in_an_order_that_cannot_be(acts: str, kinds: list[str]) -> None:
    assert [kind for kind, *_ in found(GIVEN + acts)] == kinds


@pytest.mark.parametrize(("time", "is_early"), [("2025-05-01", True), ("2025-05-02", False), ("2025-05-03", False), (None, False)])  # fmt: skip
def test_an_act_that_answers_an_order_to_come(time: str | None, is_early: bool) -> None:
    assert (
        found(GIVEN, event(time) + ANSWERS) == [("answered_before_it_was_given", "e.done", "o.given")]
    ) is is_early
    assert found(GIVEN, event(time)) == []


def test_one_person_on_two_journeys() -> None:
    one = journey("one", "2025-05-05T10:00", "2025-05-05T14:00")
    assert found(GIVEN, one, journey("two", "2025-05-05T13:00", "2025-05-05T18:00")) == [
        ("two_journeys_at_once", "one.departure", "two.departure")
    ]
    for other in (
        journey("two", "2025-05-05T14:00", "2025-05-05T18:00"),
        journey("two", "2025-05-05", "2025-05-05"),
        journey("two", "2025-05-05T13:00", "2025-05-05T18:00", subject="another"),
    ):
        assert found(GIVEN, one, other) == []
    group = [
        journey(name, f"2025-05-05T1{hour}:00", "2025-05-05T18:00", people=None)
        for name, hour in (("one", 0), ("two", 3))
    ]
    assert found(GIVEN, *group) == []


def hours(bounds: tuple[int, int]) -> str:
    """A span of whole hours of one day."""
    return "/".join(f"2025-05-05T{hour:02}:00" for hour in bounds)


def never(early: tuple[int, int], late: tuple[int, int]) -> bool:
    """No instants of the two have the first not before the second; the minute that ends a span is of it."""
    minutes = [range(lo * 60, hi * 60 + 1) for lo, hi in (early, late)]
    return not any(one >= other for one, other in itertools.product(*minutes))


def test_as_an_oracle_that_tries_every_instant_says() -> None:
    rng, kinds, wrong = random.Random(31), set[str](), []
    does = {"given": "binds", "stay": "stays", "over": "expires", "last": "expires", "new": "supersedes"}
    for _ in range(draws(40, 2000)):
        spans: dict[str, tuple[int, int]] = {}
        for name in (*does, "more"):
            lo, hi = sorted(rng.sample(range(9), 2))
            spans[name] = (lo, hi)
        text = "".join(act(name, kind, hours(spans[name])) for name, kind in does.items())
        text += act("more", "extends", hours(spans["more"]), more='until = "last"')
        expected = {
            ("ended_before_it_was_given", name)
            for name in spans
            if name != "given" and never(spans[name], spans["given"])
        }
        expected |= {("extended_after_the_end", "over")} if never(spans["over"], spans["more"]) else set()
        told = {(kind, early.removeprefix("o.")) for kind, early, _ in found(text)}
        kinds |= {kind for kind, _ in told}
        if told != expected:
            wrong.append((spans, told, expected))
    assert wrong == []
    assert len(kinds) == 2


REMAINS = 'forbids = "release"'
DUE = 'requires = "release"\nby = "{}"'


@pytest.mark.parametrize(
    ("acts", "term", "on", "expected"),
    [
        (act("end", "expires", "2025-05-01"), REMAINS, "2025-05-20", "undetermined"),
        (act("new", "supersedes", "2025-05-01"), REMAINS, "2025-05-20", "undetermined"),
        (act("off", "stays", "2025-05-01"), REMAINS, "2025-05-20", "undetermined"),
        (act("off", "vacates", "2025-05-01"), REMAINS, "2025-05-20", "undetermined"),
        (act("due", "deadline", "2025-05-01"), DUE.format("due"), "2025-05-20", "undetermined"),
        # before there was an order, nobody was bound
        (act("end", "expires", "2025-05-01"), REMAINS, "2025-04-20", "not_bound"),
        # lifted again: whenever it was stayed, it is over
        (act("off", "stays", "2025-05-01") + act("on", "resumes", "2025-05-10", more='of = "off"'), REMAINS, "2025-05-20", "violated"),
        # on the day of the order it may have come after it
        (act("new", "supersedes", "2025-05-02"), REMAINS, "2025-05-20", "not_bound"),
        (act("end", "expires", "2025-05-10"), REMAINS, "2025-05-20", "not_bound"),
        (act("due", "deadline", "2025-05-10"), DUE.format("due"), "2025-05-20", "violated"),
    ],
)  # fmt: skip
def test_what_cannot_be_leaves_open_whether_the_order_was_in_force(
    acts: str, term: str, on: str, expected: str
) -> None:
    happened = event(on, attributes="people_hi = 1\n")
    _, rows = judged([order(GIVEN + acts, term=term)], [happened])
    assert [row["verdict"] for row in rows] == [expected]


def test_why_says_it_with_what_was_said(tmp_path: Path) -> None:
    case = create(tmp_path / "case")
    for folder, text in (
        ("orders", order(GIVEN + act("new", "supersedes", "2025-05-01"), rest=CASE)),
        ("events", event("2025-05-03")),
    ):
        (case.root / folder).mkdir(exist_ok=True)
        (case.root / folder / "one.toml").write_text(text, encoding="utf-8")
    (row,) = said(case.root, "audit", "--json", "--verdict", "all").json["rows"]
    for language, line in (
        ("en", "is dated before the order itself"),
        ("es", "lleva fecha anterior a la orden misma"),
    ):
        told = said(case.root, "why", row["id"], "--lang", language).out.splitlines()
        (place,) = [number for number, each in enumerate(told) if line in each]
        assert [each.strip()[:2] for each in told[place + 1 : place + 3]] == ["- ", "- "]
        assert "2025" in told[place + 1]
