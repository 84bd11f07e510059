"""One report for a sheet from those of its pieces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from paradero.sources.layouts import Layout
from paradero.sources.sheets.assumed import Assumed
from paradero.sources.sheets.ledger import Ledger
from paradero.sources.sheets.tasks import SheetReport
from paradero.sources.values.identifiers import Withheld

# in the order in which a sheet that is held whole lists them
_ORDER = (
    "encoding",
    "delimiter",
    "stray_quotes",
    "nul_bytes",
    "date_and_time",
    "repeated_header",
    "date_order",
    "decimal_sign",
    "word_for_nothing",
    "stand_in_date",
    "word_for_nobody",
    "id_precision_lost",
    "id_twins",
    "letter_case",
    "zone",
    "error_cell",
    "invisible_letters",
    "serial_number",
    "two_digit_years",
)
_BY_TEXT = ("word_for_nothing", "stand_in_date", "word_for_nobody")


def merged_assumed(pieces: Sequence[Sequence[Assumed]], layout: Layout) -> list[Assumed]:
    """What was assumed of all pieces, cells added up, columns in the order of the layout."""
    places = {column.name: place for place, column in enumerate(layout.column)}
    found: dict[tuple[str, str, str], Assumed] = {}
    for each in (each for piece in pieces for each in piece):
        # ids that are twins in one column are not in another
        key = (each.what, each.taken, each.columns if each.what == "id_twins" else "")
        known = found.get(key)
        found[key] = each if known is None else _added(known, each, places)
    differing = {
        each.columns for each in found.values() if each.what == "repeated_header" and each.cells is not None
    }
    kept = [
        each
        for each in found.values()
        if each.what != "repeated_header" or each.cells is not None or each.columns not in differing
    ]
    return sorted(
        kept,
        key=lambda each: (
            _ORDER.index(each.what),
            (-(each.cells or 0), each.taken) if each.what in _BY_TEXT else (0, ""),
        ),
    )


def _added(one: Assumed, two: Assumed, places: dict[str, int]) -> Assumed:
    names = {name for each in (one, two) for name in each.columns.split(", ") if name}
    cells = None if one.cells is None and two.cells is None else (one.cells or 0) + (two.cells or 0)
    return replace(
        one,
        cells=cells,
        columns=", ".join(sorted(names, key=lambda name: places.get(name, 0))),
        is_open=one.is_open or two.is_open,
    )


def merged_withheld(
    pieces: Sequence[Sequence[Withheld]], headers: Sequence[str | None]
) -> tuple[Withheld, ...]:
    """What was withheld of all pieces, in the order of the columns."""
    cells: Counter[tuple[str, bool, str]] = Counter()
    for each in (each for piece in pieces for each in piece):
        cells[each.header, not each.whole, each.kind] += each.cells
    places = {header or "": place for place, header in reversed([*enumerate(headers)])}
    return tuple(
        Withheld(header=header, kind=kind, cells=n, whole=not in_part)
        for (header, in_part, kind), n in sorted(
            cells.items(), key=lambda each: (places.get(each[0][0], len(places)), each[0][1:])
        )
    )


def merged_report(pieces: Sequence[SheetReport], assumed: Sequence[Assumed]) -> SheetReport:
    """The report on all pieces; what was assumed of them is merged already."""
    first = pieces[0]
    return replace(
        first,
        last_row=sum(each.last_row for each in pieces),
        rows_in=sum(each.rows_in for each in pieces),
        rows_kept=sum(each.rows_kept for each in pieces),
        rows_blank=sum(each.rows_blank for each in pieces),
        rows_outside=sum(each.rows_outside for each in pieces),
        rows_flagged=sum(each.rows_flagged for each in pieces),
        cells_rejected=sum(each.cells_rejected for each in pieces),
        file_original=next((each.file_original for each in pieces if each.rows_kept), first.file_original),
        ledger=sum((each.ledger for each in pieces), Ledger(in_file=0)),
        assumed=tuple(each.as_json() for each in assumed),
        withheld=merged_withheld([each.withheld for each in pieces], first.headers),
    )
