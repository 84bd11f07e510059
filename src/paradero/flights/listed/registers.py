"""Aircraft registers: which registration, operator and type a hex code had, and from when to when. Read from
CSV, each row with its address.

A register without dates says what was so when it was made, and nothing of when that was: its rows fit any
day, and say `undated`. An aircraft whose rows name several registrations or operators for the days asked
about has several, and none of them is chosen.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from paradero.flights.listed.listed import Unread
from paradero.flights.tracks.positions import content_of
from paradero.model.errors import SourceError
from paradero.model.time.clock import us_of

_DAY_US = 86_400_000_000
_HEX = re.compile(r"[0-9a-f]{6}")

# the headers of each field, in small letters; the first that is there is taken
HEADERS: Mapping[str, tuple[str, ...]] = {
    "hex": ("hex", "icao24", "modes", "mode_s", "mode s code hex", "icao"),
    "registration": ("registration", "tail", "n-number", "n_number", "reg"),
    "operator": ("operator", "registeredowners", "owner", "registrant", "name"),
    "aircraft_type": ("aircraft_type", "icaotypecode", "typecode", "type"),
    "valid_from": ("valid_from", "from", "from_date"),
    "valid_until": ("valid_until", "until", "to", "to_date"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of a register. `lo` and `hi` are the first and last UTC microsecond it can hold for, None where
    it does not say.
    """

    file: str
    row: int
    hex: str | None
    registration: str | None
    operator: str | None
    aircraft_type: str | None
    lo: int | None
    hi: int | None

    @property
    def address(self) -> str:
        """File and row."""
        return f"{self.file}:{self.row}"

    def holds(self, lo: int | None, hi: int | None) -> bool:
        """Whether it can hold at some instant between two, None being no bound."""
        return not (self.hi is not None and lo is not None and self.hi < lo) and not (
            self.lo is not None and hi is not None and self.lo > hi
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What registers say of one aircraft at one time. Of each field the one value, None where there is none
    or several; `alternatives` has those of which there are several.

    `rows` are the addresses it rests on, `is_undated` says that none of them has dates.
    """

    hex: str | None
    registration: str | None
    operator: str | None
    aircraft_type: str | None
    alternatives: Mapping[str, tuple[str, ...]]
    rows: tuple[str, ...]
    is_undated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Entries of any number of register files, and what was not read of them."""

    entries: tuple[Entry, ...]
    unread: tuple[Unread, ...]

    def identity(
        self, *, hex_code: str | None, registration: str | None, lo: int | None, hi: int | None
    ) -> Identity | None:
        """What is known of an aircraft, by its hex code or else its registration, between two instants; None
        where no entry fits.
        """
        found = [one for one in self.entries if one.holds(lo, hi) and _is(one, hex_code, registration)]
        if not found:
            return None
        values = {
            name: tuple(sorted({value for one in found if (value := getattr(one, name))}))
            for name in ("hex", "registration", "operator", "aircraft_type")
        }
        return Identity(
            **{name: one[0] if len(one) == 1 else None for name, one in values.items()},
            alternatives={name: one for name, one in values.items() if len(one) > 1},
            rows=tuple(one.address for one in found),
            is_undated=all(one.lo is None and one.hi is None for one in found),
        )


def _is(entry: Entry, hex_code: str | None, registration: str | None) -> bool:
    if hex_code is not None and entry.hex is not None:
        return entry.hex == hex_code.lower()
    return (
        registration is not None
        and entry.registration is not None
        and plain_tail(entry.registration) == plain_tail(registration)
    )


def plain_tail(registration: str) -> str:
    """A registration as it is compared: capitals, no hyphen."""
    return registration.replace("-", "").strip().upper()


def read_registers(paths: Iterable[Path]) -> Register:
    """The entries of register files. Raises SourceError where a file has neither hex codes with registrations
    nor is CSV.
    """
    entries: list[Entry] = []
    unread: list[Unread] = []
    for path in sorted(paths):
        found, untold = _read(path)
        entries += found
        unread += untold
    return Register(entries=tuple(entries), unread=tuple(unread))


def _read(path: Path) -> tuple[list[Entry], list[Unread]]:
    try:
        rows = list(csv.reader(io.StringIO(content_of(path).decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        raise SourceError(
            f"{path}: not comma-separated text in UTF-8 ({error}). Save the register again as such."
        ) from error
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    places = {
        name: header.index(found)
        for name, named in HEADERS.items()
        if (found := next((one for one in named if one in header), None)) is not None
    }
    if not {"hex", "registration"} <= set(places):
        columns = f"the columns {', '.join(header[:10])}" if header else "no columns"
        raise SourceError(
            f"{path}: the register has {columns}, without hex or registration. Rename its headers."
        )
    entries: list[Entry] = []
    unread: list[Unread] = []
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        cells = {name: row[place].strip() if place < len(row) else "" for name, place in places.items()}
        made, untold = _entry(path.name, number, cells)
        unread += untold
        entries += [made] if made is not None else []
    return entries, unread


def _entry(file: str, number: int, cells: Mapping[str, str]) -> tuple[Entry | None, list[Unread]]:
    unread = []
    code = cells["hex"].lower()
    if code and not _HEX.fullmatch(code):
        unread.append(
            Unread(file=file, row=number, column="hex", value=cells["hex"], expected="six hexadecimal digits")
        )
        code = ""
    bounds: dict[str, int | None] = {"valid_from": None, "valid_until": None}
    for name in bounds:
        text = cells.get(name, "")
        try:
            day = dt.date.fromisoformat(text) if text else None
        except ValueError:
            unread.append(
                Unread(
                    file=file,
                    row=number,
                    column=name,
                    value=text,
                    expected="a day, as 2025-03-15; the entry is left out, since it may not hold",
                )
            )
            return None, unread
        if day is not None:
            # whose day it is the register does not say: a bound reaches as far as any clock on earth
            begin = us_of(dt.datetime(day.year, day.month, day.day))
            bounds[name] = (
                begin - 14 * _DAY_US // 24
                if name == "valid_from"
                else begin + _DAY_US - 1 + 12 * _DAY_US // 24
            )
    if not code and not cells["registration"]:
        unread.append(
            Unread(file=file, row=number, column="hex", value="", expected="a hex code or a registration")
        )
        return None, unread
    return (
        Entry(
            file=file,
            row=number,
            hex=code or None,
            registration=cells["registration"] or None,
            operator=cells.get("operator") or None,
            aircraft_type=cells.get("aircraft_type") or None,
            lo=bounds["valid_from"],
            hi=bounds["valid_until"],
        ),
        unread,
    )
