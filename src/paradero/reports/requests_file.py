"""Requests as a file, in the format that its ending names."""

from __future__ import annotations

import json
from pathlib import Path

from paradero.answers.verdicts.asking.request_values import Wanting
from paradero.casefile.folder import Casefile
from paradero.casefile.outside import check_outside
from paradero.disk.whole_files import write_whole
from paradero.figures.answered import Asked
from paradero.model.errors import UnknownName
from paradero.model.safe_text import shown
from paradero.reports.docx.pages import docx_of
from paradero.reports.html.pages import html_of
from paradero.reports.leaving import labelled
from paradero.reports.pages.material import Material
from paradero.reports.pages.requests_page import requests_page
from paradero.reports.text.requests_text import requests_text

_ENDINGS = (".txt", ".html", ".docx", ".json")


def write_requests(path: Path, case: Casefile, wanting: Wanting, *, language: str) -> None:
    """Write requests as the ending of the name says: .txt and .html as they are read, .docx as they are
    edited and sent, .json as programs read them. Raises UnknownName for another ending.
    """
    ending = ending_of(path)
    check_outside(path)
    scope = case.settings().scope
    if ending == ".txt":
        content = shown(requests_text(wanting, language) + f"\n\nScope: {scope}\n").encode()
    elif ending == ".json":
        rows = [each.as_json() for each in wanting.requests]
        found = {
            "scope": scope,
            "n_rows": len(rows),
            "to_read": [each.as_json() for each in wanting.lookups],
            "rows": rows,
        }
        content = (json.dumps(found, ensure_ascii=False, indent=1, default=str) + "\n").encode()
    else:
        page = labelled(case, requests_page(Material(Asked(case), language), wanting), None)
        content = docx_of(page) if ending == ".docx" else html_of(page).encode()
    write_whole(path, content)


def ending_of(path: Path) -> str:
    """The ending that says how requests are written; raises UnknownName for one that is none."""
    ending = path.suffix.lower()
    if ending not in _ENDINGS:
        raise UnknownName(
            f"{path.name}: requests are not written in such a format. Name a file that ends in"
            f" {', '.join(_ENDINGS[:-1])} or {_ENDINGS[-1]}."
        )
    return ending
