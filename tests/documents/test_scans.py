"""Pages that are pictures: told, read where there is a tesseract, and never confirmed unseen. The tesseract of
these tests is a script that says what it is told to.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from casefile.made import said

from documents.made import HEIGHT, WIDTH, case_with, confirmed, mentions, pdf_of
from documents.test_confirming import NEW
from paradero.disk.pdf_files import STAMP_LETTERS
from paradero.documents.pages.tesseract import Recogniser, read_words, words_of
from paradero.documents.reading import read_document

PIXELS = 300 / 72  # of a picture, to a point
STAMP = "Case 1:25-cv-00766 Document 31 Page 2 of 9"


def word(text: str, *, line: int = 1, block: int = 1, left: int = 300, confidence: float = 96) -> str:
    """A line of tesseract's table: a word 100 pixels wide and 50 high, 600 pixels below the page's top."""
    return f"5\t1\t{block}\t1\t{line}\t1\t{left}\t600\t100\t50\t{confidence}\t{text}"


GRANT = (word("The", confidence=99), word("$4.76", left=450, confidence=91.5), word("million", left=600, confidence=63))  # fmt: skip


def tesseract(folder: Path, *rows: str, version: str = "5.3.0", languages: str = "eng\nosd\nspa", code: int = 0) -> str:  # fmt: skip
    """A folder for the path with a tesseract that reads these words from any picture."""
    folder.mkdir(exist_ok=True)
    (folder / "table").write_text(
        "level\tpage_num\n1\t1\t0\t0\t0\t0\t0\t0\t9\t9\t-1\t\n" + "\n".join(rows) + "\n"
    )
    program = folder / "tesseract"
    program.write_text(
        "#!/bin/sh\ncase $1 in\n"
        f"--version) echo 'tesseract {version}' >&2;;\n"
        f"--list-langs) printf 'List of available languages (3):\\n{languages}\\n';;\n"
        f'*) read -r kind; [ "$kind" = P5 ] || exit 3; while read -r line; do echo "$line"; done < \'{folder}/table\''
        f"; exit {code};;\nesac\n"
    )
    program.chmod(0o755)
    return str(folder)


def scan(folder: Path, *, stamp: str = "", rotate: int = 0) -> Path:
    (folder / "scan.pdf").write_bytes(
        pdf_of([["238 men"], [stamp] if stamp else []], pictures=[2], rotate=rotate)
    )
    return folder / "scan.pdf"


def test_without_a_tesseract_a_picture_is_told_and_its_figures_are_not_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    case = case_with(tmp_path, scan(tmp_path))
    heard = said(case, "documents", "list")
    assert "scan.pdf: 1 of 2 pages are pictures that were not read (2)" in heard.out
    (row,) = said(case, "documents", "list", "--json").json["rows"]
    assert (row["pages_scanned"], row["pages_recognised"], row["recogniser"]) == ([2], [], None)
    assert [one["text"] for one in mentions(case)] == ["238 men"]


def test_a_picture_is_read_with_its_boxes_and_how_sure_the_program_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", tesseract(tmp_path / "bin", *GRANT))
    case = case_with(tmp_path, scan(tmp_path))
    (row,) = said(case, "documents", "list", "--json").json["rows"]
    assert (row["pages_scanned"], row["pages_recognised"], row["recogniser"]) == (
        [2],
        [2],
        "tesseract 5.3.0 eng+spa",
    )
    own, read = mentions(case)
    assert (own["text"], own["confidence"]) == ("238 men", None)
    assert (read["text"], read["page"], read["confidence"], read["lo"]) == ("$4.76 million", 2, 63, 4_760_000)
    ((left, bottom, right, top),) = read["boxes"]  # type: ignore[misc]
    there = (450 / PIXELS, HEIGHT - 650 / PIXELS, 700 / PIXELS, HEIGHT - 600 / PIXELS)
    assert (left, bottom, right, top) == pytest.approx(there, abs=0.3)
    assert (
        "1 of 2 pages are pictures, read by tesseract 5.3.0 eng+spa (2)"
        in said(case, "documents", "list").out
    )
    assert "63 of 100" in said(case, "documents", "show", str(read["mention"])).out
    assert "63 de 100" in said(case, "documents", "show", str(read["mention"]), "--lang", "es").out
    assert "from a picture" in said(case, "documents", "mentions").out


@pytest.mark.parametrize(
    ("rotate", "box"),
    [
        (90, (600 / PIXELS, 450 / PIXELS, 650 / PIXELS, 700 / PIXELS)),
        (180, (WIDTH - 700 / PIXELS, 600 / PIXELS, WIDTH - 450 / PIXELS, 650 / PIXELS)),
    ],
)
def test_boxes_of_a_turned_page_are_those_before_it_is_turned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rotate: int, box: tuple[float, ...]
) -> None:
    monkeypatch.setenv("PATH", tesseract(tmp_path / "bin", *GRANT))
    read = read_document(scan(tmp_path, rotate=rotate), name="scan.pdf", sha256="0" * 64)
    assert read.mentions[-1].spot.boxes[0] == pytest.approx(box, abs=0.3)


def test_what_was_recognised_is_confirmed_only_by_who_compared_it_and_verified_where_it_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", tesseract(tmp_path / "bin", *GRANT))
    case = case_with(tmp_path, scan(tmp_path))
    mention = str(mentions(case)[1]["mention"])
    refused = confirmed(case, mention, *NEW)
    assert refused.code == 1
    assert "page 2 is a picture: “$4.76 million” was read from it by tesseract 5.3.0 eng+spa" in refused.err
    assert confirmed(case, mention, *NEW, "--compared").code == 0
    whole = said(case, "verify")
    assert (whole.code, "1 claims stand where they were confirmed" in whole.out) == (0, True), whole.err
    for path in (
        str(tmp_path / "nothing"),
        tesseract(tmp_path / "later", word("illegible"), version="5.5.1"),
    ):
        monkeypatch.setenv("PATH", path)
        elsewhere = said(case, "verify")
        assert elsewhere.code == 0, elsewhere.err
        assert "0 claims stand where they were confirmed" in elsewhere.out
        assert "1 of pictures could not be looked up" in elsewhere.out
        assert "1 pages that are pictures were not read again by the program that read them" in elsewhere.out
    monkeypatch.setenv("PATH", tesseract(tmp_path / "same", word("illegible")))
    assert said(case, "verify").code != 0  # the same program must read the same letters


def test_a_stamp_over_a_picture_stays_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = scan(tmp_path, stamp=STAMP)
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    before = read_document(path, name="scan.pdf", sha256="0" * 64)
    monkeypatch.setenv("PATH", tesseract(tmp_path / "bin", *GRANT))
    after = read_document(path, name="scan.pdf", sha256="0" * 64)
    assert before.reading.pages_scanned == after.reading.pages_scanned == (2,)
    assert after.mentions[:-1] == before.mentions
    assert [each.spot.confidence for each in after.mentions] == [*[None] * len(before.mentions), 63]


@pytest.mark.parametrize(
    ("lines", "covering", "scanned"),
    [
        ([], 1, True),
        ([], 0.61, True),
        ([], 0.59, False),
        (["x" * 60] * 5, 1, False),
        (["x" * 60] * 3, 1, True),
    ],
)
def test_a_page_is_a_picture_where_an_image_covers_most_of_it_and_its_text_is_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: list[str], covering: float, scanned: bool
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert 3 * 60 < STAMP_LETTERS < 5 * 60
    (tmp_path / "a.pdf").write_bytes(pdf_of([lines], pictures=[1], covering=covering))
    read = read_document(tmp_path / "a.pdf", name="a.pdf", sha256="0" * 64)
    assert read.reading.pages_scanned == ((1,) if scanned else ())


@pytest.mark.parametrize("how", [{"languages": "deu"}, {"code": 1}, {"version": ""}])
def test_a_tesseract_that_fails_or_knows_neither_language_leaves_the_page_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: dict[str, str | int]
) -> None:
    monkeypatch.setenv("PATH", tesseract(tmp_path / "bin", *GRANT, **how))  # type: ignore[arg-type]
    read = read_document(scan(tmp_path), name="scan.pdf", sha256="0" * 64)
    assert (read.reading.pages_scanned, read.reading.pages_recognised, len(read.mentions)) == ((2,), (), 1)


def test_a_mention_does_not_cross_from_one_paragraph_of_a_picture_to_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = (
        word("238"),
        word("men", block=2),
        word("23", block=3),
        word("women", block=3, line=2, confidence=40),
    )
    monkeypatch.setenv("PATH", tesseract(tmp_path / "bin", *rows))
    read = read_document(scan(tmp_path), name="scan.pdf", sha256="0" * 64)
    last = read.mentions[-1]
    assert [each.found.text for each in read.mentions] == ["238 men", "23\nwomen"]
    assert (last.spot.confidence, len(last.spot.boxes)) == (40, 2)


@pytest.mark.parametrize(
    "figure", ["l00 men", "1.OOO men", "$4.O6 million", "2O5 women", "$l,200", "S4.76 million"]
)
def test_figures_with_letters_in_them_are_read_as_no_other_figure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figure: str
) -> None:
    monkeypatch.setenv("PATH", tesseract(tmp_path / "bin", *map(word, figure.split())))
    read = read_document(scan(tmp_path), name="scan.pdf", sha256="0" * 64)
    assert [each.found.text for each in read.mentions] == ["238 men"]


def test_lines_that_are_no_words_are_left_out() -> None:
    assert [
        each.text for each in words_of("\n".join((word("  "), "5\t1", word("a"), "4" + word("b")[1:])))
    ] == ["a"]
    gone = Recogniser(path="/nowhere/tesseract", languages="eng", name="")
    assert read_words(b"P5", gone, dpi=300) is None
