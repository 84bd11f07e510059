"""Airports: where they are, how high, and which are near a place. Data: the package `airportsdata` (MIT),
which has no runways.

An airport's place is its reference point, up to 4 km from the ends of its runways. `airport_codes.csv` adds
codes that the package lacks: a field's former code, or that of its other user.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import airportsdata
import numpy as np

from paradero.flights.places.geometry import EARTH_KM, SPHERE_ERROR, sphere_km
from paradero.flights.tracks.tracks import Floats, Places, Truth
from paradero.model.errors import UnknownName

_DEGREE_KM = EARTH_KM * np.pi / 180


@dataclass(frozen=True, slots=True, kw_only=True)
class Airport:
    """One airport: ICAO code (or the code of its country where it has none), place, field elevation in feet,
    IANA time zone.

    `other_codes` are codes under which the same field is known, `is_scheduled` says that it has an IATA code:
    our only sign of its size.
    """

    icao: str
    name: str
    city: str
    country: str
    lat: float
    lon: float
    elevation_ft: float
    zone: str
    iata: str | None
    other_codes: tuple[tuple[str, str], ...] = ()

    @property
    def is_scheduled(self) -> bool:
        return self.iata is not None

    def code_on(self, day: str) -> str:
        """The code in use on a day (`2024-08-12`): a former one before it was changed."""
        return next((code for code, until in self.other_codes if until and day < until), self.icao)


@dataclass(frozen=True)  # with room for what is worked out once
class Airports:
    """All airports in order of latitude, so that those near a place are a short stretch of the columns."""

    all: tuple[Airport, ...]
    lat: Floats
    lon: Floats
    elevation_ft: Floats
    is_scheduled: Truth
    toward: Floats  # unit vectors from the middle of the earth, one row an airport

    def km_from(self, lat: float, lon: float) -> Floats:
        """Distance in km on the sphere from a place to every airport; good to a metre."""
        return np.asarray(
            EARTH_KM * np.arccos(np.clip(self.toward @ _units(np.array([lat]), np.array([lon]))[0], -1, 1)),
            "f8",
        )

    def near(self, lat: float, lon: float, radius_km: float) -> tuple[Places, Floats]:
        """Places in `all` of the airports within a radius, and their distances in km on the sphere, nearest
        first. The radius is generous by 0.6 %.
        """
        reach = radius_km * (1 + SPHERE_ERROR)
        begin, end = np.searchsorted(
            self.lat, [lat - reach / _DEGREE_KM - 1e-9, lat + reach / _DEGREE_KM + 1e-9]
        )
        km = sphere_km(lat, lon, self.lat[begin:end], self.lon[begin:end])
        within = np.flatnonzero(km <= reach)
        order = within[np.argsort(km[within], kind="stable")]
        return order + begin, km[order]

    def n_near(self, lat: float, lon: float, radius_km: float) -> int:
        """How many airports are within a radius."""
        return int(np.count_nonzero(self.km_from(lat, lon) <= radius_km * (1 + SPHERE_ERROR)))

    def nearest(self, lat: float, lon: float) -> Airport:
        """The airport nearest to a place."""
        radius = 50.0
        while True:
            found, _ = self.near(lat, lon, radius)
            if len(found):
                return self.all[int(found[0])]
            radius *= 4

    def named(self, code: str) -> Airport:
        """The airport of an ICAO, IATA or former code; raises UnknownName."""
        found = self._by_code.get(code.strip().upper())
        if found is None:
            raise UnknownName(
                f"`{code}` is not the ICAO or IATA code of an airport. Look for its name in the package"
                " airportsdata."
            )
        return found

    @cached_property
    def _by_code(self) -> dict[str, Airport]:
        """Airports by ICAO code, by former code, by IATA code: of one code in two of these, by the first."""
        icao = ((one.icao, one) for one in self.all)
        former = ((code, one) for one in self.all for code, _ in one.other_codes)
        iata = ((one.iata, one) for one in self.all if one.iata is not None)
        found: dict[str, Airport] = {}
        for code, one in itertools.chain(icao, former, iata):
            found.setdefault(code, one)
        return found

    def fields_about(self, lat: Floats, lon: Floats, radius_km: float) -> tuple[Floats, Floats]:
        """Lowest and highest field elevation in feet within a radius of each place (cells of a twentieth of a
        degree); nan where there is no airport.
        """
        cells, inverse = np.unique(
            np.round(np.column_stack([lat, lon]) * 20).astype("i8"), axis=0, return_inverse=True
        )
        low, high = np.full(len(cells), np.nan), np.full(len(cells), np.nan)
        for number, (row, column) in enumerate(cells):
            found, _ = self.near(
                row / 20, column / 20, radius_km + 4
            )  # a cell's corner is up to 4 km from its middle
            if len(found):
                low[number], high[number] = self.elevation_ft[found].min(), self.elevation_ft[found].max()
        return low[inverse.reshape(-1)], high[inverse.reshape(-1)]


@cache
def airports() -> Airports:
    """All known airports, read once when first asked for."""
    return indexed(_read())


def indexed(found: Iterator[Airport] | list[Airport]) -> Airports:
    """An index of any airports, for tests and for a casefile's own list."""
    everything = tuple(sorted(found, key=lambda one: (one.lat, one.lon, one.icao)))
    columns = np.array([(one.lat, one.lon, one.elevation_ft) for one in everything], "f8").reshape(-1, 3)
    is_scheduled = np.array([one.is_scheduled for one in everything], "?")
    return Airports(
        everything,
        columns[:, 0],
        columns[:, 1],
        columns[:, 2],
        is_scheduled,
        _units(columns[:, 0], columns[:, 1]),
    )


def _units(lat: Floats, lon: Floats) -> Floats:
    a, b = np.radians(lat), np.radians(lon)
    return np.column_stack([np.cos(a) * np.cos(b), np.cos(a) * np.sin(b), np.sin(a)])


def _read() -> Iterator[Airport]:
    with files("paradero.flights.places").joinpath("airport_codes.csv").open(encoding="utf-8") as lines:
        codes: dict[str, tuple[tuple[str, str], ...]] = {}
        for row in csv.DictReader(lines):
            codes[row["icao"]] = (*codes.get(row["icao"], ()), (row["other_code"], row["used_until"]))
    for icao, found in airportsdata.load("ICAO").items():
        given: Any = found
        yield Airport(
            icao=icao,
            name=given["name"],
            city=given["city"],
            country=given["country"],
            lat=given["lat"],
            lon=given["lon"],
            elevation_ft=given["elevation"],
            zone=given["tz"],
            iata=given["iata"] or None,
            other_codes=codes.get(icao, ()),
        )
