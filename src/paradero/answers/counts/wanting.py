"""What a release lacks altogether: a question that needs it is answered *cannot be judged: no person ids*,
never with a zero.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from paradero.building.tables import Built, define

# column of the table `wanting` that is 0 where a release lacks them, by what is lacking
LACKING = {
    "person ids": "n_with_person",
    "facility codes": "n_with_place",
    "book-ins": "n_with_book_in",
    "book-outs": "n_with_book_out",
    "reasons of book-outs": "n_with_reason",
}
NO_ROWS = "no detention rows"


def lacking(built: Built, needs: Collection[str], release: str | None = None) -> list[dict[str, str]]:
    """Which of the releases (or the one named) lack which of the things that a question needs: `release`,
    `lacks`, and the answer in words.

    Where there are no detention rows at all, that is what is lacking, of no release.
    """
    define(built, "wanting")
    rows = built.rows("SELECT * FROM wanting ORDER BY release")
    if not rows:
        return [{"release": "", "lacks": NO_ROWS, "answer": f"cannot be judged: {NO_ROWS}"}]
    return [
        {"release": row["release"], "lacks": f"no {what}", "answer": f"cannot be judged: no {what}"}
        for row in rows
        if release in (None, row["release"])
        for what in LACKING
        if what in needs and row[LACKING[what]] == 0
    ]


def lines(found: list[dict[str, Any]]) -> list[str]:
    """The answers as lines of text."""
    return [(f"release {row['release']}: " if row["release"] else "") + row["answer"] for row in found]
