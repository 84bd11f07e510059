"""What a table of counts shows: a line for every cell, and sums of what is shown, which add nothing to it."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

import msgspec

from paradero.disclosure.cells import Cell, Region, Value, Why
from paradero.disclosure.counting import Asked
from paradero.disclosure.profiles import Profile

_WORDS = files("paradero.disclosure") / "words.toml"


class Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word or sentence in both languages."""

    en: str
    es: str

    def __call__(self, language: str, **values: object) -> str:
        return (self.es if language == "es" else self.en).format(**values)


@functools.cache
def words() -> Mapping[str, Said]:
    """The words of published tables, by their names."""
    return msgspec.toml.decode(_WORDS.read_bytes(), type=dict[str, Said])


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a published table: the values of the columns counted by (`sums`: those that are summed over,
    by place), the number (None: withheld), its mark, and how many withheld cells a sum leaves out.
    """

    values: tuple[Value, ...]
    sums: frozenset[int]
    number: int | None
    mark: str
    n_withheld: int


def lines_of(
    asked: Asked, cells: Sequence[tuple[tuple[Value, ...], Region]], decisions: Mapping[Region, Cell]
) -> list[Line]:
    """The cells in their order, then for every group of columns the sums over them of what is shown."""
    found = [_line(values, decisions[region]) for values, region in cells]
    n_columns = len(asked.by)
    for n in range(1, n_columns + 1):
        for over in itertools.combinations(reversed(range(n_columns)), n):
            found += _sums(found[: len(cells)], frozenset(over))
    return found


def _line(values: tuple[Value, ...], cell: Cell) -> Line:
    mark = "withheld" if cell.shown is None else "whole" if cell.why is Why.WHOLE else "rounded"
    return Line(
        values=values, sums=frozenset(), number=cell.shown, mark=mark, n_withheld=int(cell.shown is None)
    )


def _sums(lines: Sequence[Line], over: frozenset[int]) -> Iterator[Line]:
    groups: dict[tuple[Value, ...], list[Line]] = {}
    for line in lines:
        kept = tuple(None if place in over else value for place, value in enumerate(line.values))
        groups.setdefault(kept, []).append(line)
    for values, members in groups.items():
        shown = [line.number for line in members if line.number is not None]
        yield Line(
            values=values,
            sums=over,
            number=sum(shown)
            if shown
            else None,  # where nothing is shown there is no sum: 0 would be a count
            mark="sum",
            n_withheld=len(members) - len(shown),
        )


def note_of_profile(
    profile: Profile, is_default: bool, cells: Sequence[Cell], language: str, *, number: int | None = None
) -> str:
    """What an output says of its profile: what it does and does not, and how many cells it rounded and
    withheld; `number` is that of the publication.
    """
    name = profile.name_es if language == "es" else profile.name
    parts = [words()["profile"](language, name=name), profile.said(language)]
    if number is not None:
        parts.insert(0, words()["publication"](language, n=number))
    if is_default:
        parts.append(words()["default"](language))
    if profile.gated:
        n_withheld = sum(cell.shown is None for cell in cells)
        parts.append(
            words()["decisions"](
                language,
                n_rounded=f"{len(cells) - n_withheld:,}",
                n_withheld=f"{n_withheld:,}",
                away=profile.base // 2,
            )
        )
    return " ".join(parts)
