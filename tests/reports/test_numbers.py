"""How numbers are printed: no bound is ever cut to the inside, an open side is never printed as the other."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paradero.reports.content.numbers import length, margin, number, span

_MINUTES = {"min": 1, "h": 60, "day": 1440, "days": 1440, "month": 43829.1, "months": 43829.1}
_MINUTES |= {"year": 525949.2, "years": 525949.2}


@pytest.mark.parametrize(
    ("lo", "hi", "english"),
    [
        (3, 856, "3 min to 14 h 16 min after"),
        (-84, 40, "1 h 24 min before to 40 min after"),
        (-548, None, "at most 9 h 8 min before, or any time after"),
        (41, None, "at least 41 min after"),
        (0, None, "at least 0 min after"),
        (None, -30, "at least 30 min before"),
        (None, 30, "at most 30 min after, or any time before"),
        (None, None, "not known"),
        (22441, 22821, "15 days 14 h to 15 days 21 h after"),
        (129600, 131039, "90 days to 91 days after"),
        (0.4, 2.9, "0 min to 3 min after"),
        (-13395, -100, "1 h 40 min to 9 days 8 h before"),
        (2735940, 3263100, "5 years 2 months to 6 years 3 months after"),
        (60, 60, "1 h after"),
    ],
)
def test_margins(lo: float | None, hi: float | None, english: str) -> None:
    assert margin(lo, hi, "en") == english


@pytest.mark.parametrize(
    ("lo", "hi", "language", "text"),
    [
        (11, 14, "en", "11 to 14"),
        (9, None, "en", "at least 9"),
        (None, 20, "en", "at most 20"),
        (0, None, "en", "an unknown number of"),
        (None, None, "es", "no consta"),
        (5, 5, "en", "5"),
        (0.996, None, "en", "at least 0.99"),
        (None, 0.004, "en", "at most 0.01"),
        (0.001, 0.004, "en", "0 to 0.01"),
        (1234, 1234567, "es", "1234 a 1\u00a0234\u00a0567"),
        (1234, 1234567, "en", "1,234 to 1,234,567"),
        (-3, -2, "en", "−3 to −2"),
    ],
)
def test_spans(lo: float | None, hi: float | None, language: str, text: str) -> None:
    assert span(lo, hi, language) == text


def test_zero_has_no_sign() -> None:
    assert number(-0.001, "en") == "0"


def minutes_of(text: str) -> float:
    return sum(
        float(n.replace(",", "")) * _MINUTES[unit] for n, unit in re.findall(r"([\d,]+) ([a-z]+)", text)
    )


@given(st.floats(min_value=0, max_value=30_000_000, allow_nan=False))
def test_a_length_that_is_printed_bounds_the_length(minutes: float) -> None:
    """Read back by its own units: cut off below, cut up above, and never by more than the smaller unit."""
    assert minutes_of(length(minutes, "en")) <= minutes + 1e-6
    assert minutes_of(length(minutes, "en", up=True)) >= minutes - 1e-6
    assert minutes_of(length(minutes, "en", up=True)) - minutes_of(length(minutes, "en")) <= 43829.2


@given(st.floats(min_value=-1e9, max_value=1e9, allow_nan=False), st.floats(min_value=0, max_value=1e9))
def test_bounds_that_are_printed_hold_what_they_bound(lo: float, width: float) -> None:
    hi = lo + width
    found = [
        float(each.replace(",", "").replace("−", "-"))
        for each in re.findall(r"[−\d][\d,.]*", span(lo, hi, "en"))
    ]
    if lo != hi:
        assert found[0] <= lo
        assert found[-1] >= hi
