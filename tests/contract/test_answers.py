"""Answers are frozen values with declared attributes, and their queries are written down, not put
together.
"""

from __future__ import annotations

import ast
import dataclasses
import datetime as dt
import importlib
import inspect
import pkgutil
import re
import typing
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import msgspec
import pytest

import paradero

SOURCE = Path(paradero.__file__).parent
ROOMS = tuple(
    f"paradero.answers.{room}"
    for room in ("people", "counts", "books", "companies", "documents", "flights", "verification")
)
MODULES = [
    *(
        f"paradero.answers.{name}"
        for name in ("answered", "drift", "explaining", "instants", "original", "source_status", "status")
    ),
    *(f"paradero.flights.{name}" for name in ("gap_values", "leg_values", "list_listing", "listing")),
    *(f"{room}.{found.name}" for room in ROOMS for found in pkgutil.iter_modules(importlib.import_module(room).__path__)),
]  # fmt: skip


def public(name: str) -> list[tuple[str, Any]]:
    """The public functions of a module and the public methods of its classes, each with its name."""
    module = importlib.import_module(name)
    found: list[tuple[str, Any]] = []
    for label, one in vars(module).items():
        if label.startswith("_") or getattr(one, "__module__", None) != name:
            continue
        if inspect.isfunction(one):
            found.append((label, one))
        elif inspect.isclass(one):
            found.append((label, one))
            found += [
                (f"{label}.{method}", each)
                for method, each in vars(one).items()
                if inspect.isfunction(each) and not method.startswith("_")
            ]
    return found


def mentions_any(hint: Any) -> bool:
    return hint is Any or any(mentions_any(part) for part in typing.get_args(hint))


def test_no_public_signature_of_an_answer_says_any() -> None:
    assert len(MODULES) > 50
    found = [
        f"{name}.{label}: {part}"
        for name in MODULES
        for label, one in public(name)
        for part, hint in typing.get_type_hints(one).items()
        if mentions_any(hint)
    ]
    assert found == []


PLAIN = (str, int, float, bool, type(None), msgspec.UnsetType, dt.date, Path, duckdb.DuckDBPyRelation)


def is_value(hint: Any) -> bool:
    """Whether it is an answer, what else is frozen, a plain value, a collection of these, or a function that
    gives them.
    """
    if isinstance(hint, TypeVar) or hint in (*PLAIN, ...):
        return True
    parts = [part for part in typing.get_args(hint) if part is not ...]
    if typing.get_origin(hint) is Callable:
        return is_value(parts[-1])
    if parts:
        return all(map(is_value, parts))
    if not inspect.isclass(hint):
        return False
    return (issubclass(hint, msgspec.Struct) and hint.__struct_config__.frozen) or (
        dataclasses.is_dataclass(hint) and hint.__dataclass_params__.frozen
    )


def test_public_functions_answer_with_values() -> None:
    given = {
        f"{name}.{label}": typing.get_type_hints(one).get("return")
        for name in MODULES
        for label, one in public(name)
        if inspect.isfunction(one)
    }
    assert {label: hint for label, hint in given.items() if not is_value(hint)} == {}


def test_rows_are_values() -> None:
    """No name stands for `dict[str, Any]`, and every value is frozen."""
    for name in MODULES:
        module = importlib.import_module(name)
        assert "dict[str, Any]" not in Path(module.__file__ or "").read_text(encoding="utf-8"), name
        structs = [one for _, one in public(name) if inspect.isclass(one) and issubclass(one, msgspec.Struct)]
        assert [one.__name__ for one in structs if not one.__struct_config__.frozen] == [], name


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("paradero.answers.companies.")])
def test_companies_read_rows_as_values(name: str) -> None:
    """What the engine gives is converted where it is read; no column is named by a string after that."""
    text = Path(importlib.import_module(name).__file__ or "").read_text(encoding="utf-8")
    assert re.findall(r"""\brow\[|\bRow\b""", text) == []


# ---- SQL is written down -------------------------------------------------------------------------------------

# modules that still put SQL together; the list must only shrink
STILL_ASSEMBLING = {
    "building/overlaps.py",
    "building/trials.py",
    "demo/planted.py",
    "law/confined.py",
    "law/order_judging.py",
    "sources/sheets/prints.py",
    "sources/sheets/rows.py",
    "sources/values/dates.py",
    "sources/values/typed.py",
}
SQL = re.compile(r"\b(?:SELECT|FROM|WHERE|JOIN|(?:ORDER|GROUP) BY)\b")


def constant(node: ast.AST) -> str:
    """All text that stands in an expression."""
    return " ".join(
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )


def assembled(path: Path) -> list[int]:
    """The lines on which text with words of SQL is put together with something else."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        is_put_together = (
            (isinstance(node, ast.JoinedStr) and any(isinstance(part, ast.FormattedValue) for part in node.values))
            or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod))
            or (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("format", "join", "replace")
            )
        )  # fmt: skip
        if is_put_together and SQL.search(constant(node)):
            found.append(getattr(node, "lineno", 0))
    return found


def test_sql_is_written_down_not_put_together() -> None:
    found = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if path.relative_to(SOURCE).parts[0] != "engines" and assembled(path)
    }
    assert found - STILL_ASSEMBLING == set(), "write the query into a .sql file: see engines/queries.py"
    assert STILL_ASSEMBLING - found == set(), "take from the list what no longer puts SQL together"


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ('f"SELECT * FROM {table}"', True),
        ('"SELECT * FROM " + table', True),
        ('"SELECT {} FROM t".format(column)', True),
        ('" JOIN ".join(tables)', True),
        ('"SELECT %s" % column', True),
        ('"SELECT a" " FROM b"', False),
        ('f"from {here} to {there}"', False),
        ('rows("SELECT a FROM b WHERE c = $c", {"c": c})', False),
    ],
)
def test_putting_together_is_found(text: str, is_found: bool, tmp_path: Path) -> None:
    path = tmp_path / "asking.py"
    path.write_text(text, encoding="utf-8")
    assert bool(assembled(path)) is is_found
