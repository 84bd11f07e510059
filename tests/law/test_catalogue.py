"""Fifty-six real shapes of orders, statutes and rules, as far as their public facts go: each has its worked
cases, the verdicts put down before anything was judged. A text that nobody read in the source says so. An
entry with a second scope, or a second source of terms, has a second file (`24b`), as an order has one scope.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from paradero.answers.law.order_cases import run_order_cases
from paradero.law.orders import read_order

FILES = sorted((Path(__file__).parent / "catalogue").glob("*.toml"))
# whose operative words were seen in a copy of the text
SEEN = {3, 7, 9, 10, 23, 25, 30, 35, 50, 51, 52, 54}
NOT_SEEN = {"25b"}  # but of a later instrument of the same entry


def test_every_entry_is_there() -> None:
    assert sorted({int(path.name[:2]) for path in FILES}) == list(range(1, 57))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_order_of_the_catalogue_is_judged_as_worked_out(path: Path) -> None:
    order = read_order(path.read_text(encoding="utf-8"), file=path.name)
    results = run_order_cases([order])
    assert [(each.case, each.wrong) for each in results if each.wrong] == []
    assert [(each.case, each.unlisted) for each in results if each.unlisted] == []  # nothing is left unsaid
    assert len(results) > 1 or len(order.file.case[0].verdicts) > 1
    assert all(
        text.read is (int(path.name[:2]) in SEEN and path.name[:3] not in NOT_SEEN)
        for text in order.file.text
    )
