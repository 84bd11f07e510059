"""Numbers with their noun, as a newspaper prints them: `1 stay`, `3 stays`."""

from __future__ import annotations


def counted(n: int, one: str, many: str | None = None) -> str:
    """A number and its noun; `many` is the plural where it is not `one` with an s.

    >>> counted(1, "stay"), counted(1200, "row")
    ('1 stay', '1,200 rows')
    """
    return f"{n:,} {one if n == 1 else many or f'{one}s'}"
