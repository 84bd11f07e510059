"""Layouts: what the tables of each kind of source look like, read from `layout.toml` beside each format.

A layout declares the columns of one kind of record, every header under which a release has printed them, and the marks
by which a release is recognised. Adding a format is adding a folder.
"""

from __future__ import annotations

import functools
import re
from importlib.resources import files
from typing import Literal

import msgspec
from rapidfuzz import process

from paradero.model.errors import SourceError, UnknownName

ColumnType = Literal["text", "timestamp", "integer", "number"]

_NOT_ALNUM = re.compile(r"[^a-z0-9]+")


def normal(header: str | None) -> str:
    """A header as it is compared: lower case, everything but letters and digits folded to one underscore."""
    return _NOT_ALNUM.sub("_", (header or "").strip().lower()).strip("_")


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One declared column. `headers` are its spellings in releases besides its own name.

    `states`: a `<name>_why_missing` column goes with it. `na_is_value`: the text NA is a value here.
    `identifier`: a direct identifier; anything but a redaction mark is counted and not taken into the rows.
    """

    name: str
    type: ColumnType
    headers: list[str] = []
    required: bool = False
    states: bool = False
    na_is_value: bool = False
    identifier: bool = False
    description: str = ""


class Variant(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A release that prints this kind in its own way: all `marks` among its headers, none of `without`."""

    name: str
    marks: list[str]
    without: list[str] = []
    renames: dict[str, str] = {}


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of record: its table, its columns, its variants; `derived` are a publisher's own computed columns."""

    kind: str
    table: str
    title: str
    description: str
    least_headers: int
    column: list[Column]
    variant: list[Variant] = []
    derived: list[str] = []

    def variant_of(self, headers: list[str]) -> Variant | None:
        """The first variant whose marks are all among the (normalised) headers."""
        present = set(headers)
        for variant in self.variant:
            if present.issuperset(map(normal, variant.marks)) and present.isdisjoint(map(normal, variant.without)):
                return variant
        return None


@functools.cache
def layouts() -> tuple[Layout, ...]:
    """All layouts, found by listing the folders beside this file."""
    found = []
    for folder in sorted(files("paradero.sources").iterdir(), key=lambda entry: entry.name):
        entry = folder / "layout.toml"
        if entry.is_file():
            try:
                found.append(msgspec.toml.decode(entry.read_bytes(), type=Layout))
            except msgspec.MsgspecError as error:
                raise SourceError(f"{folder.name}/layout.toml: {error}.") from error
    return tuple(found)


def layout_of(kind: str) -> Layout:
    """The layout of a kind; raises UnknownName with the nearest kinds."""
    for layout in layouts():
        if layout.kind == kind:
            return layout
    known = [layout.kind for layout in layouts()]
    near = process.extractOne(kind, known)
    hint = f" Did you mean `{near[0]}`?" if near and near[1] > 60 else ""
    raise UnknownName(f"Expected a kind of source, found `{kind}`.{hint} Known kinds: {', '.join([*known, 'statistics'])}.")


class Fit(msgspec.Struct, frozen=True):
    """How a row of headers fits a layout: positions of declared columns, and what fits nothing."""

    layout: Layout
    variant: Variant | None
    positions: dict[str, int]
    repeated: list[tuple[str, int]]
    derived: list[int]
    unexpected: list[int]
    missing: list[str]
    missing_required: list[str]

    @property
    def score(self) -> int:
        return len(self.positions)


def fit(layout: Layout, headers: list[str | None]) -> Fit:
    """Match one row of headers to a layout. A column's own name wins over its other spellings."""
    names = [normal(header) for header in headers]
    variant = layout.variant_of(names)
    spelled: dict[str, str] = {}
    for column in layout.column:
        for header in column.headers:
            spelled.setdefault(normal(header), column.name)
    if variant is not None:
        spelled.update(variant.renames)
    own = {column.name for column in layout.column} - set(variant.renames if variant else ())
    positions: dict[str, int] = {}
    repeated: list[tuple[str, int]] = []
    derived: list[int] = []
    unexpected: list[int] = []
    for number, name in enumerate(names):
        if name in own and name not in positions:
            positions[name] = number
    for number, name in enumerate(names):
        if not name or positions.get(name) == number:
            continue
        target = name if name in own else spelled.get(name)
        if name in layout.derived and (target is None or target in positions):
            derived.append(number)
        elif target is None:
            unexpected.append(number)
        elif target not in positions:
            positions[target] = number
        elif target == "final_order_yes_no" and layout.kind == "detainers" and "detainer_final_order_yes_no" not in positions:
            positions["detainer_final_order_yes_no"] = number
        else:
            repeated.append((target, number))
    missing = [column.name for column in layout.column if column.name not in positions]
    return Fit(
        layout=layout,
        variant=variant,
        positions=positions,
        repeated=repeated,
        derived=derived,
        unexpected=unexpected,
        missing=missing,
        missing_required=[column.name for column in layout.column if column.required and column.name not in positions],
    )
