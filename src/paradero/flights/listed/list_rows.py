"""Flight lists as rows: the header found, cells by what they are, and readers of single cells that tell what
they could not read.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from paradero.flights.listed.list_layouts import ListLayout, list_layouts, plain
from paradero.flights.listed.listed import Bounds, Unread
from paradero.flights.places.airports import Airport, airports
from paradero.model.errors import SourceError, UnknownName
from paradero.sources.containers.texts.encodings import decoded

_DELIMITERS = {"\t": "tabs", ";": "semicolons", "|": "bars"}
_COUNT = re.compile(r"\d{1,4}")
_RANGE = re.compile(r"(\d{1,4})\s*(?:-|–|to)\s*(\d{1,4})")
_AIRCRAFT = re.compile(r"(?:([A-Z0-9]{2,4})\s*)?\(([A-Z0-9-]+)\)")
_DURATION = re.compile(r"(\d{1,2})h(\d{2})m")
_TYPE = re.compile(r"[A-Z][A-Z0-9]{1,3}")


@dataclass(slots=True, kw_only=True)
class Row:
    """One row of a list while it is read; `unread` gathers what was not understood. Mutable, and alive only
    while the list is read.
    """

    file: str
    number: int
    cells: Mapping[str, Sequence[tuple[str, str]]]  # by field: (header, cell), blank ones left out
    unread: list[Unread] = field(default_factory=list)

    def text(self, name: str) -> str | None:
        """The first cell of a field that says something."""
        return next((cell for _, cell in self.cells.get(name, ())), None)

    def header(self, name: str) -> str:
        return next((header for header, _ in self.cells.get(name, ())), name)

    def tell(self, column: str, value: str, expected: str) -> None:
        """Note what could not be read."""
        self.unread.append(
            Unread(file=self.file, row=self.number, column=column, value=value[:120], expected=expected)
        )

    def day(self, formats: Sequence[str]) -> dt.date | None:
        """The day of the row; a weekday that is not the day's is told, and the day taken all the same."""
        text = self.text("date")
        bare = (text or "").strip(" '`.,;")
        for one in formats:
            try:
                found = dt.datetime.strptime(bare, one).date()
            except ValueError:
                continue
            if bare != text:
                self.tell(self.header("date"), text or "", f"a day and nothing else; taken for {found}")
            if "%A" in one and not (text or "").startswith(found.strftime("%A")):
                self.tell(self.header("date"), text or "", f"the weekday of {found}, {found:%A}")
            return found
        everything = text or ", ".join(cell for cells in self.cells.values() for _, cell in cells)
        self.tell(
            self.header("date") if text else "date",
            everything,
            "a day; the row is taken for a note and gives no leg",
        )
        return None

    def persons(self, name: str) -> Bounds:
        """Least and most of what the cells of a field count; several columns are several people's counts."""
        counts: list[int] = []
        for header, cell in self.cells.get(name, ()):
            span = _RANGE.fullmatch(cell)
            if span is not None:
                counts += [int(span[1]), int(span[2])]
            elif _COUNT.fullmatch(cell):
                counts.append(int(cell))
            else:
                self.tell(header, cell, "a count of people")
        return (min(counts), max(counts)) if counts else (None, None)

    def aircraft(self) -> tuple[str | None, str | None]:
        """Type and registration of a cell such as `B734 (N430XA)`."""
        text = self.text("aircraft")
        if text is None:
            return self.text("aircraft_type"), self.text("registration")
        found = _AIRCRAFT.fullmatch(text)
        if found is not None:
            return found[1], found[2]
        if _TYPE.fullmatch(text):
            return text, None
        self.tell(self.header("aircraft"), text, "a type and a registration, as B734 (N430XA)")
        return None, None

    def minutes(self) -> int | None:
        """The duration in minutes."""
        text = self.text("duration")
        found = _DURATION.fullmatch(text) if text else None
        if text and found is None:
            self.tell(self.header("duration"), text, "a duration, as 02h41m")
        return int(found[1]) * 60 + int(found[2]) if found else None

    def airport(self, name: str) -> tuple[Airport | None, str | None]:
        """The airport of a field and the text of its cell; a code that nobody knows is told."""
        text = self.text(name)
        found = airport_of(text) if text else None
        if text and found is None:
            found = airport_of(text.strip("()[]., "))
            self.tell(
                self.header(name),
                text,
                (
                    f"the code of an airport; taken for {found.icao}"
                    if found
                    else "the code of an airport that is known; the text is kept"
                ),
            )
        return found, text


@cache
def airport_of(code: str) -> Airport | None:
    """The airport of a code, None where it is not known."""
    if not 3 <= len(code.strip()) <= 4:
        return None
    try:
        return airports().named(code)
    except UnknownName:
        return None


def layout_of(content: bytes) -> ListLayout | None:
    """The layout of a flight list, by its headers; None where it is none of those known."""
    return next((one for _, one in _fitting(_decoded(content[:65_536], cut=True)[0])), None)


def _fitting(text: str) -> Iterator[tuple[str, ListLayout]]:
    """Delimiters and layouts under which a list has its headers: most lists are parted by commas, which notes
    have too, so these come first.
    """
    for delimiter in ",\t;|":
        try:
            rows = [row for _, row in _parsed(text, delimiter)]
        except csv.Error:
            continue
        for one in list_layouts():
            if one.header_row(rows) is not None:
                yield delimiter, one


def rows_of(content: bytes, path: Path, layout: ListLayout) -> Iterator[Row]:
    """The rows below the header that say anything. The first one carries what is to be told of the file as a
    whole.
    """
    text, is_replaced = _decoded(content)
    delimiter = next((delimiter for delimiter, one in _fitting(text[:65_536]) if one == layout), ",")
    try:
        lines = _parsed(text, delimiter)
    except csv.Error as error:
        raise SourceError(
            f"{path}: the delimited text is damaged ({error}). Fetch the file again."
        ) from error
    place = layout.header_row([row for _, row in lines])
    if place is None:
        raise SourceError(
            f"{path}: the headers {', '.join(layout.marks)} are not there, nor those of another layout of"
            " flight lists. Rename its headers to those of `plain`."
        )
    headers = [cell.strip() for cell in lines[place][1]]
    of = {plain(header): name for name, named in layout.columns.items() for header in named}
    head = Row(file=path.name, number=lines[place][0], cells={})
    if is_replaced:
        head.tell("", "", f"UTF-8; read as {is_replaced.capitalize()}")
    if delimiter != ",":
        head.tell(
            "",
            f"columns parted by commas; these are parted by {_DELIMITERS[delimiter]}",
            f"columns parted by commas; found {_DELIMITERS[delimiter]}",
        )
    for header in headers:
        if plain(header) not in of:
            head.tell(header, "", f"a column of the layout `{layout.name}`; its cells are kept")
    yield head
    for number, row in lines[place + 1 :]:
        cells: dict[str, list[tuple[str, str]]] = {}
        for column, cell in enumerate(row):
            header = headers[column] if column < len(headers) else f"column {column + 1}"
            if cell.strip():
                cells.setdefault(of.get(plain(header), "kept"), []).append((header, cell.strip()))
        ranked = {name: _ranked(layout, name, found) for name, found in cells.items()}
        if ranked:
            yield Row(file=path.name, number=number, cells=ranked)


def _ranked(layout: ListLayout, name: str, found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The cells of a field in the layout's order of its headers, which says which is asked first; those of
    one header as they stand.
    """
    order = {plain(header): place for place, header in enumerate(layout.columns.get(name, ()))}
    return sorted(found, key=lambda one: order.get(plain(one[0]), len(order)))


def _decoded(content: bytes, *, cut: bool = False) -> tuple[str, str | None]:
    """The text, and what it was read as where that is not UTF-8."""
    found = decoded(content, cut=cut)
    return found.content, None if found.words == "utf-8" else found.words


def _parsed(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Rows with the number of the line on which each begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found, begin = [], 1
    for row in reader:
        found.append((begin, row))
        begin = reader.line_num + 1
    return found
