"""Orders and statements as files, for the attacks on law."""

from __future__ import annotations

ORDER = """
id = "{id}"
title = "t"
title_es = "t"
court = "c"
docket = "d"
instrument = "i"
{zones}

[[text]]
instrument = "i"
pin = "1"
says = "s"
url = "https://example.org"
read = true

[scope]
binds = "b"
protects = "p"
protects_es = "p"
{scope}

{acts}

[[term]]
id = "t"
says = "s"
says_es = "s"
{term}
"""
ACT = """
[[act]]
id = "{id}"
does = "{does}"
what = "{id}"
what_es = "{id}"

[[act.said]]
time = "{time}"
by = "docket"
evidence = "court"
seen = []
"""
CONDITION = (
    '[[scope.condition]]\nattribute = "{name}"\n{way} = {values}\nwhat = "w"\nwhat_es = "w"\nrecord ='
    ' "r"\nfield = "f"\n'
)


def order(term: str, scope: str, *acts: tuple[str, str, str], name: str = "o", zone: str = "") -> str:
    """Write an order of one term; an act is its id, what it does and its time."""
    written = "".join(ACT.format(id=act, does=does, time=time) for act, does, time in acts)
    return ORDER.format(
        id=name, zones=f'zones = ["{zone}"]' if zone else "", scope=scope, acts=written, term=term
    )


def condition(name: str, way: str, values: object) -> str:
    """Write a condition of a class."""
    return CONDITION.format(name=name, way=way, values=listed(values))


def listed(values: object) -> str:
    """Write a list as TOML does."""
    return str(list(values)).replace("'", '"')  # type: ignore[call-overload]
