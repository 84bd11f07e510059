"""What counts of a group's members say, by worked groups: a count that may be none is no statement that
somebody is, and counts that differ leave all they span.
"""

import pytest
from judged import act, event, judged, order

from paradero.law.forms.event_file import Attribute
from paradero.law.worlds import Share, _agreeing, contradicted, share_of_values

GIVEN = act("given", "binds", "2025-03-15T18:00Z")
CLASS = (
    '[[scope.condition]]\nattribute = "country"\nis_one_of = ["Ruritania"]\nwhat = "which"\nwhat_es ='
    ' "cuál"\nrecord = "r"\nfield = "f"\n'
)
RURITANIANS = '["Ruritania"]'


def said(way: str, values: str, more: str = "", by: str = "one") -> str:
    """Write what somebody says of a group's members."""
    return (
        f'[[subject.attribute]]\nname = "country"\n{way} = {values}\nby = "{by}"\nevidence = "record"\nseen ='
        f" []\n{more}\n"
    )


def counted(lo: int | None, hi: int | None, by: str = "one") -> str:
    """Write how many are said to be Ruritanians."""
    bounds = [f"{name} = {n}" for name, n in (("people_lo", lo), ("people_hi", hi)) if n is not None]
    return said("some_are", RURITANIANS, "\n".join(bounds), by=by)


SIZE = "people_lo = {0}\npeople_hi = {0}\n"


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        (counted(0, 5), ("undetermined", 0, 5)),
        (counted(0, None), ("undetermined", 0, None)),
        (counted(None, None), ("violated", 1, None)),
        (counted(2, None), ("violated", 2, None)),
        (counted(0, 0), ("not_bound", 0, 0)),
        (counted(None, 0), ("not_bound", 0, 0)),
        (SIZE.format(40) + counted(12, 12) + counted(0, 0, by="two"), ("undetermined", 0, 12)),
        (SIZE.format(40) + counted(12, 12) + counted(9, 9, by="two"), ("violated", 9, 12)),
        (SIZE.format(40) + counted(9, 12) + counted(11, 20, by="two"), ("violated", 11, 12)),
        (SIZE.format(10) + counted(12, 12), ("violated", 10, 10)),
        (SIZE.format(10) + said("members_are_of", '["Ruritania", "Elsewhere"]') + counted(0, 0, by="two"), ("undetermined", 0, 0)),
        (SIZE.format(10) + said("each_is_one_of", RURITANIANS) + counted(4, 4, by="two"), ("violated", 4, 4)),
        (SIZE.format(0) + said("each_is_one_of", RURITANIANS), ("undetermined", 0, 0)),
        ("people_lo = 0\npeople_hi = 3\n" + said("each_is_one_of", RURITANIANS), ("undetermined", 0, 3)),
        (SIZE.format(1) + counted(1, 1), ("violated", 1, 1)),
        (SIZE.format(1) + counted(0, 1), ("undetermined", 0, 1)),
    ],
)  # fmt: skip
def test_counts_of_a_group(attributes: str, expected: tuple[str, int, int | None]) -> None:
    matrix, rows = judged([order(GIVEN, scope=CLASS)], [event("2025-03-16", attributes=attributes)])
    (row,) = (row for row in rows if matrix.events[row["event_no"]].id == "e")
    assert (row["verdict"], row["people_lo"], row["people_hi"]) == expected


NOBODY_NAMED = '[[subject.includes]]\nid = "p"\nby = "b"\nevidence = "record"\nseen = []\n'


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ("", ("violated", 1, None)),
        (SIZE.format(0), ("not_bound", 0, 0)),
        ("people_hi = 0\n", ("not_bound", 0, 0)),
        ("people_lo = 0\npeople_hi = 5\n", ("undetermined", 0, 5)),
        ("people_lo = 0\n", ("undetermined", 0, None)),
        ("people_lo = 1\npeople_hi = 5\n", ("violated", 1, 5)),
        (SIZE.format(3), ("violated", 3, 3)),
        ("people_lo = 0\npeople_hi = 5\n" + counted(2, 2), ("violated", 1, 5)),
        ("people_lo = 0\npeople_hi = 5\n" + counted(0, 2), ("undetermined", 0, 5)),
        ("people_lo = 0\npeople_hi = 5\n" + NOBODY_NAMED, ("violated", 1, 5)),
        (SIZE.format(0) + NOBODY_NAMED, ("undetermined", 0, 0)),
        (SIZE.format(0) + counted(2, 2), ("undetermined", 0, 0)),
    ],
)  # fmt: skip
def test_an_order_that_protects_everybody_protects_nobody_where_nobody_was(
    people: str, expected: tuple[str, int, int | None]
) -> None:
    matrix, rows = judged([order(GIVEN)], [event("2025-03-16", attributes=people)])
    (row,) = (row for row in rows if matrix.events[row["event_no"]].id == "e")
    assert (row["verdict"], row["people_lo"], row["people_hi"]) == expected
    assert row["unknown_bits"] == (
        1 if expected[0] == "undetermined" else 0
    )  # how many they were: the bit after those of the conditions, of which there are none


def test_everybody_aboard_and_only_some_are_leaves_each_member_open() -> None:
    matrix, rows = judged(
        [order(GIVEN, scope=CLASS)],
        [
            event(
                "2025-03-16",
                attributes=SIZE.format(10) + said("each_is_one_of", RURITANIANS) + counted(4, 4, by="two"),
            )
        ],
    )
    assert {matrix.events[row["event_no"]].id: row["verdict"] for row in rows} == {
        "e": "violated",
        "e.each-member": "undetermined",
    }


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (" ruritania  ", "violated"),
        ("Republic of Ruritania", "undetermined"),
        ("RURITANIA, KINGDOM OF", "undetermined"),
        ("Ruritanian Isles", "not_bound"),
        ("Elsewhere", "not_bound"),
    ],
)
@pytest.mark.parametrize("way", ["each_is_one_of", "members_are_of", "some_are"])
def test_a_value_that_differs_by_its_spelling_alone_excludes_nobody(
    way: str, value: str, expected: str
) -> None:
    matrix, rows = judged(
        [order(GIVEN, scope=CLASS)], [event("2025-03-16", attributes=said(way, f'["{value}"]'))]
    )
    found = {row["verdict"] for row in rows if matrix.events[row["event_no"]].id == "e"}
    assert found == {"undetermined" if way == "some_are" and expected == "not_bound" else expected}


def test_a_longer_name_does_not_show_that_a_class_of_none_of_these_is_left() -> None:
    scope = CLASS.replace("is_one_of", "is_none_of")
    found = [
        judged(
            [order(GIVEN, scope=scope)],
            [event("2025-03-16", attributes=said("each_is_one_of", f'["{value}"]'))],
        )[1][0]
        for value in ("Ruritania, Kingdom of", "Elsewhere")
    ]
    assert [row["verdict"] for row in found] == ["undetermined", "violated"]


def one(lo: int | None = None, hi: int | None = None, **ways: list[str]) -> Attribute:
    """Give one statement."""
    return Attribute(name="country", by="b", evidence="record", seen=[], people_lo=lo, people_hi=hi, **ways)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("statements", "size", "expected"),
    [
        ([one(12, 12, some_are=["X"]), one(9, 9, some_are=["X"])], None, True),
        ([one(12, 12, some_are=["X"]), one(9, 9, some_are=["Y"])], None, False),
        ([one(12, 12, some_are=["X"]), one(9, 12, some_are=["X"])], None, False),
        ([one(12, 12, some_are=["X"])], 10, True),
        ([one(members_are_of=["X", "Y"]), one(0, 0, some_are=["X"])], 10, True),
        ([one(each_is_one_of=["X"]), one(4, 4, some_are=["X"])], 10, True),
        ([one(each_is_one_of=["X"]), one(each_is_one_of=["Y"])], 10, True),
        ([one(each_is_one_of=["X"]), one(each_is_one_of=["X", "Y"])], 10, False),
        ([one(each_is_one_of=["X"])], 0, True),
        ([], 0, False),
    ],
)  # fmt: skip
def test_what_cannot_all_be_true_of_a_group(
    statements: list[Attribute], size: int | None, expected: bool
) -> None:
    assert contradicted(statements, people_lo=size, people_hi=size) is expected


def test_more_doubtful_values_than_are_tried_leave_a_condition_open() -> None:
    """Each value that may be a protected one under another name is taken both ways, but not very many."""
    spelt = ["Ruritana", "Ruritanja", "Rurytania", "Ruritannia", "Ruritaniia"]

    def share(n: int) -> Share:
        said = one(each_is_one_of=["Elsewhere", *spelt[:n]])
        return share_of_values([said], ["Ruritania"], is_negated=False, people_lo=3, people_hi=3)

    assert (share(0).some, share(0).every) == (False, False)
    assert share(5) == Share(some=None, every=None, hi=3)
    assert share(4).hi == 3


def test_more_statements_than_are_put_together_are_taken_each_by_itself() -> None:
    worlds = [{frozenset([0])}, {frozenset([1])}]
    assert _agreeing(worlds * 3) == [{frozenset([0])}, {frozenset([1])}]
    assert _agreeing(worlds * 4) == worlds * 4
