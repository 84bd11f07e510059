"""Audit a casefile: hold its events against rules and orders, and keep every verdict."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import msgspec
from msgspec.structs import replace

from paradero import __version__
from paradero.answers.law.law_files import Law, try_law
from paradero.answers.verdicts.verdict_files import OF_FACILITIES, OF_SUBJECTS, VerdictFile, with_judged
from paradero.authored.evidence import Trust
from paradero.building import receipts
from paradero.building.tables import UNREADABLE
from paradero.casefile.acts import commit
from paradero.casefile.folder import Casefile, locked
from paradero.casefile.log import read_log
from paradero.casefile.originals import sources_of
from paradero.casefile.pending import WRITTEN_SHA256
from paradero.casefile.seals import check_bytes, seal_of, sha256_of
from paradero.casefile.written import OF_LAW, record
from paradero.disk.passing import PassingFolder
from paradero.disk.whole_files import half_of
from paradero.engines.lending import lent
from paradero.law.matrix import Matrix
from paradero.model.errors import CasefileError

Progress = Callable[[str, int, int], None]

AUDIT = "audit.json"

SUPPOSED = "paradero-supposed-"  # how folders of audits that are not kept begin
_HELD = "worked-cases"


class AuditReceipt(msgspec.Struct, frozen=True):
    """What an audit has made, and from what: `build` is the digest of the build (none where only files were
    judged), `law` that of rules, orders, events and the code that judges them.
    """

    key: str
    version: str
    build: str | None
    law: str
    evidence: list[str]
    without: list[str]
    files: list[VerdictFile]
    bytes: dict[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """An audit open for reading: its law, its matrix of orders and events, its receipt and where its verdicts
    lie, for as long as `held` where they are not kept.
    """

    case: Casefile
    law: Law
    matrix: Matrix
    folder: Path
    receipt: AuditReceipt
    held: object = None

    def paths(self) -> dict[str, Path]:
        """The files of verdicts by name."""
        return {each.name: self.folder / f"{each.name}.parquet" for each in self.receipt.files}

    def rules_judged(self) -> list[str]:
        """The rules that there are verdicts of."""
        return [each.name for each in self.receipt.files if each.judged == "rule"]


def audit(
    case: Casefile,
    law: Law,
    *,
    trust: Trust | None = None,
    is_kept: bool = True,
    progress: Progress | None = None,
) -> Audited:
    """Judge every event by every rule and order, and keep the verdicts; an audit that was made before of the
    same is taken as it is. One that is not `is_kept` is made beside the casefile, whose log and audits stay
    as they are, and is gone when it is forgotten.

    Raises AuthoredError where a rule, an order or an event is not as it has to be or a worked case does not
    hold, CasefileError where there is no build.
    """
    believed = trust or Trust()
    matrix = law.matrix(believed)
    build = _build_digest(case)
    if build is None and not law.events:
        raise CasefileError(
            f"{case.root}: nothing to audit: the casefile is not built, and events/ is empty. Add sources"
            " and run `paradero build`."
        )
    clock = f"clock_changes {case.settings().settings.clock_changes}"
    key = hashlib.sha256(
        "\n".join(
            [build or "", law.fingerprint, clock, *believed.evidence, "without", *believed.without]
        ).encode()
    ).hexdigest()
    folder = case.build / "audits" / key[:16]
    receipt = _named(case, folder)
    if receipt is None and not is_kept:
        return _supposed(case, law, matrix, believed, build=build, key=key, progress=progress)
    if receipt is None or os.access(case.root, os.W_OK):  # one that may only be read is read as it stands
        with locked(case):
            # whoever had the casefile before may have made it, or was killed when the log had named it:
            # locking put that in its place
            receipt = _named(case, folder)
            if receipt is not None:
                record(case, OF_LAW)
            else:
                try_law(
                    law,
                    rules=[*law.rules.values()] if build is not None else [],
                    kept_in=case.build / "audits" / _HELD,
                    progress=progress,
                )
                record(case, OF_LAW)
                receipt = _made(
                    case, law, matrix, believed, build=build, key=key, folder=folder, progress=progress
                )
                _retire(case, build)
    return Audited(case=case, law=law, matrix=matrix, folder=folder, receipt=receipt)


def _supposed(
    case: Casefile,
    law: Law,
    matrix: Matrix,
    trust: Trust,
    *,
    build: str | None,
    key: str,
    progress: Progress | None,
) -> Audited:
    """The audit on what somebody supposes for once."""
    from paradero.answers.verdicts.judging import compute_verdicts

    try_law(law, rules=[*law.rules.values()] if build is not None else [], progress=progress)
    held = PassingFolder(SUPPOSED)
    try:
        files = compute_verdicts(
            case, law, matrix, held.folder, has_records=build is not None, progress=progress
        )
    except (OSError, *UNREADABLE) as error:
        raise _stopped(error) from error
    receipt = _receipt_of(law, trust, build=build, key=key, files=files)
    return Audited(case=case, law=law, matrix=matrix, folder=held.folder, receipt=receipt, held=held)


def _receipt_of(
    law: Law, trust: Trust, *, build: str | None, key: str, files: list[VerdictFile]
) -> AuditReceipt:
    return AuditReceipt(
        key=key,
        version=__version__,
        build=build,
        law=law.fingerprint,
        evidence=list(trust.evidence),
        without=list(trust.without),
        files=files,
    )


def _stopped(error: Exception) -> CasefileError:
    from paradero.sources.containers.damage import first_line

    return CasefileError(
        f"The audit stopped: {first_line(error)}. Audits before it, if there were any, still count."
    )


def _build_digest(case: Casefile) -> str | None:
    """The digest of the build to judge; None where the casefile has no sources at all. Raises CasefileError
    where it has and is not built.
    """
    return receipts.built(case)[1].digest if sources_of(case) else None


def _retire(case: Casefile, build: str | None) -> None:
    """Remove audits of builds that no longer count, and what a killed one left."""
    for entry in (case.build / "audits").iterdir():
        if entry.is_dir() and ((found := _receipt(entry)) is None or found.build != build):
            shutil.rmtree(entry, ignore_errors=True)


def check_audits(case: Casefile, law: Law) -> str:
    """Judge again what the kept audits judged; raises CasefileError where a verdict is missing or other than
    it was. Says how many were checked.
    """
    from paradero.answers.verdicts.judging import compute_verdicts, digest

    folders = (
        sorted(path.parent for path in (case.build / "audits").glob(f"*/{AUDIT}"))
        if (case.build / "audits").is_dir()
        else []
    )
    checked = others = 0
    for folder in folders:
        receipt = _receipt(folder)
        if receipt is None:
            raise CasefileError(
                f"{folder}: the audit is damaged. Delete build/audits and run `paradero audit`"
            )
        if receipt.law != law.fingerprint or receipt.build != _build_digest(case):
            others += 1
            continue
        trust = Trust(evidence=tuple(receipt.evidence), without=tuple(receipt.without))
        with tempfile.TemporaryDirectory() as scratch, lent() as reader:
            again = compute_verdicts(
                case, law, law.matrix(trust), Path(scratch), has_records=receipt.build is not None
            )
            kept = [
                replace(each, sha256=sha256, rows=rows)
                for each in receipt.files
                for sha256, rows in [digest(reader, folder / f"{each.name}.parquet")]
            ]
            found = [_found_in(reader, place) for place in (folder, Path(scratch))]
        if not again == receipt.files == kept or found[0] != found[1]:
            raise CasefileError(
                f"{folder}: judging again gives other verdicts. Delete build/audits and run `paradero audit`"
            )
        checked += 1
    more = (
        f"; {others} made by other code, rules, orders, events or records than there are now"
        if others
        else ""
    )
    return f"{checked} audits judged again to the same verdicts{more}"


def _found_in(reader: duckdb.DuckDBPyConnection, folder: Path) -> list[tuple[str, int] | None]:
    """The digests of what verdicts are found by; None for what an audit has none of."""
    from paradero.answers.verdicts.judging import digest

    paths = [folder / f"{name}.parquet" for name in (OF_FACILITIES, OF_SUBJECTS)]
    return [digest(reader, path) if path.exists() else None for path in paths]


def check_audit_bytes(case: Casefile) -> int:
    """How many files the kept audits hold, each the very bytes that were written; raises CasefileError naming
    one that is not.
    """
    checked = 0
    for path in sorted((case.build / "audits").glob(f"*/{AUDIT}")):
        receipt = _named(case, path.parent)
        if receipt is None:
            raise CasefileError(
                f"{path}: changed since it was written. Delete build/audits and run `paradero audit`"
            )
        checked += 1 + check_bytes(path.parent, receipt.bytes, but=AUDIT)
    return checked


def _named(case: Casefile, folder: Path) -> AuditReceipt | None:
    """The receipt of an audit that is whole and that the log names; None where there is none."""
    receipt = _receipt(folder)
    return receipt if receipt is not None and _is_named(case, folder) else None


def _is_named(case: Casefile, folder: Path) -> bool:
    """Whether an entry of the log names an audit by the SHA-256 of its receipt: one that was killed before
    counts for nothing.
    """
    digest = sha256_of(folder / AUDIT)
    return any(entry.act == "audit" and entry.what.get(WRITTEN_SHA256) == digest for entry in read_log(case))


def _receipt(folder: Path) -> AuditReceipt | None:
    try:
        found = msgspec.json.decode((folder / AUDIT).read_bytes(), type=AuditReceipt)
    except (OSError, msgspec.MsgspecError):
        return None
    if not all((folder / f"{each.name}.parquet").exists() for each in found.files):
        return None
    return replace(found, files=[with_judged(each) for each in found.files])


def _made(
    case: Casefile,
    law: Law,
    matrix: Matrix,
    trust: Trust,
    *,
    build: str | None,
    key: str,
    folder: Path,
    progress: Progress | None,
) -> AuditReceipt:
    beside = half_of(folder)
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    from paradero.answers.verdicts.judging import (
        compute_verdicts,
    )  # an audit that was made before is only read

    try:
        files = compute_verdicts(case, law, matrix, beside, has_records=build is not None, progress=progress)
        receipt = replace(
            _receipt_of(law, trust, build=build, key=key, files=files), bytes=seal_of(beside, but=AUDIT)
        )
        content = msgspec.json.format(msgspec.json.encode(receipt), indent=1)
        shutil.rmtree(folder, ignore_errors=True)
        os.replace(beside, folder)
        what = {
            "audit": key,
            "build": build,
            "law": receipt.law,
            "verdicts": sum(each.rows for each in files),
        }
        commit(case, folder / AUDIT, content, "audit", what)  # a folder without its receipt is no audit
    except (OSError, *UNREADABLE) as error:
        raise _stopped(error) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return receipt
