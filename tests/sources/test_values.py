"""From text to typed values: redactions, dates, numbers, ids; what is missing says why."""

from datetime import datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paradero.sources.held import texts_of
from paradero.sources.values.person_ids import lost_digits

from .builders import STINT, STINT_HEADERS, columns_of, rejects_of, taken, write_csv, write_xlsx
from .schemas import redactions


def stint(**changes: object) -> list[object]:
    row = dict(zip(STINT_HEADERS, STINT, strict=True)) | {
        name.replace("_", " "): value for name, value in changes.items()
    }
    return [row[header] for header in STINT_HEADERS]


def withheld(text: str) -> bool:
    return bool(texts_of(pa.array([text])).withheld[0])


@pytest.mark.parametrize("mark", redactions())
def test_listed_spellings_are_withheld(mark):
    assert withheld(mark)
    assert withheld(f" {mark} ")


@settings(derandomize=True, deadline=None)
@given(
    st.lists(
        st.sampled_from(["(b)(6)", "b(6)", "(B)(7)(C)", "(b)(7)(E )", "b)(4)", "b(7)c", "(b)(6),(b)(7)c)"]),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from([", ", ",", ";", " ", "", " and ", "; "]),
)
def test_combinations_of_marks_are_withheld(marks, between):
    assert withheld(between.join(marks))


@settings(derandomize=True, deadline=None)
@given(st.from_regex(r"[bB(][a-zA-Z]{2,}[a-zA-Z0-9 ,.()/-]{0,20}", fullmatch=True))
def test_words_that_begin_like_a_mark_are_not_withheld(text):
    assert not withheld(text)


@pytest.mark.parametrize(
    "text",
    [
        "b",
        "B",
        "(b",
        "b()",
        "B6",
        "Building (6)",
        "b(6) wing",
        "(b)(6) dad",
        "B2 VISITOR",
        "b(6)bed",
        "b(7)face",
        "(B)AKER",
    ],
)
def test_near_marks_are_not_withheld(text):
    assert not withheld(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2025-01-02", datetime(2025, 1, 2)),
        ("2025-01-02 03:04", datetime(2025, 1, 2, 3, 4)),
        ("2025-01-02T03:04:05Z", datetime(2025, 1, 2, 3, 4, 5)),
        ("2025-01-02 03:04:05.250", datetime(2025, 1, 2, 3, 4, 5, 250000)),
        ("2025-01-02 03:04:04.9999", datetime(2025, 1, 2, 3, 4, 5)),
        ("1/2/2025", datetime(2025, 1, 2)),
        ("01/02/2025 3:04", datetime(2025, 1, 2, 3, 4)),
        ("1/2/2025 3:04:05 PM", datetime(2025, 1, 2, 15, 4, 5)),
        ("1/2/2025 12:30 am", datetime(2025, 1, 2, 0, 30)),
        ("1/2/2025 3:04PM", datetime(2025, 1, 2, 15, 4)),
        ("1/2/25", datetime(2025, 1, 2)),
        ("1/2/96 10:00", datetime(1996, 1, 2, 10, 0)),
        ("45658", datetime(2025, 1, 1)),
        ("45658.75", datetime(2025, 1, 1, 18)),
        ("04-Nov-2017", datetime(2017, 11, 4)),
        ("04-NOV-17 11.15.00 PM", datetime(2017, 11, 4, 23, 15)),
        ("04-NOV-2017 23:15:00", datetime(2017, 11, 4, 23, 15)),
        ("Nov  4 2017 11:15PM", datetime(2017, 11, 4, 23, 15)),
        ("November 4, 2017", datetime(2017, 11, 4)),
        ("4 de noviembre de 2017", datetime(2017, 11, 4)),
        ("Sat Nov 4 23:15:00 EDT 2017", datetime(2017, 11, 4, 23, 15)),
        ("2017/11/04 23:15", datetime(2017, 11, 4, 23, 15)),
        ("20171104", datetime(2017, 11, 4)),
        ("20171104T231500", datetime(2017, 11, 4, 23, 15)),
        ("2017-11-04 23:15:00.0000000", datetime(2017, 11, 4, 23, 15)),
        ("2017-11-04T23:15:00-05:00", datetime(2017, 11, 4, 23, 15)),
        ("2025-01-02 10:00:00+02", datetime(2025, 1, 2, 10)),
        ("2017-11-04 24:00", datetime(2017, 11, 5)),
        ("11-04-2017 23:15", datetime(2017, 11, 4, 23, 15)),
        ("11.04.2017", datetime(2017, 11, 4)),
    ],
)
def test_dates_are_read(text, value, tmp_path):
    path = write_csv(tmp_path / "d.csv", [STINT_HEADERS, stint(Book_In_Date_Time=text)])
    _, rows = taken(path, tmp_path / "out", date_order="mdy")
    assert rows[0]["book_in_date_time"] == value
    assert rows[0]["book_in_date_time_why_missing"] is None


@pytest.mark.parametrize(
    "text",
    [
        "2025-02-30",
        "2/30/2025",
        "13/13/2025",
        "2025-01-02 25:00",
        "1/2/0017",
        "04-NOV-17 13.15.00 PM",
        "1987",
        "99999",
        "Oct-99",
        "tomorrow",
        "2025",
    ],
)
def test_what_is_no_date_is_a_reject(text, tmp_path):
    done, rows = taken(
        write_csv(tmp_path / "d.csv", [STINT_HEADERS, stint(Book_In_Date_Time=text)]), tmp_path / "out"
    )
    assert rows[0]["book_in_date_time"] is None
    assert rows[0]["book_in_date_time_why_missing"] == "unreadable"
    assert done.rows_flagged == 1
    (reject,) = rejects_of(tmp_path / "out")
    assert (reject["source"], reject["source_sheet"], reject["source_row"], reject["column_name"]) == (
        "s",
        "",
        2,
        "book_in_date_time",
    )
    assert (reject["value"], reject["expected"], reject["problem"]) == (
        text,
        "a date or date and time",
        "unreadable",
    )


def test_missing_values_say_why(tmp_path):
    rows = [[header for header in STINT_HEADERS if header != "Birth Year"]]
    rows += [
        ["(b)(6)", "2025-01-01", "X", "", "soon", "NA"],
        ["2025-01-01", "2025-01-02", "X", "EXACODE", "  ", "00ab"],
    ]
    _, first_second = taken(write_csv(tmp_path / "d.csv", rows), tmp_path / "out")
    why = [
        {
            name: row[f"{name}_why_missing"]
            for name in (
                "stay_book_in_date_time",
                "detention_facility_code",
                "book_out_date_time",
                "birth_year",
                "unique_identifier",
            )
        }
        for row in first_second
    ]
    assert why == [
        {
            "stay_book_in_date_time": "withheld",
            "detention_facility_code": "blank",
            "book_out_date_time": "unreadable",
            "birth_year": "not_in_release",
            "unique_identifier": "blank",
        },
        {
            "stay_book_in_date_time": None,
            "detention_facility_code": None,
            "book_out_date_time": "blank",
            "birth_year": "not_in_release",
            "unique_identifier": None,
        },
    ]


def test_a_mark_that_peers_take_for_a_value_is_kept_beside_it(tmp_path):
    rows = [
        STINT_HEADERS,
        stint(Detention_Facility="(b)(7)(E)"),
        stint(Detention_Facility="b(6), b(7)c"),
        stint(),
    ]
    _, made = taken(write_csv(tmp_path / "d.csv", rows), tmp_path / "out")
    assert [(row["detention_facility"], row["redactions"]) for row in made] == [
        (None, "detention_facility=(b)(7)(E)"),
        (None, None),
        ("EXAMPLE", None),
    ]


def test_na_is_a_value_where_the_layout_says_so(tmp_path):
    rows = [[*STINT_HEADERS, "Case Threat Level", "Gender"], [*STINT, "NA", "NA"]]
    _, made = taken(write_csv(tmp_path / "d.csv", rows), tmp_path / "out")
    assert (made[0]["case_threat_level"], made[0]["gender"]) == ("NA", None)


def test_numbers_and_mixed_types(tmp_path):
    rows = [
        [*STINT_HEADERS, "Bond Posted Amount"],
        *[[*STINT, amount] for amount in ("1,500", "$2,000.50", "-3", "1e3", "", "none", "12%")],
    ]
    done, made = taken(write_csv(tmp_path / "d.csv", rows), tmp_path / "out")
    assert [row["bond_posted_amount"] for row in made] == [1500, 2000.5, -3, 1000, None, None, None]
    assert [(reject["source_row"], reject["value"]) for reject in rejects_of(tmp_path / "out")] == [
        (8, "12%")
    ]
    assert done.cells_rejected == 1


def test_day_first_only_where_a_date_says_so(tmp_path):
    def read(*dates: str) -> list[object]:
        _, rows = taken(
            write_csv(
                tmp_path / "d.csv", [STINT_HEADERS, *[stint(Book_Out_Date_Time=date) for date in dates]]
            ),
            tmp_path / "out",
        )
        return [row["book_out_date_time"] for row in rows]

    assert read("20/09/2007", "4/11/17") == [datetime(2007, 9, 20), datetime(2017, 11, 4)]
    profile = next(
        column for column in columns_of(tmp_path / "out") if column["column_name"] == "book_out_date_time"
    )
    assert profile["date_form"] == "day/month/year, two-digit years"
    assert read("4/11/17", "5/12/2017") == [None, None]
    assert read("20/09/2007", "4/11/17", "09/20/2007") == [datetime(2007, 9, 20), None, datetime(2007, 9, 20)]


def test_one_column_settles_the_order_of_day_and_month_for_all(tmp_path):
    headers = [*STINT_HEADERS, "Final Order Date"]
    _, rows = taken(
        write_csv(tmp_path / "d.csv", [headers, [*stint(Book_In_Date_Time="3/4/2021 9:00"), "25/4/2021"]]),
        tmp_path / "out",
    )
    assert rows[0]["book_in_date_time"] == datetime(2021, 4, 3, 9)
    assert rows[0]["book_in_date_time_precision"] is None


def test_one_sheet_settles_the_order_of_day_and_month_for_all(tmp_path):
    sheets = {
        "a": [STINT_HEADERS, stint(Book_In_Date_Time="3/4/2021")],
        "b": [STINT_HEADERS, stint(Book_In_Date_Time="25/4/2021")],
    }
    _, rows = taken(write_xlsx(tmp_path / "d.xlsx", sheets), tmp_path / "out")
    assert [row["book_in_date_time"] for row in rows] == [datetime(2021, 4, 3), datetime(2021, 4, 25)]


def test_a_date_of_two_readings_is_bounded_by_both_and_told(tmp_path):
    path = write_csv(
        tmp_path / "d.csv",
        [STINT_HEADERS, stint(Book_In_Date_Time="3/4/2021 9:00"), stint(Book_In_Date_Time="5/5/2021 9:00")],
    )
    done, rows = taken(path, tmp_path / "out")
    first, second = rows
    assert (
        first["book_in_date_time"],
        first["book_in_date_time_why_missing"],
        first["book_in_date_time_precision"],
    ) == (None, "day_or_month", "day_or_month")
    assert (first["book_in_date_time_lo"], first["book_in_date_time_hi"]) == (
        datetime(2021, 3, 4, 9),
        datetime(2021, 4, 3, 9),
    )
    assert (second["book_in_date_time"], second["book_in_date_time_lo"]) == (
        datetime(2021, 5, 5, 9),
        None,
    )  # both readings are one
    (told,) = (each for each in done.assumed if each["what"] == "date_order")
    assert (told["cells"], told["columns"], told["is_open"]) == (1, "book_in_date_time", True)
    assert (
        first["redactions"] == "book_in_date_time=3/4/2021 9:00"
    )  # so that rows that differ only there stay two
    _, declared = taken(path, tmp_path / "out", date_order="dmy")
    assert declared[0]["book_in_date_time"] == datetime(2021, 4, 3, 9)


def test_dates_against_the_declared_order_are_rejects(tmp_path):
    path = write_csv(
        tmp_path / "d.csv",
        [STINT_HEADERS, stint(Book_In_Date_Time="3/4/2021"), stint(Book_In_Date_Time="3/25/2021")],
    )
    _, rows = taken(path, tmp_path / "out", date_order="dmy")
    assert [row["book_in_date_time"] for row in rows] == [datetime(2021, 4, 3), None]
    assert [
        (each["source_row"], each["value"], each["problem"]) for each in rejects_of(tmp_path / "out")
    ] == [(3, "3/25/2021", "unreadable")]


def test_ids_keep_zeros_and_lost_digits_are_flagged(tmp_path):
    texts = ["000123", "1.23E+18", "123456789012345000", "0a1b"]
    _, rows = taken(
        write_csv(
            tmp_path / "d.csv", [STINT_HEADERS, *[stint(Anonymized_Identifier=text) for text in texts]]
        ),
        tmp_path / "out",
    )
    assert [row["unique_identifier"] for row in rows] == ["000123", None, None, "0a1b"]
    assert [(reject["source_row"], reject["problem"]) for reject in rejects_of(tmp_path / "out")] == [
        (3, "id_precision_lost"),
        (4, "id_precision_lost"),
    ]


def test_ids_kept_as_numbers_by_a_workbook_are_flagged(tmp_path):
    ids = [1234567890123456789 + 7919 * place for place in range(4)]
    taken(
        write_xlsx(
            tmp_path / "d.xlsx",
            {"a": [STINT_HEADERS, *[stint(Anonymized_Identifier=number) for number in ids]]},
        ),
        tmp_path / "out",
    )
    assert [reject["problem"] for reject in rejects_of(tmp_path / "out")] == ["id_precision_lost"] * 4


def test_long_ids_that_all_are_numbers_of_a_spreadsheet_are_flagged():
    ids = [str((1 << 60) + 256 * place) for place in (7, 11, 13)]
    assert lost_digits(pa.array([*ids, "0012"])).tolist() == [True, True, True, False]
    assert not lost_digits(pa.array([*ids, str((1 << 60) + 1)])).any()


def test_typed_columns_are_held_by_row(tmp_path):
    at = [datetime(2025, 1, 1, 10), datetime(2025, 1, 5), datetime(2025, 1, 3)]
    other = [datetime(2025, 1, 1, 10), datetime(2025, 1, 2), datetime(2025, 1, 4)]
    table = pa.table(
        {
            "book_in_date_time": pa.array(at, pa.timestamp("us")),
            "Book In Date Time": pa.array(other, pa.timestamp("us")),
            "book_in_time": ["09:00", "09:00", "09:00"],
            "detention_facility_code": ["ABC"] * 3,
            "unique_identifier": ["1", "2", "3"],
            "Phone Number": pa.array([5551234567, None, 1], pa.int64()),
            "novel": pa.array([1, 2, 3], pa.int64()),
        }
    )
    pq.write_table(table, tmp_path / "f.parquet")
    done, rows = taken(tmp_path / "f.parquet", tmp_path / "out")
    assert [str(row["book_in_date_time"]) for row in rows] == ["2025-01-01 10:00:00", "None", "None"]
    assert [row["book_in_date_time_why_missing"] for row in rows] == [None, "unreadable", "unreadable"]
    assert "09:00" in rows[0]["extra"]
    rejects = [
        (each["source_row"], each["column_name"], each["problem"]) for each in rejects_of(tmp_path / "out")
    ]
    assert [each for each in rejects if each[2] == "direct_identifier"] == [
        (1, "Phone Number", "direct_identifier"),
        (3, "Phone Number", "direct_identifier"),
    ]
    assert [each for each in rejects if each[2] == "columns_differ"] == [
        (2, "book_in_date_time", "columns_differ"),
        (3, "book_in_date_time", "columns_differ"),
    ]
    (said,) = [each for each in done.assumed if each["what"] == "repeated_header"]
    assert said["cells"] == 2


def test_a_typed_stand_in_date_is_missing_and_said(tmp_path):
    table = pa.table(
        {
            "book_in_date_time": pa.array([datetime(2025, 1, 1), datetime(1900, 1, 1)], pa.timestamp("us")),
            "detention_facility_code": ["ABC"] * 2,
            "unique_identifier": ["1", "2"],
        }
    )
    pq.write_table(table, tmp_path / "f.parquet")
    done, rows = taken(tmp_path / "f.parquet", tmp_path / "out")
    assert [row["book_in_date_time_why_missing"] for row in rows] == [None, "stand_in"]
    assert [(each["taken"], each["cells"]) for each in done.assumed if each["cells"]] == [
        ("`1900-01-01 00:00:00`", 1)
    ]


def test_whole_long_ids_are_not_flagged():
    assert not lost_digits(
        pa.array(["1234567890123456789", "1234567890123456791", "9007199254740993", None, "12"])
    ).any()


def test_direct_identifiers_are_counted_never_stored(tmp_path):
    rows = [
        [*STINT_HEADERS, "Alien File Number", "Detainee Last Name", "Phone Number"],
        [*STINT, "111", "AAA", "(b)(6)"],
        [*STINT, "(b)(6)", "(b)(6)", "555"],
    ]
    done, made = taken(write_csv(tmp_path / "d.csv", rows), tmp_path / "out")
    assert [row["alien_file_number"] for row in made] == [None, None]
    assert [row["extra"] for row in made] == [None, None]
    assert {(reject["source_row"], reject["column_name"], reject["value"]) for reject in rejects_of(tmp_path / "out")} == {
        (2, "alien_file_number", None), (2, "Detainee Last Name", None), (3, "Phone Number", None),
    }  # fmt: skip
    assert set(done.sheets[0].identifiers) == {"Alien File Number", "Detainee Last Name", "Phone Number"}


def test_unexpected_columns_are_kept_and_reported(tmp_path):
    rows = [[*STINT_HEADERS, "Novel", "Novel", ""], [*STINT, "a", "b", ""], [*STINT, "", "", "stray"]]
    done, made = taken(write_csv(tmp_path / "d.csv", rows), tmp_path / "out")
    assert [row["extra"] for row in made] == ['{"Novel":"a","Novel (I)":"b"}', None]
    assert done.sheets[0].unexpected == ("Novel", "Novel")
    assert [
        (reject["source_row"], reject["column_name"], reject["problem"])
        for reject in rejects_of(tmp_path / "out")
    ] == [(3, "J", "stray_cell")]
