"""Originals read into rows, once for each version of the code that reads them, beside the builds that use
them.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from paradero.casefile.folder import Casefile
from paradero.casefile.originals import Source, original_path, written
from paradero.casefile.seals import is_sealed, seal
from paradero.model.errors import CasefileError


class IngestReport(msgspec.Struct, frozen=True):
    """What is read back of the report that taking a source in has written."""

    kinds: list[str]
    container: str
    rows_in: int
    rows_kept: int
    rows_flagged: int
    cells_rejected: int
    sheets: list[dict[str, object]]
    release: str | None = None
    ledger: dict[str, int] = {}
    assumed: list[dict[str, object]] = []

    def withheld(self) -> list[dict[str, object]]:
        """The direct identifiers that were withheld: sheet, header, kind, how many cells, whether the whole
        column.
        """
        found: list[dict[str, object]] = []
        for sheet in self.sheets:
            each = sheet.get("withheld")
            found += [{"sheet": sheet["name"], **one} for one in each] if isinstance(each, list) else []
        return found


def ingested_folder(case: Casefile, source: Source) -> Path:
    """Where the rows of a source lie: named after the source, what was declared of it and the version of the
    reading code.
    """
    return (
        case.ingested / f"{source.source}-"
        f"{_reading_version(source.as_kind, source.file_name, source.date_order, source.keep)}"
    )


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
    from paradero.building import flight_sources  # what reads is only needed where something is read
    from paradero.sources import ingest

    path = original_path(case, source)
    if source.kinds and source.kinds[0] in flight_sources.KINDS:
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
            progress=progress,
        )


def report_of(case: Casefile, source: Source) -> IngestReport:
    """The report on taking a source in; raises CasefileError where it is not there (build again)."""
    path = ingested_folder(case, source) / "report.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=IngestReport)
    except (OSError, msgspec.MsgspecError) as error:
        raise CasefileError(
            f"{source.file_name} was not taken in by this version of paradero, or its rows are damaged. Run"
            " `paradero build`."
        ) from error


def filled_columns(folder: Path) -> set[str]:
    """The declared columns that hold at least one value in a source's rows."""
    import pyarrow.parquet as pq

    profile = folder / "columns.parquet"
    if not profile.exists():
        return set()
    table = pq.read_table(profile, columns=["column_name", "n_values"])
    return {
        name
        for name, n in zip(table["column_name"].to_pylist(), table["n_values"].to_pylist(), strict=True)
        if name and n
    }


@functools.cache
def _reading_version(
    as_kind: str | None, file_name: str, date_order: str | None, keep: tuple[str, ...]
) -> str:
    digest = hashlib.sha256("\n".join([as_kind or "", file_name, date_order or "", *keep, ""]).encode())

    def visit(folder: Traversable) -> None:
        for entry in sorted(folder.iterdir(), key=lambda part: part.name):
            if entry.is_dir():
                visit(entry)
            elif entry.name.endswith((".py", ".toml")):
                digest.update(entry.name.encode() + entry.read_bytes())

    visit(files("paradero.sources"))
    return digest.hexdigest()[:10]
