"""A person's decision that an entry of a docket is an act of an order: written into the order's file with the
entry's address, as the docket says it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from paradero.answers.law.docket_entries import DocketEntry, docket_entry
from paradero.authored.declared import AuthoredError, text_of
from paradero.authored.writing import toml_value
from paradero.casefile.acts import commit
from paradero.casefile.folder import Casefile, locked
from paradero.law.forms.order_file import Does
from paradero.law.orders import Order, read_order
from paradero.model.answer import Answer
from paradero.model.errors import CasefileError
from paradero.model.naming import unknown

CONFIRM_ACT = "confirm act"

_DAYS = ("filed", "entered")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:]{8})?")


class ConfirmedAct(Answer, frozen=True, kw_only=True):
    """What was written: the entry, the act's id, the order's file, the time as it stands there."""

    address: str
    act: str
    file: str
    time: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """What somebody says the entry is: the act's id in the order, what it does, what it is in words, which of
    the entry's days it is of, and who confirms it. `time` overrides the day where the text says an hour.
    """

    act: str
    does: str
    what: str
    confirmed_by: str
    what_es: str = ""
    day: str | None = None
    time: str = ""
    by: str = "the docket"


def confirm_act(case: Casefile, address: str, file: str, said: Acting) -> ConfirmedAct:
    """Write the entry into `orders/FILE` as an act of its own, under an id that no act there has.

    Raises UnknownName where there is no such entry, order, kind of act or day; CasefileError where nobody
    confirms it, the day is not settled or the id is taken (where that act does the same, the message has the
    lines of a further statement of its time, to be added by hand); AuthoredError where the order would not be
    as orders have to be. Nothing is written then.
    """
    if said.does not in get_args(Does):
        raise unknown("an act of an order", said.does, get_args(Does))
    if said.day not in (None, *_DAYS):
        raise unknown("a day of an entry", said.day or "", _DAYS)
    if not said.confirmed_by.strip() or not _NAME.fullmatch(said.act):
        raise CasefileError(
            "`--confirmed-by` is blank, or `--id` has letters that an id cannot have. Say who confirms the"
            " act, and use a to z, digits, `-` and `_`."
        )
    with locked(case):
        entry = docket_entry(case, address)
        path = _order_path(case, file)
        old = text_of(path)
        before = read_order(old, file=str(path))
        time = said.time or _day(entry, said.day)
        text = _written(old, before, said, entry, time)
        after = read_order(text, file=str(path))
        _check_added(before, after, said, path)
        what = {"address": entry.address, "act": said.act, "file": path.name, "time": time}
        commit(case, path, text.encode(), CONFIRM_ACT, what, by=said.confirmed_by)
        return ConfirmedAct(
            address=entry.address, act=f"{after.id}.{said.act}", file=f"orders/{path.name}", time=time
        )


def _order_path(case: Casefile, file: str) -> Path:
    name = Path(file).name.removesuffix(".toml")
    path = case.root / "orders" / f"{name}.toml"
    if file not in (name, f"{name}.toml", f"orders/{name}.toml") or not path.is_file():
        there = sorted(each.name for each in (case.root / "orders").glob("*.toml"))
        raise unknown(
            "an order's file in orders/", file, there, where_listed="`paradero order new` begins one."
        )
    return path


def _day(entry: DocketEntry, which: str | None) -> str:
    """The day that is meant, as moments are written; with its clock where the entry has one."""
    days = {"filed": entry.filed, "entered": entry.entered}
    days = {name: day if _MOMENT.fullmatch(day) else "" for name, day in days.items()}
    told = {name: day for name, day in days.items() if day}
    if which is not None:
        if not days[which]:
            raise CasefileError(f"{entry.address}: the docket states no day on which it was {which}.")
        return days[which]
    if len({day[:10] for day in told.values()}) > 1:
        raise CasefileError(
            f"{entry.address} was filed on {days['filed']} and entered on {days['entered']}. Say which counts"
            " for this act with --day filed or --day entered."
        )
    if not told:
        raise CasefileError(f"{entry.address}: no day that can be read. Give one with --time.")
    return next(iter(told.values()))


def _written(old: str, before: Order, said: Acting, entry: DocketEntry, time: str) -> str:
    """The file with the act at its end. Raises CasefileError where an act there has its id."""
    statement = [
        "[[act.said]]",
        f"time = {toml_value(time)}",
        f"by = {toml_value(said.by)}",
        'evidence = "court"',
        f"seen = {toml_value([entry.address])}",
        f"note = {toml_value(_note(entry, said))}",
    ]
    there = next((act for act in before.file.act if act.id == said.act), None)
    if there is None:
        act = [
            "[[act]]",
            f"id = {toml_value(said.act)}",
            f"does = {toml_value(said.does)}",
            f"what = {toml_value(said.what)}",
            *([f"what_es = {toml_value(said.what_es)}"] if said.what_es else []),
        ]
        return old.rstrip("\n") + "\n\n" + "\n".join([*act, "", *statement]) + "\n"
    if there.does != said.does:
        raise CasefileError(
            f"The order has an act `{said.act}` that {there.does}, and not one that {said.does}. Choose"
            " another `--id`."
        )
    raise CasefileError(
        f"The order has the act `{said.act}` already. Add this statement of its time to it by hand:\n\n"
        + "\n".join(statement)
    )


def _note(entry: DocketEntry, said: Acting) -> str:
    number = f"document {entry.document}" if entry.document else "an entry without a number"
    return f"Docket {entry.docket}, {number}; confirmed as an act by {said.confirmed_by}"


def _check_added(before: Order, after: Order, said: Acting, path: Path) -> None:
    """What was there reads as before, and the act is there once."""
    others = [act for act in after.file.act if act.id != said.act]
    one = [act for act in after.file.act if act.id == said.act]
    if others != before.file.act or len(one) != 1 or after.file.term != before.file.term:
        raise AuthoredError(f"{path}: an act cannot be added to a file written in this form. Add it by hand.")
    if set(tomllib.loads(after.text)) - set(tomllib.loads(before.text)) - {"act"}:
        raise AuthoredError(f"{path}: an act cannot be added to a file written in this form. Add it by hand.")
