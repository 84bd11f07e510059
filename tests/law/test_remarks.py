"""What is odd between the files of the law is told with file and line, counted and shown, and nothing is
refused for it; what one source says both ways is refused; what rests on a contradiction stays undetermined.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from casefile.made import said
from judged import act, attribute, event, order

from paradero.answers.law.law_files import law_of
from paradero.answers.law.remarks import recorded_attributes, remarks_of
from paradero.authored.declared import AuthoredError
from paradero.casefile.folder import Casefile, create

GIVEN = act("given", "binds", "2025-03-15T18:00Z")
CASE = (
    '[[case]]\ntitle = "c"\nkind = "release"\nmoments = { done = "2025-01-01T00:00Z" }\n'
    'verdicts = { t = "not_bound" }\n'
)
CLASS = '[[scope.condition]]\nattribute = "{}"\nis_one_of = ["Ruritania"]\nwhat = "w"\nrecord = "r"\nfield = "f"\n'
ONE = "people_hi = 1\n"


def link(way: str, *names: str, by: str = "counsel", more: str = "") -> str:
    """Write a statement of identity."""
    listed = ", ".join(f'"{each}"' for each in names)
    return f'[[identity]]\n{way} = [{listed}]\nby = "{by}"\nevidence = "sworn"\nseen = []\n{more}'


def listed(way: str, name: str, by: str) -> str:
    """Write that somebody is among a group, or is not."""
    return f'[[subject.{way}]]\nid = "{name}"\nby = "{by}"\nevidence = "sworn"\nseen = []\n'


def filed(folder: Path, order_text: str, *events: str, identities: str = "") -> Casefile:
    """A casefile of one order, some events and statements of who is who."""
    case = create(folder / "case")
    texts = {"orders/o.toml": order_text} | {f"events/e{n}.toml": each for n, each in enumerate(events)}
    if identities:
        texts["hand/identities.toml"] = identities
    for name, text in texts.items():
        (case.root / name).parent.mkdir(exist_ok=True)
        (case.root / name).write_text(text, encoding="utf-8")
    return case


P = 'individuals = ["p"]'
ODD: dict[str, tuple[Any, list[tuple[str, str]]]] = {
    "an attribute that no event tells": (
        ({"scope": CLASS.format("nationality")}, [event("2025-03-16")], ""),
        [("untold_name", "no event tells the attribute `nationality`")],
    ),
    "a reading that moves nothing": (
        (
            {
                "acts": GIVEN + act("stay", "stays", "2025-03-16"),
                "term": 'requires = "release"\nwithin = { after = "arrest", length = "P1D" }',
                "rest": CASE + '[[counting]]\nid = "r"\ntitle = "r"\nunder_a_stay = "tolled"\n',
            },
            [event("2025-03-16")],
            "",
        ),
        [("reading_without_effect", "`under_a_stay` (r) moves only what is due `by` an act")],
    ),
    "no worked case": (
        ({"rest": ""}, [event("2025-03-16")], ""),
        [("no_worked_case", "the order has no worked case")],
    ),
    "a near one is told": (
        ({"scope": CLASS.format("nationality")}, [event("2025-03-16", attributes=attribute("nation", "x"))], ""),
        [("untold_name", "Did you mean `nation`")],
    ),
    "an attribute that some event tells": (
        ({"scope": CLASS.format("ground")}, [event("2025-03-16", attributes=attribute("ground", "x"))], ""),
        [],
    ),
    "an attribute that records tell": (
        ({"scope": CLASS.format("citizenship_country")}, [event("2025-03-16")], ""),
        [],
    ),
    "what may not change is told as it was before": (
        (
            {"term": 'forbids = "release"\nkeeps = { attribute = "district", values = ["D"] }'},
            [event("2025-03-16", attributes=attribute("from_district", "D"))],
            "",
        ),
        [],
    ),
    "nothing is told before there is an event": (({"scope": CLASS.format("nationality")}, [], ""), []),
    "a person whom nobody else names": (
        ({"scope": 'individuals = ["petitioner-1"]'}, [event("2025-03-16", subject="petitioner-l", attributes=ONE)], ""),
        [("unknown_individual", "knows `petitioner-1`. Did you mean `petitioner-l`")],
    ),
    "a person who is linked": (
        ({"scope": P}, [event("2025-03-16", subject="q", attributes=ONE)], link("same", "p", "R/1")),
        [],
    ),
    "a person of the records": (({"scope": 'individuals = ["R/1"]'}, [event("2025-03-16", attributes=ONE)], ""), []),
    "a person aboard whom no order names": (
        ({"scope": P}, [event("2025-03-16", attributes=listed("includes", "p", "x") + listed("includes", "pp", "x"))], ""),
        [("unknown_individual", "no order and no statement of who is who knows `pp`")],
    ),
    "two sources on who is who": (
        (
            {"scope": P},
            [event("2025-03-16", subject="q", attributes=ONE)],
            link("same", "p", "q") + link("different", "p", "q", by="the agency"),
        ),
        [("who_is_who_contradicted", "the agency says that `p` and `q` differ; that they are one person say counsel")],
    ),
    "two sources over a third name": (
        (
            {"scope": P},
            [event("2025-03-16", subject="q", attributes=ONE)],
            link("same", "p", "R/1") + link("same", "R/1", "q", by="kin") + link("different", "p", "q", by="the agency"),
        ),
        [("who_is_who_contradicted", "`p` and `q` differ")],
    ),
    "one that was withdrawn": (
        (
            {"scope": P},
            [event("2025-03-16", subject="q", attributes=ONE)],
            link("same", "p", "q") + link("different", "p", "q", more='withdrawn = "a slip"\n'),
        ),
        [],
    ),
    "two sources on who was aboard": (
        (
            {"scope": P},
            [event("2025-03-16", attributes=listed("includes", "p", "x") + listed("excludes", "p", "y"))],
            "",
        ),
        [("who_is_who_contradicted", "y says that `p` is not among `s`; x says that they are")],
    ),
    "an end before the order": (
        ({"acts": GIVEN + act("over", "expires", "2025-03-14")}, [event("2025-03-16")], ""),
        [("impossible_sequence", "`o.over` is dated before the order itself, `o.given`")],
    ),
    "an end after it": (({"acts": GIVEN + act("over", "expires", "2025-03-17")}, [event("2025-03-16")], ""), []),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_is_told_once_with_its_line(name: str, tmp_path: Path) -> None:
    (made, events, identities), expected = ODD[name]
    text = order(made.pop("acts", GIVEN), **{"rest": CASE} | made)
    case = filed(tmp_path, text, *events, identities=identities)
    found = remarks_of(law_of(case), case.root)
    assert [each.kind for each in found] == [kind for kind, _ in expected]
    for each, (_, says) in zip(found, expected, strict=True):
        assert says in each.says
        assert ".toml line " in each.place
        assert str(tmp_path) not in each.place + each.says


BOTH_WAYS = {
    "same and different": link("same", "p", "q") + link("different", "p", "q"),
    "over a third name": link("same", "p", "R/1") + link("same", "R/1", "q") + link("different", "q", "p"),
}


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_one_source_cannot_say_both(name: str, tmp_path: Path) -> None:
    case = filed(
        tmp_path,
        order(GIVEN, scope=P),
        event("2025-03-16", subject="q", attributes=ONE),
        identities=BOTH_WAYS[name],
    )
    with pytest.raises(
        AuthoredError, match=r"identities\.toml line \d+: counsel says that `\w` and `\w` differ"
    ):
        law_of(case)


def test_two_members_of_a_group_may_differ(tmp_path: Path) -> None:
    said_so = link("same", "p", "aboard") + link("same", "q", "aboard") + link("different", "p", "q")
    case = filed(
        tmp_path,
        order(GIVEN, scope='individuals = ["p", "q"]', rest=CASE),
        event("2025-03-16", subject="aboard"),
        identities=said_so,
    )
    assert remarks_of(law_of(case), case.root) == ()


def test_what_rests_on_a_contradiction_is_open_and_told_by_the_commands(tmp_path: Path) -> None:
    case = filed(
        tmp_path,
        order(GIVEN, scope=P, rest=CASE),
        event("2025-03-16", subject="q", attributes=ONE),
        identities=link("same", "p", "q") + link("different", "p", "q", by="the agency"),
    )
    audited = said(case.root, "audit", "--json").json
    assert [row["verdict"] for row in audited["rows"]] == ["undetermined"]
    for command in (["audit"], ["order", "list"], ["rules", "test", "o"]):
        answer = said(case.root, *command, "--json").json
        assert answer["n_remarks"] == len(answer["remarks"]) == 1
        assert "stays undetermined" in said(case.root, *command).out


TERMS = '\n[[term]]\nid = "u"\nsays = "Return."\n{}\n'
DUE = GIVEN + act("due", "deadline", "2025-03-20")
STAYED = act("stay", "stays", "2025-03-16", more='terms = ["t"]')


@pytest.mark.parametrize(
    ("acts", "term", "other", "is_told"),
    [
        (DUE, 'forbids = "release"', 'requires = "release"\nby = "due"', True),
        (DUE, 'forbids = "release"', 'requires = "return"\nby = "due"', False),
        (DUE + STAYED, 'forbids = "release"', 'requires = "release"\nby = "due"', False),
        (DUE, 'forbids = "release"\nunless = { kind = "notice" }', 'requires = "release"\nby = "due"', False),
        (DUE, 'forbids = "release"', 'requires = "release"\nwithin = { after = "arrest", length = "P1D" }', True),
    ],
)  # fmt: skip
def test_what_an_order_forbids_and_requires_is_told(
    acts: str, term: str, other: str, is_told: bool, tmp_path: Path
) -> None:
    text = order(acts, term=term, rest=CASE + TERMS.format(other))
    told = [
        each.says
        for each in remarks_of(law_of(filed(tmp_path, text)), None)
        if each.kind == "forbidden_and_required"
    ]
    assert len(told) == is_told
    assert all("the term `u` requires a release, and `t` forbids it" in says for says in told)


def test_the_attributes_of_records_are_those_of_the_step() -> None:
    assert {"citizenship_country", "birth_year", "state", "from_state", "to_detention_facility_code"} <= (
        recorded_attributes()
    )
    assert "nationality" not in recorded_attributes()
