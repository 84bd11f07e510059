"""How much of an attack runs: a sample in the suite, all of it where PARADERO_ATTACK is set (`make
attack`).
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from typing import Any

import pytest

_IS_AT_LENGTH = bool(os.environ.get("PARADERO_ATTACK"))

# what costs minutes however little of it is tried
at_length = pytest.mark.skipif(not _IS_AT_LENGTH, reason="only at length: make attack")


def draws(suite: int, attack: int) -> int:
    """The number of tries."""
    return attack if _IS_AT_LENGTH else suite


def sampled(every: Iterable[Any], suite: Collection[Any], *, several: bool = False) -> list[Any]:
    """Values for a test that is run for each of them: the suite runs it for those of `suite`, all of which there must
    be; the others wait for the attack. Where a value stands for `several` arguments it is a tuple of them.
    """
    values = list(every)
    assert all(one in values for one in suite)
    return [
        one if one in suite else pytest.param(*(one if several else (one,)), marks=at_length)
        for one in values
    ]
