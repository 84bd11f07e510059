"""Every file that paradero wrote into the casefile, held against the SHA-256 of its bytes: no reading, no
computing, seconds.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from paradero.answers.books.solved import check_solved_bytes
from paradero.answers.kept import check_kept_bytes
from paradero.answers.verdicts.auditing import check_audit_bytes
from paradero.building import receipts
from paradero.building.publishing import is_named, pointing_to
from paradero.building.receipts import RECEIPT, Receipt
from paradero.casefile.folder import AUTHORED, PARTS, SETTINGS, Casefile
from paradero.casefile.seals import check_seal
from paradero.model.errors import CasefileError


def check_bytes_of(case: Casefile) -> str:
    """Hash every built table, receipt, taken-in row file, mention, audit, kept answer and solved balance;
    raises CasefileError naming the first that is not as written.
    """
    builds = sum(_check_build(case, path.parent) for path in sorted(case.build.glob(f"*/{RECEIPT}")))
    _check_pointer(case)
    sealed = [
        folder
        for parent in (case.ingested, case.documents)
        if parent.is_dir()
        for folder in sorted(parent.iterdir())
        if folder.is_dir()
    ]
    read = sum(1 + check_seal(folder) for folder in sealed)
    audits, kept, solved = check_audit_bytes(case), check_kept_bytes(case), check_solved_bytes(case)
    others = _others(case)
    more = f"; no part of the casefile, so not checked: {', '.join(others)}" if others else ""
    return f"{builds + read + audits + kept + solved:,} files byte by byte as they were written{more}"


def _check_build(case: Casefile, folder: Path) -> int:
    """A build: its receipt is named in the log, and the receipt names every file."""
    content = (folder / RECEIPT).read_bytes()
    if not is_named(case, content):
        raise CasefileError(f"{folder / RECEIPT}: not what the log names. Run `paradero build`")
    try:
        receipt = msgspec.json.decode(content, type=Receipt)
    except msgspec.MsgspecError as error:
        raise CasefileError(
            f"{folder / RECEIPT}: no receipt of this version. Run `paradero build`"
        ) from error
    return 1 + receipts.check_build(folder, receipt)


def _check_pointer(case: Casefile) -> None:
    """The pointer names a build that is there, in exactly the bytes that are written."""
    found = receipts.current(case)
    if found is not None and receipts.pointer(case).read_bytes() != pointing_to(found[0].name):
        raise CasefileError(f"{receipts.pointer(case)}: not what was written. Run `paradero build`")


def _others(case: Casefile) -> list[str]:
    """What lies in the casefile and is nothing of its own: exports, notes."""
    own = {*PARTS, *AUTHORED, SETTINGS}
    return sorted(entry.name for entry in case.root.iterdir() if entry.name not in own)
