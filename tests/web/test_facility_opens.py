"""A facility opens on who is recorded there, its chart shows the day that is asked for, and a search that names a
day or a month leads to it.
"""

from __future__ import annotations

import datetime as dt
import re

import pytest

from paradero.web.parts.dated import dated
from web.asked import Site, records
from web.crawled import read
from web.written import site_of, stay

DAYS = [
    ("indigo june 2025", "indigo", "2025-06-01"),
    ("indigo Junio de 2025", "indigo", "2025-06-01"),
    ("15 June 2025 indigo", "indigo", "2025-06-15"),
    ("indigo June 15, 2025", "indigo", "2025-06-15"),
    ("indigo 15 de junio de 2025", "indigo", "2025-06-15"),
    ("indigo 2025-06", "indigo", "2025-06-01"),
    ("2025-06-15", "", "2025-06-15"),
    ("sept 2025", "sept 2025", None),
    ("indigo 2025-13", "indigo 2025-13", None),
    ("indigo 31 June 2025", "indigo 31 June 2025", None),
    ("may center", "may center", None),
    ("march", "march", None),
]


@pytest.mark.parametrize(("text", "words", "day"), DAYS)
def test_a_search_may_name_a_day(text: str, words: str, day: str | None) -> None:
    found = dated(text)
    assert (found.words, found.day) == (words, day and dt.date.fromisoformat(day))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A year of stays, so that the last hundred days are not all."""
    begin = dt.date(2025, 1, 1)
    rows = [
        stay(
            f"P{n}", "ALPHA", str(begin + dt.timedelta(days=9 * n)), str(begin + dt.timedelta(days=9 * n + 5))
        )
        for n in range(40)
    ]
    return site_of(tmp_path_factory.mktemp("year"), {"ONE": rows})


def test_the_search_leads_to_the_day(site: Site) -> None:
    links = read(site.ask("/en/search?q=alpha+june+2025").text).links
    assert [one for one in links if one.startswith("/en/facility/ALPHA?day=2025-06-01")]


def test_the_chart_shows_the_day_that_is_asked_for(site: Site) -> None:
    for asked, is_shown in (("?day=2025-03-15", True), ("", False)):
        text = read(site.ask(f"/en/facility/ALPHA{asked}").text).text("main")
        days = re.search(r"People held, by day, (\d.*? 20\d\d) to (\d.*? 20\d\d)", text)
        assert days
        first, last = (dt.datetime.strptime(each, "%d %B %Y").date() for each in days.groups())
        assert (first <= dt.date(2025, 3, 15) <= last) is is_shown
        assert (last - first).days == 99


def test_the_day_lies_within_what_releases_look_at(site: Site) -> None:
    (field,) = re.findall(r'<input type="date"[^>]*>', site.ask("/en/facility/ALPHA").text)
    assert 'min="2025-01-01"' in field
    (last,) = re.findall(r'max="([^"]+)"', field)
    assert "2025-12-" in last


def test_a_facility_opens_on_who_is_recorded_there(site: Site) -> None:
    assert "40 people on record from 1 January 2025" in read(site.ask("/en/facility/ALPHA").text).text("h1")
    assert "40 personas en los registros" in read(site.ask("/es/facility/ALPHA").text).text("h1")


def test_every_facility_of_the_records_opens() -> None:
    links = read(records().ask("/en/facilities").text).links
    code = next(link for link in links if link.startswith("/en/facility/"))
    assert "on record from" in read(records().ask(code).text).text("h1")
