"""A header that stands twice: named with the rows in which the columns differ, and there no value is
taken.
"""

from datetime import datetime

import pytest

from paradero.sources import original_row

from .builders import STINT, STINT_HEADERS, rejects_of, taken, write_csv, write_xlsx


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_where_two_columns_of_ids_differ_nobody_is_named(suffix, tmp_path):
    ids = [
        ("00ab", "00ab"),
        ("00ac", "00ad"),
        ("00ae", None),
        (None, "00af"),
        ("00ag", "(b)(6)"),
        ("(b)(6)", "(b)(6)"),
    ]
    sheet = [[*STINT_HEADERS, "Anonymized Identifier"], *[[*STINT[:-1], *pair] for pair in ids]]
    path = (
        write_xlsx(tmp_path / "a.xlsx", {"Held": sheet})
        if suffix == ".xlsx"
        else write_csv(tmp_path / "a.csv", sheet)
    )
    done, rows = taken(path, tmp_path / "out")
    assert [row["unique_identifier"] for row in rows] == ["00ab", None, "00ae", None, None, None]
    assert [row["unique_identifier_why_missing"] for row in rows] == [
        None,
        "unreadable",
        None,
        "unreadable",
        "unreadable",
        "withheld",
    ]
    (said,) = [each for each in done.assumed if each["what"] == "repeated_header"]
    assert (said["cells"], said["columns"]) == (3, "unique_identifier")
    assert said["taken"] == "`Anonymized Identifier` in columns G and H, which differ: neither is taken there"
    found = [
        (row["source_row"], row["value"])
        for row in rejects_of(tmp_path / "out")
        if row["problem"] == "columns_differ"
    ]
    assert found == [(3, "00ac | 00ad"), (5, " | 00af"), (6, "00ag | (b)(6)")]
    assert rows[1]["redactions"] != rows[3]["redactions"]
    row = original_row(path, tmp_path / "out", "Held" if suffix == ".xlsx" else "", 3)
    assert list(row.values())[-2:] == ["00ac", "00ad"]


def test_times_and_places_that_differ_are_missing_and_the_same_instant_is_not(tmp_path):
    headers = [*STINT_HEADERS, "Book In Date Time", "Detention Facility Code", "Birth Year"]
    same = [*STINT, "1/1/2025 10:00 AM", "EXACODE", "1990.0"]
    other = [*STINT, "2025-01-01 22:00:00", "EXBCODE", "1991"]
    done, rows = taken(write_csv(tmp_path / "a.csv", [headers, same, other]), tmp_path / "out")
    assert [row["book_in_date_time"] for row in rows] == [datetime(2025, 1, 1, 10), None]
    assert [row["detention_facility_code"] for row in rows] == ["EXACODE", None]
    assert [row["birth_year"] for row in rows] == [1990, None]
    assert (
        rows[1]["book_in_date_time_why_missing"]
        == rows[1]["detention_facility_code_why_missing"]
        == "unreadable"
    )
    assert [each["cells"] for each in done.assumed if each["what"] == "repeated_header"] == [1, 1, 1]


def test_a_second_column_without_a_word_changes_nothing(tmp_path):
    done, rows = taken(
        write_csv(tmp_path / "a.csv", [[*STINT_HEADERS, "Anonymized Identifier"], [*STINT, ""]]),
        tmp_path / "out",
    )
    assert rows[0]["unique_identifier"] == "00ab"
    assert [each["taken"] for each in done.assumed if each["what"] == "repeated_header"] == [
        "`Anonymized Identifier` in columns G and H, which nowhere differ"
    ]


def test_three_columns_of_one_header(tmp_path):
    sheet = [
        [*STINT_HEADERS, "Anonymized Identifier", "Anonymized Identifier"],
        [*STINT[:-1], "a1", "a1", "a2"],
        [*STINT[:-1], "a3", "a3", "a3"],
    ]
    _, rows = taken(write_csv(tmp_path / "a.csv", sheet), tmp_path / "out")
    assert [row["unique_identifier"] for row in rows] == [None, "a3"]
