"""How much an attack draws: a sample in the suite, all of it by `make attack`."""

import os


def draws(suite: int, attack: int) -> int:
    """Give `attack` where the environment variable PARADERO_ATTACK is set, else `suite`."""
    return attack if os.environ.get("PARADERO_ATTACK") else suite
