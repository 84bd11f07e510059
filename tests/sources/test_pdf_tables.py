"""Tables in PDFs, drawn here letter by letter: every cell comes out as it was drawn, or its row is in doubt."""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

import pytest
from attack.scale import draws
from casefile.made import said
from documents.made import drawn_pdf, pdf_of

from paradero.model.errors import SourceError
from paradero.sources.containers.pdf.cells import Piece, Row, cell_of
from paradero.sources.containers.pdf.sheets import pdf_sheets
from paradero.sources.containers.pdf.tables import PdfTables, read_tables
from paradero.sources.missing import UNCLEAR
from sources.drawn_tables import Cells, Sheet, Style, pdf_of_sheets, random_table, table_pdf

HEADER = ["Unique Identifier", "Detention Facility", "Book In Date Time", "Book Out Date Time"]
ROWS: list[Cells] = [
    [f"a{number}", "Krome North", f"2025-03-{number:02} 08:00", f"2025-03-{number + 1:02} 20:15"]
    for number in range(1, 10)
]
WIDTHS = [110.0, 120.0, 120.0, 120.0]


def read(path: Path, content: bytes) -> PdfTables:
    path.write_bytes(content)
    return read_tables(path, path.name, lambda *_: None)


def rows_in(path: Path, content: bytes) -> list[Row]:
    (table,) = read(path, content).tables
    return list(table.rows)


def cells(rows: list[Row]) -> list[Cells]:
    return [list(row.cells) for row in rows]


# the seeds below are those of every form: 50 at length
@pytest.mark.parametrize("seed", range(draws(8, 50)))
def test_every_cell_is_as_it_was_drawn_or_its_row_is_in_doubt(tmp_path: Path, seed: int) -> None:
    header, rows, widths, style = random_table(random.Random(seed))
    content, pages = table_pdf(header, rows, widths, style)
    found = [row for table in read(tmp_path / "a.pdf", content).tables for row in table.rows]
    wanted = "".join(header).replace(" ", "")
    below = [row for row in found if "".join(map(str, row.cells)).replace(" ", "") != wanted]
    drawn = Counter(
        (page, tuple(cell or None for cell in row)) for page, row in zip(pages, rows, strict=True)
    )
    sure = Counter((row.page, row.cells) for row in below if not row.doubts)
    doubted = {row.page for row in below if row.doubts}
    assert sure <= drawn
    assert {page for page, _ in drawn - sure} <= doubted
    if style.rules == "full":  # where lines part everything hardly anything is in doubt but broken words
        assert 10 * sum(1 for row in below if row.doubts - {"broken"}) <= len(rows)


@pytest.mark.parametrize(
    "style",
    [Style(), Style(thin=True, font=2), Style(rules="frame"), Style(rules="rows"), Style(rules="none"), Style(turn=True), Style(rules="none", turn=True), Style(repeat=False)],
    ids=["full", "filled boxes", "frame", "lines between rows", "no lines", "turned", "turned, no lines", "headings once"],
)  # fmt: skip
def test_a_table_of_every_form_is_read_whole(tmp_path: Path, style: Style) -> None:
    rows = ROWS * 9
    content, pages = table_pdf(HEADER, rows, WIDTHS, style)
    found = rows_in(tmp_path / "a.pdf", content)
    below = [row for row in found if list(row.cells) != HEADER]
    assert cells(below) == rows
    assert [row.page for row in below] == pages
    assert pages[-1] > 1
    assert not any(row.doubts for row in found)
    assert len(found) - len(below) == (pages[-1] if style.repeat else 1)


@pytest.mark.parametrize("rules", ["none", "rows", "full"])
def test_the_last_row_alone_on_a_page_belongs_to_the_table(tmp_path: Path, rules: str) -> None:
    style = Style(rules=rules, repeat=False)
    rows = (ROWS * 9)[
        : next(n for n in range(20, 81) if table_pdf(HEADER, (ROWS * 9)[:n], WIDTHS, style)[1][-1] == 2)
    ]
    content, pages = table_pdf(HEADER, rows, WIDTHS, style)
    assert pages.count(2) == 1
    assert cells(rows_in(tmp_path / "a.pdf", content)) == [HEADER, *rows]


def test_text_beyond_the_edge_of_its_column_is_marked_and_not_put_anywhere(tmp_path: Path) -> None:
    for rules in ("full", "none"):
        sheet = Sheet()
        for number, row in enumerate([HEADER, *ROWS]):
            y = 700 - 14 * number
            for at, cell in enumerate(row):
                sheet.text(
                    40 + 130 * at, y, str(cell) if (number, at) != (4, 1) else "Krome North and far beyond it"
                )
            if rules == "full":
                sheet.rule(36, y + 10, 556, y + 10)
        if rules == "full":
            sheet.rule(36, 570, 556, 570)
            for at in range(5):
                sheet.rule(36 + 130 * at, 710, 36 + 130 * at, 570)
        found = rows_in(tmp_path / "a.pdf", pdf_of_sheets([sheet]))
        assert found[4].cells == ("a4", UNCLEAR, UNCLEAR, ROWS[3][3])
        assert found[4].doubts == {"crossing"}
        assert cells(found[:4] + found[5:]) == [HEADER, *ROWS[:3], *ROWS[4:]]


def test_an_empty_cell_that_no_line_explains_is_in_doubt_and_not_filled_from_the_next(tmp_path: Path) -> None:
    rows: list[Cells] = [[*row[:2], None if at == 3 else row[2], row[3]] for at, row in enumerate(ROWS)]
    for style, doubts in ((Style(rules="none"), {"short"}), (Style(), set()), (Style(rules="rows"), set())):
        found = rows_in(tmp_path / "a.pdf", table_pdf(HEADER, rows, WIDTHS, style)[0])
        assert cells(found) == [HEADER, *rows]
        assert found[4].doubts == doubts


def test_a_raised_mark_is_no_part_of_a_number_and_a_power_is_in_doubt(tmp_path: Path) -> None:
    sheet = Sheet()
    for number, row in enumerate(
        (("Facility", "Beds", "Held"), ("Krome", "238", "10"), ("Otay", "512", "77"))
    ):
        for at, cell in enumerate(row):
            sheet.text(40 + 130 * at, 700 - 14 * number, cell)
    sheet.text(40 + 130 + 3 * 5.4, 686 + 4, "4", 5)
    sheet.text(40 + 260 + 2 * 5.4, 686 + 4, "3", 5)
    found = rows_in(tmp_path / "a.pdf", pdf_of_sheets([sheet]))
    assert found[1].cells == ("Krome", "238", UNCLEAR)
    assert found[1].doubts == {"raised"}
    assert found[2] == Row(("Otay", "512", "77"), 1)


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        ([("Krome North", False), ("Center", False)], "Krome North Center"),
        ([("2025-03-", True), ("15", False)], "2025-03-15"),
        ([("03/15/2025", True), ("08:00", False)], "03/15/2025 08:00"),
        ([("b0a9f3c2", True), ("e1d4", False)], UNCLEAR),
        ([("b0a9f3c2", False), ("e1d4", False)], "b0a9f3c2 e1d4"),
        ([("Deten-", False), ("tion", False)], UNCLEAR),
        ([("a\ufffdb", False)], UNCLEAR),
        ([("$4⁷⁶", False)], UNCLEAR),
        ([("238⁴", False)], "238"),
        ([("⁴", False)], None),
        ([], None),
    ],
)
def test_the_lines_of_a_cell_are_one_text_where_no_word_may_be_broken(
    pieces: list[tuple[str, bool]], text: str | None
) -> None:
    assert cell_of([Piece(words, full=full) for words, full in pieces]).text == text


def test_headings_of_merged_cells_are_one_row_and_merged_cells_below_are_in_doubt(tmp_path: Path) -> None:
    sheet = Sheet()
    for y in (700, 660, 640, 620):
        sheet.rule(36, y, 436, y)
    sheet.rule(136, 680, 436, 680)  # the first heading reaches down over both rows, one reaches across
    for x in (36, 136, 436):
        sheet.rule(x, 700, x, 620)
    sheet.rule(236, 680, 236, 620)
    sheet.rule(336, 700, 336, 640)  # below it the third and fourth are one cell
    for x, y, text in ((40, 685, "Centro"), (140, 685, "Ingreso"), (340, 685, "Egreso"), (140, 665, "Fecha"), (240, 665, "Hora"), (340, 665, "Fecha"), (40, 645, "Krome"), (140, 645, "2025-03-15"), (240, 645, "08:00"), (340, 645, "2025-03-16"), (40, 625, "Otay"), (140, 625, "2025-03-17"), (240, 625, "not known")):  # fmt: skip
        sheet.text(x, y, text)
    head, plain, merged = rows_in(tmp_path / "a.pdf", pdf_of_sheets([sheet]))
    assert head.cells == ("Centro", "Ingreso Fecha", "Ingreso Hora", "Egreso Fecha")
    assert plain == Row(("Krome", "2025-03-15", "08:00", "2025-03-16"), 1)
    assert merged == Row(("Otay", "2025-03-17", UNCLEAR, UNCLEAR), 1, frozenset({"merged"}))


def test_headings_in_the_middle_of_their_cells_are_one_row_below_the_head_of_a_page(tmp_path: Path) -> None:
    sheet = Sheet()
    for x, y, text in ((40, 770, "12/1/26,"), (90, 770, "6:40"), (140, 770, "PM"), (40, 709, "Unique"), (40, 699, "Identifier"), (140, 704, "Facility"), (240, 704, "State"), (340, 709, "Book In"), (340, 699, "Date")):  # fmt: skip
        sheet.text(x, y, text)
    for number in range(5):
        for at, cell in enumerate((f"a{number}", "Krome", "FL", "2025-03-15")):
            sheet.text(40 + 100 * at, 680 - 14 * number, cell)
    found = rows_in(tmp_path / "a.pdf", pdf_of_sheets([sheet]))
    assert found[0].cells == ("Unique Identifier", "Facility", "State", "Book In Date")
    assert cells(found[1:]) == [[f"a{number}", "Krome", "FL", "2025-03-15"] for number in range(5)]


def test_two_tables_of_a_page_are_two_and_prose_is_none(tmp_path: Path) -> None:
    sheet = Sheet()
    for first, header in ((700, HEADER), (480, ["Beds", "Held", "Facility Code", "State"])):
        sheet.text(40, first + 30, "A line above the table that says what it is, and from whom it came.")
        for number, row in enumerate([header, *ROWS[:4]]):
            for at, cell in enumerate(row):
                sheet.text(40 + 130 * at, first - 14 * number, str(cell))
    one, other = read(tmp_path / "a.pdf", pdf_of_sheets([sheet])).tables
    assert (cells(list(one.rows)), cells(list(other.rows))) == (
        [HEADER, *ROWS[:4]],
        [["Beds", "Held", "Facility Code", "State"], *ROWS[:4]],
    )
    assert not read(tmp_path / "b.pdf", pdf_of([["On March 15, 2025, 238 men were flown out,"] * 20])).tables


def test_pages_that_are_pictures_or_drawings_are_told(tmp_path: Path) -> None:
    lines = b"\n".join(b"%d 10 m %d 700 l S" % (at, at) for at in range(10, 600, 3))
    (tmp_path / "a.pdf").write_bytes(pdf_of([[], []], pictures=[2]))
    with pytest.raises(SourceError, match=r"page 2 not read, as a picture.*; page 1 without text\. Read it as a document"):  # fmt: skip
        pdf_sheets(tmp_path / "a.pdf", "a.pdf")
    assert not read(tmp_path / "b.pdf", drawn_pdf([lines])).tables


def test_a_pdf_is_added_as_its_kind_with_the_page_of_every_row_and_without_its_names(tmp_path: Path) -> None:
    header = [
        "Unique Identifier",
        "Nombre",
        "Detention Facility Code",
        "Book In Date Time",
        "Book Out Date Time",
    ]
    rows: list[Cells] = [[row[0], "GARCIA LOPEZ JUAN", "KROME", *row[2:]] for row in ROWS * 6]
    content, pages = table_pdf(header, rows, [90.0, 105, 125, 110, 110], Style(size=8))
    (tmp_path / "list.pdf").write_bytes(content)
    assert said(tmp_path, "new", "case").code == 0
    heard = said(tmp_path / "case", "add", "../list.pdf", "--json").json["added"][0]
    assert (heard["kinds"], heard["rows_kept"]) == (["detentions"], 54)
    assert heard["withheld"][0]["header"] == "Nombre"
    (kept,) = (tmp_path / "case" / "build").rglob("rows-detentions-0.parquet")
    import pyarrow.parquet as pq

    table = pq.read_table(kept).to_pydict()
    assert table["sheet_original"] == [f"page {page}" for page in pages]
    assert table["row_original"][0] == 2
    assert table["row_original"][pages.index(2)] == 2
    every = b"".join(path.read_bytes() for path in (tmp_path / "case" / "build").rglob("*") if path.is_file())
    assert b"GARCIA" not in every


def test_a_pdf_of_another_table_is_refused_with_the_nearest_kind_and_read_as_a_document_by_name(
    tmp_path: Path,
) -> None:
    header = ["Unique Identifier", "Book In Date Time", "Meals", "Shoes"]
    (tmp_path / "a.pdf").write_bytes(table_pdf(header, ROWS, WIDTHS, Style())[0])
    assert said(tmp_path, "new", "case").code == 0
    heard = said(tmp_path / "case", "add", "../a.pdf")
    assert heard.code == 1
    assert "table 1 (page 1): Row 1 comes nearest to the headers of " in heard.err
    assert heard.err.rstrip().endswith("Read it as a document with --as document.")
    assert said(tmp_path / "case", "add", "../a.pdf", "--as", "document").code == 0
    heard = said(tmp_path / "case", "add", "../a.pdf", "--as", "removals")
    assert heard.code == 1
    assert "table 1 (page 1): " in heard.err


def test_without_the_extra_a_table_of_a_pdf_is_refused_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert said(tmp_path, "new", "case").code == 0
    (tmp_path / "a.pdf").write_bytes(table_pdf(HEADER, ROWS, WIDTHS, Style())[0])
    heard = said(tmp_path / "case", "add", "../a.pdf", "--as", "detentions")
    assert heard.code == 1
    assert "pip install 'paradero[docs]'" in heard.err
