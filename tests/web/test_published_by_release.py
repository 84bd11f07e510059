"""What others published of a facility stands beside a release on the days that the release covers, and on no others."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

from attack.scale import at_length

from paradero.building.adding import add
from paradero.building.building import build
from paradero.figures.answered import Asked
from paradero.reports.pages.material import Material
from paradero.reports.pages.sections.records.headcount import published_beside
from web.asked import Site
from web.crawled import read
from web.written import HEADERS, stay, two_releases

PUBLISHED = {
    "2024-12-31": 9,  # before EARLY
    "2025-01-15": 2,
    "2025-02-27": 0,
    "2025-04-15": 7,  # between the releases
    "2025-06-20": 5,  # of LATE's days
}


def _with_published(folder: Path) -> Site:
    site = two_releases(folder)
    path = folder / "published.csv"
    lines = ["detention_facility_code,date,n_detained_at_midnight"]
    lines += [f"{code},{day},{n}" for code in ("ALPHA", "BETA") for day, n in PUBLISHED.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    add(site.case, path)
    build(site.case)
    return Site(site.case)


def test_a_release_is_held_against_its_own_days_alone(tmp_path: Path) -> None:
    site = _with_published(tmp_path)
    # counted by hand: EARLY has everybody from 4 January to 28 February 2025, LATE from 11 to 30 June 2025
    expected = {"EARLY": {"2025-01-15": 2, "2025-02-27": 0}, "LATE": {"2025-06-20": 5}}
    for facility in ("ALPHA", "BETA"):
        material = Material(Asked(site.case, facility=facility), "en")
        for release, days in expected.items():
            beside = published_beside(material, release)
            assert beside.published == {dt.date.fromisoformat(day): n for day, n in days.items()}


def test_a_release_that_never_names_a_facility_comes_last(tmp_path: Path) -> None:
    """ALPHA is in EARLY alone: a later release that covers its day and never names it neither takes the place
    of the count in the title, nor says of a figure that the facility is not in the records.
    """
    site = _with_published(tmp_path)
    more = tmp_path / "SILENT.csv"
    with more.open("w", encoding="utf-8", newline="") as file:
        rows = (stay("W1", "DELTA", "2024-11-01", "2024-11-03"), stay("W2", "DELTA", "2025-04-01", ""))
        csv.writer(file).writerows([HEADERS, *rows])
    add(site.case, more, release="A SILENT")  # before EARLY, were they in the order of their names
    build(site.case)
    site = Site(site.case)
    page = read(site.ask("/en/facility/ALPHA?day=2025-01-15").text)
    assert "2 people" in page.text("h1")
    assert "SILENT" not in page.text("h1")
    main = page.text("main")
    assert "A SILENT" in main
    assert main.index("within what the records allow") < main.index("facility not in the records")
    assert "(A SILENT)" not in main  # no count of its own anywhere on the page
    lead = main[: main.index("The records allow")]
    assert "facility not in the records" not in lead
    assert "within what the records allow (EARLY)" in lead


@at_length
def test_the_row_of_a_published_figure_says_that_it_is_one(tmp_path: Path) -> None:
    site = _with_published(tmp_path)
    day = read(site.ask("/en/facility/ALPHA?day=2025-01-15").text)
    rows = {each.partition("#")[0] for each in day.links if each.startswith("/en/rows/")}
    (row,) = {each for each in rows if "published.csv" in site.ask(each).text}
    page = read(site.ask(row).text)
    assert "read as a published figure, 2" in page.text("main")
    assert "No table of custody" not in page.text("main")
    assert [each for each in page.links if each.startswith("/en/facility/ALPHA?day=2025-01-15")]


def test_a_file_that_waits_for_a_build_is_said_on_old_addresses(tmp_path: Path) -> None:
    site = two_releases(tmp_path)
    links = read(site.ask("/en/facility/ALPHA").text).links
    (old,) = {link for link in links if link.startswith("/en/facility/ALPHA?digest=")}
    assert "in no number here yet" not in site.ask(old).text
    more = tmp_path / "MORE.csv"
    with more.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADERS, stay("W1", "DELTA", "2024-11-01", "2024-11-03")])
    add(site.case, more, release="MORE")
    assert "A file was added" in Site(site.case).ask(old).text
    assert "Se agregó un archivo" in Site(site.case).ask(old.replace("/en/", "/es/")).text
