"""What is due more than once a time, each so many hours, or not on days off; several requests and as many
acts; acts that nobody tells apart.
"""

from __future__ import annotations

import pytest
from judged import act, event, judged, order

BY = 'by = "a clerk"\nevidence = "record"\nseen = []\n'
GIVEN = act("given", "binds", "2025-05-01T12:00Z")
NEW_YORK = 'zones = ["America/New_York"]\ncalendar = "us-federal"'


def found(order_text: str, *events: str) -> dict[str, str]:
    """Judge: the verdict by event."""
    matrix, rows = judged([order_text], list(events))
    return {matrix.events[row["event_no"]].id: row["verdict"] for row in rows}


def one(kind: str, name: str, time: str | None, *, happened: bool | None = True, more: str = "") -> str:
    """Write what befell one person; whether it happened nobody says where that is None."""
    text = event(time, name=name, kind=kind, happened=bool(happened), attributes="people_hi = 1\n") + more
    if happened is None:
        head, _, rest = text.partition("[[outcome]]")
        text = f"{head}[[moment]]{rest.partition('[[moment]]')[2]}"
    return text


def every(*lines: str, read: str = "", head: str = 'zones = ["UTC"]') -> str:
    """Write an order for something due again and again, and a docket that was read whole."""
    term = "\n".join(('requires = "production"', "[term.every]", *lines))
    docket = f'[[docket_read]]\nread = "{read}"\ncomplete = true\n{BY}' if read else ""
    return order(GIVEN, term=term, head=head, rest=docket)


def filed(name: str, time: str, more: str = "") -> str:
    """Write a filing."""
    return one("production", name, time, more=more)


THRICE = ('first = "2025-05-05T12:00Z"', 'length = "P1D"', "times = 2", "each = 3")
WORKING = ('first = "2025-05-23T12:00"', 'length = "P1D"', "times = 5", 'skips = "days_off"')
DENIED = f'[[answers]]\nterms = ["o/t"]\n{BY}'


@pytest.mark.parametrize(
    ("text", "events", "expected"),
    [
        # three a day: three are enough, two are not, where the docket is whole
        (every(*THRICE, read="2025-05-09"), [filed(f"a{n}", f"2025-05-05T0{n}:00Z") for n in (1, 2, 3)], {"a3": "complied", "untold-t-2025-05-06": "violated"}),
        (every(*THRICE, read="2025-05-09"), [filed(f"a{n}", f"2025-05-05T0{n}:00Z") for n in (1, 2)], {"untold-t-2025-05-05": "violated", "untold-t-2025-05-06": "violated"}),
        (every(*THRICE), [filed(f"a{n}", f"2025-05-05T0{n}:00Z") for n in (1, 2)], {"untold-t-2025-05-05": "undetermined", "untold-t-2025-05-06": "undetermined"}),
        # a fourth of the first day may have been made early, for the second
        (every('first = "2025-05-05T12:00Z"', 'length = "P1D"', "times = 2", "each = 1", read="2025-05-09"), [filed("a", "2025-05-05T01:00Z"), filed("b", "2025-05-05T02:00Z")], {"a": "complied", "untold-t-2025-05-06": "undetermined"}),
        # each twelve hours
        (every('first = "2025-05-05T12:00Z"', 'length = "PT12H"', "times = 3", read="2025-05-09"), [filed("a", "2025-05-05T11:00Z"), filed("b", "2025-05-06T11:00Z")], {"a": "complied", "untold-t-2025-05-06T00.00": "violated", "b": "complied"}),
        # Friday; then a weekend and Memorial Day, on which nothing is due; then Tuesday
        (every(*WORKING, read="2025-05-30", head=NEW_YORK), [filed("a", "2025-05-23T11:00-04:00")], {"a": "complied", "untold-t-2025-05-27": "violated"}),
        (every(*WORKING, head=NEW_YORK), [filed("a", "2025-05-23T11:00-04:00"), filed("b", "2025-05-25T11:00-04:00")], {"a": "complied", "b": "complied"}),
        # whether Maryland's Friday after Thanksgiving is off nobody says: that day is open, and so is the entry's
        (every('first = "2025-11-26T12:00"', 'length = "P1D"', "times = 6", 'skips = "days_off"', read="2025-12-05", head='zones = ["America/New_York"]'), [filed("a", "2025-11-26T11:00-05:00"), filed("b", "2025-11-28T11:00-05:00")], {"a": "complied", "b": "undetermined", "untold-t-2025-12-01": "undetermined"}),
        # said not to have been done until the second day was past, of this very term
        (every('first = "2025-05-05T12:00Z"', 'length = "P1D"', "times = 3"), [one("production", "no", "2025-05-06T18:00Z", happened=False, more=DENIED)], {"untold-t-2025-05-05": "violated", "untold-t-2025-05-06": "violated", "untold-t-2025-05-07": "undetermined"}),
        (every('first = "2025-05-05T12:00Z"', 'length = "P1D"', "times = 1"), [one("production", "no", "2025-05-06T18:00Z", happened=False)], {"untold-t-2025-05-05": "undetermined"}),
        (every('first = "2025-05-05T12:00Z"', 'length = "P1D"', "times = 1"), [one("production", "no", "2025-05-06T18:00Z", happened=False, more=DENIED), one("production", "a", None)], {"untold-t-2025-05-05": "undetermined"}),
    ],
)  # fmt: skip
def test_how_often_something_is_due(text: str, events: list[str], expected: dict[str, str]) -> None:
    assert found(text, *events) == expected


WEEKLY = ('first = "2025-11-14T17:00Z"', 'length = "P1W"', "times = 3")
WEEKS = every(*WEEKLY, read="2025-12-03")
FIRST = filed("a", "2025-11-14T10:00Z")
STAYED = act("off", "stays", "2025-11-20T12:00Z") + act(
    "on", "resumes", "2025-11-22T09:00Z", more='of = "off"'
)


def for_week(day: str) -> str:
    """Write that a filing is for the week that ends on a day."""
    return DENIED.replace("\nby", f'\nevents = ["untold-t-{day}"]\nby', 1)


@pytest.mark.parametrize(
    ("text", "events", "expected"),
    [
        # a day late for the second week, and the third has none
        (WEEKS, [FIRST, filed("b", "2025-11-22T10:00Z")], {"a": "complied", "b": "violated", "untold-t-2025-11-28": "violated"}),
        # one for each of them
        (WEEKS, [FIRST, filed("b", "2025-11-22T10:00Z"), filed("c", "2025-11-27T10:00Z")], {"a": "complied", "b": "violated", "c": "complied"}),
        # nearer to the third
        (WEEKS, [FIRST, filed("b", "2025-11-26T10:00Z")], {"a": "complied", "untold-t-2025-11-21": "violated", "b": "complied"}),
        # it says for which
        (WEEKS, [FIRST, filed("b", "2025-11-22T10:00Z", for_week("2025-11-28"))], {"a": "complied", "untold-t-2025-11-21": "violated", "b": "complied"}),
        (WEEKS, [FIRST, filed("b", "2025-11-26T10:00Z", for_week("2025-11-21"))], {"a": "complied", "b": "violated", "untold-t-2025-11-28": "violated"}),
        # in the very minute: in time or late for the second, and nothing for the third
        (WEEKS, [FIRST, filed("b", "2025-11-21T17:00Z")], {"a": "complied", "b": "undetermined", "untold-t-2025-11-28": "violated"}),
        # too many in the first week: one may have been for the second, and then the late one for the third
        (WEEKS, [FIRST, filed("d", "2025-11-14T11:00Z"), filed("b", "2025-11-22T10:00Z")], {"a": "complied", "untold-t-2025-11-21": "undetermined", "untold-t-2025-11-28": "undetermined"}),
        # what is said to be for the first week is not early for the second; what says nothing may be
        (WEEKS, [filed("a", "2025-11-14T10:00Z", for_week("2025-11-14")), filed("d", "2025-11-14T11:00Z", for_week("2025-11-14"))], {"a": "complied", "untold-t-2025-11-21": "violated", "untold-t-2025-11-28": "violated"}),
        (WEEKS, [FIRST, filed("d", "2025-11-14T11:00Z", for_week("2025-11-14"))], {"a": "complied", "untold-t-2025-11-21": "undetermined", "untold-t-2025-11-28": "undetermined"}),
        # whether anything was due in the second week
        (WEEKS.replace("[[term]]", f"{STAYED}[[term]]", 1), [FIRST, filed("b", "2025-11-22T10:00Z")], {"a": "complied", "untold-t-2025-11-21": "undetermined", "untold-t-2025-11-28": "undetermined"}),
    ],
)  # fmt: skip
def test_what_is_late_for_one_week_is_not_early_for_the_next(
    text: str, events: list[str], expected: dict[str, str]
) -> None:
    assert found(text, *events) == expected


WITHIN = 'requires = "hearing"\n[term.within]\nafter = "request"\nlength = "PT48H"\nrule = "elapsed"\n'
HEARD = order(GIVEN, term=WITHIN)


def asked(name: str, time: str) -> str:
    """Write a request."""
    return one("request", name, time)


def heard(name: str, time: str | None, happened: bool | None = True) -> str:
    """Write a hearing."""
    return one("hearing", name, time, happened=happened)


SILENCE = "untold-t-after-q"


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        # two requests and two hearings of which nobody knows the order: whichever answers which, all in time
        ([asked("q", "2025-05-05"), asked("r", "2025-05-05"), heard("a", "2025-05-06"), heard("b", "2025-05-06")], {"a": "complied", "b": "complied"}),
        # or all too late
        ([asked("q", "2025-05-05"), asked("r", "2025-05-05"), heard("a", "2025-05-09"), heard("b", "2025-05-09")], {"a": "violated", "b": "violated"}),
        # or one of each, and which nobody knows
        ([asked("q", "2025-05-05"), asked("r", "2025-05-05"), heard("a", "2025-05-06"), heard("b", "2025-05-09")], {"a": "undetermined", "b": "undetermined"}),
        # one hearing for two requests: one act answers one request, and of the other nobody tells
        ([asked("q", "2025-05-05"), asked("r", "2025-05-05"), heard("a", "2025-05-06")], {"a": "complied", SILENCE: "undetermined", "untold-t-after-r": "undetermined"}),
        # a hearing before the second request can only have answered the first
        ([asked("q", "2025-05-05"), asked("r", "2025-05-20"), heard("a", "2025-05-06")], {"a": "complied", "untold-t-after-r": "undetermined"}),
        # too late, but another hearing may have been held in time
        ([asked("q", "2025-05-05"), heard("a", "2025-05-09"), heard("b", "2025-05-06", None)], {"a": "undetermined", "b": "undetermined", }),
        # too late, and what may have been held besides was later still
        ([asked("q", "2025-05-05"), heard("a", "2025-05-09"), heard("b", "2025-05-10", None)], {"a": "violated", "b": "undetermined"}),
        # in time, whatever else may have been held
        ([asked("q", "2025-05-05"), heard("a", "2025-05-06"), heard("b", "2025-05-10", None)], {"a": "complied", "b": "undetermined"}),
        # on the day of the request, perhaps before it: then nobody tells of any hearing
        ([asked("q", "2025-05-05"), heard("a", "2025-05-05")], {"a": "undetermined", SILENCE: "undetermined"}),
    ],
)  # fmt: skip
def test_which_act_answers_which_trigger(events: list[str], expected: dict[str, str]) -> None:
    assert found(HEARD, *events) == expected
