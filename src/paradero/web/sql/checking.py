"""What a reader's query may be: one SELECT over documented tables, with functions of its values alone. It is
parsed, not searched; the engine confines it a second time.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

import duckdb

from paradero.law.confined import allowed_functions
from paradero.model.errors import ParaderoError, UnknownName
from paradero.model.naming import unknown

# what may stand after FROM beside tables
_FROM_FUNCTIONS = {"unnest", "generate_series", "range", "sequence", "explode"}
_FROM_KINDS = {"BASE_TABLE", "SUBQUERY", "JOIN", "TABLE_FUNCTION", "EXPRESSION_LIST", "EMPTY", "PIVOT"}
# further functions of their arguments alone, which rules do not need
_MORE_FUNCTIONS = {
    "any_value",
    "arbitrary",
    "approx_count_distinct",
    "date_diff",
    "date_part",
    "date_trunc",
    "datediff",
    "day",
    "dayofweek",
    "first",
    "histogram",
    "hour",
    "isodow",
    "last",
    "mode",
    "month",
    "quantile",
    "quarter",
    "strftime",
    "strptime",
    "try_strptime",
    "week",
    "year",
}
_OWN_VIEWS = ("duckdb_", "information_schema", "pg_", "pragma_", "sqlite_")
# names that stand alone and tell of the session
_CALLS_WITHOUT_BRACKETS = {
    "current_catalog",
    "current_database",
    "current_role",
    "current_schema",
    "current_user",
    "session_user",
    "user",
}


def tables_of(text: str, tables: Collection[str]) -> list[str]:
    """The documented tables that a query reads. Raises ParaderoError where it is not one SELECT, UnknownName
    for a table or a function that it may not use.
    """
    parsed = _parsed(text)
    if len(parsed["statements"]) != 1:
        raise ParaderoError(f"The query has {len(parsed['statements'])} statements. Leave one.")
    nodes = list(_nodes(parsed["statements"][0]))
    known = {name.lower(): name for name in tables}
    named = {str(entry["key"]).lower() for node in nodes for entry in _expressions(node)}
    named |= {str(node["cte_name"]).lower() for node in nodes if node.get("type") == "RECURSIVE_CTE_NODE"}
    for name in named:
        # a name of the engine's own views could mean either, and a file's name is read as one
        if not name.isidentifier() or name.startswith(_OWN_VIEWS):
            raise UnknownName(f"`{name}` cannot name a part of a query. Write letters, digits and `_`.")
    found: dict[str, None] = {}
    for node in nodes:
        _check(node)
        if node.get("type") == "BASE_TABLE" and "class" not in node:
            name = str(node["table_name"])
            if node.get("schema_name") or node.get("catalog_name"):
                raise UnknownName(f"`{name}`: tables stand in no schema. Write the name of the table alone.")
            if name.lower() in known:
                found[known[name.lower()]] = None
            elif name.lower() not in named:
                raise unknown("a table", name, tables, where_listed="The page of tables lists all.")
    return list(found)


def _expressions(node: dict[str, Any]) -> list[dict[str, Any]]:
    """The common table expressions of a SELECT."""
    found = node.get("cte_map")
    return list(found.get("map", [])) if isinstance(found, dict) else []


def _check(node: dict[str, Any]) -> None:
    kind = node.get("type")
    if "class" in node:
        _check_expression(node)
    elif kind == "TABLE_FUNCTION":
        name = str((node.get("function") or {}).get("function_name", "")).lower()
        if name not in _FROM_FUNCTIONS:
            raise UnknownName(f"`{name}` cannot stand in place of a table. Use documented ones.")
    elif "alias" in node and "sample" in node and kind not in _FROM_KINDS:
        raise UnknownName(f"{kind} cannot stand in place of a table. Use documented ones.")


def _check_expression(node: dict[str, Any]) -> None:
    kind, name = node["class"], str(node.get("function_name", "")).lower()
    names = node.get("column_names") or []
    if kind == "COLUMN_REF" and len(names) == 1 and str(names[0]).lower() in _CALLS_WITHOUT_BRACKETS:
        raise UnknownName(f"`{names[0]}` tells of the session, not of the records. Leave it out.")
    if kind not in ("FUNCTION", "WINDOW") or not name.isidentifier():
        return
    if name not in allowed_functions() | _MORE_FUNCTIONS:
        raise UnknownName(f"`{name}` is not a function that a query may call. Leave it out.")


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one


def _parsed(text: str) -> Any:
    try:
        with duckdb.connect() as connection:
            written = connection.execute("SELECT json_serialize_sql(?)", [text]).fetchall()[0][0]
        found = json.loads(written)
    except (duckdb.Error, RecursionError, ValueError) as error:
        raise ParaderoError(
            f"The query cannot be read ({str(error).splitlines()[0] if str(error) else 'nested too deeply'})."
            " Correct it."
        ) from error
    if found["error"]:
        raise ParaderoError(f"The query is none that only reads: {found['error_message']}. Correct it.")
    return found
