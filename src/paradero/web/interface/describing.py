"""The description of all questions for programs (OpenAPI 3.1): what each takes, and the shape of its answer
from the very types that declare it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from paradero import __version__
from paradero.reports.content.wording import Wording
from paradero.web.interface.options import LEAST_LETTERS, MOST_LETTERS, Option
from paradero.web.interface.questions import QuestionModule

_PLACE = re.compile(r"\{([a-z_]+)(:path)?\}")
_REFERENCE = "#/components/schemas/{name}"
_CLOCKS = {"type": "string", "description": "A time or a day on the clock as recorded: 2025-03-15 17:42:00."}
_PAGE = {
    "limit": {"type": "integer"},
    "offset": {"type": "integer"},
    "next": {"type": ["string", "null"], "description": "The address of the next page; null on the last."},
}
_ERROR = {
    "type": "object",
    "properties": {"error": {"type": "string"}, "hint": {"type": "string"}},
    "required": ["error", "hint"],
    "additionalProperties": False,
}
_FAILED = {"400": "not_understood", "403": "not_answered", "404": "not_there", "409": "not_ready"}
_REFUSED = {"401": "no_token", "421": "other_host", "503": "too_many"}  # before a question is looked at
_PLAIN = {"text/plain": {"schema": {"type": "string"}}}


def description(modules: Sequence[QuestionModule], *, is_published: bool = False) -> dict[str, Any]:
    """The description of the questions that a site answers; of a private list in public as it leaves."""
    say = Wording("api", "en")
    schemas, components = msgspec.json.schema_components(
        [module.shape_published if is_published else module.shape for module in modules],
        ref_template=_REFERENCE,
    )
    known = {name: _as_printed(schema) for name, schema in components.items()}
    paths = {
        address_of(module): {"get": _operation(module, _whole(module, schema, known), say)}
        for module, schema in zip(modules, schemas, strict=True)
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": say.plain("described"),
            "version": __version__,
            "description": say.plain("lead_plain"),
        },
        "paths": paths,
        "components": {"schemas": {**known, "Error": _ERROR}},
    }


def address_of(module: QuestionModule) -> str:
    """The address as it is described: names in braces."""
    return _PLACE.sub(r"{\1}", module.path)


def names_in(module: QuestionModule) -> list[str]:
    """The names that stand in the address."""
    return [found[1] for found in _PLACE.finditer(module.path)]


def _operation(module: QuestionModule, schema: dict[str, Any], say: Wording) -> dict[str, Any]:
    text = {"type": "string", "minLength": LEAST_LETTERS, "maxLength": MOST_LETTERS}
    names = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": text,
            "description": say.plain(f"name_{name}"),
        }
        for name in names_in(module)
    ]
    failed = {"application/json": {"schema": {"$ref": _REFERENCE.format(name="Error")}}}
    return {
        "operationId": module.name,
        "summary": say.plain(f"ask_{module.name}"),
        "parameters": [*names, *(_parameter(option, say) for option in module.options)],
        "responses": {
            "200": {"description": say.plain("answer"), "content": {"application/json": {"schema": schema}}},
            **{code: {"description": say.plain(words), "content": failed} for code, words in _FAILED.items()},
            **{
                code: {"description": say.plain(words), "content": _PLAIN} for code, words in _REFUSED.items()
            },
        },
    }


def _parameter(option: Option, say: Wording) -> dict[str, Any]:
    schema: dict[str, Any]
    if option.kind == "whole":
        schema = {"type": "integer", "minimum": option.least, "maximum": option.most}
    elif option.kind == "choice":
        schema = {"type": "string", "enum": list(option.choices)}
    elif option.kind == "switch":
        schema = {"type": "boolean"}
    else:
        schema = {"type": "string", "minLength": LEAST_LETTERS, "maxLength": MOST_LETTERS}
    if option.default is not None:
        schema["default"] = option.default
    if option.many:
        schema = {"type": "array", "items": schema, "maxItems": 20}
    return {"name": option.name, "in": "query", "schema": schema, "description": say.plain(option.key)}


def _whole(module: QuestionModule, schema: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    """The schema of an answer, with what is said of its page; where its columns turn on the question, with
    those that may be there.
    """
    own = known[schema["$ref"].removeprefix(_REFERENCE.format(name=""))]
    if not module.paged:
        return schema
    return {**own, "properties": {**own["properties"], **_PAGE}, "required": [*own["required"], *_PAGE]}


def _as_printed(schema: Any) -> Any:
    """A schema of what is printed: decimals as numbers, times as recorded; nothing may stand in an object
    that is not declared. The group of a headcount is called by the column that it is of.
    """
    if isinstance(schema, list):
        return [_as_printed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("format") == "decimal":
        return {"type": "number"}
    if schema.get("format") in ("date-time", "date"):
        return dict(_CLOCKS)
    found = {name: _as_printed(part) for name, part in schema.items()}
    if found.get("type") == "object" and "properties" in found:
        if found.get("title") == "Headcount" and "group" in found["properties"]:
            group = found["properties"].pop("group")
            found["required"] = [name for name in found["required"] if name != "group"]
            found["additionalProperties"] = group
        else:
            found["additionalProperties"] = False
    return found
