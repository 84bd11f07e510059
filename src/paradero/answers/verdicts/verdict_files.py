"""A file of verdicts: what was judged in it, its digest, and how many rows could not be judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from paradero.answers.law.law_files import OF_EVENTS, orders_under
from paradero.answers.verdicts.verdict_values import Judged
from paradero.model.verdicts import Verdict

Key = TypeVar("Key", bound=Hashable)

# the files beside them, which no rule can be called as no id of one has a `_`: how many verdicts of rules
# there are at each facility, and where the verdicts on each person and subject stand
OF_FACILITIES = "facility_counts"
OF_SUBJECTS = "subject_places"


class VerdictCount(msgspec.Struct, frozen=True):
    """How many verdicts of a file are alike (`n`), and how many of them are on a person of the records. Only
    rules have versions, and the constructions of orders are those of their variants.
    """

    variant: int
    version: str | None
    construction: str | None
    is_stated: bool  # on events stated in files
    verdict: Verdict
    may_be_violated: bool
    n: int
    n_of_people: int


class VerdictFile(msgspec.Struct, frozen=True):
    """One file of verdicts: of a `rule`, of orders on events, or of orders that bind to a `rule`.

    `judged` says which of the two, and `rule` is empty for orders on events; the name of the file says
    nothing. `unjudged` counts rows that cannot be judged because a key field is not recorded: by kind of
    event, or under the rule's id. `counts` is how many verdicts it has of each kind.
    """

    name: str
    sha256: str
    rows: int
    unjudged: dict[str, int] = {}
    judged: Judged | None = None  # None in audits made before the receipt said it
    rule: str = ""
    counts: list[VerdictCount] = []

    def summed(self, key: Callable[[VerdictCount], Key]) -> dict[Key, Counter[str]]:
        """How many verdicts there are for each `key`: the number of each verdict, and of those that are or
        may be a violation (`worst_case`).
        """
        found: dict[Key, Counter[str]] = {}
        for each in self.counts:
            summed = found.setdefault(key(each), Counter())
            summed[each.verdict.value] += each.n
            is_open = each.verdict is Verdict.UNDETERMINED and each.may_be_violated
            summed["worst_case"] += each.n if each.verdict is Verdict.VIOLATED or is_open else 0
        return found


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
