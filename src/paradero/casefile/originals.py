"""The originals of a casefile: copied in by SHA-256, read once, never modified, checked before every build."""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec
import pyarrow.parquet as pq

from paradero.casefile import log
from paradero.casefile.folder import Casefile, locked, settle
from paradero.model.errors import CasefileError, SourceError
from paradero.sources import ingest, layout_of, sniff

UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One original of a casefile.

    `source` is the short id that addresses use: the first 12 letters of `sha256`. `as_kind` is the kind that a person
    declared, None where the file spoke for itself; `why` says by what. `release_from` tells how the release is
    known: `declared`, `found` (a FOIA number in the file) or `not stated`.
    """

    sha256: str
    file_name: str
    n_bytes: int
    as_kind: str | None
    kinds: tuple[str, ...]
    variant: str | None
    release: str
    release_from: str
    why: str
    origin: str | None = None
    licence: str | None = None
    note: str | None = None

    @property
    def source(self) -> str:
        return self.sha256[:12]


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


def sources_of(case: Casefile) -> list[Source]:
    """All sources as last declared, ordered by release, file name and SHA-256: the file order of the casefile."""
    latest: dict[str, Source] = {}
    for entry in log.read_log(case):
        if entry.act == "add":
            latest[entry.what["sha256"]] = msgspec.convert(entry.what, Source)
    return sorted(latest.values(), key=lambda source: (source.release, source.file_name, source.sha256))


def original_path(case: Casefile, source: Source) -> Path:
    """Where the original lies: under its SHA-256, with the ending it came with."""
    return case.sources / f"{source.sha256}{''.join(Path(source.file_name).suffixes[-2:])[-12:]}"


def add(
    case: Casefile,
    path: Path,
    *,
    as_kind: str | None = None,
    release: str | None = None,
    origin: str | None = None,
    licence: str | None = None,
    note: str | None = None,
    by: str | None = None,
    progress: Callable[[str], None] | None = None,
) -> tuple[Source, bool]:
    """Take a file into the casefile; returns the source and whether anything changed.

    The file is sniffed, copied under its SHA-256, and read once in full; only when all of that went well is it
    entered into the log, which is what makes it part of the casefile. The same file again with nothing
    new to say changes nothing; with another kind, release or provenance it is declared anew. Raises SourceError for a file that cannot be read.
    """
    if not path.is_file():
        raise SourceError(f"{path}: expected a file, found {'a folder' if path.is_dir() else 'nothing'} there. Check the name.")
    if as_kind is not None and as_kind != "statistics":
        layout_of(as_kind)
    with locked(case):
        digest = sha256_of(path)
        known = next((source for source in sources_of(case) if source.sha256 == digest), None)
        if known is not None and _says_nothing_new(known, as_kind, release, origin, licence, note):
            if _is_whole(case, known):
                return known, False
            _copy(path, original_path(case, known), digest)
            log.append(case, "restore", {"sha256": digest, "file_name": known.file_name}, by=by)
            return known, True
        sniffed = sniff(path, name=path.name, as_kind=as_kind or (known.as_kind if known else None))
        found = release or sniffed.release
        source = Source(
            sha256=digest,
            file_name=known.file_name if known else path.name,
            n_bytes=path.stat().st_size,
            as_kind=as_kind or (known.as_kind if known else None),
            kinds=sniffed.kinds,
            variant=sniffed.variant,
            release=found or (known.release if known else UNNAMED),
            release_from="declared" if release else "found" if sniffed.release else known.release_from if known else "not stated",
            why=sniffed.why,
            origin=origin or (known.origin if known else None),
            licence=licence or (known.licence if known else None),
            note=note or (known.note if known else None),
        )
        _copy(path, original_path(case, source), digest)
        done = take_in(case, source, progress=progress)
        if not release and not sniffed.release and done.release:
            source = replace(source, release=done.release, release_from="found")
        source = replace(source, kinds=tuple(done.kinds))
        log.append(case, "add", asdict(source), by=by)
        return source, True


def _says_nothing_new(known: Source, as_kind: str | None, release: str | None, origin: str | None, licence: str | None, note: str | None) -> bool:
    said = ((as_kind, known.as_kind), (origin, known.origin), (licence, known.licence), (note, known.note), (release, known.release))
    return all(new is None or new == old for new, old in said)


def _copy(path: Path, to: Path, digest: str) -> None:
    if to.exists() and sha256_of(to) == digest:
        return
    beside = to.with_name(f".{to.name}.{os.getpid()}")
    try:
        shutil.copyfile(path, beside)
        if sha256_of(beside) != digest:
            raise SourceError(f"{path.name} changed while it was copied. Add it again when nothing writes to it.")
        beside.chmod(0o444)
        with beside.open("rb") as stream:
            os.fsync(stream.fileno())
        os.replace(beside, to)
        settle(to.parent)
    except OSError as error:
        raise CasefileError(f"{path.name} could not be copied into the casefile: {error.strerror}. Nothing was changed.") from error
    finally:
        beside.unlink(missing_ok=True)


def ingested_folder(case: Casefile, source: Source) -> Path:
    """Where the rows of a source lie: named after the source, the declared kind and the version of the reading code."""
    return case.ingested / f"{source.source}-{_reading_version(source.as_kind)}"


def take_in(case: Casefile, source: Source, *, progress: Callable[[str], None] | None = None) -> IngestReport:
    """Read the original into rows, unless that was done with this version of the reading code; returns the report."""
    folder = ingested_folder(case, source)
    if not (folder / "report.json").exists():
        case.ingested.mkdir(parents=True, exist_ok=True)
        ingest(original_path(case, source), folder, source=source.source, file_name=source.file_name, as_kind=source.as_kind, progress=progress)
    return report_of(case, source)


def report_of(case: Casefile, source: Source) -> IngestReport:
    """The report on taking a source in; raises CasefileError where it is not there (build again)."""
    path = ingested_folder(case, source) / "report.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=IngestReport)
    except (OSError, msgspec.MsgspecError) as error:
        raise CasefileError(f"{source.file_name} was not taken in by this version of paradero, or its rows are damaged. Run `paradero build`.") from error


def filled_columns(folder: Path) -> set[str]:
    """The declared columns that hold at least one value in a source's rows."""
    profile = folder / "columns.parquet"
    if not profile.exists():
        return set()
    table = pq.read_table(profile, columns=["column_name", "n_values"])
    return {name for name, n in zip(table["column_name"].to_pylist(), table["n_values"].to_pylist(), strict=True) if name and n}


def check_originals(case: Casefile, sources: list[Source]) -> None:
    """Hash every original; raises CasefileError naming one that was changed or lost."""
    for source in sources:
        if not _is_whole(case, source):
            state = "changed after it was added" if original_path(case, source).exists() else "lost"
            raise CasefileError(
                f"{source.file_name}: the original kept as sources/{original_path(case, source).name} was {state}; nothing is computed from it. "
                f"Add the file as received again, and find out who touched the casefile."
            )


def _is_whole(case: Casefile, source: Source) -> bool:
    path = original_path(case, source)
    return path.is_file() and sha256_of(path) == source.sha256


def sha256_of(path: Path) -> str:
    """SHA-256 of a file in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@functools.cache
def _reading_version(as_kind: str | None) -> str:
    digest = hashlib.sha256((as_kind or "").encode())

    def visit(folder: Traversable) -> None:
        for entry in sorted(folder.iterdir(), key=lambda part: part.name):
            if entry.is_dir():
                visit(entry)
            elif entry.name.endswith((".py", ".toml")):
                digest.update(entry.name.encode() + entry.read_bytes())

    visit(files("paradero.sources"))
    return digest.hexdigest()[:10]
