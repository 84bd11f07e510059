"""The public award downloads of shared/data come to what a plain count of their lines gives."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from paradero.building.adding import add
from paradero.building.building import build
from paradero.building.tables import open_tables
from paradero.casefile.folder import Casefile, create

CONTRACTS = Path(__file__).parents[2].parent / "shared" / "data" / "contracts"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    case = create(tmp_path_factory.mktemp("real") / "case", title="Real", scope="Public downloads.")
    for name in (
        "cbp_ice_contract_obligations_fy2024",
        "cbp_ice_contract_obligations_fy2025",
        "usaspending_ice_subawards_2025-03-28",
        "usaspending_mn_ice_prime_awards_2025-03-21",
    ):
        add(case, CONTRACTS / f"{name}.csv", release="USASPENDING")
    build(case)
    return case


def test_the_public_downloads_come_to_what_a_plain_count_of_their_lines_gives(real: Casefile) -> None:
    with open_tables(real, "awards", "award_actions", "subawards") as built:
        (actions,) = built.rows(
            "SELECT count(*) AS n, sum(is_counted::INT) AS counted, sum(obligated) AS before, sum(obligated)"
            " FILTER (is_counted) AS after FROM award_actions"
        )
        kinds = {
            row["obligated_from"]: row["n"]
            for row in built.rows("SELECT obligated_from, count(*) AS n FROM awards GROUP BY 1")
        }
        (total,) = built.rows(
            "SELECT sum(obligated) AS usd, count(*) FILTER (obligated_lo <> obligated_hi) AS apart FROM"
            " awards"
        )
        (passed,) = built.rows("SELECT count(*) AS n, sum(subawarded) AS usd FROM subawards")
        flags = {
            row["f"]: row["n"]
            for row in built.rows(
                "SELECT f, count(*) AS n FROM (SELECT unnest(string_split(flags, ' ')) AS f FROM awards)"
                " GROUP BY 1"
            )
        }
    assert (actions["n"], actions["counted"]) == (21_104, 21_074)
    assert (actions["before"], actions["after"]) == (Decimal("23137576746.42"), Decimal("23134604551.42"))
    assert kinds == {
        "actions": 10_579,
        "summary and later actions": 57,
        "summary": 1_293,
        "subaward reports": 63,
    }
    assert (total["usd"], total["apart"]) == (Decimal("23667892367.18"), 0)
    assert (passed["n"], passed["usd"]) == (482, Decimal("275545535.38"))
    assert (
        flags["differs_from_summary"],
        flags["summary_is_older"],
        flags["subawards_over_prime"],
        flags["sole_proprietor"],
    ) == (57, 2, 11, 3)
