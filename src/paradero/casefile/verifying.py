"""Verify a casefile with nothing but its folder: the very functions that build it, run again."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from paradero.casefile import receipts
from paradero.casefile.building import build
from paradero.casefile.folder import SETTINGS, Casefile
from paradero.casefile.log import read_log
from paradero.casefile.originals import check_originals, sources_of
from paradero.engines.digest import digest_of
from paradero.engines.duckdb import connect
from paradero.model.errors import CasefileError


def verify(case: Casefile) -> list[dict[str, Any]]:
    """All checks in order, each as check, found, failed. A check that cannot be made has failed."""
    checks: list[tuple[str, Callable[[Casefile], str]]] = [
        ("log", _check_log),
        ("originals", _check_sources),
        ("tables", _check_tables),
        ("rebuild", _check_rebuild),
    ]
    findings = []
    for name, check in checks:
        try:
            findings.append({"check": name, "found": check(case), "failed": False})
        except CasefileError as error:
            findings.append({"check": name, "found": str(error), "failed": True})
    return findings


def _check_log(case: Casefile) -> str:
    return f"{len(read_log(case))} entries in an unbroken chain"


def _check_sources(case: Casefile) -> str:
    sources = sources_of(case)
    check_originals(case, sources)
    return f"{len(sources)} originals as they were added"


def _current(case: Casefile) -> tuple[Path, receipts.Receipt]:
    found = receipts.current(case)
    if found is None:
        raise CasefileError("there is no build to verify")
    return found


def _check_tables(case: Casefile) -> str:
    folder, receipt = _current(case)
    with connect() as reader:
        for table in receipt.tables:
            paths = receipts.table_files(folder, table.name)
            if not paths or not all(path.exists() for path in paths):
                raise CasefileError(f"the table {table.name} is missing")
            if digest_of(reader, paths).sha256 != table.sha256:
                raise CasefileError(f"the table {table.name} is not what was built")
    if receipts.whole_digest(receipt.tables, receipt.sources) != receipt.digest:
        raise CasefileError("the digest does not cover the tables and sources of the receipt")
    logged = [entry.what["digest"] for entry in read_log(case) if entry.act == "build"]
    if not logged or logged[-1] != receipt.digest:
        raise CasefileError("the log names another digest than the build")
    return f"{len(receipt.tables)} tables as they were built, digest {receipt.digest}"


def _check_rebuild(case: Casefile) -> str:
    _, receipt = _current(case)
    with tempfile.TemporaryDirectory(dir=case.build, prefix=".new-verify-") as folder:
        copy = Casefile(Path(folder) / "case")
        (copy.root / "build").mkdir(parents=True)
        for name in (SETTINGS, "log.jsonl"):
            shutil.copyfile(case.root / name, copy.root / name)
        (copy.root / "sources").symlink_to(case.sources.resolve())
        again, _ = build(copy)
    if again.digest != receipt.digest:
        raise CasefileError(f"built again from the originals the digest is {again.digest}, not {receipt.digest}")
    return "built again from the originals to the same digest"
