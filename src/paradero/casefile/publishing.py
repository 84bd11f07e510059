"""Make a finished build the one that counts: renamed into place, logged, then named by the pointer."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import msgspec

from paradero.casefile import receipts
from paradero.casefile.folder import Casefile, settle, write_whole
from paradero.casefile.log import append, read_log
from paradero.casefile.receipts import Receipt

Last = tuple[Path, Receipt] | None


def publish(case: Casefile, receipt: Receipt, beside: Path, last: Last) -> tuple[Receipt, bool]:
    """Let the build in `beside` count; the receipt that counts now and whether that is another than before.

    The log comes before the pointer: killed between them, the build before still counts and the log has named both.
    """
    if last and _same(receipt, last[1]) and _is_whole(last[0], receipt):
        return last[1], False
    (beside / "receipt.json").write_bytes(msgspec.json.format(msgspec.json.encode(receipt), indent=1))
    name = _free_name(case, receipt, last)
    final = case.build / name
    shutil.rmtree(final, ignore_errors=True)  # left by a build that was killed before it counted
    os.replace(beside, final)
    settle(case.build)
    _log(case, receipt)
    write_whole(receipts.pointer(case), f"{name}\n".encode())
    _retire(case, last)
    return receipt, True


def _free_name(case: Casefile, receipt: Receipt, last: Last) -> str:
    """A name that is not that of the build that counts, which must stay whole until the pointer has left it."""
    name = f"{receipt.digest[:12]}-{receipt.engine}"
    return f"{name}-2" if last and last[0] == case.build / name else name


def _log(case: Casefile, receipt: Receipt) -> None:
    what = {"digest": receipt.digest, "engine": receipt.engine, "version": receipt.version, "tables": len(receipt.tables), "settings": receipt.settings_print}
    entries = read_log(case)
    # a build that was killed before the pointer named it has its entry already
    if not entries or (entries[-1].act, entries[-1].what) != ("build", what):
        append(case, "build", what)


def _same(new: Receipt, old: Receipt) -> bool:
    """Whether two builds are the same but for the seconds they took."""
    return _without_seconds(new) == _without_seconds(old)


def _without_seconds(receipt: Receipt) -> Receipt:
    tables = [msgspec.structs.replace(table, seconds=0.0) for table in receipt.tables]
    return msgspec.structs.replace(receipt, seconds=0.0, tables=tables)


def _is_whole(folder: Path, receipt: Receipt) -> bool:
    return all(path.exists() for table in receipt.tables for path in receipts.table_files(folder, table.name))


def _retire(case: Casefile, last: Last) -> None:
    """Remove builds and rows that no longer count; the build before this one stays for those who are reading it."""
    now = receipts.current(case)
    kept = [found for found in (now, last) if found]
    builds = {folder.name for folder, _ in kept}
    rows = {source.folder for _, found in kept for source in found.sources}
    for entry in case.build.iterdir():
        if (entry / "receipt.json").exists() and entry.name not in builds:
            shutil.rmtree(entry, ignore_errors=True)
    for entry in case.ingested.iterdir():
        if entry.is_dir() and entry.name not in rows:
            shutil.rmtree(entry, ignore_errors=True)
