"""An order that gives notice and does not say from which act it binds: from the order by one reading, only
from the notice by the other (Federal Rule 65(d)(2)).
"""

from __future__ import annotations

import itertools
import random

import pytest
from attack.scale import draws
from judged import act, judged, order
from worlds_drawn import acts, agreed, drawn, hours, of_one, tried, verdicts

from paradero.authored.declared import AuthoredError
from paradero.law.orders import read_order

BINDINGS = "".join(
    f'[[binding]]\nid = "{name}"\nfrom = "{name}"\ntitle = "{name}"\ntitle_es = "{name}"\n'
    for name in ("given", "told")
)


def of_both_readings(rng: random.Random) -> tuple[str, str, str]:
    """A release, an order and word of it, each at an hour or within some."""
    left, given, told = drawn(rng, 40, 80), drawn(rng, 40, 60), drawn(rng, 45, 75)
    text = order(acts(given=("binds", given, ""), told=("notice", told, "")), term='forbids = "release"\n')
    happened = of_one("release", "e", left)
    worlds = [
        "violated" if x >= begin else "not_bound"
        for x, g, n in itertools.product(hours(left), hours(given), hours(told))
        for begin in (g, max(g, n))
    ]
    return agreed(worlds), verdicts(text, [happened])["e"], text + happened


def test_between_order_and_notice_nothing_is_claimed() -> None:
    tried(of_both_readings, 51, draws(10, 400))


@pytest.mark.parametrize(
    ("notice", "rest", "expected"),
    [
        (act("told", "notice", "2025-06-04T00:00Z"), "", {"": "undetermined"}),
        (act("told", "notice"), "", {"": "undetermined"}),  # nobody says when they were told
        (act("told", "notice", "2025-05-30"), "", {"": "violated"}),  # told before: bound from the order
        (act("told", "notice", "2025-06-04T00:00Z"), BINDINGS, {"given": "violated", "told": "not_bound"}),
        ("", "", {"": "violated"}),
    ],
)
def test_what_notice_leaves_open(notice: str, rest: str, expected: dict[str, str]) -> None:
    text = order(act("given", "binds", "2025-06-02T00:00Z") + notice, term='forbids = "release"', rest=rest)
    matrix, rows = judged([text], [of_one("release", "e", (60, 60))])
    assert {matrix.variants[row["variant"]].construction or "": row["verdict"] for row in rows} == expected


@pytest.mark.parametrize(("begin", "expected"), [("given", "violated"), ("told", "not_bound")])
def test_what_nobody_disputes_is_no_reading(begin: str, expected: str) -> None:
    made = act("given", "binds", "2025-06-02T00:00Z") + act("told", "notice", "2025-06-04T00:00Z")
    text = order(made, term='forbids = "release"', head=f'binds_from = "{begin}"\n')
    assert verdicts(text, [of_one("release", "e", (60, 60))]) == {"e": expected}


@pytest.mark.parametrize(
    ("head", "rest", "wrong"),
    [
        ('binds_from = "end"\n', "", "`binds_from` names `end`"),
        ('binds_from = "given"\n', BINDINGS, "Keep either"),
    ],
)
def test_an_order_that_begins_from_nothing_is_refused(head: str, rest: str, wrong: str) -> None:
    made = act("given", "binds", "2025-06-02") + act("told", "notice") + act("end", "expires")
    with pytest.raises(AuthoredError, match=wrong):
        read_order(order(made, term='forbids = "release"', head=head, rest=rest), file="o.toml")
