"""Layouts: what the tables of each kind of source look like, read from `layout.toml` beside each format.

A layout declares the columns of one kind of record, every header under which a release has printed them, and
the marks by which a release is recognised. Adding a format is adding a folder.
"""

from __future__ import annotations

import functools
import re
from fnmatch import fnmatchcase
from importlib.resources import files
from typing import Literal

import msgspec
from rapidfuzz import fuzz, process

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
    (all columns, where none is named); other rows are counted as outside the table.
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


class Fit(msgspec.Struct, frozen=True):
    """How a row of headers fits a layout: positions of declared columns, and what fits nothing."""

    layout: Layout
    variant: Variant | None
    positions: dict[str, int]
    repeated: list[tuple[str, int]]
    derived: list[int]
    kept: list[int]
    aside: list[int]
    identifying: list[int]
    unexpected: list[int]
    missing: list[str]
    missing_required: list[str]

    @property
    def score(self) -> int:
        """How many declared columns were found."""
        return len(self.positions)

    @property
    def headed(self) -> list[int]:
        """Positions of all columns that have a header."""
        return sorted(
            {
                *self.positions.values(),
                *self.derived,
                *self.kept,
                *self.aside,
                *self.identifying,
                *self.unexpected,
                *(at for _, at in self.repeated),
            }
        )


class Vocabulary(msgspec.Struct, frozen=True):
    """The headers that a layout knows, normalised: `own` names of columns, other spellings with their column,
    the second of two columns that are headed alike.
    """

    own: frozenset[str]
    spelled: dict[str, str]
    seconds: dict[str, str]


@functools.cache
def _vocabulary(kind: str) -> Vocabulary:
    layout = layout_of(kind)
    return Vocabulary(
        own=frozenset(column.name for column in layout.column),
        spelled={
            normal(header): column.name
            for column in reversed(layout.column)
            for header in reversed(column.headers)
        },
        seconds={column.second_of: column.name for column in layout.column if column.second_of},
    )


def most_score(layout: Layout, names: frozenset[str]) -> int:
    """No fewer than the score of a row with these normalised headers: a quick look before `fit`."""
    vocabulary = _vocabulary(layout.kind)
    renamed = sum(1 for variant in layout.variant for name in variant.renames if name in names)
    return (
        len(names & vocabulary.own)
        + sum(1 for name in names if name in vocabulary.spelled)
        + renamed
        + len(vocabulary.seconds)
    )


def fit(layout: Layout, headers: list[str | None]) -> Fit:
    """Match one row of headers to a layout. A column's own name wins over its other spellings."""
    names = [normal(header) for header in headers]
    variant = layout.variant_of(names)
    renames = variant.renames if variant else {}
    vocabulary = _vocabulary(layout.kind)
    own, seconds = vocabulary.own - set(renames), vocabulary.seconds
    spelled = vocabulary.spelled | renames
    positions: dict[str, int] = {}
    for number, name in enumerate(names):
        if name in own:
            positions.setdefault(name, number)
    sorts: dict[str, list[int]] = {
        "derived": [],
        "kept": [],
        "aside": [],
        "identifying": [],
        "unexpected": [],
    }
    repeated: list[tuple[str, int]] = []
    for number, name in enumerate(names):
        if not name or positions.get(name) == number:
            continue
        target = name if name in own else spelled.get(name)
        if target is None or (name in layout.derived and target in positions):
            sorts[_sort(layout.kind, name)].append(number)
        elif target not in positions:
            positions[target] = number
        elif target in seconds and seconds[target] not in positions:
            positions[seconds[target]] = number
        else:
            repeated.append((target, number))
    missing = [column.name for column in layout.column if column.name not in positions]
    required = [column.name for column in layout.column if column.required and column.name not in positions]
    return Fit(
        layout=layout,
        variant=variant,
        positions=positions,
        repeated=repeated,
        missing=missing,
        missing_required=required,
        **sorts,
    )


@functools.lru_cache(maxsize=65_536)
def _sort(kind: str, name: str) -> str:
    layout = layout_of(kind)
    if name in layout.derived:
        return "derived"
    for sort, patterns in (
        ("identifying", layout.identifying),
        ("kept", layout.kept),
        ("aside", layout.aside),
    ):
        if any(fnmatchcase(name, pattern) for pattern in patterns):
            return sort
    return "unexpected"


@functools.cache
def _people_headers() -> list[str]:
    found: dict[str, list[str]] = msgspec.toml.decode(
        (files("paradero.sources") / "people.toml").read_bytes()
    )
    return found["headers"]


def headers_of_people(fitted: Fit, headers: list[str | None]) -> list[str]:
    """The headers, of those that the layout does not know, which say that each row is a person, or something
    that happened to one.
    """
    free = [headers[number] or "" for number in [*fitted.unexpected, *fitted.identifying]]
    return [header for header in free if _is_of_people(normal(header))]


@functools.lru_cache(maxsize=65_536)
def _is_of_people(name: str) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in _people_headers())


def nearest_header(layout: Layout, column: str, headers: list[str | None]) -> str | None:
    """Of the headers that fit nothing, the one most like a column's spellings; None where none is alike."""
    taken = set(fit(layout, headers).positions.values())
    free = [header for number, header in enumerate(headers) if header and number not in taken]
    best = max(
        (
            (max(fuzz.ratio(normal(header), spelling) for spelling in layout.spellings(column)), header)
            for header in free
        ),
        default=(0.0, None),
    )
    return best[1] if best[0] >= 60 else None
