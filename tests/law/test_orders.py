"""What an order says of an event: drawn cases of every act that begins, ends, stays or extends it, of zones
and clocks, of classes nobody knows the members of.
"""

import pytest
from judged import act, attribute, event, judged, order, verdict

from paradero.authored.evidence import Trust

GIVEN = act("given", "binds", "2025-03-15T18:00Z")


@pytest.mark.parametrize(
    ("acts", "time", "expected"),
    [
        (GIVEN, "2025-03-15T17:59Z", "not_bound"),
        (GIVEN, "2025-03-15T18:01Z", "violated"),
        (GIVEN, "2025-03-15T18:00Z", "undetermined"),  # one minute, seconds unknown
        (GIVEN, "2025-03-15T18:00:30Z", "undetermined"),
        (GIVEN, "2025-03-15T18:00:59.999999Z", "violated"),
        (GIVEN, "2025-03-15T18:01:00.000000Z", "violated"),
        (GIVEN, "2025-03-15", "undetermined"),
        (GIVEN, "2025-03-16/..", "violated"),  # no latest instant, and the order never ends
        (GIVEN, "../2025-03-15T12:00Z", "not_bound"),
        (GIVEN, "../2025-03-15T19:00Z", "undetermined"),
        (act("given", "binds"), "2025-03-16", "undetermined"),  # nobody says when it was given
        # vacated in between
        (GIVEN + act("vacated", "vacates", "2025-04-07T12:00Z"), "2025-04-07T11:59Z", "violated"),
        (GIVEN + act("vacated", "vacates", "2025-04-07T12:00Z"), "2025-04-07T12:01Z", "not_bound"),
        (GIVEN + act("vacated", "vacates", "2025-04-07"), "2025-04-07T12:00Z", "undetermined"),
        (GIVEN + act("vacated", "vacates"), "2025-04-07T12:00Z", "undetermined"),  # vacated, nobody says when
        (GIVEN + act("vacated", "vacates"), "2025-03-15T12:00Z", "not_bound"),
        (GIVEN + act("replaced", "supersedes", "2025-04-10"), "2025-04-11", "not_bound"),
        # stayed, and taken up again
        (GIVEN + act("stayed", "stays", "2025-03-20") + act("again", "resumes", "2025-03-25", more='of = "stayed"'), "2025-03-19", "violated"),
        (GIVEN + act("stayed", "stays", "2025-03-20") + act("again", "resumes", "2025-03-25", more='of = "stayed"'), "2025-03-22", "not_bound"),
        (GIVEN + act("stayed", "stays", "2025-03-20") + act("again", "resumes", "2025-03-25", more='of = "stayed"'), "2025-03-26", "violated"),
        (GIVEN + act("stayed", "stays", "2025-03-20"), "2025-06-01", "not_bound"),
        # expired, and extended before that
        (GIVEN + act("end", "expires", "2025-03-29T18:00Z"), "2025-03-30", "not_bound"),
        (GIVEN + act("end", "expires", "2025-03-29T18:00Z"), "2025-03-29T17:00Z", "violated"),
        (
            GIVEN + act("end", "expires", "2025-03-29T18:00Z") + act("more", "extends", "2025-03-28", more='until = "end2"') + act("end2", "expires", "2025-04-12"),
            "2025-04-01", "violated",
        ),
        (
            GIVEN + act("end", "expires", "2025-03-29T18:00Z") + act("more", "extends", "2025-03-28", more='until = "end2"') + act("end2", "expires", "2025-04-12"),
            "2025-04-13", "not_bound",
        ),
        (  # extended only after it had expired: not in force between
            GIVEN + act("end", "expires", "2025-03-29T18:00Z") + act("more", "extends", "2025-04-02", more='until = "end2"') + act("end2", "expires", "2025-04-12"),
            "2025-04-01", "not_bound",
        ),
    ],
)  # fmt: skip
def test_in_force_or_not(acts: str, time: str, expected: str) -> None:
    assert verdict(order(acts), event(time)) == expected


@pytest.mark.parametrize(
    ("given", "time", "zones", "expected"),
    [
        # the night in November in which New York's clocks show 01:30 twice
        ("2025-11-02T01:45[America/New_York]", "2025-11-02T01:30-05:00", [], "undetermined"),
        ("2025-11-02T01:45-04:00", "2025-11-02T01:30-05:00", [], "violated"),
        ("2025-11-02T01:45-05:00", "2025-11-02T01:30-04:00", [], "not_bound"),
        # the night in March in which 02:30 never was
        ("2025-03-09T02:30[America/New_York]", "2025-03-09T03:31-04:00", [], "violated"),
        ("2025-03-09T02:30[America/New_York]", "2025-03-09T01:29-05:00", [], "not_bound"),
        # a clock time whose zone nobody states
        ("2025-03-15T18:00-04:00", "2025-03-15T18:30", ["America/New_York", "America/Chicago"], "violated"),
        ("2025-03-15T18:00-04:00", "2025-03-15T17:30", ["America/New_York", "America/Chicago"], "undetermined"),
        ("2025-03-15T18:00-04:00", "2025-03-15T17:30", [], "undetermined"),
        ("2025-03-15T18:00-04:00", "2025-03-17T17:30", [], "violated"),
        # a calendar day in another zone: 15 March in El Salvador ends at 02:00 in Washington
        ("2025-03-16T01:59:59-04:00", "2025-03-15[America/El_Salvador]", [], "undetermined"),
        ("2025-03-16T02:00:00-04:00", "2025-03-15[America/El_Salvador]", [], "not_bound"),
        ("2025-03-15T18:00Z", "2025-03-15T12:30[America/Managua]", [], "violated"),
    ],
)  # fmt: skip
def test_zones_and_changes_of_clocks(given: str, time: str, zones: list[str], expected: str) -> None:
    assert verdict(order(act("given", "binds", given)), event(time, zones=zones)) == expected


CLASS = (
    '[[scope.condition]]\nattribute = "law"\nis_one_of = ["A", "B"]\nwhat = "which law"\nwhat_es = "qué'
    ' ley"\nrecord = "r"\nfield = "f"\n'
)
TWO = (
    CLASS + '[[scope.condition]]\nattribute = "country"\nis_one_of = ["X"]\nwhat = "which"\nwhat_es ='
    ' "cuál"\nrecord = "r"\nfield = "g"\n'
)


@pytest.mark.parametrize(
    ("scope", "attributes", "time", "expected"),
    [
        (CLASS, attribute("law", "A"), "2025-03-16", "violated"),
        (CLASS, attribute("law", "a"), "2025-03-16", "violated"),  # capitals do not matter
        (CLASS, attribute("law", "A", "B"), "2025-03-16", "violated"),  # either is within
        # members differ, or nobody says which
        (CLASS, attribute("law", "A", "C"), "2025-03-16", "undetermined"),
        (CLASS, attribute("law", "C"), "2025-03-16", "not_bound"),
        (CLASS, "", "2025-03-16", "undetermined"),
        (CLASS, "", "2025-03-15T12:00Z", "not_bound"),  # of an unknown class, but before the order
        # two sources contradict each other
        (CLASS, attribute("law", "A") + attribute("law", "C", by="another"), "2025-03-16", "undetermined"),
        (TWO, attribute("law", "A"), "2025-03-16", "undetermined"),
        (TWO, attribute("law", "A") + attribute("country", "Y"), "2025-03-16", "not_bound"),
        (TWO, attribute("country", "Y"), "2025-03-16", "not_bound"),  # one condition fails, the other is open
        ('individuals = ["s"]', "people_hi = 1", "2025-03-16", "violated"),
        # another pseudonym is not another person until somebody says so
        ('individuals = ["other"]', "people_hi = 1", "2025-03-16", "undetermined"),
        ('individuals = ["other"]', "people_hi = 1", "2025-03-15T12:00Z", "not_bound"),
        # nobody says who is in the cohort
        ('individuals = ["other"]', "people_hi = 30", "2025-03-16", "undetermined"),
        ('individuals = ["other"]', 'people_hi = 30\n[[subject.excludes]]\nid = "other"\nby = "b"\nevidence = "record"\nseen = []', "2025-03-16", "not_bound"),
        (CLASS.replace("is_one_of", "is_none_of"), attribute("law", "C"), "2025-03-16", "violated"),
        (CLASS.replace("is_one_of", "is_none_of"), attribute("law", "A"), "2025-03-16", "not_bound"),
        (CLASS.replace("is_one_of", "is_none_of"), attribute("law", "A", "C"), "2025-03-16", "undetermined"),
    ],
)  # fmt: skip
def test_who_is_protected(scope: str, attributes: str, time: str, expected: str) -> None:
    assert verdict(order(GIVEN, scope=scope), event(time, attributes=attributes)) == expected


DEADLINE = GIVEN + act("deadline", "deadline", "2025-04-07T23:59Z")
REQUIRED = 'requires = "return"\nby = "deadline"'


@pytest.mark.parametrize(
    ("acts", "time", "happened", "expected"),
    [
        (DEADLINE, "2025-04-07T20:00Z", True, "complied"),
        (DEADLINE, "2025-04-08", True, "violated"),
        (DEADLINE, "2025-04-07T23:59Z", True, "undetermined"),
        (DEADLINE, None, True, "undetermined"),
        (DEADLINE, None, False, "undetermined"),  # as of when it had not been done is not said
        (DEADLINE, "2025-05-01/..", False, "violated"),  # had not been done by 1 May
        (DEADLINE + act("stayed", "stays", "2025-04-07T12:00Z"), "2025-06-06", True, "not_bound"),
        (DEADLINE + act("stayed", "stays", "2025-04-07"), "2025-06-06", True, "undetermined"),
        (DEADLINE + act("vacated", "vacates", "2025-04-08"), "2025-06-06", True, "violated"),
    ],
)  # fmt: skip
def test_what_is_required_by_a_deadline(acts: str, time: str | None, happened: bool, expected: str) -> None:
    assert verdict(order(acts, term=REQUIRED), event(time, kind="return", happened=happened)) == expected


@pytest.mark.parametrize(
    ("time", "expected"), [("2025-03-16", "complied"), ("2025-03-14", "not_bound"), (None, "undetermined")]
)
def test_what_was_to_happen_and_did_not_is_complied_with_if_the_order_was_in_force_then(
    time: str | None, expected: str
) -> None:
    assert verdict(order(GIVEN), event(time, happened=False)) == expected


def test_what_is_required_and_told_by_no_file_is_undetermined() -> None:
    matrix, rows = judged([order(DEADLINE, term=REQUIRED, scope='individuals = ["a", "b"]')], [])
    found = {matrix.events[row["event_no"]].id: row["verdict"] for row in rows}
    assert found == {"untold-return-a": "undetermined", "untold-return-b": "undetermined"}


def test_a_vacatur_can_be_undone() -> None:
    acts = (
        GIVEN
        + act("vacated", "vacates", "2025-03-20")
        + act("again", "resumes", "2025-03-25", more='of = "vacated"')
    )
    assert [verdict(order(acts), event(day)) for day in ("2025-03-19", "2025-03-22", "2025-03-26")] == [
        "violated",
        "not_bound",
        "violated",
    ]


STAY = act("stayed", "stays", "2025-03-20T10:00Z")


@pytest.mark.parametrize("day", ["2025-03-17", "2025-03-19", "2025-03-26"])
def test_a_stay_that_ends_before_it_begins_is_a_contradiction_and_leaves_it_open(day: str) -> None:
    acts = GIVEN + STAY + act("again", "resumes", "2025-03-18T10:00Z", more='of = "stayed"')
    matrix, (row,) = judged([order(acts)], [event(day)])
    assert row["verdict"] == "undetermined"
    assert {"o.stayed", "o.again"} in [set(each.of) for each in matrix.timeline.disagreements]


@pytest.mark.parametrize("does", ["stays", "vacates"])
@pytest.mark.parametrize(
    ("deadline", "time", "happened", "expected"),
    [
        (
            "2025-03-22T12:00Z",
            "2025-04-20",
            True,
            "undetermined",
        ),  # void, at once when lifted, or later by as long as it was stayed
        ("2025-03-22T12:00Z", "2025-05-01/..", False, "undetermined"),
        ("2025-03-19T12:00Z", "2025-03-21", True, "violated"),  # it passed before the stay
        ("2025-03-27T12:00Z", "2025-03-28", True, "violated"),  # it passed when the order was in force again
    ],
)
def test_a_deadline_that_passed_while_an_order_was_stayed_has_several_readings(
    does: str, deadline: str, time: str, happened: bool, expected: str
) -> None:
    acts = (
        GIVEN
        + act("deadline", "deadline", deadline)
        + STAY.replace("stays", does)
        + act("again", "resumes", "2025-03-25T10:00Z", more='of = "stayed"')
    )
    assert verdict(order(acts, term=REQUIRED), event(time, kind="return", happened=happened)) == expected


def test_phases_out_of_their_order_are_doubted_on_both_sides() -> None:
    """The landing is said to come before the airspace was left: neither is preferred, and knowing one of them
    less well flips nothing.
    """
    said = (
        '[[moment]]\nphase = "{}"\n[[moment.said]]\ntime = "{}"\nby = "b"\nevidence = "record"\nseen = []\n'
    )
    acts = act("given", "binds", "2025-03-15T17:55Z")
    found = []
    for landing in ("2025-03-15T17:50Z", "2025-03-15T17:50Z/2025-03-15T19:00Z"):
        text = (
            event(None, kind="removal").split("[[moment]]")[0]
            + said.format("leaves_airspace", "2025-03-15T18:00Z")
            + said.format("landing", landing)
        )
        matrix, rows = judged([order(acts, term='forbids = "removal"')], [text])
        found.append(
            {matrix.variants[row["variant"]].construction: row["verdict"] for row in rows}["landing"]
        )
    assert found == ["undetermined", "violated"]


def test_every_reading_of_a_removal_is_judged_by_itself() -> None:
    matrix, rows = judged([order(GIVEN, term='forbids = "removal"')], [event("2025-03-16", kind="removal")])
    found = {matrix.variants[row["variant"]].construction: row["verdict"] for row in rows}
    # only the hand-over is told: it came after the order; the phases before it may have come before the order
    assert found == {
        "departure": "undetermined",
        "leaves-airspace": "undetermined",
        "landing": "undetermined",
        "hand-over": "violated",
    }


def test_margins_run_from_the_beginning_of_the_order_as_bounds() -> None:
    _, (row,) = judged([order(GIVEN)], [event("2025-03-15T18:30Z")])
    assert (row["margin_lo"] + 1, row["margin_hi"] - 1) == (29 * 60_000_000 + 2, 31 * 60_000_000 - 2)


def test_statements_that_contradict_each_other_bound_by_their_span_and_are_told() -> None:
    acts = act("given", "binds", "2025-03-15T18:46Z", "2025-03-15T18:48Z", "2025-03-15T18:45/18:49Z")
    matrix, (row,) = judged([order(acts)], [event("2025-03-15T18:45Z")])
    assert row["verdict"] == "undetermined"
    assert [len(each.statements) for each in matrix.timeline.disagreements] == [3]
    _, (alone,) = judged([order(acts)], [event("2025-03-15T18:45Z")], Trust(without=("source 2",)))
    assert alone["verdict"] == "not_bound"


def test_statements_that_agree_bound_by_what_they_share() -> None:
    acts = act("given", "binds", "2025-03-15T18:45/18:48Z", "2025-03-15T18:48/18:50Z")
    _, (row,) = judged([order(acts)], [event("2025-03-15T18:47Z")])
    assert row["verdict"] == "not_bound"


def test_a_relation_tightens_and_one_that_cannot_hold_is_left_out_and_told() -> None:
    relation = (
        '[[relation]]\nof = "done"\nsince = "o.given"\nat_least = "{}"\nby = "clerk"\nevidence ='
        ' "sworn"\nseen = []\n'
    )
    after = event("2025-03-15") + relation.format("PT5M")
    matrix, (row,) = judged([order(GIVEN)], [after])
    assert (row["verdict"], matrix.timeline.disagreements) == ("violated", ())
    never = event("2025-03-15") + relation.format("P9D")
    matrix, (row,) = judged([order(GIVEN)], [never])
    assert row["verdict"] == "undetermined"
    assert [each.relation.by for told in matrix.timeline.disagreements for each in told.relations] == [
        "clerk"
    ]
