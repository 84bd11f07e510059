"""What a release lacks altogether: a question that needs it is answered *cannot be judged: no person ids*,
never with a zero.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from paradero.building.tables import Built, define
from paradero.model.answer import Answer

# column of the table `wanting` that is 0 where a release lacks them, by what is lacking
LACKING = {
    "person ids": "n_with_person",
    "facility codes": "n_with_place",
    "book-ins": "n_with_book_in",
    "book-outs": "n_with_book_out",
    "reasons of book-outs": "n_with_reason",
}
NO_ROWS = "no detention rows"


class Lack(Answer, frozen=True, kw_only=True):
    """What a release (or, where its name is empty, the casefile) lacks, and the answer in words."""

    release: str
    lacks: str
    answer: str


def lacking(built: Built, needs: Collection[str], release: str | None = None) -> list[Lack]:
    """Which of the releases (or the one named) lack which of the things that a question needs.

    Where there are no detention rows at all, that is what is lacking, of no release.
    """
    define(built, "wanting")
    rows = built.rows("SELECT * FROM wanting ORDER BY release")
    if not rows:
        return [_lack("", NO_ROWS)]
    return [
        _lack(row["release"], f"no {what}")
        for row in rows
        if release in (None, row["release"])
        for what in LACKING
        if what in needs and row[LACKING[what]] == 0
    ]


def _lack(release: str, what: str) -> Lack:
    return Lack(release=release, lacks=what, answer=f"cannot be judged: {what}")


def lines(found: Iterable[Lack]) -> list[str]:
    """The answers as lines of text."""
    return [(f"release {one.release}: " if one.release else "") + one.answer for one in found]
