"""Nothing that points at one person comes out, neither as a mention nor in the words around one."""

from __future__ import annotations

from pathlib import Path

import pytest
from casefile.made import said
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.made import case_with, mentions
from paradero.documents.context import HIDDEN, context_of, is_shown
from paradero.documents.finding import find_mentions

PERSONAL = (
    "A123456789", "A 123 456 789", "A# 098-765-432", "A-123-456-78", "alien number 123456789", "(555) 123-4567", "555.123.4567", "+58 412 123 4567", "+503 7123-4567",
    "123-45-6789", "pasaporte 123456789", "cédula V-12.345.678", "somebody@example.org", "tel. 7123 4567", "C.I. 12.345.678", "inmate number 4567890",
    "Inmate No. 24-10534", "Booking No. 25-12345", "Detainee ID No. 25-12345", "Alien No. 098-765-432", "detainee 24-10534", "FBI No. 123456AB7",
)  # fmt: skip
BIRTHS = (
    "born on March 3, 1990", "born 3/4/1990", "(born March 3, 1990)", "DOB: 03/04/1990", "DOB 1990-03-04", "D.O.B. 3 March 1990", "date of birth: March 3, 2016",
    "nacido el 3 de marzo de 1990", "nacida en Maracay el 3 de marzo de 1990", "fecha de nacimiento: 03/04/1990", "03/04/1990 (DOB)",
    "[one], b. 3/4/1990", "[one] (b. March 3, 1990)", "birth: 03/04/1990", "nacimiento: 3 de marzo de 1990", "nac. el 3 de marzo de 1990", "F.N. 03/04/1990",
    "Fecha de nac.: 03/04/1990", "[one], 03/04/1990, A-098 765 432",
    "born in Maracaibo, in the west of the country, near the lake and not far from the border, on March 3, 2016",
)  # fmt: skip


@pytest.mark.parametrize("words", [*PERSONAL, *BIRTHS])
def test_what_points_at_one_person_is_no_mention_and_is_counted(words: str) -> None:
    page = find_mentions(f"The file says {words}.\n\nThe flight of March 15, 2025 carried 238 men.")
    assert [one.text for one in page.found] == ["March 15, 2025", "238 men"]
    assert sum(page.withheld.values()) >= 1


def test_below_a_heading_of_birth_no_date_comes_out() -> None:
    table = "No. Date of birth Sex\n1 March 3, 2016 F\n2 3-Apr-2017 M\n3 05/06/1990 M\n"
    assert [one for one in find_mentions(table).found if one.kind == "date"] == []
    assert [
        one.text
        for one in find_mentions(f"{table}\nOn March 15, 2025 they left.").found
        if one.kind == "date"
    ] == ["March 15, 2025"]


NAMES = st.text(alphabet="bcdfgjkqvwxzñáéíó", min_size=4, max_size=9).map(str.title)


@settings(max_examples=80, deadline=None)
@given(names=st.lists(NAMES, min_size=2, max_size=6), digits=st.integers(10**7, 10**9), upper=st.booleans())
def test_the_context_shows_no_name_and_no_other_figure(names: list[str], digits: int, upper: bool) -> None:
    shown = [name.upper() if upper else name for name in names]
    text = (
        f"{shown[0]} {shown[1]} was with 238 Venezuelans, said {' '.join(shown[1:])}, file {digits}, born on"
        f" March 3, 1990, whom {shown[0].lower()} met."
    )
    found = find_mentions(text).found
    before, after = context_of(text, found, next(one for one in found if one.text == "238 Venezuelans"))
    around = f" {before} {after} ".casefold()
    assert all(f" {name.casefold()} " not in around for name in names if not is_shown(name.casefold()))
    assert str(digits) not in around
    assert "1990" not in around
    assert HIDDEN.casefold() in around


@pytest.mark.parametrize(
    "name",
    [
        "Grant",
        "Page",
        "Young",
        "Price",
        "April",
        "June",
        "May",
        "Washington",
        "Swift",
        "Law",
        "Cruz",
        "CRUZ",
        "Flores",
        "Will",
        "Mark",
        "Rose",
    ],
)
def test_a_common_word_that_is_a_name_when_capitals_begin_it_is_not_shown(name: str) -> None:
    assert not is_shown(name)


def test_no_name_reaches_a_table_a_log_or_an_output(tmp_path: Path) -> None:
    text = (
        "Ignacio Zurbarán Quispe told the court that 238 Venezuelans and Zurbarán flew on March 15, 2025."
        " A123456789."
    )
    (tmp_path / "letter.txt").write_text(text, encoding="utf-8")
    case = case_with(tmp_path, tmp_path / "letter.txt")
    (count,) = mentions(case, "--kind", "count")
    heard = [
        said(case, *command).out
        for command in (("documents", "list"), ("documents", "mentions"), ("documents", "mentions", "--csv"), ("documents", "show", str(count["mention"])),
                        ("documents", "show", str(count["mention"]), "--json", "--context"), ("status", "--json"), ("verify",))
    ]  # fmt: skip
    kept = b"".join(
        path.read_bytes() for path in case.rglob("*") if path.is_file() and path.parent.name != "sources"
    )
    for word in ("Zurbar", "Ignacio", "Quispe", "A123456789"):
        assert all(word not in out for out in heard)
        assert word.encode() not in kept
    assert "before" not in said(case, "documents", "show", str(count["mention"]), "--json").json
    assert "told the court that" in heard[3]
