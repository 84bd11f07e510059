"""On which line of a TOML file each table and value stands, however it is written: headers, dotted and quoted
keys, tables and lists in line, long texts.
"""

from __future__ import annotations

import bisect
import functools
import re
import tomllib
from collections.abc import Mapping, Sequence
from types import MappingProxyType

Step = str | int
Steps = tuple[Step, ...]

_BETWEEN = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")  # what may stand between any two parts of a file
_PART = r"""(?:[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*')"""
_KEY = re.compile(rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_TEXT = re.compile(
    r'"""(?:\\[\s\S]|[^\\])*?"{3,5}(?!")'  # a long text may end in one or two quotation marks of its own
    r"|'''[\s\S]*?'{3,5}(?!')"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
)
_PLAIN = re.compile(r"[^,\]}#\r\n]+")  # a number, a date (it may hold a blank), true or false


def line_of(text: str, steps: Sequence[Step]) -> int:
    """The line (from 1) of what the names and numbers lead to; where a part of the way is not there, of the
    table that lacks it; 1 for the file itself.
    """
    lines = lines_of(text)
    for length in range(len(steps), 0, -1):
        found = lines.get(tuple(steps[:length]))
        if found is not None:
            return found
    return 1


@functools.lru_cache(maxsize=64)
def lines_of(text: str) -> Mapping[Steps, int]:
    """The line of every table, list, member of a list and value of a file. The text is TOML: what tomllib
    cannot read has no lines here.
    """
    return MappingProxyType(_Scan(text).lines)


class _Scan:
    """One pass over a file. A table has the line of its own header, else that on which it is first named."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Steps, int] = {}
        self._text = text
        self._breaks = [found.start() for found in re.finditer("\n", text)]
        self._members: dict[Steps, int] = {}  # of each list that is written as headers
        self._file()

    def _file(self) -> None:
        table: Steps = ()
        at = self._skip(0)
        while at < len(self._text):
            if self._text[at] == "[":
                table, at = self._header(at)
            else:
                at = self._pair(at, table)
            at = self._skip(at)

    def _header(self, at: int) -> tuple[Steps, int]:
        """Read `[table]` or `[[member of a list]]`: its path, and where it ends."""
        start, is_member = at, self._text.startswith("[[", at)
        parts, at = self._key(self._skip(at + (2 if is_member else 1)))
        path: Steps = ()
        for part in parts[:-1]:
            path = self._within((*path, part), start)
        path = (*path, parts[-1])
        if is_member:
            self._first(path, start)
            number = self._members.get(path, 0)
            self._members[path] = number + 1
            path = (*path, number)
        self.lines[path] = self._line(start)
        return path, self._text.index("]", at) + (2 if is_member else 1)

    def _within(self, path: Steps, at: int) -> Steps:
        """A table on the way to another: of a list, its last member so far."""
        self._first(path, at)
        return (*path, self._members[path] - 1) if path in self._members else path

    def _pair(self, at: int, table: Steps) -> int:
        """Read `key = value`; returns where it ends."""
        start = at
        parts, at = self._key(at)
        path = table
        for part in parts:
            path = (*path, part)
            self._first(path, start)
        return self._value(self._skip(self._text.index("=", at) + 1), path)

    def _value(self, at: int, path: Steps) -> int:
        opening = self._text[at]
        if opening == "{":
            return self._inline(at, path)
        if opening == "[":
            return self._list(at, path)
        found = (_TEXT if opening in "\"'" else _PLAIN).match(self._text, at)
        return found.end() if found else len(self._text)

    def _inline(self, at: int, path: Steps) -> int:
        at = self._skip(at + 1)
        while self._text[at] != "}":
            at = self._next(self._pair(at, path))
        return at + 1

    def _list(self, at: int, path: Steps) -> int:
        at, number = self._skip(at + 1), 0
        while self._text[at] != "]":
            member = (*path, number)
            self._first(member, at)
            at, number = self._next(self._value(at, member)), number + 1
        return at + 1

    def _next(self, at: int) -> int:
        """Past the comma, where there is one."""
        at = self._skip(at)
        return self._skip(at + 1) if self._text[at] == "," else at

    def _key(self, at: int) -> tuple[list[str], int]:
        found = _KEY.match(self._text, at)
        if found is None:
            raise ValueError(f"no key at {at}: the text is not TOML")
        written = found[0]
        if _BARE.fullmatch(written):
            return [written], found.end()
        parts, inner = [], tomllib.loads(f"{written} = 0")
        while isinstance(inner, dict):
            ((name, inner),) = inner.items()
            parts.append(name)
        return parts, found.end()

    def _skip(self, at: int) -> int:
        found = _BETWEEN.match(self._text, at)
        return found.end() if found else at

    def _first(self, path: Steps, at: int) -> None:
        self.lines.setdefault(path, self._line(at))

    def _line(self, at: int) -> int:
        return bisect.bisect_left(self._breaks, at) + 1
