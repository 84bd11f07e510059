"""Forms of requests: each is whole in both languages, cites its rule, fits what it is chosen for, and answers
the exemption that is likely to be claimed.
"""

from __future__ import annotations

import dataclasses
import re

import msgspec
import pytest

from paradero.answers.verdicts.asking.custodians import contested, custodian_of
from paradero.answers.verdicts.asking.draft_forms import FORM_NAMES, draft_form, form_named
from paradero.answers.verdicts.asking.drafting import MOST_LISTED, Sought, drafted
from paradero.answers.verdicts.asking.fitting import fits
from paradero.answers.verdicts.verdict_values import Between, DecisiveFact
from paradero.answers.words import Words
from paradero.model.errors import UnknownName

HOUR = Between(lo=1_742_080_500_000_000, hi=1_742_080_739_999_999, zone="America/New_York")
FACT = DecisiveFact(
    fact="departure",
    what="the time of take-off",
    what_es="la hora de despegue",
    record="flight log",
    record_es="bitácora de vuelo",
    field="hour and minute",
    ask="discovery",
    exemption="",
    of="e",
    turns_at=None,
    known_between=HOUR,
    turns=(HOUR,),
)
SOUGHT = Sought(
    facts=[FACT],
    about={"e": "The flight"},
    under=["An order"],
    period="15 March 2025",
    clock="America/New_York",
    claims=("(b)(6), (b)(7)(C)", "state secrets privilege"),
    n_recorded=0,
    is_reviewed=True,
)
# words that only this form may do without: who answers, by which rule, in what time, is in every other
RULES = {
    "production": ["Rule 34(b)(2)(C)", "Rule 26(b)(5)(A)", "26(d)(1)", "native"],
    "interrogatory": ["under oath", "Rule 33(b)(2)"],
    "admission": ["before 19:15 on 15 March 2025 (EDT)", "from 19:19 on 15 March 2025 (EDT)", "36(a)(3)"],
    "deposition": ["30(b)(6)", "time zone", "Designate"],
    "witness": ["30(b)(1)", "alone says so", "time zone", "7 hours"],
    "subpoena": ["Rule 45(e)(2)", "the carrier that operated the flight", "100 miles"],
    "foia": ["552(a)(3)", "6 CFR 5.21", "code for each person", "20 working days", "[name", "foreseen"],
    "own-data": ["552a(d)(1)", "article 15", "penalty of perjury"],
    "clarification": ["The movant asks the Court"],
    "argument": ["question of law", "stipulate"],
}


def changed(**more: object) -> DecisiveFact:
    return msgspec.structs.replace(FACT, **more)


@pytest.mark.parametrize("form", FORM_NAMES)
def test_a_draft_is_whole_in_both_languages(form: str) -> None:
    name = form_named(form)
    one = draft_form(name)
    assert len(one.paragraphs) == len(one.paragraphs_es)
    for english, spanish in zip(one.paragraphs, one.paragraphs_es, strict=True):
        assert set(re.findall(r"\{\w+\}", english)) == set(re.findall(r"\{\w+\}", spanish))
    english, spanish = (drafted(name, SOUGHT, Words(language)) for language in ("en", "es"))
    assert all(each in english for each in RULES[form]), english
    assert not re.search(r"[{}]", english + spanish)
    assert len(english.split("\n")) == len(spanish.split("\n"))
    assert "«hour and minute»" in spanish or form == "admission"  # the agency's own word, marked


FITS = [
    (FACT, 1, "admission"),
    (FACT, 2, "production"),
    (changed(turns=()), 1, "production"),
    (changed(known_between=Between(lo=None, hi=None, zone="UTC")), 1, "production"),
    (changed(turns=(Between(lo=None, hi=1, zone="UTC"),)), 1, "production"),
    (changed(field="number of people", turns=()), 1, "interrogatory"),
    (changed(ask="foia", turns=()), 1, "foia"),
    (changed(ask="subject_access", turns=()), 1, "own-data"),
    (changed(ask="clarification"), 1, "clarification"),
    (changed(ask="argument"), 1, "argument"),
]


@pytest.mark.parametrize(("fact", "events", "form"), FITS)
def test_the_form_that_fits_comes_first(fact: DecisiveFact, events: int, form: str) -> None:
    found = fits([fact], events)
    assert found[0] == form
    assert len(set(found)) == len(found)


def test_what_a_carrier_has_can_be_subpoenaed_and_what_is_personal_asked_for_by_the_person() -> None:
    assert "subpoena" in fits([FACT], 2)
    assert "subpoena" not in fits([changed(record="detention stint")], 2)
    assert "own-data" in fits([changed(exemption="(b)(6), (b)(7)(C)")], 2)
    assert "own-data" not in fits([changed(exemption="(b)(7)(E)")], 2)
    assert fits([changed(ask="clarification")], 1) == ("clarification",)  # a court alone can say


def test_a_question_of_law_or_of_the_court_has_no_other_form() -> None:
    with pytest.raises(UnknownName, match="form of request"):
        form_named("letter")


ANSWERS = [
    ("(b)(6), (b)(7)(C)", "code for each person", "no privileges in discovery"),
    ("(b)(7)(E)", "no technique", "yields to need"),
    ("(b)(5), (b)(6)", "facts", "facts come out"),
    ("(b)(1)", "properly classified", "Reynolds"),
    ("(b)(3)", "name the statute", "Name its words"),
    ("state secrets privilege, invoked on 24 March 2025", "segregate", "head of the department"),
    ("grand jury secrecy", "grand jury secrecy: ", "26(b)(5)(A)"),
]


@pytest.mark.parametrize(("claim", "foia", "discovery"), ANSWERS)
def test_each_refusal_that_is_likely_is_answered_where_it_is_made(
    claim: str, foia: str, discovery: str
) -> None:
    words = Words("en")
    assert any(foia in each for each in contested((claim,), words, in_discovery=False))
    assert any(discovery in each for each in contested((claim,), words, in_discovery=True))
    assert contested((claim, claim), words, in_discovery=True) == contested(
        (claim,), words, in_discovery=True
    )


def test_an_unknown_record_leaves_its_keeper_to_be_filled_in() -> None:
    assert custodian_of("a diary").custodian.startswith("[")
    assert (
        "Office of Refugee Resettlement"
        in custodian_of("Form I-213 and placement request to the Office of Refugee Resettlement").custodian
    )


def test_of_many_events_some_are_listed_and_the_rest_counted() -> None:
    many = {f"e{number}": f"Flight {number}" for number in range(MOST_LISTED + 3)}
    draft = drafted("production", dataclasses.replace(SOUGHT, about=many), Words("en"))
    assert f"({MOST_LISTED}) Flight" in draft
    assert "and 3 more, listed in annex A" in draft
