"""Small balances written in a line each: counts with what is said of them, and equations."""

from __future__ import annotations

from paradero.balance.balances import Balance, read_balance

Said = tuple[str, int | None, int | None]  # who, lo, hi


def balance(counts: dict[str, list[Said]], *equations: str) -> Balance:
    """A balance of these counts; who says something also names where it was seen."""
    parts = ['id = "small"\ntitle = "Small"\ntitle_es = "Pequeño"\n']
    for name, said in counts.items():
        parts.append(f'[[count]]\nid = "{name}"\nwhat = "{name}"\nwhat_es = "{name}"\nof = "2025-03-15"\n')
        for by, lo, hi in said:
            figures = "".join(
                f"{key} = {value}\n" for key, value in (("lo", lo), ("hi", hi)) if value is not None
            )
            parts.append(
                f'[[count.said]]\n{figures}by = "{by}"\nevidence = "press"\nseen ='
                f' ["https://example.org/{by}"]\ndated = "2025-03-15"\n'
            )
    for number, holds in enumerate(equations, 1):
        parts.append(
            f'[[equation]]\nid = "e{number}"\nholds = "{holds}"\nbecause = "so it is"\nbecause_es = "así'
            ' es"\nby = "us"\n'
        )
    return read_balance("\n".join(parts), file="small.toml")
