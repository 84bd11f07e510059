"""Layouts: what the tables of each kind of source look like, read from `layout.toml` beside each format.

A layout declares the columns of one kind of record, every header under which a release has printed them, and
the marks by which a release is recognised. Adding a format is adding a folder.
"""

from __future__ import annotations

import functools
import re
from importlib.resources import files
from typing import Literal

import msgspec
from rapidfuzz import process

from paradero.model.errors import SourceError, UnknownName

ColumnType = Literal["text", "timestamp", "integer", "number", "money"]

_NOT_ALNUM = re.compile(r"[^a-z0-9]+")


@functools.lru_cache(maxsize=65_536)
def normal(header: str | None) -> str:
    """A header as it is compared: lower case, everything but letters and digits folded to one underscore."""
    return _NOT_ALNUM.sub("_", (header or "").strip().lower()).strip("_")


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One declared column. `headers` are its spellings in releases besides its own name.

    `states`: a `<name>_why_missing` column goes with it. `na_is_value`: the text NA is a value here.
    `identifier`: a direct identifier; anything but a redaction mark is counted and not taken into the rows.
    `is_id`: a pseudonymous id; words for nobody, ids that lost digits to a spreadsheet's numbers and ids that
    differ only in how they are written name nobody. `is_code`: a code that is written in capitals; small and
    full-width letters are read as those. `second_of`: takes the second column where a release heads two with
    the headers of the column so named.
    """

    name: str
    type: ColumnType
    headers: list[str] = []
    required: bool = False
    states: bool = False
    na_is_value: bool = False
    identifier: bool = False
    is_id: bool = False
    is_code: bool = False
    second_of: str = ""
    description: str = ""


class Variant(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A release that prints this kind in its own way: all `marks` among its headers, none of `without`.

    `renames` are headers (normalised) that mean another column in this release than elsewhere.
    """

    name: str
    marks: list[str]
    without: list[str] = []
    renames: dict[str, str] = {}


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of record: its table, its columns, its variants.

    `derived` are a publisher's own computed columns. `kept` are patterns of headers known to come along
    without a column of ours: they go to `extra` and are not reported as unexpected. `aside` are patterns of
    such headers that stay with the cells as received. `identifying` are patterns of headers that would name a
    person: never taken over. `without` are headers that say the table is of another kind. `nothing` are words
    for nothing that only this kind uses, besides those of missing.toml. `of_people`: its rows are people or
    what happened to them; where not, headers that say so (people.toml) count out the table, and so do more
    unexpected columns than recognised ones. A row is a record where at least one of `record_needs` is filled
    (all columns, where none is named); other rows are counted as outside the table. `own` is the text of the
    layout that a user wrote over this one, blank where there is none.
    """

    kind: str
    table: str
    title: str
    description: str
    least_headers: int
    column: list[Column]
    variant: list[Variant] = []
    derived: list[str] = []
    kept: list[str] = []
    aside: list[str] = []
    identifying: list[str] = []
    without: list[str] = []
    nothing: list[str] = []
    of_people: bool = True
    record_needs: list[str] = []
    own: str = ""

    def variant_of(self, headers: list[str]) -> Variant | None:
        """The first variant whose marks are all among the (normalised) headers."""
        present = set(headers)
        for variant in self.variant:
            if present.issuperset(map(normal, variant.marks)) and present.isdisjoint(
                map(normal, variant.without)
            ):
                return variant
        return None

    def column_named(self, name: str) -> Column:
        """The declared column of that name."""
        return next(column for column in self.column if column.name == name)

    def spellings(self, name: str) -> list[str]:
        """All normalised headers of a column, its own name first."""
        return next([name, *map(normal, column.headers)] for column in self.column if column.name == name)


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
    raise UnknownName(
        f"`{kind}` is not a kind of source.{hint} Choose one of: {', '.join([*known, 'statistics'])}."
    )
