"""What a test may read: the documented tables it declares, and nothing else. The SQL is parsed, not searched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import duckdb

from paradero.engines.steps import Step
from paradero.law.declared import LawError

# functions in a FROM clause that read nothing but their arguments
_HARMLESS = {"unnest", "sequence", "explode", "generate_series", "range"}
# functions that tell of the machine, the session or the moment instead of the records
_BARRED = {
    "getenv", "current_setting", "getvariable", "random", "uuid", "gen_random_uuid", "now", "current_timestamp", "get_current_timestamp", "current_date",
    "today", "current_time", "current_localtimestamp", "transaction_timestamp", "current_user", "current_database", "current_schema", "current_query", "version", "query", "query_table",
}  # fmt: skip


def check_confined(step: Step, *, tables: set[str], place: str, first_line: int) -> None:
    """Refuse a test that is not one SELECT over its declared inputs, all of them among `tables`; raises LawError with file, line and reason.

    `first_line` is the line of the file where the SELECT begins.
    """
    for name in step.inputs:
        if name not in tables:
            raise LawError(f"{place} line {_head_line(step, 'inputs')}: expected documented tables as inputs (`paradero explain` lists them), found `{name}`.")
    parsed = _parsed(step, place, first_line)
    if len(parsed["statements"]) != 1:
        raise LawError(f"{place} line {first_line}: expected one SELECT, found {len(parsed['statements'])} statements.")
    named = {entry["key"] for node in _nodes(parsed) for entry in (node.get("cte_map") or {}).get("map", [])}
    for node in _nodes(parsed):
        line = first_line + step.select[: _location(node)].count("\n")
        kind = node.get("type")
        if kind == "BASE_TABLE" and (node["table_name"] not in {*step.inputs, *named} or node.get("schema_name") or node.get("catalog_name")):
            raise LawError(f"{place} line {line}: expected only tables that the head lists as inputs, found `{node['table_name']}`.")
        if kind == "TABLE_FUNCTION":
            function = (node.get("function") or {}).get("function_name", "")
            if function not in _HARMLESS:
                raise LawError(f"{place} line {line}: expected only documented tables after FROM, found the function `{function}`.")
        elif node.get("class") == "FUNCTION" and node.get("function_name", "").lower() in _BARRED:
            raise LawError(f"{place} line {line}: expected functions of the records only, found `{node['function_name']}`.")


def _parsed(step: Step, place: str, first_line: int) -> Any:
    connection = duckdb.connect()
    found = json.loads(connection.execute("SELECT json_serialize_sql(?)", [step.select]).fetchall()[0][0])
    connection.close()
    if found["error"]:
        line = first_line + step.select[: int(found.get("position", 0))].count("\n")
        raise LawError(f"{place} line {line}: expected one SELECT that can be parsed, found otherwise: {found['error_message']}.")
    return found


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from _nodes(part)
    elif isinstance(value, list):
        for part in value:
            yield from _nodes(part)


def _location(node: dict[str, Any]) -> int:
    """Where the node stands in the text, 0 where the parser does not say."""
    found = node.get("query_location", 0)
    return found if isinstance(found, int) and found < 1 << 62 else 0


def _head_line(step: Step, field: str) -> int:
    return next((number for number, line in enumerate(step.text.splitlines(), 1) if line.startswith(f"-- {field}:")), 1)
