"""Who is who: a name is another person only where somebody says so; groups, links and counts as people state
them.
"""

from pathlib import Path

import pytest
from casefile.made import said
from judged import act, event, order

from paradero.authored.declared import AuthoredError
from paradero.authored.evidence import Trust
from paradero.engines.duckdb import connect
from paradero.law.events import read_event
from paradero.law.identities import Identity, links_of, read_identities
from paradero.law.matrix import matrix_of
from paradero.law.order_judging import give_matrix, judge_events
from paradero.law.orders import read_order

GIVEN = act("given", "binds", "2025-03-15T18:00Z")
BY = 'by = "{by}"\nevidence = "sworn"\nseen = []\n'
ONE = "people_hi = 1\n"


def link(way: str, *names: str, by: str = "counsel", more: str = "") -> str:
    """Write a statement of identity."""
    return f"[[identity]]\n{way} = {list(names)}\n".replace("'", '"') + BY.format(by=by) + more


def attributed(table: str, body: str, by: str = "the carrier") -> str:
    """Write a statement on a subject."""
    return f"[[subject.{table}]]\n{body}\n" + BY.format(by=by)


def rows(
    orders: list[str], events: list[str], identities: str = "", trust: Trust | None = None
) -> dict[str, tuple[str, int | None, int | None]]:
    """Judge, and give verdict and counts by event."""
    said_so = read_identities(identities, file="i.toml").said if identities else ()
    read = (
        [read_order(text, file="o.toml") for text in orders],
        [read_event(text, file="e.toml") for text in events],
    )
    matrix = matrix_of(*read, trust or Trust(), said_so)
    connection = connect(threads=1)
    try:
        give_matrix(connection, matrix, with_records=False)
        found = judge_events(connection).project("event_no, verdict, people_lo, people_hi").fetchall()
    finally:
        connection.close()
    return {matrix.events[number].id: (verdict, lo, hi) for number, verdict, lo, hi in found}


def verdict_on(individuals: list[str], subject: str, identities: str = "", trust: Trust | None = None) -> str:
    """Give the verdict on the removal of one person under an order that protects individuals."""
    scope = f"individuals = {individuals}".replace("'", '"')
    return rows(
        [order(GIVEN, scope=scope)], [event("2025-03-16", subject=subject, attributes=ONE)], identities, trust
    )["e"][0]


@pytest.mark.parametrize(
    ("individuals", "subject", "identities", "expected"),
    [
        (["p"], "p", "", "violated"),
        (["p"], "q", "", "undetermined"),
        (["p"], "q", link("different", "p", "q"), "not_bound"),
        (["p"], "q", link("same", "p", "q"), "violated"),
        (["p"], "q", link("same", "p", "R/1") + link("same", "R/1", "q"), "violated"),  # same is transitive
        (
            ["p"],
            "q",
            link("same", "p", "r") + link("different", "r", "q"),
            "not_bound",
        ),  # different follows same
        (
            ["p"],
            "q",
            link("different", "p", "r") + link("different", "r", "q"),
            "undetermined",
        ),  # and nothing follows from two differences
        (
            ["p"],
            "q",
            link("same", "p", "q") + link("different", "p", "q", by="the agency"),
            "undetermined",
        ),  # neither is preferred
        (
            ["p"],
            "q",
            link("same", "p", "r") + link("different", "p", "r", by="the agency") + link("same", "r", "q"),
            "undetermined",
        ),
        (
            ["p"],
            "q",
            link("same", "p", "R/1") + link("same", "q", "R/2"),
            "not_bound",
        ),  # a release knows them under two ids
        (
            ["p"],
            "q",
            link("same", "p", "R/1") + link("same", "q", "S/2"),
            "undetermined",
        ),  # ids of two releases say nothing of each other
        (["p", "r"], "q", link("different", "p", "q"), "undetermined"),
        (["p", "r"], "q", link("different", "p", "q", "r"), "not_bound"),
        (["p", "r"], "q", link("same", "r", "q"), "violated"),
        (
            ["p"],
            "q",
            link("same", "p", "q", more='withdrawn = "mistaken for another, 3 May 2025"\n'),
            "undetermined",
        ),
    ],
)
def test_a_person_is_another_only_where_somebody_says_so(
    individuals: list[str], subject: str, identities: str, expected: str
) -> None:
    assert verdict_on(individuals, subject, identities) == expected


def test_a_link_goes_with_its_source() -> None:
    linked = link("same", "p", "q", by="counsel")
    assert [verdict_on(["p"], "q", linked, Trust(without=without)) for without in ((), ("counsel",))] == [
        "violated",
        "undetermined",
    ]
    assert verdict_on(["p"], "q", linked, Trust(evidence=("court",))) == "undetermined"


@pytest.mark.parametrize(
    ("statements", "identities", "expected"),
    [
        ("", "", "undetermined"),
        (attributed("includes", 'id = "p"'), "", "violated"),
        (attributed("excludes", 'id = "p"'), "", "not_bound"),
        (
            attributed("includes", 'id = "p"') + attributed("excludes", 'id = "p"', by="another"),
            "",
            "undetermined",
        ),
        (attributed("includes", 'id = "q"'), link("same", "p", "q"), "violated"),
        ("", link("same", "p", "everybody"), "violated"),
        ("", link("different", "p", "everybody"), "not_bound"),
    ],
)
def test_an_individual_is_among_a_group_or_is_not_where_somebody_says_so(
    statements: str, identities: str, expected: str
) -> None:
    text = event(
        "2025-03-16", subject="everybody", attributes=f"people_lo = 30\npeople_hi = 40\n{statements}"
    )
    assert rows([order(GIVEN, scope='individuals = ["p"]')], [text], identities)["e"][0] == expected


def test_two_groups_of_one_name_are_two_groups() -> None:
    first = event(
        "2025-03-16",
        name="e1",
        subject="aboard",
        attributes="people_hi = 40\n" + attributed("excludes", 'id = "p"'),
    )
    second = event("2025-03-17", name="e2", subject="aboard", attributes="people_hi = 40\n")
    found = rows([order(GIVEN, scope='individuals = ["p"]')], [first, second])
    assert {name: verdict for name, (verdict, _, _) in found.items()} == {
        "e1": "not_bound",
        "e2": "undetermined",
    }


CLASS = (
    '[[scope.condition]]\nattribute = "law"\nis_one_of = ["A"]\nwhat = "w"\nwhat_es = "w"\nrecord ='
    ' "r"\nfield = "f"\n'
)


def law(way: str, *values: str, by: str = "the carrier", more: str = "") -> str:
    """Write what is said of the law that people were held under."""
    return attributed("attribute", f'name = "law"\n{way} = {list(values)}\n{more}'.replace("'", '"'), by)


@pytest.mark.parametrize(
    ("statements", "group", "member"),
    [
        (law("each_is_one_of", "A", "B"), ("undetermined", 0, 40), None),
        (law("each_is_one_of", "A"), ("violated", 40, 40), None),
        (law("each_is_one_of", "B"), ("not_bound", 0, 0), None),
        (law("members_are_of", "A", "B"), ("violated", 1, 40), "undetermined"),
        (law("members_are_of", "B", "C"), ("not_bound", 0, 0), None),
        (law("some_are", "A", more="people_lo = 7\n"), ("violated", 7, 40), "undetermined"),
        (law("some_are", "A", more="people_lo = 7\npeople_hi = 9\n"), ("violated", 7, 9), "undetermined"),
        (law("some_are", "B", more="people_lo = 7\n"), ("undetermined", 0, 40), None),
        # two statements that say of each the same thing differently narrow each other; a list of what is
        # among them is none of that kind
        (
            law("each_is_one_of", "A", "B") + law("each_is_one_of", "B", "C", by="x"),
            ("not_bound", 0, 0),
            None,
        ),
        (law("is_one_of", "A", "B") + law("is_one_of", "B", by="x"), ("undetermined", 0, 40), None),
        (law("is_one_of", "A", "B") + law("is_one_of", "A", by="x"), ("violated", 1, 40), "undetermined"),
        (law("members_are_of", "A", "B") + law("each_is_one_of", "B", by="x"), ("undetermined", 0, 40), None),
        (law("some_are", "A") + law("each_is_one_of", "A", "B", by="x"), ("violated", 1, 40), "undetermined"),
        # a vaguer statement never turns what is open into not_bound
        (law("each_is_one_of", "A") + law("each_is_one_of", "B", by="x"), ("undetermined", 0, 40), None),
        (law("is_one_of", "B") + law("is_one_of", "A", "B", "C", by="x"), ("undetermined", 0, 40), None),
    ],
)
def test_what_is_said_of_a_group(statements: str, group: tuple[str, int, int], member: str | None) -> None:
    found = rows(
        [order(GIVEN, scope=CLASS)],
        [event("2025-03-16", subject="forty", attributes=f"people_lo = 40\npeople_hi = 40\n{statements}")],
    )
    assert found["e"] == group
    assert found.get("e.each-member", (None,))[0] == member


def test_two_conditions_that_hold_for_somebody_need_not_hold_for_the_same() -> None:
    both = CLASS + CLASS.replace('"law"', '"country"').replace('"A"', '"X"')
    some = law("some_are", "A", more="people_lo = {}\n")
    other = attributed("attribute", 'name = "country"\nsome_are = ["X"]\npeople_lo = {}\n')
    found = [
        rows(
            [order(GIVEN, scope=both)],
            [
                event(
                    "2025-03-16",
                    attributes="people_lo = 40\npeople_hi = 40\n" + some.format(n) + other.format(m),
                )
            ],
        )["e"]
        for n, m in ((10, 20), (30, 20))
    ]
    assert found == [("undetermined", 0, 40), ("violated", 10, 40)]  # of 40, 30 and 20 share ten


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (link("same", "p"), r"i\.toml line 3: an identity needs two or more different names"),
        (link("same", "p", "p"), "an identity needs two or more different names"),
        ("[[identity]]\n" + BY.format(by="x"), "an identity needs two or more different names"),
        (
            link("same", "p", "q") + 'known = "well"\n',
            r"i\.toml line 6: `known` is not a field in identity\[0\]",
        ),
    ],
)
def test_a_faulty_statement_of_identity_is_refused(text: str, says: str) -> None:
    with pytest.raises(AuthoredError, match=says):
        read_identities(text, file="i.toml")


@pytest.mark.parametrize(
    "body",
    [
        'name = "law"',
        'name = "law"\nis_one_of = ["A"]\nsome_are = ["B"]',
        'name = "law"\nis_one_of = ["A"]\npeople_lo = 3',
    ],
)
def test_a_statement_on_a_group_says_one_thing(body: str) -> None:
    with pytest.raises(AuthoredError, match=r"exactly one of|is not here"):
        read_event(event("2025-03-16", attributes=attributed("attribute", body)), file="e.toml")


def test_a_name_that_nobody_has_gets_near_ones(tmp_path: Path) -> None:
    assert said(tmp_path, "new", "case", "--from", "cecot-2025").code == 0
    path = tmp_path / "case" / "hand" / "identities.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("petitioner-23-7792", "petitioner-23-7793"), encoding="utf-8"
    )
    heard = said(tmp_path / "case", "audit")
    assert heard.code == 1
    assert "petitioner-23-7792" in heard.err


def test_of_whom_people_disagree_nothing_follows() -> None:
    def said(**names: list[str]) -> Identity:
        return Identity(by="counsel", evidence="sworn", seen=[], **names)

    links = links_of(
        [said(same=["a", "b"]), said(different=["a", "b"]), said(same=["c", "d"]), said(same=["x", "y"])],
        cohorts=frozenset(["x", "y"]),
        closed=True,
    )
    assert (links.same("a", "b"), links.same("a", "c"), links.same("c", "a")) == (None, None, None)
    assert (links.same("c", "d"), links.same("c", "e")) == (True, False)
    assert links.same("x", "y") is False  # of two cohorts a statement of identity says nothing
