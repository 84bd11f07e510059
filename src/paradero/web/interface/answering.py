"""How a question is answered: as the command line prints it as JSON, cut to the page asked for, which it
says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from paradero.model.answer import Answer, row_of
from paradero.model.json_text import json_pieces, json_text
from paradero.web.addresses import with_options
from paradero.web.interface.questions import Question, QuestionModule


def answered(module: QuestionModule, question: Question, path: str) -> bytes:
    """The answer as JSON; `path` is the address asked under, without options. What the question raises comes
    through.
    """
    found = dict(row_of(module.answer(question)))
    if module.paged:
        found = _paged(module, question, path, found)
    if module.is_of_lines:
        rows = found.pop("rows")
        return "".join(json_pieces(rows, found)).encode()
    return json_text(found).encode()


def _paged(module: QuestionModule, question: Question, path: str, whole: dict[str, Any]) -> dict[str, Any]:
    """The answer with `limit`, `offset` and the address of the `next` page before its rows: nobody takes a
    part of it for all.
    """
    first, end = question.offset, question.offset + question.limit
    if module.pages_itself:
        has_more = len(whole[module.paged[0]]) == question.limit and end < (whole.get("n_rows") or 0)
    else:
        has_more = any(len(whole[name]) > end for name in module.paged)
        whole = {name: value[first:end] if name in module.paged else value for name, value in whole.items()}
    told = {
        "limit": question.limit,
        "offset": first,
        "next": _next(module, question, path) if has_more else None,
    }
    found: dict[str, Any] = {}
    for name, value in whole.items():
        found |= told if name == module.paged[0] else {}
        found[name] = value
    return found


def _next(module: QuestionModule, question: Question, path: str) -> str:
    changed = {**question.options, "offset": question.offset + question.limit}
    defaults = {each.name: each.default for each in module.options}
    told: dict[str, str | list[str]] = {}
    for name, value in changed.items():
        if isinstance(value, tuple):
            told[name] = list(value)
        elif value is not None and value != defaults[name]:
            told[name] = str(value).lower() if isinstance(value, bool) else str(value)
    return with_options(path, told)


def stated(answer: Answer, digest: str, **more: Any) -> Mapping[str, Any]:
    """An answer behind its `scope`, its `digest` and `more`, as the command line prints it."""
    whole = row_of(answer)
    return {"scope": whole.get("scope", ""), "digest": whole.get("digest", digest), **more, **whole}
