"""Verify a casefile with nothing but its folder: the very functions that build it, run again."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import duckdb
import msgspec

from paradero.answers.books.answers import ASKS
from paradero.answers.books.balancing import check_solved
from paradero.answers.kept import check_kept
from paradero.answers.law.law_files import law_of
from paradero.answers.verdicts.auditing import AUDIT, check_audits
from paradero.answers.verification.byte_checks import check_bytes_of
from paradero.answers.verification.document_checks import check_documents, check_positions
from paradero.building import receipts
from paradero.building.behind import behind_of
from paradero.building.building import compute
from paradero.building.documents import check_document, document_path, documents_of
from paradero.building.receipts import Receipt, SourceReceipt
from paradero.casefile.folder import AUTHORED, Casefile, locked, sweep
from paradero.casefile.log import Entry, check_end, read_log
from paradero.casefile.originals import check_originals, original_path, sources_as_of, sources_of
from paradero.casefile.published import check_published, has_published
from paradero.casefile.written import check_authored
from paradero.engines.digest import digest_of
from paradero.engines.lending import lent
from paradero.model.answer import Answer
from paradero.model.errors import CasefileError, ParaderoError

_OF_BYTES = 4  # the first checks read bytes and hash them; the others work out again what is kept


class Finding(Answer, frozen=True, kw_only=True):
    """What a check found, or where it `failed`, why."""

    check: str
    found: str
    failed: bool


class Verification(Answer, frozen=True, kw_only=True):
    """Every check that was made, in order; `verified` where none failed, `quick` where only bytes were held
    against their hashes.
    """

    quick: bool
    verified: bool
    checks: tuple[Finding, ...]


def verify(case: Casefile, *, quick: bool = False) -> Verification:
    """The whole verification: all checks in order; with `quick` only those of bytes against their hashes.

    A check that cannot be made has failed. A casefile that may be written to is locked while its files are
    checked and built again; one that may only be read is verified as it stands. Kept answers are asked again
    after that, unlocked, for asking may take the lock itself.
    """
    checks: list[tuple[str, Callable[[Casefile], str]]] = [
        ("log", _check_log),
        ("originals", _check_sources),
        ("bytes", check_bytes_of),
        ("authored files", check_authored),
        ("documents", check_documents),
        ("positions", check_positions),
        ("tables", _check_tables),
        ("rebuild", _check_rebuild),
        ("up to date", _check_current),
        ("audits", _check_audits),
    ]
    if any((case.build / "balances").glob("*.json")):
        checks.append(("balances", check_solved))
    of_published: list[tuple[str, Callable[[Casefile], str]]] = []
    if has_published(case):
        of_published.append(("published", check_published))
    if quick:
        checks = [*checks[:_OF_BYTES], *of_published]
    elif _has_no_records(case):
        checks = [each for each in checks if each[0] not in ("tables", "rebuild", "up to date")]
    if not quick:
        checks[_OF_BYTES:_OF_BYTES] = of_published
    with _held(case):
        findings = [_finding(name, partial(check, case)) for name, check in checks]
    if not quick:
        findings.append(_finding("answers", partial(check_kept, case, ASKS)))
    is_verified = not any(finding.failed for finding in findings)
    return Verification(quick=quick, verified=is_verified, checks=tuple(findings))


def _finding(name: str, check: Callable[[], str]) -> Finding:
    """What a check found, or why it failed."""
    try:
        return Finding(check=name, found=check(), failed=False)
    except (
        ParaderoError,
        OSError,
        ValueError,
        duckdb.Error,
    ) as error:  # bytes that are no text are a ValueError
        return Finding(check=name, found=str(error), failed=True)


def _has_no_records(case: Casefile) -> bool:
    """Whether the casefile has files that somebody wrote, or documents, and no sources: nothing is built
    then.
    """
    try:
        written = any(path for folder in AUTHORED for path in (case.root / folder).glob("*.toml"))
        return (written or bool(documents_of(case))) and not sources_of(case)
    except CasefileError:
        return False  # the checks below say what is wrong


@contextlib.contextmanager
def _held(case: Casefile) -> Iterator[None]:
    if not _is_writable(case):
        yield
        return
    with locked(case):
        sweep(case)
        yield


def _is_writable(case: Casefile) -> bool:
    return os.access(case.root, os.W_OK) and os.access(case.build, os.W_OK)


def _check_log(case: Casefile) -> str:
    entries = read_log(case)
    check_end(case)
    return f"{len(entries)} entries in an unbroken chain"


def _check_sources(case: Casefile) -> str:
    sources = sources_of(case)
    check_originals(case, sources)
    documents = documents_of(case)
    for one in documents:
        check_document(case, one)
    named = {original_path(case, source).name for source in sources} | {
        document_path(case, one).name for one in documents
    }
    others = (
        sorted(path.name for path in case.sources.iterdir() if path.name not in named)
        if case.sources.is_dir()
        else []
    )
    more = f"; besides them lie in sources/, used for nothing: {', '.join(others)}" if others else ""
    return f"{len(sources) + len(documents)} originals as they were added{more}"


def _current(case: Casefile) -> tuple[Path, Receipt]:
    found = receipts.current(case)
    if found is None:
        raise CasefileError("there is no build to verify: run `paradero build`")
    return found


def _check_tables(case: Casefile) -> str:
    folder, receipt = _current(case)
    with lent() as reader:
        for table in receipt.tables:
            paths = receipts.table_files(folder, table.name)
            if not paths or not all(path.exists() for path in paths):
                raise CasefileError(f"the table {table.name} is missing: delete build/ and build again")
            found = digest_of(reader, paths)
            if (found.sha256, found.rows) != (table.sha256, table.rows):
                raise CasefileError(
                    f"the table {table.name} is not what was built: delete build/ and build again"
                )
    if receipts.whole_digest(receipt.tables, receipt.sources) != receipt.digest:
        raise CasefileError("the digest does not cover the tables and sources of the receipt")
    _entry_of(case, receipt)
    return f"{len(receipt.tables)} tables as they were built, build digest {receipt.digest}"


def _entry_of(case: Casefile, receipt: Receipt) -> Entry:
    """The entry of the log that names the build."""
    said = {"digest": receipt.digest, "settings": receipt.settings_print}
    named = [entry for entry in read_log(case) if entry.act == "build" and said.items() <= entry.what.items()]
    if not named:
        raise CasefileError("the log names no build of this digest with these settings, title and scope")
    return named[-1]


def _check_rebuild(case: Casefile) -> str:
    """Make everything again from the originals that the build was made of, and compare all that commands read
    with it.
    """
    folder, receipt = _current(case)
    sources = sources_as_of(case, _entry_of(case, receipt).number)
    place = case.build if _is_writable(case) else None
    with tempfile.TemporaryDirectory(dir=place, prefix=".verify-") as scratch:
        copy = Casefile(Path(scratch))
        copy.build.mkdir()
        copy.sources.symlink_to(case.sources.resolve())
        again = compute(copy, copy.build / "again", receipt.settings, sources)
        _compare(receipt, again)
        with lent() as reader:
            _compare_files(reader, folder, copy.build / "again", "empty-*.parquet")
            for before, now in zip(receipt.sources, again.sources, strict=True):
                _compare_files(reader, case.ingested / before.folder, copy.ingested / now.folder, "*")
    return f"built again from the originals to the same digest{_by_whom(receipt, again)}"


def _compare(receipt: Receipt, again: Receipt) -> None:
    if again.digest != receipt.digest:
        unlike = [
            table.name
            for table in again.tables
            if (before := receipt.table(table.name)) is None or before.sha256 != table.sha256
        ]
        raise CasefileError(
            f"built again from the originals the digest is {again.digest}, not {receipt.digest}; other than"
            f" before: {', '.join(unlike) or 'the sources'}{_by_whom(receipt, again)}"
        )
    if list(map(_without_folder, again.sources)) != list(map(_without_folder, receipt.sources)):
        raise CasefileError(
            "the receipt of the build says other things of its sources than building again: run `paradero"
            " build`"
        )


def _without_folder(source: SourceReceipt) -> SourceReceipt:
    """A source's receipt but for the folder of its rows, which is named after the version of the reading
    code.
    """
    return msgspec.structs.replace(source, folder="")


def _by_whom(receipt: Receipt, again: Receipt) -> str:
    if receipt.version != again.version:
        return f" (the build is by version {receipt.version}, this is {again.version})"
    return "" if receipt.code == again.code else " (the build is by other code than that of this version)"


def _compare_files(reader: duckdb.DuckDBPyConnection, kept: Path, again: Path, pattern: str) -> None:
    """What was kept beside the tables must be what comes out again: equal bytes, or for Parquet equal
    content.
    """
    names = {path.name for path in kept.glob(pattern)} | {path.name for path in again.glob(pattern)}
    for name in sorted(names - {"files.json"}):
        ours, theirs = kept / name, again / name
        if not (ours.exists() and theirs.exists()):
            raise CasefileError(
                f"{ours} is {'missing' if theirs.exists() else 'not what reading the originals gives'}:"
                " delete build/ and build again"
            )
        if ours.read_bytes() == theirs.read_bytes():
            continue
        if not name.endswith(".parquet") or digest_of(reader, [ours]) != digest_of(reader, [theirs]):
            raise CasefileError(
                f"{ours} is not what reading the originals gives: delete build/ and build again"
            )


def _check_current(case: Casefile) -> str:
    _, receipt = _current(case)
    behind = behind_of(case, receipt, sources_of(case))
    return (
        f"the build is older than {behind}: run `paradero build`"
        if behind
        else "the build holds all sources and settings"
    )


def _check_audits(case: Casefile) -> str:
    """Judge again what was judged; a casefile without audits does not need its rules and orders to be
    read.
    """
    if not any((case.build / "audits").glob(f"*/{AUDIT}")):
        return "no audit is kept"
    return check_audits(case, law_of(case))
