"""Quotes that stand for themselves in text parted by tabs or bars, where nobody closes them."""

from __future__ import annotations

from collections import Counter

_LOOKED_AT = 200
_LEAST_COLUMNS = 3  # with fewer a line has its columns by chance


def without_stray_quotes(content: str, *, is_cut: bool) -> tuple[str, int]:
    """The text with every stray quote written so that it stands for itself, and on how many lines there are
    any. `is_cut`: its last line may lack its end.

    Looked for where most lines have the same tabs or the same bars, two at least, whatever is quoted.

    A quote is stray where its line has all of its columns and an odd number of quotes, and the next line has
    all of its columns too (or there is none): a cell that went on below would leave its next line short.
    Databases that part columns by tabs or bars quote nothing; read as quoted, rows would vanish in a cell.
    """
    return freed(content, columns_of(content), is_cut=is_cut)


def freed(content: str, columns: tuple[str, int], *, is_cut: bool) -> tuple[str, int]:
    """As `without_stray_quotes`, of lines of a file whose columns are known."""
    delimiter, width = columns
    if '"' not in content or width < _LEAST_COLUMNS:
        return content, 0
    lines = content.split("\n")
    last = len(lines) - (2 if lines[-1] == "" else 1)
    found = 0
    for number, line in enumerate(lines):
        if '"' not in line or line.count('"') % 2 == 0 or line.count(delimiter) != width - 1:
            continue
        is_stray = not is_cut if number >= last else lines[number + 1].count(delimiter) == width - 1
        if is_stray:
            lines[number] = delimiter.join(map(_quoted, line.split(delimiter)))
            found += 1
    return ("\n".join(lines), found) if found else (content, 0)


def columns_of(content: str) -> tuple[str, int]:
    """What parts most of the first lines alike, tab or bar, and into how many columns; 1 where neither
    does.
    """
    filled = [line for line in content.split("\n", _LOOKED_AT)[:_LOOKED_AT] if line]
    for delimiter in "\t|":
        count, times = max(
            Counter(line.count(delimiter) for line in filled).items(),
            key=lambda item: item[1],
            default=(0, 0),
        )
        if count and times * 5 >= len(filled) * 4:
            return delimiter, count + 1
    return "", 1


def _quoted(cell: str) -> str:
    """The cell, quoted where its quotes are no pair around it."""
    if '"' not in cell or (len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in cell[1:-1]):
        return cell
    return '"' + cell.replace('"', '""') + '"'
