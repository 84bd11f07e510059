"""What only all rows of a table tell, where they are read in pieces: without it each piece would decide for
itself how a date is written, whether a column holds names, and which ids name nobody.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from paradero.sources.values.dates import Evidence
from paradero.sources.values.numbers import Decimals
from paradero.sources.values.person_ids import Others


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What rows say of how the dates and numbers of all are written."""

    evidence: Evidence = field(default_factory=Evidence)
    decimals: Decimals = field(default_factory=Decimals)
    zones: tuple[str, ...] = ()

    def __add__(self, more: Said) -> Said:
        return Said(
            evidence=self.evidence + more.evidence,
            decimals=self.decimals + more.decimals,
            zones=tuple(sorted({*self.zones, *more.zones})),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What fills an undeclared column: `filled` rows, `used` distinct texts in them, `worded` of these of
    several words.
    """

    filled: int
    used: int
    worded: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entire:
    """A table that is read in pieces, as a whole.

    `words` are of undeclared columns by position; `ids_received` and `ids` of columns of ids by name, as
    received and as read. `joined`: names of columns whose clock time stands in another; `throughout`: those
    in which nothing but marks of withholding stands. `telling`: positions of columns that hold more than
    such marks. `is_numbered`: a first column without a header only counts the rows.
    """

    width: int
    words: dict[int, Words]
    ids_received: dict[str, Others]
    ids: dict[str, Others]
    said: Said = field(default_factory=Said)
    joined: frozenset[str] = frozenset()
    throughout: frozenset[str] = frozenset()
    telling: frozenset[int] = frozenset()
    is_numbered: bool = False
