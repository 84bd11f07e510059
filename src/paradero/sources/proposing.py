"""Propose a layout for a table of no known kind: what its headers may mean, by their words and by what stands
below them. Nothing is taken in by a proposal; a person reads it first.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from fnmatch import fnmatchcase
from importlib.resources import files
from pathlib import Path

import msgspec

from paradero.authored.writing import toml_value
from paradero.model.errors import SourceError
from paradero.sources.containers.first_bytes import container_of
from paradero.sources.layouts import Layout, layout_of, normal
from paradero.sources.sheets.sniffing import heads
from paradero.sources.values.identifiers import safe_text
from paradero.sources.whole_files import dated_part

Rows = list[list[str | None]]

_DATES = 0.5  # of the cells below a header, for it to be that of a date
_LONG = 60  # letters of a cell on average, from which a column is prose


class Meaning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Headers that often mean a column; of one kind, or of every kind that has the column."""

    column: str
    headers: list[str]
    kind: str = ""


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """layout_words.toml: the kinds that a table is tried as, patterns of headers to withhold, meanings."""

    kinds: list[str]
    withheld: list[str]
    meaning: list[Meaning]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A table as it may be meant: `sheet` and `header_row` say where it lies; `columns` header → column of
    the kind, `withheld` headers whose cells name or number people, `aside` those of prose, `others` the
    rest.
    """

    kind: str
    sheet: str
    header_row: int
    columns: dict[str, str]
    withheld: tuple[str, ...]
    aside: tuple[str, ...]
    others: tuple[str, ...]


@functools.cache
def words() -> Words:
    """What headers often mean."""
    return msgspec.toml.decode((files("paradero.sources") / "layout_words.toml").read_bytes(), type=Words)


def proposed(path: Path, *, kind: str | None = None) -> Proposal:
    """The likeliest reading of a file's table as a kind of record, or as `kind`. Raises SourceError where
    no row of it can be one of headers for a kind, saying what it lacks.
    """
    looked = heads(path, container_of(path, path.name), path.name)
    candidates = [layout_of(each) for each in ([kind] if kind else words().kinds)]
    found = [
        _proposal(layout, sheet, number, rows)
        for sheet, rows in looked
        for number in _header_rows(rows)
        for layout in candidates
    ]
    whole = [each for each in found if _has_required(each)]
    if not whole:
        wanted = ", ".join(sorted({name for layout in candidates for name in _required(layout)}))
        raise SourceError(
            f"{path.name}: no row whose headers could be those of {kind or 'a kind of record of people'}:"
            f" none is one of {wanted} and has dates below it. Write the layout by hand, or name the kind"
            " with --kind."
        )
    return max(whole, key=lambda each: (len(each.columns), -each.header_row))


def _header_rows(rows: Rows) -> list[int]:
    """The rows (from 1) that may be headers: most of their cells filled, all different, none a number."""
    width = max((sum(1 for cell in row if cell) for row in rows), default=0)
    found = []
    for number, row in enumerate(rows, start=1):
        cells = [cell for cell in row if cell]
        are_words = all(any(letter.isalpha() for letter in cell) and len(cell) < 80 for cell in cells)
        if (
            len(cells) >= max(2, width // 2)
            and len({normal(cell) for cell in cells}) == len(cells)
            and are_words
        ):
            found.append(number)
    return found[:5]


def _proposal(layout: Layout, sheet: str, header_row: int, rows: Rows) -> Proposal:
    headers, below = rows[header_row - 1], rows[header_row:]
    types = {column.name: column.type for column in layout.column if not column.identifier}
    columns: dict[str, str] = {}
    for position, header in enumerate(headers):
        for column in _meant(layout, header):
            is_date = types[column] == "timestamp"
            if column not in columns.values() and (not is_date or _dates(below, position) >= _DATES):
                columns[header or ""] = column
                break
    left = [(position, header) for position, header in enumerate(headers) if header and header not in columns]
    withheld = tuple(header for _, header in left if _names_people(layout, header))
    aside = tuple(
        header for position, header in left if header not in withheld and _is_prose(below, position)
    )
    return Proposal(
        kind=layout.kind,
        sheet=sheet,
        header_row=header_row,
        columns=columns,
        withheld=withheld,
        aside=aside,
        others=tuple(header for _, header in left if header not in (*withheld, *aside)),
    )


def _meant(layout: Layout, header: str | None) -> list[str]:
    """The columns that a header may be, the likeliest first: as releases spell them, then by their words."""
    name = normal(header)
    if not name:
        return []
    own = [column for column in layout.column if not column.identifier]
    spelled = [column.name for column in own if name == column.name or name in map(normal, column.headers)]
    if not spelled and _names_people(layout, header or ""):
        return []
    names = {column.name for column in own}
    by_words = [
        meaning.column
        for meaning in words().meaning
        if meaning.kind in ("", layout.kind)
        and meaning.column in names
        and any(fnmatchcase(name, pattern) for pattern in meaning.headers)
    ]
    return list(dict.fromkeys([*spelled, *by_words]))


def _names_people(layout: Layout, header: str) -> bool:
    name = normal(header)
    patterns = (*words().withheld, *layout.identifying)
    is_column = any(
        column.identifier and name in (column.name, *map(normal, column.headers)) for column in layout.column
    )
    return is_column or any(fnmatchcase(name, pattern) for pattern in patterns)


def _cells(rows: Rows, position: int) -> list[str]:
    return [cell for row in rows if position < len(row) and (cell := row[position])]


def _dates(rows: Rows, position: int) -> float:
    return dated_part(rows, [position])


def _is_prose(rows: Rows, position: int) -> bool:
    cells = _cells(rows, position)
    return bool(cells) and sum(map(len, cells)) > _LONG * len(cells)


def _required(layout: Layout) -> list[str]:
    return [column.name for column in layout.column if column.required]


def _has_required(one: Proposal) -> bool:
    return set(_required(layout_of(one.kind))) <= set(one.columns.values())


def layout_text(one: Proposal, *, file: str) -> str:
    """The proposal as a commented layout file."""
    layout = layout_of(one.kind)
    where = f"sheet {one.sheet!r}, row {one.header_row}" if one.sheet else f"row {one.header_row}"
    free = [
        column.name
        for column in layout.column
        if not column.identifier and column.name not in one.columns.values()
    ]
    lines = [
        f"# Proposed for {file} ({where}) by the words of its headers and what stands below them.",
        "# Hold every line against the file and what its publisher says of it, then:",
        "#   paradero layout test THIS FILE",
        "#   paradero add FILE --layout THIS",
        "",
        "# How the release is called where it is shown.",
        f"name = {toml_value(file.partition('.')[0])}",
        f"# {layout.title}: {' '.join(layout.description.split()).partition('. ')[0].rstrip('.')}.",
        f"kind = {toml_value(one.kind)}",
        "",
        "# Headers whose cells name or number a person outside of this release: counted, never taken.",
        "# A number by which a prison or a court knows somebody is one; replace it by a code of your own",
        "# before you add the file, and the code's column can be unique_identifier.",
        *_list("withheld", one.withheld),
        "",
        "# Headers whose cells stay with the cells as received, and come into no table.",
        *_list("aside", one.aside),
        "",
        "# Which header is which column. Headers that stand nowhere here are kept as they are, in `extra`.",
        "[columns]",
        *(f"{toml_value(header)} = {toml_value(column)}" for header, column in one.columns.items()),
        *(f'# {toml_value(str(safe_text(header)))} = ""' for header in one.others),
        "",
        "# What is the same in every row and stands in no column, such as the one facility of the file.",
        "[constants]",
        '# detention_facility = "EXAMPLE"',
        "",
        f"# Columns of {one.kind} that no header is yet:",
        *_wrapped(free),
    ]
    return "\n".join(lines) + "\n"


def _list(name: str, headers: tuple[str, ...]) -> list[str]:
    if not headers:
        return [f"{name} = []"]
    return [f"{name} = [", *(f"  {toml_value(header)}," for header in headers), "]"]


def _wrapped(names: list[str]) -> list[str]:
    lines, line = [], "#  "
    for name in names:
        if len(line) + len(name) > 104:
            lines.append(line)
            line = "#  "
        line += f" {name},"
    return [*lines, line.rstrip(",")]
