"""How a row of headers fits a layout: which column each header is, and what fits nothing."""

from __future__ import annotations

import functools
from fnmatch import fnmatchcase
from importlib.resources import files

import msgspec
from rapidfuzz import fuzz

from paradero.sources.layouts import Layout, Variant, normal
from paradero.sources.own_layouts import layout_with


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
def _vocabulary(kind: str, own: str) -> Vocabulary:
    layout = layout_with(kind, own)
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
    vocabulary = _vocabulary(layout.kind, layout.own)
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
    vocabulary = _vocabulary(layout.kind, layout.own)
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
            sorts[_sort(layout.kind, layout.own, name)].append(number)
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
def _sort(kind: str, own: str, name: str) -> str:
    layout = layout_with(kind, own)
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
