"""A deadline that fell under a stay: what the docket does not show is asked of the court, in words that name
the order, the stay and the duty.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from casefile.made import said
from judged import act, event, order

from paradero.casefile.folder import create

BEGUN = act("given", "binds", "2025-04-04T14:15Z") + act("due", "deadline", "2025-04-07T23:59Z")
STAYED = act("stayed", "stays", "2025-04-07T16:02Z")
LIFTED = 'of = "stayed"'
RETURN = 'requires = "return"\nby = "due"'
CASE = (
    '[[case]]\ntitle = "c"\nkind = "{kind}"\nmoments = {{ done = "{time}" }}\n{who}verdicts = {{ t ='
    ' "{verdict}" }}\n'
)
WHO = 'attributes = { individual = ["p"] }\n'
PROTECTED = 'individuals = ["p"]'


def drafted(folder: Path, text: str, events: list[str]) -> list[dict[str, object]]:
    """Every request of a casefile with one order."""
    case = create(folder / "case", title="t", scope="")
    for kind, texts in (("orders", [text]), ("events", events)):
        (case.root / kind).mkdir(exist_ok=True)
        for number, each in enumerate(texts):
            (case.root / kind / f"{kind}{number}.toml").write_text(each, encoding="utf-8")
    found = said(case.root, "requests", "--json")
    assert found.code == 0, found.err
    return found.json["rows"]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("lifted", "asks", "leaves"),
    [
        (
            act("lifted", "resumes", "2025-04-10T12:00Z", more=LIFTED),
            ["whether the deadline for this duty (“Nobody is to be removed”) that fell under the stay"],
            ["whether and when this stay was lifted"],
        ),
        (
            act("lifted", "resumes", more=LIFTED),
            ["whether and when this stay was lifted", "that fell under the stay (stayed) lapsed, ran on"],
            [],
        ),
    ],
)
def test_a_late_act_after_a_stay_leaves_one_thing_to_ask_of_the_court(
    tmp_path: Path, lifted: str, asks: list[str], leaves: list[str]
) -> None:
    case = CASE.format(kind="return", time="2025-06-06", who=WHO, verdict="undetermined")
    text = order(BEGUN + STAYED + lifted, term=RETURN, scope=PROTECTED, rest=case)
    late = event("2025-06-06", kind="return", subject="p", attributes="people_hi = 1\n")
    (asked,) = drafted(tmp_path, text, [late])
    draft = str(asked["draft"])
    assert draft.startswith("REQUEST FOR CLARIFICATION in 1:25-cv-1 (Example Court).\n")
    assert all(each in draft for each in asks)
    assert not any(each in draft for each in leaves)
    assert "stayed" in draft  # the stay as the order file words it
    assert asked["ask"] == "clarification"


def test_a_deadline_that_passed_before_the_stay_or_after_it_was_lifted_asks_nothing_of_the_court(
    tmp_path: Path,
) -> None:
    late = event("2025-06-06", kind="return", subject="p", attributes="people_hi = 1\n")
    before = act("stayed", "stays", "2025-04-08T16:02Z") + act(
        "lifted", "resumes", "2025-04-10T12:00Z", more=LIFTED
    )
    after = act("stayed", "stays", "2025-04-05T16:02Z") + act(
        "lifted", "resumes", "2025-04-06T12:00Z", more=LIFTED
    )
    for number, acts in enumerate((before, after)):
        (tmp_path / str(number)).mkdir()
        case = CASE.format(kind="return", time="2025-06-06", who=WHO, verdict="violated")
        assert (
            drafted(
                tmp_path / str(number), order(BEGUN + acts, term=RETURN, scope=PROTECTED, rest=case), [late]
            )
            == []
        )


def test_a_prohibition_under_a_stay_whose_end_nobody_dates_asks_when_it_was_lifted(tmp_path: Path) -> None:
    case = CASE.format(kind="release", time="2025-04-20T10:00Z", who="", verdict="undetermined")
    text = order(BEGUN + STAYED + act("lifted", "resumes", more=LIFTED), rest=case)
    (asked,) = drafted(tmp_path, text, [event("2025-04-20T10:00Z", attributes="people_lo = 1\n")])
    assert "whether and when this stay was lifted: stayed" in str(asked["draft"])
    assert "deadline" not in str(asked["what"])


def explained(folder: Path, text: str, events: list[str], verdict: str) -> dict[str, object]:
    """A verdict on a casefile of one order, as `why` explains it; the requests are drafted before."""
    drafted(folder, text, events)
    row: dict[str, object] = said(folder / "case", "why", verdict, "--json").json
    return row | {"text": said(folder / "case", "why", verdict).out}


def test_a_group_that_may_have_been_nobody_is_asked_how_many_it_was(tmp_path: Path) -> None:
    scope = (
        '[[scope.condition]]\nattribute = "country"\nis_one_of = ["Ruritania"]\nwhat = "which"\nwhat_es = "cuál"\n'
        'record = "r"\nfield = "f"\n'
    )
    who = 'attributes = { country = ["Ruritania"] }\n'
    case = CASE.format(kind="release", time="2025-04-20T10:00Z", who=who, verdict="violated")
    attributes = (
        'people_lo = 0\npeople_hi = 3\n[[subject.attribute]]\nname = "country"\neach_is_one_of = ["Ruritania"]\n'
        'by = "one"\nevidence = "record"\nseen = []\n'
    )
    one = event("2025-04-20T10:00Z", attributes=attributes)
    found = explained(
        tmp_path, order(act("given", "binds", "2025-04-04T14:15Z"), scope=scope, rest=case), [one], "o/t@e"
    )
    assert (found["verdict"], [fact["fact"] for fact in found["decisive_facts"]]) == (
        "undetermined",
        ["country", "people"],
    )


def test_of_what_was_owed_and_nobody_tells_it_is_asked_whether_it_was_done(tmp_path: Path) -> None:
    case = CASE.format(kind="return", time="2025-04-06", who=WHO, verdict="complied")
    text = order(BEGUN, term=RETURN, scope=PROTECTED, rest=case)
    (asked,) = drafted(tmp_path, text, [event("2025-04-01", kind="release", subject="q")])
    assert "whether and when this was done" in str(asked["draft"]).casefold() or "whether" in str(
        asked["draft"]
    )
    assert "7 April 2025" in str(asked["draft"])  # by when it was to be done


def test_what_an_act_answers_is_cited(tmp_path: Path) -> None:
    case = CASE.format(kind="return", time="2025-04-06", who=WHO, verdict="complied")
    answers = '[[answers]]\nterms = ["o/t"]\nby = "a clerk"\nevidence = "record"\nseen = []\n'
    one = event("2025-04-06", kind="return", subject="p", attributes="people_hi = 1\n") + answers
    found = explained(tmp_path, order(BEGUN, term=RETURN, scope=PROTECTED, rest=case), [one], "o/t@e")
    assert found["verdict"] == "complied"
    assert "it answers Nobody is to be removed" in str(found["text"])


def test_an_act_in_the_hour_in_which_a_stay_ended_turns_on_that_hour_alone(tmp_path: Path) -> None:
    case = CASE.format(kind="release", time="2025-04-20T10:00Z", who="", verdict="violated")
    lifted = act("lifted", "resumes", "2025-04-10T12:00/13:00Z", more=LIFTED)
    one = event("2025-04-10T12:30Z", attributes="people_lo = 1\n")
    found = explained(tmp_path, order(BEGUN + STAYED + lifted, rest=case), [one], "o/t@e")
    assert (found["verdict"], [fact["fact"] for fact in found["decisive_facts"]]) == (
        "undetermined",
        ["lifted"],
    )
