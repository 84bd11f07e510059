"""Sites of small casefiles whose rows a test writes out, so that every number can be counted by hand."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from paradero.building.adding import add
from paradero.building.building import build
from paradero.casefile.folder import create
from web.asked import Site

HEADERS = (
    "Anonymized Identifier",
    "Stay Book In Date Time",
    "Book In Date Time",
    "Detention Facility Code",
    "Detention Facility",
    "Book Out Date Time",
    "Detention Release Reason",
    "Stay Book Out Date Time",
    "Stay Release Reason",
)


def stay(who: str, code: str, begin: str, end: str, reason: str = "Bonded Out") -> tuple[str, ...]:
    """A stay of one stint; without `end` it is open. Days are written with a clock of their own."""
    came, went = f"{begin} 08:00:00", f"{end} 10:30:00" if end else ""
    why = reason if end else ""
    return (who, came, came, code, f"{code} CENTER", went, why, went, why)


def site_of(folder: Path, releases: Mapping[str, Sequence[tuple[str, ...]]]) -> Site:
    """The site of a casefile with these rows by release."""
    case = create(folder / "case", title="Fabricated", scope="Nobody in these records exists.")
    for release, rows in releases.items():
        path = folder / f"{release}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEADERS, *rows])
        add(case, path, release=release)
    build(case)
    return Site(case)


FIRST = (
    stay("P3", "BETA", "2025-01-01", "2025-01-03"),
    stay("AB1", "ALPHA", "2025-01-02", "2025-01-20"),
    stay("LONGID77", "ALPHA", "2025-01-05", "2025-02-01", "Died"),
    stay("LONGID77", "ALPHA", "2025-02-10", "2025-02-20"),
    stay("", "ALPHA", "2025-01-10", "2025-01-12"),
    stay("Q5", "BETA", "2025-03-01", ""),
)
SECOND = (
    stay("AB1", "BETA", "2025-06-01", "2025-06-10"),
    stay("ZZ9", "BETA", "2025-06-05", ""),
    stay("XX8", "GAMMA", "2025-07-01", ""),
)


def two_releases(folder: Path) -> Site:
    """Two releases that share an id, with days apart and a facility each that the other never names."""
    return site_of(folder, {"EARLY": FIRST, "LATE": SECOND})
