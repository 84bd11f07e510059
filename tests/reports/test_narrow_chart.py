"""No text of a chart of counts lies on another, on a phone as on a wide page, wherever the stated capacity is."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from paradero.reports.charts.steps import NARROW, WIDE, Cause, Counted, Level, Published, steps

_TEXT = re.compile(r'<text(?: class="([^"]*)")? x="([-\d.]+)" y="([-\d.]+)">([^<]*)</text>')
_LETTER, _UP, _DOWN = 6.6, 10.0, 3.0  # px of a letter of 13 px, above and below its line
_DAYS = [dt.date(2025, 1, 1) + dt.timedelta(days=each) for each in range(100)]


def _boxes(svg: str) -> list[tuple[str, float, float, float, float]]:
    found = []
    for classes, x, y, text in _TEXT.findall(svg):
        wide = _LETTER * len(text)
        left = float(x) - (wide if "e" in classes.split() else wide / 2 if "m" in classes.split() else 0)
        found.append((text, left, left + wide, float(y) - _UP, float(y) + _DOWN))
    return found


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("capacity", [1, 60, 97, 100, 300])
@pytest.mark.parametrize("is_published", [True, False])
def test_no_two_texts_overlap(width: int, capacity: int, *, is_published: bool) -> None:
    counts = [Counted(day=day, lo=80 + place % 7, hi=90 + place % 11) for place, day in enumerate(_DAYS)]
    svg = steps(
        counts,
        name="x",
        title="t",
        description="d",
        language="en",
        width=width,
        label=("81 to 90", "10 Apr 2025"),
        published=Published(
            by_day=dict.fromkeys(_DAYS, 99.0), name="Published by the agency", records="What records allow"
        )
        if is_published
        else None,
        level=Level(count=capacity, name=f"Stated capacity, {capacity}"),
        causes=[Cause(name="book-out missing", days=_DAYS[:5])],
    )
    boxes = _boxes(svg)
    assert any("Stated capacity" in text for text, *_ in boxes)
    height = float(re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', svg)[1])  # type: ignore[index]
    for place, (text, left, right, top, bottom) in enumerate(boxes):
        assert 0 <= top <= bottom <= height, text
        for other, a, b, c, d in boxes[place + 1 :]:
            assert not (left < b and right > a and top < d and bottom > c), (text, other)
