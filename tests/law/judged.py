"""Judge a few orders and events written as TOML, for the tests of this folder."""

from collections.abc import Sequence
from typing import Any

from paradero.authored.evidence import Trust
from paradero.engines.duckdb import connect
from paradero.law.events import read_event
from paradero.law.matrix import Matrix, matrix_of
from paradero.law.order_judging import give_matrix, judge_events
from paradero.law.orders import read_order

Row = dict[str, Any]

ORDER = """
id = "o"
title = "An order"
title_es = "Una orden"
court = "Example Court"
docket = "1:25-cv-1"
instrument = "order"
{head}

[[text]]
instrument = "The order"
pin = "1"
says = "Nobody is to be removed."
url = "https://example.org"
read = true

[scope]
binds = "the defendants"
protects = "everybody"
protects_es = "todos"
{scope}

{acts}

[[term]]
id = "t"
says = "Nobody is to be removed."
says_es = "Nadie debe ser expulsado."
{term}

{rest}
"""

EVENT = """
id = "{id}"
what = "A removal"
what_es = "Una expulsión"
kind = "{kind}"
zones = {zones}

[subject]
id = "{subject}"
what = "somebody"
what_es = "alguien"
{attributes}

[[outcome]]
happened = {happened}
by = "the record"
evidence = "record"
seen = []

{moments}
"""


def act(name: str, does: str, *times: str, more: str = "") -> str:
    """Write an act with a statement for each time."""
    said = "".join(
        f'[[act.said]]\ntime = "{time}"\nby = "source {number}"\nevidence = "record"\nseen = []\n'
        for number, time in enumerate(times)
    )
    return f'[[act]]\nid = "{name}"\ndoes = "{does}"\nwhat = "{name}"\nwhat_es = "{name}"\n{more}\n{said}'


def order(
    acts: str,
    *,
    term: str = 'forbids = "release"',
    head: str = 'zones = ["UTC"]',
    scope: str = "",
    rest: str = "",
) -> str:
    """Write an order; a release has one phase, so that it has one reading."""
    return ORDER.format(acts=acts, term=term, head=head, scope=scope, rest=rest)


def event(
    time: str | None,
    *,
    name: str = "e",
    kind: str = "release",
    zones: Sequence[str] = ("UTC",),
    subject: str = "s",
    attributes: str = "",
    happened: bool = True,
) -> str:
    """Write an event whose last phase has that time."""
    phase = "hand_over" if kind == "removal" else "done"
    said = (
        ""
        if time is None
        else f'[[moment.said]]\ntime = "{time}"\nby = "source"\nevidence = "record"\nseen = []\n'
    )
    moments = f'[[moment]]\nphase = "{phase}"\n{said}'
    return EVENT.format(
        id=name,
        kind=kind,
        zones=list(zones),
        subject=subject,
        attributes=attributes,
        happened=str(happened).lower(),
        moments=moments,
    )


def attribute(name: str, *values: str, by: str = "the record") -> str:
    """Write what is said of a subject."""
    return (
        f'[[subject.attribute]]\nname = "{name}"\nis_one_of = {list(values)}\nby = "{by}"\nevidence ='
        ' "record"\nseen = []\n'
    )


def judged(
    orders: Sequence[str], events: Sequence[str], trust: Trust | None = None
) -> tuple[Matrix, list[Row]]:
    """Give the matrix and every verdict."""
    read_orders = [read_order(text, file=f"order{number}.toml") for number, text in enumerate(orders)]
    read_events = [read_event(text, file=f"event{number}.toml") for number, text in enumerate(events)]
    matrix = matrix_of(read_orders, read_events, trust or Trust())
    connection = connect(threads=1)
    try:
        give_matrix(connection, matrix, with_records=False)
        found = judge_events(connection)
        rows = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    finally:
        connection.close()
    return matrix, rows


def verdict(order_text: str, event_text: str) -> str:
    """Give the only verdict of one order on one event."""
    _, rows = judged([order_text], [event_text])
    assert len(rows) == 1
    return str(rows[0]["verdict"])
