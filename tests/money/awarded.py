"""Fabricated award downloads with USAspending's column names, and a casefile built from them."""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

from paradero.answers.companies.awards import awards_of
from paradero.building import building
from paradero.building.adding import add
from paradero.building.stages import all_steps
from paradero.building.tables import open_tables
from paradero.casefile.folder import Casefile, create
from paradero.engines.steps import Step, needed_for

Cells = Mapping[str, Any]
AWARD = "CONT_AWD_A1_7012_V1_7012"
IDV = "CONT_IDV_V1_7012"
WHO = {
    "recipient_uei": "UEIGUARDS001",
    "recipient_name": "GUARDS EXAMPLE LLC",
    "recipient_parent_uei": "UEIHOLDING01",
    "recipient_parent_name": "HOLDING EXAMPLE INC",
}


def action(
    modification: str,
    amount: str,
    on: str,
    *,
    number: str = "0",
    modified: str = "",
    award: str = AWARD,
    **more: str,
) -> Cells:
    """One row of a PrimeTransactions download."""
    piid = award.split("_")[2]
    return {
        "contract_transaction_unique_key": f"7012_7012_{piid}_{modification}_V1_{number}", "contract_award_unique_key": award, "award_id_piid": piid,
        "modification_number": modification, "transaction_number": number, "parent_award_id_piid": "V1", "federal_action_obligation": amount,
        "action_date": on, **WHO, "last_modified_date": modified, **more,
    }  # fmt: skip


def short(modification: str, amount: str, on: str, *, award: str = AWARD, what: str = "GUARDS") -> Cells:
    """One row of the dashboards' short form."""
    return {
        "Agency": "ICE", "Award ID": award.split("_")[2], "Recipient Name": "GUARDS EXAMPLE LLC", "Federal Action Obligation": amount, "Action Date": on,
        "Modification": modification, "Product/Service Description": "GUARD", "NAICS Description": "GUARDS", "Transaction Description": what,
        "Generated Award ID": award,
    }  # fmt: skip


def summary(award: str, obligated: str, latest: str, *, ceiling: str = "", **more: str) -> Cells:
    """One row of a PrimeAwardSummaries download."""
    return {
        "contract_award_unique_key": award, "award_id_piid": award.split("_")[2], "total_obligated_amount": obligated, "total_outlayed_amount": "",
        "current_total_value_of_award": "", "potential_total_value_of_award": ceiling, "award_latest_action_date": latest, **WHO, **more,
    }  # fmt: skip


def subaward(
    report: str,
    number: str,
    amount: str,
    *,
    prime: str = AWARD,
    stated: str = "150",
    modified: str = "2024-02-20",
    **more: str,
) -> Cells:
    """One row of a Subawards download."""
    return {
        "prime_award_unique_key": prime, "prime_award_piid": prime.split("_")[2], "prime_award_amount": stated, "prime_awardee_uei": WHO["recipient_uei"],
        "prime_awardee_name": WHO["recipient_name"], "subaward_fsrs_report_id": report, "subaward_number": number, "subaward_amount": amount,
        "subaward_action_date": "2024-02-01", "subawardee_uei": "UEIMEALS0001", "subawardee_name": "MEALS EXAMPLE INC",
        "subaward_fsrs_report_last_modified_date": modified, **more,
    }  # fmt: skip


def written(folder: Path, name: str, rows: Sequence[Cells]) -> Path:
    """Write rows as a csv file."""
    path = folder / name
    headers = list(dict.fromkeys(header for row in rows for header in row))
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, headers)
        writer.writeheader()
        writer.writerows(rows)
    return path


OF_AWARDS = ("awards", "award_records", "award_recipients", "award_actions", "award_parties", "subawards")


@functools.cache
def _steps_of_awards() -> dict[str, Step]:
    """The steps that tables of awards rest on: a sixth of all, and none of the others reads them."""
    steps = all_steps()
    wanted = {name for table in OF_AWARDS for name in needed_for(table, steps)}
    return {name: step for name, step in steps.items() if name in wanted}


def case_of(folder: Path, files: Mapping[str, Sequence[Cells]], *, whole: bool = False) -> Casefile:
    """A casefile of such files, built: its tables of awards alone, or the `whole` of it."""
    folder.mkdir(parents=True, exist_ok=True)
    case = create(folder / "case", title="Awards", scope="Fabricated.")
    for name, rows in files.items():
        add(case, written(folder, name, rows), release="USASPENDING")
    with patch.object(building, "all_steps", all_steps if whole else _steps_of_awards):
        building.build(case, threads=1)
    return case


THREE = [
    action("0", "100.00", "2024-01-02", modified="2024-01-03"),
    action("P00001", "75.10", "2024-03-01", modified="2024-03-02"),
    action(
        "P00002",
        "-25.10",
        "2024-06-30",
        modified="2024-07-01",
        current_total_value_of_award="150",
        potential_total_value_of_award="400",
    ),
]


def rows_of(case: Casefile, *names: str) -> dict[str, dict[str, Any]]:
    return {one.award_key: one.as_json() for one in awards_of(case, names).rows}


def key(name: str) -> str:
    return f"CONT_AWD_{name}_7012_-NONE-_-NONE-"


def table_of(case: Casefile, name: str) -> list[dict[str, Any]]:
    with open_tables(case, name) as built:
        return built.rows(f"SELECT * FROM {name}")
