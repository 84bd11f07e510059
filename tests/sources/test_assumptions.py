"""What was assumed is said, every row is accounted for, and tables of people are no lists of facilities."""

import codecs
import csv
from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest

from paradero.model.errors import SourceError
from paradero.sources import ingest, original_row
from paradero.sources.sheets.sniffing import nearest_miss
from paradero.sources.whole_files import check_balance

from .builders import STINT, STINT_HEADERS, rejects_of, taken, write_csv, write_xlsx


def stint(**changes):
    row = dict(zip(STINT_HEADERS, STINT, strict=True)) | {
        name.replace("_", " "): value for name, value in changes.items()
    }
    return [row[header] for header in STINT_HEADERS]


def assumed(done, what):
    return [each for each in done.assumed if each["what"] == what]


def test_words_for_nothing_are_blank_and_named(tmp_path):
    headers = [*STINT_HEADERS, "Detention Release Reason", "Religion"]
    rows = [[*STINT, word, word] for word in ("NULL", "(null)", "N/A", "\\N", "-", "None")]
    done, made = taken(write_csv(tmp_path / "f.csv", [headers, *rows]), tmp_path / "out")
    assert [row["detention_release_reason_why_missing"] for row in made] == ["blank"] * 6
    assert [row["religion"] for row in made] == [
        None,
        None,
        None,
        None,
        "-",
        "None",
    ]  # these may be values there
    assert {(each["taken"], each["cells"]) for each in assumed(done, "word_for_nothing")} >= {
        ("`NULL`", 2),
        ("`-`", 1),
        ("`None`", 1),
    }


def test_a_row_in_no_account_or_in_two_takes_nothing(tmp_path):
    done, _ = taken(write_csv(tmp_path / "f.csv", [STINT_HEADERS, STINT]), tmp_path / "out")
    (report,) = done.sheets
    check_balance([report], "f.csv")
    for in_file, words in (
        (report.ledger.in_file + 2, "2 of them were not read"),
        (1, "1 of them counted twice"),
    ):
        wrong = replace(report, name="a", ledger=replace(report.ledger, in_file=in_file))
        with pytest.raises(SourceError, match=f"f.csv, sheet 'a': {in_file} rows in the file, but {words}"):
            check_balance([wrong], "f.csv")


def test_a_list_whose_next_sheet_has_no_headers_does_not_go_on_there(tmp_path):
    headers = ["Facility Code", "Facility Name", "date_of_first_use"]
    sheets = {"a": [headers, ["ABC", "ONE", "2020-01-01"]], "b": [["ABD", "TWO", "2021-01-01"]] * 3}
    done = ingest(write_xlsx(tmp_path / "f.xlsx", sheets), tmp_path / "out", source="s", file_name="f")
    assert [(sheet.kinds, sheet.rows_kept) for sheet in done.sheets] == [(("facilities",), 1), ((), 0)]


def test_a_list_of_codes_alone_is_one(tmp_path):
    done, rows = taken(
        write_csv(
            tmp_path / "f.csv",
            [["DETLOC", "facility_city", "facility_zip"], ["ABC", "X", "1"], ["ABC", "Y", "2"]],
        ),
        tmp_path / "out",
    )
    assert (done.kinds, [row["detention_facility"] for row in rows]) == (("facilities",), [None, None])


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            ["Facility Code", "Name", "x1", "x2", "x3", "x4"],
            "has more columns of other things (`x1`, `x2`, `x3`).",
        ),
        (["Book In Date Time", "Gender"], "has too few that are known."),
        (["Bond", "Gender"], "looks like the headers of a known table."),
    ],
)
def test_what_a_table_nearly_is_is_said(row, told):
    assert nearest_miss([row], None).endswith(told)


def test_stand_in_dates_are_missing_with_a_reason(tmp_path):
    days = [
        "1900-01-01",
        "1970-01-01 00:00:00",
        "2099-12-31",
        "9999-12-31 23:59:59",
        "0001-01-01",
        "1970-01-01 08:15:00",
    ]
    done, made = taken(
        write_csv(tmp_path / "f.csv", [STINT_HEADERS, *[stint(Book_Out_Date_Time=day) for day in days]]),
        tmp_path / "out",
    )
    assert [row["book_out_date_time_why_missing"] for row in made] == ["stand_in"] * 5 + [None]
    assert made[-1]["book_out_date_time"] == datetime(1970, 1, 1, 8, 15)
    assert sum(each["cells"] for each in assumed(done, "stand_in_date")) == 5
    assert done.cells_rejected == 0


def test_decimal_commas_are_numbers_or_rejects(tmp_path):
    def read(*amounts, delimiter=";"):
        rows = [[*STINT_HEADERS, "Bond Posted Amount"], *[[*STINT, amount] for amount in amounts]]
        _, made = taken(write_csv(tmp_path / "f.csv", rows, delimiter=delimiter), tmp_path / "out")
        return [row["bond_posted_amount"] for row in made]

    assert read("1,5", "1.500", "2.000,25") == [1.5, 1500, 2000.25]
    assert read("1,500", "2,000.25", delimiter="|") == [1500, 2000.25]
    assert read("1,5", "2,000.25", "1.500", "3,000") == [
        1.5,
        2000.25,
        None,
        None,
    ]  # both signs: what could be either is a reject
    assert read("1,500", "2,000", delimiter=",") == [1500, 2000]
    assert read("1,500", "2,000") == [None, None]  # semicolons: written where commas are decimal
    assert read("12,34,567", delimiter="|") == [None]


def test_an_odd_line_does_not_spoil_the_others(tmp_path):
    head = ",".join(STINT_HEADERS) + "\n"
    good, odd = (",".join(stint(Detention_Facility="PEÑA")) + "\n" for _ in range(2))
    (tmp_path / "f.csv").write_bytes(head.encode() + good.encode() + odd.encode("latin-1") + good.encode())
    done, made = taken(tmp_path / "f.csv", tmp_path / "out")
    assert [row["detention_facility"] for row in made] == ["PEÑA"] * 3
    (told,) = assumed(done, "encoding")
    assert (told["taken"], told["is_open"]) == ("utf-8, but 1 line of windows-1252 (3)", True)


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", b""), ("utf-16-le", b"")]
)
def test_utf16_with_and_without_a_mark(encoding, mark, tmp_path):
    text = "\t".join(STINT_HEADERS) + "\n" + "\t".join(stint(Detention_Facility="NIÑOS")) + "\n"
    (tmp_path / "f.csv").write_bytes(mark + text.encode(encoding))
    done, made = taken(tmp_path / "f.csv", tmp_path / "out")
    assert made[0]["detention_facility"] == "NIÑOS"
    assert assumed(done, "encoding")[0]["taken"] == f"{encoding}, {'with' if mark else 'without'} a mark"


def test_ids_that_differ_by_what_nobody_sees_are_one_and_flagged(tmp_path):
    ids = ["00ab", "00\u200bab", "\ufeff00ab", "00cd"]
    done, made = taken(
        write_csv(tmp_path / "f.csv", [STINT_HEADERS, *[stint(Anonymized_Identifier=one) for one in ids]]),
        tmp_path / "out",
    )
    assert [row["unique_identifier"] for row in made] == ["00ab", "00ab", "00ab", "00cd"]
    assert [(each["source_row"], each["problem"]) for each in rejects_of(tmp_path / "out")] == [
        (3, "invisible_letters"),
        (4, "invisible_letters"),
    ]
    assert assumed(done, "invisible_letters")[0]["cells"] == 2


def test_day_and_clock_in_two_columns_are_one_moment(tmp_path):
    headers = [*STINT_HEADERS, "Departed Date", "Departed Time"]
    rows = [[*STINT, "2025-01-03", "08:15"], [*STINT, "2025-01-04", ""], [*STINT, "", "09:00"]]
    done, made = taken(write_csv(tmp_path / "f.csv", [headers, *rows]), tmp_path / "out")
    assert [row["departed_date"] for row in made] == [datetime(2025, 1, 3, 8, 15), datetime(2025, 1, 4), None]
    assert assumed(done, "date_and_time")[0]["cells"] == 1


def test_error_cells_and_formulas_without_a_result_are_rejects_shown_as_received(tmp_path):
    book = openpyxl.Workbook()
    for row in (
        STINT_HEADERS,
        stint(Book_Out_Date_Time="#N/A"),
        stint(Birth_Year="=1+1"),
        stint(Anonymized_Identifier="#REF!"),
    ):
        book.active.append(row)
    book.save(tmp_path / "f.xlsx")
    _, made = taken(tmp_path / "f.xlsx", tmp_path / "out")
    assert [
        made[0]["book_out_date_time_why_missing"],
        made[1]["birth_year_why_missing"],
        made[2]["unique_identifier_why_missing"],
    ] == ["unreadable"] * 3
    rejects = {
        (each["source_row"], each["column_name"], each["value"], each["problem"])
        for each in rejects_of(tmp_path / "out")
    }
    assert rejects == {
        (2, "book_out_date_time", "#N/A", "error_cell"),
        (3, "birth_year", "=1+1 (formula without a result)", "error_cell"),
        (4, "unique_identifier", "#REF!", "error_cell"),
    }
    assert original_row(tmp_path / "f.xlsx", tmp_path / "out", "Sheet", 2)["Book Out Date Time"] == "#N/A"


def test_lines_beside_the_table_are_accounted_for(tmp_path):
    rows = [
        ["ICE Detentions"],
        STINT_HEADERS,
        STINT,
        STINT_HEADERS,
        STINT,
        [],
        ["Total rows: 2"],
        ["2 rows selected."],
    ]
    width = len(STINT_HEADERS)
    done, made = taken(
        write_csv(tmp_path / "f.csv", [[*row, *[""] * (width - len(row))] for row in rows]), tmp_path / "out"
    )
    assert len(made) == 2
    assert done.ledger.as_json() == {
        "in_file": 8, "taken": 2, "above": 1, "header": 1, "repeated_headers": 1, "notes": 2, "blank": 1, "stray": 0, "not_taken": 0, "missing": 0,
    }  # fmt: skip


def test_a_facility_that_is_called_total_is_a_record(tmp_path):
    rows = [
        ["Detention Facility Code", "Name", "City", "State"],
        ["TOTALTX", "TOTAL CARE CENTER", "X", "TX"],
        ["TOTAL", "NOTE STREET JAIL", "", ""],
    ]
    done, _ = taken(write_csv(tmp_path / "f.csv", rows), tmp_path / "out")
    assert done.rows_kept == 2


SML = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
)


def test_spreadsheetml_and_html_are_workbooks(tmp_path):
    def cells(row):
        return "".join(
            f'<Cell ss:Index="{place}"><Data ss:Type="String">{cell}</Data></Cell>'
            for place, cell in enumerate(row, 1)
        )

    rows = "".join(f"<Row>{cells(row)}</Row>" for row in (STINT_HEADERS, STINT))
    hidden = (
        "<WorksheetOptions"
        ' xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions>'
    )
    sheets = (
        f'<Worksheet ss:Name="A"><Table>{rows}</Table></Worksheet><Worksheet'
        f' ss:Name="B"><Table>{rows}</Table>{hidden}</Worksheet>'
    )
    (tmp_path / "f.xls").write_text(f"{SML}{sheets}</Workbook>")
    done, made = taken(tmp_path / "f.xls", tmp_path / "out")
    assert [row["book_in_date_time"] for row in made] == [datetime(2025, 1, 1, 10)] * 2
    assert done.sheets[1].remarks == ("hidden in the workbook", "its 1 rows are those of sheet 'A' again")
    table = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in (STINT_HEADERS, STINT)
    )
    (tmp_path / "h.xls").write_text(f"<html><body><p>Report</p><table>{table}</table></body></html>")
    _, made = taken(tmp_path / "h.xls", tmp_path / "out")
    assert made[0]["unique_identifier"] == "00ab"


def test_a_sheet_without_headers_goes_on_from_the_one_before(tmp_path):
    done, made = taken(
        write_xlsx(
            tmp_path / "f.xlsx",
            {"a": [STINT_HEADERS, STINT], "b": [STINT, STINT], "Notes": [["Times are local"]]},
        ),
        tmp_path / "out",
    )
    assert [row["source_row"] for row in made] == [2, 1, 2]
    assert done.sheets[1].continues == "a"
    assert (done.ledger.taken, done.ledger.not_taken, done.ledger.missing) == (3, 1, 0)


PEOPLE = {
    "a log of incidents": ["Incident Date", "Person Id", "DETLOC", "Name", "Injury"],
    "grievances": ["gender", "facility", "grievance_date", "detloc", "hashid"],
    "other things": ["DETLOC", "Name", "Widget", "Gadget", "Trinket"],
}


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("as_kind", [None, "facilities"])
def test_tables_of_people_are_no_lists_of_facilities(name, as_kind, tmp_path):
    rows = [PEOPLE[name], *[[f"{header} {number}" for header in PEOPLE[name]] for number in range(3)]]
    if name == "other things" and as_kind:
        return  # declared, and no header speaks of people
    with pytest.raises(SourceError) as caught:
        taken(write_csv(tmp_path / "f.csv", rows), tmp_path / "out", as_kind=as_kind)
    assert as_kind is None or "facilities" in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_a_table_of_placements_in_segregation_is_a_kind_of_its_own(tmp_path):
    heads = ["gender", "facility", "placement_date", "release_date", "detloc", "hashid"]
    file = write_csv(tmp_path / "f.csv", [heads, ["F", "EXAMPLE", "2024-01-02", "2024-01-09", "EXA", "0a"]])
    done, made = taken(file, tmp_path / "out")
    assert done.kinds == ("segregation",)
    assert made[0]["facility"] == "EXAMPLE"
    with pytest.raises(SourceError, match="facilities"):
        taken(file, tmp_path / "again", as_kind="facilities")


def test_one_code_with_many_names_is_a_table_of_people(tmp_path):
    rows = [["DETLOC", "Name"], *[["AAABBCC", f"INVENTED {number}"] for number in range(6)]]
    with pytest.raises(SourceError, match="rows are people"):
        taken(write_csv(tmp_path / "f.csv", rows), tmp_path / "out")


def test_a_wide_matrix_is_refused_at_once(tmp_path):
    with (tmp_path / "f.csv").open("w", newline="") as stream:
        csv.writer(stream).writerows(
            [[f"FACILITY NUMBER {place} DETENTION CENTER" for place in range(591)]] * 60
        )
    with pytest.raises(SourceError):
        ingest(tmp_path / "f.csv", tmp_path / "out", source="s", file_name="f.csv")
