"""The questions that are answered as JSON, a module each in a folder of `api/`: found by themselves.

`PATH` is the address, `OPTIONS` what it takes, `SHAPE` the declared shape of what `answer` gives, `PAGED` the
names of its lists that `limit` and `offset` cut (`PAGES_ITSELF = True` where the question does the cutting).
`LEAVES = True` marks what a public site of a private list may answer: nothing of it comes from records, or it
has passed disclosure control; there it has the shape `SHAPE_PUBLISHED`. Without the mark the question is not
answered there.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, TypeAlias

import msgspec

from paradero.model.answer import Answer
from paradero.web.interface.options import PAGING, Option, Value
from paradero.web.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as it is asked: of which state of the casefile, the names in its address, its options."""

    standing: Standing
    names: Mapping[str, str]
    options: Mapping[str, Value]

    def text(self, name: str) -> str | None:
        """An option that is a text or a choice."""
        value = self.options[name]
        return None if value is None else str(value)

    def number(self, name: str) -> int:
        """An option that is a whole number."""
        value = self.options[name]
        if not isinstance(value, int):
            raise TypeError(f"{name} is no number")
        return value

    def every(self, name: str) -> tuple[str, ...]:
        """An option that may be given more than once."""
        value = self.options[name]
        return value if isinstance(value, tuple) else ()

    def is_on(self, name: str) -> bool:
        """An option that is true or false."""
        return self.options[name] is True

    @property
    def limit(self) -> int:
        """How many rows are asked for."""
        return self.number("limit")

    @property
    def offset(self) -> int:
        """After how many."""
        return self.number("offset")


Answering: TypeAlias = Callable[[Question], Answer | Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionModule:
    """A kind of question."""

    name: str
    path: str
    options: tuple[Option, ...]
    shape: Any
    shape_published: Any  # in public of a private list
    paged: tuple[str, ...]
    pages_itself: bool
    leaves: bool
    is_of_lines: bool  # as long answers are printed: a line a row
    answer: Answering


@functools.cache
def question_modules() -> tuple[QuestionModule, ...]:
    """All questions, those with fixed addresses before those with names in them."""
    found = []
    package = files("paradero.web") / "api"
    for room in sorted(package.iterdir(), key=lambda each: each.name):
        if not room.is_dir() or room.name.startswith("_"):
            continue
        for path in sorted(room.iterdir(), key=lambda each: each.name):
            stem = path.name.removesuffix(".py")
            if path.name.endswith(".py") and not stem.startswith("_"):
                loaded = importlib.import_module(f"paradero.web.api.{room.name}.{stem}")
                found.append(_module(stem, loaded))
    return tuple(sorted(found, key=lambda each: ("{" in each.path, each.path)))


def _module(name: str, loaded: Any) -> QuestionModule:
    paged = tuple(getattr(loaded, "PAGED", ()))
    return QuestionModule(
        name=name,
        path=loaded.PATH,
        options=(*getattr(loaded, "OPTIONS", ()), *(PAGING if paged else ())),
        shape=loaded.SHAPE,
        shape_published=getattr(loaded, "SHAPE_PUBLISHED", loaded.SHAPE),
        paged=paged,
        pages_itself=getattr(loaded, "PAGES_ITSELF", False),
        leaves=getattr(loaded, "LEAVES", False),
        is_of_lines=getattr(loaded, "IS_OF_LINES", False),
        answer=loaded.answer,
    )


def listing_of(row: Any, name: str) -> Any:
    """The shape of a list: `scope`, `digest`, `n_rows`, `rows`."""
    fields = [("scope", str), ("digest", str), ("n_rows", int), ("rows", list[row])]
    return msgspec.defstruct(name, fields, kw_only=True)


def with_digest(kind: type[Answer], name: str, **more: Any) -> Any:
    """The shape of an answer before which its `scope` and `digest` stand, and `more` behind these."""
    there = {field.name: field for field in msgspec.structs.fields(kind)}
    own = [
        (field.name, field.type, _as_declared(field))
        for field in there.values()
        if field.name not in ("scope", "digest")
    ]
    heads = [("scope", str), ("digest", str), *more.items()]
    return msgspec.defstruct(name, [*heads, *own], kw_only=True)


def _as_declared(field: msgspec.structs.FieldInfo) -> Any:
    """The field under the name that JSON has; one that is not always there may be left out."""
    if field.default is msgspec.UNSET:
        return msgspec.field(name=field.encode_name, default=msgspec.UNSET)
    return msgspec.field(name=field.encode_name)
