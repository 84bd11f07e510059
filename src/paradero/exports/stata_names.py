"""Names of columns as Stata takes them: at most 32 letters, digits and underscores, no word of its own, no
two alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_MOST = 32
_NOT_OF_NAMES = re.compile(r"[^A-Za-z0-9_]")
_OWN = [
    "_all",
    "_b",
    "_coef",
    "_cons",
    "_n",
    "_N",
    "_pi",
    "_pred",
    "_rc",
    "_skip",
    "aggregate",
    "array",
    "boolean",
    "break",
    "byte",
    "case",
    "catch",
    "class",
    "colvector",
    "complex",
    "const",
    "continue",
    "default",
    "delegate",
    "delete",
    "do",
    "double",
    "else",
    "end",
    "enum",
    "eltypedef",
    "explicit",
    "export",
    "external",
    "float",
    "for",
    "friend",
    "function",
    "global",
    "goto",
    "if",
    "in",
    "inline",
    "int",
    "local",
    "long",
    "mata",
    "matrix",
    "namespace",
    "new",
    "null",
    "numeric",
    "NULL",
    "operator",
    "orgtypedef",
    "pointer",
    "polymorphic",
    "pragma",
    "private",
    "protected",
    "public",
    "quad",
    "real",
    "return",
    "rowvector",
    "scalar",
    "short",
    "signed",
    "static",
    "strL",
    "string",
    "struct",
    "super",
    "switch",
    "template",
    "this",
    "throw",
    "transmorphic",
    "try",
    "typedef",
    "typename",
    "union",
    "unsigned",
    "using",
    "vector",
    "version",
    "virtual",
    "void",
    "volatile",
    "while",
    "with",
]


def names_of(columns: Iterable[str]) -> tuple[list[str], list[tuple[str, str]]]:
    """The names in Stata, and those that differ as (before, after)."""
    listed = list(columns)
    taken = {each for each in listed if _is_name(each)}
    found: list[str] = []
    renamed: list[tuple[str, str]] = []
    for column in listed:
        name = column if column in taken and column not in found else _free(_made(column), {*taken, *found})
        found.append(name)
        renamed += [(column, name)] if name != column else []
    return found, renamed


def _is_name(text: str) -> bool:
    return (
        0 < len(text) <= _MOST
        and not _NOT_OF_NAMES.search(text)
        and not text[0].isdigit()
        and text not in _OWN
        and re.fullmatch(r"str\d+", text) is None
    )


def _made(text: str) -> str:
    plain = _NOT_OF_NAMES.sub("_", text)[:_MOST] or "column"
    return plain if _is_name(plain) else f"_{plain}"[:_MOST]


def _free(name: str, taken: set[str]) -> str:
    """The name, with a number at its end where another has it."""
    tried, number = name, 2
    while tried in taken or not _is_name(tried):
        end = f"_{number}"
        tried, number = name[: _MOST - len(end)] + end, number + 1
    return tried
