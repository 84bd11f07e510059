"""Names of columns as statistics programs take them: letters, digits and underscores, so many at most, no
word of the program's own, no two alike; and the kinds of columns that are whole numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

INTEGERS = (
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "UBIGINT",
    "HUGEINT",
)
_NOT_OF_NAMES = re.compile(r"[^A-Za-z0-9_]")
_STATA = [
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
_SPSS = ["all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What a program takes for a name: how long at most, which words are its own, in capitals or not, and
    whether a name may begin with an underscore and two may differ by capitals alone.
    """

    most: int
    own: Sequence[str]
    plain: str
    tells_capitals: bool

    def _key(self, text: str) -> str:
        return text if self.tells_capitals else text.lower()

    def names_of(self, columns: Iterable[str]) -> tuple[list[str], list[tuple[str, str]]]:
        """The names in the program, and those that differ as (before, after)."""
        listed = list(columns)
        taken = {self._key(each) for each in listed if self._is_name(each)}
        used: set[str] = set()
        found: list[str] = []
        renamed: list[tuple[str, str]] = []
        for column in listed:
            key = self._key(column)
            is_free = key in taken and key not in used and self._is_name(column)
            name = column if is_free else self._free(self._made(column), taken | used)
            used.add(self._key(name))
            found.append(name)
            renamed += [(column, name)] if name != column else []
        return found, renamed

    def _is_name(self, text: str) -> bool:
        return (
            0 < len(text) <= self.most
            and not _NOT_OF_NAMES.search(text)
            and not text[0].isdigit()
            and (text[0] != "_" or self.plain == "_")
            and self._key(text) not in self.own
            and re.fullmatch(r"str\d+", text) is None
        )

    def _made(self, text: str) -> str:
        plain = _NOT_OF_NAMES.sub("_", text)[: self.most] or "column"
        return plain if self._is_name(plain) else f"{self.plain}{plain}"[: self.most]

    def _free(self, name: str, taken: set[str]) -> str:
        """The name, with a number at its end where another has it."""
        tried, number = name, 2
        while self._key(tried) in taken or not self._is_name(tried):
            end = f"_{number}"
            tried, number = name[: self.most - len(end)] + end, number + 1
        return tried


STATA = Naming(most=32, own=_STATA, plain="_", tells_capitals=True)
SPSS = Naming(most=64, own=_SPSS, plain="v_", tells_capitals=False)
