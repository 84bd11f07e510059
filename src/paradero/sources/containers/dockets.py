"""Read the docket of a court, as programs and courts print it, into one table a docket: JSON of
juriscraper, of the RECAP archive and of CourtListener's API, and the docket report of PACER as a web page.

The case's name, parties, counsel and judges are not taken; the text of an entry is one column. A page of
the API that names a next one is only a part of its docket.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from paradero.model.errors import SourceError
from paradero.sources.containers.marked_up import Rows
from paradero.sources.containers.markup import html_tables
from paradero.sources.containers.texts.encodings import decoded
from paradero.sources.containers.unpacking import unpacked

HEADERS: list[str | None] = [
    "Court",
    "Docket Number",
    "Entry Number",
    "Document Number",
    "Filed",
    "Entered",
    "Attachments",
    "Docket Text",
]
_LOOKED_AT = 2_000_000  # bytes; parties may stand before the entries
_ENTERED = re.compile(r"\(\s*Entered:\s*([0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4})\s*\)")
_CASE = re.compile(r"CASE\s*#?\s*:\s*([0-9]+:[0-9]{2}-[a-z]{2,4}-[0-9]+(?:-[A-Z]+)*)", re.IGNORECASE)
_COURT = re.compile(
    r"\b(?:U\.?\s?S\.?|United States)\s+(?:District|Bankruptcy) Court\b[^<]{0,3}(?:<br\s*/?>)?([^<]{0,80})",
    re.IGNORECASE,
)
_AT_END = re.compile(r"/(?P<id>[^/]+)/?$")


def is_docket(path: Path) -> bool:
    """Whether a file holds a docket, looked for by what only dockets have."""
    raw = unpacked(path, path.name, most=_LOOKED_AT)
    start = raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start in (b"{", b"["):
        return b'"docket_entries"' in raw or (b'"recap_documents"' in raw and b'"entry_number"' in raw)
    return start == b"<" and re.search(rb"(?is)Date\s+Filed.{0,2000}?Docket\s+Text", raw) is not None


def dockets(path: Path, name: str) -> tuple[dict[str, Rows], str | None]:
    """The entries of each docket of a file under its number, the headers first, and a remark where the file
    is one page of several. Raises SourceError where it has no entry, or is damaged.
    """
    raw = unpacked(path, name)
    text = decoded(raw).content
    is_page = text.lstrip("\ufeff \t\r\n")[:1] == "<"
    found, goes_on = (_of_page(path, text, name), False) if is_page else _of_json(text, name)
    if not any(found.values()):
        raise SourceError(
            f"{name}: a docket without entries. Fetch its entries too (of CourtListener's API:"
            " /docket-entries/?docket=ID)."
        )
    remark = (
        "one page of a list that goes on (`next` names another): only a part of the docket"
        if goes_on
        else None
    )
    return {sheet: [HEADERS, *rows] for sheet, rows in found.items()}, remark


def _of_json(text: str, name: str) -> tuple[dict[str, Rows], bool]:
    """The rows of each docket, and whether the list goes on elsewhere."""
    try:
        loaded = json.loads(text)
    except ValueError as error:
        raise SourceError(
            f"{name}: the JSON is damaged or cut ({error}). Copy or download it again."
        ) from error
    found: dict[str, Rows] = {}
    for docket, entries in _dockets_of(loaded):
        rows = [_row(docket, entry) for entry in entries if isinstance(entry, Mapping)]
        found.setdefault(_number(docket, entries) or "docket", []).extend(rows)
    return found, isinstance(loaded, Mapping) and bool(loaded.get("next") or loaded.get("previous"))


def _dockets_of(loaded: Any) -> Iterator[tuple[Mapping[str, Any], list[Any]]]:
    """Each docket with its entries, in whatever wrapping."""
    if isinstance(loaded, list):
        if any(isinstance(each, Mapping) and "docket_entries" in each for each in loaded):
            for each in loaded:
                yield from _dockets_of(each)
        else:
            yield from _by_docket(loaded)
    elif isinstance(loaded, Mapping) and isinstance(loaded.get("docket_entries"), list):
        yield loaded, loaded["docket_entries"]
    elif isinstance(loaded, Mapping) and isinstance(loaded.get("results"), list):
        yield from _by_docket(loaded["results"])


def _by_docket(entries: list[Any]) -> Iterator[tuple[Mapping[str, Any], list[Any]]]:
    """Entries of an API's list, which name their docket by its address or number."""
    grouped: dict[str, list[Any]] = {}
    for each in entries:
        if isinstance(each, Mapping) and ("entry_number" in each or "description" in each):
            grouped.setdefault(str(each.get("docket") or ""), []).append(each)
    for of, rows in grouped.items():
        ident = _AT_END.search(of)
        yield {"docket_id": ident["id"] if ident else of}, rows


def _number(docket: Mapping[str, Any], entries: list[Any]) -> str | None:
    """The number of a docket, or CourtListener's id of it where its number is not told."""
    number = docket.get("docket_number") or next(
        (
            each["docket_number"]
            for each in entries
            if isinstance(each, Mapping) and each.get("docket_number")
        ),
        None,
    )
    return (
        str(number) if number else f"CourtListener {docket['docket_id']}" if docket.get("docket_id") else None
    )


def _row(docket: Mapping[str, Any], entry: Mapping[str, Any]) -> list[str | None]:
    documents = [each for each in entry.get("recap_documents") or [] if isinstance(each, Mapping)]
    main = [each for each in documents if not each.get("attachment_number")]
    attached = entry.get("attachments") if "attachments" in entry else documents[len(main) :]
    description = entry.get("description") or (main[0].get("description") if main else None)
    filed = _text(entry.get("date_filed"))
    if filed and entry.get("time_filed"):
        filed = f"{filed} {entry['time_filed']}"
    entered = _text(entry.get("date_entered")) or _entered(_text(description))
    number = entry.get("document_number") or (main[0].get("document_number") if main else None)
    return [
        _text(docket.get("court_id") or docket.get("court")),
        _text(docket.get("docket_number") or entry.get("docket_number")),
        _text(entry.get("entry_number") or entry.get("pacer_seq_no")),
        _text(number),
        filed,
        entered,
        _text(len(attached)) if isinstance(attached, list) else None,
        _text(description),
    ]


def _entered(text: str | None) -> str | None:
    found = _ENTERED.findall(text or "")
    return found[-1] if found else None


def _text(value: Any) -> str | None:
    return None if value is None else " ".join(str(value).split()) or None


def _of_page(path: Path, text: str, name: str) -> dict[str, Rows]:
    """The table of a docket report: Date Filed, number, Docket Text."""
    number, court = _CASE.search(text), _COURT.search(text)
    rows: Rows = []
    for table, _ in html_tables(path, name).values():
        head = next((place for place, row in enumerate(table) if _is_head(row)), None)
        for row in table[head + 1 :] if head is not None else []:
            cells = [cell for cell in row if cell is not None]
            if len(cells) < 2 or not re.match(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}", cells[0]):
                continue
            document = cells[1] if len(cells) > 2 and cells[1].isdigit() else None
            rows.append(
                [
                    _text(court[1]) if court else None,
                    number[1] if number else None,
                    None,
                    document,
                    cells[0],
                    _entered(cells[-1]),
                    None,
                    _text(cells[-1]),
                ]
            )
    return {number[1] if number else "docket": rows}


def _is_head(row: list[str | None]) -> bool:
    cells = [" ".join(cell.lower().split()) for cell in row if cell]
    return "date filed" in cells and "docket text" in cells
