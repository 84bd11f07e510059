"""Every mention stands exactly where it says: in the text, in the bytes of the original, and for PDF within
its box.
"""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.labels import labelled
from documents.made import letters_at, pdf_of
from paradero.documents.mentions import Mention
from paradero.documents.pages.plain_text import decode
from paradero.documents.reading import read_document, read_page

SHA = "0" * 64
FIGURES = (
    "$4.76 million", "US$ 6 millones", "238 Venezuelans", "ocho mujeres", "March 15, 2025", "15 de marzo de 2025", "5:26 p.m. EDT", "17:26Z", "1:25-cv-00766", "N278GX",
    "GXA6143", "17,000 to 20,000", "75 percent", "más de 250 personas", "03/04/2025",
)  # fmt: skip
WORDS = (
    "told",
    "señaló",
    "the",
    "año",
    "— 「漢」",
    "😀",
    "(so)",
    "“quoted”",
    "I. 4",
    "&",
    "<b",
    "x>y",
    "\t",
    "A1",
)
PARTS = st.lists(st.sampled_from([*FIGURES, *WORDS]), min_size=1, max_size=14)
ENDS = st.sampled_from([" ", "\n", "\r\n", "\n\n", ". ", ", ", "; "])


def mentions_of(path: Path) -> tuple[Mention, ...]:
    return read_document(path, name=path.name, sha256=SHA).mentions


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("documents")


@settings(max_examples=60, deadline=None)
@given(parts=PARTS, end=ENDS, encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
def test_in_text_the_letters_lines_and_bytes_are_the_mention(
    folder: Path, parts: list[str], end: str, encoding: str
) -> None:
    raw = ("ñ “x” " + end.join(parts) + ".").encode(encoding, "replace")
    path = folder / "one.txt"
    path.write_bytes(raw)
    decoded = decode(raw, "one.txt")
    assert decoded.encoding == {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "cp1252": "windows-1252"}.get(
        encoding, encoding
    )
    lines = decoded.text.split("\n")
    for one in mentions_of(path):
        found, spot = one.found, one.spot
        assert decoded.text[found.start : found.end] == found.text
        assert (spot.source_start, spot.source_end) == (found.start, found.end)
        assert (
            raw[spot.byte_start : spot.byte_end].decode(
                decoded.encoding if encoding != "cp1252" else "cp1252"
            )
            == found.text
        )
        assert spot.line is not None and spot.column is not None  # noqa: PT018
        assert lines[spot.line - 1][spot.column - 1 :].startswith(found.text.split("\n")[0])


@settings(max_examples=60, deadline=None)
@given(
    parts=PARTS,
    tags=st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<b>", "</b>", "<br>", "<!-- $9 million -->", "<script>238 men</script>", " "]
        ),
        max_size=8,
    ),
)
def test_in_html_the_text_as_read_and_the_original_are_the_mention(
    folder: Path, parts: list[str], tags: list[str]
) -> None:
    pieces = [html.escape(part) for part in parts]
    for at, tag in enumerate(tags):
        pieces.insert((at * 3) % (len(pieces) + 1), tag)
    source = "<!DOCTYPE html><html><body>ñ&nbsp;" + " ".join(pieces) + "</body></html>"
    path = folder / "one.html"
    path.write_text(source, encoding="utf-8", newline="")
    text = read_page(path, 1, name="one.html").text
    assert "9 million" not in text
    for one in mentions_of(path):
        found, spot = one.found, one.spot
        assert text[found.start : found.end] == found.text
        written = source[spot.source_start : spot.source_end]
        assert source.encode()[spot.byte_start : spot.byte_end].decode() == written
        assert "".join(html.unescape(written).split())[:3] == "".join(found.text.split())[:3]
        assert "<" in written or "".join(html.unescape(written).split()) == "".join(found.text.split())


@settings(max_examples=40, deadline=None)
@given(
    lines=st.lists(st.lists(st.sampled_from(FIGURES), min_size=1, max_size=2), min_size=1, max_size=6),
    blank=st.booleans(),
)
def test_in_pdf_the_box_contains_the_letters(folder: Path, lines: list[list[str]], blank: bool) -> None:
    written = [f"§ {'; '.join(parts)}." for parts in lines]
    path = folder / "one.pdf"
    path.write_bytes(pdf_of([[], written] if blank else [written]))
    page = 2 if blank else 1
    text = read_page(path, page, name="one.pdf").text
    found = mentions_of(path)
    for line, parts in enumerate(lines):
        for part in parts:
            start = written[line].index(part)
            left, bottom, right, top = letters_at(line, start, start + len(part))
            assert any(
                box[0] <= left and box[1] <= bottom and right <= box[2] and top <= box[3]
                for one in found
                if part in one.found.text
                for box in one.spot.boxes
            ), part
    for one in found:
        assert one.page == page
        assert text[one.found.start : one.found.end] == one.found.text
        assert one.spot.boxes


def test_a_mention_over_the_end_of_a_line_has_a_box_for_each(tmp_path: Path) -> None:
    path = tmp_path / "one.pdf"
    path.write_bytes(pdf_of([["The flight carried 238", "Venezuelans."]]))
    (one,) = mentions_of(path)
    assert [len(one.spot.boxes), one.found.value.lo] == [2, 238]
    assert one.spot.boxes[0][1] > one.spot.boxes[1][3]


def test_paragraphs_read_the_same_in_all_three_formats(tmp_path: Path) -> None:
    paragraphs = [one.text for one in labelled() if len(one.text) < 86]
    (tmp_path / "a.txt").write_text("\n\n".join(paragraphs), encoding="utf-8")
    (tmp_path / "a.html").write_text(
        "<html><body>" + "".join(f"<p>{html.escape(one)}</p>\n" for one in paragraphs) + "</body></html>",
        encoding="utf-8",
    )
    (tmp_path / "a.pdf").write_bytes(pdf_of([[one] for one in paragraphs]))
    texts = [
        [one.found.text for one in mentions_of(tmp_path / f"a.{ending}")] for ending in ("txt", "html", "pdf")
    ]
    assert texts[0] == texts[1] == texts[2]
    assert len(texts[0]) > 5
