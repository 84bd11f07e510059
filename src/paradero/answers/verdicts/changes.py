"""What changes when only some of the sources are believed."""

from __future__ import annotations

from typing import Any

from paradero.answers.verdicts.audit_reading import Reading
from paradero.answers.verdicts.verdict_ids import VerdictId

Row = dict[str, Any]


def changes_between(everything: Reading, some: Reading) -> list[Row]:
    """Each verdict on an event stated in a file that is another when all statements are believed than when
    some are: its id, before and after.
    """
    if "orders" not in everything.audited.paths():
        return []
    before, after = _verdicts(everything), _verdicts(some)
    found = []
    for (number, event_no), (verdict, margins) in before.items():
        now, now_margins = after[number, event_no]
        if (verdict, margins) == (now, now_margins):
            continue
        variant = some.audited.matrix.variants[number]
        event = some.audited.matrix.events[event_no]
        name = VerdictId(
            by=variant.order.id, part=variant.term.id, construction=variant.construction, at=event.id
        )
        found.append({"id": str(name), "before": verdict, "after": now, "is_other_verdict": verdict != now})
    return found


def _verdicts(read: Reading) -> dict[tuple[int, int], tuple[str, tuple[int | None, int | None]]]:
    rows = read.rows(
        "SELECT variant, event_no, verdict, margin_lo, margin_hi FROM verdicts_orders WHERE event_no < 0"
        " ORDER BY variant, event_no DESC"
    )
    return {
        (row["variant"], row["event_no"]): (row["verdict"], (row["margin_lo"], row["margin_hi"]))
        for row in rows
    }
