"""Say what a file is: its container, and for each sheet the kind of record, the header row and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from paradero.model.errors import SourceError
from paradero.sources.containers.columnar import columnar_headers
from paradero.sources.containers.first_bytes import WORKBOOKS, Container, container_of
from paradero.sources.containers.texts.delimited import as_table, read_text
from paradero.sources.containers.workbooks import read_sheet, sheets_of
from paradero.sources.fitting import Fit, fit, headers_of_people, most_score, nearest_header
from paradero.sources.ice_statistics import is_statistics
from paradero.sources.layouts import layouts, normal
from paradero.sources.own_layouts import layout_with
from paradero.sources.values.identifiers import safe_name, safe_text

HEAD_ROWS = 60
_RELEASE = re.compile(r"(20[0-9]{2})[-_ ]?(ICLI|ICFO)[-_ ]?([0-9]{4,6})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A table found in a sheet: its header is worksheet row `header_row` (1-based), and fits a layout so."""

    header_row: int
    headers: tuple[str | None, ...]
    fit: Fit


@dataclass(frozen=True, slots=True, kw_only=True)
class SniffedSheet:
    """One sheet: its kind (None: no table of a known kind) and why."""

    name: str
    kind: str | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sniffed:
    """What a file was taken for. `release` is a FOIA number found in its name or first rows, or None."""

    container: Container
    kinds: tuple[str, ...]
    variant: str | None
    release: str | None
    why: str
    sheets: tuple[SniffedSheet, ...]


_LISTED = 10  # tables of a PDF that a refusal goes through one by one
_SLIGHT = 4  # recognised headers below which the unexpected ones are counted against them
# a kind that lacks a required column, and yet fits a row by this many headers more, is what the row was meant
# to be
_AHEAD = 3


def find_table(rows: list[list[str | None]], as_kind: str | None, own: str = "") -> Found | None:
    """The row, among the first ones of a sheet, whose texts are the headers of a known kind: the most headers
    win.

    A row counts when all required columns of the kind and at least as many headers as its layout asks for are
    there, and no other kind fits it clearly better but for a required column: a stint table whose book-in was
    renamed is no list of facilities. `own` is the text of a layout that a user wrote over `as_kind`.
    """
    best: Found | None = None
    for number, row in enumerate(rows[:HEAD_ROWS], start=1):
        if sum(1 for cell in row if cell) < 2:
            continue
        found = _fit_of(row, as_kind, own)
        if found is not None and (best is None or _worth(found) > _worth(best.fit)):
            best = Found(header_row=number, headers=tuple(row), fit=found)
            if not found.unexpected:
                break  # every header of this row is known
    return best


def headed(headers: tuple[str | None, ...], kind: str, own: str = "") -> Found:
    """A table without headers of its own, under those of another of the kind."""
    return Found(header_row=0, headers=headers, fit=fit(layout_with(kind, own), list(headers)))


def _fit_of(row: list[str | None], as_kind: str | None, own: str) -> Fit | None:
    if as_kind is not None:
        fitted = fit(layout_with(as_kind, own), row)
        return (
            fitted
            if not fitted.missing_required
            and fitted.score >= min(2, fitted.layout.least_headers)
            and not _of_people(fitted, row)
            else None
        )
    names = frozenset(map(normal, row)) - {""}
    candidates = [layout for layout in layouts() if names.isdisjoint(layout.without)]
    most = {layout.kind: most_score(layout, names) for layout in candidates}
    if not any(most[layout.kind] >= layout.least_headers for layout in candidates):
        return None
    fits = [fit(layout, row) for layout in candidates if most[layout.kind] >= 2]
    good = [
        fitted
        for fitted in fits
        if not fitted.missing_required
        and fitted.score >= fitted.layout.least_headers
        and not is_counted_out(fitted, row)
    ]
    best = max(good, key=_worth, default=None)
    rival = max((fitted.score for fitted in fits), default=0)
    return best if best is not None and rival < best.score + _AHEAD else None


def is_counted_out(fitted: Fit, row: list[str | None]) -> bool:
    """Whether what a layout does not expect says that the table is of something else: only of kinds whose
    rows are not people.

    A header of people is enough; of other headers there may not be more than of recognised ones, where those
    are so few that other tables have them too.
    """
    is_slight = not fitted.layout.of_people and fitted.variant is None and fitted.score < _SLIGHT
    return _of_people(fitted, row) or (is_slight and len(fitted.unexpected) > fitted.score)


def _of_people(fitted: Fit, row: list[str | None]) -> bool:
    return not fitted.layout.of_people and bool(headers_of_people(fitted, row))


def _worth(fitted: Fit) -> tuple[int, int]:
    return fitted.score, -len(fitted.unexpected)


def _near_fits(
    rows: list[list[str | None]], as_kind: str | None, own: str = ""
) -> Iterator[tuple[int, Fit, list[str | None]]]:
    """The rows of a sheet's first that hold at least two headers of a layout, with their numbers."""
    candidates = layouts() if as_kind is None else (layout_with(as_kind, own),)
    for number, row in enumerate(rows[:HEAD_ROWS], start=1):
        names = frozenset(map(normal, row)) - {""}
        for layout in candidates:
            if most_score(layout, names) >= 2:
                yield number, fit(layout, row), row


def nearest_miss(rows: list[list[str | None]], as_kind: str | None, own: str = "") -> str:
    """One sentence on what kind came nearest and what it lacked."""
    if as_kind is not None and own:
        wanted = ", ".join(f"`{name}`" for name in layout_with(as_kind, own).variant[0].marks)
        return f"No row of its first 60 has the headers of the layout that was given: {wanted}."
    best = max(
        _near_fits(rows, as_kind, own),
        key=lambda near: (near[1].score, -len(near[1].missing_required)),
        default=None,
    )
    if best is None or best[1].score < 2:
        return "No row of its first 60 looks like the headers of a known table."
    number, fitted, row = best
    nearest = (
        f"Row {number} comes nearest to the headers of {fitted.layout.kind} ({fitted.score} recognised) but"
    )
    if not fitted.missing_required:
        if people := _of_people(fitted, row) and headers_of_people(fitted, row):
            return (
                f"{nearest} `{safe_text(people[0])}` says that its rows are people. Such a table is not taken"
                f" for {fitted.layout.title.lower()}."
            )
        if is_counted_out(fitted, row):
            others = ", ".join(f"`{safe_text(row[place])}`" for place in fitted.unexpected[:3])
            return f"{nearest} has more columns of other things ({others})."
        return f"{nearest} has too few that are known."
    near = nearest_header(fitted.layout, fitted.missing_required[0], row)
    hint = (
        f" The nearest header is `{safe_text(near)}`: if that is the column renamed, correct it in a copy or"
        " declare the spelling in the layout."
        if near
        else ""
    )
    return f"{nearest} lacks `{fitted.missing_required[0]}`.{hint}"


def nearest_of_all(heads: list[list[list[str | None]]], as_kind: str | None, own: str = "") -> str:
    """The nearest miss among several sheets: of the sheet with the most recognised headers."""
    best = max(
        heads,
        key=lambda rows: max((fitted.score for _, fitted, _ in _near_fits(rows, as_kind, own)), default=0),
        default=[],
    )
    return nearest_miss(best, as_kind, own)


def no_known_table(name: str, nearest: str) -> str:
    """The refusal of a file without a table of a known kind, with the two ways out."""
    return (
        f"{name}: no table of a known kind. {nearest} Name the kind with --as if you know it; of a table of"
        " people as others list them `paradero layout new FILE` proposes what its headers mean."
    )


def no_table_of_a_pdf(
    name: str, tables: list[tuple[str, list[list[str | None]]]], as_kind: str | None, own: str = ""
) -> str:
    """The refusal of a PDF: each table with the kind that comes nearest and why it is not of it, and the ways
    out.
    """
    listed = " ".join(f"{table}: {nearest_miss(rows, as_kind, own)}" for table, rows in tables[:_LISTED])
    more = f" There are {len(tables) - _LISTED:,} tables more." if len(tables) > _LISTED else ""
    return f"{no_known_table(name, f'{listed}{more}')} Read it as a document with --as document."


def near_kind(rows: list[list[str | None]]) -> str | None:
    """The kind whose headers a sheet nearly has: most of a row of many are recognised, yet a required one is
    not there.
    """
    for _, fitted, row in _near_fits(rows, None):
        headers = sum(1 for cell in row if cell)
        if (
            fitted.missing_required
            and fitted.score >= max(fitted.layout.least_headers, 5)
            and 2 * fitted.score > headers
        ):
            return fitted.layout.kind
    return None


def release_in(texts: list[str]) -> str | None:
    """The first FOIA release number in some texts, written as 2026-ICLI-00005."""
    for text in texts:
        found = _RELEASE.search(text)
        if found:
            return "-".join(found.groups())
    return None


def head_of(table: pa.Table, rows: int = HEAD_ROWS) -> list[list[str | None]]:
    """The first rows of a table of text as lists, blank cells as None, trimmed."""
    return [
        [(str(cell).strip() or None) if cell is not None else None for cell in row.values()]
        for row in table.slice(0, rows).to_pylist()
    ]


def heads(path: Path, container: Container, name: str) -> list[tuple[str, list[list[str | None]]]]:
    """(sheet name, first rows) of each sheet; text and columnar files have one sheet without a name."""
    if container in WORKBOOKS:
        return [
            (sheet, head_of(read_sheet(path, container, sheet, name, rows=HEAD_ROWS).table))
            for sheet in sheets_of(path, container, name).names
        ]
    if container == "csv":
        text = read_text(path, name, most_bytes=2_000_000)
        return [("", head_of(as_table(text, name, rows=HEAD_ROWS).table))]
    return [("", [[*columnar_headers(path, container, name)]])]


def is_tabular(path: Path, name: str) -> bool:
    """Whether a text file has the shape of a table, of a known kind or not: most of its lines have the same
    columns: three or more, or two that no comma parts.

    Commas before a blank are those of sentences.
    """
    try:
        text = read_text(path, name, most_bytes=2_000_000)
    except SourceError:
        return False
    rows = [row for row in head_of(as_table(text, name, rows=HEAD_ROWS).table) if any(row)]
    full = [
        row
        for row in rows
        if len(row) >= text.width and all(row[place] is not None for place in (0, text.width - 1))
    ]
    is_prose = text.delimiter == "," and (
        text.width == 2 or text.content.count(", ") >= 0.8 * text.content.count(",")
    )
    is_even = len(rows) > 1 and len(full) >= 0.8 * len(rows) and not is_prose
    return is_even or near_kind(rows) is not None


def sniff(path: Path, *, name: str | None = None, as_kind: str | None = None, own: str = "") -> Sniffed:
    """Look at a file's first rows and say what it is, by the layout that a user wrote (`own`) where there is
    one; raises SourceError where no sheet is a table of a known
    kind.
    """
    name = name or path.name
    container = container_of(path, name)
    looked = heads(path, container, name)
    if as_kind == "statistics" or (as_kind is None and is_statistics([sheet for sheet, _ in looked])):
        return _statistics(container, looked, name)
    sheets, tables = [], []
    for sheet, rows in looked:
        found = find_table(rows, as_kind, own)
        if found is None:
            sheets.append(SniffedSheet(name=sheet, kind=None, why=nearest_miss(rows, as_kind, own)))
            continue
        tables.append(found)
        what = found.fit.variant.name if found.fit.variant else "no known release"
        twice = f", {len(found.fit.repeated)} more than once" if found.fit.repeated else ""
        why = (
            f"row {found.header_row} has {found.fit.score} headers of {found.fit.layout.kind}, as in {what};"
            f" {len(found.fit.unexpected)} unexpected{twice}"
        )
        sheets.append(SniffedSheet(name=sheet, kind=found.fit.layout.kind, why=why))
    if not tables and container == "pdf":
        raise SourceError(no_table_of_a_pdf(name, looked, as_kind, own))
    if not tables:
        nearest = nearest_of_all([rows for _, rows in looked], as_kind, own)
        raise SourceError(no_known_table(name, nearest))
    kinds = tuple(dict.fromkeys(found.fit.layout.kind for found in tables))
    first = tables[0].fit.variant
    label = "sheet" if container in WORKBOOKS else "table"
    why = "; ".join(
        f"{label} {safe_name(sheet.name, 'of a name withheld')!r}: {sheet.why}" if sheet.name else sheet.why
        for sheet in sheets
        if sheet.kind
    )
    preamble = [cell for _, rows in looked for row in rows[:8] for cell in row if cell]
    return Sniffed(
        container=container,
        kinds=kinds,
        variant=first.name if first else None,
        release=release_in([name, *preamble]),
        why=f"{container} by content; {why}",
        sheets=tuple(sheets),
    )


def _statistics(container: Container, looked: list[tuple[str, list[list[str | None]]]], name: str) -> Sniffed:
    sheets = tuple(
        SniffedSheet(name=sheet, kind="statistics", why="sheet of ICE's detention statistics workbook")
        for sheet, _ in looked
    )
    why = (
        f"{container} by content; its sheets are named as in ICE's detention statistics workbooks (Detention,"
        " Facilities, Footnotes)"
    )
    return Sniffed(
        container=container,
        kinds=("statistics",),
        variant=None,
        release=release_in([name]),
        why=why,
        sheets=sheets,
    )


__all__ = [
    "Found",
    "Sniffed",
    "SniffedSheet",
    "find_table",
    "head_of",
    "is_tabular",
    "no_known_table",
    "normal",
    "release_in",
    "sniff",
]
