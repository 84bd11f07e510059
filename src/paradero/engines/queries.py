"""Queries as they are written down: SQL in a file beside the module that asks, values of its rows, and names
of columns that may stand in SQL.

A long query has a file of its own. A file of several holds each under a head that names it and says what it
gives::

    -- stints: the stints of a person, in their order
    SELECT * FROM stint_spans WHERE person_no = $person ORDER BY place

What varies is bound as `$name`; no SQL is put together elsewhere.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable, Mapping
from importlib.resources.abc import Traversable
from typing import TypeVar

import msgspec

from paradero.model.errors import ParaderoError
from paradero.model.naming import unknown

T = TypeVar("T", bound=msgspec.Struct)

_HEAD = re.compile(r"^-- ([a-z][a-z0-9_]*): \S", re.MULTILINE)


class QueryError(ParaderoError):
    """A file of queries breaks its contract: the message names the file and the query."""


def query(room: Traversable, name: str) -> str:
    """The query `name` of a room: the file `name`.sql where the room is a folder, what stands under that head
    where it is a file. Raises QueryError where there is none.

    Rooms are named in full by the module that asks, as `files("paradero.…") / "….sql"`: what is kept of a
    result rests on the data that its modules name.
    """
    if room.is_dir():
        alone = room / f"{name}.sql"
        if not alone.is_file():
            raise QueryError(f"{room.name} has no query {name}.sql.")
        return alone.read_text(encoding="utf-8").strip().rstrip(";")
    found = _queries(room.read_text(encoding="utf-8"), room.name)
    if name not in found:
        raise QueryError(f"{room.name} has no query `{name}`. It has: {', '.join(found)}.")
    return found[name]


def counted(text: str) -> str:
    """The query that gives how many rows a query has, as `n`."""
    return f"SELECT count(*) AS n FROM (\n{text}\n)"


@functools.cache
def _queries(text: str, file: str) -> dict[str, str]:
    heads = list(_HEAD.finditer(text))
    names = [head.group(1) for head in heads]
    if not heads or heads[0].start() != 0 or len(set(names)) < len(names):
        raise QueryError(
            f"{file}: there is a query without a name of its own. Put `-- name: what it gives` above each."
        )
    ends = [*(head.start() for head in heads[1:]), len(text)]
    return {
        head.group(1): text[head.start() : end].strip().rstrip(";")
        for head, end in zip(heads, ends, strict=True)
    }


def identifier(name: str, allowed: Collection[str]) -> str:
    """The name of a table or column in quotation marks, to stand in SQL; raises UnknownName for one that is
    not among those `allowed`, which are declared or read from the table itself.
    """
    if name not in allowed:
        raise unknown("a declared name", name, allowed)
    return '"' + name.replace('"', '""') + '"'


def values_of(rows: Iterable[Mapping[str, object]], kind: type[T]) -> list[T]:
    """Rows of a query as values of one kind; columns that it does not declare are left out.

    A column that is missing, or holds what its declaration does not allow, is a mistake of ours: it raises
    msgspec.ValidationError.
    """
    return [msgspec.convert(row, kind) for row in rows]
