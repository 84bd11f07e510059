"""What others published of a facility stands beside a release on the days that the release covers, and on no others."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from paradero.building.adding import add
from paradero.building.building import build
from paradero.figures.answered import Asked
from paradero.reports.pages.material import Material
from paradero.reports.pages.sections.records.headcount import published_beside
from web.asked import Site
from web.written import two_releases

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
