"""One fact hidden, vague or contradicted, under each form of term: what a hostile reader would make a verdict
of, and what it is worth.
"""

from __future__ import annotations

import pytest
from judged import act, event, judged, order

BY = 'by = "a clerk"\nevidence = "record"\nseen = []\n'
GIVEN = act("given", "binds", "2025-05-01T12:00Z")
PERSON = "people_hi = 1\n"


def found(order_text: str, *events: str) -> dict[str, str]:
    """Judge: the verdict by term and event."""
    matrix, rows = judged([order_text], list(events))
    return {
        f"{matrix.variants[row['variant']].term.id}@{matrix.events[row['event_no']].id}": row["verdict"]
        for row in rows
    }


def told(
    kind: str, name: str, time: str | None, *, who: str = "ana", happened: bool = True, more: str = ""
) -> str:
    """Write what befell one person."""
    return event(time, name=name, kind=kind, subject=who, happened=happened, attributes=PERSON) + more


def answers(*terms: str) -> str:
    """Write which terms an act says it answers."""
    listed = ", ".join(f'"{term}"' for term in terms)
    return f"[[answers]]\nterms = [{listed}]\n{BY}"


UNLESS = order(GIVEN, term='forbids = "release"\n[term.unless]\nkind = "notice"\nat_least = "PT48H"\n')
LEFT = told("release", "e", "2025-05-20T12:00Z")
EARLY, LATE = "2025-05-15T12:00Z", "2025-05-19T12:00Z"


@pytest.mark.parametrize(
    ("notices", "expected"),
    [
        ([told("notice", "n", LATE)], "violated"),
        # one says that it was the notice, and came too late; another came in time and says nothing
        ([told("notice", "n", LATE, more=answers("o/t")), told("notice", "m", EARLY)], "undetermined"),
        ([told("notice", "n", EARLY, more=answers("o/t")), told("notice", "m", LATE)], "complied"),
        # the one in time was for something else
        ([told("notice", "n", LATE, more=answers("o/t")), told("notice", "m", EARLY, more=answers("o/u"))], "violated"),
        # that no notice of something else was given says nothing of this one
        ([told("notice", "n", "2025-05-20T12:00Z", happened=False)], "violated"),
        ([told("notice", "n", "2025-05-20T12:00Z", happened=False, more=answers("o/u"))], "undetermined"),
    ],
)  # fmt: skip
def test_a_notice_that_says_nothing_may_have_been_the_one(notices: list[str], expected: str) -> None:
    assert found(UNLESS, LEFT, *notices)["t@e"] == expected


AGAIN = "2025-06-20T12:00Z"


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        # one notice, two releases of one person: the second has none that was not for the first
        ([LEFT, told("release", "f", AGAIN), told("notice", "n", EARLY)], {"t@e": "complied", "t@f": "undetermined"}),
        ([LEFT, told("release", "f", AGAIN), told("notice", "n", EARLY, more=answers("o/t"))], {"t@e": "complied", "t@f": "undetermined"}),
        # one for each, or one that says it was for the second, or for both
        ([LEFT, told("release", "f", AGAIN), told("notice", "n", EARLY), told("notice", "m", "2025-06-01T12:00Z")], {"t@e": "complied", "t@f": "complied"}),
        ([LEFT, told("release", "f", AGAIN), told("notice", "n", EARLY, more=answers("o/t").replace("by", 'events = ["e", "f"]\nby', 1))], {"t@e": "complied", "t@f": "complied"}),
        ([LEFT, told("release", "f", AGAIN), told("notice", "m", "2025-06-01T12:00Z")], {"t@e": "violated", "t@f": "complied"}),
        # the other was of somebody else, or did not happen
        ([LEFT, told("release", "f", AGAIN, who="berto"), told("notice", "n", EARLY)], {"t@e": "complied", "t@f": "undetermined"}),
        ([told("release", "e", "2025-05-20T12:00Z", happened=False), told("release", "f", AGAIN), told("notice", "n", EARLY)], {"t@e": "complied", "t@f": "complied"}),
    ],
)  # fmt: skip
def test_one_notice_serves_one_event(events: list[str], expected: dict[str, str]) -> None:
    assert found(UNLESS, *events) == expected


WITHIN = '[term.within]\nafter = "request"\nlength = "PT48H"\nrule = "elapsed"\nexcuse = "why"\nexcuses = ["war"]\n'
OR_ELSE = (
    f'requires = "hearing"\n{WITHIN}or_else = "u"\n\n[[term]]\nid = "u"\nsays = "s"\nrequires = "release"\n'
)
ASKED = told("request", "q", "2025-05-05T12:00Z")
HEARD_LATE = told("hearing", "h", "2025-05-09T12:00Z")
KEPT = told("release", "r", "2025-05-30T12:00Z", happened=False)


def excused(by: str, who: str = "ana", name: str = "x") -> str:
    """Write a hearing with an excuse, stated by a court or claimed."""
    said = (
        f'[[subject.attribute]]\nname = "why"\nis_one_of = ["war"]\nby = "b"\nevidence = "{by}"\nseen = []\n'
    )
    return event("2025-05-09T12:00Z", name=name, kind="hearing", subject=who, attributes=PERSON + said)


def stayed(more: str) -> str:
    """Write a stay of all or of one term, lifted later."""
    return act("stayed", "stays", "2025-05-06T12:00Z", more=more) + act(
        "lifted", "resumes", "2025-05-20T12:00Z", more='of = "stayed"'
    )


@pytest.mark.parametrize(
    ("acts", "events", "expected"),
    [
        ("", [ASKED, HEARD_LATE, KEPT], {"t@h": "violated", "u@r": "violated"}),
        # excused by a court: the hearing was not due, and so nothing in its place
        ("", [ASKED, excused("court"), KEPT], {"t@x": "not_bound", "u@r": "not_bound"}),
        ("", [ASKED, excused("record"), KEPT], {"t@x": "undetermined", "u@r": "undetermined"}),
        # a court excused the hearing of somebody who may be another
        ("", [ASKED, HEARD_LATE, excused("court", "berto"), KEPT], {"t@h": "undetermined", "t@x": "undetermined", "u@r": "undetermined"}),
        # the hearing alone was stayed: whether a release is owed in its place nobody says
        (stayed('terms = ["t"]'), [ASKED, HEARD_LATE, KEPT], {"t@h": "undetermined", "u@r": "undetermined"}),
        (stayed(""), [ASKED, HEARD_LATE, KEPT], {"t@h": "undetermined", "u@r": "undetermined"}),
        (stayed('terms = ["u"]'), [ASKED, HEARD_LATE, KEPT], {"t@h": "violated", "u@r": "undetermined"}),
    ],
)  # fmt: skip
def test_what_is_owed_instead_is_owed_only_where_the_first_was(
    acts: str, events: list[str], expected: dict[str, str]
) -> None:
    assert found(order(GIVEN + acts, term=OR_ELSE), *events) == expected


COUNT = 'requires = "return"\nby = "due"\n{items}[term.count]\n{least}people_lo = 2\npeople_hi = 2\n'
DUE = act("due", "deadline", "2025-05-15T12:00Z")
BACK = told("return", "a", "2025-05-10T12:00Z")
ALSO = told(
    "return", "b", "2025-05-11T12:00Z", who="berto", more=f'[[identity]]\ndifferent = ["ana", "berto"]\n{BY}'
)
BARE = f'[[item]]\nname = "i"\ngiven = false\n{BY}'


@pytest.mark.parametrize(
    ("least", "items", "events", "expected"),
    [
        ("at_least = 2\n", "", [BACK, ALSO], "complied"),
        ("at_least = 2\n", "", [BACK, ALSO + answers("o/u")], "undetermined"),  # meant for another order's term
        ("at_least = 2\n", 'items = ["i"]\n', [BACK, ALSO], "undetermined"),  # of the part nobody tells
        ("at_least = 1\n", 'items = ["i"]\n', [BACK + BARE], "undetermined"),
        # said to be back, and said not to be back later: neither is preferred
        ("at_least = 1\n", "", [BACK, told("return", "n", "2025-05-20T12:00Z", happened=False)], "undetermined"),
        ("", "", [BACK, told("return", "n", "2025-05-20T12:00Z", happened=False)], "undetermined"),
        ("", "", [told("return", "n", "2025-05-20T12:00Z", happened=False)], "violated"),
    ],
)  # fmt: skip
def test_a_count_has_only_what_is_told_whole_and_undisputed(
    least: str, items: str, events: list[str], expected: str
) -> None:
    text = order(GIVEN + DUE, term=COUNT.format(items=items, least=least))
    assert found(text, *events)["t@how-many-t"] == expected
