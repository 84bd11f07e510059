"""Requests as text, each ready to be sent."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from paradero.answers.verdicts.requests import Request
from paradero.answers.words import Words
from paradero.casefile.outside import check_outside
from paradero.disk.whole_files import write_whole
from paradero.model.errors import UnknownName
from paradero.model.safe_text import shown


def requests_text(requests: Sequence[Request], language: str) -> str:
    """Every request with its counts and its draft."""
    words = Words(language)
    parts = []
    for each in requests:
        lines = [
            words("request_title", rank=each.rank, what=each.what),
            words("request_counts", settles=f"{each.settles:,}", helps=f"{each.helps:,}"),
            "",
            each.draft,
        ]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def write_requests(path: Path, requests: Sequence[Request], *, language: str, scope: str) -> None:
    """Write requests as the ending of the name says: .txt as they are sent, .json as programs read them.
    Raises UnknownName for another ending.
    """
    check_outside(path)
    if ending_of(path) == ".txt":
        content = shown(requests_text(requests, language) + f"\n\nScope: {scope}\n")
    else:
        content = (
            json.dumps(
                {"scope": scope, "n_rows": len(requests), "rows": [each.as_json() for each in requests]},
                ensure_ascii=False,
                indent=1,
                default=str,
            )
            + "\n"
        )
    write_whole(path, content.encode())


def ending_of(path: Path) -> str:
    """The ending that says how requests are written; raises UnknownName for another than .txt and .json."""
    ending = path.suffix.lower()
    if ending not in (".txt", ".json"):
        raise UnknownName(
            f"{path.name}: requests are written as text or JSON. Name a file that ends in .txt or .json."
        )
    return ending
