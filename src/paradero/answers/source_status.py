"""The state of each source and document of a casefile: how it was read, what became of every row, which other
files hold the same rows.
"""

from __future__ import annotations

import datetime as dt

import duckdb
import msgspec
from msgspec import UNSET, UnsetType

from paradero.answers.documents.documents import read_document
from paradero.building.documents import DocumentSource, kept_report
from paradero.building.ingested import IngestReport, ingested_folder
from paradero.building.overlaps import Overlap, overlaps_of
from paradero.casefile.folder import Casefile
from paradero.casefile.originals import Source
from paradero.model.answer import Answer

# the column whose range is the coverage of a source, by kind
_COVERAGE = {
    "detentions": "book_in_date_time",
    "arrests": "apprehension_date_time",
    "removals": "departed_date",
    "dockets": "date_filed",
    "encounters": "event_date",
    "detainers": "detainer_prepare_date",
    "segregation": "placement_date",
    "deaths": "death_date",
    "court_cases": "latest_hearing",
    "court_proceedings": "charging_date",
    "court_bonds": "completed",
    "court_custody": "detained",
    "court_hearings": "hearing_date",
    "court_appeals": "filed",
    "missions": "mission_date",
    "passengers": "mission_date",
    "facility_days": "date",
    "national_days": "date",
    "facility_statistics": "as_of",
}


class Assumed(Answer, frozen=True, kw_only=True):
    """What was assumed in reading, for how many cells (None: all) of which columns; `is_open`: somebody who
    knows should say.
    """

    what: str
    taken: str
    cells: int | None
    columns: str
    is_open: bool


class SheetStatus(Answer, frozen=True, kw_only=True):
    """What became of a sheet: rows in are rows kept, blank and outside the table (notes, totals) together;
    `ledger` accounts for every row of the file.
    """

    name: str | None = None
    kinds: list[str] | None = None
    hidden: bool | None = None
    header_row: int | None = None
    rows_in: int | None = None
    rows_kept: int | None = None
    rows_blank: int | None = None
    rows_outside: int | None = None
    remarks: list[str] | None = None
    continues: str | None = None
    ledger: dict[str, int] | None = None
    why: str | None = None


class OverlapStatus(Answer, frozen=True, kw_only=True):
    """How many rows of a kind stand in another file too."""

    kind: str
    rows: int
    is_same_release: bool
    source: str
    file_name: str
    release: str


class SourceStatus(Answer, frozen=True, kw_only=True):
    """A source: what it is and by what that is known, what became of its rows (None where it was not read),
    from which day to which it reaches.
    """

    source: str
    sha256: str
    file_name: str
    bytes: int
    kinds: str
    variant: str | None
    release: str
    release_from: str
    why: str
    origin: str | None
    licence: str | None
    note: str | None
    rows_in: int | None
    rows_kept: int | None
    rows_flagged: int | None
    cells_rejected: int | None
    rows_blank: int | None
    rows_outside: int | None
    first: str | None
    last: str | None
    date_order: str | None
    ledger: dict[str, int]
    assumed: list[Assumed]
    sheets: list[SheetStatus]
    added_on: str
    overlaps: list[OverlapStatus]


class DocumentStatus(Answer, frozen=True, kw_only=True):
    """A document and, where it was read, what is kept of its reading; `mentions` is None where it was not."""

    document: str
    sha256: str
    file_name: str
    bytes: int
    format: str | UnsetType = UNSET
    pages: int | UnsetType = UNSET
    pages_without_text: list[int] | UnsetType = UNSET
    pages_scanned: list[int] | UnsetType = UNSET
    pages_recognised: list[int] | UnsetType = UNSET
    letters: int | UnsetType = UNSET
    encoding: str | UnsetType | None = UNSET
    encoding_from: str | UnsetType | None = UNSET
    undecodable: int | UnsetType = UNSET
    recogniser: str | UnsetType | None = UNSET
    mentions: int | None
    by_kind: dict[str, int] | UnsetType = UNSET
    withheld: dict[str, int] | UnsetType = UNSET
    origin: str | UnsetType | None = UNSET
    licence: str | UnsetType | None = UNSET
    note: str | UnsetType | None = UNSET


class Withheld(Answer, frozen=True, kw_only=True):
    """Cells that name or number a person, which paradero withholds: where, what kind, how many, and whether
    the whole column.
    """

    source: str
    sheet: str
    header: str
    kind: str
    cells: int
    whole: bool


def source_status(
    connection: duckdb.DuckDBPyConnection,
    case: Casefile,
    source: Source,
    report: IngestReport | None,
    *,
    added_on: dt.date,
) -> SourceStatus:
    """The state of a source, with the report on taking it in where it was."""
    sheets = msgspec.convert(report.sheets, list[SheetStatus]) if report else []
    first, last = _coverage(connection, case, source) if report else (None, None)
    return SourceStatus(
        source=source.source,
        sha256=source.sha256,
        file_name=source.file_name,
        bytes=source.n_bytes,
        kinds=", ".join(source.kinds),
        variant=source.variant,
        release=source.release,
        release_from=source.release_from,
        why=source.why,
        origin=source.origin,
        licence=source.licence,
        note=source.note,
        rows_in=report.rows_in if report else None,
        rows_kept=report.rows_kept if report else None,
        rows_flagged=report.rows_flagged if report else None,
        cells_rejected=report.cells_rejected if report else None,
        rows_blank=sum(sheet.rows_blank or 0 for sheet in sheets) if report else None,
        rows_outside=sum(sheet.rows_outside or 0 for sheet in sheets) if report else None,
        first=first,
        last=last,
        date_order=source.date_order,
        ledger=report.ledger if report else {},
        assumed=msgspec.convert(report.assumed, list[Assumed]) if report else [],
        sheets=sheets,
        added_on=added_on.isoformat(),
        overlaps=[overlap_of(each) for each in overlaps_of(case, source)] if report else [],
    )


def overlap_of(overlap: Overlap) -> OverlapStatus:
    """An overlap of two files as `add` and `status` give it."""
    return OverlapStatus(
        kind=overlap.kind,
        rows=overlap.rows,
        is_same_release=overlap.is_same_release,
        source=overlap.other.source,
        file_name=overlap.other.file_name,
        release=overlap.other.release,
    )


def withheld_of(source: Source, report: IngestReport) -> list[Withheld]:
    """What was withheld in a source."""
    return [msgspec.convert({"source": source.source, **one}, Withheld) for one in report.withheld()]


def document_status(case: Casefile, one: DocumentSource) -> DocumentStatus:
    """A document with what is kept of its reading; `paradero documents` reads it again where nothing is."""
    report = kept_report(case, one)
    if report is not None:
        return msgspec.convert(read_document(one, report), DocumentStatus, from_attributes=True)
    return DocumentStatus(
        document=one.document, sha256=one.sha256, file_name=one.file_name, bytes=one.n_bytes, mentions=None
    )


def _coverage(
    connection: duckdb.DuckDBPyConnection, case: Casefile, source: Source
) -> tuple[str | None, str | None]:
    """First and last day in the column that dates the source's kind of record."""
    profile = ingested_folder(case, source) / "columns.parquet"
    wanted = sorted({_COVERAGE[kind] for kind in source.kinds if kind in _COVERAGE})
    if not profile.exists() or not wanted:
        return None, None
    is_wanted = duckdb.ColumnExpression("column_name").isin(*map(duckdb.ConstantExpression, wanted))
    lowest, highest = (
        connection.read_parquet(str(profile))
        .filter(is_wanted)
        .aggregate("min(lowest), max(highest)")
        .fetchall()[0]
    )
    return lowest and lowest[:10], highest and highest[:10]
