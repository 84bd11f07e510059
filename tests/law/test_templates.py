"""Every file that a new order or event begins with is read as it stands, and says what it means."""

from __future__ import annotations

import pytest

from paradero.answers.law.order_cases import run_order_cases
from paradero.law.events import read_event
from paradero.law.orders import read_order
from paradero.law.written import event_kinds, new_event, new_order, order_forms


@pytest.mark.parametrize("form", order_forms())
def test_a_new_order_is_read_and_its_cases_hold(form: str) -> None:
    order = read_order(new_order(form), file=f"{form}.toml")
    results = run_order_cases([order])
    assert [(each.case, each.wrong) for each in results if each.wrong] == []
    assert bool(results) == (form != "declaration")


@pytest.mark.parametrize("kind", event_kinds())
def test_a_new_event_is_read(kind: str) -> None:
    event = read_event(new_event(kind), file=f"{kind}.toml")
    assert event.file.kind == kind
    assert {each.phase for each in event.file.moment} <= set(event.moment_names())
