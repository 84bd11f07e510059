"""The originals of a casefile: copied in by SHA-256, never modified, checked before every build."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from paradero.casefile import log
from paradero.casefile.folder import Casefile
from paradero.casefile.seals import sha256_of
from paradero.disk.bounded import check_regular
from paradero.disk.whole_files import written_whole
from paradero.model.errors import CasefileError, SourceError

UNNAMED = "unnamed"
Order = Literal["mdy", "dmy"]  # of day and month


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One original of a casefile.

    `source` is the short id that addresses use: the first 12 letters of `sha256`. `as_kind` is the kind that
    a person declared, `date_order` the order of day and month, None where the file spoke for itself; `why`
    says by what. `keep` are the headers of columns that somebody asked to be kept although they hold direct
    identifiers: their cells stay in the casefile, and are in no table. `layout` is the text of the layout
    that somebody wrote for it, blank where it is of a kind that paradero knows. `release_from` tells how
    the release is known: `declared`, `found` (a FOIA number in the file) or `not stated`.
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
    layout: str = ""

    @property
    def source(self) -> str:
        return self.sha256[:12]


def sources_of(case: Casefile) -> list[Source]:
    """All sources as last declared, ordered by release, file name and SHA-256: the file order of the
    casefile.
    """
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
                raise CasefileError(
                    f"{case.log} line {entry.number}: the particulars of a source are not as they must be"
                    f" ({error}). Restore the casefile from a copy."
                ) from error
    return sorted(latest.values(), key=lambda source: (source.release, source.file_name, source.sha256))


def original_path(case: Casefile, source: Source) -> Path:
    """Where the original lies: under its SHA-256, with the ending it came with."""
    return kept_path(case, source.sha256, source.file_name)


def kept_path(case: Casefile, sha256: str, file_name: str) -> Path:
    """The place of an original by its SHA-256 and the name it came under."""
    return case.sources / f"{sha256}{''.join(Path(file_name).suffixes[-2:])[-12:]}"


def check_name(path: Path) -> None:
    """Raises SourceError where there is no file, or its name cannot be written to log and tables."""
    check_regular(path)
    if (
        not path.name.isprintable()
    ):  # lone surrogates, which stand for bytes that are no UTF-8, can be written to neither log nor tables
        raise SourceError(
            f"{path.name!a}: the file name holds letters that cannot be read (bytes that are not UTF-8, or"
            " line breaks). Rename the file."
        )


def digest_of_new(path: Path) -> str:
    """SHA-256 of a file that is to be added; raises SourceError where it cannot be read."""
    try:
        return sha256_of(path)
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror}). Check its permissions.") from error


def copy_in(path: Path, to: Path, digest: str) -> None:
    """Copy a file to its place among the originals, whole or not at all; raises SourceError where it changed
    meanwhile, CasefileError where it cannot be written.
    """
    if to.exists() and sha256_of(to) == digest:
        return
    with written(path.name):
        to.parent.mkdir(exist_ok=True)
        with written_whole(to) as beside:
            shutil.copyfile(path, beside)
            if sha256_of(beside) != digest:
                raise SourceError(
                    f"{path.name} changed while it was copied. Add it again when nothing writes to it."
                )
            beside.chmod(0o444)


@contextlib.contextmanager
def written(name: str) -> Iterator[None]:
    """Within it, a disk that is full or may not be written to becomes one sentence."""
    try:
        yield
    except OSError as error:
        raise CasefileError(
            f"{name} could not be taken into the casefile: {error.strerror or error}. Nothing was changed."
        ) from error


def check_originals(case: Casefile, sources: list[Source]) -> None:
    """Hash every original; raises CasefileError naming one that was changed or lost."""
    for source in sources:
        if not is_whole(case, source):
            state = "changed after it was added" if original_path(case, source).exists() else "lost"
            raise CasefileError(
                f"{source.file_name}: the original kept as sources/{original_path(case, source).name} was"
                f" {state}; nothing is computed from it. Add the file as received again, and find out who"
                " touched the casefile."
            )


def is_whole(case: Casefile, source: Source) -> bool:
    """Whether the original is as it was added."""
    path = original_path(case, source)
    return path.is_file() and sha256_of(path) == source.sha256
