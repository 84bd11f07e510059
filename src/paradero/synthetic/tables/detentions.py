"""The detention table: one row a stint, 53 columns as in the release of March 2026."""

from __future__ import annotations

import numpy as np

from paradero.synthetic.cases.cases import case_lanes
from paradero.synthetic.cases.planting import Planted
from paradero.synthetic.cases.records import Lane, Records, coded, withheld
from paradero.synthetic.chains.roster import Roster
from paradero.synthetic.clock import ABSENT, DAY
from paradero.synthetic.vocabulary import Ids, Ints, table

__all__ = ["area_names", "detention_records", "site_names"]


def area_names() -> tuple[str, ...]:
    """Areas of responsibility as ICE writes them."""
    return tuple(f"{area} Area of Responsibility" for area in table("areas")["area"])


def site_names() -> tuple[str, ...]:
    """One field office an area."""
    return tuple(
        f"{area.upper()}, {state}, FABRICATED SUB-OFFICE"
        for area, state in zip(table("areas")["area"], table("areas")["state"], strict=True)
    )


def detention_records(planted: Planted, roster: Roster, traits: dict[str, Lane], identifiers: Ids) -> Records:
    """Lanes of every column; people without a name in `planted.nameless` have no id."""
    custody = planted.custody
    person = custody.person
    identifiers = identifiers.copy()
    identifiers[planted.nameless] = b""
    reasons = table("endings")["reason"]
    years = traits["Birth Year"].values[person] + planted.birth_shift
    area = roster.area[custody.facility]
    lanes = (
        traits
        | case_lanes(planted.cases)
        | {
            "Stay Book In Date Time": Lane(level="stay", values=custody.stay_in),
            "Stay Book Out Date Time": Lane(level="stay", values=custody.stay_out),
            "Stay Book Out Date": Lane(level="stay", values=_day_of(custody.stay_out)),
            "Stay Release Reason": coded(
                "stay", np.where(custody.stay_out == ABSENT, -1, custody.ending).astype(np.int8), reasons
            ),
            "Book In Date Time": Lane(level="row", values=custody.booked_in),
            "Book Out Date Time": Lane(level="row", values=custody.booked_out),
            "Detention Release Reason": coded("row", custody.reason, reasons),
            "Detention Facility": coded("row", custody.facility, roster.names),
            "Detention Facility Code": coded("row", custody.facility, roster.codes),
            "Book In AOR": coded("row", area, area_names()),
            "Book In Site": coded("row", area, site_names()),
            "Birth Year": Lane(level="row", values=years.astype(np.int16)),
            "Birth Date": withheld("person", custody.n_people),
            "Anonymized Identifier": Lane(level="person", values=identifiers),
        }
    )
    return Records(
        of="detentions", count=len(person), levels={"stay": custody.stay, "person": person}, lanes=lanes
    )


def _day_of(minutes: Ints) -> Ints:
    return np.where(minutes == ABSENT, ABSENT, minutes // DAY).astype(np.int32)
