"""PDF and DOCX say what the page says, sentence by sentence and cell by cell, as their own readers read them."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from pathlib import Path

import docx
import pypdfium2
import pytest
from attack.scale import sampled
from casefile.made import copied, said

from paradero.reports.docx.pages import docx_of
from paradero.reports.pdf.pages import pdf_of
from reports.made import html_for, name_of, page_for, records
from reports.read_pages import Element, read_page

pytestmark = pytest.mark.xdist_group("figures")

PAPERS = [("reference", "es"), ("person", "en"), ("facility", "es")]


def letters(text: str) -> str:
    """A text without blanks and hyphens, which a typesetter may break and add; PDFium reads a hyphen at the
    end of a line as a control character.
    """
    return re.sub(r"[\s\x02\u00ad\u2010-]+", "", text)


def said_on(page: Element) -> list[str]:
    """Every sentence, head and cell of a page, but for what stands in pictures."""
    (main,) = page.all("main")
    for contents in main.all("nav"):
        contents.children.clear()
    parts = main.all("h1", "h2", "h3", "p", "li", "th", "td", "caption")
    leaves = [one for one in parts if not any(inner in parts for inner in one.all())]
    return [found for one in leaves if (found := letters(one.text(without={"svg", "bar"})))]


@pytest.fixture(scope="module", params=sampled(PAPERS, PAPERS[1:]), ids="-".join)
def asked(request: pytest.FixtureRequest) -> tuple[str, str]:
    about, language = request.param
    return about, language


def test_a_pdf_says_what_the_page_says(
    asked: tuple[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp()
    content = pdf_of(page_for(*asked, folder))
    assert content == pdf_of(page_for(*asked, folder))
    for mark in (b"/StructTreeRoot", b"pdfaid", b"pdfuaid", b"/Lang"):
        assert mark in content
    document = pypdfium2.PdfDocument(content)
    words = letters(" ".join(sheet.get_textpage().get_text_bounded() for sheet in document))
    document.close()
    sentences = said_on(read_page(html_for(*asked, folder)))
    assert len(sentences) > 50
    # a foot of a sheet may stand in the middle of a sentence that runs on
    missing = [one for one in sentences if one not in words and one[:40] not in words]
    assert missing == []


def test_a_document_says_what_the_page_says(
    asked: tuple[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp()
    content = docx_of(page_for(*asked, folder))
    assert content == docx_of(page_for(*asked, folder))
    document = docx.Document(io.BytesIO(content))
    words = letters(
        "".join(node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t"))
    )
    missing = [one for one in said_on(read_page(html_for(*asked, folder))) if one not in words]
    assert missing == []
    assert document.core_properties.author == "paradero"


def test_links_of_a_document_lead_somewhere(tmp_path_factory: pytest.TempPathFactory) -> None:
    content = docx_of(page_for("person", "en", tmp_path_factory.getbasetemp()))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        body = parts.read("word/document.xml").decode("utf-8")
    anchors = set(re.findall(r'<w:hyperlink w:anchor="([^"]+)"', body))
    names = re.findall(r'<w:bookmarkStart w:id="\d+" w:name="([^"]+)"', body)
    assert anchors
    assert anchors <= set(names)
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("ending", "library"), [(".pdf", "typst"), (".docx", "docx")])
def test_what_paper_needs_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ending: str, library: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    case = copied(records(), tmp_path / "case")
    arguments = ["report", "--about", "person", name_of("person"), "-o", f"x{ending}"]
    heard = said(case.root, *arguments)
    assert (heard.code, "pip install 'paradero[print]'" in heard.err) == (1, True)
    assert not (case.root / f"x{ending}").exists()


def test_no_text_of_others_is_markup_on_paper(tmp_path: Path) -> None:
    """What Typst would obey, in a title: it is printed."""
    case = copied(records(), tmp_path / "case")
    evil = '#panic("x") \\" ] $ #include "/etc/passwd" <label> @ref'
    settings = case.root / "paradero.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('title = "Fabricated"', f"title = '{evil}'"), encoding="utf-8")
    path = tmp_path / "x.pdf"
    heard = said(case.root, "report", "--about", "person", name_of("person"), "-o", str(path))
    assert heard.code == 0, heard.err
    document = pypdfium2.PdfDocument(path)
    words = letters(" ".join(sheet.get_textpage().get_text_bounded() for sheet in document))
    document.close()
    assert letters(evil) in words
