"""The removal table: 39 columns as in the release of March 2026, one row for most stays that ended by leaving
the country.
"""

from __future__ import annotations

import dataclasses

import numpy as np

from paradero.synthetic.cases.cases import Cases, case_lanes
from paradero.synthetic.cases.records import Lane, Records, coded, constant, withheld
from paradero.synthetic.cases.traits import CITIZENSHIP
from paradero.synthetic.chains.custody import Custody
from paradero.synthetic.clock import ABSENT
from paradero.synthetic.tables.detentions import area_names
from paradero.synthetic.vocabulary import Ids, Ints, draw, generator, table, words

__all__ = ["removal_records"]


def removal_records(
    custody: Custody, cases: Cases, traits: dict[str, Lane], identifiers: Ids, nameless: Ints, seed: int
) -> Records:
    """One row for every stay with a removal day, in the order of stays."""
    rng = generator(seed, 9)
    stay = np.flatnonzero((cases.removed_on != ABSENT) & ~np.isin(custody.stay_person, nameless))
    person = custody.stay_person[stay]
    count = len(stay)
    area = draw(rng, tuple(map(float, table("areas")["weight"])), count).astype(np.int8)
    apprehended = custody.stay_in[stay] - rng.integers(10, 2880, count)
    country = np.where(
        cases.departure_country[stay] < 0, traits[CITIZENSHIP].values[person], cases.departure_country[stay]
    )
    case = case_lanes(dataclasses.replace(cases, departed_on=cases.removed_on))
    program = case["Apprehension Final Program"]
    lanes = (
        traits
        | case
        | {
            "Departure Country": coded("row", country.astype(np.int8), table("countries")["country"]),
            "Port of Departure": _listed(rng, "port", count),
            "Case AOR": coded("row", area, area_names()),
            "State": coded("row", area, table("areas")["state"]),
            "County": coded("row", np.where(area % 3 == 0, 0, -1).astype(np.int8), ("FABRICATED COUNTY",)),
            "Case Criminality": traits["Book In Criminality"],
            "Processing Disposition": _listed(rng, "disposition", count),
            "Final Program": program,
            "Final Program Code": coded(
                "stay",
                program.values,
                tuple("".join(part[0] for part in text.split()) for text in program.words),
            ),
            "Arresting Agency": constant("row", count, "ICE"),
            "Latest Arresting Agency": constant("row", count, "ICE"),
            "TOA Case Category": case["Case Category"],
            "Latest Apprehension Final Program": program,
            "Latest Apprehension Date": Lane(level="row", values=apprehended.astype(np.int32)),
            "Final Charge Code": _listed(rng, "charge_section", count),
            "Final Charge Section": _listed(rng, "charge_section", count),
            "Prior Deport Yes No": _listed(rng, "prior_deport", count),
            "Birth Date": withheld("row", count),
            "Anonymized Identifier": Lane(level="person", values=identifiers),
        }
    )
    return Records(of="removals", count=count, levels={"person": person, "stay": stay}, lanes=lanes)


def _listed(rng: np.random.Generator, name: str, count: int) -> Lane:
    return coded("row", draw(rng, words(name).weights, count).astype(np.int8), words(name))
