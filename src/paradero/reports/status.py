"""The state of a casefile: what was added, what became of every row, what is unlike a known release, what was built."""

from __future__ import annotations

from typing import Any

from paradero.casefile import receipts
from paradero.casefile.folder import Casefile
from paradero.casefile.originals import IngestReport, Source, ingested_folder, report_of, sources_of
from paradero.casefile.tables import open_tables
from paradero.engines.duckdb import connect
from paradero.model.clock import clock_text

# the column whose range is the coverage of a source, by kind
_COVERAGE = {
    "detentions": "book_in_date_time", "arrests": "apprehension_date_time", "removals": "departed_date", "encounters": "event_date",
    "detainers": "detainer_prepare_date", "missions": "mission_date", "passengers": "mission_date", "facility_days": "date", "facility_statistics": "as_of",
}  # fmt: skip


def status_of(case: Casefile) -> dict[str, Any]:
    """Everything `paradero status` says, as nested lists and dicts. Counts are rows of the originals below their headers."""
    settings = case.settings()
    sources = sources_of(case)
    built = receipts.current(case)
    entries, drift, rejects = [], [], []
    with connect() as connection:
        for source in sources:
            if not (ingested_folder(case, source) / "report.json").exists():
                entries.append(_entry(source, None, None, None))
                continue
            report = report_of(case, source)
            files = connection.read_parquet(str(ingested_folder(case, source) / "columns.parquet")) if (ingested_folder(case, source) / "columns.parquet").exists() else None
            first, last = None, None
            if files is not None:
                wanted = ", ".join(f"'{name}'" for name in sorted(set(_COVERAGE.values())))
                first, last = files.filter(f"column_name IN ({wanted})").aggregate("min(lowest), max(highest)").fetchall()[0]
            entries.append(_entry(source, report, first, last))
            drift += _drift(source, report)
            rejects += _rejects(connection, case, source)
    return {
        "title": settings.title,
        "scope": settings.scope,
        "root": str(case.root),
        "sources": entries,
        "releases": _releases(case) if built else [],
        "drift": drift,
        "rejects": rejects,
        "build": _build_state(sources, built),
        "digest": built[1].digest if built else None,
        "engine": built[1].engine if built else None,
        "version": built[1].version if built else None,
        "tables": {table.name: table.rows for table in built[1].tables} if built else {},
    }


def _entry(source: Source, report: IngestReport | None, first: str | None, last: str | None) -> dict[str, Any]:
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
        "first": first[:10] if first else None,
        "last": last[:10] if last else None,
        "sheets": [{key: sheet.get(key) for key in ("name", "kinds", "header_row", "rows_in", "rows_kept", "rows_blank", "rows_outside", "why")} for sheet in report.sheets] if report else [],
    }


def _drift(source: Source, report: IngestReport) -> list[dict[str, Any]]:
    found = []
    for sheet in report.sheets:
        if not sheet.get("kinds") or not sheet.get("header_row"):
            continue
        if not sheet.get("variant"):
            found.append({"source": source.source, "sheet": sheet["name"], "what": "headers fit no known release", "columns": ""})
        unexpected = sheet.get("unexpected")
        if isinstance(unexpected, list) and unexpected:
            found.append({"source": source.source, "sheet": sheet["name"], "what": "unexpected columns, kept as extra", "columns": ", ".join(map(str, unexpected))})
    return found


def _rejects(connection: Any, case: Casefile, source: Source) -> list[dict[str, Any]]:
    path = ingested_folder(case, source) / "rejects.parquet"
    if not path.exists():
        return []
    rows = connection.read_parquet(str(path)).aggregate("column_name, problem, count(*)", "column_name, problem").order("1, 2").fetchall()
    return [{"source": source.source, "column": column, "problem": problem, "cells": cells} for column, problem, cells in rows]


def _releases(case: Casefile) -> list[dict[str, Any]]:
    with open_tables(case, "releases", "persons", "chains", "unaccounted", "conflicts") as built:
        rows = built.rows(
            "SELECT r.*, (SELECT count(*) FROM persons p WHERE p.release = r.release) AS persons, "
            "(SELECT CAST(sum(n_stays) AS BIGINT) FROM chains c WHERE c.release = r.release) AS stays, "
            "(SELECT count(*) FROM unaccounted u WHERE u.release = r.release) AS unaccounted, "
            "(SELECT count(*) FROM conflicts x WHERE x.release = r.release) AS conflicts FROM releases r ORDER BY r.release"
        )
        ends = built.rows("SELECT release, end_kind, count(*) AS n FROM chains GROUP BY ALL ORDER BY ALL")
    for row in rows:
        for name in ("first_event", "released_at", "latest_book_out"):
            row[name] = clock_text(row[name])
        row["chain_ends"] = {end["end_kind"]: end["n"] for end in ends if end["release"] == row["release"]}
    return rows


def _build_state(sources: list[Source], built: tuple[Any, receipts.Receipt] | None) -> str:
    if built is None:
        return "not built yet: run `paradero build`"
    inside = {(entry.sha256, entry.release) for entry in built[1].sources}
    if inside != {(source.sha256, source.release) for source in sources}:
        return "older than the sources: run `paradero build`"
    return f"up to date, on {built[1].engine}"
