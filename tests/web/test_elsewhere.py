"""Pages elsewhere than on the site: a chart in a frame of somebody else's page, a page on paper."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
from casefile.made import new_reference
from docx import Document
from pypdfium2 import PdfDocument
from reports.made import name_of

from paradero.web.application import SiteSettings
from web.asked import Site, records


def parts_of(text: str) -> list[str]:
    return re.findall(r'<figure id="([^"]+)"', text)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_chart_stands_alone_with_its_source_its_label_and_a_link_back(language: str) -> None:
    site, facility = records(), name_of("facility")
    page = site.ask(f"/{language}/facility/{facility}").text
    parts = parts_of(page)
    assert parts
    for part in parts:
        found = site.ask(f"/embed/{language}/facility/{facility}/{part}")
        assert found.status_code == 200
        assert found.headers["content-type"].startswith("text/html")
        assert "frame-ancestors *" in found.headers["content-security-policy"]
        assert "x-frame-options" not in found.headers
        assert parts_of(found.text) == [part]
        assert '<figcaption class="src">' in found.text
        assert "FABRICAT" in found.text or "FABRICAD" in found.text
        assert f'href="/{language}/facility/{facility}"' in found.text
        assert "<form" not in found.text
        # the very picture of the page
        assert re.findall(r"<svg.*?</svg>", found.text, re.DOTALL)[0] in page


def test_a_part_of_a_page_can_be_named_by_its_section() -> None:
    site, facility = records(), name_of("facility")
    page = site.ask(f"/en/facility/{facility}").text
    with_table = [
        part
        for part, body in re.findall(
            r'<section aria-labelledby="([^"]+)".*?>(.*?)</section>', page, re.DOTALL
        )
        if "<table" in body and "<figure" not in body
    ]
    found = site.ask(f"/embed/en/facility/{facility}/{with_table[0]}")
    assert found.status_code == 200
    assert "<table" in found.text
    assert site.ask(f"/embed/en/facility/{facility}/none").status_code == 404
    assert site.ask("/embed/en/nothing/none").status_code == 404
    assert (
        site.ask("/en/facility/x", headers={"sec-fetch-dest": "iframe"}).headers["x-frame-options"] == "DENY"
    )


def test_the_code_to_paste_stands_under_charts_of_a_public_site(tmp_path: Path) -> None:
    case = new_reference(tmp_path / "case")
    assert "&lt;iframe" not in Site(case).ask("/en/event/leg-1").text
    with (case.root / "paradero.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[publishing]\nprofile = "public"\n')
    site = Site(case, replace(SiteSettings(), is_public=True))
    page = site.ask("/es/event/leg-1").text
    (address, *_) = re.findall(
        r"&lt;iframe src=&#34;https://ESTE-SITIO([^&]+)&#34;|iframe src=\"https://ESTE-SITIO([^\"]+)\"", page
    )
    assert site.ask(next(each for each in address if each)).status_code == 200


def test_a_page_on_paper_is_a_pdf_with_its_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    site, facility = records(), name_of("facility")
    assert f'href="/en/print/facility/{facility}"' in site.ask(f"/en/facility/{facility}").text
    found = site.ask(f"/en/print/facility/{facility}")
    assert found.status_code == 200
    assert found.headers["content-type"] == "application/pdf"
    assert found.content.startswith(b"%PDF-")
    assert found.content == site.ask(f"/en/print/facility/{facility}").content
    for path, status in (("nothing", 404), ("facility/none", 404), ("search", 404)):
        assert site.ask(f"/en/print/{path}").status_code == status
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    refused = Site(site.case).ask(f"/en/print/facility/{facility}")
    assert refused.status_code == 403
    assert "paradero[print]" in refused.text


def test_an_exhibit_is_filed_without_our_reading(tmp_path: Path) -> None:
    """PDF and DOCX lead on from the exhibit and from its verdict; what the page shows of our reading is in
    neither, and does not print.
    """
    site = Site(new_reference(tmp_path / "case"))
    verdict = "jgg-class/no-removal/airspace/oral@leg-1"
    exhibit = f"/exhibit?verdict={quote(verdict, safe='')}"
    page = site.ask(f"/en{exhibit}").text
    assert "Our reading, not part of any exhibit" in page
    assert '<section aria-labelledby="readings" class="unfiled">' in page
    for at in (page, site.ask(f"/en/verdicts/{verdict}").text):
        for way in ("print", "docx"):
            assert f'href="/en/{way}{exhibit}"' in at
    filed = site.ask(f"/en/print{exhibit}")
    assert (filed.status_code, filed.headers["content-type"]) == (200, "application/pdf")
    draft = site.ask(f"/es/docx{exhibit}")
    assert draft.headers["content-type"].endswith("wordprocessingml.document")
    texts = ["\n".join(one.get_textpage().get_text_range() for one in PdfDocument(filed.content))]
    texts.append("\n".join(one.text for one in Document(BytesIO(draft.content)).paragraphs))
    for text, shown, kept in zip(
        texts,
        ("Exhibit 1:", "Documento 1:"),
        ("Our reading, not", "Nuestra interpretación, que"),
        strict=True,
    ):
        assert shown in text
        assert kept not in text
    assert site.ask("/en/docx/search").status_code == 404
