"""Addresses of rows: `source:sheet:row`, and the numbers that stand for them inside tables."""

from __future__ import annotations

from dataclasses import dataclass

from paradero.model.errors import UnknownName

# row_id = rank of the source * 2^38 + number of its sheet * 2^26 + row, so that its order is the file order
ROWS_A_SHEET = 1 << 26
ROWS_A_SOURCE = 1 << 38


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One row of a source: `source` is the first 12 letters of the file's SHA-256, `row` the worksheet row
    (from 1, preamble included).

    `sheet` is empty for files without sheets.
    """

    source: str
    sheet: str
    row: int

    def __str__(self) -> str:
        return f"{self.source}:{self.sheet}:{self.row}"


def parse_address(text: str) -> Address:
    """Read `source:sheet:row`; a sheet's name may hold colons. Raises UnknownName with the form expected."""
    source, _, rest = text.strip().partition(":")
    sheet, colon, row = rest.rpartition(":")
    if not source or not colon or not row.isdigit() or int(row) < 1:
        raise UnknownName(
            f"`{text}` is not an address. Write source, sheet and row, such as `3fa9c1d20b7e:Sheet1:1204`."
        )
    return Address(source=source, sheet=sheet, row=int(row))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a `row_id` stands for: the rank of the source, the number of its sheet (both from 0) and
    the row.
    """

    source_rank: int
    sheet_number: int
    row: int


def place_of(row_id: int) -> Place:
    """The place that a `row_id` of a built table stands for."""
    rank, ordinal = divmod(row_id, ROWS_A_SOURCE)
    sheet, row = divmod(ordinal, ROWS_A_SHEET)
    return Place(source_rank=rank, sheet_number=sheet, row=row)
