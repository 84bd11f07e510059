"""The facility list and the published facility-day populations."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv

from paradero.synthetic.chains.population import DAYS, Population
from paradero.synthetic.chains.roster import Roster
from paradero.synthetic.clock import FIRST_DAY
from paradero.synthetic.papers.reporting import Differences
from paradero.synthetic.vocabulary import generator, table

__all__ = ["write_facilities", "write_facility_days"]


def write_facilities(path: Path, roster: Roster, counted: Population, seed: int) -> Path:
    """One row a facility; capacity is the highest midnight count, give or take, to the next ten, and eight at
    least.
    """
    highest = np.zeros(len(roster.codes))
    highest[counted.facility] = counted.midnight.max(axis=1)
    room = np.maximum(
        8, np.ceil(highest * generator(seed, 13).uniform(0.8, 1.5, len(highest)) / 10) * 10
    ).astype(np.int64)
    columns = {
        "detention_facility_code": roster.codes,
        "name": roster.names,
        "city": roster.cities,
        "state": roster.states,
        "AOR": [table("areas")["area"][area] for area in roster.area],
        "type": roster.types,
        "capacity": room,
    }
    csv.write_csv(pa.table(columns), path)
    return path


def write_facility_days(path: Path, roster: Roster, counted: Population, differences: Differences) -> Path:
    """One row a facility and day of the period, zeros included, with the planted differences, without the
    facility left out.
    """
    midnight, any_time = counted.midnight.copy(), counted.any_time.copy()
    for place, day, is_midnight, difference in differences.cells:
        (midnight if is_midnight else any_time)[place, day] += difference
    kept = np.array(
        [place for place in range(len(counted.facility)) if place != differences.absent], dtype=np.int64
    )
    facility = np.repeat(counted.facility[kept], DAYS).astype(np.int16)
    days = np.tile(np.arange(FIRST_DAY, FIRST_DAY + DAYS, dtype=np.int32), len(kept))
    columns = {
        "detention_facility_code": (
            pa.DictionaryArray.from_arrays(pa.array(facility), pa.array(roster.codes)).cast(pa.string())
        ),
        "date": pa.array(days).view(pa.date32()),
        "n_detained": pa.array(any_time[kept].ravel()),
        "n_detained_at_midnight": pa.array(midnight[kept].ravel()),
        "detention_facility": (
            pa.DictionaryArray.from_arrays(pa.array(facility), pa.array(roster.names)).cast(pa.string())
        ),
    }
    if path.suffix == ".csv":
        csv.write_csv(pa.table(columns), path)
    else:
        pq.write_table(pa.table(columns), path, compression="zstd", store_schema=False)
    return path
