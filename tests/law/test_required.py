"""What is required: an act answers the term that it says it answers, else the only one that fits; before the
order it answers nothing; silence is listed.
"""

import pytest
from judged import act, event, judged, order

from paradero.authored.evidence import Trust

BY = 'by = "counsel"\nevidence = "sworn"\nseen = []\n'
ORDER = act("given", "binds", "2025-03-18T15:00Z")
FIRST, SECOND = act("first", "deadline", "2025-03-20T12:00Z"), act("second", "deadline", "2025-03-27T12:00Z")
ONE_TERM = 'requires = "production"\nby = "first"'
TWO_TERMS = (
    ONE_TERM + '\n\n[[term]]\nid = "u"\nsays = "s"\nsays_es = "s"\nrequires = "production"\nby = "second"'
)


def filed(
    name: str, time: str | None, *, answers: str = "", happened: bool = True, subject: str = "s"
) -> str:
    """Write a filing."""
    link = f'[[answers]]\nterms = ["{answers}"]\n{BY}' if answers else ""
    return event(time, name=name, kind="production", happened=happened, subject=subject) + link


def found(term: str, events: list[str], scope: str = "") -> dict[str, str]:
    """Judge an order on filings: the verdict by term and event."""
    matrix, rows = judged([order(ORDER + FIRST + SECOND, term=term, scope=scope)], events)
    return {
        f"{matrix.variants[row['variant']].term.id}@{matrix.events[row['event_no']].id}": row["verdict"]
        for row in rows
    }


SILENCE = "untold-production-those-protected"


@pytest.mark.parametrize(
    ("term", "events", "expected"),
    [
        (ONE_TERM, [], {f"t@{SILENCE}": "undetermined"}),
        (TWO_TERMS, [], {f"t@{SILENCE}": "undetermined", f"u@{SILENCE}": "undetermined"}),
        (ONE_TERM, [filed("a", "2025-03-19T10:00Z")], {"t@a": "complied"}),
        (ONE_TERM, [filed("a", "2025-03-21T10:00Z")], {"t@a": "violated"}),
        # before the order it answers nothing: open, until somebody says that nothing was filed
        (ONE_TERM, [filed("a", "2025-03-01T10:00Z")], {"t@a": "undetermined", f"t@{SILENCE}": "undetermined"}),
        (ONE_TERM, [filed("a", "2025-03-01T10:00Z"), filed("b", "2025-03-25/..", happened=False)], {"t@a": "undetermined", "t@b": "violated"}),
        (ONE_TERM, [filed("a", "2025-03-18T15:00Z")], {"t@a": "undetermined"}),  # in the very minute
        # each of two acts answers its own of two terms, since each can be in time
        (TWO_TERMS, [filed("a", "2025-03-19T10:00Z"), filed("b", "2025-03-26T10:00Z")], {"t@a": "complied", "u@b": "complied"}),
        (TWO_TERMS, [filed("b", "2025-03-26T10:00Z"), filed("a", "2025-03-19T10:00Z")], {"t@a": "complied", "u@b": "complied"}),
        # one act, two terms: which is meant is not said
        (TWO_TERMS, [filed("a", "2025-03-19T10:00Z")], {"t@a": "undetermined", "u@a": "undetermined"}),
        (TWO_TERMS, [filed("a", "2025-03-19T10:00Z", answers="o/u")], {"u@a": "complied", f"t@{SILENCE}": "undetermined"}),
        (TWO_TERMS, [filed("a", "2025-03-26T10:00Z", answers="o/t"), filed("b", "2025-03-19T10:00Z", answers="o/u")], {"t@a": "violated", "u@b": "complied"}),
        # two acts, one term: the first in time, the second late
        (ONE_TERM, [filed("a", "2025-03-19T10:00Z"), filed("b", "2025-03-26T10:00Z")], {"t@a": "undetermined", "t@b": "undetermined"}),
        (ONE_TERM, [filed("a", "2025-03-19T10:00Z", answers="o/t"), filed("b", "2025-03-26T10:00Z")], {"t@a": "complied"}),
        # whichever is meant
        (ONE_TERM, [filed("a", "2025-03-22T10:00Z"), filed("b", "2025-03-26T10:00Z")], {"t@a": "violated"}),
        # both too late for the first term, in time for the second
        (TWO_TERMS, [filed("a", "2025-03-22T10:00Z"), filed("b", "2025-03-26T10:00Z")], {"t@a": "violated", "u@b": "complied"}),
        # said to be done, and said not to be done by then
        (ONE_TERM, [filed("a", "2025-03-19T10:00Z"), filed("b", "2025-03-25/..", happened=False)], {"t@a": "undetermined", "t@b": "undetermined"}),
        (ONE_TERM, [filed("a", "2025-03-24T10:00Z"), filed("b", "2025-03-23T00:00:00Z", happened=False)], {"t@a": "violated", "t@b": "violated"}),
        # the time had not run out
        (ONE_TERM, [filed("b", "2025-03-19", happened=False)], {"t@b": "undetermined"}),
    ],
)  # fmt: skip
def test_which_act_answers_which_term(term: str, events: list[str], expected: dict[str, str]) -> None:
    assert found(term, events) == expected


def test_what_is_owed_to_one_is_not_done_by_what_is_told_of_another() -> None:
    returned = order(ORDER + FIRST, term='requires = "return"\nby = "first"', scope='individuals = ["{}"]')
    orders = [
        returned.replace("{}", "ana").replace('id = "o"', 'id = "oa"', 1),
        returned.replace("{}", "berto").replace('id = "o"', 'id = "ob"', 1),
    ]
    matrix, rows = judged(
        orders, [event("2025-03-19T09:00Z", kind="return", subject="ana", attributes="people_hi = 1\n")]
    )
    said = {
        f"{matrix.variants[row['variant']].order.id}@{matrix.events[row['event_no']].id}": row["verdict"]
        for row in rows
    }
    assert said == {"oa@e": "complied", "ob@e": "undetermined", "ob@untold-return-berto": "undetermined"}


def test_an_answer_goes_with_its_source() -> None:
    text = filed("a", "2025-03-19T10:00Z", answers="o/u")
    orders = [order(ORDER + FIRST + SECOND, term=TWO_TERMS)]
    for trust, expected in (
        (Trust(), {"complied", "undetermined"}),
        (Trust(without=("counsel",)), {"undetermined"}),
    ):
        assert {row["verdict"] for row in judged(orders, [text], trust)[1]} == expected


@pytest.mark.parametrize("attributes", ["some_are", "each_is_one_of"])
def test_one_of_a_class_leaves_the_rest_of_it_untold(attributes: str) -> None:
    scope = (
        '[[scope.condition]]\nattribute = "country"\nis_one_of = ["X"]\nwhat = "which"\nwhat_es ='
        ' "cuál"\nrecord = "r"\nfield = "f"\n'
    )
    said = (
        f'people_lo = 1\npeople_hi = 1\n[[subject.attribute]]\nname = "country"\n{attributes} = ["X"]\nby ='
        ' "b"\nevidence = "record"\nseen = []\n'
    )
    text = order(ORDER + FIRST, term='requires = "return"\nby = "first"', scope=scope)
    matrix, rows = judged([text], [event("2025-03-19T09:00Z", kind="return", attributes=said)])
    assert {matrix.events[row["event_no"]].id: row["verdict"] for row in rows} == {
        "e": "complied",
        "untold-return-those-protected": "undetermined",
    }


def part(name: str, *, given: bool) -> str:
    """Write whether a filing had a part."""
    return f'[[item]]\nname = "{name}"\ngiven = {str(given).lower()}\n{BY}'


def unsure(name: str, time: str) -> str:
    """Write a filing of which nobody says whether it was made."""
    text = filed(name, time)
    head, rest = text.split("[[outcome]]")
    return head + "[[moment]]" + rest.partition("[[moment]]")[2]


TWO_PARTS = f'{ONE_TERM}\nitems = ["i", "j"]'
FULL, BARE = part("i", given=True) + part("j", given=True), part("i", given=False) + part("j", given=False)


@pytest.mark.parametrize(
    ("term", "events", "expected"),
    [
        # one act lacks a part; whether there was another nobody says, and it would have lacked it, too
        (TWO_PARTS, [filed("a", "2025-03-19T10:00Z") + BARE, unsure("b", "2025-03-19T11:00Z") + BARE], {"t@a": "violated", "t@b": "undetermined"}),
        # it may have had all that the first lacked
        (TWO_PARTS, [filed("a", "2025-03-19T10:00Z") + BARE, unsure("b", "2025-03-19T11:00Z")], {"t@a": "undetermined", "t@b": "undetermined"}),
        # it had everything, but may not have been made
        (TWO_PARTS, [filed("a", "2025-03-19T10:00Z") + BARE, unsure("b", "2025-03-19T11:00Z") + FULL], {"t@a": "undetermined", "t@b": "undetermined"}),
        # alone, it is not said to have been made, and what it lacked is no breach
        (TWO_PARTS, [unsure("b", "2025-03-19T11:00Z") + BARE], {"t@b": "undetermined", f"t@{SILENCE}": "undetermined"}),
        # one act had everything: nothing is left for the other to lack
        (TWO_PARTS, [filed("a", "2025-03-19T10:00Z") + BARE, filed("b", "2025-03-19T11:00Z") + FULL], {"t@a": "undetermined", "t@b": "complied"}),
        # a part each: whether that is enough the term does not say
        (TWO_PARTS, [filed("a", "2025-03-19T10:00Z") + part("i", given=True) + part("j", given=False), filed("b", "2025-03-19T11:00Z") + part("i", given=False) + part("j", given=True)], {"t@a": "undetermined", "t@b": "undetermined"}),
        # in time without the parts, and with them too late
        (TWO_PARTS, [filed("a", "2025-03-19T10:00Z") + BARE, filed("b", "2025-03-26T11:00Z") + FULL], {"t@a": "violated"}),
        # the act that says so lacks a part; another, that says nothing, may have had it
        (TWO_PARTS, [filed("a", "2025-03-19T10:00Z", answers="o/t") + BARE, filed("b", "2025-03-19T11:00Z") + FULL], {"t@a": "undetermined"}),
        # one says that it answers, but may not have been made, and too late: the other is too late as well
        (ONE_TERM, [filed("a", "2025-03-22T10:00Z"), unsure("b", "2025-03-26T10:00Z") + f'[[answers]]\nterms = ["o/t"]\n{BY}'], {"t@a": "violated", "t@b": "undetermined"}),
        # too late, or not done even later: a breach whichever is right
        (ONE_TERM, [filed("a", "2025-03-22T10:00Z"), filed("b", "2025-03-25", happened=False)], {"t@a": "violated", "t@b": "violated"}),
    ],
)  # fmt: skip
def test_which_act_stands_for_a_breach_where_parts_are_missing(
    term: str, events: list[str], expected: dict[str, str]
) -> None:
    assert found(term, events) == expected
