"""Make a finished build the one that counts: renamed into place, logged, then named by the pointer."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import Any

import msgspec

from paradero.building import receipts
from paradero.building.receipts import RECEIPT, Receipt
from paradero.casefile.acts import commit
from paradero.casefile.folder import SETTINGS, Casefile
from paradero.casefile.log import read_log
from paradero.casefile.pending import WRITTEN_SHA256
from paradero.casefile.seals import seal_of
from paradero.casefile.written import record
from paradero.disk.whole_files import settle, write_whole
from paradero.model.errors import CasefileError

Last = tuple[Path, Receipt] | None


def publish(case: Casefile, receipt: Receipt, beside: Path, last: Last) -> tuple[Receipt, bool]:
    """Let the build in `beside` count; the receipt that counts now and whether that is another than before.

    The log comes before the pointer: killed between them, the build before still counts, and building again
    only sets the pointer.
    """
    receipt = msgspec.structs.replace(receipt, files=seal_of(beside, but=RECEIPT))
    record(case, [SETTINGS])
    if last and _same(receipt, last[1]) and _is_whole(case, *last):
        return last[1], False
    name = _free_name(case, receipt, last)
    final = case.build / name
    named = _named_already(case, final, receipt)
    if named is not None:  # a build that was killed before the pointer named it
        write_whole(receipts.pointer(case), pointing_to(name))
        _retire(case, last)
        return named, True
    content = msgspec.json.format(msgspec.json.encode(receipt), indent=1)
    shutil.rmtree(final, ignore_errors=True)  # left by a build that was killed before it counted
    os.replace(beside, final)
    settle(case.build)
    commit(
        case, final / RECEIPT, content, "build", _what(receipt)
    )  # a folder without its receipt is no build
    write_whole(receipts.pointer(case), pointing_to(name))
    _retire(case, last)
    return receipt, True


def pointing_to(name: str) -> bytes:
    """What the pointer says of the build in the folder of that name."""
    return f"{name}\n".encode()


def _free_name(case: Casefile, receipt: Receipt, last: Last) -> str:
    """A name that is not that of the build that counts, which must stay whole until the pointer has
    left it.
    """
    name = f"{receipt.digest[:12]}-{receipt.engine}"
    return f"{name}-2" if last and last[0] == case.build / name else name


def _what(receipt: Receipt) -> dict[str, Any]:
    return {
        "digest": receipt.digest,
        "engine": receipt.engine,
        "version": receipt.version,
        "tables": len(receipt.tables),
        "settings": receipt.settings_print,
    }


def _named_already(case: Casefile, folder: Path, receipt: Receipt) -> Receipt | None:
    """The receipt of an equal build that the last entry of the log names and that lies whole in `folder`;
    None where there is none.
    """
    entries = read_log(case)
    if not entries or entries[-1].act != "build" or not _what(receipt).items() <= entries[-1].what.items():
        return None
    try:
        content = (folder / RECEIPT).read_bytes()
        if hashlib.sha256(content).hexdigest() != entries[-1].what.get(WRITTEN_SHA256):
            return None
        named = msgspec.json.decode(content, type=Receipt)
        if named.code != receipt.code:
            return None
        receipts.check_build(folder, named)
    except (OSError, CasefileError):
        return None
    return named


def _same(new: Receipt, old: Receipt) -> bool:
    """Whether two builds are the same but for the seconds they took."""
    return _without_seconds(new) == _without_seconds(old) and bool(old.files)


def _without_seconds(receipt: Receipt) -> Receipt:
    tables = [msgspec.structs.replace(table, seconds=0.0) for table in receipt.tables]
    return msgspec.structs.replace(receipt, seconds=0.0, tables=tables, files={})


def _is_whole(case: Casefile, folder: Path, receipt: Receipt) -> bool:
    """Whether a build is as it was written and as the log names it."""
    content = (folder / RECEIPT).read_bytes()
    if not is_named(case, content) or receipts.pointer(case).read_bytes() != pointing_to(folder.name):
        return False
    try:
        return receipts.check_build(folder, receipt) > 0
    except CasefileError:
        return False


def is_named(case: Casefile, receipt: bytes) -> bool:
    """Whether an entry of the log names a build by the SHA-256 of its receipt."""
    digest = hashlib.sha256(receipt).hexdigest()
    return any(entry.act == "build" and entry.what.get(WRITTEN_SHA256) == digest for entry in read_log(case))


def _retire(case: Casefile, last: Last) -> None:
    """Remove builds and rows that no longer count; the build before this one stays for those who are reading
    it.
    """
    now = receipts.current(case)
    kept = [found for found in (now, last) if found]
    builds = {folder.name for folder, _ in kept}
    rows = {source.folder for _, found in kept for source in found.sources}
    for entry in case.build.iterdir():
        if (entry / RECEIPT).exists() and entry.name not in builds:
            shutil.rmtree(entry, ignore_errors=True)
    for entry in case.ingested.iterdir():
        if entry.is_dir() and entry.name not in rows:
            shutil.rmtree(entry, ignore_errors=True)
