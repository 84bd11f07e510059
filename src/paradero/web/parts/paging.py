"""Long lists in pages of fifty, by an option of the address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from paradero.model.errors import UnknownName
from paradero.reports.content.blocks import Link, Piece, Stated, Text
from paradero.reports.content.wording import Wording
from paradero.web.addresses import with_options
from paradero.web.asking import Asking

T = TypeVar("T")

A_PAGE = 50
_MOST_PAGES = 100_000


def paged(asking: Asking, rows: Sequence[T], *, option: str, say: Wording) -> tuple[Sequence[T], Text]:
    """The rows of the page that is asked for by `option` (1 is the first), and a line that says which they
    are and leads to the others. Raises UnknownName for a page past the end, which it names.
    """
    at = max(asking.whole_number(option, 1, most=_MOST_PAGES), 1)
    last = max(-(-len(rows) // A_PAGE), 1)
    if at > last:
        raise UnknownName(f"`{option}={at}`: past the end. The last page is {last:,}, of {len(rows):,} rows.")
    shown = rows[(at - 1) * A_PAGE : at * A_PAGE]
    return shown, pages_line(asking, len(rows), at=at, option=option, language=say.language)


def pages_line(asking: Asking, total: int, *, at: int, option: str, language: str) -> Text:
    """Which of how many rows are shown, with links to the page before and after; nothing where all are."""
    if total <= A_PAGE:
        return ()
    say = Wording("paging", language)
    first, last = (at - 1) * A_PAGE + 1, min(at * A_PAGE, total)
    pieces: list[Piece] = [
        *say(
            "shown",
            first=Stated(text=f"{first:,}"),
            last=Stated(text=f"{last:,}"),
            total=Stated(text=f"{total:,}"),
        )
    ]
    for name, other in (("before", at - 1), ("after", at + 1)):
        if 1 <= other <= -(-total // A_PAGE):
            options = {key: list(values) for key, values in asking.options.items()} | {option: [str(other)]}
            pieces += [" · ", Link(text=say.plain(name), to=with_options(asking.path, {**options}))]
    return tuple(pieces)
