"""Tables as text: columns under their names, numbers to the right, no wider than the terminal.

In a file or a pipe nothing is cut. On a terminal the widest columns of words are wrapped; where even that is
too wide, each row is written as a block, one line a column.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sys
import textwrap
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from paradero.model.answer import Answer, Row, row_of
from paradero.model.safe_text import shown_in_line

_GAP = "  "
_NARROWEST = 12  # a column of words that is narrower is harder to read than a block a row


def table_lines(
    rows: Sequence[Answer | Row],
    columns: Sequence[str],
    *,
    widest: int | None = None,
    width: int | None = None,
) -> list[str]:
    """The lines of a table. Texts of more than `widest` letters are cut, which is shown; `width` is that of
    the terminal, None for any.
    """
    found = [row_of(row) for row in rows]
    texts = [[_cut(_text(row.get(column)), widest) for column in columns] for row in found]
    right = [
        all(isinstance(row.get(column), int | float | Decimal | None) for row in found) for column in columns
    ]
    natural = [
        max([len(column), *(len(line[place]) for line in texts)]) for place, column in enumerate(columns)
    ]
    # an id or address that is broken over lines cannot be copied: a column is as wide as its longest word
    least = [
        min(natural[place], max(_NARROWEST, *map(len, _parts(column)), *_word_lengths(texts, place)))
        for place, column in enumerate(columns)
    ]
    widths = natural if width is None else _fitting(natural, least, width)
    if widths is None:
        return _blocks(texts, columns, width or 0)
    lines: list[str] = []
    heads = [_head(column, wide) for column, wide in zip(columns, widths, strict=True)]
    bodies = [[_wrapped(text, wide) for text, wide in zip(line, widths, strict=True)] for line in texts]
    for parts in (heads, *bodies):
        for level in range(max(map(len, parts))):
            line = [part[level] if level < len(part) else "" for part in parts]
            fitted = (
                text.rjust(wide) if to_right else text.ljust(wide)
                for text, wide, to_right in zip(line, widths, right, strict=True)
            )
            lines.append(_GAP.join(fitted).rstrip())
    return lines


def terminal_width() -> int | None:
    """How many letters a line of the terminal holds; None where standard output is a file or a pipe."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _word_lengths(texts: list[list[str]], place: int) -> list[int]:
    return [0, *(len(word) for line in texts for word in line[place].split())]


def _fitting(natural: list[int], least: list[int], width: int) -> list[int] | None:
    """Widths that fit, the widest columns made narrower first; None where there are none."""
    widths = list(natural)
    room = width - len(_GAP) * (len(widths) - 1)
    if sum(least) > room:
        return None
    while sum(widths) > room:
        loose = [at for at, most in enumerate(widths) if most > least[at]]
        widest = max(loose, key=lambda at: (widths[at], -at))
        widths[widest] -= 1
    return widths


def _blocks(texts: list[list[str]], columns: Sequence[str], width: int) -> list[str]:
    name_width = max(map(len, columns))
    lines: list[str] = []
    for number, cells in enumerate(texts, 1):
        lines.append(f"-- {number} --")
        for column, text in zip(columns, cells, strict=True):
            if text == "-":
                continue  # blank here; the columns of the table are in --csv and --json
            first, *more = _wrapped(text, max(_NARROWEST, width - name_width - len(_GAP)))
            lines.append(f"{column.ljust(name_width)}{_GAP}{first}".rstrip())
            lines += [f"{' ' * name_width}{_GAP}{line}" for line in more]
    return lines


def _wrapped(text: str, width: int) -> list[str]:
    return [text] if len(text) <= width else textwrap.wrap(text, width, break_on_hyphens=False) or [""]


def _parts(column: str) -> list[str]:
    """The name of a column where it may be broken: after each underscore."""
    *most, last = column.split("_")
    return [*(f"{part}_" for part in most), last]


def _head(column: str, width: int) -> list[str]:
    lines = [""]
    for part in _parts(column):
        if lines[-1] and len(lines[-1]) + len(part) > width:
            lines.append("")
        lines[-1] += part
    return lines


def _text(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return (
        f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else shown_in_line(str(value))
    )


def _cut(text: str, widest: int | None) -> str:
    return text if widest is None or len(text) <= widest else f"{text[: widest - 1]}…"
