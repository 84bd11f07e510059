"""What the day of a facility says of releases that cover it, begin too late, look elsewhere, or never name it."""

from __future__ import annotations

import pytest
from attack.scale import sampled

from web.asked import Site
from web.crawled import read
from web.written import two_releases


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return two_releases(tmp_path_factory.mktemp("days"))


# counted by hand from the rows in `written`: EARLY has everybody from 4 January to 28 February 2025,
# LATE from 11 to 30 June 2025
SAID = [
    ("ALPHA", "2025-01-15", "2 people", "15 de enero"),
    ("ALPHA", "2025-01-16", "2 people", "2 personas"),
    ("ALPHA", "2025-01-03", "at least 1 person", "al menos 1 persona"),
    ("ALPHA", "2025-02-05", "nobody on record", "nadie según los registros"),
    ("BETA", "2025-01-20", "nobody on record", "nadie según los registros"),
    ("ALPHA", "2025-01-01", "may lack people held since before it", "puede que al lote le falten"),
    ("BETA", "2025-06-05", "at least 1 person on", "al menos 1 persona el"),
    ("BETA", "2025-06-20", "0 to 1 person on", "0 a 1 persona el"),
    ("GAMMA", "2025-02-05", "release EARLY never names this facility", "el lote EARLY nunca nombra"),
    ("ALPHA", "2025-06-15", "release LATE never names this facility", "el lote LATE nunca nombra"),
    ("ALPHA", "2025-04-15", "no release of this casefile looks", "ningún lote de este expediente abarca"),
    ("BETA", "2025-07-15", "no release of this casefile looks", "ningún lote de este expediente abarca"),
]


@pytest.mark.parametrize(
    ("code", "day", "english", "spanish"), sampled(SAID, [*SAID[1:3], SAID[4], *SAID[7:11]], several=True)
)
def test_a_day_says_no_more_than_its_releases(
    site: Site, code: str, day: str, english: str, spanish: str
) -> None:
    title = read(site.ask(f"/en/facility/{code}?day={day}").text).text("h1")
    assert english in title
    assert ("nobody" in title) is ("nobody" in english)
    assert spanish in read(site.ask(f"/es/facility/{code}?day={day}").text).text("h1")


def test_a_release_that_looks_elsewhere_is_named_and_not_counted(site: Site) -> None:
    page = read(site.ask("/en/facility/BETA?day=2025-06-20").text)
    assert "lies outside EARLY" in page.text("main")
    assert not [link for link in page.links if "/people?" in link and "release=EARLY" in link]
    # Q5 is still open when EARLY ends, which says nothing of June
    assert "EARLY" not in page.text("h1")


def test_nobody_states_the_cover_and_the_page_says_so(site: Site) -> None:
    assert "Nobody states from when on EARLY" in read(
        site.ask("/en/facility/ALPHA?day=2025-02-05").text
    ).text("main")


def test_a_way_of_counting_alone_is_answered_for_the_last_covered_day(site: Site) -> None:
    page = read(site.ask("/en/facility/BETA?definition=noon").text)
    assert "June 30, 2025" in page.text("h1") or "30 June 2025" in page.text("h1")
    assert "1 person" in page.text("h1")
    assert ("input", "2025-06-30") in [(tag, given.get("value")) for tag, given in page.tags]


def test_a_day_that_a_way_of_counting_has_no_numbers_of_is_no_zero(site: Site) -> None:
    title = read(site.ask("/en/facility/BETA?day=2031-01-01&definition=ddp-midnight").text).text("h1")
    assert "no number in this way of counting" in title
