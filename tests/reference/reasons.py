"""The kind of a release reason or case status, by the patterns of `reasons.csv` (data, shared with
the SQL).
"""

import csv
from pathlib import Path

PATTERNS_FILE = Path(__file__).parents[2] / "src" / "paradero" / "custody" / "reasons.csv"

with PATTERNS_FILE.open(encoding="utf-8", newline="") as opened:
    PATTERNS = [(line["pattern"], line["match"], line["kind"]) for line in csv.DictReader(opened)]


def reason_kind(text: str | None) -> str | None:
    """Give the kind of the first pattern that fits the lower-cased, trimmed text; `other` when none fits;
    null for no text.
    """
    if text is None:
        return None
    plain = text.lower().strip()
    for pattern, match, kind in PATTERNS:
        if fits(plain, pattern, match):
            return kind
    return "other"


def fits(text: str, pattern: str, match: str) -> bool:
    """Say whether the text fits a pattern in the way the file states."""
    if match == "exact":
        return text == pattern
    if match == "prefix":
        return text.startswith(pattern)
    if match == "contains":
        return pattern in text
    message = f"expected exact, prefix or contains as the match of {pattern!r}, found {match!r}"
    raise ValueError(message)
