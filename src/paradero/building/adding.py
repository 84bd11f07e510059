"""Add a file: tables to the rows, positions and flight lists to the legs, documents to the mentions, by what
is in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from paradero.building import flight_sources
from paradero.building.taking_in import take_in
from paradero.casefile import log
from paradero.casefile.acts import commit_waiting, waiting_path
from paradero.casefile.folder import Casefile, locked, sweep
from paradero.casefile.originals import (
    UNNAMED,
    Order,
    Source,
    check_name,
    copy_in,
    digest_of_new,
    is_whole,
    original_path,
    sources_of,
)
from paradero.documents.pages.recognising import clear_format, document_format
from paradero.model.errors import SourceError
from paradero.sources import is_tabular, layout_of, sniff
from paradero.sources.containers.dockets import is_docket
from paradero.sources.containers.first_bytes import check_pointer
from paradero.sources.containers.pdf.sheets import is_mostly_table
from paradero.sources.own_layouts import read_own_layout
from paradero.sources.sheets.sniffing import find_table, heads, near_kind, no_table_of_a_pdf
from paradero.sources.values.identifiers import safe_file_name

DOCUMENT = "document"

_TABLES = (
    ".csv",
    ".tsv",
    ".psv",
    ".tab",
    ".xls",
    ".xlsx",
    ".xlsb",
    ".ods",
    ".json",
    ".parquet",
    ".feather",
    ".gz",
)


def is_document(path: Path, *, as_kind: str | None = None) -> bool:
    """Whether a file is added as a document: it is a PDF without a table of a known kind, HTML, or text that
    is no table of a known kind, no positions or flight list, and has not the shape of a table.

    What has the name of a table is held to it. A declared kind decides by itself, `document` among them.
    Raises SourceError for what is neither, saying what it lacks to be a table.
    """
    if as_kind is not None:
        return as_kind == DOCUMENT
    check_name(path)
    with path.open("rb") as stream:
        check_pointer(stream.read(200), path.name)
    found = clear_format(path)
    if found == "pdf":
        return _is_pdf_document(path)
    # HTML under the name of a table is a failed download
    if found == "html" and path.suffix.lower() not in _TABLES and not is_docket(path):
        return True
    try:
        sniff(path)
    except SourceError as error:
        return flight_sources.kind_of(path) is None and _is_prose(path, error)
    return False


def _is_pdf_document(path: Path) -> bool:
    """Whether a PDF is a document: it has no table of a known kind. Raises SourceError for one that is mostly
    table, or has a table that nearly is of a kind, saying of each why it is not.
    """
    try:
        tables = heads(path, "pdf", path.name)
    except SourceError:
        return True  # without tables, or not to be read: reading it as a document says which
    if any(find_table(rows, None) is not None for _, rows in tables):
        sniff(path)
        return False
    if not is_mostly_table(path, path.name) and not any(near_kind(rows) for _, rows in tables):
        return True
    raise SourceError(no_table_of_a_pdf(path.name, tables, None))


def is_known(case: Casefile, path: Path) -> bool:
    """Whether a file is a source of the casefile already."""
    digest = digest_of_new(path)
    return any(source.sha256 == digest for source in sources_of(case))


def _is_prose(path: Path, as_table: SourceError) -> bool:
    """Whether what is no table is text; raises the error over the table where it was meant to be one, or is
    no document either.
    """
    try:
        document_format(path, path.name)
    except SourceError:
        raise as_table from None
    if path.suffix.lower() in _TABLES or is_tabular(path, path.name):
        raise SourceError(
            f"{as_table} If it is a text to be read, name it a document with --as document."
        ) from as_table
    return True


def add(
    case: Casefile,
    path: Path,
    *,
    as_kind: str | None = None,
    release: str | None = None,
    origin: str | None = None,
    found_in: str | None = None,
    licence: str | None = None,
    note: str | None = None,
    date_order: Order | None = None,
    keep: tuple[str, ...] = (),
    layout: str = "",
    by: str | None = None,
    progress: Callable[[str], None] | None = None,
) -> tuple[Source, bool]:
    """Take a file into the casefile; returns the source and whether anything changed.

    The file is sniffed, copied under its SHA-256, and read once in full; only when all of that went well is
    it entered into the log, which is what makes it part of the casefile. The same file again with nothing new
    to say changes nothing; with another kind, release or provenance it is declared anew. `found_in` is the
    archive it was in, its origin where nobody states another. `layout` is the text of a layout that somebody
    wrote for it, which names its kind. Raises SourceError for a file that cannot be
    read.
    """
    check_name(path)
    if layout:
        as_kind = read_own_layout(layout, file="the layout").kind
    if as_kind is not None and as_kind != "statistics":
        layout_of(as_kind)
    with locked(case):
        sweep(case)
        digest = digest_of_new(path)
        known = next((source for source in sources_of(case) if source.sha256 == digest), None)
        if known is not None and _says_nothing_new(
            known, as_kind, release, origin, licence, note, keep, date_order, layout
        ):
            return known, _restore(case, known, path, by)
        source = _described(
            path,
            digest,
            known,
            as_kind=as_kind,
            release=release,
            origin=origin or (None if known else found_in),
            licence=licence,
            note=note,
            keep=keep,
            layout=layout or (known.layout if known else ""),
        )
        source = replace(source, date_order=date_order or (known.date_order if known else None))
        source = _taken(case, source, path, progress)
        log.append(case, "add", asdict(source), by=by)
        return source, True


def _restore(case: Casefile, known: Source, path: Path, by: str | None) -> bool:
    """Put a changed or lost original back; False where it is as it was added."""
    if is_whole(case, known):
        return False
    copy_in(path, waiting_path(case, known.sha256), known.sha256)
    commit_waiting(
        case,
        original_path(case, known),
        known.sha256,
        "restore",
        {"sha256": known.sha256, "file_name": known.file_name},
        by=by,
    )
    return True


def _described(
    path: Path,
    digest: str,
    known: Source | None,
    *,
    as_kind: str | None,
    release: str | None,
    origin: str | None,
    licence: str | None,
    note: str | None,
    keep: tuple[str, ...],
    layout: str,
) -> Source:
    """The source as it is declared now: what was said, what the file says, what was known of it, in this
    order; a declared release outlives a found one.
    """
    if known is not None:
        as_kind, origin, licence, note = (
            as_kind or known.as_kind,
            origin or known.origin,
            licence or known.licence,
            note or known.note,
        )
        release = release or (known.release if known.release_from == "declared" else None)
        keep = keep or known.keep
    name = known.file_name if known else safe_file_name(path.name, digest)
    told = _told(path, name, as_kind, layout)
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
        layout=layout,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What a file is taken for, and by what."""

    kinds: tuple[str, ...]
    variant: str | None = None
    release: str | None = None
    why: str


def _told(path: Path, name: str, as_kind: str | None, layout: str) -> _Told:
    """A table of a known kind, or else positions of aircraft or a flight list; raises SourceError, saying
    what tables were expected, for anything else.
    """
    try:
        found = sniff(path, name=name, as_kind=as_kind, own=layout)
    except SourceError:
        kind = flight_sources.kind_of(path) if as_kind is None else None
        if kind is None:
            raise
        return _Told(kinds=(kind,), why=f"no table of records; {kind.replace('_', ' ')} by its content")
    return _Told(kinds=found.kinds, variant=found.variant, release=found.release, why=found.why)


def _taken(case: Casefile, source: Source, path: Path, progress: Callable[[str], None] | None) -> Source:
    """Copy the file in and read it; what it says of itself is known now. A file that fails leaves nothing
    behind.
    """
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
    return (
        replace(source, release=done.release, release_from="found")
        if source.release_from == "not stated" and done.release
        else source
    )


def _says_nothing_new(
    known: Source,
    as_kind: str | None,
    release: str | None,
    origin: str | None,
    licence: str | None,
    note: str | None,
    keep: tuple[str, ...],
    date_order: str | None,
    layout: str,
) -> bool:
    said = (
        (date_order, known.date_order),
        (layout or None, known.layout),
        (keep or None, known.keep),
        (as_kind, known.as_kind),
        (origin, known.origin),
        (licence, known.licence),
        (note, known.note),
        (release, known.release),
    )
    return all(new is None or new == old for new, old in said)
