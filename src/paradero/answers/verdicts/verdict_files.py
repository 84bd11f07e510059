"""A file of verdicts: what was judged in it, its digest, and how many rows could not be judged."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from paradero.answers.law.law_files import OF_EVENTS, orders_under
from paradero.answers.verdicts.verdict_values import Judged

# the file beside them that counts the verdicts of rules by facility; no id of a rule has a `_`
OF_FACILITIES = "facility_counts"


class VerdictFile(msgspec.Struct, frozen=True):
    """One file of verdicts: of a `rule`, of orders on events, or of orders that bind to a `rule`.

    `judged` says which of the two, and `rule` is empty for orders on events; the name of the file says
    nothing. `unjudged` counts rows that cannot be judged because a key field is not recorded: by kind of
    event, or under the rule's id.
    """

    name: str
    sha256: str
    rows: int
    unjudged: dict[str, int] = {}
    judged: Judged | None = None  # None in audits made before the receipt said it
    rule: str = ""


def with_judged(file: VerdictFile) -> VerdictFile:
    """The file with what was judged in it, where an audit of an earlier version does not say so: no id of a
    rule could begin with the name of a file of orders then.
    """
    if file.judged is not None:
        return file
    if file.name == OF_EVENTS:
        return replace(file, judged="order")
    rule = file.name.removeprefix(orders_under(""))
    return replace(file, judged="rule" if rule == file.name else "order", rule=rule)
