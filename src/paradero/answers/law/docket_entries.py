"""The entries of the dockets of a casefile, with what each may be to an order, for a person to confirm."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import msgspec
import pyarrow.parquet as pq

from paradero.answers.original import source_taken_in
from paradero.building.ingested import ingested_folder, report_of
from paradero.casefile.folder import Casefile
from paradero.casefile.originals import Source, original_path, sources_of
from paradero.model.addresses import Address, parse_address
from paradero.model.answer import Answer
from paradero.model.errors import UnknownName
from paradero.model.naming import unknown
from paradero.sources.fitting import fit
from paradero.sources.layouts import layout_of
from paradero.sources.sheet_rows import sheet_part

KIND = "dockets"
_LAST = 1 << 26


class DocketEntry(Answer, frozen=True, kw_only=True):
    """An entry as its source prints it: its address, court and number; the days it was filed and entered
    (`2025-03-15`, with a clock where the source has one; as written where that cannot be read); `may_be`
    what it may be to an order, by its words; `text` what it says, which may name people.
    """

    address: str
    court: str
    docket: str
    document: str
    filed: str
    entered: str
    may_be: tuple[str, ...]
    text: str


class _Word(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    does: str
    regex: str


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    word: list[_Word]


@functools.cache
def _words() -> list[tuple[str, re.Pattern[str]]]:
    raw = (files("paradero.answers.law") / "docket_words.toml").read_bytes()
    return [
        (each.does, re.compile(each.regex, re.IGNORECASE))
        for each in msgspec.toml.decode(raw, type=_Words).word
    ]


def may_be(text: str) -> tuple[str, ...]:
    """What an entry may be to an order by its words: acts, in the order of docket_words.toml."""
    return tuple(does for does, words in _words() if words.search(text))


def docket_entries(
    case: Casefile, *, docket: str | None = None, does: str | None = None
) -> list[DocketEntry]:
    """All entries, in the order of the files; of one docket (its number, or a part of it), or those that
    may be one act. Raises UnknownName where there is no such docket or act.
    """
    acts = [name for name, _ in _words()]
    if does is not None and does not in acts:
        raise unknown("an act of an order", does, acts)
    found = [entry for source in _sources(case) for entry in _entries(case, source)]
    if docket is not None:
        numbers = sorted({entry.docket for entry in found})
        found = [entry for entry in found if docket.casefold() in entry.docket.casefold()]
        if not found:
            raise unknown("a docket of this casefile", docket, numbers)
    return [entry for entry in found if does is None or does in entry.may_be]


def docket_entry(case: Casefile, address: str) -> DocketEntry:
    """The entry of an address. Raises UnknownName where there is none."""
    wanted = parse_address(address)
    source = source_taken_in(case, wanted.source)
    if KIND in source.kinds:
        found = next(_entries(case, source, sheet=wanted.sheet, row=wanted.row), None)
        if found is not None:
            return found
    raise UnknownName(
        f"`{address}` is no entry of a docket. `paradero order entries` lists them with their addresses."
    )


def _sources(case: Casefile) -> list[Source]:
    return [source for source in sources_of(case) if KIND in source.kinds]


def _entries(
    case: Casefile, source: Source, *, sheet: str | None = None, row: int | None = None
) -> Iterator[DocketEntry]:
    source = source_taken_in(case, source.source)
    path, folder = original_path(case, source), ingested_folder(case, source)
    sheets = {
        str(each["name"]): each["number"]
        for each in report_of(case, source).sheets
        if _is_of_dockets(each["kinds"]) and sheet in (None, each["name"])
    }
    for name, place in sheets.items():
        days = _days(folder / f"rows-{KIND}-{place}.parquet")
        part = sheet_part(path, folder, name, row or 1, row or _LAST)
        fitted = fit(layout_of(KIND), part.headers)
        text_at = fitted.aside[0] if fitted.aside else None
        for number, cells in part.rows.items():
            if part.header_row is not None and number <= part.header_row:
                continue
            if number not in days:
                continue
            address = Address(source=source.source, sheet=name, row=number)
            yield _entry(address, cells, fitted.positions, text_at, days[number])


def _is_of_dockets(kinds: object) -> bool:
    return isinstance(kinds, list) and KIND in kinds


def _days(rows: Path) -> dict[int, tuple[dt.datetime | None, dt.datetime | None]]:
    """When each row was filed and entered, as far as that is read as one moment."""
    table = pq.read_table(rows, columns=["source_row", "date_filed", "date_entered"])
    return {row["source_row"]: (row["date_filed"], row["date_entered"]) for row in table.to_pylist()}


def _entry(
    address: Address,
    cells: list[str | None],
    positions: dict[str, int],
    text_at: int | None,
    days: tuple[dt.datetime | None, dt.datetime | None],
) -> DocketEntry:
    def cell(column: str) -> str:
        place = positions.get(column)
        return (cells[place] or "") if place is not None and place < len(cells) else ""

    text = (cells[text_at] or "") if text_at is not None and text_at < len(cells) else ""
    return DocketEntry(
        address=str(address),
        court=cell("court"),
        docket=cell("docket_number"),
        document=cell("document_number"),
        filed=_shown(days[0], cell("date_filed")),
        entered=_shown(days[1], cell("date_entered")),
        may_be=may_be(text),
        text=text,
    )


def _shown(moment: dt.datetime | None, text: str) -> str:
    if moment is None:
        return text
    return moment.isoformat(timespec="seconds") if ":" in text else moment.date().isoformat()
