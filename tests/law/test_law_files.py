"""What is wrong between the files of a casefile's law is told: which file, which line, what to do."""

from pathlib import Path

import pytest
from judged import act, event, order
from own_rule import RULE, TEST, rule

from paradero.answers.law.law_files import law_of, rules_of, try_law
from paradero.answers.law.order_cases import run_order_cases
from paradero.authored.declared import AuthoredError
from paradero.casefile.folder import Casefile, create
from paradero.law.orders import read_order
from paradero.model.errors import UnknownName

GIVEN = act("given", "binds", "2025-03-15T18:00Z")


def relation(of: str, since: str) -> str:
    """Write how far one moment lies after another."""
    return (
        f'[[relation]]\nof = "{of}"\nsince = "{since}"\nat_least = "PT1H"\nby = "a clerk"\n'
        'evidence = "record"\nseen = []\n'
    )


def filed(folder: Path, **texts: str) -> Casefile:
    """A casefile with files of law, `orders_o` in orders/o.toml."""
    case = create(folder / "case")
    for name, text in texts.items():
        room, _, file = name.partition("_")
        (case.root / room).mkdir(exist_ok=True)
        (case.root / room / f"{file}.toml").write_text(text, encoding="utf-8")
    return case


ANSWERED = 'terms = ["o/t"]\nby = "a clerk"\nevidence = "record"\nseen = []\n'

WRONG = {
    "an order and an event of one id": (
        {"orders_o": order(GIVEN), "events_e": event("2025-03-16", name="o")},
        r"o\.toml line 2: the id `o` is taken by the event in .*e\.toml\. Rename one",
    ),
    "a moment that nothing has": (
        {
            "orders_o": order(GIVEN),
            "events_e": event("2025-03-16") + relation("e.done", "o.given")
            + relation("e.done", "o.stayed"),
        },
        r"e\.toml line \d+: `o\.stayed` is not a moment of the casefile, in a relation of a clerk",
    ),
    "a moment after itself": (
        {"events_e": event("2025-03-16") + relation("e.done", "e.done")},
        r"e\.toml line \d+: a relation of a clerk names `e\.done` twice\. Name another moment",
    ),
    "an answer to a term that requires nothing": (
        {"orders_o": order(GIVEN), "events_e": event("2025-03-16") + f"[[answers]]\n{ANSWERED}"},
        r"e\.toml.*`o/t`.*a required term",
    ),
    "an answer after an event that is not there": (
        {
            "orders_o": order(GIVEN, term='forbids = "release"\n[term.unless]\nkind = "notice"\nat_least = "PT1H"'),
            "events_e": event("2025-03-16", kind="notice")
            + "[[answers]]\n" + ANSWERED.replace("by", 'events = ["nonsense"]\nby', 1),
        },
        r"e\.toml.*`nonsense`.*an event, in `answers`",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("texts", "says"), WRONG.values(), ids=WRONG.keys())
def test_what_does_not_fit_together_is_told(tmp_path: Path, texts: dict[str, str], says: str) -> None:
    with pytest.raises((AuthoredError, UnknownName)) as told:
        law_of(filed(tmp_path, **texts))
    assert told.match(says)


def test_an_answer_to_a_required_term_is_taken(tmp_path: Path) -> None:
    required = order(
        GIVEN + act("due", "deadline", "2025-03-20T18:00Z"), term='requires = "return"\nby = "due"'
    )
    case = filed(
        tmp_path, orders_o=required, events_e=event("2025-03-16", kind="return") + f"[[answers]]\n{ANSWERED}"
    )
    (found,) = law_of(case).events
    assert [each.terms for each in found.file.answers] == [["o/t"]]


@pytest.mark.parametrize(
    ("term", "says"),
    [
        (
            'rule = "hold-rooms-limit"',
            r"o\.toml line \d+: `hold-rooms-limit` is not the id of a rule, in .*`t`\. Did you mean `hold-room-limit`",
        ),
        (
            'rule = "hold-room-limit"',
            r"o\.toml line \d+: `parameters` of the term `t` lack `?limit`?, which the rule `hold-room-limit`",
        ),
    ],
)
def test_a_term_binds_to_a_rule_that_there_is(tmp_path: Path, term: str, says: str) -> None:
    law = law_of(filed(tmp_path, orders_o=order(GIVEN, term=term)))
    with pytest.raises(AuthoredError, match=says):
        try_law(law, rules=[])


def test_a_folder_of_rules_is_a_folder_of_rules(tmp_path: Path) -> None:
    with pytest.raises(AuthoredError, match=r"nowhere: no such folder\. Name the folder"):
        rules_of(None, [tmp_path / "nowhere"])
    (tmp_path / "rules.toml").write_text("", encoding="utf-8")
    with pytest.raises(AuthoredError, match=r"rules\.toml: this is a file\. Name the folder"):
        rules_of(None, [tmp_path / "rules.toml"])


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("hold-room-limit", r"the id `hold-room-limit` is taken \(.*rules/hold-room-limit\)\. Rename one"),
        ("own_rule", r"the folder `own_rule` may be named only with letters, digits and `-`\. Rename it"),
        ("orders", r"the id `orders` is kept for verdicts of orders"),
        ("orders-hold-room-limit", r"the id `orders-hold-room-limit` is kept for verdicts of orders"),
    ],
)
def test_an_id_that_a_rule_cannot_have(tmp_path: Path, name: str, says: str) -> None:
    table = name.replace("-", "_")
    rule(tmp_path, toml=RULE, sql=TEST.replace("-- own_rule:", f"-- {table}:")).rename(tmp_path / name)
    with pytest.raises(AuthoredError, match=says):
        rules_of(None, [tmp_path])


WORKED = """
[[case]]
title = "A release"
kind = "release"
moments = {{ {phase} = "2025-03-16T18:00Z" }}
verdicts = {{ "t" = "{verdict}" }}
"""


@pytest.mark.parametrize(
    ("rest", "says"),
    [
        (
            WORKED.format(phase="landing", verdict="violated"),
            r"o\.toml line \d+: `landing` is not a phase of a release\. Name one of done",
        ),
        (
            WORKED.format(phase="done", verdict="guilty"),
            r"o\.toml line \d+: `guilty` is not a verdict\. Use one of ",
        ),
    ],
)
def test_a_worked_case_of_an_order_that_cannot_be_run(rest: str, says: str) -> None:
    with pytest.raises(AuthoredError, match=says):
        run_order_cases([read_order(order(GIVEN, rest=rest), file="o.toml")])


TWO = """
[[term]]
id = "u"
says = "Nobody is to be moved."
forbids = "release"
"""


@pytest.mark.parametrize(
    ("listed", "wrong", "unlisted"),
    [
        ('{ t = "violated" }', (), ("u: violated",)),
        ('{ t = "violated", u = "violated" }', (), ()),
        ('{ t = "violated" }\nlists_all = true', ("u: violated, which the case, that lists all of them, does not list",), ()),
        ('{ t = "violated", u = "violated" }\nlists_all = true', (), ()),
        ('{ t = "complied" }', ("t: the case says complied; the verdict is violated",), ("u: violated",)),
        ('{ "t/oral" = "violated" }', ("t/oral: the case says violated; there is no such verdict. Did you mean `t`? The verdicts are on t, u.",), ("t: violated", "u: violated")),
    ],
)  # fmt: skip
def test_a_worked_case_says_what_matters_or_all(
    listed: str, wrong: tuple[str, ...], unlisted: tuple[str, ...]
) -> None:
    worked = WORKED.format(phase="done", verdict="violated").replace('{ "t" = "violated" }', listed)
    (result,) = run_order_cases([read_order(order(GIVEN, rest=TWO + worked), file="o.toml")])
    assert (result.wrong, result.unlisted) == (wrong, unlisted)


def test_a_worked_case_that_says_nothing_is_refused() -> None:
    worked = WORKED.format(phase="done", verdict="violated").replace('{ "t" = "violated" }', "{}")
    with pytest.raises(AuthoredError, match=r"o\.toml line \d+: the case `A release` lists no verdict"):
        read_order(order(GIVEN, rest=worked), file="o.toml")
    read_order(order(GIVEN, rest=worked + "lists_all = true\n"), file="o.toml")


def test_worked_cases_of_orders_are_run() -> None:
    worked = WORKED.format(phase="done", verdict="violated") + WORKED.format(phase="done", verdict="complied")
    held, failed = run_order_cases([read_order(order(GIVEN, rest=worked), file="o.toml")])
    assert (held.wrong, failed.wrong) == ((), ("t: the case says complied; the verdict is violated",))
    # an order whose every term binds to a rule has that rule's cases
    bound = order(GIVEN, term='rule = "hold-room-limit"\nparameters = { limit = "PT12H" }')
    assert run_order_cases([read_order(bound, file="o.toml")]) == []
