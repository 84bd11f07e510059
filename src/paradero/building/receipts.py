"""What a build has made: tables with their digests, rows and the step that made each; written beside the
tables they speak of.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from paradero.casefile.folder import Casefile, CaseSettings
from paradero.casefile.originals import sources_of
from paradero.casefile.seals import check_bytes
from paradero.engines.fingerprint import fingerprint_of
from paradero.flights import KINDS_OF_FLIGHTS
from paradero.model.errors import CasefileError

RECEIPT = "receipt.json"


class TableReceipt(msgspec.Struct, frozen=True):
    """One table as it was made. `key` names everything it was made from: equal keys, equal content."""

    name: str
    sha256: str
    rows: int
    key: str
    seconds: float
    made_by: str


class SourceReceipt(msgspec.Struct, frozen=True):
    """One source as it went into the build: `rank` is its place in file order, `folder` its rows below
    build/ingested.
    """

    source: str
    sha256: str
    file_name: str
    release: str
    rank: int
    folder: str
    kinds: list[str]
    sheets: list[str]


class Receipt(msgspec.Struct, frozen=True):
    """A whole build. `digest` covers the content of every table and the SHA-256 of every source, on any
    engine the same.

    `settings` is paradero.toml as it was read, `code` the fingerprint of the code and the steps that made
    it (`code_print`), `files` the SHA-256 of the bytes of every file beside the receipt, whose own is in the
    log.
    """

    digest: str
    version: str
    engine: str
    settings: CaseSettings
    sources: list[SourceReceipt]
    tables: list[TableReceipt]
    seconds: float
    files: dict[str, str] = {}
    code: str = ""  # none in a build by version 0.2

    @property
    def title(self) -> str:
        return self.settings.title

    @property
    def scope(self) -> str:
        return self.settings.scope

    @property
    def settings_print(self) -> str:
        """SHA-256 of the settings, title and scope included: the log keeps it."""
        return hashlib.sha256(msgspec.json.encode(self.settings)).hexdigest()

    def table(self, name: str) -> TableReceipt | None:
        """The receipt of a table; None where the build has none of that name."""
        return next((table for table in self.tables if table.name == name), None)


def whole_digest(tables: list[TableReceipt], sources: list[SourceReceipt]) -> str:
    """One SHA-256 over the tables by name and the sources by SHA-256."""
    lines = [
        f"table {table.name} {table.sha256} {table.rows}"
        for table in sorted(tables, key=lambda each: each.name)
    ]
    lines += [f"source {source.sha256}" for source in sorted(sources, key=lambda each: each.sha256)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def code_print(sources: Iterable[SourceReceipt]) -> str:
    """The fingerprint of the code that builds these sources: an equal one, and the build is what this code
    makes of them.
    """
    kinds = {kind for source in sources for kind in source.kinds}
    kept = ["tables", *(["flight files"] if kinds.intersection(KINDS_OF_FLIGHTS) else [])]
    return hashlib.sha256("\n".join(map(fingerprint_of, kept)).encode()).hexdigest()


def is_of_this_code(receipt: Receipt) -> bool:
    """Whether a build is what the code that is running would make of the same sources and settings."""
    return receipt.code == code_print(receipt.sources)


def pointer(case: Casefile) -> Path:
    """The file that names the folder of the build that counts."""
    return case.build / "current"


def current(case: Casefile) -> tuple[Path, Receipt] | None:
    """Folder and receipt of the build that counts; None where there is none. Raises CasefileError where it is
    damaged.
    """
    try:
        name = pointer(case).read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return None
    folder = case.build / (name if name.isprintable() else "damaged")
    try:
        return folder, msgspec.json.decode((folder / RECEIPT).read_bytes(), type=Receipt)
    except (OSError, msgspec.MsgspecError) as error:
        raise CasefileError(f"{folder}: the build is damaged. Run `paradero build`.") from error


def built(case: Casefile) -> tuple[Path, Receipt]:
    """Folder and receipt of the build that counts. Raises CasefileError where there are no records, and where
    there is no build that the code of this version has made.
    """
    found = current(case)
    if found is None and not sources_of(case):
        raise CasefileError(
            f"{case.root}: the casefile holds no records to answer from. Add files of records with `paradero"
            " add FILE`, then run `paradero build`."
        )
    if found is None:
        raise CasefileError(f"{case.root} was not built yet. Run `paradero build`.")
    if not is_of_this_code(found[1]):
        raise CasefileError(
            f"{case.root} was built by other code than that of this version of paradero. Run `paradero"
            " build`."
        )
    return found


def check_build(folder: Path, receipt: Receipt) -> int:
    """How many files a build holds, each the very bytes that were written; raises CasefileError naming one
    that is not.
    """
    if not receipt.files:
        raise CasefileError(
            f"{folder}: built by a version that kept no hashes of bytes. Run `paradero build`"
        )
    return check_bytes(folder, receipt.files, but=RECEIPT)


def table_files(folder: Path, name: str) -> list[Path]:
    """The Parquet files of a table: one, or the parts that Spark wrote."""
    whole = folder / f"{name}.parquet"
    return sorted(whole.glob("*.parquet")) if whole.is_dir() else [whole]
