"""The values that pass between reading a sheet, typing it and reporting on it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from paradero.sources.containers.first_bytes import Container
from paradero.sources.sheets.assumed import Assumed
from paradero.sources.sheets.ledger import Ledger
from paradero.sources.values.dates import DateOrder, Evidence
from paradero.sources.values.identifiers import Withheld, safe_name

MOST_HELD = 64_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Oddities:
    """What reading noticed: stray cells (row, column letters, text), records of another width, cells with NUL
    bytes (row, position of the column, how many), rows whose cells cannot be told apart for certain (row,
    what is expected).
    """

    far: tuple[tuple[int, str, str], ...] = ()
    ragged: tuple[int, ...] = ()
    nuls: tuple[tuple[int, int, int], ...] = ()
    doubted: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Headed:
    """The headers of a sheet, and the kind of record they head: another goes on under them."""

    sheet: str
    headers: tuple[str | None, ...]
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTask:
    """One sheet to take in, with all it takes to do so in a process of its own.

    `date_order` is the order of day and month that was declared, or found over all sheets of the file; None
    where this sheet is to tell. `headed_by` are the headers of the sheet that this one goes on from, where it
    has none of its own. `own` is the text of the layout that a user wrote for the file.
    """

    path: Path
    container: Container
    number: int
    name: str
    out: Path
    source: str
    file_name: str
    as_kind: str | None
    all_sheets: tuple[str, ...]
    hidden: bool = False
    serial_epoch: str = "1899-12-30"
    threads: int = 1
    date_order: DateOrder | None = None
    headed_by: Headed | None = None
    keep: tuple[str, ...] = ()
    own: str = ""
    most_held: int = MOST_HELD

    @property
    def label(self) -> str:
        """The sheet's name as it is written down: its own, or its number where its own points at a person."""
        return safe_name(self.name, f"sheet {self.number + 1}, name withheld")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReport:
    """What a sheet gave. `rows_in` = rows below the header, `rows_kept` + `rows_blank` + `rows_outside` =
    rows_in.

    `rows_outside` are rows below the header that hold something and are no record: repeated headers, notes,
    totals, cells beside the table. `rows_flagged` counts kept rows with at least one reject; `cells_rejected`
    all rejects of the sheet. `ledger` accounts for every row of the sheet, `assumed` lists what was assumed,
    `remarks` what is odd about the sheet as a whole (hidden, repeating another). `continues` names the sheet
    that it goes on from, under whose headers it stands.
    """

    number: int
    name: str
    kinds: tuple[str, ...] = ()
    hidden: bool = False
    variant: str | None = None
    header_row: int | None = None
    headers: tuple[str | None, ...] = ()
    last_row: int = 0
    rows_in: int = 0
    rows_kept: int = 0
    rows_blank: int = 0
    rows_outside: int = 0
    rows_flagged: int = 0
    cells_rejected: int = 0
    missing: tuple[str, ...] = ()
    unexpected: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    encoding: str | None = None
    date_system: str | None = None
    file_original: str | None = None
    ledger: Ledger = field(default_factory=lambda: Ledger(in_file=0))
    assumed: tuple[dict[str, Any], ...] = ()
    remarks: tuple[str, ...] = ()
    continues: str | None = None
    evidence: Evidence = field(default_factory=Evidence, repr=False)
    date_order: DateOrder | None = None
    why: str = ""
    head: tuple[list[str | None], ...] = field(default=(), repr=False)

    def as_json(self) -> dict[str, Any]:
        """As written to report.json: everything but the first rows."""
        plain = {
            name: getattr(self, name) for name in self.__slots__ if name not in ("head", "evidence", "ledger")
        }
        return plain | {"ledger": self.ledger.as_json(), "withheld": [asdict(each) for each in self.withheld]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The cells of a sheet as they came, by position, and its first rows.

    `in_file` counts its rows from the file itself, not from the table. `assumed` is what had to be assumed to
    come so far; `comma_land`: semicolons part the columns, as where commas are decimal. `start`: how many
    rows stand before these, where a sheet comes in pieces. `origins` are the page and the place there of each
    row, of a table in pages.
    """

    table: pa.Table
    rows: int
    head: list[list[str | None]]
    in_file: int
    odd: Oddities = Oddities()
    encoding: str | None = None
    assumed: tuple[Assumed, ...] = ()
    remarks: tuple[str, ...] = ()
    comma_land: bool = False
    start: int = 0
    origins: tuple[tuple[str, int], ...] = ()
