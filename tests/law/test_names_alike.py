"""A slip of the pen between an order and an event is told before anything is judged; names that are far apart, or
that somebody else uses, are nobody's mistake.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from casefile.made import said
from judged import act, attribute, event, order

from paradero.casefile.folder import create

GIVEN = act("given", "binds", "2025-03-15T18:00Z")
CASE = (
    '[[case]]\ntitle = "c"\nkind = "release"\nmoments = { done = "2025-01-01T00:00Z" }\nverdicts = { t ='
    ' "not_bound" }\n'
)
CLASS = '[[scope.condition]]\nattribute = "{}"\nis_one_of = ["Ruritania"]\nwhat = "w"\nrecord = "r"\nfield = "f"\n'


def case(folder: Path, asked: str, *stated: str) -> str:
    """What the audit says of an order that asks about an attribute and events that state some."""
    made = create(folder / "case")
    for name in ("orders", "events"):
        (made.root / name).mkdir(exist_ok=True)
    (made.root / "orders" / "o.toml").write_text(order(GIVEN, scope=CLASS.format(asked), rest=CASE))
    for number, name in enumerate(stated):
        text = event("2025-03-16", name=f"e{number}", attributes=attribute(name, "Ruritania"))
        (made.root / "events" / f"e{number}.toml").write_text(text)
    heard = said(made.root, "audit", "--json")
    return heard.err if heard.code == 1 else f"{len(heard.json['rows'])} verdicts"


@pytest.mark.parametrize(
    ("asked", "stated"),
    [
        ("citizenship", "citizenshp"),
        ("why late", "Why  late"),
        ("from_district", "from_distrct"),
        ("ground", "grounds"),
    ],
)
def test_a_slip_is_told_with_both_places(asked: str, stated: str, tmp_path: Path) -> None:
    told = case(tmp_path, asked, stated)
    assert f"no order asks about the attribute `{stated}`" in told
    assert f"asks about `{asked}`, which no event states" in told
    assert "e0.toml line" in told


@pytest.mark.parametrize(
    ("asked", "stated"),
    [
        ("citizenship", ("height",)),  # another thing
        ("citizenship", ("citizenship", "citizenshp")),  # somebody states what is asked about
    ],
)
def test_what_is_no_slip_is_judged(asked: str, stated: tuple[str, ...], tmp_path: Path) -> None:
    assert case(tmp_path, asked, *stated) == f"{len(stated)} verdicts"
