"""Find the columns of text that blanks keep in line, as database programs print it; a line of dashes under
the headings says where they are.
"""

from __future__ import annotations

import re

Cuts = tuple[tuple[int, int | None], ...]

_RULE = re.compile(r"\s*-{2,}(?:[ +|]+-{2,}){2,}\s*")
_LOOKED_AT = 200
_LEAST = 3  # columns


def cuts_of(lines: list[str]) -> Cuts:
    """Where the columns begin and end; none where the lines are not so written."""
    looked = [line.expandtabs() for line in lines[:_LOOKED_AT] if line.strip()]
    rule = next((line for line in looked if _RULE.fullmatch(line)), None)
    if rule is not None:
        begins = [found.start() for found in re.finditer(r"-+", rule)]
        return _cuts(begins)
    # titles may stand above: the columns are those of the first line of several fields, and of all below it
    top = next(
        (
            number
            for number, line in enumerate(looked[:10])
            if len(re.split(r" {2,}", line.strip())) >= _LEAST
        ),
        None,
    )
    begins = [] if top is None or len(looked) - top < 2 else _begins(looked[top:])
    return _cuts(begins) if len(begins) >= _LEAST else ()


def cuts_despite(lines: list[str], delimiter: str) -> Cuts:
    """Where the columns begin and end, of lines that a delimiter seems to part alike as well: none unless it
    is missing in the headings and stands inside cells (`ROE, ANN`, `2500,50`), not at their edges.
    """
    looked = [line for line in lines[:_LOOKED_AT] if line.strip()]
    cuts = () if delimiter == "\t" else cuts_of(looked)
    records = records_of(looked, cuts) if cuts else []
    headings = next((cells for cells in records if sum(map(bool, cells)) >= _LEAST), [delimiter])
    at_edges = sum(
        any(cell.startswith(delimiter) or cell.endswith(delimiter) for cell in cells) for cells in records
    )
    is_inside = not any(delimiter in cell for cell in headings) and at_edges * 2 < len(records)
    return cuts if is_inside else ()


def _begins(lines: list[str]) -> list[int]:
    """Places where a column begins: behind two or more places that are blank in every line."""
    width = max(map(len, lines))
    blank = [all(len(line) <= place or line[place] == " " for line in lines) for place in range(width)]
    begins = [0] if not blank[0] else []
    return begins + [
        place for place in range(2, width) if not blank[place] and blank[place - 1] and blank[place - 2]
    ]


def _cuts(begins: list[int]) -> Cuts:
    return tuple(zip(begins, [*begins[1:], None], strict=True))


def records_of(lines: list[str], cuts: Cuts) -> list[list[str]]:
    """Each line as cells; one that runs over a border between columns is a line of words, kept in the first
    cell.
    """
    records: list[list[str]] = []
    for line in lines:
        wide = line.expandtabs()
        if not wide.strip():
            records.append([])
        elif _RULE.fullmatch(wide) or any(
            0 < begin < len(wide) and wide[begin - 1] != " " for begin, _ in cuts[1:]
        ):
            records.append([wide.strip()])
        else:
            records.append([wide[begin:end].strip() for begin, end in cuts])
    return records
