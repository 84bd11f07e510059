"""What a question is answered by: rows, and why there are none or not all. Printing it needs nothing that
answering it needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`rows` with their `columns`, of `total`; the reasons why there are none or not all; from which
    build.
    """

    rows: list[Row]
    columns: tuple[str, ...]
    total: int
    cannot_be_judged: tuple[str, ...]
    scope: str
    digest: str
