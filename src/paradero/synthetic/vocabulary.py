"""Word lists of the fabricated release, read from the csv files beside this one, and draws from them."""

from __future__ import annotations

import csv
import functools
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = [
    "Bools",
    "Column",
    "Fault",
    "Floats",
    "Ids",
    "Ints",
    "Words",
    "columns",
    "draw",
    "faults",
    "generator",
    "table",
    "words",
]

Ints = npt.NDArray[np.integer[Any]]
Floats = npt.NDArray[np.floating[Any]]
Bools = npt.NDArray[np.bool_]
Ids = npt.NDArray[np.bytes_]

_HERE = files("paradero.synthetic")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Values with their weights; an empty text is a blank cell."""

    values: tuple[str, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table: its header in ICE's workbook, its name in the published parquet, what it holds
    (text, number, day, moment, id).
    """

    header: str
    name: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One kind of planted fault: how often, on what chain, and how paradero must report it (see
    faults.toml).
    """

    kind: str
    rate: float
    table: str
    column: str
    value: str
    words: str
    stays: int = 1
    copies_row: int | None = None
    copies_stay: bool = False
    ending: str | None = None


def generator(seed: int, topic: int) -> np.random.Generator:
    """A generator for one topic of one seed: drawing more of one topic leaves the others as they were."""
    return np.random.Generator(np.random.PCG64([seed, topic]))


def _rows(path: Traversable) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


@functools.cache
def table(name: str) -> dict[str, tuple[str, ...]]:
    """A word list as columns of text."""
    rows = _rows(_HERE / "vocabulary" / f"{name}.csv")
    return {column: tuple(row[column] for row in rows) for column in rows[0]}


@functools.cache
def words(name: str) -> Words:
    """One of the short lists of words.csv."""
    listed = table("words")
    chosen = [place for place, own in enumerate(listed["list"]) if own == name]
    return Words(
        values=tuple(listed["value"][place] for place in chosen),
        weights=tuple(float(listed["weight"][place]) for place in chosen),
    )


@functools.cache
def columns(of: str) -> tuple[Column, ...]:
    """The columns of detentions, arrests or removals, in the order of the Mar 2026 workbooks."""
    return tuple(
        Column(header=row["header"], name=row["name"], type=row["type"])
        for row in _rows(_HERE / "columns.csv")
        if row["table"] == of
    )


@functools.cache
def faults() -> tuple[Fault, ...]:
    """All kinds of planted faults, those on persons of their own first."""
    return tuple(
        Fault(**entry)
        for entry in tomllib.loads((_HERE / "faults.toml").read_text(encoding="utf-8"))["fault"]
    )


def draw(rng: np.random.Generator, weights: tuple[float, ...] | Floats, size: int) -> npt.NDArray[np.int16]:
    """`size` positions, each as likely as its weight."""
    edges = np.cumsum(np.asarray(weights, dtype=np.float64))
    drawn: npt.NDArray[np.int16] = np.minimum(
        np.searchsorted(edges, rng.random(size) * edges[-1], side="right"), len(edges) - 1
    ).astype(np.int16)
    return drawn
