"""Requests as files: text and pages as they are read, a draft to edit and send, rows for programs."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from casefile.made import new_reference

from paradero.answers.verdicts.asking.request_values import LookUp, Request, Wanting
from paradero.casefile.folder import Casefile
from paradero.model.errors import UnknownName
from paradero.reports.requests_file import write_requests


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    return new_reference(tmp_path_factory.mktemp("requests") / "case")


def test_requests_are_written_as_they_are_sent_or_as_programs_read_them(
    reference: Casefile, tmp_path: Path
) -> None:
    one = Request(
        rank=1,
        facts=("departure",),
        what="a time",
        record="log",
        field="hour",
        ask="foia",
        form="foia",
        also=("production",),
        cited="5 U.S.C. 552",
        answered="20 working days",
        period_from="2025-03-15",
        period_until="2025-03-15",
        about=("e",),
        asked_by=("o",),
        settles=2,
        helps=0,
        milder=0,
        n_events=3,
        exemption=None,
        draft="Please state it.\nBy Friday.",
    )
    found = LookUp(what="an hour", record="docket of X", field="entry", helps=1, asked_by=("o",))
    wanting = Wanting(requests=[one], lookups=[found])
    scope = reference.settings().scope
    for ending in ("txt", "json", "html", "docx"):
        write_requests(tmp_path / f"r.{ending}", reference, wanting, language="en")
    text = (tmp_path / "r.txt").read_text(encoding="utf-8")
    assert "Please state it.\nBy Friday." in text
    assert "An hour. Where: docket of X" in text
    assert text.endswith(f"Scope: {scope}\n")
    read = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert (read["scope"], read["n_rows"], read["rows"][0]["draft"]) == (scope, 1, one.draft)
    assert read["to_read"][0]["record"] == "docket of X"
    assert "Annex A, the list of the events: `paradero audit --only o" in text
    html = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert html.index("Please state it.") < html.index("By Friday.")
    with zipfile.ZipFile(tmp_path / "r.docx") as book:
        assert "By Friday." in book.read("word/document.xml").decode()
    with pytest.raises(UnknownName, match="not written in such a format"):
        write_requests(tmp_path / "r.md", reference, wanting, language="en")
