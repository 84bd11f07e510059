"""Read a TOML file of a declared form; whatever is wrong in it is said with its line and what was expected."""

from __future__ import annotations

import functools
import re
import tomllib
from pathlib import Path
from typing import TypeVar

import msgspec

from paradero.disk.bounded import regular_bytes
from paradero.model.errors import ParaderoError

Form = TypeVar("Form")

_TOML_PLACE = re.compile(r" \(at line (\d+), column \d+\)$")
_PATH = re.compile(r" - at `\$(.*)`$")
_STEP = re.compile(r"\.([A-Za-z0-9_-]+)|\[(\d+)\]|\[\.\.\.\]")
_ID = re.compile(r"[\w-][\w.-]*")
_HEADER = re.compile(r"^\s*\[\[?\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")


class AuthoredError(ParaderoError):
    """A rule, an order or a set of events is not as it has to be; the message names the file, the line and what was expected."""


def text_of(path: Path) -> str:
    """The text of a file that somebody wrote, with or without a byte-order mark; raises AuthoredError where it is no text in UTF-8, SourceError where it is no file."""
    try:
        return regular_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AuthoredError(f"{path}: not UTF-8 at byte {error.start}. Save the file as UTF-8.") from error


def read_toml(text: str, form: type[Form], *, file: str) -> Form:
    """The text as `form`; raises AuthoredError naming file, line, and what is wrong."""
    try:
        loaded = tomllib.loads(text)
    except RecursionError as error:
        raise AuthoredError(f"{file}: nested deeper than any file of this kind. Write it anew.") from error
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.search(str(error))
        reason = str(error)[: place.start()] if place else str(error)
        raise AuthoredError(f"{file} line {place[1] if place else len(text.splitlines())}: expected TOML, found otherwise: {reason}.") from error
    try:
        return msgspec.convert(loaded, form)
    except msgspec.ValidationError as error:
        path = _PATH.search(str(error))
        reason = str(error)[: path.start()] if path else str(error)
        steps = _steps(path[1]) if path else []
        unknown = re.search(r"unknown field `([^`]+)`", reason)
        missing = re.search(r"missing required field `([^`]+)`", reason)
        line = line_of(text, [*steps, unknown[1]] if unknown else steps)
        what = f"expected the field `{missing[1]}`, found none" if missing else reason[0].lower() + reason[1:]
        raise AuthoredError(f"{file} line {line}: {what}{' in ' + path[1].lstrip('.') if path else ''}.") from error


def line_of(text: str, steps: list[str | int]) -> int:
    """The line where a value stands, found by the names and numbers that lead to it: the header of its table, then its key; 1 where nothing is found."""
    lines, places = _headers(text)
    names = [step for step in steps if isinstance(step, str)]
    numbers = [step for step in steps if isinstance(step, int)]
    found, depth = 1, 0
    for length in range(len(names), 0, -1):
        headers = places.get(".".join(names[:length]))
        if headers:
            at = numbers[length - 1] if len(numbers) >= length else 0
            found, depth = headers[min(at, len(headers) - 1)], length
            break
    if depth == len(names):
        return found
    key = re.compile(rf'^\s*"?{re.escape(names[depth])}"?\s*=')
    for number in range(found if depth else 0, len(lines)):
        if depth and number >= found and _HEADER.match(lines[number]):
            break
        if key.match(lines[number]):
            return number + 1
    return found


@functools.lru_cache(maxsize=64)
def _headers(text: str) -> tuple[list[str], dict[str, list[int]]]:
    """The lines of a file, and on which of them the header of each table stands."""
    lines, places = text.splitlines(), dict[str, list[int]]()
    for number, line in enumerate(lines, 1):
        if match := _HEADER.match(line):
            places.setdefault(match[1].replace('"', ""), []).append(number)
    return lines, places


def _steps(path: str) -> list[str | int]:
    return [int(found[2]) if found[2] is not None else found[1] for found in _STEP.finditer(path) if found[1] or found[2] is not None]


def check_ids(text: str, file: str, own: list[tuple[str, list[str | int]]], tables: dict[str, list[str]]) -> None:
    """Refuse ids that cannot stand in the id of a verdict, and an id that a kind of table has twice.

    `own` are ids with the steps that lead to them in the file, `tables` the ids of each kind of table in the file's order.
    """
    listed = list(own)
    for kind, ids in tables.items():
        listed += [(one, [kind, number, "id"]) for number, one in enumerate(ids)]
    for one, steps in listed:
        if not _ID.fullmatch(one):
            raise AuthoredError(f"{file} line {line_of(text, steps)}: expected an id of letters, digits, `-`, `_` and `.`, found `{one}`.")
    for kind, ids in tables.items():
        for number, one in enumerate(ids):
            if one in ids[:number]:
                raise AuthoredError(f"{file} line {line_of(text, [kind, number, 'id'])}: expected each id of a {kind} once, found `{one}` twice.")
