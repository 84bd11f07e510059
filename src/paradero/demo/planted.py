"""Hold what a build reports against the list of faults that were planted in a fabricated release."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paradero.building.ingested import report_of
from paradero.building.tables import Built, legible, open_tables
from paradero.casefile.folder import Casefile
from paradero.casefile.originals import sources_of

Case = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One kind of fault: how many were planted, how many of these were found, and how many more the build
    reports.
    """

    kind: str
    words: str
    reported_as: str
    planted: int
    found: int
    surplus: int


def check_planted(case: Casefile, listing: Path) -> list[Check]:
    """Look for every planted fault, kind by kind, in the order of the list."""
    planted = json.loads(listing.read_text(encoding="utf-8"))
    tables = (
        "stints",
        "conflicts",
        "unaccounted",
        "chains",
        "stay_ends",
        "rejects",
        "facility_day_comparisons",
    )
    with open_tables(case, *tables) as built:
        for name in ("conflicts", "unaccounted"):
            legible(built, name).create_view(f"legible_{name}")
        return [_check(built, case, kind, planted["format"]) for kind in planted["kinds"]]


def _check(built: Built, case: Casefile, kind: Case, form: str) -> Check:
    report, cases = kind["report"], kind["cases"]
    expected, found = _look(built, case, kind)
    if form == "parquet" and report["table"] in ("rejects", "source report"):
        expected = set()  # a republished file has neither unreadable cells nor blank rows
    return Check(
        kind=kind["kind"],
        words=kind["words"],
        reported_as=" ".join(part for part in (report["table"], report["column"], report["value"]) if part),
        planted=len(cases) if expected else 0,
        found=len(expected & found),
        surplus=len(found - expected),
    )


def _look(built: Built, case: Casefile, kind: Case) -> tuple[set[Any], set[Any]]:
    """(what was planted, what is reported), in values that can be compared."""
    look: Callable[[Built, Casefile, Case], tuple[set[Any], set[Any]]] = {
        "stints": _stints,
        "conflicts": _persons,
        "unaccounted": _persons,
        "stay_ends": _deaths,
        "rejects": _rejects,
        "source report": _blank_rows,
        "facility_day_rows": _populations,
    }[kind["report"]["table"]]
    return look(built, case, kind)


def _stints(built: Built, _case: Casefile, kind: Case) -> tuple[set[Any], set[Any]]:
    column = kind["report"]["column"]
    test = (
        "unique_identifier IS NULL"
        if column == "unique_identifier"
        else f"{column} AND NOT duplicate_exact"
        if column == "duplicate_likely_bond"
        else column
    )
    found = built.rows(f"SELECT sheet_original AS sheet, row_original AS row FROM stints WHERE {test}")
    return {(each["sheet"], each["row"]) for each in kind["cases"]}, {
        (row["sheet"], row["row"]) for row in found
    }


def _persons(built: Built, _case: Casefile, kind: Case) -> tuple[set[Any], set[Any]]:
    report = kind["report"]
    found = built.rows(
        f"SELECT unique_identifier AS person FROM {report['table']} WHERE {report['column']} = $value",
        {"value": report["value"]},
    )
    return {each["person"] for each in kind["cases"]}, {row["person"] for row in found}


def _deaths(built: Built, _case: Casefile, kind: Case) -> tuple[set[Any], set[Any]]:
    found = built.rows(
        "SELECT c.unique_identifier AS person FROM stay_ends e JOIN chains c ON c.person_no = e.person_no"
        " WHERE e.end_kind = 'death'"
    )
    return {each["person"] for each in kind["cases"]}, {row["person"] for row in found}


def _rejects(built: Built, _case: Casefile, kind: Case) -> tuple[set[Any], set[Any]]:
    found = built.rows(
        "SELECT source_sheet AS sheet, source_row AS row FROM rejects WHERE problem = $problem",
        {"problem": kind["report"]["value"]},
    )
    return {(each["sheet"], each["row"]) for each in kind["cases"]}, {
        (row["sheet"], row["row"]) for row in found
    }


def _blank_rows(_built: Built, case: Casefile, kind: Case) -> tuple[set[Any], set[Any]]:
    """Blank rows are counted a sheet, not listed: the n-th of a sheet stands for each."""
    found = {
        (str(sheet["name"]), number)
        for source in sources_of(case)
        if "detentions" in source.kinds
        for sheet in report_of(case, source).sheets
        for number in range(int(str(sheet["rows_blank"])))
    }
    sheets = [each["sheet"] for each in kind["cases"]]
    return {(sheet, sheets[:place].count(sheet)) for place, sheet in enumerate(sheets)}, found


def _populations(built: Built, _case: Casefile, kind: Case) -> tuple[set[Any], set[Any]]:
    if kind["kind"] == "facility_absent":
        missing = built.rows(
            "SELECT DISTINCT detention_facility_code AS code FROM facility_day_comparisons WHERE status ="
            " 'not published'"
        )
        return {each["detention_facility_code"] for each in kind["cases"]}, {row["code"] for row in missing}
    rows = built.rows(
        "SELECT detention_facility_code AS code, CAST(date AS VARCHAR) AS date, difference FROM"
        " facility_day_comparisons WHERE status IN ('conflict', 'explained: missing ends', 'explained: place"
        " unknown', 'cannot be judged: the release may lack people held since before it')"
    )
    planted = {(each["detention_facility_code"], each["date"], each["difference"]) for each in kind["cases"]}
    return planted, {(row["code"], row["date"], row["difference"]) for row in rows}
