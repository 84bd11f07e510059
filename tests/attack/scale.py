"""How much of an attack runs: a sample in the suite, all of it where PARADERO_ATTACK is set (`make
attack`).
"""

from __future__ import annotations

import os

import pytest

_IS_AT_LENGTH = bool(os.environ.get("PARADERO_ATTACK"))

# what costs minutes however little of it is tried
at_length = pytest.mark.skipif(not _IS_AT_LENGTH, reason="only at length: make attack")


def draws(suite: int, attack: int) -> int:
    """The number of tries."""
    return attack if _IS_AT_LENGTH else suite
