"""The originals of a casefile: copied in by SHA-256, read once, never modified, checked before every build."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

import msgspec

from paradero.casefile import log
from paradero.casefile.acts import commit_waiting, waiting_path
from paradero.casefile.folder import Casefile, locked, sweep
from paradero.casefile.seals import is_sealed, seal, sha256_of
from paradero.disk.bounded import check_regular
from paradero.disk.whole_files import written_whole
from paradero.model.errors import CasefileError, SourceError

UNNAMED = "unnamed"
Order = Literal["mdy", "dmy"]  # of day and month


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One original of a casefile.

    `source` is the short id that addresses use: the first 12 letters of `sha256`. `as_kind` is the kind that a person
    declared, `date_order` the order of day and month, None where the file spoke for itself; `why` says by what. `keep` are the headers of columns that
    somebody asked to be kept although they hold direct identifiers: their cells stay in the casefile, and are in no table. `release_from` tells how the release is
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
    date_order: Order | None = None
    keep: tuple[str, ...] = ()

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
    ledger: dict[str, int] = {}
    assumed: list[dict[str, object]] = []

    def withheld(self) -> list[dict[str, object]]:
        """The direct identifiers that were withheld: sheet, header, kind, how many cells, whether the whole column."""
        found: list[dict[str, object]] = []
        for sheet in self.sheets:
            each = sheet.get("withheld")
            found += [{"sheet": sheet["name"], **one} for one in each] if isinstance(each, list) else []
        return found


def sources_of(case: Casefile) -> list[Source]:
    """All sources as last declared, ordered by release, file name and SHA-256: the file order of the casefile."""
    return _declared(case, log.read_log(case))


def sources_as_of(case: Casefile, number: int) -> list[Source]:
    """All sources as they were declared when the log had `number` entries."""
    return _declared(case, log.read_log(case)[:number])


def _declared(case: Casefile, entries: list[log.Entry]) -> list[Source]:
    latest: dict[str, Source] = {}
    for entry in entries:
        if entry.act == "add":
            try:
                latest[entry.what["sha256"]] = msgspec.convert(entry.what, Source)
            except (msgspec.MsgspecError, KeyError) as error:
                raise CasefileError(f"{case.log} line {entry.number}: expected the particulars of a source, found a mistake: {error}.") from error
    return sorted(latest.values(), key=lambda source: (source.release, source.file_name, source.sha256))


def original_path(case: Casefile, source: Source) -> Path:
    """Where the original lies: under its SHA-256, with the ending it came with."""
    return kept_path(case, source.sha256, source.file_name)


def kept_path(case: Casefile, sha256: str, file_name: str) -> Path:
    """The place of an original by its SHA-256 and the name it came under."""
    return case.sources / f"{sha256}{''.join(Path(file_name).suffixes[-2:])[-12:]}"


def add(
    case: Casefile,
    path: Path,
    *,
    as_kind: str | None = None,
    release: str | None = None,
    origin: str | None = None,
    licence: str | None = None,
    note: str | None = None,
    date_order: Order | None = None,
    keep: tuple[str, ...] = (),
    by: str | None = None,
    progress: Callable[[str], None] | None = None,
) -> tuple[Source, bool]:
    """Take a file into the casefile; returns the source and whether anything changed.

    The file is sniffed, copied under its SHA-256, and read once in full; only when all of that went well is it
    entered into the log, which is what makes it part of the casefile. The same file again with nothing
    new to say changes nothing; with another kind, release or provenance it is declared anew. Raises SourceError for a file that cannot be read.
    """
    from paradero.sources import layout_of  # what reads originals is only needed where some are added

    check_name(path)
    if as_kind is not None and as_kind != "statistics":
        layout_of(as_kind)
    with locked(case):
        sweep(case)
        digest = digest_of_new(path)
        known = next((source for source in sources_of(case) if source.sha256 == digest), None)
        if known is not None and _says_nothing_new(known, as_kind, release, origin, licence, note, keep, date_order):
            return known, _restore(case, known, path, by)
        source = _described(path, digest, known, as_kind=as_kind, release=release, origin=origin, licence=licence, note=note, keep=keep)
        source = replace(source, date_order=date_order or (known.date_order if known else None))
        source = _taken(case, source, path, progress)
        log.append(case, "add", asdict(source), by=by)
        return source, True


def check_name(path: Path) -> None:
    """Raises SourceError where there is no file, or its name cannot be written to log and tables."""
    check_regular(path)
    if not path.name.isprintable():  # lone surrogates, which stand for bytes that are no UTF-8, can be written to neither log nor tables
        raise SourceError(f"{path.name!a}: expected a file name of readable letters, found others (bytes that are not UTF-8, or line breaks). Rename the file.")


def digest_of_new(path: Path) -> str:
    """SHA-256 of a file that is to be added; raises SourceError where it cannot be read."""
    try:
        return sha256_of(path)
    except OSError as error:
        raise SourceError(f"{path}: expected a file that can be read, found {error.strerror}. Check its permissions.") from error


def _restore(case: Casefile, known: Source, path: Path, by: str | None) -> bool:
    """Put a changed or lost original back; False where it is as it was added."""
    if _is_whole(case, known):
        return False
    copy_in(path, waiting_path(case, known.sha256), known.sha256)
    commit_waiting(case, original_path(case, known), known.sha256, "restore", {"sha256": known.sha256, "file_name": known.file_name}, by=by)
    return True


def _described(
    path: Path, digest: str, known: Source | None, *, as_kind: str | None, release: str | None, origin: str | None, licence: str | None, note: str | None,
    keep: tuple[str, ...],
) -> Source:  # fmt: skip
    """The source as it is declared now: what was said, what the file says, what was known of it, in this order; a declared release outlives a found one."""
    if known is not None:
        as_kind, origin, licence, note = as_kind or known.as_kind, origin or known.origin, licence or known.licence, note or known.note
        release = release or (known.release if known.release_from == "declared" else None)
        keep = keep or known.keep
    from paradero.sources.values.identifiers import safe_file_name

    name = known.file_name if known else safe_file_name(path.name, digest)
    told = _told(path, name, as_kind)
    return Source(
        sha256=digest,
        file_name=name,
        n_bytes=path.stat().st_size,
        as_kind=as_kind,
        kinds=told.kinds,
        variant=told.variant,
        release=release or told.release or UNNAMED,
        release_from="declared" if release else "found" if told.release else "not stated",
        why=told.why,
        origin=origin,
        licence=licence,
        note=note,
        keep=keep,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What a file is taken for, and by what."""

    kinds: tuple[str, ...]
    variant: str | None = None
    release: str | None = None
    why: str


def _told(path: Path, name: str, as_kind: str | None) -> _Told:
    """A table of a known kind, or else positions of aircraft or a flight list; raises SourceError, saying what tables were expected, for anything else."""
    from paradero.casefile import flight_sources
    from paradero.sources import sniff

    try:
        found = sniff(path, name=name, as_kind=as_kind)
    except SourceError:
        kind = flight_sources.kind_of(path) if as_kind is None else None
        if kind is None:
            raise
        return _Told(kinds=(kind,), why=f"no table of records; {kind.replace('_', ' ')} by its content")
    return _Told(kinds=found.kinds, variant=found.variant, release=found.release, why=found.why)


def _taken(case: Casefile, source: Source, path: Path, progress: Callable[[str], None] | None) -> Source:
    """Copy the file in and read it; what it says of itself is known now. A file that fails leaves nothing behind."""
    kept = original_path(case, source)
    was_there = kept.exists()
    try:
        copy_in(path, kept, source.sha256)
        done = take_in(case, source, progress=progress)
    except BaseException:
        if not was_there:
            kept.unlink(missing_ok=True)
        raise
    source = replace(source, kinds=tuple(done.kinds))
    return replace(source, release=done.release, release_from="found") if source.release_from == "not stated" and done.release else source


def _says_nothing_new(
    known: Source,
    as_kind: str | None,
    release: str | None,
    origin: str | None,
    licence: str | None,
    note: str | None,
    keep: tuple[str, ...],
    date_order: str | None,
) -> bool:
    said = (
        (date_order, known.date_order),
        (keep or None, known.keep),
        (as_kind, known.as_kind),
        (origin, known.origin),
        (licence, known.licence),
        (note, known.note),
        (release, known.release),
    )
    return all(new is None or new == old for new, old in said)


def copy_in(path: Path, to: Path, digest: str) -> None:
    """Copy a file to its place among the originals, whole or not at all; raises SourceError where it changed meanwhile, CasefileError where it cannot be written."""
    if to.exists() and sha256_of(to) == digest:
        return
    with written(path.name):
        to.parent.mkdir(exist_ok=True)
        with written_whole(to) as beside:
            shutil.copyfile(path, beside)
            if sha256_of(beside) != digest:
                raise SourceError(f"{path.name} changed while it was copied. Add it again when nothing writes to it.")
            beside.chmod(0o444)


@contextlib.contextmanager
def written(name: str) -> Iterator[None]:
    """Within it, a disk that is full or may not be written to becomes one sentence."""
    try:
        yield
    except OSError as error:
        raise CasefileError(f"{name} could not be taken into the casefile: {error.strerror or error}. Nothing was changed.") from error


def ingested_folder(case: Casefile, source: Source) -> Path:
    """Where the rows of a source lie: named after the source, what was declared of it and the version of the reading code."""
    return case.ingested / f"{source.source}-{_reading_version(source.as_kind, source.file_name, source.date_order, source.keep)}"


def take_in(case: Casefile, source: Source, *, progress: Callable[[str], None] | None = None) -> IngestReport:
    """Read the original into rows, unless that was done with this version of the reading code; returns the report."""
    folder = ingested_folder(case, source)
    if not is_sealed(folder):
        with written(source.file_name):
            case.ingested.mkdir(parents=True, exist_ok=True)
            _read(case, source, folder, progress)
            seal(folder)
    return report_of(case, source)


def _read(case: Casefile, source: Source, folder: Path, progress: Callable[[str], None] | None) -> None:
    from paradero.casefile import flight_sources
    from paradero.sources import ingest

    path = original_path(case, source)
    if source.kinds and source.kinds[0] in flight_sources.KINDS:
        flight_sources.take_in(path, folder, kind=source.kinds[0])
    else:
        ingest(
            path, folder, source=source.source, file_name=source.file_name, as_kind=source.as_kind, date_order=source.date_order, keep=source.keep,
            progress=progress,
        )  # fmt: skip


def report_of(case: Casefile, source: Source) -> IngestReport:
    """The report on taking a source in; raises CasefileError where it is not there (build again)."""
    path = ingested_folder(case, source) / "report.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=IngestReport)
    except (OSError, msgspec.MsgspecError) as error:
        raise CasefileError(f"{source.file_name} was not taken in by this version of paradero, or its rows are damaged. Run `paradero build`.") from error


def filled_columns(folder: Path) -> set[str]:
    """The declared columns that hold at least one value in a source's rows."""
    import pyarrow.parquet as pq

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


@functools.cache
def _reading_version(as_kind: str | None, file_name: str, date_order: str | None, keep: tuple[str, ...]) -> str:
    digest = hashlib.sha256("\n".join([as_kind or "", file_name, date_order or "", *keep, ""]).encode())

    def visit(folder: Traversable) -> None:
        for entry in sorted(folder.iterdir(), key=lambda part: part.name):
            if entry.is_dir():
                visit(entry)
            elif entry.name.endswith((".py", ".toml")):
                digest.update(entry.name.encode() + entry.read_bytes())

    visit(files("paradero.sources"))
    return digest.hexdigest()[:10]
