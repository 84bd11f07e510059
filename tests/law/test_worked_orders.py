"""Ten orders worked out by hand, with every variant, from the public law of orders: what a careful lawyer
says of each, and nothing more.
"""

from __future__ import annotations

import pytest
from judged import act, attribute, event, judged, order

EASTERN = 'zones = ["America/New_York"]'
BY = 'by = "a clerk"\nevidence = "court"\nseen = []\n'


def counting(name: str, *lines: str) -> str:
    """Write a reading of how time is counted."""
    return "\n".join((f'[[counting]]\nid = "{name}"\ntitle = "{name}"', *lines, ""))


def reading(name: str, kind: str, key: str, value: str) -> str:
    """Write a reading of when the order begins, or when the thing is done."""
    return f'[[{kind}]]\nid = "{name}"\n{key} = "{value}"\ntitle = "{name}"\n'


def moment(phase: str, time: str) -> str:
    """Write when a phase of an event was."""
    return f'[[moment]]\nphase = "{phase}"\n[[moment.said]]\ntime = "{time}"\n{BY}'


def item(name: str, given: bool) -> str:
    """Write whether a part of an act was given."""
    return f'[[item]]\nname = "{name}"\ngiven = {str(given).lower()}\n{BY}'


def person(
    time: str | None, *, name: str, kind: str, happened: bool = True, who: str = "ana", more: str = ""
) -> str:
    """Write something that befell one person."""
    zones = ("America/New_York",)
    text = event(
        time, name=name, kind=kind, happened=happened, subject=who, attributes="people_hi = 1\n", zones=zones
    )
    return text + more


def found(order_text: str, *events: str) -> dict[str, str]:
    """Judge: the verdict by the reading and the event (`reading@event`), terms named where there are
    several.
    """
    matrix, rows = judged([order_text], list(events))
    several = len({each.term.id for each in matrix.variants}) > 1
    said = {}
    for row in rows:
        variant = matrix.variants[row["variant"]]
        head = "/".join(one for one in (variant.term.id if several else "", variant.construction) if one)
        said[f"{head}@{matrix.events[row['event_no']].id}"] = row["verdict"]
    return said


# 1: a temporary order of 14 days, no hour, not extended


def test_14_days_of_a_temporary_order() -> None:
    given = act("given", "binds", "2025-03-15T19:25-04:00")
    left = event("2025-03-31T10:00-04:00", zones=("America/New_York",))
    ends = {
        "frcp-6": "violated",  # the 29th is a Saturday: to the end of Monday, 31 March
        "no-roll": "not_bound",
        "elapsed": "not_bound",
    }
    for rule, expected in ends.items():
        term = f'[[relation]]\nof = "end"\nsince = "given"\nat_least = "P14D"\nat_most = "P14D"\n{BY}'
        term += f'rule = "{rule}"\n' if rule else ""
        text = order(given + act("end", "expires"), head=EASTERN, rest=term)
        assert found(text, left) == {"@e": expected}, rule
    for rule in ("", "tro-14"):  # nobody states it, or it is disputed: each reading, and all of them together
        term = f'[[relation]]\nof = "end"\nsince = "given"\nat_least = "P14D"\nat_most = "P14D"\n{BY}'
        head = EASTERN + '\ncalendar = "d-dc"'
        text = order(given + act("end", "expires"), head=head, rest=term + f'rule = "{rule}"\n')
        every = {"@e": "undetermined", **{f"{name}@e": verdict for name, verdict in ends.items()}}
        assert found(text, left) == every, rule
    stated = order(given + act("end", "expires", "2025-03-29T23:59-04:00"), head=EASTERN)
    assert found(stated, left) == {"@e": "not_bound"}


# 2: no move from the district without 48 hours' written notice to counsel

UNLESS = 'forbids = "transfer"\n[term.unless]\nkind = "notice"\nat_least = "PT48H"\nto = ["counsel"]\n'
NOTICE_READINGS = (
    counting("elapsed", 'rule = "elapsed"')
    + counting("rolled", 'rule = "frcp-6"')
    + counting("receipt", 'rule = "elapsed"', 'from = "received"')
    + reading("move", "completion", "phase", "departure")
)


def test_48_hours_of_notice_before_a_move() -> None:
    text = order(
        act("given", "binds", "2025-06-01T12:00-04:00"), term=UNLESS, head=EASTERN, rest=NOTICE_READINGS
    )
    sent = person("2025-06-06T18:10-04:00", name="mail", kind="notice", more=item("counsel", given=True))
    moved = person(None, name="move", kind="transfer").replace(
        '[[moment]]\nphase = "done"\n', moment("departure", "2025-06-08T18:30-04:00")
    )
    assert found(text, sent, moved) == {
        "move/elapsed@move": "complied",
        "move/rolled@move": "violated",
        "move/receipt@move": "undetermined",
    }


# 3: a declaration by noon

DECLARATION = act("given", "binds", "2025-03-18T12:00-04:00") + act(
    "due", "deadline", "2025-03-20T12:00-04:00"
)
DUE = 'requires = "production"\nby = "due"'
SILENT = "@untold-production-those-protected"


def read_on(day: str, *, complete: bool) -> str:
    """Write that somebody read the docket."""
    return f'[[docket_read]]\nread = "{day}"\ncomplete = {str(complete).lower()}\n{BY}'


@pytest.mark.parametrize(
    ("rest", "stamp", "expected"),
    [
        ("", "2025-03-20T11:59-04:00", {"@e": "complied"}),
        ("", "2025-03-20T12:00-04:00", {"@e": "undetermined"}),
        (read_on("2025-03-19", complete=True), None, {SILENT: "undetermined"}),
        (read_on("2025-03-25", complete=False), None, {SILENT: "undetermined"}),
        (read_on("2025-03-25", complete=True), None, {SILENT: "violated"}),
        (read_on("2025-03-20", complete=True), None, {SILENT: "undetermined"}),  # at what hour is not said
        ("", None, {SILENT: "undetermined"}),
    ],
)
def test_a_declaration_by_noon(rest: str, stamp: str | None, expected: dict[str, str]) -> None:
    text = order(DECLARATION, term=DUE, head=EASTERN, rest=rest)
    assert found(text, *([event(stamp, kind="production")] if stamp else [])) == expected


# 4: a class removed under one ground

GROUND = """
[[scope.condition]]
attribute = "ground"
is_one_of = ["X"]
what = "the ground"
record = "r"
field = "f"
"""


def aboard(count: str) -> str:
    """Write 261 people of whom some are said to be removed under X."""
    said = f'[[subject.attribute]]\nname = "ground"\nsome_are = ["X"]\n{count}{BY}'
    return event(
        "2025-03-15T20:00-04:00",
        kind="transfer",
        attributes=f"people_lo = 261\npeople_hi = 261\n{said}",
        zones=("America/New_York",),
    ).replace('phase = "done"', 'phase = "departure"')


@pytest.mark.parametrize(
    ("count", "people"),
    [("people_lo = 137\npeople_hi = 137\n", (137, 137)), ("people_lo = 137\n", (137, 261))],
)
def test_137_of_261(count: str, people: tuple[int, int]) -> None:
    text = order(
        act("given", "binds", "2025-03-15T18:46-04:00"),
        term='forbids = "transfer"',
        scope=GROUND,
        head=EASTERN,
        rest=reading("departure", "completion", "phase", "departure"),
    )
    pseudonym = person(None, name="p", kind="transfer", who="p").replace(
        '[[moment]]\nphase = "done"\n', moment("departure", "2025-03-15T20:00-04:00")
    )
    matrix, rows = judged([text], [aboard(count), pseudonym])
    said = {matrix.events[row["event_no"]].id: row for row in rows}
    assert {name: row["verdict"] for name, row in said.items()} == {
        "e": "violated",
        "e.each-member": "undetermined",
        "p": "undetermined",
    }
    assert (said["e"]["people_lo"], said["e"]["people_hi"]) == people
    before = text.replace("2025-03-15T18:46", "2025-03-15T21:00")
    assert set(found(before, aboard(count), pseudonym).values()) == {"not_bound"}


# 5: a standard without a date

FACILITATE = 'standard = "facilitate the return"'
FINDING = f'[[term.finding]]\nanswer = "breached"\ntime = "2025-04-15"\n{BY}'


def test_facilitate_is_for_a_court_to_say() -> None:
    given = act("given", "binds", "2025-04-11T12:00-04:00")
    back = person("2025-06-10T12:00-04:00", name="back", kind="return")
    silent = "standard-t-those-protected"
    assert found(order(given, term=FACILITATE, head=EASTERN), back) == {f"@{silent}": "undetermined"}
    assert found(order(given, term=f"{FACILITATE}\n{FINDING}", head=EASTERN), back) == {
        f"records-alone@{silent}": "undetermined",
        f"as-found@{silent}": "violated",
    }
    withdrawn = f'{FACILITATE}\n{FINDING}withdrawn = "set aside on appeal"'
    assert found(order(given, term=withdrawn, head=EASTERN), back) == {f"@{silent}": "undetermined"}


# 6: return by a date that fell under a stay

RETURN = act("given", "binds", "2025-04-04T18:00-04:00") + act("due", "deadline", "2025-04-07T23:59-04:00")
UNDER = "".join(counting(name, f'under_a_stay = "{name}"') for name in ("void", "at_once", "tolled"))
RETURNS = 'requires = "return"\nby = "due"'


def test_a_deadline_said_to_be_void() -> None:
    acts = RETURN + act("stayed", "stays", "2025-04-07T16:02-04:00")
    acts += act("void", "supersedes", "2025-04-10T18:00-04:00")
    text = order(acts, term=RETURNS, head=EASTERN)
    assert found(text, person("2025-06-06T12:00-04:00", name="e", kind="return")) == {"@e": "not_bound"}


@pytest.mark.parametrize(
    ("stayed", "back", "expected"),
    [
        ("2025-04-07T16:02-04:00", "2025-04-09T18:00-04:00", ("not_bound", "violated", "violated")),
        # 7 hours 57 minutes were left: due on 8 April at 19:57
        ("2025-04-07T16:02-04:00", "2025-04-08T19:50-04:00", ("not_bound", "violated", "complied")),
        ("2025-04-07T16:02-04:00", "2025-04-08T20:00-04:00", ("not_bound", "violated", "violated")),
        ("2025-04-07", "2025-04-09T18:00-04:00", ("undetermined", "violated", "violated")),
        ("2025-04-07", "2025-04-09T11:00-04:00", ("undetermined", "violated", "undetermined")),
        ("2025-04-07", "2025-04-08T11:00-04:00", ("undetermined", "undetermined", "undetermined")),
    ],
)
def test_a_stay_lifted_in_silence(stayed: str, back: str, expected: tuple[str, str, str]) -> None:
    acts = RETURN + act("stayed", "stays", stayed)
    acts += act("lifted", "resumes", "2025-04-08T12:00-04:00", more='of = "stayed"')
    text = order(acts, term=RETURNS, head=EASTERN, rest=UNDER)
    said = found(text, person(back, name="e", kind="return"))
    assert tuple(said[f"{name}@e"] for name in ("void", "at_once", "tolled")) == expected


# 7: a hearing within 7 days of the request, else release

HEARING = """requires = "hearing"
[term.within]
after = "request"
length = "P7D"
rule = "frcp-6"
or_else = "release"

[[term]]
id = "release"
says = "Else they are released."
requires = "release"
"""


@pytest.mark.parametrize(
    ("asked", "heard", "held", "expected"),
    [
        ("2025-07-01", "2025-07-09T09:00-04:00", "2025-07-09T09:00-04:00/..", ("violated", "violated")),
        (
            "2025-07-01/2025-07-02",
            "2025-07-09T09:00-04:00",
            "2025-07-09T09:00-04:00/..",
            ("undetermined",) * 2,
        ),
        ("2025-07-01", "2025-07-08T17:00-04:00", "2025-07-09T09:00-04:00/..", ("complied", "not_bound")),
    ],
)
def test_a_hearing_within_7_days_or_release(
    asked: str, heard: str, held: str, expected: tuple[str, str]
) -> None:
    text = order(act("given", "binds", "2025-06-01T12:00-04:00"), term=HEARING, head=EASTERN)
    said = found(
        text,
        person(asked, name="asked", kind="request"),
        person(heard, name="heard", kind="hearing"),
        person(held, name="held", kind="release", happened=False),
    )
    assert (said["t@heard"], said["release@held"]) == expected
    assert len(said) == 2


def test_released_in_time_there_is_nothing_left_to_hear() -> None:
    text = order(act("given", "binds", "2025-06-01T12:00-04:00"), term=HEARING, head=EASTERN)
    asked = person("2025-07-01T10:00-04:00", name="asked", kind="request")
    free = person("2025-07-05T10:00-04:00", name="free", kind="release")
    heard = person("2025-07-10/..", name="no", kind="hearing", happened=False)
    assert found(text, asked, free, heard) == {"t@no": "not_bound", "release@free": "complied"}
    # nobody tells of a hearing: released in time, no duty to hear is left to break
    assert found(text, asked, free)["release@free"] in ("undetermined", "complied")
    assert found(text, asked) == {
        "t@untold-t-after-asked": "undetermined",
        "release@untold-release-after-asked": "undetermined",
    }
    assert found(text) == {
        "t@untold-t-those-protected": "undetermined",
        "release@untold-release-those-protected": "undetermined",
    }


# 8: a class with a date that cuts it off

CUT_OFF = """
[[scope.condition]]
attribute = "district"
is_one_of = ["D"]
what = "the district"
record = "r"
field = "f"

[[scope.condition]]
attribute = "final_order"
not_before = "2025-01-01"
or_is = ["none"]
what = "the date of the final order"
record = "r"
field = "f"
"""


def of_class(dates: str, people: str = "people_hi = 1\n") -> str:
    """Write a removal of people of the district, with what is said of their final orders."""
    said = attribute("district", "D") + dates
    return event("2025-07-01T12:00Z", attributes=people + said)


@pytest.mark.parametrize(
    ("dates", "people", "expected"),
    [
        ("", "people_hi = 1\n", {"e": "undetermined"}),
        (attribute("final_order", "none"), "people_hi = 1\n", {"e": "violated"}),
        (attribute("final_order", "2025-02-03"), "people_hi = 1\n", {"e": "violated"}),
        (attribute("final_order", "2024-11"), "people_hi = 1\n", {"e": "not_bound"}),
        (attribute("final_order", "2024-12/2025-01"), "people_hi = 1\n", {"e": "undetermined"}),
        (
            attribute("final_order", "2024", "2025").replace("is_one_of", "each_is_one_of"),
            "people_lo = 12\npeople_hi = 12\n",
            {"e": "undetermined"},
        ),
        (
            attribute("final_order", "2024", "2025").replace("is_one_of", "members_are_of"),
            "people_lo = 12\npeople_hi = 12\n",
            {"e": "violated", "e.each-member": "undetermined"},
        ),
    ],
)
def test_a_class_cut_off_by_a_date(dates: str, people: str, expected: dict[str, str]) -> None:
    text = order(act("given", "binds", "2025-06-01T12:00Z"), scope=CUT_OFF)
    assert {
        key.removeprefix("@"): verdict for key, verdict in found(text, of_class(dates, people)).items()
    } == expected


# 9: a room limit, and a waiver that raises it

WAIVER = act("given", "binds", "2024-01-01T00:00-05:00") + act("waived", "expires", "2025-06-24")
RAISED = act("given", "binds", "2025-06-24")


def room(most: str) -> str:
    limit = f'measure = "time in the room"\nunit = "duration"\nat_most = "{most}"'
    return f'forbids = "holding"\n[term.limit]\n{limit}'


def held(begin: str, end: str) -> str:
    """Write a holding from begin to end."""
    text = event(None, kind="holding", attributes="people_hi = 1\n", zones=("America/New_York",))
    return text.replace('[[moment]]\nphase = "done"\n', moment("begin", begin) + moment("end", end))


def test_a_room_limit_under_a_waiver() -> None:
    first = held("2025-06-23T22:00-04:00", "2025-06-25T01:00-04:00")
    second = held("2025-06-25T08:00-04:00", "2025-06-27T07:00-04:00")
    limit = order(WAIVER, term=room("PT12H"), head=EASTERN)
    raised = order(RAISED, term=room("PT72H"), head=EASTERN)
    assert found(limit, first) == {"begin@e": "violated", "limit@e": "undetermined"}
    assert found(limit, second) == {"begin@e": "not_bound", "limit@e": "not_bound"}
    assert set(found(raised, second).values()) == {"complied"}


# 10: sources that do not agree


def test_a_departure_on_which_sources_do_not_agree() -> None:
    text = order(act("given", "binds", "2025-03-15T18:46-04:00"), term='forbids = "transfer"', head=EASTERN)

    def flight(*departures: str) -> str:
        said = {"departure": departures, "landing": ("2025-03-15T19:36-04:00", "2025-03-15T23:10-04:00")}
        moments = "".join(
            f'[[moment]]\nphase = "{phase}"\n'
            + "".join(
                f'[[moment.said]]\ntime = "{time}"\nby = "source {n}"\nevidence = "record"\nseen = []\n'
                for n, time in enumerate(times)
            )
            for phase, times in said.items()
        )
        blank = event(None, kind="transfer", zones=("America/New_York",))
        return blank.replace('[[moment]]\nphase = "done"\n', moments)

    both = found(text, flight("2025-03-15T17:44-04:00", "2025-03-15T18:50-04:00"))
    assert (both["departure@e"], both["landing@e"]) == ("undetermined", "violated")
    assert found(text, flight("2025-03-15T17:44-04:00"))["departure@e"] == "not_bound"
