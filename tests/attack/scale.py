"""How much of an attack runs: a sample in the suite, all of it where PARADERO_ATTACK is set (`make
attack`).
"""

from __future__ import annotations

import os


def draws(suite: int, attack: int) -> int:
    """The number of tries."""
    return attack if os.environ.get("PARADERO_ATTACK") else suite
