"""Registrations and addresses of the United States: each gives the other, and as the real registers have
them.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paradero.flights.files import Wanted
from paradero.flights.tracks.us_marks import address_of, mark_of


@pytest.mark.parametrize(
    ("address", "mark"),
    [("a00001", "N1"), ("a00002", "N1A"), ("a00003", "N1AA"), ("a0001b", "N1B"), ("a0025a", "N10"), ("a2c4e0", "N278GX"), ("ac134a", "N8774Q"), ("adf7c7", "N99999")],
)  # fmt: skip
def test_the_block_is_counted_through_in_order(address: str, mark: str) -> None:
    assert (mark_of(address), address_of(mark)) == (mark, address)


@given(st.integers(0xA00001, 0xADF7C7))
def test_every_address_has_one_mark_and_every_mark_its_address(number: int) -> None:
    mark = mark_of(f"{number:06x}")
    assert mark is not None
    assert address_of(mark) == f"{number:06x}"
    assert address_of(f" {mark.lower()} ") == f"{number:06x}"


@pytest.mark.parametrize("address", ["a00000", "adf7c8", "400000", "~a00001", "", "zz"])
def test_other_addresses_have_none(address: str) -> None:
    assert mark_of(address) is None


@pytest.mark.parametrize("mark", ["N0", "N01A", "N1I", "N1O", "N1234AB", "N12345A", "N", "HC-CXY", "N1A1"])
def test_other_marks_have_none(mark: str) -> None:
    assert address_of(mark) is None


def test_a_real_register_agrees(adsb: Path) -> None:
    rows = list(
        csv.DictReader(
            (adsb.parent / "ice_air" / "ice_air_aircraft.csv").read_text(encoding="utf-8").splitlines()
        )
    )
    american = [row for row in rows if row["Registration"].startswith("N")]
    assert len(american) > 10
    assert {row["ModeS"].lower(): row["Registration"] for row in american} == {
        row["ModeS"].lower(): mark_of(row["ModeS"]) for row in american
    }


def test_a_tail_finds_the_aircraft_whose_registration_no_file_names() -> None:
    assert Wanted(registration="n1aa").names("a00003", None)
    assert not Wanted(registration="N1AB").names("a00003", None)
    assert Wanted(registration="N202XX").names("a00003", "N101XX|N202XX")
    assert not Wanted(registration="N1AA").names("a00003", "N202XX"), "what a file names comes first"
