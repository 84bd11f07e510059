"""Flights made up with known truth: where and when they took off and landed, and the positions that a good
network of receivers would have.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from paradero.flights.places.airports import Airport, airports
from paradero.flights.places.geometry import bearing, destination, sphere_km
from paradero.flights.tracks.tracks import AIR, GROUND, Track, track_of

MINUTE = 60_000_000
_CIRCUIT_KM = 6.0 + 7.0 + 21.0 + 7.0 + 15.0  # over the far end, across, downwind, base, final


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What really happened: instants in UTC microseconds, airports by code."""

    takeoff: int
    landing: int
    origin: str
    destination: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One flight: its way from runway to runway, how high and fast, what happens on it."""

    origin: Airport
    destination: Airport
    depart: int
    cruise_ft: float = 33_000.0
    cruise_kt: float = 440.0
    climb_fpm: float = 1_900.0
    descent_fpm: float = 1_500.0
    slow_kt: float = 140.0
    every_s: int = 10
    taxi_minutes: int = 8
    pressure_ft: float = 0.0
    go_arounds: int = 0
    hold_minutes: float = 0.0  # a multiple of four: whole circles
    runway: float = 90.0


def us_of(text: str) -> int:
    return round(dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC).timestamp()) * 1_000_000


def flown(
    plan: Plan, *, hex_code: str = "a00001", flags_ground: bool = True, callsign: bytes = b"XYZ1"
) -> tuple[Track, Truth]:
    """The positions of a plan, and the truth."""
    lat, lon = _way(plan)
    step_km = sphere_km(lat[:-1], lon[:-1], lat[1:], lon[1:])
    along = np.r_[0.0, np.cumsum(step_km)]
    total = float(along[-1])
    hold = plan.hold_minutes
    seconds, km = _pace(plan, total)
    altitude = _heights(plan, seconds, km, total)
    lon = np.unwrap(lon, period=360)
    place_lat, place_lon = np.interp(km, along, lat), np.interp(km, along, lon)
    if hold:
        seconds, km, altitude, place_lat, place_lon = _held(
            plan, seconds, km, altitude, place_lat, place_lon, total
        )
    speed = np.gradient(km, seconds) * 3600 / 1.852 if not hold else np.full(len(km), plan.cruise_kt / 2)
    n = len(seconds)
    took_off = plan.depart + plan.taxi_minutes * MINUTE
    us = took_off + (seconds * 1e6).astype("i8")
    pieces = [
        _ground(plan, plan.origin, plan.depart, took_off),
        {
            "us": us, "lat": place_lat, "lon": (place_lon + 180) % 360 - 180, "altitude_ft": np.round((altitude + plan.pressure_ft) / 25) * 25, "speed_kt": speed,
            "heading": _headings(place_lat, place_lon), "rate_fpm": np.gradient(altitude, seconds) * 60, "ground": np.full(n, AIR),
        },
        _ground(plan, plan.destination, int(us[-1]) + 2_000_000, int(us[-1]) + plan.taxi_minutes * MINUTE),
    ]  # fmt: skip
    columns = {name: np.concatenate([piece[name] for piece in pieces]) for name in pieces[1]}
    if not flags_ground:
        del columns["ground"]
    columns["callsign"] = np.full(len(columns["us"]), callsign, "S8")
    track = track_of(hex_code, columns, files=("made",), flags={})
    return track, Truth(
        takeoff=took_off, landing=int(us[-1]), origin=plan.origin.icao, destination=plan.destination.icao
    )


def _way(plan: Plan) -> tuple[np.ndarray, np.ndarray]:
    """A fine line: runway heading out, the great circle, a base turn, the final; each go-around adds a
    circuit.
    """
    far = float(sphere_km(plan.origin.lat, plan.origin.lon, plan.destination.lat, plan.destination.lon))
    stretch = min(15.0, far / 8)
    out = destination(plan.origin.lat, plan.origin.lon, plan.runway, stretch)
    final = destination(plan.destination.lat, plan.destination.lon, (plan.runway + 60) % 360, stretch)
    points = [(plan.origin.lat, plan.origin.lon), out, final, (plan.destination.lat, plan.destination.lon)]
    for _ in range(plan.go_arounds):
        over = destination(plan.destination.lat, plan.destination.lon, (plan.runway + 240) % 360, 6.0)
        side = destination(*over, (plan.runway + 150) % 360, 7.0)
        back = destination(*final, (plan.runway + 150) % 360, 7.0)
        points += [over, side, back, final, (plan.destination.lat, plan.destination.lon)]
    lat, lon = [np.array([points[0][0]])], [np.array([points[0][1]])]
    for a, b in pairwise(points):
        km = float(sphere_km(a[0], a[1], b[0], b[1]))
        share = np.linspace(0, 1, max(2, int(km / 3)))[1:]
        found = destination(a[0], a[1], bearing(a[0], a[1], b[0], b[1]), share * km)
        lat.append(np.asarray(found[0]))
        lon.append(np.asarray(found[1]))
    return np.concatenate(lat), np.concatenate(lon)


def _pace(plan: Plan, total: float) -> tuple[np.ndarray, np.ndarray]:
    """Seconds and kilometres flown: slow near both runways, fast between."""
    km = np.linspace(0, total, max(50, int(total * 4)))
    ramp = min(120.0, total / 2)
    share = np.clip(np.minimum(km, total - km) / ramp, 0, 1)
    knots = plan.slow_kt + (plan.cruise_kt - plan.slow_kt) * share
    seconds = np.r_[0, np.cumsum(np.diff(km) / (knots[1:] * 1.852) * 3600)]
    even = np.arange(0, seconds[-1], plan.every_s, dtype="f8")
    even = np.r_[even, seconds[-1]] if seconds[-1] - even[-1] > 1 else even
    return even, np.interp(even, seconds, km)


def _heights(plan: Plan, seconds: np.ndarray, km: np.ndarray, total: float) -> np.ndarray:
    up = plan.origin.elevation_ft + seconds / 60 * plan.climb_fpm
    down = plan.destination.elevation_ft + (seconds[-1] - seconds) / 60 * plan.descent_fpm
    height = np.minimum(np.minimum(up, down), plan.cruise_ft)
    if plan.go_arounds:
        circuit = plan.destination.elevation_ft + 2_000.0
        begun = np.argmax(km > total - 75 * plan.go_arounds)
        passes = [np.abs(km - (total - _CIRCUIT_KM * (number + 1))) for number in range(plan.go_arounds)]
        low = plan.destination.elevation_ft + 300.0 + np.minimum.reduce(passes) * 300
        late = np.arange(len(km)) >= begun
        height = np.where(
            late,
            np.minimum(height, np.minimum(np.maximum(low, plan.destination.elevation_ft + 300), circuit)),
            height,
        )
        last = plan.destination.elevation_ft + (seconds[-1] - seconds) / 60 * plan.descent_fpm
        height = np.minimum(height, last)
    return height


def _held(
    plan: Plan,
    seconds: np.ndarray,
    km: np.ndarray,
    altitude: np.ndarray,
    lat: np.ndarray,
    lon: np.ndarray,
    total: float,
) -> tuple[np.ndarray, ...]:
    """Circles of four minutes flown where 60 km remain."""
    place = int(np.argmax(km > max(total - 60.0, total * 0.6)))
    n = int(plan.hold_minutes * 60 / plan.every_s)
    turn = np.arange(1, n + 1) * plan.every_s / 240 * 360
    middle = destination(lat[place], lon[place], 90.0, 6.0)
    ring = destination(middle[0], middle[1], (270 + turn) % 360, 6.0)
    later = n * plan.every_s
    return (
        np.r_[
            seconds[: place + 1],
            seconds[place] + np.arange(1, n + 1) * plan.every_s,
            seconds[place + 1 :] + later,
        ],
        np.r_[km[: place + 1], np.full(n, km[place]), km[place + 1 :]],
        np.r_[altitude[: place + 1], np.full(n, altitude[place]), altitude[place + 1 :]],
        np.r_[lat[: place + 1], ring[0], lat[place + 1 :]],
        np.r_[lon[: place + 1], ring[1], lon[place + 1 :]],
    )


def _headings(lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    found = bearing(lat[:-1], lon[:-1], lat[1:], lon[1:])
    return np.r_[found, found[-1:]]


def _ground(plan: Plan, at: Airport, begin: int, end: int) -> dict[str, np.ndarray]:
    us = np.arange(begin, end, plan.every_s * 1_000_000, dtype="i8")
    n = len(us)
    away = destination(
        at.lat,
        at.lon,
        plan.runway,
        np.linspace(0.9, 0.05, n) if at is plan.origin else np.linspace(0.05, 0.9, n),
    )
    return {
        "us": us, "lat": away[0], "lon": away[1], "altitude_ft": np.full(n, np.round((at.elevation_ft + plan.pressure_ft) / 25) * 25), "speed_kt": np.full(n, 12.0), "heading": np.full(n, plan.runway),
        "rate_fpm": np.full(n, np.nan), "ground": np.full(n, GROUND),
    }  # fmt: skip


def drawn(chance: random.Random, *, is_light: bool) -> Plan:
    """A plan by chance: an airliner between scheduled airports, or a light aircraft between any two near
    ones.
    """
    among = airports()
    while True:
        origin = chance.choice(among.all)
        if abs(origin.lat) > 70 or (not is_light and not origin.is_scheduled):
            continue
        low, high = (15.0, 250.0) if is_light else (200.0, 3_500.0)
        places, km = among.near(origin.lat, origin.lon, high)
        fits = [
            int(place)
            for place, far in zip(places, km, strict=True)
            if far > low and (is_light or among.all[int(place)].is_scheduled)
        ]
        if fits:
            break
    to = among.all[chance.choice(fits)]
    depart = us_of("2025-03-15T00:00:00") + chance.randrange(86_400) * 1_000_000
    top = max(origin.elevation_ft, to.elevation_ft)
    if is_light:
        return Plan(
            origin=origin, destination=to, depart=depart, cruise_ft=top + chance.uniform(1_500, 6_000), cruise_kt=chance.uniform(80, 150), climb_fpm=700,
            descent_fpm=600, slow_kt=65, every_s=chance.choice((5, 10, 30)), pressure_ft=chance.uniform(-600, 600), runway=chance.uniform(0, 360),
        )  # fmt: skip
    return Plan(
        origin=origin, destination=to, depart=depart, cruise_ft=max(top + 8_000, chance.uniform(18_000, 41_000)), cruise_kt=chance.uniform(280, 500),
        climb_fpm=chance.uniform(1_200, 3_000), descent_fpm=chance.uniform(1_000, 2_200), every_s=chance.choice((5, 10, 30)),
        pressure_ft=chance.uniform(-700, 700), runway=chance.uniform(0, 360), go_arounds=int(chance.random() < 0.05),
        hold_minutes=4.0 * chance.randint(1, 6) if chance.random() < 0.1 else 0.0,
    )  # fmt: skip
