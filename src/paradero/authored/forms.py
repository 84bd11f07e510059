"""Everything in which a value is not of a declared form: each with the steps that lead to it, what is wrong
and what to do.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
import types
import typing
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from paradero.authored.lines import Step, Steps
from paradero.model.naming import nearest

Deviation = tuple[Steps, str]

_WHERE = re.compile(r" - at `\$.*`$")
_KINDS: dict[Any, tuple[str, str]] = {  # what it is called, and how it is written
    str: ("a text", "Put it in quotation marks."),
    int: ("a whole number", "Write it in digits, without quotation marks."),
    float: ("a number", "Write it in digits, without quotation marks."),
    bool: ("true or false", "Write one of the two, without quotation marks."),
    dt.date: ("a date", "Write it as 2025-03-15."),
    dt.datetime: ("a date and clock time", "Write it as 2025-03-15T17:42:00."),
    list: ("a list", "Put it in [ ]."),
    tuple: ("a list", "Put it in [ ]."),
    dict: ("a table", "Write it under a header, or in { }."),
}


def deviations(value: Any, form: Any) -> list[Deviation]:
    """All of them, in the order of the form; none where msgspec converts the value."""
    return list(_of(value, form, ()))


def _of(value: Any, form: Any, at: Steps) -> Iterator[Deviation]:
    inner = list(_inside(value, form, at))
    yield from inner
    if inner:
        return
    try:
        msgspec.convert(value, form)
    except msgspec.ValidationError as error:
        yield at, _said(value, form, str(error), at)


def _inside(value: Any, form: Any, at: Steps) -> Iterator[Deviation]:
    """What is wrong within a table or a list."""
    for one in _ways(form):
        origin, parts = typing.get_origin(one), typing.get_args(one)
        if isinstance(value, dict) and isinstance(one, type) and issubclass(one, msgspec.Struct):
            yield from _in_table(value, one, at)
        elif isinstance(value, dict) and origin is dict:
            for name, each in value.items():
                yield from _of(each, parts[1], (*at, name))
        elif (
            isinstance(value, list) and origin in (list, tuple) and parts
        ):  # the tuples of forms are of one kind, of any length
            for number, each in enumerate(value):
                yield from _of(each, parts[0], (*at, number))


def _in_table(value: dict[str, Any], form: type[msgspec.Struct], at: Steps) -> Iterator[Deviation]:
    fields = {each.encode_name: each for each in msgspec.structs.fields(form)}
    for name, field in fields.items():
        if name in value:
            yield from _of(value[name], field.type, (*at, name))
        elif field.required:
            yield at, f"the field `{name}` is missing{_inside_of(at)}. Add it."
    if form.__struct_config__.forbid_unknown_fields:
        for name in value:
            if name not in fields:
                yield (*at, name), f"`{name}` is not a field{_inside_of(at)}. {_instead(name, fields)}"


def _instead(found: str, names: Iterable[str]) -> str:
    near = nearest(found, names)
    hint = f"Did you mean {' or '.join(f'`{each}`' for each in near)}? " if near else ""
    return f"{hint}The fields are: {', '.join(names)}."


def _said(value: Any, form: Any, error: str, at: Steps) -> str:
    """What a value that is not converted must be."""
    subject = next((f"`{step}`" for step in reversed(at) if isinstance(step, str)), "the value")
    ways = [one for one in _ways(form) if one is not types.NoneType]
    allowed = [
        each for one in ways for each in typing.get_args(one) if typing.get_origin(one) is typing.Literal
    ]
    allowed += [
        each.value for one in ways if isinstance(one, type) and issubclass(one, enum.Enum) for each in one
    ]
    if allowed:
        return (
            f"{subject} must be one of {', '.join(f'`{each}`' for each in allowed)}; {_shown(value)} is not."
            " Write one of these."
        )
    kinds = [_KINDS[kind] for one in ways if (kind := _kind(one)) in _KINDS]
    if kinds and not any(_fits(value, _kind(one)) for one in ways):
        names = " or ".join(name for name, _ in kinds)
        return (
            f"{subject} must be {names}; {_shown(value)} is {'neither' if ' or ' in names else 'not one'}."
            f" {kinds[0][1]}"
        )
    said = _WHERE.sub("", error).removesuffix(".")
    if said.startswith("Expected "):  # msgspec's own words; a form says in its own what its values must be
        said = f"{subject} must be {said.removeprefix('Expected ')}; {_shown(value)} is not"
    return f"{said[0].lower()}{said[1:]}. Correct it."


def _fits(value: Any, kind: Any) -> bool:
    """Whether a value is of the very kind that it must be, so that something else about it is wrong."""
    return type(value) is kind or (kind is float and type(value) is int)


def _ways(form: Any) -> tuple[Any, ...]:
    return typing.get_args(form) if typing.get_origin(form) in (typing.Union, types.UnionType) else (form,)


def _kind(form: Any) -> Any:
    origin = typing.get_origin(form) or form
    return dict if isinstance(origin, type) and issubclass(origin, msgspec.Struct) else origin


def _inside_of(at: Steps) -> str:
    return f" in {path_text(at)}" if at else ""


def path_text(steps: Iterable[Step]) -> str:
    """`subject[2].claim[0]`: numbers as in `line_of`, from 0."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    shown = str(value).lower() if isinstance(value, bool) else str(value)
    return f"`{shown[:60]}{'…' if len(shown) > 60 else ''}`"
