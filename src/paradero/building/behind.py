"""What of a casefile has changed since it was built."""

from __future__ import annotations

from paradero.building import receipts
from paradero.building.receipts import Receipt, is_of_this_code
from paradero.casefile.folder import Casefile
from paradero.casefile.originals import Source, sources_of


def behind_of_case(case: Casefile) -> str | None:
    """What of the casefile has changed since its build; None where nothing has, or nothing is built."""
    found = receipts.current(case)
    return behind_of(case, found[1], sources_of(case)) if found else None


def behind_of(case: Casefile, receipt: Receipt, sources: list[Source]) -> str | None:
    """What of the casefile has changed since the build: the sources, the settings, the code of paradero;
    None where nothing has.
    """
    inside = _inside(receipt)
    changed = [
        name
        for name, is_changed in (
            ("the sources", inside != {(source.sha256, source.release, source.kinds) for source in sources}),
            ("the settings", receipt.settings != case.settings()),
            ("the code of this version", not is_of_this_code(receipt)),
        )
        if is_changed
    ]
    return " and ".join(changed) or None


def n_waiting(case: Casefile) -> int:
    """How many files of the casefile no table of the build has: added, or stated otherwise, since; 0 where
    nothing is built.
    """
    found = receipts.current(case)
    if found is None:
        return 0
    inside = _inside(found[1])
    return sum((source.sha256, source.release, source.kinds) not in inside for source in sources_of(case))


def _inside(receipt: Receipt) -> set[tuple[str, str | None, tuple[str, ...]]]:
    return {(entry.sha256, entry.release, tuple(entry.kinds)) for entry in receipt.sources}
