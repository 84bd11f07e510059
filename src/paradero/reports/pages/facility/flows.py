"""From where people came to a facility, and to where they were sent."""

from __future__ import annotations

from collections import Counter

from paradero.answers.people.listing import Transfer
from paradero.reports.charts.marks import bar
from paradero.reports.content.blocks import Bar, Section, Stated, Table, Text
from paradero.reports.content.numbers import number
from paradero.reports.content.wording import Wording
from paradero.reports.pages.material import Material
from paradero.reports.pages.places import Place, facility_of, named, places

RANK = 50
_SHOWN = 10
_NO_CODE = "-"  # arrived somewhere whose code the row does not have


def section(material: Material) -> Section | None:
    """Two lists of amounts, the largest first, what is left over last."""
    code, say = facility_of(material), material.wording("facility")
    rows = material.rows("transfers", Transfer)
    into: Counter[str | None] = Counter(
        one.from_facility_code for one in rows if one.to_facility_code == code
    )
    out: Counter[str | None] = Counter(
        one.to_facility_code or ("" if one.to_row is None else _NO_CODE)
        for one in rows
        if one.from_facility_code == code
    )
    if not into and not out:
        return None
    known = places(material.case)
    most = max([*into.values(), *out.values()])
    blocks = tuple(
        _table(found, say.plain(caption), say, known, most)
        for found, caption in ((into, "into"), (out, "out"))
        if found
    )
    return Section(id="flows", name=say.plain("flows_name"), title=say("flows"), blocks=blocks)


def _table(
    found: Counter[str | None], caption: str, say: Wording, known: dict[str, Place], most: int
) -> Table:
    ordered = sorted(found.items(), key=lambda each: (-each[1], str(each[0])))
    rest = ordered[_SHOWN:]
    lines: list[tuple[Text, Bar]] = [
        (_other(other, say, known), _bar(n, most, say)) for other, n in ordered[:_SHOWN]
    ]
    if rest:
        others = say("others", n=Stated(text=number(len(rest), say.language)))
        lines.append((others, _bar(sum(n for _, n in rest), most, say)))
    return Table(
        caption=caption,
        heads=(say.plain("facility"), say.plain("transfers")),
        rows=tuple(lines),
        more=say("all_transfers"),
    )


def _bar(n: int, most: int, say: Wording) -> Bar:
    return Bar(text=(Stated(text=number(n, say.language)),), svg=bar(n, n, 0, max(most, n)))


def _other(code: str | None, say: Wording, known: dict[str, Place]) -> Text:
    """The other side of a transfer: its name, that it has none, or that no arrival is on record."""
    if code and code != _NO_CODE:
        return named(code, known)
    return (Stated(text=say.plain("no_code" if code == _NO_CODE or code is None else "no_arrival")),)
