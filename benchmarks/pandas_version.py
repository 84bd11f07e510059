"""Duplicate flags, stays and both headcounts as one would write them with pandas, without any of the
techniques of the steps.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

BOND = ["bond_posted_date", "bond_posted_amount", "initial_bond_set_date", "initial_bond_set_amount"]
ADDRESS = ["file_original", "sheet_original", "row_original"]
ORDER = [
    "unique_identifier",
    "book_in_date_time",
    "detention_facility_code",
    "detention_release_reason",
    "stay_book_out_date",
    "stay_release_reason",
    "religion",
    "gender",
    "marital_status",
    "birth_year",
    "ethnicity",
    "entry_status",
    "felon",
    "bond_posted_date",
    "bond_posted_amount",
    "case_status",
    "case_category",
    "final_order_yes_no",
    "final_order_date",
    "case_threat_level",
    "book_in_criminality",
    "final_charge",
    "departed_date",
    "departure_country",
    "citizenship_country",
    "final_program",
    "msc_charge_code",
    "msc_charge",
]
OPEN_UNTIL = pd.Timestamp("2026-03-10")


def run(original: Path) -> None:
    """All three from the stint file."""
    stints = flagged(pd.read_parquet(original))
    stays(stints)
    for any_part in (False, True):
        headcount(stints, any_part=any_part)


def flagged(stints: pd.DataFrame) -> pd.DataFrame:
    """The rows in order K with `duplicate_likely_bond` and `duplicate_likely_sameday`."""
    stints = stints.sort_values(
        [name for name in ORDER if name in stints], na_position="first", kind="stable"
    )
    compared = [name for name in stints if name not in (*BOND, *ADDRESS)]
    known = stints["unique_identifier"].notna()
    stints["duplicate_likely_bond"] = stints.duplicated(subset=compared, keep="first") & known
    rest = stints[~stints["duplicate_likely_bond"] & known].copy()
    rest["day"] = rest["book_in_date_time"].dt.normalize()
    sameday = rest.duplicated(
        subset=["unique_identifier", "detention_facility_code", "day", "stay_book_in_date_time"], keep="last"
    )
    stints["duplicate_likely_sameday"] = sameday.reindex(stints.index, fill_value=False)
    return stints


def stays(stints: pd.DataFrame) -> pd.DataFrame:
    """One row per person and stay book-in: counts, first, longest and last facility, every other column of
    the last stint.
    """
    kept = stints[
        stints["unique_identifier"].notna()
        & ~stints["duplicate_likely_bond"]
        & ~stints["duplicate_likely_sameday"]
    ].copy()
    kept = kept.sort_values(
        ["unique_identifier", "stay_book_in_date_time", "book_in_date_time", "book_out_date_time"],
        na_position="first",
        kind="stable",
    )
    kept["held"] = kept["book_out_date_time"].fillna(OPEN_UNTIL) - kept["book_in_date_time"]
    grouped = kept.groupby(["unique_identifier", "stay_book_in_date_time"], sort=False, dropna=False)
    last = grouped.tail(1).set_index(["unique_identifier", "stay_book_in_date_time"])
    longest = kept.loc[grouped["held"].idxmax()].set_index(["unique_identifier", "stay_book_in_date_time"])
    last["n_stints"] = grouped.size()
    last["detention_facility_codes_all"] = grouped["detention_facility_code"].agg("; ".join)
    last["detention_facility_code_first"] = grouped["detention_facility_code"].first()
    last["detention_facility_code_longest"] = longest["detention_facility_code"]
    return last


def headcount(stints: pd.DataFrame, *, any_part: bool) -> pd.Series:
    """Distinct persons per facility and day, by expanding every stint into its days."""
    first = stints["book_in_date_time"].dt.normalize()
    out = (
        stints["book_out_date_time"]
        .dt.normalize()
        .fillna(OPEN_UNTIL if any_part else OPEN_UNTIL + pd.Timedelta(days=1))
    )
    last = np.maximum(first, out) if any_part else out - pd.Timedelta(days=1)
    days = ((last - first).dt.days + 1).clip(lower=0)
    number = stints["unique_identifier"].factorize()[0]
    person = np.where(number < 0, -1 - np.arange(len(stints)), number)
    at = np.repeat(np.arange(len(stints)), days)
    offset = np.arange(len(at)) - np.repeat(days.cumsum() - days, days).to_numpy()
    spread = pd.DataFrame(
        {
            "code": stints["detention_facility_code"].astype("category").cat.codes.to_numpy()[at],
            "day": first.to_numpy()[at].astype("datetime64[D]").astype(int) + offset,
            "person": person[at],
        }
    )
    return spread.drop_duplicates().groupby(["code", "day"]).size()
