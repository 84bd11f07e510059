"""What answers say of what they cannot judge, in the language of a page."""

from __future__ import annotations

import re

from paradero.reports.content.wording import words_of


def remark_in(remark: str, language: str) -> str:
    """A remark as a sentence; one that has no Spanish stands as it is."""
    said = remark
    if language == "es":
        words = words_of("remarks")
        for one in words["remark"]:
            if found := re.fullmatch(str(one["pattern"]), remark):
                caught = {
                    name: words["words"].get(text or "", text or "")
                    for name, text in found.groupdict().items()
                }
                said = str(one["es"]).format(**caught).strip()
                break
    return f"{said[:1].upper()}{said[1:]}"
