"""The patterns are data: every worked example in their files holds, every table says what its reader expects,
and no text makes them slow.
"""

from __future__ import annotations

import time
from fractions import Fraction
from typing import Any, get_args

import pytest

from documents.labels import labelled, scored
from paradero.documents.claimable import figures_of
from paradero.documents.finding import find_mentions
from paradero.documents.kinds.vocabulary import _filled, kinds
from paradero.documents.mentions import KINDS, Form, Found
from paradero.model.errors import UnknownName
from paradero.model.time.reading import parse_moment
from paradero.model.units import parse_unit

EXAMPLES = [(kind.kind, example) for kind in kinds().values() for example in kind.examples]


def part(found: Found, name: str) -> Any:
    """A particular of a mention as the examples write it."""
    value = getattr(found, name) if name in ("kind", "text") else getattr(found.value, name)
    return float(value) if isinstance(value, Fraction) else list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize(
    ("kind", "example"), EXAMPLES, ids=lambda each: each if isinstance(each, str) else each["text"][:40]
)
def test_worked_examples_hold(kind: str, example: dict[str, Any]) -> None:
    found = find_mentions(example["text"]).found
    wanted = [{"kind": kind, **each} for each in example["found"]]
    assert [
        {name: part(one, name) for name in each} for one, each in zip(found, wanted, strict=True)
    ] == wanted


READ = [
    # what is written, the bounds of what is found, its readings; nothing where it is no figure
    ("un hombre", None),
    ("una ley que una familias", None),
    ("about 30 or more men", None),
    ("at least 300 or more men", ((300, None), ())),
    ("1.234 million dollars", ((1_234_000, 1_234_000), ())),
    ("1.234 millones de dólares", ((1_234_000, 1_234_000_000), ("1234000", "1234000000"))),
    ("12 to 1.500 men", ((12, 1_500), ())),
    (
        "1.234 a 5.678 hombres",
        ((Fraction("1.234"), 5_678), ("1.234 to 5.678", "1.234 to 5678", "1234 to 5678")),
    ),
    ("el 1.2.25 en", None),
    ("on 13/13/2025 at", None),
]


@pytest.mark.parametrize(("text", "read"), READ)
def test_a_figure_is_read_in_all_its_ways_or_not_at_all(
    text: str, read: tuple[tuple[int, int | None], tuple[str, ...]] | None
) -> None:
    found = [one.value for one in find_mentions(text).found]
    assert [((one.lo, one.hi), one.readings) for one in found] == ([] if read is None else [read])


def mention(text: str) -> Found:
    (one,) = find_mentions(text).found
    return one


CHOSEN = [
    ("238 men", None, {"value": 238}),
    ("12 to 15,000 men", "12 to 15000", {"lo": 12, "hi": 15_000}),
    ("1.234 millones de dólares", "1234000", {"value": 1_234_000}),
    ("15 March 2025", None, {"time": "2025-03-15"}),
    ("at 17:26 EDT", "2025-03-15", {"time": "2025-03-15T17:26-04:00"}),
    ("238 men", "239", "can be read in one way only, not as `239`"),
    ("15 March 2025", "2025", "can be read in one way only, not as `2025`"),
    ("12 to 15,000 men", "13", "can be read in 2 ways"),
    ("at 17:26 EDT", "2025-02-30", "`2025-02-30` in --reading is not the day of"),
    ("at 17:26 EDT", None, "does not state the day"),
]


@pytest.mark.parametrize(("text", "reading", "claimed"), CHOSEN)
def test_what_a_claim_takes_of_a_mention(text: str, reading: str | None, claimed: Any) -> None:
    if isinstance(claimed, dict):
        assert figures_of(mention(text), reading=reading, rounded=False) == claimed
    else:
        with pytest.raises(UnknownName) as refused:
            figures_of(mention(text), reading=reading, rounded=False)
        assert claimed in str(refused.value)


def test_pieces_that_stand_in_each_other_without_end_are_refused() -> None:
    assert _filled("@a@", {"a": "@b@", "b": "c"}) == "(?:(?:c))"
    with pytest.raises(ValueError, match="more than 8 deep"):
        _filled("@a@", {"a": "x@a@"})


def test_every_kind_has_patterns_and_examples_also_of_what_is_none() -> None:
    assert sorted(kinds()) == sorted([*KINDS, "withheld"])
    for kind in kinds().values():
        assert kind.patterns
        assert any(not example["found"] for example in kind.examples) or kind.kind == "time", kind.kind


def test_the_tables_hold_what_their_readers_expect() -> None:
    every = kinds()
    forms = set(get_args(Form))
    assert {*every["amount"].words["vague"].values(), *every["amount"].words["vague_after"].values()} <= forms
    for zone in every["time"].words["zone"].values():
        assert parse_moment(f"2025-03-15T17:26{zone}").zone is not None
    for unit in {
        *every["count"].words["noun_en"].values(),
        *every["count"].words["noun_es"].values(),
        *every["amount"].words["per"].values(),
    }:
        parse_unit(str(unit))


@pytest.mark.parametrize(
    "piece",
    ["1,234,", "$1 to ", "two hundred and ", "ciento ", "between 5 and ", "A123-", "March 1", "0:", "1:25-", "flight ", "a ", "de ", "(", "\n", "12/", "born ", "<b>", "a.b@c.", "2⁴", "10⁶ ", "1,2-\n"],
)  # fmt: skip
def test_no_text_makes_the_patterns_slow(piece: str) -> None:
    text = piece * (30_000 // len(piece))
    started = time.process_time()
    find_mentions(text)
    assert time.process_time() - started < 2.5  # prose of this length takes a tenth of it


def test_recall_and_precision_on_paragraphs_labelled_by_hand() -> None:
    """Letter by letter, kind and place. What is missed stands here: figures whose noun is only understood,
    and a noun that is no people.
    """
    english, spanish = (
        scored([one for one in labelled() if one.language == language]) for language in ("en", "es")
    )
    assert (english.labels, english.found, english.exact) == (73, 70, 70)
    assert (spanish.labels, spanish.found, spanish.exact) == (44, 42, 42)
    assert english.missed == ("count: 137", "count: ten more", "count: 32 of the")
    assert spanish.missed == ("count: al menos trescientos", "count: cincuenta")
    assert english.beyond == spanish.beyond == ()


def test_recall_and_precision_on_paragraphs_written_after_the_patterns() -> None:
    """At first sight 20 of 29 and 15 of 19 were found letter by letter; some nouns were added since. The
    marks are left as they were made.
    """
    english, spanish = (
        scored([one for one in labelled("labelled_later.txt") if one.language == language])
        for language in ("en", "es")
    )
    assert (english.labels, english.exact, english.near, english.found) == (29, 25, 3, 28)
    assert (spanish.labels, spanish.exact, spanish.near, spanish.found) == (19, 16, 2, 18)


def test_recall_on_paragraphs_of_other_subjects() -> None:
    """Of jails, contracts, deaths and hearings, written before looking. At first sight 38 of 67 and 29 of 46
    were found letter by letter, and 55 and 36 in kind and place; nouns, prices and hours in words were added
    since, from these paragraphs too. What is found beyond the labels is a weekday, a `No.` or a `from` more
    or less, never another figure.
    """
    english, spanish = (
        scored([one for one in labelled("labelled_third.txt") if one.language == language])
        for language in ("en", "es")
    )
    assert (english.labels, english.exact, english.near, english.found) == (67, 52, 11, 63)
    assert (spanish.labels, spanish.exact, spanish.near, spanish.found) == (46, 40, 2, 42)


@pytest.mark.parametrize(
    ("text", "lo", "mode", "hi"),
    [
        ("$4.76 million", 4_760_000, 4_760_000, 4_760_000), ("US$ 1.234.567,89", 1_234_567.89, 1_234_567.89, 1_234_567.89),
        ("$1,234.50", 1_234.5, 1_234.5, 1_234.5), ("some 300 men", 270, 300, 330), ("almost 300 men", 270, None, 299), ("300 men or more", None, None, None),
        ("fewer than 12 cells", None, None, 11), ("no more than 12 cells", None, None, 12), ("at least 12 cells", 12, None, None),
        ("mil doscientos hombres", 1200, 1200, 1200), ("dos mil millones de dólares", 2_000_000_000, 2_000_000_000, 2_000_000_000),
        ("two hundred and thirty-eight men", 238, 238, 238), ("ninety-nine cells", 99, 99, 99), ("veintitrés hombres", 23, 23, 23),
        ("two dozen men", 24, 24, 24), ("a dozen women", 12, 12, 12), ("$0.125", 0.125, 0.125, 0.125), ("$20k", 20_000, 20_000, 20_000),
        ("$1.2bn", 1_200_000_000, 1_200_000_000, 1_200_000_000), ("about 65 to 80 persons", 59, None, 88), ("1.5 million people", 1_500_000, 1_500_000, 1_500_000),
    ],
)  # fmt: skip
def test_figures_are_read_as_bounds(
    text: str, lo: float | None, mode: float | None, hi: float | None
) -> None:
    found = find_mentions(f"There it says {text}.").found
    if (lo, mode, hi) == (None, None, None):
        assert [one.text for one in found] == ["300 men"]  # what stands behind the noun is not read
        return
    (one,) = found
    assert one.text == text
    assert (one.value.lo, one.value.mode, one.value.hi) == tuple(
        None if each is None else Fraction(str(each)) for each in (lo, mode, hi)
    )


def test_words_that_make_no_number_are_none() -> None:
    assert find_mentions("two three men, hundred forty ten men, ten one men").found == ()


# which words of a text are read as a figure or a date, and nothing else of it
WHOLE_OR_NOT = [
    ("238⁴ people", [("238⁴ people", 238)]), ("238 people⁴", [("238 people", 238)]), ("1,234¹² people", [("1,234¹² people", 1234)]), ("the 238⁴\r\n people", [("238⁴\r\n people", 238)]),
    ("about $300⁵ in", [("about $300", 270)]), ("$4.76 million⁷ was", [("$4.76 million", 4_760_000)]), ("10⁶ people", []), ("2³⁸ men", []), ("$4⁷⁶ each", []),
    ("paid $4.O6 million", []), ("paid $4,O00 then", []), ("paid $4.l million", []), ("paid $4. On that day", [("$4", 4)]), ("l00 men", []), ("1.OOO men", []), ("238 m3n", []),
    ("held 1,2-\n34 people", []), ("held 1,2\n34 people", []), ("paid $1,2-\n34", []),
    ("on 31 February 2025", []), ("el 30 de febrero de 2025", []), ("el 31 de abril de 2025", []), ("3O March 2025", []), ("15 March 2O25", []), ("15 March 2025", [("15 March 2025", None)]),
    ("rose from $4 million to $9 million", [("$4 million", 4_000_000), ("$9 million", 9_000_000)]), ("from 200 to 300 men", [("from 200 to 300 men", 200)]),
    ("rose by $4 to $9 million", [("$9 million", 9_000_000)]), ("rose 10 to 12 percent", []),
    ("pasó de $4,1 millones a $9,8 millones", [("$4,1 millones", 4_100_000), ("$9,8 millones", 9_800_000)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "read"), WHOLE_OR_NOT)
def test_a_figure_that_cannot_be_trusted_is_not_read_in_part(
    text: str, read: list[tuple[str, int | None]]
) -> None:
    assert [(one.text, one.value.lo) for one in find_mentions(text).found] == read


def test_recall_on_two_further_sets_never_seen() -> None:
    """The fourth set at first sight: 34 of 42 and 32 of 46 letter by letter, 39 and 40 in kind and place
    (93 and 87 %), with two false figures: `chapter 4 does`, and a rise taken for a range. Mended by it since.
    The fifth was run once, after that, and mends nothing: 46 of 48 in kind and place and no other figure.
    """
    scores = [
        scored([one for one in labelled(name) if one.language == language])
        for name in ("labelled_fourth.txt", "labelled_fifth.txt")
        for language in ("en", "es")
    ]
    assert [(each.labels, each.exact, each.near, each.found) for each in scores] == [
        (42, 36, 4, 41),
        (46, 36, 6, 43),
        (24, 22, 2, 24),
        (24, 19, 3, 22),
    ]
