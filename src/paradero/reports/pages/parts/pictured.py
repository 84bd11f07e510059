"""The small pictures of findings, from figures."""

from __future__ import annotations

from collections.abc import Sequence

from paradero.figures.figure import Figure
from paradero.reports.charts.small import Amount, small_bars
from paradero.reports.content.numbers import quantity
from paradero.reports.content.wording import Wording


def pictured(
    name: str, figures: Sequence[tuple[str, Figure]], say: Wording, *, as_given: bool = False
) -> str:
    """Named figures as bars on one scale, the largest first or `as_given`; nothing where nothing can be
    drawn.
    """
    known = [(label, one) for label, one in figures if one.judged]
    ordered = known if as_given else sorted(known, key=lambda each: -max(each[1].lo or 0, each[1].hi or 0))
    amounts = [
        Amount(name=label, lo=one.lo, hi=one.hi, said=quantity(one, say.language, noun=False))
        for label, one in ordered
    ]
    return small_bars(f"small-{name}", amounts) if any(each.lo or each.hi for each in amounts) else ""
