"""What a question is answered by: rows, and why there are none or not all. Printing it needs nothing that
answering it needs.
"""

from __future__ import annotations

from typing import Generic, TypeVar

from paradero.model.answer import Answer

R = TypeVar("R", bound=Answer)


class Answered(Answer, Generic[R], frozen=True, kw_only=True):
    """`rows`, of `n_rows`; the reasons why there are none or not all; from which build."""

    scope: str
    n_rows: int
    digest: str
    cannot_be_judged: list[str]
    rows: list[R]
