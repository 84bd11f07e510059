"""Read an original into rows, unless the same code has read it so before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from paradero.building.ingested import IngestReport, ingested_folder, is_of_flights, report_of
from paradero.casefile.folder import Casefile
from paradero.casefile.originals import Source, original_path, written
from paradero.casefile.seals import is_sealed, seal


def take_in(case: Casefile, source: Source, *, progress: Callable[[str], None] | None = None) -> IngestReport:
    """Read the original into rows, unless that was done with this version of the reading code; returns the
    report.
    """
    folder = ingested_folder(case, source)
    if not is_sealed(folder):
        with written(source.file_name):
            case.ingested.mkdir(parents=True, exist_ok=True)
            _read(case, source, folder, progress)
            seal(folder)
    return report_of(case, source)


def _read(case: Casefile, source: Source, folder: Path, progress: Callable[[str], None] | None) -> None:
    """Whatever is said here to the code that reads is in the name of the folder, too."""
    from paradero.building import flight_sources  # what reads is only needed where something is read
    from paradero.sources import ingest

    path = original_path(case, source)
    if is_of_flights(source.kinds):
        flight_sources.take_in(path, folder, kind=source.kinds[0])
    else:
        ingest(
            path,
            folder,
            source=source.source,
            file_name=source.file_name,
            as_kind=source.as_kind,
            date_order=source.date_order,
            keep=source.keep,
            own=source.layout,
            progress=progress,
        )
