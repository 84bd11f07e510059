"""A file of verdicts: what it is of, its digest, and how many rows could not be judged."""

from __future__ import annotations

import msgspec


class VerdictFile(msgspec.Struct, frozen=True):
    """One file of verdicts: of a `rule`, of `orders` on events, or of orders that bind to a rule
    (`orders-RULE`).

    `unjudged` counts rows that cannot be judged because a key field is not recorded: by kind of event, or
    under the rule's id.
    """

    name: str
    sha256: str
    rows: int
    unjudged: dict[str, int] = {}
