"""Silence in a docket: what stands nowhere in a complete one had not been filed."""

from __future__ import annotations

from paradero.authored.evidence import Trust
from paradero.law.orders import Order
from paradero.model.time.reading import parse_moment


def complete_until(order: Order, trust: Trust) -> int | None:
    """Until when the docket is known whole: the latest instant at which somebody read all of it."""
    read = [
        parse_moment(each.read, zones=order.file.zones).lo
        for each in order.file.docket_read
        if each.complete and each.by not in trust.without
    ]
    return max((us for us in read if us is not None), default=None)
