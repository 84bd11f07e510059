"""The state of a casefile: what was added, what became of every row, what is unlike a known release, what was
built.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import duckdb

from paradero.answers.documents.documents import document_row
from paradero.answers.drift import drift_of, rejects_of
from paradero.building import receipts
from paradero.building.behind import behind_of
from paradero.building.documents import DocumentSource, documents_of, kept_report
from paradero.building.ingested import IngestReport, ingested_folder, report_of
from paradero.building.overlaps import Overlap, overlaps_of
from paradero.building.receipts import Receipt, is_of_this_code
from paradero.building.tables import open_tables
from paradero.casefile.folder import Casefile, CaseSettings
from paradero.casefile.log import read_log
from paradero.casefile.originals import Source, sources_of
from paradero.casefile.seals import is_sealed
from paradero.engines.duckdb import connect
from paradero.model.errors import CasefileError
from paradero.model.time.clock import clock_text

Row = dict[str, Any]

# the column whose range is the coverage of a source, by kind
_COVERAGE = {
    "detentions": "book_in_date_time",
    "arrests": "apprehension_date_time",
    "removals": "departed_date",
    "encounters": "event_date",
    "detainers": "detainer_prepare_date",
    "missions": "mission_date",
    "passengers": "mission_date",
    "facility_days": "date",
    "national_days": "date",
    "facility_statistics": "as_of",
}


_PLAIN = "".join(map(chr, range(0x21, 0x7F)))
_WIDE = "".join(map(chr, range(0xFF01, 0xFF5F)))  # the same signs in full width
_TWINS = r"""
WITH plain AS (
  SELECT release, unique_identifier,
    lower(regexp_replace(translate(unique_identifier, $wide, $plain), '^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$', '',
    'g')) AS shared FROM persons
),
alike AS (SELECT release, shared, count(*) - 1 AS n, min(unique_identifier) AS one,
  max(unique_identifier) AS other FROM plain GROUP BY release, shared HAVING count(*) > 1)
SELECT release, CAST(sum(n) AS BIGINT) AS n, arg_min(one, shared) AS one, arg_min(other, shared) AS other
  FROM alike GROUP BY release ORDER BY release
"""

_SHEET = (
    "name",
    "kinds",
    "hidden",
    "header_row",
    "rows_in",
    "rows_kept",
    "rows_blank",
    "rows_outside",
    "remarks",
    "continues",
    "ledger",
    "why",
)


def status_of(case: Casefile) -> dict[str, Any]:
    """Everything `paradero status` says, as nested lists and dicts.

    Counts are rows of the originals below their headers: rows in are rows kept, blank and outside the table
    (notes, totals) together.
    """
    settings = case.settings()
    sources = sources_of(case)
    added = _added(case)
    state, receipt = _build_state(case, sources)
    entries, drift, rejects, withheld = [], [], [], []
    with connect() as connection:
        for source in sources:
            report = report_of(case, source) if is_sealed(ingested_folder(case, source)) else None
            coverage = _coverage(connection, case, source) if report else (None, None)
            overlaps = [overlap_row(each) for each in overlaps_of(case, source)] if report else []
            entries.append(
                _entry(source, report, coverage)
                | {"added_on": added[source.sha256].isoformat(), "overlaps": overlaps}
            )
            if report is not None:
                drift += drift_of(connection, case, source, report)
                rejects += rejects_of(connection, case, source)
                withheld += [{"source": source.source, **one} for one in report.withheld()]
    is_readable = receipt is not None and is_of_this_code(receipt)
    latest = {
        entry["release"]: entry["added_on"] for entry in sorted(entries, key=lambda entry: entry["added_on"])
    }
    releases = _releases(case, latest) if is_readable else []
    return {
        "title": settings.title,
        "scope": settings.scope,
        "root": str(case.root),
        "sources": entries,
        "documents": [_document(case, one) for one in documents_of(case)],
        "releases": releases,
        "warnings": [
            *_unused(settings, sources),
            *(text for row in releases for text in (row["warning"], row["id_twins"]) if text),
        ],
        "drift": drift,
        "rejects": rejects,
        "withheld": withheld,
        "build": state,
        "digest": receipt.digest if receipt else None,
        "engine": receipt.engine if receipt else None,
        "version": receipt.version if receipt else None,
        "tables": {table.name: table.rows for table in receipt.tables} if receipt else {},
    }


def overlap_row(overlap: Overlap) -> Row:
    """An overlap of two files as `add` and `status` give it."""
    other = overlap.other
    named = {"source": other.source, "file_name": other.file_name, "release": other.release}
    return {"kind": overlap.kind, "rows": overlap.rows, "is_same_release": overlap.is_same_release, **named}


def _document(case: Casefile, one: DocumentSource) -> Row:
    """A document with what is kept of its reading; `paradero documents` reads it again where nothing is."""
    report = kept_report(case, one)
    if report is None:
        return {
            "document": one.document,
            "sha256": one.sha256,
            "file_name": one.file_name,
            "bytes": one.n_bytes,
            "mentions": None,
        }
    return document_row(one, report)


def _added(case: Casefile) -> dict[str, dt.date]:
    """The day (UTC) on which each source was first added, by SHA-256."""
    found: dict[str, dt.date] = {}
    for entry in read_log(case):
        if entry.act == "add":
            found.setdefault(entry.what["sha256"], dt.datetime.fromisoformat(entry.at).date())
    return found


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


def _entry(source: Source, report: IngestReport | None, coverage: tuple[str | None, str | None]) -> Row:
    sheets = report.sheets if report else []
    counts = ("rows_in", "rows_kept", "rows_flagged", "cells_rejected")
    return {
        "source": source.source,
        "sha256": source.sha256,
        "file_name": source.file_name,
        "bytes": source.n_bytes,
        "kinds": ", ".join(source.kinds),
        "variant": source.variant,
        "release": source.release,
        "release_from": source.release_from,
        "why": source.why,
        "origin": source.origin,
        "licence": source.licence,
        "note": source.note,
        **{name: getattr(report, name) if report else None for name in counts},
        **{
            name: sum(int(str(sheet[name])) for sheet in sheets) if report else None
            for name in ("rows_blank", "rows_outside")
        },
        "first": coverage[0],
        "last": coverage[1],
        "date_order": source.date_order,
        "ledger": report.ledger if report else {},
        "assumed": report.assumed if report else [],
        "sheets": [{key: sheet.get(key) for key in _SHEET} for sheet in sheets],
    }


def _releases(case: Casefile, added: dict[str, str]) -> list[Row]:
    with open_tables(case, "releases", "persons", "chains", "unaccounted", "conflicts") as built:
        rows = built.rows(
            "SELECT r.*, (SELECT count(*) FROM persons p WHERE p.release = r.release) AS persons, (SELECT"
            " CAST(sum(n_stays) AS BIGINT) FROM chains c WHERE c.release = r.release) AS stays, (SELECT"
            " count(*) FROM unaccounted u WHERE u.release = r.release) AS unaccounted, (SELECT count(*) FROM"
            " conflicts x WHERE x.release = r.release) AS conflicts FROM releases r ORDER BY r.release"
        )
        twins = {row["release"]: row for row in built.rows(_TWINS, {"wide": _WIDE, "plain": _PLAIN})}
        ends = built.rows("SELECT release, end_kind, count(*) AS n FROM chains GROUP BY ALL ORDER BY ALL")
    for row in rows:
        for name in ("first_event", "released_at", "latest_book_out", "covered_from", "covered_until"):
            row[name] = clock_text(row[name])
        row["chain_ends"] = {end["end_kind"]: end["n"] for end in ends if end["release"] == row["release"]}
        row["warning"] = _beyond(row, added.get(row["release"]))
        row["id_twins"] = _twins_words(twins[row["release"]]) if row["release"] in twins else None
    return rows


def _twins_words(found: Row) -> str:
    """What is said of ids of several sheets or files that differ only in how they are written."""
    return (
        f"release {found['release']}: {found['n']:,} {'id differs' if found['n'] == 1 else 'ids differ'} from"
        f" another only in capitals, in signs around it or in full-width letters, such as `{found['one']}`"
        f" and `{found['other']}`, in different sheets or files. Whether they are one person is not known,"
        " and each counts as one."
    )


def _beyond(row: Row, added_on: str | None) -> str | None:
    """What is to be asked about the end of a release: it lies after the day its files were added, or
    book-outs lie after it.
    """
    setting = f'[releases."{row["release"]}"] in paradero.toml'
    if added_on is not None and row["released_at"] is not None and row["released_at"][:10] > added_on:
        return (
            f"release {row['release']} looks until {row['released_at']} ({row['released_at_from']}), after"
            f" the day its last source was added ({added_on}): a mistyped date moves this instant, at which"
            f" open ends are censored. Set `released_at` under {setting}."
        )
    if row["released_at_from"] == "latest book-out":
        return (
            f"release {row['release']} is taken for one of all stays begun in a period:"
            f" {row['n_later_outs']:,} book-outs with a reason come after its last book-in, and the latest of"
            f" them ends it. If that is wrong, set `released_at` under {setting}. Whoever was held since"
            " before the period is not in it: published counts of people held are compared only once"
            " `covers_from` says from when on everybody is."
        )
    if row["n_later_outs"] and row["released_at_from"] == "latest event":
        return (
            f"release {row['release']}: {row['n_later_outs']:,} book-outs with a reason come after its latest"
            f" event ({row['released_at']}). They are taken for scheduled or mistyped. If they happened, set"
            f" `released_at` under {setting}."
        )
    return None


def _unused(settings: CaseSettings, sources: list[Source]) -> list[str]:
    unused = sorted(set(settings.releases) - {source.release for source in sources})
    return (
        [f"paradero.toml has settings for a release `{name}`, which no source belongs to" for name in unused]
        if sources
        else []
    )


def _build_state(case: Casefile, sources: list[Source]) -> tuple[str, Receipt | None]:
    try:
        found = receipts.current(case)
    except CasefileError:
        return "damaged: run `paradero build`", None
    if found is None:
        return "not built yet: run `paradero build`", None
    behind = behind_of(case, found[1], sources)
    return (
        f"older than {behind}: run `paradero build`" if behind else f"up to date, on {found[1].engine}"
    ), found[1]
