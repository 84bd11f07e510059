"""Which rows below a header are no records: repeated headers, totals and notes, lines drawn under headings,
cells that stand beside the table.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from importlib.resources import files

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from paradero.sources.fitting import Fit
from paradero.sources.held import Flags, Held, Texts, flags
from paradero.sources.values.readings import Rows
from paradero.sources.values.spelled_dates import spelled

_LONGEST_CODE = 60  # letters; what is longer and made of words is a note below the table


class _Begins(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    begins: list[str]


@functools.cache
def _pattern() -> re.Pattern[str]:
    listed = msgspec.toml.decode(
        (files("paradero.sources.sheets") / "outside.toml").read_bytes(), type=_Begins
    )
    return re.compile("|".join(f"(?:{each})" for each in listed.begins))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """The rows below a header (0-based) by what they are: `beside` hold cells of another table alone, `stray`
    cells under no known header; `blank` counts those that hold nothing.
    """

    records: Rows
    headers: Rows
    notes: Rows
    beside: Rows
    stray: Rows
    blank: int

    @property
    def outside(self) -> int:
        """How many rows hold something and are no record."""
        return len(self.headers) + len(self.notes) + len(self.beside) + len(self.stray)


def sorted_rows(
    fitted: Fit, headers: tuple[str | None, ...], columns: list[Held], first: int, elsewhere: frozenset[int]
) -> Sorted:
    """Part the rows below row `first` into records, repeated headers, notes and totals, and blanks;
    `elsewhere` are the columns of other tables beside.
    """
    every = [held.filled() for held in columns]
    filled = [
        np.zeros_like(cells) if position in elsewhere else cells for position, cells in enumerate(every)
    ]
    needed = [fitted.positions[name] for name in fitted.layout.record_needs if name in fitted.positions]
    known = sorted({*fitted.headed} - {*fitted.unexpected})
    some, own = _any(every), _any(filled)
    below = np.arange(len(some)) >= first
    repeated = _repeated_headers(headers, columns, filled) & below
    notes = notes_among(fitted, columns, filled) & below & ~repeated
    record = _any([filled[position] for position in needed or fitted.headed]) & ~repeated & ~notes
    no_record = below & own & ~record & ~repeated
    stray = no_record & ~notes & ~_any([filled[position] for position in known])
    return Sorted(
        records=np.flatnonzero(below & record),
        headers=np.flatnonzero(repeated),
        notes=np.flatnonzero(no_record & ~stray),
        beside=np.flatnonzero(below & some & ~own),
        stray=np.flatnonzero(stray),
        blank=int((below & ~some).sum()),
    )


def _any(each: list[Flags]) -> Flags:
    total = each[0].copy()
    for more in each[1:]:
        total |= more
    return total


def _repeated_headers(headers: tuple[str | None, ...], columns: list[Held], filled: list[Flags]) -> Flags:
    """Rows that hold the headers again: two or more of them, and nearly nothing else."""
    alike = np.zeros(len(filled[0]), np.int16)
    for position, (header, held) in enumerate(zip(headers, columns, strict=False)):
        if header and isinstance(held, Texts):
            same = _is_text(held.trimmed, header.strip())
            if same.any():
                alike += held.rows_of(same) & filled[position]
    likely = alike >= 2
    if not likely.any():
        return likely
    places = np.flatnonzero(likely)
    count = sum(each[places].astype(np.int32) for each in filled)
    likely[places] = alike[places] * 5 >= np.asarray(count) * 4
    return likely


def _is_text(texts: pa.Array, wanted: str) -> Flags:
    """Which texts are the wanted one, in small letters or capitals."""
    same = flags(pc.equal(pc.utf8_length(texts), len(wanted)))  # a cheap look first
    places = np.flatnonzero(same)
    same[places] = flags(pc.equal(pc.utf8_lower(texts.take(pa.array(places))), wanted.lower()))
    return same


def notes_among(fitted: Fit, columns: list[Held], filled: list[Flags]) -> Flags:
    """Sparse rows whose first cell begins like a total or note and which have no other text; or with one
    cell, prose where a date or a code should be.
    """
    count = np.zeros(len(filled[0]), np.int16)
    for each in filled:
        count += each
    sparse = (count > 0) & (count <= max(2, len(fitted.headed) // 2))
    found = np.zeros(len(sparse), np.bool_)
    if not sparse.any():
        return found
    types = {
        fitted.positions[column.name]: column.type
        for column in fitted.layout.column
        if column.name in fitted.positions
    }
    coded = {at for name, at in fitted.positions.items() if name.endswith("_code")}
    waiting = sparse.copy()
    for position, held in enumerate(columns):
        here = waiting & filled[position]
        waiting &= ~here
        if not isinstance(held, Texts) or not here.any():
            continue
        rows = np.flatnonzero(here)
        codes = np.unique(held.codes[rows])
        texts = dict(zip(codes.tolist(), held.trimmed.take(pa.array(codes)).to_pylist(), strict=True))
        begins = np.array([code for code, text in texts.items() if _pattern().match(text.lower())], np.int64)
        prose = np.array(
            [
                code
                for code, text in texts.items()
                if (types.get(position) == "timestamp" or (position in coded and len(text) > _LONGEST_CODE))
                and _is_prose(text)
            ],
            np.int64,
        )
        alone = rows[np.isin(held.codes[rows], prose) & (count[rows] == 1)]
        marked = rows[np.isin(held.codes[rows], begins)]
        found[alone] = True
        found[marked[[_only_numbers(columns, filled, int(row), position) for row in marked]]] = True
    return found


def _is_prose(text: str) -> bool:
    return len(re.findall(r"[^\W\d_]{3,}", text)) >= 2 and spelled(text) is None


def _only_numbers(columns: list[Held], filled: list[Flags], row: int, first: int) -> bool:
    """Whether the cells behind the first are numbers, further totals or rules."""
    for position in range(first + 1, len(columns)):
        held = columns[position]
        if filled[position][row]:
            text = held.trimmed[int(held.codes[row])].as_py() if isinstance(held, Texts) else ""
            if not re.fullmatch(r"[-+$€(]*[0-9][0-9.,%)]*|[-=_*]+", text) and not _pattern().match(
                text.lower()
            ):
                return False
    return True
