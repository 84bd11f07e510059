"""Answers are frozen values: attributes that types check, JSON in one shape, rows of a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec

_AS_THEY_ARE = (dt.datetime, dt.date, Decimal)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What one question is answered with, or a part of it.

    Subclasses declare their attributes once, in the order in which JSON has them; an attribute whose name
    Python reserves takes the field's own with ``msgspec.field(name="class")``.
    """

    def as_json(self) -> dict[str, Any]:
        """The answer as nested dicts and lists under the names of its fields; times, days and decimals stay
        what they are.
        """
        found: dict[str, Any] = msgspec.to_builtins(self, builtin_types=_AS_THEY_ARE)
        return found


Row = Mapping[str, Any]


def columns_of(kind: type[Answer]) -> list[str]:
    """The names of an answer's attributes as JSON and tables have them, in their order."""
    return list(kind.__struct_encode_fields__)


def row_of(row: Answer | Row) -> Row:
    """A row of a table by the names of its columns, whether it is an answer or came from the engine."""
    return row.as_json() if isinstance(row, Answer) else row
