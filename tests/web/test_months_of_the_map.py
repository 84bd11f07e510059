"""The map has the months that a release looks at, and none that a definition fills in around them."""

from __future__ import annotations

from pathlib import Path

from web.read_tables import Read
from web.written import two_releases


def test_months_lie_within_the_release(tmp_path: Path) -> None:
    site = two_releases(tmp_path)
    for release, months in (("EARLY", {"2025-01", "2025-02", "2025-03"}), ("LATE", {"2025-06", "2025-07"})):
        for month in months:
            assert site.ask(f"/en/map?release={release}&month={month}").status_code == 200
        for month in ("2022-10", "2024-12", "2025-08", "2026-03"):
            answer = site.ask(f"/en/map?release={release}&month={month}")
            assert answer.status_code == 404, (release, month)
            assert "is not a month of this release" in Read(answer.text).text
