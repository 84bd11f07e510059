"""What a test may read: the documented tables it declares, and nothing else. The SQL is parsed, not searched.

The engine confines it a second time (`engines.duckdb.confine`): what a name or function would let through
here still finds no file there.
"""

from __future__ import annotations

import contextlib
import functools
import json
import re
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import duckdb

from paradero.authored.declared import AuthoredError
from paradero.engines.lending import lent
from paradero.engines.steps import Step

# functions in a FROM clause that read nothing but their arguments
_HARMLESS = {"unnest", "sequence", "explode", "generate_series", "range"}
# what may stand in a FROM clause
_TABLE_TYPES = {"BASE_TABLE", "SUBQUERY", "JOIN", "TABLE_FUNCTION", "EXPRESSION_LIST", "EMPTY", "PIVOT"}
# names that stand alone and are calls all the same
_CALLS_WITHOUT_BRACKETS = {
    "current_date",
    "current_time",
    "current_timestamp",
    "localtime",
    "localtimestamp",
    "current_user",
    "session_user",
    "user",
    "current_role",
    "current_catalog",
    "current_schema",
    "current_database",
    "today",
    "now",
    "rowid",
}
# whose result depends on the order of rows, so that an order has to be said
_ORDERED = {"array_agg", "list", "string_agg", "group_concat", "listagg"}
_ORDERED_WINDOWS = {
    "row_number",
    "rank",
    "dense_rank",
    "ntile",
    "lag",
    "lead",
    "first_value",
    "last_value",
    "nth_value",
    "percent_rank",
    "cume_dist",
}
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

Scope = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """The SELECT under check, and where it stands."""

    step: Step
    place: str
    first_line: int

    def error(self, node: dict[str, Any], what: str) -> AuthoredError:
        line = self.first_line + self.step.select[: _location(node)].count("\n")
        return AuthoredError(f"{self.place} line {line}: {what}")


@functools.cache
def check_confined(step: Step, *, tables: frozenset[str], place: str, first_line: int) -> None:
    """Refuse a test that is not one SELECT over its declared inputs, all of them among `tables`; raises
    AuthoredError with file, line and reason.

    A name after FROM is an input, or a common table expression of a SELECT that it stands in. `first_line` is
    the line of the file where the SELECT begins. A test that passed is not parsed again in this process.
    """
    for name in step.inputs:
        if name not in tables:
            raise AuthoredError(
                f"{place} line {_head_line(step, 'inputs')}: `{name}` is not a documented table. List only"
                " tables that `paradero explain` lists."
            )
    text = _Text(step=step, place=place, first_line=first_line)
    parsed = _parsed(text)
    if len(parsed["statements"]) != 1:
        raise AuthoredError(
            f"{place} line {first_line}: the test has {len(parsed['statements'])} statements. Leave one"
            " SELECT."
        )
    _check(parsed["statements"][0], frozenset(name.lower() for name in step.inputs), text)


def _check(value: Any, scope: Scope, text: _Text) -> None:
    """Walk the parsed SELECT; `scope` are the names that may stand after FROM here."""
    if isinstance(value, list):
        for part in value:
            _check(part, scope, text)
    elif isinstance(value, dict):
        if isinstance(value.get("cte_map"), dict):
            scope = _with_expressions(value["cte_map"].get("map", []), scope, text)
        if value.get("type") == "RECURSIVE_CTE_NODE":
            scope |= {str(value["cte_name"]).lower()}
        _check_node(value, scope, text)
        for key, part in value.items():
            if key != "cte_map":
                _check(part, scope, text)


def _with_expressions(entries: list[dict[str, Any]], scope: Scope, text: _Text) -> Scope:
    """The scope with a SELECT's common table expressions, each checked with those before it."""
    for entry in entries:
        name = str(entry["key"])
        if not _PLAIN.fullmatch(name):
            raise text.error(
                {}, f"the common table expression `{name}` may hold only letters, digits and `_`. Rename it."
            )
        _check(entry["value"], scope, text)
        scope |= {name.lower()}
    return scope


def _check_node(node: dict[str, Any], scope: Scope, text: _Text) -> None:
    kind = node.get("type")
    if "class" in node:
        _check_expression(node, text)
    elif kind == "BASE_TABLE":
        name = str(node["table_name"])
        if (
            name.lower() not in scope
            or not _PLAIN.fullmatch(name)
            or node.get("schema_name")
            or node.get("catalog_name")
        ):
            raise text.error(
                node, f"`{name}` is not among the inputs in the head. Add it there, or leave it out."
            )
    elif kind == "TABLE_FUNCTION":
        function = (node.get("function") or {}).get("function_name", "")
        if function not in _HARMLESS:
            raise text.error(
                node, f"the function `{function}` cannot stand after FROM. Use only documented tables there."
            )
    elif kind == "JOIN" and node.get("ref_type") == "POSITIONAL":
        raise text.error(node, "a join by position gives other rows at every run. Join on a condition.")
    elif "alias" in node and "sample" in node and kind not in _TABLE_TYPES:
        raise text.error(node, f"{kind} cannot stand after FROM. Use only documented tables there.")
    if node.get("sample"):
        raise text.error(node, "a sample gives other rows at every run. Read all rows.")
    _check_modifiers(node, text)


def _check_modifiers(node: dict[str, Any], text: _Text) -> None:
    kinds = {each.get("type"): each for each in node.get("modifiers") or () if isinstance(each, dict)}
    if _orders((kinds.get("ORDER_MODIFIER") or {}).get("orders", ()), by_place=True):
        return
    if kinds.keys() & {"LIMIT_MODIFIER", "LIMIT_PERCENT_MODIFIER"} or (
        kinds.get("DISTINCT_MODIFIER") or {}
    ).get("distinct_on_targets"):
        raise text.error(
            node, "LIMIT and DISTINCT ON without ORDER BY give other rows at every run. Add ORDER BY."
        )


def _check_expression(node: dict[str, Any], text: _Text) -> None:
    kind, name = node["class"], str(node.get("function_name", "")).lower()
    if (
        kind == "COLUMN_REF"
        and len(names := node.get("column_names") or []) == 1
        and str(names[0]).lower() in _CALLS_WITHOUT_BRACKETS
    ):
        raise text.error(node, f"`{names[0]}` is not a function of the records only. Leave it out.")
    if kind not in ("FUNCTION", "WINDOW"):
        return
    if _PLAIN.fullmatch(name) and name not in allowed_functions():
        raise text.error(
            node,
            f"`{name}` is not a function that a rule may call. Use one of those in docs/reference/rules.md.",
        )
    orders = node.get("orders") if kind == "WINDOW" else (node.get("order_bys") or {}).get("orders")
    if (
        not orders
        and not node.get("arg_orders")
        and name in (_ORDERED_WINDOWS | _ORDERED if kind == "WINDOW" else _ORDERED)
    ):
        raise text.error(node, f"`{name}` without ORDER BY gives another result at every run. Add ORDER BY.")
    if orders and not _orders(orders, by_place=False):
        raise text.error(
            node, f"`{name}` is ordered by a constant, which orders nothing. Order it by columns."
        )


def _orders(orders: Iterable[dict[str, Any]], *, by_place: bool) -> bool:
    """Whether ORDER BY names a column, or, where a number is the place of one (`by_place`), its place: a
    constant orders nothing.
    """
    return any(
        (by_place and each["expression"].get("class") == "CONSTANT") or _names_column(each["expression"])
        for each in orders
    )


def _names_column(value: Any) -> bool:
    if isinstance(value, dict):
        return value.get("class") in ("COLUMN_REF", "SUBQUERY") or any(map(_names_column, value.values()))
    return isinstance(value, list) and any(map(_names_column, value))


@functools.cache
def allowed_functions() -> frozenset[str]:
    """The functions that a test may call: those of `rule_functions.txt`, and the names of the prelude."""
    lines = (files("paradero.law") / "rule_functions.txt").read_text(encoding="utf-8").splitlines()
    listed = {name for line in lines if not line.startswith("#") for name in line.split()}
    with lent(threads=1) as connection:
        own = connection.execute(
            "SELECT function_name FROM duckdb_functions() WHERE NOT internal AND function_type = 'macro'"
        ).fetchall()
    return frozenset(listed | {str(row[0]).lower() for row in own})


@contextlib.contextmanager
def stopped_after(connection: duckdb.DuckDBPyConnection, seconds: float, *, what: str) -> Iterator[None]:
    """Within it, a query that runs longer is stopped, and one that needs more memory or disk than it may have
    ends; both as a AuthoredError naming `what`.
    """
    watch = threading.Timer(seconds, connection.interrupt)
    watch.daemon = True
    watch.start()
    try:
        yield
    except duckdb.InterruptException as error:
        raise AuthoredError(
            f"{what}: stopped after {seconds:,.0f} seconds. Make the test simpler, or set `rule_seconds` in"
            " paradero.toml."
        ) from error
    except duckdb.OutOfMemoryException as error:
        raise AuthoredError(
            f"{what}: stopped, because it needs more memory than a rule may use. Make the test simpler."
        ) from error
    finally:
        watch.cancel()


@functools.cache
def _parser() -> duckdb.DuckDBPyConnection:
    """What parses tests, opened once: it never runs one."""
    return duckdb.connect()


def _parsed(text: _Text) -> Any:
    try:
        found = json.loads(
            _parser().cursor().execute("SELECT json_serialize_sql(?)", [text.step.select]).fetchall()[0][0]
        )
    except (duckdb.Error, RecursionError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else "it is nested too deeply"
        raise AuthoredError(
            f"{text.place} line {text.first_line}: the test is not one SELECT that can be"
            f" parsed ({reason}). Correct it."
        ) from error
    if found["error"]:
        line = text.first_line + text.step.select[: int(found.get("position", 0))].count("\n")
        raise AuthoredError(
            f"{text.place} line {line}: the test is not one SELECT that can be parsed"
            f" ({found['error_message']}). Correct it."
        )
    return found


def _location(node: dict[str, Any]) -> int:
    """Where the node stands in the text, 0 where the parser does not say."""
    found = node.get("query_location", 0)
    return found if isinstance(found, int) and found < 1 << 62 else 0


def _head_line(step: Step, field: str) -> int:
    return next(
        (number for number, line in enumerate(step.text.splitlines(), 1) if line.startswith(f"-- {field}:")),
        1,
    )
