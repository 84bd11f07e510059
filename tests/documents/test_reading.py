"""What is taken for a document, how it is read, and what is refused: said in one sentence, nothing
half-stored.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from casefile.made import said, state

from documents.made import case_with, locked_pdf, mentions, pdf_of, raised_pdf
from paradero.building.documents import document_named, documents_folder, documents_of, mentions_of
from paradero.casefile.folder import Casefile
from paradero.casefile.seals import seal
from paradero.disk import guarding, pdf_files
from paradero.documents import reading
from paradero.documents.finding import find_mentions
from paradero.documents.pages import pdf_letters
from paradero.documents.pages.markup import read_markup
from paradero.documents.pages.pdf_pages import pdf_pages
from paradero.documents.pages.plain_text import decode
from paradero.documents.reading import read_document
from paradero.model.errors import CasefileError, SourceError

LETTER = "The price was $4.76 million.\n"


@pytest.mark.parametrize(
    ("name", "content", "format_"),
    [
        ("letter.txt", LETTER.encode(), "text"), ("letter", LETTER.encode("utf-16"), "text"), ("page.htm", b"\n<!-- x --><HTML><p>$4.76 million", "html"),
        ("page.txt", b"<!doctype html><p>$4.76 million", "html"), ("note.csv.txt", b"One, two, three.\nThen four.\nAnd $4.76 million, at last, no table.", "text"),
        ("brackets.txt", b"[1] $4.76 million", "text"), ("order.bin", pdf_of([["$4.76 million"]]), "pdf"), ("page.xhtml", b'<?xml version="1.0"?>\n<html>$4.76 million', "html"),
    ],
)  # fmt: skip
def test_documents_are_told_by_content(tmp_path: Path, name: str, content: bytes, format_: str) -> None:
    (tmp_path / name).write_bytes(content)
    case = case_with(tmp_path, tmp_path / name)
    (row,) = said(case, "documents", "list", "--json").json["rows"]
    assert (row["format"], row["mentions"], row["file_name"]) == (format_, 1, name)
    assert [one["text"] for one in mentions(case)] == ["$4.76 million"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("locked.pdf", locked_pdf(), "locked by a password"), ("damaged.pdf", b"%PDF-1.4\nnothing", "damaged"), ("cut.pdf", pdf_of([[LETTER]])[:200], "damaged"),
        ("empty.txt", b"", "the file is empty"), ("binary.txt", b"\0\1\2\3", "binary content"), ("list.json", b'[{"a": 1}]', "JSON"), ("feed.xml", b"<?xml version='1.0'?><a/>", "XML"),
        ("letter.docx", b"PK\x03\x04rest", "workbook"), ("wrong.txt", b"\xff\xfe\x00\xd8", "is not utf-16-le, as its byte order mark says"),
        ("table.txt", b"a|b|c\n1|2|3\n4|5|6\n", "--as document"), ("table.csv", b"when,what\n1,2\n", "--as document"), ("page.csv", b"<html>404</html>", "a web page"),
        ("arrests.txt", b"Apprehended On;Apprehension State;Gender;Birth Year;Citizenship Country;Departed\n1;2;3;4;5;6", "no table of a known kind"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_and_leaves_nothing(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    assert said(tmp_path, "new", "case").code == 0
    case = tmp_path / "case"
    (tmp_path / name).write_bytes(content)
    before = state(Casefile(case))
    heard = said(case, "add", f"../{name}")
    assert (heard.code, heard.err.count("\n")) == (1, 1)
    assert words in heard.err
    assert state(Casefile(case)) == before


def test_a_table_can_be_declared_a_document_and_a_document_has_no_release(tmp_path: Path) -> None:
    assert said(tmp_path, "new", "case").code == 0
    (tmp_path / "table.csv").write_text("when|what|how\n15 March 2025|238 men|x\n", encoding="utf-8")
    assert said(tmp_path / "case", "add", "../table.csv", "--as", "document").code == 0
    assert [one["text"] for one in mentions(tmp_path / "case")] == ["15 March 2025", "238 men"]
    assert (
        "Run again without `--release`"
        in said(tmp_path / "case", "add", "../table.csv", "--as", "document", "--release", "R").err
    )


def test_pages_without_text_are_counted_and_told(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(pdf_of([["238 men"], [], []]))
    assert said(tmp_path, "new", "case").code == 0
    heard = said(tmp_path / "case", "add", "../scan.pdf")
    assert "2 of 3 pages have no text and no picture over most of them (2, 3)" in heard.out
    assert (
        said(tmp_path / "case", "documents", "list", "--lang", "es").out.count(
            "2 de 3 páginas no tienen texto ni una imagen"
        )
        == 1
    )


def test_adding_again_changes_nothing_and_status_lists_it(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    case = case_with(tmp_path, tmp_path / "letter.txt")
    before = state(Casefile(case))
    assert "nothing changed" in said(case, "add", "../letter.txt").out
    assert state(Casefile(case)) == before
    assert said(case, "status", "--json").json["documents"][0]["mentions"] == 1
    assert said(case, "add", "../letter.txt", "--origin", "the court").code == 0
    assert said(case, "documents", "list", "--json").json["rows"][0]["origin"] == "the court"


def test_without_the_extra_a_pdf_is_refused_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert said(tmp_path, "new", "case").code == 0
    (tmp_path / "a.pdf").write_bytes(pdf_of([["238 men"]]))
    heard = said(tmp_path / "case", "add", "../a.pdf")
    assert heard.code == 1
    assert "pip install 'paradero[docs]'" in heard.err


def test_of_two_documents_of_one_name_one_is_chosen_by_its_id(tmp_path: Path) -> None:
    for folder, text in (("one", LETTER), ("two", LETTER * 2)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "letter.txt").write_text(text, encoding="utf-8")
    case = Casefile(case_with(tmp_path, tmp_path / "one" / "letter.txt", tmp_path / "two" / "letter.txt"))
    ids = [each.document for each in documents_of(case)]
    with pytest.raises(CasefileError, match=r"2 documents are named letter\.txt\. Choose one of: \w+, \w+\."):
        document_named(case, "letter.txt")
    assert [document_named(case, each).document for each in ids] == ids


def test_mentions_that_are_not_those_of_the_report_are_not_shown(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    case = Casefile(case_with(tmp_path, tmp_path / "letter.txt"))
    (one,) = documents_of(case)
    assert [each["text"] for each in mentions_of(case, one)] == ["$4.76 million"]
    kept = documents_folder(case, one) / "mentions.parquet"
    pq.write_table(pq.read_table(kept).slice(0, 0), kept)
    seal(kept.parent)  # by somebody who knows how a folder is sealed
    with pytest.raises(CasefileError, match="not the mentions as they were found"):
        mentions_of(case, one)


def test_the_encoding_that_was_assumed_is_told(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes("4,76 millones de dólares \x81".encode("cp1252", "ignore") + b"\x81")
    case = case_with(tmp_path, tmp_path / "old.txt")
    (row,) = said(case, "documents", "list", "--json").json["rows"]
    assert (row["encoding"], row["undecodable"], row["mentions"]) == ("windows-1252", 1, 1)
    assert "assumed: byte" in row["encoding_from"]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>238\n  <b>men</b></p><p>next", "238 men\n\nnext"), ("<td>238</td><td>men</td>", "238\tmen\t"), ("a<br>b", "a\nb"), ("<pre>a\n  b</pre>", "a\n  b\n\n"),
        ("&#36;4&nbsp;m &amp; &pound;5 &bogus; AT&T", "$4\u00a0m & £5 &bogus; AT&T"), ("<title>x</title><style>y</style>z<!-- w -->", "z"),
        ("<script>if (a < b) document.write('<p>238 men</p>')</script>z", "z"), ("5 < 6 > 4", "5 < 6 > 4"), ("<a title='x>y' href=z>k</a>", "k"), ("x <b", "x "),
        ("238<sup>4</sup> <sup>a</sup>5", "238⁴ a5"), ("1<sup>&#50;</sup></sup>3", "1²3"), ("x<template>y<p>z&amp;</template>w", "xw"), ("<p title=it's>x</p> y's", "x\n\ny's"),
    ],
)  # fmt: skip
def test_html_is_read_by_the_stated_rule(markup: str, text: str) -> None:
    assert read_markup(decode(markup.encode(), "x")).text == text


def read_pdf(path: Path, content: bytes) -> list[str]:
    path.write_bytes(content)
    with pdf_pages(path, "a.pdf") as (n_pages, pages):
        texts = [page.text for page in pages]
    assert len(texts) == n_pages
    return texts


def test_a_pdf_is_read_page_by_page_within_its_bounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = pdf_of([["238 men"], []])
    assert read_pdf(tmp_path / "a.pdf", two) == ["238 men", ""]
    with pytest.raises(SourceError, match=r"a\.pdf: the PDF is locked by a password"):
        read_pdf(tmp_path / "a.pdf", locked_pdf())
    with pytest.raises(SourceError, match=r"a\.pdf: the PDF is damaged"):
        read_pdf(tmp_path / "a.pdf", b"%PDF-1.4\nnothing")
    with pytest.raises(SourceError, match=r"a\.pdf: the PDF is damaged"):
        read_pdf(tmp_path / "a.pdf", pdf_of([]))
    monkeypatch.setattr(pdf_files, "MOST_LETTERS", 5)
    with pytest.raises(SourceError, match=r"a\.pdf, page 1: 7 letters; at most 5 on a page are read"):
        read_pdf(tmp_path / "a.pdf", two)
    monkeypatch.setattr(pdf_files, "MOST_PAGES", 1)
    with pytest.raises(SourceError, match=r"a\.pdf: 2 pages; at most 1 are read"):
        read_pdf(tmp_path / "a.pdf", two)


def test_letters_of_a_pdf_and_their_boxes() -> None:
    assert [pdf_files.letter_of(code) for code in (2, 0x41, 0, 0xD800, 0x110000)] == [
        "-",
        "A",
        *["\ufffd"] * 3,
    ]
    assert list(pdf_letters.boxes_of([])) == []
    line = [(0.0, 0.0, 5.0, 10.0), (5.0, 1.0, 9.0, 11.0), (0.0, 20.0, 5.0, 30.0)]
    assert list(pdf_letters.boxes_of(line)) == [(0.0, 0.0, 9.0, 11.0), (0.0, 20.0, 5.0, 30.0)]


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ([("238", 12, 0), ("4", 7, 5), (" people", 12, 0)], "238⁴ people"),
        ([("12", 7, 5), ("1,238", 12, 0)], "¹²1,238"),
        ([("238", 12, 0), ("4", 12, 0), (" people", 12, 0)], "2384 people"),
        ([("238", 12, 0), ("4", 7, 0)], "2384"),  # small, and not raised
    ],
)
def test_a_raised_figure_of_a_pdf_is_told_from_those_beside_it(
    tmp_path: Path, parts: list[tuple[str, int, int]], text: str
) -> None:
    assert read_pdf(tmp_path / "a.pdf", raised_pdf(parts)) == [text]


def test_a_page_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarding, "_START_SECONDS", 0.01)
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as stream, os.fdopen(writing, "wb"):  # noqa: SIM117 - the writer stays open
        with pytest.raises(SourceError, match=r"a\.pdf: page 1 takes more than 0.01 seconds to read"):
            guarding._heard(stream, "a.pdf", 10, None)


def test_a_page_that_is_not_there_and_more_mentions_than_a_document_may_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("238 men and 23 women", encoding="utf-8")
    assert reading.read_page(path, 1, name="a").text == "238 men and 23 women"
    with pytest.raises(SourceError, match=r"a: there is no page 2\. Its pages are 1 to 1\."):
        reading.read_page(path, 2, name="a")
    monkeypatch.setattr(reading, "MOST_MENTIONS", 1)
    with pytest.raises(SourceError, match=r"a: more than 1 mentions by page 1"):
        read_document(path, name="a", sha256="0" * 64)


def test_a_nul_among_letters_is_damage() -> None:
    with pytest.raises(SourceError, match=r"a NUL stands at letter 3, so the file is damaged there"):
        decode(b"abc\0def", "x")


def test_a_mention_does_not_cross_a_cell_or_a_paragraph(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><td>238</td><td>men</td><p>23</p><p>women</p>8 <i>women</i>", encoding="utf-8")
    assert [one.found.text for one in read_document(path, name="a", sha256="0" * 64).mentions] == ["8 women"]


def test_files_beyond_the_bounds_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(LETTER * 40, encoding="utf-8")
    assert said(tmp_path, "new", "case").code == 0
    monkeypatch.setitem(reading.MOST_BYTES, "text", 100)
    assert "Split the file" in said(tmp_path / "case", "add", "../a.txt").err


DOUBTED = "It paid $4.O6 million on the 31 February 2025.\nThe sum was $1,2-\n34. It met on Tuesday, October 16, 2016.\nUp 10⁴ men.\n"


def test_figures_that_are_not_read_are_counted_by_page_and_reason_without_a_word_of_them(
    tmp_path: Path,
) -> None:
    (tmp_path / "letter.txt").write_text(DOUBTED + "And 10 women.", encoding="utf-8")
    case = case_with(tmp_path, tmp_path / "letter.txt")
    (one,) = said(case, "documents", "list", "--json").json["rows"]
    reasons = ["letters", "no_such_day", "raised", "torn", "weekday"]
    assert one["doubted"] == [{"page": 1, "why": why, "n": 1} for why in reasons]
    heard = said(case, "documents", "mentions", "--json").json
    assert [each["text"] for each in heard["rows"]] == ["10 women"]
    assert [each["why"] for each in heard["doubted"]] == reasons
    assert set(heard["doubted"][0]) == {"page", "why", "n", "document", "file_name"}
    for lang, line in (("en", "figures not read because letters stand among their digits: 1 (pages: 1)"), ("es", "cifras no leídas porque hay letras entre sus dígitos: 1 (páginas: 1)")):  # fmt: skip
        for command in ("list", "mentions"):
            heard_text = said(case, "documents", command, "--lang", lang).out
            assert line in heard_text
            assert "4.O6" not in heard_text
    assert said(case, "documents", "mentions", "--page", "2", "--json").json["doubted"] == []


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("octubre 16 del 2016", "2016-10-16"), ("16 de octubre del año 2016", "2016-10-16"), ("16/oct/2016", "2016-10-16"),
        ("Oct. 16th, 2016", "2016-10-16"), ("the 16th of October, 2016", "2016-10-16"), ("2016 October 16", "2016-10-16"),
        ("16-X-2016", "2016-10-16"), ("16/III/2016", "2016-03-16"), ("1.XII.2016", "2016-12-01"), ("octubre 16, 2016", "2016-10-16"),
        ("domingo 16 de octubre de 2016", "2016-10-16"), ("martes 16 de octubre de 2016", None), ("martes, 16-X-2016", None),
        ("16 October 2016 (Sunday)", "2016-10-16"), ("16 October 2016 (Monday)", None), ("Friday the 16th of October, 2016", None),
        ("Sunday, Oct. 16, 2016", "2016-10-16"), ("03/04/2016", "[2016-03-04, 2016-04-03]"), ("31-II-2016", None), ("16-X-20167", None),
        ("chapter 16-X-2", None), ("Part 2016 May 40", None), ("16-x-2016", None), ("XVI-X-2016", None),
    ],
)  # fmt: skip
def test_dates_of_every_usual_form(text: str, moment: str | None) -> None:
    found = [
        one.value.moment for one in find_mentions(f"Visto el {text}, se resuelve").found if one.kind == "date"
    ]
    assert found == ([moment] if moment else [])
