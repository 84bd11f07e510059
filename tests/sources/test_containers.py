"""What holds a table, taken apart by itself: cells of workbooks read one by one, markup, columns of types, and
what no table has.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import feather

from paradero.model.errors import SourceError
from paradero.sources.containers import careful, columnar, parts, unpacking, workbooks
from paradero.sources.containers.markup import html_tables, spreadsheetml
from paradero.sources.containers.parts import SheetPart
from paradero.sources.containers.texts import delimited
from paradero.sources.containers.texts.fixed_width import records_of
from paradero.sources.held import Texts, Values

from .builders import write_xlsx

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = SheetPart(name="a", path="xl/worksheets/sheet1.xml", hidden=False)


def workbook(folder: Path, rows: str, **others: str) -> Path:
    """A workbook of one sheet with these rows of XML, and other parts by their file's stem."""
    made = {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="r1" Target="worksheets/sheet1.xml" Type="x/worksheet"/></Relationships>',
        SHEET.path: f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
    } | {f"xl/{stem}.xml": content for stem, content in others.items()}
    with zipfile.ZipFile(folder / "f.xlsx", "w") as archive:
        for name, content in made.items():
            archive.writestr(name, content)
    return folder / "f.xlsx"


# a cell of each kind as it is written, and its text
CELLS = {
    '<c t="inlineStr"><is><t>in </t><t>parts</t></is></c>': "in parts",
    '<c t="s"><v>1</v></c>': "shared",
    '<c t="b"><v>1</v></c>': "true",
    '<c t="b"><v>0</v></c>': "false",
    '<c t="d"><v>2025-01-02T03:04:05</v></c>': "2025-01-02 03:04:05",
    '<c t="e"><v>#N/A</v></c>': "#N/A",
    '<c s="1"><v>45658.5</v></c>': "2025-01-01 12:00:00",
    '<c s="1"><v>59</v></c>': "1900-02-28 00:00:00",
    '<c s="0"><v>45658.5</v></c>': "45658.5",
    "<c><v>7</v></c>": "7",
    "<c><v>1234567890123456789</v></c>": "1.2345678901234568E+18",
    "<c><v></v></c>": None,
}


def test_a_cell_of_each_kind_read_by_itself(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        f"<row>{''.join(CELLS)}</row>",
        sharedStrings=f'<sst xmlns="{MAIN}"><si><t>none</t></si><si><t>shared</t></si></sst>',
        styles=f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>',
    )
    table, far = careful.read_carefully(path, "a", most_columns=100)
    assert [column[0].as_py() for column in table.columns] == list(CELLS.values())[:-1]
    assert far == ()


def test_a_workbook_without_styles_has_no_dates(tmp_path: Path) -> None:
    table, _ = careful.read_carefully(
        workbook(tmp_path, '<row><c s="1"><v>45658</v></c></row>'), "a", most_columns=9
    )
    assert table.column(0).to_pylist() == ["45658"]


def test_rows_are_kept_in_chunks_and_what_stands_beyond_them_is_addressed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(careful, "_CHUNK", 2)
    rows = "".join(
        f'<row r="{row}"><c r="A{row}"><v>{row}</v></c>{more}</row>'
        for row, more in ((1, ""), (2, '<c r="D2"><v>4</v></c>'), (3, '<c r="C3"><v>3</v></c>'))
    )
    table, far = careful.read_carefully(workbook(tmp_path, rows), "a", most_columns=9)
    assert table.to_pylist() == [{"c0": "1"}, {"c0": "2"}, {"c0": "3"}]
    assert far == ((2, "D", "4"), (3, "C", "3"))


def extent(folder: Path, rows: str, **others: str) -> parts.Extent | None:
    with zipfile.ZipFile(workbook(folder, rows, **others)) as archive:
        return parts.extent_of(archive, SHEET)


def test_a_sheet_too_large_to_be_looked_through_is_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "SCANNED", 10)
    assert extent(tmp_path, "<row/>") is None
    sheet = f'<worksheet xmlns="{MAIN}"><dimension ref="%s"/><sheetData/></worksheet>'
    assert extent(tmp_path, "", **{"worksheets/sheet1": sheet % "B2"}) is None
    said = extent(tmp_path, "", **{"worksheets/sheet1": sheet % "B2:D40"})
    assert said is not None
    assert (said.left, said.right, said.bottom, said.is_sure) == (2, 4, 40, False)


def test_a_cell_that_names_another_row_than_its_own_is_no_compact_sheet(tmp_path: Path) -> None:
    found = extent(tmp_path, '<row r="1"><c r="A900000000"><v>1</v></c></row>')
    assert found is not None
    assert not found.is_compact(most_columns=100, small=1_000_000)
    table, _ = careful.read_carefully(tmp_path / "f.xlsx", "a", most_columns=9)
    assert table.to_pylist() == [{"c0": "1"}]


def test_formulas_and_long_numbers_are_told_where_they_stand(tmp_path: Path) -> None:
    found = extent(
        tmp_path,
        '<row r="1"><c r="A1"><f>B1+1</f></c><c r="B1" t="str"><f>C1</f></c><c r="C1"><v>12345678901234567</v></c>'
        '<c r="D1"><v>1e3</v></c><c r="E1" t="str"><v>12345678901234567</v></c><c s="0"><f>A1</f></c>'
        '<c s="0"><v>12345678901234567</v></c></row>',
    )
    assert found is not None
    assert list(found.uncalculated) == [(1, 1)]
    assert found.long_numbers == {(1, 3): "1.2345678901234568E+16"}


def test_a_workbook_that_states_more_texts_than_it_can_hold(tmp_path: Path) -> None:
    path = workbook(tmp_path, "", sharedStrings=f'<sst xmlns="{MAIN}" count="4000000000"></sst>')
    with zipfile.ZipFile(path) as archive, pytest.raises(SourceError, match="states 4,000,000,000 texts"):
        unpacking.check_parts(archive, "f.xlsx")


def test_a_part_that_unpacks_beyond_all_measure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "_ALWAYS", 1000)
    with zipfile.ZipFile(tmp_path / "f.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/a.xml", b" " * 1_000_000)
        archive.writestr("xl/b.xml", b"short")
    with (
        zipfile.ZipFile(tmp_path / "f.xlsx") as archive,
        pytest.raises(SourceError, match=r"xl/a\.xml unpacks to"),
    ):
        unpacking.check_parts(archive, "f.xlsx")


@pytest.mark.parametrize("rows", [None, 60])
def test_a_sheet_without_a_cell_is_an_empty_table(rows: int | None, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "f.xlsx", {"a": [], "b": [["x"]]})
    table = workbooks._quickly(path, "a", rows)
    assert (table.num_rows, table.num_columns) == (0, 0)
    assert workbooks.read_sheet(path, "xlsx", "b", "f.xlsx", rows=rows).table.num_rows == 1


def test_more_sheets_than_a_workbook_has(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "f.xlsx", {f"s{number}": [] for number in range(501)})
    with pytest.raises(SourceError, match="501 sheets; at most 500 are read"):
        workbooks.sheets_of(path, "xlsx", "f.xlsx")


SS = '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'


def spreadsheet(folder: Path, rows: str) -> list[list[str | None]]:
    path = folder / "f.xls"
    path.write_text(
        f'{SS}<Worksheet ss:Name="a"><Table>{rows}</Table></Worksheet></Workbook>', encoding="utf-8"
    )
    return spreadsheetml(path, "f.xls")["a"][0]


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        ("DateTime", "2025-01-02T03:04:05.000", "2025-01-02 03:04:05"),
        ("Boolean", "1", "true"),
        ("Boolean", "0", "false"),
        ("Number", "12.000", "12"),
        ("Number", "12.500", "12.500"),
        ("String", "12.000", "12.000"),
        ("String", "", None),
    ],
)
def test_a_typed_cell_of_spreadsheetml(kind: str, text: str, shown: str | None, tmp_path: Path) -> None:
    assert spreadsheet(tmp_path, f'<Row><Cell><Data ss:Type="{kind}">{text}</Data></Cell></Row>') == [[shown]]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ('<Row ss:Index="1048577"/>', "a cell in row 1,048,577"),
        ('<Row><Cell ss:Index="1025"/></Row>', "a cell in column 1,025"),
        (
            '<Row><Cell ss:Index="1024" ss:MergeAcross="5000"/><Cell ss:Index="1"/></Row>',
            "a row of more than 2,048 cells",
        ),
    ],
)
def test_spreadsheetml_beyond_any_table(rows: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=told):
        spreadsheet(tmp_path, rows)


@pytest.mark.parametrize(
    ("page", "rows"),
    [
        ("<tr><td>a<br>b<td>c", [["a b", "c"]]),
        ("<td>no row before it", [["no row before it"]]),
        ("<tr><td rowspan=2>a<td>b<tr><td>c", [["a", "b"], [None, "c"]]),
        (
            "<tr><td rowspan=2 colspan=2>a<td>b<tr><td>c<tr><td>d",
            [["a", None, "b"], [None, None, "c"], ["d"]],
        ),
        ("<tr><td>a<table><tr><td>within</table><td>b", [["awithin", "b"]]),
    ],
)
def test_cells_of_a_page(page: str, rows: list[list[str | None]], tmp_path: Path) -> None:
    (tmp_path / "f.xls").write_text(f"<br>before<table>{page}</table>", encoding="utf-8")
    assert html_tables(tmp_path / "f.xls", "f.xls") == {"table 1": (rows, False)}


def test_lines_without_a_letter_are_records_without_a_cell() -> None:
    assert records_of(["a  b", " \t ", "c  d"], ((0, 3), (3, None))) == [["a", "b"], [], ["c", "d"]]


def test_a_line_of_more_columns_than_any_table(tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text("a,b\n" + "," * 20_000 + "\n", encoding="utf-8")
    with pytest.raises(SourceError, match=re.escape("a line has more than")):
        delimited.read_text(tmp_path / "f.csv", "f.csv")


def test_columns_that_are_held_by_their_type() -> None:
    numbers = columnar.held_of(pa.chunked_array([pa.array([1, None, 3], pa.int32())]), "integer")
    assert isinstance(numbers, Values)
    assert (numbers.values.type, numbers.values.to_pylist()) == (pa.int64(), [1, None, 3])
    listed = columnar.held_of(pa.chunked_array([pa.array([1, 2, 1]).dictionary_encode()]), "integer")
    assert isinstance(listed, Values)
    assert listed.values.to_pylist() == [1, 2, 1]
    fractions = columnar.held_of(pa.chunked_array([pa.array([1.5])]), "integer")
    assert isinstance(fractions, Texts)
    assert fractions.trimmed.to_pylist() == ["1.5"]


@pytest.mark.filterwarnings("ignore:Feather V1 files")
@pytest.mark.parametrize("version", [1, 2])
def test_the_columns_of_feather_of_either_version(version: int, tmp_path: Path) -> None:
    feather.write_feather(pa.table({"a": ["x"], "b": ["y"]}), tmp_path / "f", version=version)
    assert columnar._feather_schema(tmp_path / "f").names == ["a", "b"]
