"""The account of a sheet: each row of the original is taken, above the table, its header, a repeated header,
a note or total, blank, or not taken at all.
"""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Rows of a sheet by what became of them. `in_file` is counted from the file itself, apart from
    everything else here.
    """

    in_file: int
    taken: int = 0
    above: int = 0
    header: int = 0
    repeated_headers: int = 0
    notes: int = 0
    blank: int = 0
    stray: int = 0
    not_taken: int = 0

    @property
    def missing(self) -> int:
        """Rows of the file that are in none of the accounts; below zero: accounted for twice."""
        return 2 * self.in_file - sum(int(getattr(self, each.name)) for each in fields(self))

    def __add__(self, more: Ledger) -> Ledger:
        return Ledger(
            **{each.name: getattr(self, each.name) + getattr(more, each.name) for each in fields(self)}
        )

    def as_json(self) -> dict[str, int]:
        """By name, with what is missing."""
        return {each.name: getattr(self, each.name) for each in fields(self)} | {"missing": self.missing}
