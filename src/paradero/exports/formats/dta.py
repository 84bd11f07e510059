"""Stata (.dta, release 118, Stata 14 and later): names and labels within Stata's limits, clock readings as
`%tc`, days as `%td`, meanings of columns as labels, scope and digest as notes of the data set.

Source: Stata's manual, `help dta`, "Description of .dta file format 118". Numbers are little endian. Stata
tells an empty text from a missing one by nothing: both are empty.
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from paradero.exports.content import Content, quoted
from paradero.exports.statistics_names import INTEGERS, STATA
from paradero.model.safe_text import shown

FOR_SPREADSHEETS = False

_EPOCH, _FIRST_DAY = dt.datetime(1960, 1, 1), dt.date(1960, 1, 1)
_LONGEST, _LABEL = 2_045, 80  # bytes of a text in its cell; letters of a label
_STRL, _DOUBLE, _LONG, _BYTE = 32_768, 65_526, 65_528, 65_530
_MISSING = {
    _DOUBLE: struct.pack("<Q", 0x7FE0000000000000),
    _LONG: struct.pack("<i", 2_147_483_621),
    _BYTE: b"\x65",
}
_MOST_LONG, _LEAST_LONG, _EXACT = 2_147_483_620, -2_147_483_647, 2**53
_MOST_DOUBLE = 8.9884656743e307  # what is above it are Stata's missing values

_Typed = tuple[int, str, Callable[[Any], Any]]


def _milliseconds(value: dt.datetime) -> int:
    return (value - _EPOCH) // dt.timedelta(milliseconds=1)


_TYPES: dict[str, _Typed] = {
    "BOOLEAN": (_BYTE, "%8.0g", int),
    "DATE": (_LONG, "%td", lambda value: (value - _FIRST_DAY).days),
    "TIMESTAMP": (_DOUBLE, "%tc", _milliseconds),
    "DOUBLE": (_DOUBLE, "%20.0g", float),
    "FLOAT": (_DOUBLE, "%20.0g", float),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measure:
    """Of the values of a column: bytes of the longest as text, where a zero byte takes four; of numbers the
    ends.
    """

    longest: int = 0
    least: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Variable:
    """A column: its name in Stata, its type, how it is shown, its label, and what makes a value of it."""

    name: str
    code: int
    shown: str
    label: str
    value: Callable[[Any], float | int | bytes | None]

    @property
    def size(self) -> int:
        sizes = {_STRL: 8, _DOUBLE: 8, _LONG: 4, _BYTE: 1}
        return sizes.get(self.code, self.code)


def write(content: Content, path: Path) -> str | None:
    """Write the rows, and give what was renamed, cut or is not told apart, as a sentence; None where nothing
    was.
    """
    names, renamed = STATA.names_of(content.relation.columns)
    variables, cut = _variables(content, names)
    n_rows = int(content.relation.count("*").fetchall()[0][0])
    with path.open("wb") as file:
        marks = [0]
        file.write(b"<stata_dta>" + _header(content, len(variables), n_rows))
        marks.append(file.tell())
        file.write(b"<map>" + bytes(8 * 14) + b"</map>")
        for part in _parts(content, variables):
            marks.append(file.tell())
            file.write(part)
        marks.append(file.tell())
        long_texts = list(_rows(file, content, variables))
        marks.append(file.tell())
        file.write(b"<strls>" + b"".join(long_texts) + b"</strls>")
        marks.append(file.tell())
        file.write(b"<value_labels></value_labels>")
        marks.append(file.tell())
        file.write(b"</stata_dta>")
        marks.append(file.tell())
        file.seek(marks[1])
        file.write(b"<map>" + struct.pack("<14Q", *marks) + b"</map>")
    said = [f"{old} is {new}" for old, new in renamed]
    told = [f"renamed for Stata: {', '.join(said)}"] if said else []
    told += [f"labels cut to {_LABEL} letters: {', '.join(cut)}"] if cut else []
    told += (
        ["an empty text and a missing one are the same in Stata"]
        if any(_is_text(one) for one in variables)
        else []
    )
    return "; ".join(told) or None


def _is_text(one: _Variable) -> bool:
    return one.code <= _STRL


def _header(content: Content, n_columns: int, n_rows: int) -> bytes:
    label = _cut(content.name).encode()
    return (
        b"<header><release>118</release><byteorder>LSF</byteorder><K>"
        + struct.pack("<H", n_columns)
        + b"</K><N>"
        + struct.pack("<Q", n_rows)
        + b"</N><label>"
        + struct.pack("<H", len(label))
        + label
        + b"</label><timestamp>\x00</timestamp></header>"  # the time of writing would change the bytes
    )


def _parts(content: Content, variables: Sequence[_Variable]) -> Iterator[bytes]:
    """From the types of variables to the notes, in the order of the format."""
    yield (
        b"<variable_types>"
        + b"".join(struct.pack("<H", one.code) for one in variables)
        + b"</variable_types>"
    )
    yield b"<varnames>" + b"".join(_field(one.name, 129) for one in variables) + b"</varnames>"
    yield b"<sortlist>" + bytes(2 * (len(variables) + 1)) + b"</sortlist>"
    yield b"<formats>" + b"".join(_field(one.shown, 57) for one in variables) + b"</formats>"
    yield b"<value_label_names>" + bytes(129 * len(variables)) + b"</value_label_names>"
    yield b"<variable_labels>" + b"".join(_field(one.label, 321) for one in variables) + b"</variable_labels>"
    notes = [f"{key}: {shown(value)}" for key, value in content.note.items()]
    said = [("note0", str(len(notes))), *((f"note{place}", note) for place, note in enumerate(notes, 1))]
    yield b"<characteristics>" + b"".join(_note(name, text) for name, text in said) + b"</characteristics>"


def _note(name: str, text: str) -> bytes:
    """A characteristic of the data set: Stata's `notes` prints those that are called so."""
    body = _field("_dta", 129) + _field(name, 129) + text.encode() + b"\x00"
    return b"<ch>" + struct.pack("<I", len(body)) + body + b"</ch>"


def _field(text: str, size: int) -> bytes:
    return text.encode()[: size - 1].ljust(size, b"\x00")


def _cut(text: str) -> str:
    return text if len(text) <= _LABEL else text[: _LABEL - 1].rstrip() + "…"


def _variables(content: Content, names: Sequence[str]) -> tuple[list[_Variable], list[str]]:
    """The variables of the columns, and the names of those whose label was cut."""
    meanings = content.meanings
    measured = _measured(content)
    found, cut = [], []
    for name, (column, kind) in zip(names, content.kinds.items(), strict=True):
        label = shown(meanings.get(column, column if column != name else ""))
        cut += [name] if len(label) > _LABEL else []
        code, how, value = _typed(kind, measured.get(column, _Measure()))
        found.append(_Variable(name=name, code=code, shown=how, label=_cut(label), value=value))
    return found, cut


def _typed(kind: str, measure: _Measure) -> _Typed:
    """The type of a column's values, how Stata shows them, and what makes them."""
    if kind in _TYPES:
        return _TYPES[kind]
    if kind in INTEGERS:
        if measure.least >= _LEAST_LONG and measure.most <= _MOST_LONG:
            return _LONG, "%12.0g", int
        if (
            max(-measure.least, measure.most) <= _EXACT
        ):  # a double has no room for more digits: they stay text
            return _DOUBLE, "%20.0g", float
    elif kind.startswith("DECIMAL"):
        return _DOUBLE, "%20.0g", float
    longest = measure.longest
    code = max(longest, 1) if longest <= _LONGEST else _STRL
    return code, f"%{min(max(longest, 9), 80)}s", lambda value: str(value).replace("\x00", "\\x00").encode()


def _measured(content: Content) -> dict[str, _Measure]:
    """The measure of columns whose type rests on their values, all in one reading of the rows."""
    wanted: dict[str, list[str]] = {}
    for column, kind in content.kinds.items():
        if kind in _TYPES or kind.startswith("DECIMAL"):
            continue
        text = quoted(column)
        ends = [f"min({text})", f"max({text})"] if kind in INTEGERS else ["NULL", "NULL"]
        wanted[column] = [f"max(strlen(replace(CAST({text} AS VARCHAR), chr(0), '0000')))", *ends]
    if not wanted:
        return {}
    (row,) = content.relation.aggregate(", ".join(itertools.chain(*wanted.values()))).fetchall()
    found = (int(value or 0) for value in row)
    return {column: _Measure(longest=next(found), least=next(found), most=next(found)) for column in wanted}


def _rows(file: BinaryIO, content: Content, variables: Sequence[_Variable]) -> Iterator[bytes]:
    """Write the rows; gives the long texts, which stand apart."""
    file.write(b"<data>")
    for number, row in enumerate(content.rows(), 1):
        for place, (one, cell) in enumerate(zip(variables, row, strict=True), 1):
            value = None if cell is None else one.value(cell)
            if one.code == _STRL:
                file.write(struct.pack("<Q", (number << 16) | place if value else 0))
                if value:
                    assert isinstance(value, bytes)  # noqa: S101 - texts are
                    yield b"GSO" + struct.pack("<IQBI", place, number, 130, len(value) + 1) + value + b"\x00"
            else:
                file.write(_packed(one, value))
    file.write(b"</data>")


def _packed(one: _Variable, value: float | int | bytes | None) -> bytes:
    """A value in its cell; what Stata has no number for is missing."""
    if isinstance(value, bytes):
        return value.ljust(one.size, b"\x00")
    if one.code < _STRL:
        return bytes(one.size)
    is_none = value is None or not math.isfinite(value) or abs(value) > _MOST_DOUBLE
    if is_none or value is None:
        return _MISSING[one.code]
    return struct.pack({_DOUBLE: "<d", _LONG: "<i", _BYTE: "<b"}[one.code], value)
