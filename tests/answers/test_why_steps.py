"""The steps of a verdict say why each answer is what it is: with the bounds, who says them, and what any one
answer alone would do; in words, never by the ids of files.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from casefile.made import new_reference, said

from paradero.casefile.folder import Casefile, create

AIRSPACE = "jgg-class/no-removal/airspace/oral@leg-1"
PHASES = "departure|leaves_airspace|landing|hand_over|done|oral|written|first-expiry|second-expiry|vacated"
IDS = re.compile(rf"\b[a-z0-9-]+\.({PHASES})\b|aboard-leg")


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    return new_reference(tmp_path_factory.mktemp("why") / "case")


def steps(case: Casefile, verdict: str, language: str = "en") -> list[str]:
    """The text of each step; the first is the head."""
    text = said(case.root, "why", verdict, "--lang", language).out
    return re.split(r"(?m)^\d\. ", text)


SENTENCES = {
    "en": {
        3: ["Nobody states it of everybody aboard leg 1.", "at least 0; nobody states how many at most"],
        4: [
            "leaving United States airspace: from 17:25 to before 19:25 on 15 March 2025",
            "It is bounded besides by take-off or departure",
            "The oral order at the hearing: from 18:45 to before 18:49 on 15 March 2025 (EDT). It may have come"
            " before or after the moment asked about",
            "14 days after the written minute order",
            "the hours that pass: from 19:25 to before 19:27 on 29 March 2025",
            "a last day off runs to the next that is not: 00:00 on 1 April 2025",
            "the moment asked about: the oral order at the hearing.",
        ],
        5: ["ICE declaration of 18 March 2025 (sworn)", "from 84 minutes before it to 40 after it"],
        6: ["only if all of these hold: that the order covers it and that the order was in force"],
    },
    "es": {
        3: ["Nadie lo afirma de todas las personas a bordo del vuelo 1."],
        4: [
            "desde las 17:25 y antes de las 19:25 del 15 de marzo de 2025",
            "14 días después de la orden escrita",
            "las horas que transcurren: desde las 19:25 y antes de las 19:27 del 29 de marzo de 2025",
        ],
        5: ["ICE declaration of 18 March 2025 (bajo juramento)", "de 84 minutos antes a 40 después"],
        6: ["Una sola de estas cosas no lo resuelve."],
    },
}


@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_an_open_verdict_says_why_each_step_is_open(reference: Casefile, language: str) -> None:
    found = steps(reference, AIRSPACE, language)
    for step, sentences in SENTENCES[language].items():
        for sentence in sentences:
            assert sentence in found[step], (step, sentence)


@pytest.mark.parametrize(
    "verdict",
    [
        AIRSPACE,
        "jgg-class/no-removal/landing/oral@removed-under-the-act",
        "abrego-return-order/return-by-deadline@abrego-return",
        "dvd-tro/no-third-country-removal/wheels-up@flight-30-march",
        "withholding-2019/no-removal-to-el-salvador/landing@abrego-removal",
    ],
)
def test_whoever_is_cited_on_the_three_questions_is_named_there(reference: Casefile, verdict: str) -> None:
    """Every source of a time or of what happened, as the JSON cites them, stands in steps three to five."""
    cited = said(reference.root, "why", verdict, "--json").json["citations"]
    told = " ".join(steps(reference, verdict)[3:6])
    by = {one["by"] for one in cited if one["kind"] == "statement"}
    assert by
    assert {each for each in by if each not in told} == set()


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_id_of_a_file_stands_for_what_it_is(reference: Casefile, language: str) -> None:
    assert IDS.search(" ".join(steps(reference, AIRSPACE, language)[1:])) is None


def test_a_settled_verdict_says_nothing_of_answers_together(reference: Casefile) -> None:
    found = steps(reference, "jgg-class/no-removal/landing/oral@removed-under-the-act")
    assert "It came by the moment asked about." in found[4]
    assert "only if all of these hold" not in found[6]


STATED = '[[{}]]\n{}by = "a clerk"\nevidence = "record"\nseen = ["https://example.org/clerk"]\n'
DATED = '[[act]]\nid = "{0}"\ndoes = "{1}"\nwhat = "{0}"\n' + STATED.format("act.said", 'time = "{2}"\n')
COUNTED = (
    'id = "o"\ntitle = "An order"\ncourt = "A court"\ndocket = "1"\ninstrument = "order"\nzones = ["UTC"]\n'
    '[[text]]\ninstrument = "Order"\npin = "1"\nsays = "Release all."\nurl = "https://example.org"\n'
    'read = true\n[scope]\nbinds = "the defendants"\nprotects = "the class"\n'
    + DATED.format("entered", "binds", "2026-01-12T09:00")
    + DATED.format("due", "deadline", "2026-02-27T17:00")
    + '[[term]]\nid = "t"\nrequires = "release"\nby = "due"\nsays = "Release all."\n'
    "[term.count]\npeople_lo = 90\npeople_hi = 90\n"
    + STATED.format("identity", 'different = ["some", "others"]\n')
    + '[[case]]\ntitle = "none"\nkind = "release"\n[case.verdicts]\n"t@how-many-t" = "undetermined"\n'
)


def released(who: str, people: str, time: str, happened: str) -> str:
    """Write a release of a group."""
    return (
        f'id = "{who}-go"\nwhat = "{who} go"\nkind = "release"\nzones = ["UTC"]\n'
        f'[subject]\nid = "{who}"\nwhat = "{who}"\n{people}'
        + STATED.format("outcome", f"happened = {happened}\n")
        + '[[moment]]\nphase = "done"\n'
        + STATED.format("moment.said", f'time = "{time}"\n')
    )


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en",
            [
                "some go (40 people): 1 February 2026. That it happened is stated by a clerk (record).",
                "others go (1 to 3 people): from 00:00 on 5 March 2026 (UTC). That it had not happened by then",
                "some and others are different, of some",
            ],
        ),
        (
            "es",
            [
                "some go (40 personas)",
                "others go (de 1 a 3 personas)",
                "Que hasta entonces no había ocurrido",
            ],
        ),
    ],
)
def test_a_count_says_for_how_many_and_who_says_it(
    tmp_path: Path, language: str, sentences: list[str]
) -> None:
    case = create(tmp_path / "case", title="Counted", scope="Nobody in these files exists.")
    for folder in ("orders", "events"):
        (case.root / folder).mkdir(exist_ok=True)
    (case.root / "orders" / "o.toml").write_text(COUNTED)
    for who, people, time, happened in (
        ("some", "people_lo = 40\npeople_hi = 40\n", "2026-02-01", "true"),
        ("others", "people_lo = 1\npeople_hi = 3\n", "2026-03-05/..", "false"),
    ):
        (case.root / "events" / f"{who}-go.toml").write_text(released(who, people, time, happened))
    said(case.root, "audit")
    found = said(case.root, "why", "o/t@how-many-t", "--lang", language).out
    assert [each for each in sentences if each not in found] == []
    assert "No source states that it happened" not in found
