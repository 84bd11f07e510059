"""The columns of the three kinds of rows, read from their layouts, and the groups of columns that the rules
name.
"""

import tomllib
from pathlib import Path
from typing import Any

Row = dict[str, Any]

SOURCES = Path(__file__).parents[2] / "src" / "paradero" / "sources"


def layout_columns(kind: str) -> list[str]:
    """Name the columns of a layout (`ice_detentions`, `ice_arrests`, `ice_removals`), in its order."""
    layout = tomllib.loads((SOURCES / kind / "layout.toml").read_text(encoding="utf-8"))
    return [column["name"] for column in layout["column"]]


DETENTION_COLUMNS = layout_columns("ice_detentions")
ARREST_COLUMNS = layout_columns("ice_arrests")
REMOVAL_COLUMNS = layout_columns("ice_removals")

BOND_COLUMNS = ["initial_bond_set_amount", "initial_bond_set_date", "bond_posted_amount", "bond_posted_date"]

BOND_MINIMA = {
    "initial_bond_set_amount": "initial_bond_set_amount_lowest_seen",
    "initial_bond_set_date": "initial_bond_set_date_earliest_seen",
    "bond_posted_amount": "bond_posted_amount_lowest_seen",
    "bond_posted_date": "bond_posted_date_earliest_seen",
}

ORDER_K = [
    "unique_identifier", "book_in_date_time", "detention_facility_code", "detention_release_reason", "stay_book_out_date", "stay_release_reason",
    "religion", "gender", "marital_status", "birth_year", "ethnicity", "entry_status", "felon", "bond_posted_date", "bond_posted_amount",
    "case_status", "case_category", "final_order_yes_no", "final_order_date", "case_threat_level", "book_in_criminality", "final_charge",
    "departed_date", "departure_country", "citizenship_country", "final_program", "msc_charge_code", "msc_charge",
]  # fmt: skip


def completed(row: Row, columns: list[str]) -> Row:
    """Give the row every column of its layout: a column that its release lacks is null."""
    said = {name: value for name, value in row.items() if name.endswith("_why_missing")}
    return (
        {"release": row["release"], "row_id": row["row_id"]}
        | said
        | {name: row.get(name) for name in columns}
    )


def is_blank(row: Row, name: str) -> bool:
    """Say whether a missing cell was left blank: not withheld, not unreadable, and its column is in the
    release.
    """
    return row.get(f"{name}_why_missing") in (None, "blank")


def in_file_order(rows: list[Row]) -> list[Row]:
    """Order rows as the files hold them."""
    return sorted(rows, key=lambda row: row["row_id"])


def grouped(rows: list[Row], *names: str) -> dict[tuple[Any, ...], list[Row]]:
    """Group rows that are equal in the named columns, nulls equal; groups and members keep the order of
    `rows`.
    """
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[name] for name in names), []).append(row)
    return groups


def nulls_first(value: Any) -> tuple[Any, ...]:
    """Give a sort key: null before everything, text by its bytes, all else by value."""
    if value is None:
        return (0,)
    return (1, value.encode("utf-8")) if isinstance(value, str) else (1, value)
