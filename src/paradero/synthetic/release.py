"""Write a whole fabricated release: workbooks or parquet, a facility list, published populations, and what
was planted.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from paradero.synthetic.cases.cases import fabricate_cases
from paradero.synthetic.cases.planting import Planted, counts_of, extra_rows, order_people, plant
from paradero.synthetic.cases.records import Lane, Records
from paradero.synthetic.cases.traits import CITIZENSHIP, anonymized_identifiers, fabricate_traits
from paradero.synthetic.chains.custody import Custody, fabricate_custody
from paradero.synthetic.chains.population import count_population
from paradero.synthetic.chains.roster import Roster, fabricate_roster
from paradero.synthetic.clock import DAY, FIRST_DAY
from paradero.synthetic.papers.paging import Pages, paginate
from paradero.synthetic.papers.publishing import write_parquet
from paradero.synthetic.papers.reporting import Strays, plant_population, plant_strays, write_planted
from paradero.synthetic.papers.workbooks import write_workbook
from paradero.synthetic.tables.arrests import arrest_records
from paradero.synthetic.tables.detentions import detention_records
from paradero.synthetic.tables.listing import write_facilities, write_facility_days
from paradero.synthetic.tables.removals import removal_records
from paradero.synthetic.vocabulary import Ids

__all__ = ["Written", "write_release"]

Format = Literal["xlsx", "parquet"]
_LEAST_ROWS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The files of a fabricated release, and how many rows, people, stays, arrests and removals it has."""

    folder: Path
    detentions: Path
    arrests: Path
    removals: Path
    facilities: Path
    facility_days: Path
    planted: Path
    rows: int
    people: int
    stays: int
    n_arrests: int
    n_removals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fabricated:
    """Everything there is to write: facilities, chains with their faults, traits and ids of all people."""

    roster: Roster
    planted: Planted
    traits: dict[str, Lane]
    identifiers: Ids


def write_release(
    out: Path,
    *,
    rows: int,
    seed: int,
    format: Literal["xlsx", "parquet"] = "xlsx",  # noqa: A002 (the word users know)
) -> Written:
    """Write a fabricated release of exactly `rows` detention rows into the folder `out`; the same seed, rows
    and format give the same bytes.

    Nobody in it exists: ids are drawn from the seed, facilities are named FABRICATED. `planted.json` lists
    every fault to be found.
    """
    if rows < _LEAST_ROWS:
        raise ValueError(f"{rows} rows cannot hold a chain of each shape. Ask for at least {_LEAST_ROWS}.")
    out.mkdir(parents=True, exist_ok=True)
    made = _fabricate(rows, seed)
    custody, roster, counts = made.planted.custody, made.roster, counts_of(rows)
    pages = paginate(custody.booked_in, seed, 10, title="Detentions", blanks=counts["blank_row"])
    strays = plant_strays(pages, seed, counts["stray_cell"])
    paths, n_arrests, n_removals = _write_tables(out, made, pages, strays, seed, format)
    counted = count_population(custody)
    differences = plant_population(counted, seed, counts["population_difference"])
    paths["facilities"] = write_facilities(
        out / f"FABRICATED_Facilities_seed{seed}.csv", roster, counted, seed
    )
    days = out / f"FABRICATED_Facility_Days_seed{seed}.{'csv' if format == 'xlsx' else 'parquet'}"
    paths["facility_days"] = write_facility_days(days, roster, counted, differences)
    paths["planted"] = out / "planted.json"
    write_planted(
        paths["planted"],
        made.planted,
        pages,
        made.identifiers,
        roster,
        strays,
        differences,
        counted,
        head={
            "seed": seed,
            "rows": rows,
            "format": format,
            "files": {name: path.name for name, path in paths.items()},
        },
    )
    return Written(
        folder=out,
        **paths,
        rows=len(custody.stay),
        people=custody.n_people,
        stays=_stays(custody),
        n_arrests=n_arrests,
        n_removals=n_removals,
    )


def _fabricate(rows: int, seed: int) -> _Fabricated:
    """Chains with their faults, and traits and ids of the people in them and of three in a hundred more who
    have no stay.
    """
    roster, ordered = fabricate_roster(rows, seed), order_people(rows)
    custody = fabricate_custody(rows - extra_rows(rows), seed, roster, ordered)
    people = custody.n_people + max(2, custody.n_people * 3 // 100)
    first_day = np.full(people, FIRST_DAY + 600, dtype=np.int32)
    first_day[custody.stay_person[::-1]] = custody.stay_in[::-1] // DAY
    traits = fabricate_traits(people, seed, first_day)
    cases = fabricate_cases(custody, seed, traits[CITIZENSHIP].values)
    return _Fabricated(
        roster=roster,
        planted=plant(custody, cases, ordered, roster, seed),
        traits=traits,
        identifiers=anonymized_identifiers(people, seed),
    )


def _write_tables(
    out: Path, made: _Fabricated, pages: Pages, strays: Strays, seed: int, form: Format
) -> tuple[dict[str, Path], int, int]:
    """Write detentions, arrests and removals; returns their paths and how many arrests and removals there
    are.
    """
    planted, custody, traits = made.planted, made.planted.custody, made.traits
    detained = {header: _cut(lane, custody.n_people) for header, lane in traits.items()}
    detentions = detention_records(planted, made.roster, detained, made.identifiers[: custody.n_people])
    paths = {"detentions": _write(out, detentions, pages, seed, form, planted.texts, strays)}
    del detentions
    arrests = arrest_records(custody, planted.cases, traits, made.identifiers, planted.nameless, seed)
    paths["arrests"] = _write(
        out, arrests, _pages_of(arrests, "Apprehension Date", 1, seed, 11), seed, form, {}, ()
    )
    removals = removal_records(custody, planted.cases, traits, made.identifiers, planted.nameless, seed)
    paths["removals"] = _write(
        out, removals, _pages_of(removals, "Departed Date", DAY, seed, 12), seed, form, {}, ()
    )
    return paths, arrests.count, removals.count


def _cut(lane: Lane, people: int) -> Lane:
    return dataclasses.replace(lane, values=lane.values[:people])


def _stays(custody: Custody) -> int:
    return len(
        np.unique(
            custody.stay_person.astype(np.int64) << 32 | (custody.stay_in.astype(np.int64) & 0xFFFFFFFF)
        )
    )


def _pages_of(records: Records, header: str, unit: int, seed: int, topic: int) -> Pages:
    """Pages by the time in a lane, whose values are in `unit` minutes."""
    lane = records.lanes[header]
    values = lane.values if lane.level == "row" else lane.values[records.levels[lane.level]]
    return paginate(values.astype(np.int64) * unit, seed, topic, title=records.of.title())


def _write(
    out: Path,
    records: Records,
    pages: Pages,
    seed: int,
    form: Format,
    texts: Mapping[tuple[int, str], str],
    strays: Strays,
) -> Path:
    stem = f"FABRICATED_{records.of.title()}_seed{seed}"
    path = out / f"{stem}.{form}"
    if form == "parquet":
        write_parquet(path, records, pages, workbook=f"{stem}.xlsx")
    else:
        write_workbook(path, records, pages, seed=seed, texts=texts, strays=strays)
    return path
