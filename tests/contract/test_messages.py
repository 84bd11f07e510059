"""Every error has one pattern: "Where: what happened. What to do."; the old words are in no text of the
source.

The texts are read from the source itself, so a message that no other test raises is held to the pattern too.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "paradero"

# what no text says, wherever it stands
OLD = [
    re.compile(words, re.IGNORECASE | re.DOTALL)
    for words in (
        r"\bexpected\b.*\bfound\b",
        r"\bfound\b.*\bexpected\b",
        r"\bfound otherwise\b",
        r"\bturn them about\b",
        r"\bname it so\b",
        r"\bfound none\b",
        r"\bfound neither\b",
        r"\bfound both\b",
    )
]
# what no error says; elsewhere these are words of data, such as the column `expected` of `rejects`
OLD_IN_ERRORS = [
    re.compile(words, re.IGNORECASE) for words in (r"^expected\b", r": expected\b", r"\botherwise\b")
]


def texts(source: str) -> Iterator[tuple[int, str, bool]]:
    """(line, text, whether it is an error's) of every string but docstrings; what an f-string fills in reads
    `…`.
    """
    yield from _texts(ast.parse(source), is_error=False)


def _texts(node: ast.AST, *, is_error: bool) -> Iterator[tuple[int, str, bool]]:
    if isinstance(node, ast.Constant | ast.JoinedStr):
        text = _text(node)
        if text is not None:
            yield node.lineno, text, is_error
    is_error = is_error or isinstance(node, ast.Raise) or _makes_an_error(node)
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)):
            yield from _texts(child, is_error=is_error)


def _text(node: ast.Constant | ast.JoinedStr) -> str | None:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)


def _makes_an_error(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    of = node.func.value if isinstance(node.func, ast.Attribute) else None
    return (
        called.endswith(("Error", "UnknownName"))
        or called in ("error", "unknown")
        or (called == "add" and isinstance(of, ast.Name) and of.id == "mistakes")
    )


def old_words(source: str) -> list[tuple[int, str]]:
    """The lines whose texts still have the old words, and these words."""
    return [
        (line, found[0])
        for line, text, is_error in texts(source)
        for words in (*OLD, *(OLD_IN_ERRORS if is_error else ()))
        if (found := words.search(text)) is not None
    ]


def test_no_message_has_the_old_words() -> None:
    found = [
        f"{path.relative_to(SOURCE.parent)}:{line}: {words!r}"
        for path in sorted(SOURCE.rglob("*.py"))
        for line, words in old_words(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        'raise AuthoredError(f"{place}: expected `from` before `until`, found {one}. Correct one of them.")',
        'def said():\n    return (f"expected a date in {where},"\n        f" found {value}. Write it as 2025-03-15.")',
        'raise error("Found 2 sheets, but expected 1.")',
        'mistakes.add(f"{place}: `first` is after `last`. Turn them about.")',
        'x = f"{folder}: whole tables expected, found otherwise ({reason})."',
        'raise UnknownName("Expected an engine.")',
        'raise MomentError(f"{text}: it ends otherwise.")',
        'raise unknown("an engine, as it were otherwise", name, ENGINES)',
    ],
)  # fmt: skip
def test_the_old_words_are_seen(source: str) -> None:
    assert old_words(source) != []


@pytest.mark.parametrize(
    "source",
    [
        'raise AuthoredError(f"{place}: `first` ({one}) is after `last` ({other}). Swap them.")',
        'def read(text):\n    """Read it; what was expected and what was found is told."""',
        'columns = ["expected", "found"]',
        'changes = ("appears", "says otherwise")',
        'raise QueryError(f"{name}: no query was found. Write one.")',
    ],
)
def test_words_of_data_and_docstrings_are_let_be(source: str) -> None:
    assert old_words(source) == []
