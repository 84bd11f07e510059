"""One thing that was assumed in reading a sheet."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumed:
    """One assumption: of what (`encoding`, `date_order`, `word_for_nothing`, …), what was taken, for how many
    cells (None: all) of which columns.

    `is_open`: it is not settled by the file; somebody who knows should say.
    """

    what: str
    taken: str
    cells: int | None = None
    columns: str = ""
    is_open: bool = False

    def as_json(self) -> dict[str, Any]:
        """By name."""
        return asdict(self)
