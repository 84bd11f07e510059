"""The column lists of `SCHEMAS.md`, read from the file itself."""

import re
from dataclasses import dataclass

from .builders import SCHEMAS

_TYPE = re.compile(r"\s*(\*(date/time|num|bool)\*|\(redacted\))")


@dataclass(frozen=True)
class Listed:
    """One list of headers: under which heading, for which release, as printed in the file."""

    kind: str
    release: str
    headers: tuple[str, ...]


def release_lists() -> list[Listed]:
    """Section 2's lists per release."""
    lists, kind = [], ""
    lines = _section_two().splitlines()
    for number, line in enumerate(lines):
        if line.startswith("### "):
            kind = line[4:].strip().lower()
        found = re.match(r"\*\*(.+?)\*\* — (\d+) columns", line)
        if found:
            headers = [_TYPE.sub("", cell).strip() for cell in lines[number + 2].split(", ")]
            assert len(headers) == int(found.group(2)), found.group(0)
            lists.append(Listed(kind, found.group(1), tuple(headers)))
    return lists


def inventory_lists() -> list[Listed]:
    """The header sets of raw files in DDP's inventory; `sheet` and `...14` are R's additions and left out."""
    rows = re.findall(r"^\| (ice/\S+) \| (.+?) \| \d+ \| (.+?) \|$", _section_two(), re.MULTILINE)
    arts = re.findall(r"^- \*\*(ARTS.+?)\*\* \(\d+ rows\): (.+)$", _section_two(), re.MULTILINE)
    return [Listed(place, name, _headers(cells)) for place, name, cells in rows] + [
        Listed("ice_air", name, _headers(cells)) for name, cells in arts
    ]


def _headers(cells: str) -> tuple[str, ...]:
    return tuple(
        cell for cell in cells.split("; ") if cell != "sheet" and not re.fullmatch(r"\.\.\.\d+", cell)
    )


def concepts() -> str:
    """Section 1's table as text."""
    text = SCHEMAS.read_text(encoding="utf-8")
    return text[text.index("## 1. ") : text.index("## 2. ")]


def redactions() -> list[str]:
    """The redaction spellings that section 1 lists."""
    line = next(line for line in concepts().splitlines() if line.startswith("- Redaction spellings met:"))
    return re.findall(r"`(.+?)`", line)


def _section_two() -> str:
    text = SCHEMAS.read_text(encoding="utf-8")
    return text[text.index("## 2. ") : text.index("## 3. ")]
