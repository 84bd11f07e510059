"""What a faulty file most likely means, so that the rest is read and all of its mistakes come at once."""

from __future__ import annotations

import datetime as dt
import types
import typing
from typing import Any

import msgspec

from paradero.model.naming import nearest

# what a check of a file never turns on: who says it, where it was seen, what a thing is called
_EMPTY: dict[Any, Any] = {str: "", list: [], bool: False}
_TURNED_ON = ("id", "does", "kind", "phase", "of", "since", "attribute")


class _Unclear(Exception):
    """What is meant is not plain."""


def mended(value: Any, form: type[msgspec.Struct]) -> Any | None:
    """The value as a `form`: a misspelt name taken for the near one, what is missing left empty, what is no
    field left out. None where that would be a guess. The file is refused either way: this is for the rest of
    its mistakes alone.
    """
    try:
        return msgspec.convert(_mended(value, form), form)
    except (_Unclear, msgspec.ValidationError):
        return None


def _mended(value: Any, form: Any) -> Any:
    for one in _ways(form):
        origin, parts = typing.get_origin(one), typing.get_args(one)
        if isinstance(one, type) and issubclass(one, msgspec.Struct) and isinstance(value, dict):
            return _table(value, one)
        if origin is list and parts:
            return [_mended(each, parts[0]) for each in (value if isinstance(value, list) else [value])]
        if origin is dict and isinstance(value, dict):
            return {name: _mended(each, parts[1]) for name, each in value.items()}
    return _plain(value, form)


def _table(value: dict[str, Any], form: type[msgspec.Struct]) -> dict[str, Any]:
    fields = {each.encode_name: each for each in msgspec.structs.fields(form)}
    meant = {name: each for name, each in value.items() if name in fields}
    for name, each in value.items():
        near = next((one for one in nearest(name, fields) if one not in value), None)
        if name not in fields and near is not None:
            meant.setdefault(near, each)
    found = {}
    for name, field in fields.items():
        try:
            if name in meant:
                found[name] = _mended(meant[name], field.type)
            elif field.required:
                found[name] = _empty(name, field.type)
        except _Unclear:
            if field.required:
                found[name] = _empty(name, field.type)
    return found


def _empty(name: str, form: Any) -> Any:
    """What stands for a missing value, where nothing turns on it."""
    kind = typing.get_origin(form) or form
    if kind is typing.Literal and name == "evidence":
        return typing.get_args(form)[-1]
    if name in _TURNED_ON or kind not in _EMPTY:
        raise _Unclear
    return _EMPTY[kind]


def _plain(value: Any, form: Any) -> Any:
    """A value of no parts: as it is, as its text, or as the near one of those allowed."""
    try:
        msgspec.convert(value, form)
    except msgspec.ValidationError:
        allowed = [
            each
            for one in _ways(form)
            if typing.get_origin(one) is typing.Literal
            for each in typing.get_args(one)
        ]
        near = nearest(str(value), allowed)
        if near:
            return near[0]
        if str in _ways(form) and isinstance(value, int | float | dt.date):
            return value.isoformat() if isinstance(value, dt.date) else str(value)
        raise _Unclear from None
    return value


def _ways(form: Any) -> tuple[Any, ...]:
    return typing.get_args(form) if typing.get_origin(form) in (typing.Union, types.UnionType) else (form,)
