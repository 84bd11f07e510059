"""Two spellings of one value, by a table written by hand: surely one, maybe one, surely another. A doubt
excludes nobody.
"""

from __future__ import annotations

import pytest
from judged import act, event, judged, order

from paradero.law.spellings import _is_one, key_of, may_be_one

SAME, MAYBE, OTHER = "same", "maybe", "other"
COUNTRIES = [
    ("Bolivarian Republic of Venezuela", "VENEZUELA, BOLIVARIAN REPUBLIC OF", SAME),
    ("Bolivarian Republic of Venezuela", "Venezuela (Bolivarian Republic)", SAME),
    ("Bolivarian Republic of Venezuela", "venezuela", SAME),
    ("Bolivarian Republic of Venezuela", "VENEZULA", MAYBE),
    ("Bolivarian Republic of Venezuela", "VEN", MAYBE),
    ("Bolivarian Republic of Venezuela", "Colombia", OTHER),
    ("Venezuela", "Venezuelan", MAYBE),
    ("México", "MEXICO", SAME),
    ("China", "CHINA, PEOPLES REPUBLIC OF", SAME),
    ("China", "People's Republic of China", SAME),
    ("China", "Taiwan", MAYBE),
    ("Burma", "Myanmar", SAME),
    ("Côte d'Ivoire", "IVORY COAST", SAME),
    ("St. Lucia", "Saint Lucia", SAME),
    ("Trinidad & Tobago", "TRINIDAD AND TOBAGO", SAME),
    ("Guinea Bissau", "Guinea-Bissau", SAME),
    ("Guinea", "Guinea-Bissau", OTHER),
    ("Guinea", "Equatorial Guinea", OTHER),
    ("Guinea", "Papua New Guinea", OTHER),
    ("Guinea", "Republic of Guinea", SAME),
    ("Niger", "Nigeria", OTHER),
    ("Republic of Congo", "Democratic Republic of the Congo", OTHER),
    ("Congo", "Democratic Republic of the Congo", MAYBE),
    ("Congo", "Congo, Republic of the", MAYBE),
    ("Korea, North", "SOUTH KOREA", OTHER),
    ("Korea, North", "North Korea", SAME),
    ("Korea", "South Korea", MAYBE),
    ("Sudan", "South Sudan", OTHER),
    ("Dominica", "Dominican Republic", OTHER),
    ("Samoa", "American Samoa", OTHER),
    ("Ireland", "Northern Ireland", OTHER),
    ("Virgin Islands", "British Virgin Islands", MAYBE),
    ("U.S. Virgin Islands", "British Virgin Islands", OTHER),
    ("Iran", "Iraq", OTHER),
    ("Mexico", "New Mexico", OTHER),
    ("Hollnd", "Netherlands", MAYBE),
    ("Ruritania", "Kingdom of Ruritania", MAYBE),
    ("Republic of Ruritania", "Ruritania, Kingdom of", MAYBE),
    ("Republic of Ruritania", "Republic of Otherland", OTHER),
    ("Ruritania", "Ruritanian Isles", OTHER),
    ("East Ruritania", "West Ruritania", OTHER),
    ("East Ruritania", "Ruritania (East)", SAME),
]
STATES = [
    ("TX", "Texas", SAME),
    ("Mexico", "New Mexico", MAYBE),
    ("New Mexico", "NM", SAME),
    ("Virginia", "West Virginia", OTHER),
    ("Kansas", "Arkansas", OTHER),
    ("Lousiana", "LA", MAYBE),
    ("Lousiana", "Louisiana", MAYBE),
]
OTHERS = [
    ("Alien Enemies Act", "ALIEN ENEMIES ACT.", SAME),
    ("removed, not released", "released, not removed", MAYBE),
    ("M", "Male", MAYBE),
    ("Male", "Female", OTHER),
    ("Mexico and Cuba", "Mexico", OTHER),
    ("[2A] Deportable", "[2B] Deportable", OTHER),
]


def alike(one: str, other: str, attribute: str) -> str:
    """What the product makes of two values."""
    return (
        SAME
        if key_of(one, attribute) == key_of(other, attribute)
        else MAYBE
        if may_be_one(one, other, attribute)
        else OTHER
    )


@pytest.mark.parametrize(
    ("attribute", "one", "other", "expected"),
    [
        (attribute, *row)
        for attribute, rows in (("citizenship_country", COUNTRIES), ("state", STATES), ("ground", OTHERS))
        for row in rows
    ]
    + [
        ("detention_facility_code", "EXA", "EXAHOLD", OTHER),
        ("detention_facility_code", "exa ", "EXA", SAME),
        ("birth_year", "198", "1980", OTHER),
    ],
)
def test_two_spellings(attribute: str, one: str, other: str, expected: str) -> None:
    assert alike(one, other, attribute) == expected
    assert alike(other, one, attribute) == expected


@pytest.mark.parametrize(("attribute", "rows"), [("citizenship_country", COUNTRIES), ("ground", OTHERS)])
def test_what_is_one_value_may_be_one(attribute: str, rows: list[tuple[str, str, str]]) -> None:
    found = {SAME: True, MAYBE: None, OTHER: False}
    for one, other, expected in rows:
        assert _is_one(one, other, attribute) is found[expected]
        assert may_be_one(one, other, attribute) is (expected != OTHER)


CLASS = (
    '[[scope.condition]]\nattribute = "citizenship_country"\nis_one_of = ["BOLIVARIAN REPUBLIC OF'
    ' VENEZUELA"]\nwhat = "w"\nwhat_es = "w"\nrecord = "r"\nfield = "f"\n'
)
SAID = (
    '[[subject.attribute]]\nname = "citizenship_country"\neach_is_one_of = ["{}"]\nby = "b"\nevidence ='
    ' "record"\nseen = []\n'
)


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        ("VENEZUELA, BOLIVARIAN REPUBLIC OF", "violated"),
        ("Venezuela (Bolivarian Republic)", "violated"),
        ("Venezula", "undetermined"),
        ("COLOMBIA", "not_bound"),
    ],
)
def test_an_order_for_nationals_of_a_country_finds_it_under_its_other_names(value: str, verdict: str) -> None:
    given = order(act("given", "binds", "2025-03-15T18:00Z"), scope=CLASS)
    matrix, rows = judged([given], [event("2025-03-16", attributes=SAID.format(value))])
    assert {row["verdict"] for row in rows if matrix.events[row["event_no"]].id == "e"} == {verdict}
