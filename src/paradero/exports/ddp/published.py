"""What is published, as `published.toml` declares it: the tables as DDP reads them, and the files made of
them.
"""

from __future__ import annotations

import functools
from importlib.resources import files

import msgspec


class Reading(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table as DDP reads it, under the name that queries know it by. `dates` are the columns of times that
    are dates where no row has a value; `as_in` is the reading whose columns have the same types.
    """

    name: str
    table: str
    dates: tuple[str, ...]
    as_in: str | None = None


class PublishedFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A file by its name without ending, and the query that makes it of the tables `of`. `inner` are columns
    of the query that the file has not, `never` columns that are null whatever the casefile holds.
    """

    name: str
    title: str
    query: str
    of: tuple[str, ...]
    inner: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


class _Published(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    reading: tuple[Reading, ...]
    file: tuple[PublishedFile, ...]


def readings() -> tuple[Reading, ...]:
    """The tables as they are read, each after the one whose types it has."""
    return _published().reading


def published_files() -> tuple[PublishedFile, ...]:
    """The files in the order in which they are written."""
    return _published().file


@functools.cache
def _published() -> _Published:
    text = (files("paradero.exports.ddp") / "published.toml").read_bytes()
    return msgspec.toml.decode(text, type=_Published)
