"""A table says what its numbers are in, who a numbered person is, and its lines for a notebook give ties in the
order of the page and of the file.
"""

from __future__ import annotations

import csv
import html
import io
import re

import pytest

from web.asked import Site
from web.crawled import read
from web.written import site_of, stay

HOURS = 26


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """People moved once, all after the same time: rows with ties in every order by it."""

    def moved(who: str) -> list[tuple[str, ...]]:
        first, then = (
            stay(who, "ALPHA", "2025-01-02", "2025-01-05", "Transferred"),
            list(stay(who, "BETA", "2025-01-06", "2025-01-20")),
        )
        then[1] = first[1]
        then[2] = "2025-01-06 12:30:00"
        whole = (first[0], first[1], first[2], *first[3:7], then[7], then[8])
        return [whole, tuple(then)]

    rows = [row for n in range(6) for row in moved(f"MOVED{n}")]
    return site_of(tmp_path_factory.mktemp("ties"), {"ONE": rows})


ASKED = "transfers?sort=gap_us&columns=gap_us,person_no,from_row_address"


def test_a_length_says_its_unit_and_a_number_whose_it_is(site: Site) -> None:
    page = read(site.ask(f"/en/tables/{ASKED}").text)
    text = page.text("main")
    assert f"{HOURS * 3_600_000_000} (1 day 2 h)" in text
    assert "In microseconds" in text
    assert "En microsegundos" in read(site.ask(f"/es/tables/{ASKED}").text).text("main")
    people = {link.rpartition("/")[2] for link in page.links if link.startswith("/en/person/")}
    assert people == {f"MOVED{n}" for n in range(6)}


def test_ties_stand_in_one_order(site: Site) -> None:
    main = site.ask(f"/en/tables/{ASKED}").text
    listings = [html.unescape(one) for one in re.findall(r"<pre[^>]*>(.*?)</pre>", main, re.S)]
    (lines,) = [re.sub(r"<[^>]+>", "", one) for one in listings if "import paradero" in one]
    assert "import datetime" not in lines
    assert "transfers.parquet" in lines
    found: dict[str, object] = {}
    exec(lines, found)  # noqa: S102  our own lines, as a reader runs them
    rows = found["rows"].to_pylist()  # type: ignore[attr-defined]
    file = list(
        csv.DictReader(io.StringIO(site.ask(f"/files/tables/transfers.csv?{ASKED.partition('?')[2]}").text))
    )
    assert [str(row["person_no"]) for row in rows] == [row["person_no"] for row in file]
    assert len(file) == 6


def test_what_is_filtered_on_stands_first(site: Site) -> None:
    text = site.ask("/files/tables/transfers.csv?where=to_facility_code:is:BETA&where=status:filled:").text
    heads = text.splitlines()[0].split(",")
    assert heads[:2] == ["to_facility_code", "status"]
