"""Groups of columns that are counted together, as a tree: what two groups share is all that ties them.

Where tables by sex and country and by sex and place are all there is, no count by country and place follows
from more than their common counts by sex: the parts of each group by itself, with equal sums over what they
share, say all that the parts of all columns would (A. P. Dawid and S. L. Lauritzen, Hyper Markov laws, 1993,
section 2; for whole numbers, each shared count is a table of two margins, which whole numbers always fill).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Columns = frozenset[str]


@dataclass(frozen=True, slots=True)
class Branch:
    """A group of columns, the place of the group it hangs on (None: the root), and what they share."""

    columns: Columns
    on: int | None
    shared: Columns


def tree_of(used: Iterable[Columns]) -> list[Branch]:
    """Groups that make a tree, each after the one it hangs on: every set of columns lies in one of them;
    where no tree is found, what is left is one group.
    """
    left = _largest(used)
    ears: list[tuple[Columns, Columns, Columns]] = []  # an ear, the group it hangs on, what they share
    while len(left) > 1:
        found = next(
            (
                (ear, other, shared)
                for ear in left
                for shared in [ear & frozenset().union(*(one for one in left if one != ear))]
                for other in left
                if other != ear and shared <= other
            ),
            None,
        )
        if found is None:
            left = [frozenset().union(*left)]
            break
        ears.append(found)
        left.remove(found[0])
    branches = [Branch(left[0], None, frozenset())]
    for ear, other, shared in reversed(ears):
        on = next(place for place, one in enumerate(branches) if other <= one.columns)
        branches.append(Branch(ear, on, shared))
    return branches


def _largest(used: Iterable[Columns]) -> list[Columns]:
    sets = sorted(set(used) | {frozenset()}, key=lambda one: (-len(one), sorted(one)))
    found: list[Columns] = []
    for one in sets:
        if not any(one <= other for other in found):
            found.append(one)
    return found
