"""The documents of a casefile: originals kept by SHA-256 like every other, and beside the builds the table of
what each mentions.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from paradero.building.document_tables import DocumentReport, Progress, read_mentions, table_print
from paradero.casefile import log
from paradero.casefile.acts import commit_waiting, waiting_path
from paradero.casefile.folder import Casefile, locked, sweep
from paradero.casefile.originals import check_name, copy_in, digest_of_new, kept_path, written
from paradero.casefile.seals import is_sealed, seal, sha256_of
from paradero.disk.whole_files import half_of, settle
from paradero.engines.fingerprint import fingerprint_of
from paradero.model.errors import CasefileError
from paradero.model.naming import unknown
from paradero.sources.values.identifiers import safe_file_name

ADD = "add document"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSource:
    """One document of a casefile as declared; `document` is the short id that mentions begin with."""

    sha256: str
    file_name: str
    n_bytes: int
    origin: str | None = None
    licence: str | None = None
    note: str | None = None

    @property
    def document(self) -> str:
        return self.sha256[:12]


def documents_of(case: Casefile) -> list[DocumentSource]:
    """All documents as last declared, by file name and SHA-256."""
    latest: dict[str, DocumentSource] = {}
    for entry in log.read_log(case):
        if entry.act == ADD:
            try:
                latest[entry.what["sha256"]] = msgspec.convert(entry.what, DocumentSource)
            except (msgspec.MsgspecError, KeyError) as error:
                raise CasefileError(
                    f"{case.log} line {entry.number}: the particulars of a document are not as they must be"
                    f" ({error}). Restore the casefile from a copy."
                ) from error
    return sorted(latest.values(), key=lambda each: (each.file_name, each.sha256))


def document_named(case: Casefile, name: str) -> DocumentSource:
    """The document of that id (or the beginning of one of at least 6 letters) or file name; raises
    UnknownName with near ones.
    """
    documents = documents_of(case)
    found = [
        each
        for each in documents
        if name in (each.file_name, each.document, each.sha256)
        or (len(name) >= 6 and each.sha256.startswith(name))
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise CasefileError(
            f"{len(found)} documents are named {name}. Choose one of:"
            f" {', '.join(each.document for each in found)}."
        )
    raise unknown(
        "a document of this casefile",
        name,
        [part for each in documents for part in (each.file_name, each.document)],
    )


def document_path(case: Casefile, one: DocumentSource) -> Path:
    """Where the original lies."""
    return kept_path(case, one.sha256, one.file_name)


def add_document(
    case: Casefile,
    path: Path,
    *,
    origin: str | None = None,
    found_in: str | None = None,
    licence: str | None = None,
    note: str | None = None,
    by: str | None = None,
    progress: Progress | None = None,
) -> tuple[DocumentSource, DocumentReport, bool]:
    """Take a document into the casefile; returns it, how it was read, and whether anything changed.
    `found_in` is the archive it was in, its origin where nobody states another.

    It is copied under its SHA-256 and read once in full; only when all of that went well is it entered into
    the log, which makes it part of the casefile. Raises SourceError for a file that cannot be read,
    ParaderoError where reading it needs an extra.
    """
    check_name(path)
    with locked(case):
        sweep(case)
        digest = digest_of_new(path)
        known = next((each for each in documents_of(case) if each.sha256 == digest), None)
        before = known or DocumentSource(
            sha256=digest, file_name=safe_file_name(path.name, digest), n_bytes=path.stat().st_size
        )
        one = replace(
            before,
            origin=origin or before.origin or found_in,
            licence=licence or before.licence,
            note=note or before.note,
        )
        if known == one and is_whole(case, one):
            return one, take_in_document(case, one, progress=progress), False
        kept = document_path(case, one)
        if known == one:
            copy_in(path, waiting_path(case, digest), digest)
            commit_waiting(case, kept, digest, "restore", asdict(one), by=by)
            return one, take_in_document(case, one, progress=progress), True
        was_there = kept.exists()
        try:
            copy_in(path, kept, digest)
            report = take_in_document(case, one, progress=progress)
        except BaseException:
            if not was_there:
                kept.unlink(missing_ok=True)
            raise
        log.append(case, ADD, asdict(one), by=by)
        return one, report, True


def is_whole(case: Casefile, one: DocumentSource) -> bool:
    """Whether the original is as it was added."""
    path = document_path(case, one)
    return path.is_file() and sha256_of(path) == one.sha256


def check_document(case: Casefile, one: DocumentSource) -> None:
    """Raises CasefileError where the original was changed or lost."""
    if not is_whole(case, one):
        state = "changed after it was added" if document_path(case, one).exists() else "lost"
        raise CasefileError(
            f"{one.file_name}: the original kept as sources/{document_path(case, one).name} was {state};"
            " nothing is read from it. Add the file as received again, and find out who touched the"
            " casefile."
        )


def documents_folder(case: Casefile, one: DocumentSource) -> Path:
    """Where the mentions of a document lie: named after it and the code that finds them."""
    return case.documents / f"{one.document}-{fingerprint_of('mentions')[:10]}"


def take_in_document(
    case: Casefile, one: DocumentSource, *, progress: Progress | None = None
) -> DocumentReport:
    """Find the mentions, unless that was done with this version of the reading code; returns the report. Call
    it with the casefile locked.
    """
    kept = kept_report(case, one)
    if kept is not None:
        return kept
    folder = documents_folder(case, one)
    table, report = read_again(case, one, progress=progress)
    beside = half_of(folder)
    with written(one.file_name):
        try:
            beside.mkdir(parents=True)
            pq.write_table(table, beside / "mentions.parquet", compression="zstd")
            (beside / "report.json").write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=1))
            seal(beside)
            for old in case.documents.glob(f"{one.document}-*"):
                shutil.rmtree(old, ignore_errors=True)
            os.replace(beside, folder)
            settle(folder.parent)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    return report


def read_again(
    case: Casefile, one: DocumentSource, *, progress: Progress | None = None
) -> tuple[pa.Table, DocumentReport]:
    """What reading the original gives, without keeping it."""
    return read_mentions(document_path(case, one), name=one.file_name, sha256=one.sha256, progress=progress)


def kept_report(case: Casefile, one: DocumentSource) -> DocumentReport | None:
    """The report kept with the mentions; None where they were not found by this version of the reading code,
    or are damaged.
    """
    folder = documents_folder(case, one)
    if not is_sealed(folder):
        return None
    try:
        return msgspec.json.decode((folder / "report.json").read_bytes(), type=DocumentReport)
    except (OSError, msgspec.MsgspecError):
        return None


def mentions_of(case: Casefile, one: DocumentSource) -> list[dict[str, Any]]:
    """The rows of a document's mentions; found again where they are not kept. Raises CasefileError where the
    kept ones are not what was written.
    """
    if kept_report(case, one) is None:
        with locked(case):
            check_document(case, one)
            take_in_document(case, one)
    table, report = kept_table(case, one)
    if table_print(table) != report.table_sha256:
        raise CasefileError(
            f"{documents_folder(case, one)}: not the mentions as they were found. Delete build/documents and"
            " try again."
        )
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows


def kept_table(case: Casefile, one: DocumentSource) -> tuple[pa.Table, DocumentReport]:
    """The kept table and its report; raises CasefileError where they are missing or damaged."""
    folder = documents_folder(case, one)
    try:
        return pq.read_table(folder / "mentions.parquet"), msgspec.json.decode(
            (folder / "report.json").read_bytes(), type=DocumentReport
        )
    except (OSError, pa.ArrowInvalid, msgspec.MsgspecError) as error:
        raise CasefileError(
            f"{folder}: the mentions of {one.file_name} are missing or cannot be read. Delete"
            " build/documents and try again."
        ) from error
