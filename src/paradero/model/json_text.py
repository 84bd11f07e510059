"""Answers as JSON text, the same wherever it is printed or sent."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import msgspec

from paradero.model.answer import Answer, Row
from paradero.model.safe_text import shown_in_json


def json_text(value: Any) -> str:
    """A value as JSON, a line a field: times as ISO text, decimals as numbers; what a terminal would obey as
    escapes.
    """
    text = shown_in_json(json.dumps(value, ensure_ascii=False, default=_plain))
    compact = text.encode("utf-8", errors="backslashreplace")  # half letters as escapes
    # json.dumps writes indents in Python, which takes seconds for a long answer
    return msgspec.json.format(compact, indent=1).decode() + "\n"


def json_pieces(rows: Iterable[Answer | Row], head: dict[str, Any]) -> Iterator[str]:
    """`head` and then `rows`, a line each as they come: never all in memory."""
    text = shown_in_json(json.dumps(head, ensure_ascii=False, indent=1, default=_plain))
    yield text[:-2] + ',\n "rows": ['
    separator = "\n"
    for row in rows:
        yield separator + shown_in_json(json.dumps(row, ensure_ascii=False, default=_plain))
        separator = ",\n"
    yield "\n ]\n}\n"


def _plain(value: Any) -> Any:
    if isinstance(value, Answer):
        return value.as_json()
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
