"""Values as TOML, for files that a command writes and a person reads."""

from __future__ import annotations

import json
from collections.abc import Mapping


def toml_value(value: object) -> str:
    """A text, number, list or table in one line; the escapes of JSON are a part of TOML's."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{name} = {toml_value(part)}" for name, part in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(toml_value(part) for part in value) + "]"
    return json.dumps(value, ensure_ascii=False)
