"""What changes when only some of the sources are believed."""

from __future__ import annotations

import msgspec

from paradero.answers.verdicts.audit_reading import Reading
from paradero.answers.verdicts.verdict_ids import VerdictId
from paradero.model.answer import Answer
from paradero.model.verdicts import Verdict


class VerdictChange(Answer, frozen=True, kw_only=True):
    """A verdict that is another, or has another margin, when only some of the sources are believed."""

    id: str
    before: Verdict
    after: Verdict
    is_other_verdict: bool


class _Stated(msgspec.Struct, frozen=True, kw_only=True):
    """A verdict on an event stated in a file."""

    variant: int
    event_no: int
    verdict: Verdict
    margin_lo: int | None
    margin_hi: int | None


def changes_between(everything: Reading, some: Reading) -> list[VerdictChange]:
    """Each verdict on an event stated in a file that is another when all statements are believed than when
    some are: its id, before and after.
    """
    before, after = _verdicts(everything), _verdicts(some)
    found = []
    for name, one in before.items():
        now = after.get(name)
        # a way of counting time may be a reading under one belief, and decide nothing under another
        if now is None or _said(one) == _said(now):
            continue
        is_other = one.verdict != now.verdict
        found.append(
            VerdictChange(id=str(name), before=one.verdict, after=now.verdict, is_other_verdict=is_other)
        )
    return found


def _said(one: _Stated) -> tuple[Verdict, int | None, int | None]:
    return one.verdict, one.margin_lo, one.margin_hi


def _name(read: Reading, row: _Stated) -> VerdictId:
    variant, event = read.audited.matrix.variants[row.variant], read.audited.matrix.events[row.event_no]
    return VerdictId(
        by=variant.order.id, part=variant.term.id, construction=variant.construction, at=event.id
    )


def _verdicts(read: Reading) -> dict[VerdictId, _Stated]:
    """The verdicts on events stated in files, by their names; no rule judges any, and orders that bind to a
    rule judge records.
    """
    return {
        _name(read, row): row
        for file in read.audited.receipt.files
        if file.judged == "order" and not file.rule
        for row in read.rows("stated_verdicts", _Stated, file)
    }
