"""Why a count has bounds: the causes of doubt in the order in which they add to the width, and the assumption
that leaves each one out.

Declared in causes.csv. A cause is left out by name only (`--assuming placed`), never by default; then its
rows are read as the definition's own count reads them, and the assumption is printed beside every number it
bears on.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Collection
from dataclasses import dataclass
from importlib.resources import files

from paradero.model.errors import UnknownName
from paradero.model.naming import choice_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A cause of doubt: the column that holds its part of the width, the name and the sentence (`left_out`)
    of the assumption that leaves it out.

    The order of day and month has no assumption: it is stated where the file is added (`paradero add
    --date-order`).
    """

    cause: str
    column: str
    assumption: str
    left_out: str
    left_out_es: str
    words: str
    words_es: str


@functools.cache
def causes() -> tuple[Cause, ...]:
    """All causes, in the order of causes.csv: the levels of the step `headcounts` count them from 1."""
    text = (files("paradero.custody") / "causes.csv").read_text(encoding="utf-8")
    return tuple(Cause(**row) for row in csv.DictReader(text.splitlines()))


def assumptions(names: Collection[str]) -> tuple[Cause, ...]:
    """The causes that the assumptions of these names leave out; raises UnknownName for another name."""
    known = [each.assumption for each in causes() if each.assumption]
    for name in names:
        if name not in known:
            raise UnknownName(f"`{name}` is not an assumption. {choice_of(known)}")
    return tuple(each for each in causes() if each.assumption in names)


def assumed_letters(names: Collection[str]) -> str:
    """The assumptions as the step reads them: a letter a cause, 1 where it is left out."""
    left_out = assumptions(names)
    return "".join("1" if each in left_out else "0" for each in causes())
