"""Requests as text, each ready to be sent."""

from __future__ import annotations

from typing import Any

from paradero.reports.words import Words


def requests_text(requests: list[dict[str, Any]], language: str) -> str:
    """Every request with its counts and its draft."""
    words = Words(language)
    parts = []
    for each in requests:
        lines = [
            words("request_title", rank=each["rank"], what=each["what"]),
            words("request_counts", settles=f"{each['settles']:,}", helps=f"{each['helps']:,}"),
            "",
            each["draft"],
        ]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)
