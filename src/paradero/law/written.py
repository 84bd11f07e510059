"""New files of orders and events to begin with: a commented file for each form of order and kind of event."""

from __future__ import annotations

from importlib.resources import files
from typing import get_args

from paradero.law.forms.kinds import PHASES, Kind

_FOLDER = files("paradero.law") / "templates"
_WITH_ITEMS = ("notice", "production", "hearing")


def order_forms() -> list[str]:
    """The forms of order for which there is a file to begin with."""
    return sorted(each.name.removesuffix(".toml") for each in (_FOLDER / "orders").iterdir())


def event_kinds() -> list[str]:
    """The kinds of event for which there is a file to begin with."""
    return [kind for kind in get_args(Kind) if kind != "finding"]


def new_order(form: str) -> str:
    """A commented order of that form, which the reader takes and whose worked cases hold."""
    return (_FOLDER / "orders" / f"{form}.toml").read_text(encoding="utf-8")


def new_event(kind: str) -> str:
    """A commented event of that kind, with a moment for each of its phases."""
    parts = [_part("event").replace("KIND", kind)]
    parts += [_part("item")] if kind in _WITH_ITEMS else []
    parts += [_part("moment").replace("PHASE", phase) for phase in PHASES[kind]]
    parts += [_part("value")] if kind == "measurement" else []
    return "".join(parts)


def _part(name: str) -> str:
    return (_FOLDER / "events" / f"{name}.toml").read_text(encoding="utf-8")
