"""The arrest table: 25 columns as in the release of March 2026.

Six stays in ten have an arrest; one in twenty repeats within a day; some arrests led to no stay.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from paradero.synthetic.cases.cases import Cases, case_lanes
from paradero.synthetic.cases.records import Lane, Records, coded, constant, withheld
from paradero.synthetic.chains.custody import Custody
from paradero.synthetic.clock import ABSENT, DAY, FIRST_MINUTE, LAST_MINUTE
from paradero.synthetic.tables.detentions import area_names, site_names
from paradero.synthetic.vocabulary import Ids, Ints, draw, generator, table, words

__all__ = ["arrest_records"]

_METHODS = (*words("method").values, "ERO Reprocessed Arrest")
_AGENCIES = ("ICE", "USBP", "CBP")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Arrested:
    """Who was arrested when, and for which stay (one beyond the last: for none). Minutes since 1970; the rows
    `again` repeat earlier ones.
    """

    person: Ints
    stay: Ints
    minutes: Ints
    again: slice


def _arrest(rng: np.random.Generator, custody: Custody, people: int, nameless: Ints) -> _Arrested:
    """An arrest hours to days before 57 stays in 100, again within a day for one in twenty, and one of each
    person without a stay.
    """
    stays = np.flatnonzero(
        (rng.random(len(custody.stay_in)) < 0.57) & ~np.isin(custody.stay_person, nameless)
    )
    before = np.clip(300 * np.exp(1.2 * rng.standard_normal(len(stays))), 5, 4 * DAY).astype(np.int64)
    arrested = custody.stay_in[stays] - before
    kept = arrested >= FIRST_MINUTE
    stays, arrested, before = stays[kept], arrested[kept], before[kept]
    again = np.flatnonzero(rng.random(len(stays)) < 0.05)
    repeated = arrested[again] + (rng.random(len(again)) * np.minimum(before[again], DAY - 1)).astype(
        np.int64
    )
    alone = np.arange(custody.n_people, people)
    return _Arrested(
        person=np.concatenate([custody.stay_person[stays], custody.stay_person[stays[again]], alone]).astype(
            np.int32
        ),
        stay=np.concatenate([stays, stays[again], np.full(len(alone), len(custody.stay_in))]).astype(
            np.int64
        ),
        minutes=np.concatenate(
            [arrested, repeated, rng.integers(FIRST_MINUTE, LAST_MINUTE - DAY, len(alone))]
        ).astype(np.int32),
        again=slice(len(stays), len(stays) + len(again)),
    )


def arrest_records(
    custody: Custody, cases: Cases, traits: dict[str, Lane], identifiers: Ids, nameless: Ints, seed: int
) -> Records:
    """Lanes of every column. `traits` and `identifiers` go on beyond the people of `custody`: those are the
    people without a stay.
    """
    rng = generator(seed, 8)
    made = _arrest(rng, custody, len(identifiers), nameless)
    person = made.person
    method = draw(rng, words("method").weights, len(person)).astype(np.int8)
    method[made.again] = len(_METHODS) - 1
    area = draw(rng, tuple(map(float, table("areas")["weight"])), len(person)).astype(np.int8)
    lanes = (
        _taken(traits)
        | _with_none(case_lanes(cases))
        | {
            "Apprehension Date": Lane(level="row", values=made.minutes),
            "Apprehension Type": constant("row", len(person), "Administrative"),
            "State": coded("row", area, table("areas")["state"]),
            "County": coded("row", np.where(area % 3 == 0, 0, -1).astype(np.int8), ("FABRICATED COUNTY",)),
            "TOA Current Duty AOR": coded("row", area, area_names()),
            "TOA Current Duty Site": coded("row", area, site_names()),
            "Arresting Agency": coded(
                "row", draw(rng, (80.0, 12.0, 8.0), len(person)).astype(np.int8), _AGENCIES
            ),
            "Apprehension Method": coded("row", method, _METHODS),
            "Apprehension Site Landmark": coded(
                "row", draw(rng, words("landmark").weights, len(person)).astype(np.int8), words("landmark")
            ),
            "Operation": coded(
                "row", draw(rng, words("operation").weights, len(person)).astype(np.int8), words("operation")
            ),
            "Birth Date": withheld("row", len(person)),
            "Anonymized Identifier": Lane(level="person", values=identifiers),
        }
    )
    return Records(of="arrests", count=len(person), levels={"person": person, "stay": made.stay}, lanes=lanes)


def _taken(traits: dict[str, Lane]) -> dict[str, Lane]:
    criminality = traits["Book In Criminality"]
    return traits | {"Apprehension Criminality": criminality, "Case Criminality": criminality}


def _with_none(lanes: dict[str, Lane]) -> dict[str, Lane]:
    """The lanes of stays with one more entry, blank, for arrests without a stay."""
    blank = {}
    for header, lane in lanes.items():
        nothing = -1 if lane.words else np.nan if lane.values.dtype.kind == "f" else ABSENT
        blank[header] = Lane(
            level="stay",
            values=np.append(lane.values, np.array([nothing], dtype=lane.values.dtype)),
            words=lane.words,
        )
    return blank
