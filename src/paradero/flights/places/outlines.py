"""Outlines of countries, from Natural Earth 1:50 million (public domain), read when first asked for.
natural_earth/README.md says how exact they are.

The file is TopoJSON: arcs of whole numbers, each a difference to the one before, to be scaled and moved; a
ring is a list of arcs, `~n` the n-th backward. Source: the TopoJSON specification, sections 2.1.2 and 2.1.4.
"""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
import numpy as np

from paradero.flights.places.geometry import EARTH_KM
from paradero.flights.tracks.tracks import Floats
from paradero.model.errors import UnknownName

OUTLINE_ERROR_M = 15_000.0
_DEGREE_KM = EARTH_KM * np.pi / 180


@dataclass(frozen=True, slots=True)
class Outline:
    """One country: its rings (longitude, latitude in degrees; a ring over the 180th meridian runs on beyond
    it) and the box about each.
    """

    name: str
    alpha2: str
    numeric: str
    rings: tuple[Floats, ...]
    boxes: Floats  # west, east, south, north, one row a ring

    def contains(self, lat: float, lon: float) -> bool:
        """Whether a place is within the outline, holes and exclaves counted (even-odd rule)."""
        n_crossed = 0
        for x in (lon, lon - 360, lon + 360):
            near = np.flatnonzero(
                (self.boxes[:, 0] <= x)
                & (self.boxes[:, 1] >= x)
                & (self.boxes[:, 2] <= lat)
                & (self.boxes[:, 3] >= lat)
            )
            n_crossed += sum(_crossed(self.rings[one], x, lat) for one in near)
        return n_crossed % 2 == 1

    def km_to_edge(self, lat: float, lon: float, within_km: float) -> float:
        """Distance to the outline, from within or without; infinite where it is farther than `within_km`
        (some hundred km at most: the earth is taken flat).
        """
        reach_lat = within_km / _DEGREE_KM
        reach_lon = reach_lat / max(0.05, float(np.cos(np.radians(lat))))
        best = np.inf
        for x in (lon, lon - 360, lon + 360):
            box = self.boxes
            near = (
                (box[:, 0] <= x + reach_lon)
                & (box[:, 1] >= x - reach_lon)
                & (box[:, 2] <= lat + reach_lat)
                & (box[:, 3] >= lat - reach_lat)
            )
            for one in np.flatnonzero(near):
                best = min(best, _km_to(self.rings[one], x, lat))
        return best if best <= within_km else float("inf")


def outline_of(code: str) -> Outline:
    """The outline of a country by its ISO 3166 code (US, 840) or its name in Natural Earth; raises
    UnknownName with near ones.
    """
    wanted = code.strip().lower()
    for one in outlines():
        if wanted in (one.alpha2.lower(), one.numeric, one.name.lower()) and wanted:
            return one
    near = difflib.get_close_matches(code, [one.name for one in outlines()], n=3, cutoff=0.4)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    raise UnknownName(
        f"`{code}` is not a country. Write its ISO 3166 code or its name in Natural Earth.{hint}"
    )


@cache
def outlines() -> Sequence[Outline]:
    """All outlines, by name."""
    folder = files("paradero.flights.places").joinpath("natural_earth")
    with folder.joinpath("countries.csv").open(encoding="utf-8") as lines:
        codes = {row["name"]: row for row in csv.DictReader(lines)}
    made = [
        _outline(each, arcs, codes[each["properties"]["name"]])
        for each, arcs in _read(folder.joinpath("countries-50m.json").read_bytes(), "countries")
    ]
    return tuple(sorted(made, key=lambda one: one.name))


@cache
def state_outlines() -> Sequence[Outline]:
    """The outlines of the states of the United States, by name: for maps. us_states/README.md says whose
    they are.
    """
    path = files("paradero.flights.places").joinpath("us_states", "states-10m.json")
    made = [
        _outline(each, arcs, {"name": each["properties"]["name"], "alpha2": "", "numeric": each["id"]})
        for each, arcs in _read(path.read_bytes(), "states")
    ]
    return tuple(sorted(made, key=lambda one: one.name))


def _read(topology: bytes, objects: str) -> Iterator[tuple[dict[str, Any], list[Floats]]]:
    """The geometries of a TopoJSON file, each with the arcs that all of them share."""
    found = msgspec.json.decode(topology)
    scale, offset = np.array(found["transform"]["scale"]), np.array(found["transform"]["translate"])
    arcs = [np.cumsum(np.array(arc, "f8"), axis=0) * scale + offset for arc in found["arcs"]]
    for each in found["objects"][objects]["geometries"]:
        yield each, arcs


def _outline(geometry: dict[str, Any], arcs: list[Floats], row: dict[str, str]) -> Outline:
    is_many = geometry["type"] == "MultiPolygon"
    polygons = geometry["arcs"] if is_many else [geometry["arcs"]]
    rings = tuple(_ring(ring, arcs) for polygon in polygons for ring in polygon)
    boxes = np.array(
        [(ring[:, 0].min(), ring[:, 0].max(), ring[:, 1].min(), ring[:, 1].max()) for ring in rings]
    )
    return Outline(row["name"], row["alpha2"], row["numeric"], rings, boxes)


def _ring(numbers: object, arcs: list[Floats]) -> Floats:
    parts = [arcs[one] if one >= 0 else arcs[~one][::-1] for one in numbers]  # type: ignore[attr-defined]
    line = np.concatenate(parts)
    lon = np.degrees(np.unwrap(np.radians(line[:, 0])))
    ring = np.column_stack([lon, line[:, 1]])
    if abs(lon[-1] - lon[0]) > 180:  # it goes about a pole: closed along it
        pole = -90.0 if line[:, 1].mean() < 0 else 90.0
        ring = np.concatenate([ring, [[lon[-1], pole], [lon[0], pole], ring[0]]])
    return ring


def _crossed(ring: Floats, x: float, y: float) -> int:
    """How many edges of a ring a ray to the east crosses."""
    x1, y1, x2, y2 = ring[:-1, 0], ring[:-1, 1], ring[1:, 0], ring[1:, 1]
    over = np.flatnonzero((y1 > y) != (y2 > y))
    return int(
        np.count_nonzero(x < x1[over] + (x2[over] - x1[over]) * (y - y1[over]) / (y2[over] - y1[over]))
    )


def _km_to(ring: Floats, x: float, y: float) -> float:
    """Distance to the nearest edge of a ring on a plane that touches the earth at the place."""
    begin = (ring - (x, y)) * (np.cos(np.radians(y)) * _DEGREE_KM, _DEGREE_KM)
    edge = np.diff(begin, axis=0)
    begin = begin[:-1]
    along = np.clip(-(begin * edge).sum(axis=1) / np.maximum((edge * edge).sum(axis=1), 1e-12), 0, 1)
    nearest = begin + edge * along[:, None]
    return float(np.sqrt((nearest * nearest).sum(axis=1).min()))
