"""TOML in many spellings, written by a writer that knows on which line it has put everything: the oracle of
the place-finder, sharing no code with it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

NAMES = [
    "a",
    "id",
    "claim",
    "said",
    "1",
    "with space",
    "dot.ted",
    "ünï",
    "quo'te",
    "",
    "a-b_c",
    "#no",
    "[x]",
    "=",
]
TEXTS = ["", "plain", "two\nlines", "# no comment", "[[subject]]", "id = 3", "quote \" and ' both", "ends in \"\"", "''' three", '""" three', "tab\tand \\", "\u2028 \x85 are no ends of lines", "é"]  # fmt: skip

Path = tuple[str | int, ...]


@dataclass
class Written:
    """A text so far, and the line of every table and value in it."""

    text: str = ""
    lines: dict[Path, int] = field(default_factory=dict)

    def put(self, text: str) -> None:
        self.text += text

    def here(self, path: Path) -> None:
        """What is written next is this: the first line counts."""
        self.lines.setdefault(path, self.text.count("\n") + 1)

    def header(self, path: Path) -> None:
        """A header of its own counts more than an earlier mention."""
        self.lines[path] = self.text.count("\n") + 1


scalars = st.one_of(
    st.integers(-99, 99), st.booleans(), st.sampled_from([1.5, -0.25]), st.sampled_from(TEXTS), st.dates(), st.datetimes().map(lambda at: at.replace(microsecond=0))
)  # fmt: skip
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(NAMES), inner, max_size=3)
    ),
    max_leaves=12,
)
tables = st.dictionaries(st.sampled_from(NAMES), values, max_size=5)


@st.composite
def written(draw: st.DrawFn, loaded: dict[str, Any] | None = None) -> tuple[dict[str, Any], Written]:
    """What a file holds, and the file in one of its spellings."""
    found = draw(tables) if loaded is None else loaded
    out = Written()
    out.put(draw(st.sampled_from(["", "\n", "# first\n", "\r\n"])))
    _table(draw, out, found, at=(), names=[])
    return found, out


def _table(draw: st.DrawFn, out: Written, table: dict[str, Any], *, at: Path, names: list[str]) -> None:
    """The pairs of a table under its header, then the tables within it that have headers of their own."""
    own: list[str] = []
    for name, value in table.items():
        if (isinstance(value, dict) or _is_of_tables(value)) and draw(st.booleans()):
            own.append(name)
            continue
        if isinstance(value, dict) and value and draw(st.booleans()):
            _dotted(draw, out, value, at=(*at, name), key=_key(draw, name))
            continue
        _blank(draw, out)
        out.here((*at, name))
        out.put(_key(draw, name) + draw(st.sampled_from([" = ", "=", "\t= "])))
        _value(draw, out, value, at=(*at, name))
        out.put(draw(st.sampled_from(["\n", " # why\n", "\r\n"])))
    for name in own:
        _with_headers(draw, out, table[name], at=(*at, name), names=[*names, name])


def _with_headers(draw: st.DrawFn, out: Written, value: Any, *, at: Path, names: list[str]) -> None:
    heading = draw(st.sampled_from([".", " . "])).join(_key(draw, each) for each in names)
    if isinstance(value, dict):
        only_tables = bool(value) and all(isinstance(each, dict) for each in value.values())
        own_header = draw(st.sampled_from(["before", "after", "none"])) if only_tables else "before"
        if own_header != "before":
            for name, each in value.items():
                _with_headers(draw, out, each, at=(*at, name), names=[*names, name])
        if own_header != "none":
            _blank(draw, out)
            _on_the_way(out, at, names)
            out.header(at)
            out.put(draw(st.sampled_from(["[%s]\n", "  [ %s ] # of\n"])) % heading)
        if own_header == "before":
            _table(draw, out, value, at=at, names=names)
        return
    for number, member in enumerate(value):
        _blank(draw, out)
        out.here(at)
        out.header((*at, number))
        out.put(draw(st.sampled_from(["[[%s]]\n", "[[ %s ]]\r\n"])) % heading)
        _table(draw, out, member, at=(*at, number), names=names)


def _on_the_way(out: Written, at: Path, names: list[str]) -> None:
    """The tables that a longer header names first."""
    steps = 0
    for place, step in enumerate(at):
        steps += isinstance(step, str)
        if isinstance(step, str) and steps < len(names):
            out.here(at[: place + 1])


def _dotted(draw: st.DrawFn, out: Written, table: dict[str, Any], *, at: Path, key: str) -> None:
    for name, value in table.items():
        _blank(draw, out)
        out.here(at)
        out.here((*at, name))
        out.put(f"{key}{draw(st.sampled_from(['.', ' . ']))}{_key(draw, name)} = ")
        _value(draw, out, value, at=(*at, name))
        out.put("\n")


def _value(draw: st.DrawFn, out: Written, value: Any, *, at: Path) -> None:
    """Within braces no line ends but inside of a text or a list."""
    if isinstance(value, dict):
        out.put("{")
        _in_line(draw, out, value, at=at, key="")
        out.put(" }")
    elif isinstance(value, list):
        out.put("[")
        for number, each in enumerate(value):
            out.put(", " if number else "")
            out.put(draw(st.sampled_from(["", " ", "\n", "\n# why, [x] = {\n  "])))
            out.here((*at, number))
            _value(draw, out, each, at=(*at, number))
            out.put(draw(st.sampled_from(["", "\n"])))
        out.put(draw(st.sampled_from([", ]", ",\n]"])) if value and draw(st.booleans()) else "]")
    else:
        out.put(_scalar(draw, value))


def _in_line(draw: st.DrawFn, out: Written, table: dict[str, Any], *, at: Path, key: str) -> None:
    """The pairs of a table within braces; those of a table in it may have dotted keys."""
    for number, (name, each) in enumerate(table.items()):
        out.put(", " if number else " ")
        out.here(at)
        out.here((*at, name))
        spelt = f"{key}.{_key(draw, name)}" if key else _key(draw, name)
        if isinstance(each, dict) and each and draw(st.booleans()):
            _in_line(draw, out, each, at=(*at, name), key=spelt)
            continue
        out.put(f"{spelt} = ")
        _value(draw, out, each, at=(*at, name))


def _scalar(draw: st.DrawFn, value: Any) -> str:
    if isinstance(value, str):
        spellings = [json.dumps(value, ensure_ascii=draw(st.booleans()))]
        if not any(sign in value for sign in "'\n"):
            spellings.append(f"'{value}'")
        if "'''" not in value and not value.endswith("'"):
            spellings.append(f"'''\n{value}'''")
        opening = (
            ["\n"] if value[:1] in ("\n", " ") else ["", "\n", "\\\n   \n  "]
        )  # a line end at once, or blanks after a backslash, are not of the text
        spellings.append(
            '"""'
            + draw(st.sampled_from(opening))
            + value.replace("\\", "\\\\").replace('"""', '""\\"')
            + '"""'
        )
        return draw(st.sampled_from(spellings))
    if isinstance(value, bool):
        return str(value).lower()
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).replace("T", draw(st.sampled_from(["T", " "])))
    return str(value)


def _key(draw: st.DrawFn, name: str) -> str:
    bare = bool(name) and all(sign.isascii() and (sign.isalnum() or sign in "-_") for sign in name)
    spellings = [json.dumps(name, ensure_ascii=draw(st.booleans()))]
    if "'" not in name:
        spellings.append(f"'{name}'")
    return draw(st.sampled_from([name, *spellings] if bare else spellings))


def _blank(draw: st.DrawFn, out: Written) -> None:
    out.put(draw(st.sampled_from(["", "", "\n", "# [[subject]]\n", "   \t\n", "\r\n"])))


def _is_of_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)
