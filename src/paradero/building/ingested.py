"""Where the rows of originals lie, beside the builds that use them: read once for each state of the code that
reads them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from paradero.casefile.folder import Casefile
from paradero.casefile.originals import Source
from paradero.engines.fingerprint import fingerprint_of
from paradero.flights import KINDS_OF_FLIGHTS
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
    """Where the rows of a source lie: named after the source, what was declared of it, and the code that
    reads files of its kind.
    """
    if is_of_flights(source.kinds):
        parts = [fingerprint_of("flight files", steps=False), source.kinds[0]]
    else:
        declared = [
            source.as_kind or "",
            source.file_name,
            source.date_order or "",
            source.layout,
            *source.keep,
        ]
        parts = [fingerprint_of("rows", steps=False), *declared]
    key = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return case.ingested / f"{source.source}-{key[:10]}"


def is_of_flights(kinds: Sequence[str]) -> bool:
    """Whether a source of these kinds is read for its flights, and into no table."""
    return bool(kinds) and kinds[0] in KINDS_OF_FLIGHTS


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
