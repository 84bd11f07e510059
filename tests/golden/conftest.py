"""A casefile of the real public files in `shared/data`, beside the checkout. Where they are missing the tests
fail.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from paradero.building.adding import add
from paradero.building.building import build
from paradero.building.tables import Built, open_tables
from paradero.casefile.folder import create

SHARED = Path(__file__).parents[2].parent / "shared" / "data"

FILES = {
    "2019-ICFO-53623": [
        "arrests_removals/ice_removals_fy2016.csv.gz",
        "arrests_removals/ice_removals_fy2017.csv.gz",
        "arrests_removals/ice_removals_fy2018.csv.gz",
    ],
    "UW v. DHS": ["detention/uw_v_dhs_seattle_aor_2012-2019.xlsx"],
    "DDP March 2026": ["stats/ddp_facilities_daily_population_latest.parquet"],
    "ICE statistics": [
        "stats/FY20-detentionstats.xlsx",
        "stats/FY25_detentionStats01162025.xlsx",
        "stats/FY25_detentionStats02142025.xlsx",
        "stats/FY25_detentionStats02272025.xlsx",
        "stats/FY25_detentionStats09242025.xlsx",
        "stats/FY26_detentionStats02022026.xlsx",
        "stats/FY26_detentionStats_02122026.xlsx",
    ],
    "facility lists": [
        "facilities/ICE_Facility_List_11-06-2017-web.xlsx",
        "facilities/uwchr_facilities.csv.gz",
    ],
}

TABLES = (
    "removal_rows",
    "arrest_rows",
    "detention_rows",
    "facility_day_rows",
    "statistic_cells",
    "sources",
    "workbook_days",
    "adp_intervals",
    "facility_rows",
)


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """All of them added and built, open for reading."""
    case = create(tmp_path_factory.mktemp("golden") / "case", title="Anchors")
    for release, names in FILES.items():
        for name in names:
            add(case, SHARED / name, release=release)
    build(case)
    with open_tables(case, *TABLES) as built:
        yield built
